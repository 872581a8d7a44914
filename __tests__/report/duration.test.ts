import { describe, expect, test } from '@jest/globals'
import { describeRequests, downloadSeconds } from '../../src/report/duration.ts'
import { renderPage } from '../../src/report/page.ts'
import { partsOf } from '../../src/report/parts.ts'
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

test('what was asked for Go itself and for tools is counted, and is not the download’s', () => {
  const requests = [
    request({ why: 'go', startMs: 10, ms: 50 }),
    request({ why: 'go', startMs: 20, ms: 300 }),
    ...(report.requests ?? []),
    request({ why: 'tool', startMs: 9_000, ms: 50 }),
  ]
  const more = { ...report, requests }
  expect(describeRequests(more)?.what).toMatch(/^requests, 2 of them probes, 2 for Go itself, 1 for tools$/)
  expect(describeRequests(more)?.all).toBe((describeRequests(report)?.all ?? 0) + 3)
  expect([downloadSeconds(more), partsOf(more)]).toEqual([downloadSeconds(report), partsOf(report)])
})
