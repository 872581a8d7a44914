import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import type { Effects, Environment, Outputs } from './effects.ts'
import { exportVariables } from './environment/export.ts'
import { planExport } from './environment/variables.ts'
import type { Problem } from './errors.ts'
import type { Inputs } from './inputs/inputs.ts'
import { readInputs } from './inputs/read.ts'
import { actionSource } from './inputs/sources.ts'
import { runJob } from './job/run.ts'
import { keepPlan } from './job/saved-cache.ts'
import { parsePolicy } from './policy.ts'
import { publish } from './report/publish.ts'
import { buildReport, redactReport } from './report/report.ts'
import { REPORT_FILE, type Story } from './report/story.ts'
import { tell } from './report/tell.ts'
import { effectsForActions } from './runner/actions.ts'
import { untilStopped } from './runner/stop.ts'
import { makeTemporary, sweepTemporary } from './runner/temporary.ts'
import { STATE_DIRECTORY, STATE_REPORT, STATE_SUM_BACKUP } from './state.ts'

/** The action's main step. @returns the exit code */
export async function main(): Promise<number> {
  const { effects, outputs, children } = effectsForActions(process)
  const startMs = effects.clock.now() - process.uptime() * 1000
  const read = readInputs(actionSource(effects.env, process.cwd()))
  if (!read.ok) return refuse(read.problems, effects)
  const { inputs, warnings } = read.value
  return untilStopped(process, children, async signal => {
    await sweepTemporary(effects.env, effects)
    // First the promise to remove it, then the directory.
    const made = await makeTemporary({
      env: effects.env,
      files: effects.files,
      processId: process.pid,
      maker: 'action',
      announce: path => {
        outputs.saveState(STATE_DIRECTORY, path)
      },
    })
    if (!made.ok) return refuse(made.problems, effects)
    const temporaryDirectory = made.value
    if (inputs.reportFile !== undefined) outputs.saveState(STATE_REPORT, resolve(inputs.reportFile))
    const story = await runJob({
      effects,
      inputs,
      warnings,
      startMs,
      temporaryDirectory,
      signal,
      policy: parsePolicy(effects.env),
      processors: availableParallelism(),
      parentProcessId: process.ppid,
      program: [process.execPath, process.argv[1] ?? ''],
      onBackup: directory => void outputs.saveState(STATE_SUM_BACKUP, directory),
    })
    const told = { ...story, warnings: [...story.warnings, ...exportChoice(story, inputs, effects.env, outputs)] }
    await keepPlan(story, temporaryDirectory, effects, outputs)
    await report(told, inputs, temporaryDirectory, effects, outputs)
    return told.failure === undefined ? 0 : 1
  })
}

function refuse(problems: readonly Problem[], { log }: Effects): number {
  for (const problem of problems) log.error(problem)
  return 1
}

function exportChoice(
  { choice, credentials, residence }: Story,
  inputs: Inputs,
  env: Environment,
  outputs: Outputs,
): readonly Problem[] {
  if (!inputs.export || choice === undefined) return []
  const paths = Object.entries(credentials ?? {}).map(([name, value = '']) => ({ name, value }))
  return exportVariables([...planExport(choice, env, residence), ...paths], outputs)
}

async function report(
  story: Story,
  inputs: Inputs,
  temporaryDirectory: string,
  { files, log }: Effects,
  outputs: Outputs,
): Promise<void> {
  const value = redactReport(buildReport(story), log.redact)
  const { reportFile: namedPath, summary, workingDirectory } = inputs
  const ownPath = join(temporaryDirectory, REPORT_FILE)
  const options = { ownPath, namedPath, summary, workspace: workingDirectory.workspace }
  const problems = await publish(value, options, files, outputs)
  await tell({ ...value, warnings: [...value.warnings, ...problems] }, log)
}
