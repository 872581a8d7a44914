import type { Log } from '../effects.ts'
import { headline } from './headline.ts'
import type { Report } from './report.ts'
import { renderCache, renderCandidates, renderPhases, renderSettings } from './text.ts'

/**
 * Logs the report: the table of candidates, settings with reasons, phases, warnings, and the outcome in one line.
 * @param shown whether the caller prints the table of candidates as its result
 */
export async function tell(report: Report, log: Log, shown = false): Promise<void> {
  if (!shown) await group('Candidates', renderCandidates(report), log)
  await group('Settings', renderSettings(report), log)
  await group('Where the time went', renderPhases(report), log)
  const cache = renderCache(report)
  if (cache !== undefined) log.info(cache)
  log.warnings(report.warnings)
  if (report.failure === null) log.notice('Go modules', headline(report))
  else log.error(report.failure)
}

async function group(title: string, lines: readonly string[], log: Log): Promise<void> {
  if (lines.length === 0) return
  await log.group(title, async () => {
    for (const line of lines) log.info(line)
  })
}
