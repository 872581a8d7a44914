import { basename, join } from 'node:path'
import type { SavePlan } from './cache/save.ts'
import { restoreSums } from './download/sums.ts'
import type { Effects, Outputs } from './effects.ts'
import { whyNotWritten } from './errors.ts'
import { endResidence, residenceDirectory } from './gateway/resident.ts'
import { credentialsDirectory } from './job/credentials.ts'
import { readPlan, saveCache } from './job/saved-cache.ts'
import { addLaterSteps, renderGateway } from './report/later-steps.ts'
import { REPORT_FILE } from './report/story.ts'
import { effectsForActions } from './runner/actions.ts'
import { untilStopped } from './runner/stop.ts'
import { removeTemporary } from './runner/temporary.ts'
import { parseState } from './state.ts'

/**
 * The post step: undoes what main left, whatever became of it. Warns and never fails; safe to run twice. Secrets go
 * first, since storing the module cache may take its time, and the job may be stopped meanwhile.
 * @returns 0, or 130 when it was stopped
 */
export async function post(): Promise<number> {
  const { effects, outputs, children } = effectsForActions(process)
  return untilStopped(process, children, signal => undo(signal, effects, outputs))
}

async function undo(signal: AbortSignal, effects: Effects, outputs: Outputs): Promise<number> {
  const { env, files } = effects
  const { directory, sumBackup, report, cachePlan } = parseState(env)
  if (directory !== undefined) {
    const credentials = basename(credentialsDirectory({ temporaryDirectory: directory }))
    await attempt(
      'Credentials could not be removed',
      () => removeTemporary(directory, env, files, credentials),
      effects,
    )
  }
  if (sumBackup !== undefined) {
    // main puts the files back itself; here only when it was killed before.
    await attempt('go.sum could not be put back', () => restoreSums(sumBackup, files), effects)
  }
  let plan: SavePlan | undefined
  if (directory !== undefined) {
    await attempt('The gateway could not be stopped', () => endGateway(directory, report, effects, outputs), effects)
    await attempt(
      'The plan of what to store could not be read',
      async () => {
        if (cachePlan !== undefined) plan = await readPlan(directory, cachePlan, effects)
      },
      effects,
    )
    await attempt(`${directory} could not be removed`, () => remove(directory, effects), effects)
  }
  if (plan !== undefined && !signal.aborted) {
    const save = plan
    await attempt('The module cache could not be saved', () => saveCache(save, signal, effects, outputs), effects)
  }
  return 0
}

/** Past this the gateway is left to find its directory gone. */
const GATEWAY_END_MS = 3_000

async function endGateway(
  directory: string,
  userReport: string | undefined,
  effects: Effects,
  outputs: Outputs,
): Promise<void> {
  const { files, log } = effects
  const residence = residenceDirectory(directory)
  if ((await files.kind(residence)) !== 'directory') return
  const end = await endResidence(residence, GATEWAY_END_MS, effects)
  if (end === undefined) return log.debug('The gateway did not say what it did.')
  log.warnings(end.warnings)
  for (const path of [join(directory, REPORT_FILE), userReport]) {
    if (path === undefined) continue
    await attempt(
      `What later steps did could not be added to ${path}`,
      () => addLaterSteps(path, end.figures, files, effects.env['GITHUB_WORKSPACE'] || undefined),
      effects,
    )
  }
  const text = `Gateway for later steps: ${renderGateway(end.figures)}.`
  log.info(text)
  if (end.figures.served > 0) await outputs.appendSummary(`${text}\n`)
}

async function remove(directory: string, { env, files, log }: Effects): Promise<void> {
  const removed = await removeTemporary(directory, env, files)
  if (removed) log.info('Removed what the main step left behind.')
  else
    log.warning({
      code: 'POST_NOT_OURS',
      message: `${directory} is not a directory of this action, so it was not removed.`,
      hint: 'Does another step write to this action’s state?',
    })
}

async function attempt(what: string, act: () => Promise<unknown>, { log }: Effects): Promise<void> {
  try {
    await act()
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === undefined ? String(error) : whyNotWritten(error)
    log.warning({
      code: 'POST_CLEANUP',
      message: `${what} (${reason}).`,
      hint: 'The runner empties its temporary directory after the job.',
    })
  }
}
