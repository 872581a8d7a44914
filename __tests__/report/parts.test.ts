import { expect, test } from '@jest/globals'
import { renderAccount } from '../../src/report/account.ts'
import { partsOf } from '../../src/report/parts.ts'
import { buildReport } from '../../src/report/report.ts'
import { drawSpans, timelineOf } from '../../src/report/timeline.ts'
import { fullStory, request } from '../support/builders/story.ts'

/** A run of go from 1 s to 11 s; a request that failed, and was repeated after a pause. */
function report() {
  const story = fullStory({
    startMs: 0,
    phases: [{ name: 'download', startMs: 1_000, ms: 10_000 }],
    requests: [
      request({ why: 'rate', startMs: 100, ms: 9_000 }),
      request({ startMs: 500, ms: 1_500, outcome: 'failed' }),
      request({ file: 'mod', startMs: 1_000, ms: 2_000 }),
      request({ startMs: 6_000, ms: 1_000, attempt: 1, why: 'retry' }),
    ],
  })
  const [attempt] = story.download?.attempts ?? []
  if (story.download === undefined || attempt === undefined) throw new Error('no download')
  const pace = { fetchingSeconds: 3.5, plainGoSeconds: undefined }
  const download = { ...story.download, seconds: 10, pace, attempts: [{ ...attempt, startedMs: 1_000, seconds: 10 }] }
  return buildReport({ ...story, download })
}

test('network, pauses and unpacking are told apart, and the benchmark is none of them', () => {
  expect(partsOf(report())).toEqual({
    network: [
      { startMs: 500, ms: 2_500 },
      { startMs: 6_000, ms: 1_000 },
    ],
    pauses: [{ startMs: 3_000, ms: 3_000 }],
    unpacking: [{ startMs: 7_000, ms: 4_000 }],
  })
  expect(renderAccount(report()).join(' ')).toContain(
    'Of the download’s 10 s, requests were under way for 3.5 s and pauses before retries took 3 s; the rest is go’s own',
  )
})

test('each has a bar on the one time line', () => {
  const { rows = [], endMs = 0 } = timelineOf(report()) ?? {}
  expect(endMs).toBe(11_000)
  const bars = rows.flatMap(row => (row.what.kind === 'part' ? [[row.what.name, drawSpans(row, endMs)]] : []))
  expect(bars).toEqual([
    ['network', '·███████········███···········'],
    ['pauses before retries', '········████████··············'],
    ['go alone: unpacking', '···················███████████'],
  ])
})

test('pauses that took nearly all of it have a bar, and no module’s bytes are no size', () => {
  const shownOf = (pauseMs: number) => {
    const asked = { startMs: 1_000, ms: 100, outcome: 'failed' as const }
    const requests = [request(asked), request({ startMs: 1_100 + pauseMs, ms: 100, attempt: 1, why: 'retry' as const })]
    const { download, ...rest } = report()
    if (download === null) throw new Error('no download')
    const attempts = download.attempts.map(one => ({ ...one, startMs: 1_000, seconds: (200 + pauseMs) / 1000 }))
    const kept = buildReport(fullStory({ startMs: 0, requests }))
    const { rows = [] } =
      timelineOf({ ...rest, download: { ...download, attempts, bytes: 0 }, requests: kept.requests ?? [] }) ?? {}
    return rows.flatMap(({ what, bytes }) => (what.kind === 'part' ? [[what.name, bytes]] : []))
  }
  expect(shownOf(60_000)).toEqual([['pauses before retries', null]])
  expect(shownOf(300)).toEqual([
    ['network', null],
    ['pauses before retries', null],
  ])
})

test('where go asked the proxies itself, nothing is known of it', () => {
  expect(partsOf({ ...report(), requests: [] })).toBeUndefined()
})
