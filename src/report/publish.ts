import type { Files, Outputs } from '../effects.ts'
import type { Problem } from '../errors.ts'
import { renderJson } from './json.ts'
import type { Report } from './model.ts'
import { planOutputs } from './outputs.ts'
import { renderSummary } from './summary.ts'

export interface PublishOptions {
  /** Where the report file goes: what the user named, and our own for the output. */
  readonly reportPaths: readonly string[]
  /** The path that the output `report` tells. */
  readonly toldPath: string | undefined
  readonly summary: boolean
}

/** Writes the report's files, outputs and summary. Failing to report never fails the job: what failed comes back. */
export async function publish(
  report: Report,
  options: PublishOptions,
  files: Files,
  outputs: Outputs | undefined,
): Promise<readonly Problem[]> {
  const problems: Problem[] = []
  for (const path of options.reportPaths) problems.push(...(await writeReport(report, path, files)))
  if (outputs === undefined) return problems
  for (const [name, value] of Object.entries(planOutputs(report, options.toldPath))) {
    const problem = outputs.setOutput(name, value)
    if (problem !== undefined) problems.push(problem)
  }
  const problem = options.summary ? await outputs.appendSummary(renderSummary(report)) : undefined
  return problem === undefined ? problems : [...problems, problem]
}

async function writeReport(report: Report, path: string, files: Files): Promise<readonly Problem[]> {
  try {
    await files.write(path, renderJson(report))
    return []
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown reason'
    return [
      {
        code: 'REPORT_NOT_WRITTEN',
        message: `The report could not be written to ${path} (${reason}).`,
        hint: 'Name a file in a directory that exists and may be written: report-file.',
      },
    ]
  }
}
