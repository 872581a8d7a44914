import { expect, test } from '@jest/globals'
import { renderPage } from '../../src/report/page.ts'
import { buildReport, type CandidateReport } from '../../src/report/report.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { renderCandidates } from '../../src/report/text.ts'
import { fullStory } from '../support/builders/story.ts'

const report = buildReport(fullStory())
const rateProbe = (bytes: number) => ({ object: 'm.zip', purpose: 'rate', outcome: 'found', ms: 150, bytes }) as const

test.each<[string, Partial<CandidateReport>, string]>([
  ['one small zip', { probes: [rateProbe(41_000)] }, '~2.3 s'],
  ['two zips', { probes: [rateProbe(150_000), rateProbe(60_000)] }, '2.3 s'],
  ['no zip at all', { bytesPerSecond: null, probes: [] }, '~2.3 s'],
])('a prediction from %s is told as what it is', (_, change, told) => {
  const candidates = report.candidates.map((one, i) => (i === 0 ? { ...one, ...change } : one))
  const [summary, page] = [renderSummary({ ...report, candidates }), renderPage({ ...report, candidates })]
  const text = renderCandidates({ ...report, candidates }).join('\n')
  const isGuess = told.startsWith('~')
  expect(summary.replaceAll('\u00a0', ' ').replaceAll('&#126;', '~')).toContain(`| ${told} |`)
  expect(page).toContain(`<td class="b">${told}<svg`)
  expect(text).toContain(`  ${told}  █`)
  for (const view of [summary, page, text]) expect(view.includes('marks a guess')).toBe(isGuess)
})
