import { restoreSums } from './download/sums.ts'
import type { Effects } from './effects.ts'
import { effectsForActions } from './runner/actions.ts'
import { parseState } from './state.ts'
import { removeTemporary } from './temporary.ts'

/** The post step: undoes what main left, whatever became of it. Warns and never fails; safe to run twice. @returns 0 */
export async function post(): Promise<number> {
  const { effects } = effectsForActions(process)
  const { directory, sumBackup } = parseState(effects.env)
  if (sumBackup !== undefined) {
    // main puts the files back itself; here only when it was killed before.
    await attempt('go.sum could not be put back', () => restoreSums(sumBackup, effects.files), effects)
  }
  if (directory !== undefined) {
    await attempt(`${directory} could not be removed`, () => remove(directory, effects), effects)
  }
  return 0
}

async function remove(directory: string, { env, files, log }: Effects): Promise<void> {
  const removed = await removeTemporary(directory, env, files)
  if (removed) log.info('Removed what the main step left behind.')
  else
    log.warning({
      code: 'POST_NOT_OURS',
      message: `${directory} is not a directory of this action; it was left alone.`,
      hint: 'Does another step write to this action’s state?',
    })
}

async function attempt(what: string, act: () => Promise<unknown>, { log }: Effects): Promise<void> {
  try {
    await act()
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error)
    log.warning({
      code: 'POST_CLEANUP',
      message: `${what} (${reason}).`,
      hint: 'The runner empties its temporary directory with the job.',
    })
  }
}
