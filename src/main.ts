import { availableParallelism } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { variablesForLaterUses } from './build-cache/story.ts'
import { pipelineNamesOf } from './ci/pipeline.ts'
import type { Effects, Log, Outputs } from './effects.ts'
import { exportGo, exportPaths, exportVariables } from './environment/export.ts'
import { planExport } from './environment/variables.ts'
import type { Problem, Result } from './errors.ts'
import type { Inputs } from './inputs/inputs.ts'
import { readInputs } from './inputs/read.ts'
import { actionSource } from './inputs/sources.ts'
import type { Job } from './job/job.ts'
import { pushMetrics } from './job/push-metrics.ts'
import { runJob } from './job/run.ts'
import { writeSavePlan } from './job/save-plan-file.ts'
import { withTraceSent } from './job/send-trace.ts'
import { parsePolicy } from './policy.ts'
import { verdictsPage } from './report/documents.ts'
import { describeMetricsRun, type MetricsRun } from './report/metrics/run.ts'
import { filesOf, publish } from './report/publish.ts'
import type { Report } from './report/report.ts'
import { REPORT_FILE, type Story } from './report/story.ts'
import { renderRefusal } from './report/summary.ts'
import { tell, tellStopped } from './report/tell.ts'
import { effectsForActions } from './runner/actions.ts'
import { untilStopped } from './runner/stop.ts'
import { makeTemporary, sweepTemporary, type TemporaryDirectory } from './runner/temporary.ts'
import { STATE_DIRECTORY, STATE_REPORT, STATE_SUM_BACKUP } from './state.ts'

/** What the step works with once its inputs are read. */
interface StepWorld {
  readonly effects: Effects
  readonly outputs: Outputs
  readonly inputs: Inputs
  /** Ours; removed by post. */
  readonly temporaryDirectory: string
}

/** The action's main step. @returns the exit code */
export async function main(): Promise<number> {
  const { effects, outputs, children } = effectsForActions(process)
  const startMs = effects.clock.now() - process.uptime() * 1000
  const read = readInputs(actionSource(effects.env, process.cwd()))
  if (!read.ok) return refuseInputs(read.problems, effects, outputs)
  const { inputs, warnings } = read.value
  return untilStopped(process, children, async signal => {
    await sweepTemporary(effects.env, effects)
    const made = await makeDirectory(effects, outputs)
    if (!made.ok) return refuse(made.problems, effects.log)
    const world: StepWorld = { effects, outputs, inputs, temporaryDirectory: made.value.path }
    if (inputs.reportFile !== undefined) outputs.saveState(STATE_REPORT, resolve(inputs.reportFile))
    const story = await runJob({
      ...jobIn(world),
      warnings: [...made.value.warnings, ...warnings],
      startMs,
      signal,
    })
    const unexported = [...exportChoice(story, world), ...exportPaths(story.tools?.directories ?? [], world.outputs)]
    await writeSavePlan(story, world.temporaryDirectory, effects, outputs)
    const run = describeMetricsRun(pipelineNamesOf(effects.env), effects.clock.date(), effects.log.redact)
    const published = await publishIn(world, { ...story, warnings: [...story.warnings, ...unexported] }, run)
    const report = await withTraceSent({
      report: published,
      startMs,
      effects,
      policy: parsePolicy(effects.env),
      signal,
    })
    if (signal.aborted) await tellStopped(story, report, effects.log)
    else await tell(report, effects.log)
    const unpushed = await pushMetrics(report, run, { ...jobIn(world), signal })
    if (unpushed !== undefined) effects.log.warning(unpushed)
    if (inputs.problemMatcher) await addMatcher(effects, outputs)
    return story.failure === undefined ? 0 : 1
  })
}

/** Last of all: from here on the runner reads every line of the job. A copy of the program alone has no such file. */
async function addMatcher({ files }: Effects, outputs: Outputs): Promise<void> {
  const path = resolve(dirname(process.argv[1] ?? ''), '..', 'problem-matcher.json')
  if ((await files.kind(path)) === 'file') outputs.addMatcher(path)
}

/** The summary says so, too, unless it is not wanted: the inputs themselves cannot be read. */
async function refuseInputs(problems: readonly Problem[], { env, log }: Effects, outputs: Outputs): Promise<number> {
  const code = refuse(problems, log)
  if (/^false$/i.test(env['INPUT_SUMMARY']?.trim() ?? '')) return code
  const unwritten = await outputs.appendSummary(renderRefusal(problems))
  if (unwritten !== undefined) log.warning(unwritten)
  return code
}

function refuse(problems: readonly Problem[], log: Log): number {
  for (const problem of problems) log.error(problem)
  return 1
}

/** State first, so that post removes the directory even if main dies before the next line. */
function makeDirectory({ env, files }: Effects, outputs: Outputs): Promise<Result<TemporaryDirectory>> {
  const announce = (path: string) => outputs.saveState(STATE_DIRECTORY, path)
  return makeTemporary({ env, files, processId: process.pid, maker: 'action', announce })
}

function jobIn({
  effects,
  outputs,
  inputs,
  temporaryDirectory,
}: StepWorld): Omit<Job, 'warnings' | 'startMs' | 'signal'> {
  return {
    effects,
    inputs,
    temporaryDirectory,
    policy: parsePolicy(effects.env),
    processors: availableParallelism(),
    parentProcessId: process.ppid,
    program: [process.execPath, process.argv[1] ?? ''],
    onBackup: directory => void outputs.saveState(STATE_SUM_BACKUP, directory),
  }
}

/** Gives later steps the settings and credentials. @returns what could not be exported */
function exportChoice(
  { buildCache, choice, credentials, failure, residence, settings, toolchain }: Story,
  { effects, outputs, inputs }: StepWorld,
): readonly Problem[] {
  // What the job asked to have is on PATH anyhow, as tools are: `export` is about settings and credentials.
  const go = toolchain === undefined ? [] : exportGo(toolchain, effects.env, outputs)
  if (choice === undefined || !inputs.export) return go
  // A step that failed stores nothing: the next one may.
  const isKept = failure === undefined && buildCache !== undefined
  const kept = isKept ? variablesForLaterUses(buildCache, settings?.gocache, inputs.buildCache) : {}
  const others = Object.entries({ ...credentials, ...settings?.moved, ...kept })
  const paths = others.map(([name, value = '']) => ({ name, value }))
  return [...go, ...exportVariables([...planExport(choice, effects.env, residence), ...paths], outputs)]
}

function publishIn(
  { effects, outputs, inputs, temporaryDirectory }: StepWorld,
  story: Story,
  run: MetricsRun,
): Promise<Report> {
  const { summary, workingDirectory } = inputs
  const ownPath = join(temporaryDirectory, REPORT_FILE)
  const { workspace } = workingDirectory
  const options = { ...filesOf(inputs), ownPath, run, summary, workspace, verdictsPage: verdictsPage(effects.env) }
  return publish(story, options, effects, outputs)
}
