import type { Environment } from '../effects.ts'
import type { Problem } from '../errors.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { renderJson } from '../report/json.ts'
import type { Report } from '../report/report.ts'
import type { Story } from '../report/story.ts'
import { tell } from '../report/tell.ts'
import { exitCodeOf, refuse } from './exit-code.ts'
import { type Options, readInputsFrom } from './options.ts'
import { runJobHere } from './run-here.ts'
import type { VerbWorld } from './world.ts'

/** A verb that does the job or a part of it. */
export interface JobVerb {
  /** The inputs as the verb takes them. */
  readonly adjust: (inputs: Inputs) => Inputs
  /** Its result for standard output, with and without `--json`; '' when it has none. */
  readonly toJson: (done: DoneJob) => string
  readonly toText: (done: DoneJob) => string
  /** Standard output has a result without `--json`, too, so no report can go there. */
  readonly alwaysPrints: boolean
  /** That result is the table of candidates, which then need not be logged. */
  readonly printsCandidates: boolean
}

/** A job that has ended, as its verb's result is made from it. */
export interface DoneJob {
  readonly story: Story
  readonly report: Report
  readonly options: Options
  readonly env: Environment
}

export function withoutDownload(inputs: Inputs): Inputs {
  return { ...inputs, download: false }
}

export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

/** Does the job, logs it, and prints its result. @returns the exit code */
export async function performJob(verb: JobVerb, options: Options, world: VerbWorld): Promise<number> {
  const { env, log } = world.effects
  const read = await readInputsFrom(options, world)
  if (!read.ok) return refuse(read.problems, log)
  const { inputs, warnings } = read.value
  const wantsJson = options['json'] === true
  const printsReport = inputs.reportFile === '-'
  if (printsReport && (wantsJson || verb.alwaysPrints)) return refuse([TWO_RESULTS], log)
  const { story, report } = await runJobHere({ inputs: verb.adjust(inputs), warnings }, world)
  const succeeded = story.failure === undefined
  await tell(report, log, verb.printsCandidates && !wantsJson && !printsReport && succeeded)
  const done = { story, report, options, env }
  if (printsReport) process.stdout.write(renderJson(report))
  else if (wantsJson) process.stdout.write(verb.toJson(done))
  else if (succeeded) process.stdout.write(verb.toText(done))
  return exitCodeOf(story)
}

const TWO_RESULTS: Problem = {
  code: 'USAGE_TWO_RESULTS',
  message: '--report-file - and another result would both go to standard output.',
  hint: 'Give --report-file a path, or omit --json.',
}
