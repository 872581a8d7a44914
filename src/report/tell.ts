import type { Log } from '../effects.ts'
import { renderBuildCache } from './build-cache.ts'
import { headline } from './headline.ts'
import { renderModuleStore } from './module-store.ts'
import { recordsOf, resultOf, stopOf } from './records.ts'
import type { Report } from './report.ts'
import { describeStop, untilStop } from './stopped.ts'
import type { Story } from './story.ts'
import { renderCache, renderCandidates, renderSettings, renderTimesText } from './text.ts'
import { renderTools } from './tools.ts'

/** Logs the report: the table of candidates, settings with reasons, phases, warnings, and the outcome in one line. */
export async function tell(report: Report, log: Log): Promise<void> {
  if (log.records) return tellRecords(report, log)
  await tellCandidates('Candidates', report, log)
  await group('Settings', renderSettings(report, log.columns), log)
  if (hasBegun(report)) await group('Where the time went', renderTimesText(report, log.columns), log)
  const cache = renderCache(report)
  if (cache !== undefined) log.info(cache)
  const buildCache = renderBuildCache(report.buildCache)
  if (buildCache !== undefined) log.info(buildCache)
  for (const line of renderTools(report.tools)) log.info(line)
  const store = renderModuleStore(report)
  if (store !== undefined) log.info(store)
  await group('What go said', report.download?.said ?? [], log)
  log.warnings(report.warnings)
  const { failure, notices = [] } = report
  const said = failure === null ? [headline(report), ...notices] : notices
  if (said.length > 0) log.notice('Go modules', said.join('. '))
  if (failure !== null) log.error(failure)
}

/** Of what was refused before anything was begun, the time helps no reader. */
function hasBegun({ failure, choice, download }: Report): boolean {
  return failure === null || choice !== null || download !== null
}

/** Where the result itself is printed: what else is to be known. */
export function tellProblems({ warnings, failure }: Pick<Report, 'warnings' | 'failure'>, log: Log): void {
  log.warnings(warnings)
  if (failure !== null) log.error(failure)
}

/** Logs how far a stopped job came, and nothing that it would have come to. */
export async function tellStopped(story: Story, report: Report, log: Log): Promise<void> {
  const known = untilStop(report)
  if (log.records) {
    for (const { message, fact } of recordsOf(known)) log.info(message, fact)
    tellProblems(known, log)
    return log.info(describeStop(known, story), stopOf(known))
  }
  if (known.candidates.length > 0) await tellCandidates('Candidates, as far as they were measured', known, log)
  if (known.download !== null) await group('Where the time went', renderTimesText(known, log.columns), log)
  tellProblems(known, log)
  log.notice('Go modules', describeStop(known, story))
}

/** The same for programs: a record for each row of the tables. */
function tellRecords(report: Report, log: Log): void {
  for (const { message, fact } of recordsOf(report)) log.info(message, fact)
  log.warnings(report.warnings)
  for (const notice of report.notices ?? []) log.info(notice)
  log.info(headline(report), resultOf(report))
  if (report.failure !== null) log.error(report.failure)
}

async function tellCandidates(title: string, report: Report, log: Log): Promise<void> {
  if (renderCandidates(report).length === 0) return
  await log.group(title, async () => log.lines(paint => renderCandidates(report, { columns: log.columns, paint })))
}

async function group(title: string, lines: readonly string[], log: Log): Promise<void> {
  if (lines.length === 0) return
  await log.group(title, async () => {
    for (const line of lines) log.info(line)
  })
}
