import type { Effects, Files, Outputs } from '../effects.ts'
import { type Problem, whyNotWritten } from '../errors.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { InputName } from '../inputs/table.ts'
import { renderReport } from './json.ts'
import { renderMetrics } from './metrics/metrics.ts'
import type { MetricsRun } from './metrics/run.ts'
import { planOutputs } from './outputs.ts'
import { renderPage } from './page.ts'
import { redactReport } from './redact.ts'
import { buildReport, type Report } from './report.ts'
import type { Story } from './story.ts'
import { renderSummary } from './summary.ts'
import { renderTrace } from './trace.ts'

export interface PublishOptions {
  /** Our own copy of the report file. The output `report` names it unless the user named a file. */
  readonly ownPath?: string
  /** The file that the user named. */
  readonly namedPath?: string | undefined
  /** Where the trace goes; undefined: nowhere. */
  readonly tracePath?: string | undefined
  /** Where the page goes. */
  readonly pagePath?: string | undefined
  /** Where the metrics go. */
  readonly metricsPath?: string | undefined
  /** What the metrics say of the run beside the report. */
  readonly run?: MetricsRun | undefined
  /** The workspace. Links in it that lead out of it are not followed. */
  readonly workspace: string | undefined
  readonly summary: boolean
  /** The page that explains the verdicts, to which the summary links; undefined: it does not. */
  readonly verdictsPage?: string | undefined
}

/** The files that a user names, each a view of the report. */
export function filesOf({
  reportFile,
  traceFile,
  htmlFile,
  metricsFile,
}: Inputs): Pick<PublishOptions, 'namedPath' | 'tracePath' | 'pagePath' | 'metricsPath'> {
  // `-` is standard output.
  const namedPath = reportFile === '-' ? undefined : reportFile
  return { namedPath, tracePath: traceFile, pagePath: htmlFile, metricsPath: metricsFile }
}

/**
 * Makes the report of a story, without secrets, and writes its files, outputs and summary.
 * @param outputs undefined on the command line, which has none
 * @returns the report. Failing to write it never fails the job: what was not written is among its warnings
 */
export async function publish(
  story: Story,
  options: PublishOptions,
  { files, log }: Pick<Effects, 'files' | 'log'>,
  outputs: Outputs | undefined,
): Promise<Report> {
  const report = redactReport(buildReport(story), log.redact)
  const untold = { storePath: story.moduleStore?.path, sharedUrl: story.sharedUrl }
  const problems = await write(report, { ...options, untold }, files, outputs)
  return { ...report, warnings: [...report.warnings, ...problems] }
}

async function write(
  report: Report,
  options: PublishOptions & { readonly untold: Parameters<typeof planOutputs>[2] },
  files: Files,
  outputs: Outputs | undefined,
): Promise<readonly Problem[]> {
  const { ownPath, namedPath, tracePath, pagePath, metricsPath, untold } = options
  const { run, workspace, summary, verdictsPage } = options
  const deliver = (view: View, path: string | undefined, render: () => string) =>
    path === undefined
      ? []
      : attempt(view, path, () => files.deliver(path, render(), { confinedTo: workspace, mode: view.mode }))
  const problems: Problem[] = []
  const text = renderReport(report)
  if (ownPath !== undefined) problems.push(...(await attempt(REPORT, ownPath, () => files.write(ownPath, text))))
  const failed = await deliver(REPORT, namedPath, () => text)
  problems.push(...failed, ...(await deliver(TRACE, tracePath, () => renderTrace(report))))
  problems.push(...(await deliver(PAGE, pagePath, () => renderPage(report))))
  problems.push(...(await deliver(METRICS, metricsPath, () => renderMetrics(report, run))))
  if (outputs === undefined) return problems
  const isThere = namedPath !== undefined && (failed.length === 0 || ownPath === undefined)
  const outputValues = planOutputs(report, isThere ? namedPath : ownPath, untold)
  for (const [name, value] of Object.entries(outputValues)) {
    const problem = outputs.setOutput(name, value)
    if (problem !== undefined) problems.push(problem)
  }
  const problem = summary ? await outputs.appendSummary(renderSummary(report, verdictsPage)) : undefined
  return problem === undefined ? problems : [...problems, problem]
}

/** A file that is made of the report. */
interface View {
  readonly code: string
  readonly name: string
  readonly input: InputName
  /** undefined: as the umask has it. */
  readonly mode?: number
}

const REPORT: View = { code: 'REPORT_NOT_WRITTEN', name: 'report', input: 'report-file' }
const TRACE: View = { code: 'TRACE_NOT_WRITTEN', name: 'trace', input: 'trace-file' }
const PAGE: View = { code: 'PAGE_NOT_WRITTEN', name: 'page', input: 'html-file' }
/** The node exporter is another user. */
const METRICS: View = { code: 'METRICS_NOT_WRITTEN', name: 'metrics', input: 'metrics-file', mode: 0o644 }

async function attempt(
  { code, name, input }: View,
  path: string,
  write: () => Promise<void>,
): Promise<readonly Problem[]> {
  try {
    await write()
    return []
  } catch (error) {
    return [
      {
        code,
        message: `The ${name} could not be written to ${path} (${whyNotWritten(error)}).`,
        hint: `Set ${input} to a file in an existing directory that this user may write to.`,
      },
    ]
  }
}
