import { basename, join } from 'node:path'
import { restoreSums } from './download/sums.ts'
import type { Effects, Outputs } from './effects.ts'
import { whyNotWritten } from './errors.ts'
import { endResidence, residenceDirectory } from './gateway/resident.ts'
import { credentialsDirectory } from './job/credentials.ts'
import { saveBuildCache, saveCache, saveTool } from './job/save-cache.ts'
import { readSavePlan } from './job/save-plan-file.ts'
import { addLaterSteps, renderGateway } from './report/later-steps.ts'
import { REPORT_FILE } from './report/story.ts'
import { effectsForActions } from './runner/actions.ts'
import { untilStopped } from './runner/stop.ts'
import { removeTemporary } from './runner/temporary.ts'
import { parseState } from './state.ts'

/**
 * The post step: undoes what main left, however main ended, and saves the caches. Warns and never fails; safe to run
 * twice. It removes secrets first, because saving caches may take long, and the runner may stop the job meanwhile.
 * @returns 0, or that of the signal that stopped it
 */
export async function post(): Promise<number> {
  const { effects, outputs, children } = effectsForActions(process)
  return untilStopped(process, children, async signal => {
    await undo(signal, effects, outputs)
    return 0
  })
}

async function undo(signal: AbortSignal, effects: Effects, outputs: Outputs): Promise<void> {
  const { env, files } = effects
  const { directory, sumBackup, report, cachePlan } = parseState(env)
  const attempt = <T>(what: string, act: () => Promise<T>) => attemptWith(effects, what, act)
  if (directory !== undefined) {
    await attempt('Credentials could not be removed', () => removeCredentials(directory, effects))
  }
  if (sumBackup !== undefined) {
    // main puts the files back itself, unless it was killed.
    await attempt('go.sum could not be put back', () => restoreSums(sumBackup, files))
  }
  if (directory === undefined) return
  const reports = [join(directory, REPORT_FILE), ...(report === undefined ? [] : [report])]
  await attempt('The gateway could not be stopped', () => endGateway(directory, reports, effects, outputs))
  const plan = await attempt('The plan of what to store could not be read', async () =>
    cachePlan === undefined ? undefined : readSavePlan(directory, cachePlan, effects),
  )
  const world = { effects, outputs, signal }
  const { modules, build, tools = [] } = plan ?? {}
  // Their programs are in the directory.
  for (const tool of tools) {
    if (!signal.aborted) await attempt(`The tool ${tool.name} could not be saved`, () => saveTool(tool, world))
  }
  await attempt(`${directory} could not be removed`, () => remove(directory, effects))
  if (modules !== undefined && !signal.aborted) {
    await attempt('The module cache could not be saved', () => saveCache(modules, world))
  }
  if (build !== undefined && !signal.aborted) {
    await attempt('The build cache could not be saved', () => saveBuildCache(build, world))
  }
}

async function removeCredentials(directory: string, { env, files }: Effects): Promise<void> {
  await removeTemporary(directory, env, files, basename(credentialsDirectory({ temporaryDirectory: directory })))
}

/** After this time post removes the directory, which the gateway notices. */
const GATEWAY_END_MS = 3_000

/** Ends the gateway of the job and adds what it did to the reports. */
async function endGateway(
  directory: string,
  reports: readonly string[],
  effects: Effects,
  outputs: Outputs,
): Promise<void> {
  const { env, files, log } = effects
  const residence = residenceDirectory(directory)
  if ((await files.kind(residence)) !== 'directory') return
  const end = await endResidence(residence, GATEWAY_END_MS, effects)
  if (end === undefined) return log.debug('The gateway did not say what it did.')
  log.warnings(end.warnings)
  for (const path of reports) {
    await attemptWith(effects, `What later steps did could not be added to ${path}`, () =>
      addLaterSteps(path, end.figures, files, env['GITHUB_WORKSPACE'] || undefined),
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

/** One failure must not keep the rest from being undone. @returns undefined after a warning when `act` fails */
async function attemptWith<T>(
  { log }: Pick<Effects, 'log'>,
  what: string,
  act: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await act()
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === undefined ? String(error) : whyNotWritten(error)
    log.warning({
      code: 'POST_CLEANUP',
      message: `${what} (${reason}).`,
      hint: 'The runner empties its temporary directory after the job.',
    })
    return undefined
  }
}
