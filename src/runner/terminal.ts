import { detectSystem } from '../ci/system.ts'
import type { Effects, Environment, Log } from '../effects.ts'
import { readAddresses } from './addresses.ts'
import { type Children, createChildren } from './children.ts'
import { systemClock } from './clock.ts'
import { systemCommands } from './commands.ts'
import { copyEnvironment } from './environment.ts'
import { systemFiles } from './files.ts'
import { jsonLog } from './json-log.ts'
import type { Terminal } from './live-line.ts'
import { findLogFormat } from './log-format.ts'
import { readOpenFilesLimit } from './open-files.ts'
import { hasColor, isDumb } from './paint.ts'
import { readProcessorQuota } from './processor-quota.ts'
import { systemRandom } from './random.ts'
import { terminalLog } from './terminal-log.ts'
import { systemThreads } from './threads.ts'

/** The world of a command in a shell, and the processes that the face ends. */
export interface TerminalWorld {
  readonly effects: Effects
  readonly children: Children
}

/** No outputs, and of a CI system's commands only those that fold groups of the log. */
export function effectsForTerminal(process: NodeJS.Process): TerminalWorld {
  const children = createChildren()
  const env = copyEnvironment(process)
  // The reader of the log may have gone (`2>&1 | head`); the work goes on without it.
  process.stderr.on('error', () => {})
  process.stdout.on('error', ignoreGoneReader)
  const log = openLog(process, env)
  // However the process ends, the next prompt does not stand behind a progress line.
  process.on('exit', log.endProgress)
  const effects: Effects = {
    clock: systemClock,
    random: systemRandom,
    files: systemFiles(systemRandom),
    commands: systemCommands(systemClock, process.platform, children),
    threads: systemThreads,
    log,
    env,
    platform: process.platform,
    userId: process.getuid?.(),
    openFiles: readOpenFilesLimit(),
    processorQuota: readProcessorQuota(),
    addresses: readAddresses,
  }
  return { effects, children }
}

function openLog({ argv, stderr }: NodeJS.Process, env: Environment): Log {
  const terminal = terminalOf(stderr)
  const debugging = env['RUNNER_DEBUG'] === '1'
  if (findLogFormat(argv.slice(2), env) === 'json') return jsonLog(terminal, systemClock, { debugging })
  const fold = detectSystem(env)?.fold
  return terminalLog(terminal, systemClock, { color: hasColor(stderr, env), dumb: isDumb(env), fold, debugging })
}

/** Node has no public way to read a terminal's size again; without this one the size is known when the signal comes. */
function terminalOf(stream: NodeJS.WriteStream & { _refreshSize?: () => void }): Terminal {
  return {
    get isTTY() {
      return stream.isTTY
    },
    get columns() {
      return stream.columns
    },
    write: text => stream.write(text),
    on: (event, listener) => stream.on(event, listener),
    off: (event, listener) => stream.off(event, listener),
    refresh: () => {
      if (stream.isTTY) stream._refreshSize?.()
    },
  }
}

/** Of a result `| head` reads no more than it needs. What else keeps it from being written is a failure. */
function ignoreGoneReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}
