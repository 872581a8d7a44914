import type { Files, Outputs } from '../effects.ts'
import { type Problem, whyNotWritten } from '../errors.ts'
import { renderJson } from './json.ts'
import { planOutputs } from './outputs.ts'
import type { Report } from './report.ts'
import { renderSummary } from './summary.ts'

export interface PublishOptions {
  /** Our own copy of the report file: what the output `report` tells unless the user named one. */
  readonly ownPath?: string
  /** Where the user wants it. */
  readonly namedPath?: string | undefined
  /** The workspace: links in it that lead out of it are not followed. */
  readonly workspace: string | undefined
  readonly summary: boolean
}

/** Writes the report's files, outputs and summary. Failing to report never fails the job: what failed comes back. */
export async function publish(
  report: Report,
  options: PublishOptions,
  files: Files,
  outputs: Outputs | undefined,
): Promise<readonly Problem[]> {
  const { ownPath, namedPath, workspace } = options
  const text = renderJson(report)
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
