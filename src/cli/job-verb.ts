import type { Environment, Log } from '../effects.ts'
import { ok, type Problem, type Result } from '../errors.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { renderReport } from '../report/json.ts'
import type { Report } from '../report/report.ts'
import type { Screen } from '../report/screen.ts'
import type { Story } from '../report/story.ts'
import { tell, tellProblems, tellStopped } from '../report/tell.ts'
import { hasColor, painter, widthOf } from '../runner/paint.ts'
import { exitCodeOf, FAILED, refuse } from './exit-code.ts'
import { type Options, readInputsFrom } from './options.ts'
import { runJobHere } from './run-here.ts'
import type { VerbWorld } from './world.ts'

/** A verb that does the job or a part of it. */
export interface JobVerb {
  /** The inputs as the verb takes them. */
  readonly adjust: (inputs: Inputs) => Inputs
  /** Its result for standard output, with and without `--json`; '' when it has none. */
  readonly toJson: (done: DoneJob) => Made
  readonly toText: (done: DoneJob) => Made
  /** Standard output has a result without `--json`, too, so no report can go there. */
  readonly alwaysPrints: boolean
  /** Measuring is what it is for: it always measures, and prints the table of candidates as its result. */
  readonly measures: boolean
  /** Whether it fetches and installs the Go that is needed if that is missing. */
  readonly installsGo: boolean
  /** The report as the log tells it; undefined: as it is. */
  readonly toTell?: (report: Report) => Report
  /** Why the verb fails although the job succeeded. */
  readonly judge?: (done: DoneJob) => Problem | undefined
}

/** A result, or why there is none; a promise where making it is work. */
type Made = string | Result<Printed> | Promise<Result<Printed>>

/** A result that the user should know something of. */
export interface Printed {
  readonly text: string
  readonly warnings: readonly Problem[]
}

/** A job that has ended, as its verb's result is made from it. */
export interface DoneJob {
  readonly story: Story
  readonly report: Report
  readonly options: Options
  readonly env: Environment
  /** Standard output. */
  readonly screen: Screen
}

export function withoutDownload(inputs: Inputs): Inputs {
  return { ...inputs, download: false, moduleStore: undefined }
}

/** Does the job, logs it, and prints its result. @returns the exit code */
export async function performJob(verb: JobVerb, options: Options, world: VerbWorld): Promise<number> {
  const { env, log } = world.effects
  const read = await readInputsFrom(options, world)
  if (!read.ok) return refuse(read.problems, log)
  const { inputs, warnings } = read.value
  const wantsJson = options['json'] === true
  const wantsResult = wantsJson || options['markdown'] === true
  const printsReport = inputs.reportFile === '-'
  if (printsReport && (wantsResult || verb.alwaysPrints))
    return refuse([twoResults('report' in options ? '--report' : '--report-file')], log)
  const toTell = verb.toTell ?? (one => one)
  const { story, report, push } = await runJobHere({ inputs: verb.adjust(inputs), warnings }, world, {
    thorough: verb.measures,
    installsGo: verb.installsGo,
  })
  log.endProgress()
  if (world.signal.aborted) {
    await tellStopped(story, toTell(report), log)
    return FAILED
  }
  const done = { story, report, options, env, screen: screenOf(process.stdout, env) }
  const ownFailure = story.failure === undefined ? verb.judge?.(done) : undefined
  const prints = !wantsJson && !printsReport && story.failure === undefined
  const isResult = verb.measures && prints
  if (log.records) await tell(toTell(verb.measures ? forNoLaterStep(report) : report), log)
  else if (!isResult) await tell(toTell(report), log)
  if (printsReport) process.stdout.write(renderReport(report))
  const made = printsReport || !(wantsJson || prints) ? '' : wantsJson ? verb.toJson(done) : verb.toText(done)
  const printed = print(await made, log)
  if (isResult && !log.records) tellProblems(forNoLaterStep(report), log)
  if (ownFailure !== undefined) log.error(ownFailure)
  await push()
  return ownFailure === undefined && printed ? exitCodeOf(story) : FAILED
}

/** @returns whether there was a result to print */
function print(made: string | Result<Printed>, log: Log): boolean {
  const result = typeof made === 'string' ? ok({ text: made, warnings: [] }) : made
  if (!result.ok) {
    for (const problem of result.problems) log.error(problem)
    return false
  }
  for (const warning of result.value.warnings) log.warning(warning)
  process.stdout.write(result.value.text)
  return true
}

/** A measurement exports nothing. */
function forNoLaterStep(report: Report): Report {
  return { ...report, warnings: report.warnings.filter(({ code }) => code !== 'NO_CANDIDATE_EXPORTED') }
}

/** Where a result is printed. */
export function screenOf(stream: NodeJS.WriteStream, env: Environment): Screen {
  return { columns: widthOf(stream), paint: painter(hasColor(stream, env)) }
}

/** @param option as the user wrote it */
function twoResults(option: string): Problem {
  return {
    code: 'USAGE_TWO_RESULTS',
    message: `${option} - and another result would both go to standard output.`,
    hint: `Give ${option} a path, or omit --json and --markdown.`,
  }
}
