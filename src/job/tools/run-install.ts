import { watchProcessor } from '../../download/processor.ts'
import type { Environment } from '../../effects.ts'
import { lineSplitter } from '../../go/trace.ts'
import { keepEnd } from '../../go/words.ts'
import type { Tool } from '../../inputs/tools.ts'
import type { Job } from '../job.ts'

export interface InstallRun {
  readonly tool: Tool
  /** Of go, GOPROXY and GOBIN included. */
  readonly env: Environment
  /** The clock's reading by which it must be there. */
  readonly deadlineMs: number
  /** A number that changes while something arrives beside go. */
  readonly arrived: () => number
}

export interface InstallEnd {
  readonly how: 'done' | 'failed' | 'stalled' | 'timed out' | 'stopped'
  /** What go printed besides its progress. Foreign text. */
  readonly words: string
}

const TICK_MS = 250
const KEPT_CHARACTERS = 64 << 10

/** Runs `go install` once, in a process group that is ended at the deadline, when nothing moves, or when the job is stopped. */
export async function runInstall({ tool, env, deadlineMs, arrived }: InstallRun, job: Job): Promise<InstallEnd> {
  const { effects, policy, signal, temporaryDirectory } = job
  const { clock, commands, log } = effects
  const { stallMs, graceMs } = policy.download
  let words = ''
  let movedMs = clock.now()
  const lines = lineSplitter(line => {
    movedMs = clock.now()
    if (/^go: (downloading|finding) \S+ \S+$/.test(line)) log.debug(line)
    else words = keepEnd(`${words}${line}\n`, KEPT_CHARACTERS)
  })
  const running = commands.start('go', ['install', `${tool.package}@${tool.version}`], {
    cwd: temporaryDirectory,
    env,
    onStdout: () => {},
    onStderr: chunk => lines.push(chunk.toString('utf8')),
  })
  const over = new AbortController()
  const ended = running.ended.finally(() => over.abort())
  const wake = AbortSignal.any([over.signal, signal])
  const processor = watchProcessor(stallMs / 2)
  let seen = arrived()
  let how: InstallEnd['how'] | undefined
  while (how === undefined && !over.signal.aborted) {
    await clock.sleep(Math.max(1, Math.min(TICK_MS, deadlineMs - clock.now())), wake)
    if (over.signal.aborted) break
    const usedMs = await running.processorMs()
    const now = arrived()
    // Where the system does not tell how much it works, only the deadline ends it.
    if (processor.look(usedMs, clock.now()) || usedMs === undefined || now !== seen) movedMs = clock.now()
    seen = now
    if (signal.aborted) how = 'stopped'
    else if (clock.now() >= deadlineMs) how = 'timed out'
    else if (clock.now() - movedMs >= stallMs) how = 'stalled'
  }
  if (how !== undefined) await running.end(graceMs)
  const { exitCode, startError } = await ended
  lines.end()
  return { how: how ?? (exitCode === 0 ? 'done' : 'failed'), words: startError ?? words }
}
