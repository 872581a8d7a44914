import { STOPPED_CODE } from '../errors.ts'
import { nameOf, shortName } from './headline.ts'
import type { Report } from './report.ts'
import type { Story } from './story.ts'
import { count, formatBytes, formatSeconds } from './units.ts'

/** What is true of a job that the user stopped. What it would have chosen, and what it had only guessed, is left out. */
export function untilStop(report: Report): Report {
  const { candidates, warnings, failure } = report
  return {
    ...report,
    candidates: candidates.map(one => (one.bytesPerSecond === null ? { ...one, predictedSeconds: null } : one)),
    choice: null,
    settings: [],
    warnings: warnings.filter(({ code }) => !OF_AN_END.includes(code)),
    failure: isStopped(report) ? null : failure,
  }
}

/** Whether it failed by the user's own wish alone. */
export function isStopped({ failure }: Pick<Report, 'failure'>): boolean {
  return failure?.code === STOPPED_CODE
}

/** They are about what the job came to. */
const OF_AN_END = ['NO_CANDIDATE_EXPORTED', 'MIRROR_INSTEAD_OF_OFFICIAL']

/** How far it came, in a sentence or two that say so themselves, for a job's log shows no title. */
export function describeStop({ download, project, candidates }: Report, { candidates: asked }: Story): string {
  if (download !== null) {
    const { modules, bytes } = download
    const time = formatSeconds(download.seconds)
    if (modules === 0) return `stopped after ${time}; no module had arrived.`
    const share = `${modules} of ${count(Math.max(modules, project?.missing ?? 0), 'module')}`
    return `stopped after ${time}; ${share} (${formatBytes(bytes)}) had arrived. What arrived stays in the module cache.`
  }
  const known = candidates.map(nameOf)
  const names = (asked?.list ?? []).filter(({ starts }) => starts === 'at once').map(({ name }) => name)
  const unheard = names.filter(name => !known.includes(name)).map(shortName)
  const rest = unheard.length === 0 ? '' : `, and before these had answered: ${unheard.join(', ')}`
  return `stopped before go was started${rest}.`
}
