import { describe, expect, test } from '@jest/globals'
import { describeRequests } from '../../src/report/duration.ts'
import { renderPage } from '../../src/report/page.ts'
import { buildReport, type Report } from '../../src/report/report.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { renderTimesText } from '../../src/report/text.ts'
import { fullStory, request } from '../support/builders/story.ts'

/** go was started at 1 s; the first file had been asked for at 400 ms, while probes went on. */
const report = buildReport(
  fullStory({
    startMs: 0,
    phases: [
      { name: 'benchmark', startMs: 100, ms: 800 },
      { name: 'download', startMs: 1_000, ms: 3_000 },
    ],
    requests: [
      request({ why: 'latency', startMs: 100, ms: 50 }),
      request({ why: 'rate', startMs: 200, ms: 50 }),
      request({ startMs: 300, ms: 50, outcome: 'failed' }),
      request({ startMs: 400, ms: 3_000 }),
    ],
  }),
)
const factsIn = (page: string) =>
  Object.fromEntries([...page.matchAll(/<dt>([^<]*)<\/dt><dd>([^<]*)</g)].map(([, name, value]) => [name, value]))

describe('a download', () => {
  test('took as long in headline, account, time line, log and page, from its first request on', () => {
    const [summary, page] = [renderSummary(report), renderPage(report)]
    expect(summary).toMatch(/^### .* in 3\.6 s/)
    expect(summary).toContain('instead of 3.6 s')
    expect(summary).toContain('Of the download’s 3.6 s')
    expect(summary).toMatch(/\| download \| 3\.6\s+s \|[^|]*\| `···███████████████████████████` \|/)
    expect(renderTimesText(report).join('\n')).toMatch(/^download +3\.6 s /m)
    expect(factsIn(page)).toMatchObject({ download: '3.6 s' })
    expect(page).toContain('<title>download: 3.6 s</title>')
  })

  test('has as many requests in summary and page, probes among them', () => {
    const requests = report.download?.requests ?? 0
    // What go asked itself is in no list.
    expect(requests).toBe(11)
    expect(renderSummary(report)).toContain('13 requests, 2 of them probes')
    expect(factsIn(renderPage(report))).toMatchObject({ 'requests, 2 of them probes': '13' })
  })
})

test.each<[string, Partial<Report>, string | undefined]>([
  ['nothing was asked', { download: null, requests: [] }, undefined],
  ['only probes', { download: null, requests: [request({ why: 'rate' })] }, '1 request of the benchmark'],
  ['go asked the proxies itself', { requests: [] }, '11 requests'],
  [
    'some were left out',
    { requests: [request({ why: 'rate' })], requestsLeftOut: 40 },
    '41 requests, 1 of them a probe',
  ],
])('requests are counted where %s', (_, change, told) => {
  const counted = describeRequests({ ...report, ...change })
  expect(counted && `${counted.all} ${counted.what}`).toBe(told)
})
