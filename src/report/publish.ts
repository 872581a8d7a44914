import type { Effects, Files, Outputs } from '../effects.ts'
import { type Problem, whyNotWritten } from '../errors.ts'
import { renderReport } from './json.ts'
import { planOutputs } from './outputs.ts'
import { buildReport, type Report, redactReport } from './report.ts'
import type { Story } from './story.ts'
import { renderSummary } from './summary.ts'

export interface PublishOptions {
  /** Our own copy of the report file. The output `report` names it unless the user named a file. */
  readonly ownPath?: string
  /** The file that the user named. */
  readonly namedPath?: string | undefined
  /** The workspace. Links in it that lead out of it are not followed. */
  readonly workspace: string | undefined
  readonly summary: boolean
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
  const problems = await write(report, options, files, outputs)
  return { ...report, warnings: [...report.warnings, ...problems] }
}

async function write(
  report: Report,
  options: PublishOptions,
  files: Files,
  outputs: Outputs | undefined,
): Promise<readonly Problem[]> {
  const { ownPath, namedPath, workspace } = options
  const text = renderReport(report)
  const problems: Problem[] = []
  if (ownPath !== undefined) problems.push(...(await attempt(ownPath, () => files.write(ownPath, text))))
  let reportPath = ownPath
  if (namedPath !== undefined) {
    const failed = await attempt(namedPath, () => files.deliver(namedPath, text, { confinedTo: workspace }))
    problems.push(...failed)
    if (failed.length === 0 || ownPath === undefined) reportPath = namedPath
  }
  if (outputs === undefined) return problems
  for (const [name, value] of Object.entries(planOutputs(report, reportPath))) {
    const problem = outputs.setOutput(name, value)
    if (problem !== undefined) problems.push(problem)
  }
  const problem = options.summary ? await outputs.appendSummary(renderSummary(report)) : undefined
  return problem === undefined ? problems : [...problems, problem]
}

async function attempt(path: string, write: () => Promise<void>): Promise<readonly Problem[]> {
  try {
    await write()
    return []
  } catch (error) {
    return [
      {
        code: 'REPORT_NOT_WRITTEN',
        message: `The report could not be written to ${path} (${whyNotWritten(error)}).`,
        hint: 'Set report-file to a file in an existing directory that this user may write to.',
      },
    ]
  }
}
