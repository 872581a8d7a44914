import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Effects, Outputs } from './effects.ts'
import { exportVariables } from './environment/export.ts'
import { planExport } from './environment/variables.ts'
import type { Problem } from './errors.ts'
import type { Inputs } from './inputs/inputs.ts'
import { readInputs } from './inputs/read.ts'
import { actionSource } from './inputs/sources.ts'
import { runJob } from './job.ts'
import { parsePolicy } from './policy.ts'
import { buildReport } from './report/model.ts'
import { publish } from './report/publish.ts'
import type { Story } from './report/report.ts'
import { effectsForActions } from './runner/actions.ts'
import { untilStopped } from './runner/stop.ts'
import { STATE_DIRECTORY, STATE_IS_POST, STATE_SUM_BACKUP } from './state.ts'
import { tell } from './tell.ts'
import { makeTemporary, sweepTemporary } from './temporary.ts'

/** The action's main step. @returns the exit code */
export async function main(): Promise<number> {
  const { effects, outputs, children } = effectsForActions(process)
  const startMs = effects.clock.now() - process.uptime() * 1000
  // First of all: whatever happens now, post knows that it is post.
  outputs.saveState(STATE_IS_POST, 'true')
  const read = readInputs(actionSource(effects.env, process.cwd()))
  if (!read.ok) return refuse(read.problems, effects)
  const { inputs, warnings } = read.value
  return untilStopped(process, children, async signal => {
    await sweepTemporary(effects.env, effects.files, effects.clock.date().getTime()).catch(error =>
      effects.log.debug(String(error)),
    )
    const temporaryDirectory = await makeTemporary(effects.env, effects.files)
    outputs.saveState(STATE_DIRECTORY, temporaryDirectory)
    const story = await runJob({
      effects,
      inputs,
      warnings,
      startMs,
      temporaryDirectory,
      signal,
      policy: parsePolicy(effects.env),
      processors: availableParallelism(),
      onBackup: directory => void outputs.saveState(STATE_SUM_BACKUP, directory),
    })
    const told = { ...story, warnings: [...story.warnings, ...exportChoice(story, inputs, outputs)] }
    await report(told, inputs, temporaryDirectory, effects, outputs)
    return told.failure === undefined ? 0 : 1
  })
}

function refuse(problems: readonly Problem[], { log }: Effects): number {
  for (const problem of problems) log.error(problem)
  return 1
}

function exportChoice({ choice, settings }: Story, inputs: Inputs, outputs: Outputs): readonly Problem[] {
  if (!inputs.export || choice === undefined || settings === undefined) return []
  return exportVariables(planExport(choice.settings, settings.env), outputs)
}

async function report(
  story: Story,
  inputs: Inputs,
  temporaryDirectory: string,
  { files, log }: Effects,
  outputs: Outputs,
): Promise<void> {
  const value = buildReport(story)
  const own = join(temporaryDirectory, 'report.json')
  const reportPaths = inputs.reportFile === undefined ? [own] : [own, inputs.reportFile]
  const problems = await publish(
    value,
    { reportPaths, toldPath: inputs.reportFile ?? own, summary: inputs.summary },
    files,
    outputs,
  )
  await tell({ ...value, warnings: [...value.warnings, ...problems] }, log)
}
