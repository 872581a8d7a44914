import type { Effects, Outputs } from '../effects.ts'
import { actionsLog } from './actions-log.ts'
import { readAddresses } from './addresses.ts'
import { type Children, createChildren } from './children.ts'
import { systemClock } from './clock.ts'
import { systemCommands } from './commands.ts'
import { copyEnvironment } from './environment.ts'
import { systemFiles } from './files.ts'
import { readOpenFilesLimit } from './open-files.ts'
import { actionsOutputs } from './outputs.ts'
import { readProcessorQuota } from './processor-quota.ts'
import { systemRandom } from './random.ts'
import { systemThreads } from './threads.ts'

/** The world of a step in a job. The face ends `children` before it leaves. */
export function effectsForActions(process: NodeJS.Process): {
  readonly effects: Effects
  readonly outputs: Outputs
  readonly children: Children
} {
  const children = createChildren()
  const env = copyEnvironment(process)
  const files = systemFiles(systemRandom)
  const effects: Effects = {
    clock: systemClock,
    random: systemRandom,
    files,
    commands: systemCommands(systemClock, process.platform, children),
    threads: systemThreads,
    log: actionsLog(systemClock, env['GITHUB_WORKSPACE']),
    env,
    platform: process.platform,
    userId: process.getuid?.(),
    openFiles: readOpenFilesLimit(),
    processorQuota: readProcessorQuota(),
    addresses: readAddresses,
  }
  return { effects, outputs: actionsOutputs(env, files), children }
}
