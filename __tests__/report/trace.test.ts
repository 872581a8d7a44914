import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { buildReport, type Report } from '../../src/report/report.ts'
import type { RequestReport } from '../../src/report/requests.ts'
import { renderTrace } from '../../src/report/trace.ts'
import { anyRequests, fullStory, request } from '../support/builders/story.ts'
import { anyText } from '../support/builders/text.ts'
import { compareTimes, type ReadTrack, readTrace } from '../support/builders/trace-reader.ts'

const report = buildReport(
  fullStory({ requests: fullStory().requests.map((one, i) => (i < 2 ? one : { ...one, ...hashedAt(1_960 - i) })) }),
)

function hashedAt(hashStartMs: number) {
  return { hashStartMs, hashMs: 1 }
}

function reportWith(requests: readonly RequestReport[]): Report {
  return buildReport(fullStory({ requests }))
}

const spansOf = (tracks: readonly ReadTrack[]) => tracks.flatMap(({ spans }) => spans)
const total = (list: readonly { readonly ms: number }[]) => list.reduce((sum, { ms }) => sum + ms, 0)

describe('DevTools’ own reader finds in the trace', () => {
  test('a track for the phases, one for hashing, one for go, and as many for a proxy as it had requests at a time', async () => {
    const tracks = await readTrace(renderTrace(report))
    expect(tracks.map(({ process, name, spans }) => [process, name, spans.map(one => one.name)])).toEqual([
      ['go-proxy-setup', 'phases', ['read the project', 'benchmark', 'download']],
      ['go-proxy-setup', 'hashing', ['example.com/b@v1.0.0.zip', 'example.com/a@v1.0.0.zip']],
      ['go', 'runs', ['go mod download: done']],
      ['proxy.example', 'requests 1', ['example.com/a@v1.0.0.mod', 'example.com/b@v1.0.0.zip']],
      ['proxy.example', 'requests 2', ['example.com/a@v1.0.0.zip']],
      ['other.example', 'requests', ['example.com/a@v1.0.0.zip']],
    ])
  })

  test('the report’s times, within a millisecond', async () => {
    expect(compareTimes(report, await readTrace(renderTrace(report)))).toEqual([])
  })

  test('module, proxy, reason and outcome of each request', async () => {
    const [slowest] = spansOf(await readTrace(renderTrace(report))).filter(({ args }) => args['why'] === 'retry')
    expect(slowest?.args).toEqual({
      module: 'example.com/a',
      version: 'v1.0.0',
      file: 'zip',
      proxy: 'https://proxy.example',
      why: 'retry',
      attempt: 1,
      firstByteMs: 20,
      bytes: 9_000_000,
      status: 200,
      outcome: 'found',
    })
  })

  test('the child of each cache beside the phases, and a command as go’s process', async () => {
    const { cache, buildCache } = buildReport(fullStory())
    expect([cache, buildCache]).toEqual([null, null])
    const restored = { restore: 'exact', startMs: 100, seconds: 0.25, bytes: 9, files: 2 } as Report['cache']
    const built = { restore: 'commit', startMs: 90, seconds: 0.5, bytes: 7, files: 3 } as Report['buildCache']
    const phases = [{ name: 'command', startMs: 400, ms: 90 }]
    const told = { ...report, phases, download: null, cache: restored, buildCache: built, requests: [] }
    const tracks = await readTrace(renderTrace(told))
    expect(tracks.map(({ process, name, spans }) => [process, name, spans.map(({ ms, args }) => [ms, args])])).toEqual([
      ['go-proxy-setup', 'phases', [[90, {}]]],
      ['go-proxy-setup', 'module cache', [[250, { bytes: 9, files: 2 }]]],
      ['go-proxy-setup', 'build cache', [[500, { bytes: 7, files: 3 }]]],
      ['go', 'runs', [[90, {}]]],
    ])
    expect(compareTimes(told, tracks)).toEqual([])
  })
})

describe('whatever the report holds', () => {
  const hostile = fc.oneof(
    anyText(),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      '</script>',
      '\u2028',
      '##[group]',
      '::error::x',
      '__proto__',
      '\ud800',
      '\u202e',
      '"},{"ph":"X"',
      '',
    ),
  )
  const requests = anyRequests(hostile, 40)

  test('no span on a track crosses or holds another, and none is lost', async () => {
    await fc.assert(
      fc.asyncProperty(requests, async list => {
        const tracks = await readTrace(renderTrace(reportWith(list)))
        const ofProxies = tracks.filter(({ name }) => name.startsWith('requests'))
        expect(spansOf(ofProxies)).toHaveLength(list.length)
        expect(Math.abs(total(spansOf(ofProxies)) - total(list))).toBeLessThan(1)
        const crossing = tracks.filter(({ spans }) =>
          spans.some(({ startMs }, i) => {
            const before = spans[i - 1]
            return before !== undefined && startMs < before.startMs + before.ms - 0.0005
          }),
        )
        expect(crossing).toEqual([])
        expect(tracks.filter(({ depth }) => depth === undefined)).toEqual([])
      }),
      { numRuns: 30 },
    )
  })

  test('nothing in the file is obeyed by a terminal or a runner', () => {
    fc.assert(
      fc.property(requests, hostile, (list, name) => {
        const text = renderTrace({ ...reportWith(list), phases: [{ name, startMs: 0, ms: 1 }] })
        expect(text).not.toMatch(/##\[|[^\n\P{Cc}]|[\p{Zl}\p{Zp}\p{Cf}]/u)
        expect(JSON.parse(text)).toHaveProperty('traceEvents')
      }),
    )
  })

  test('10,000 requests, 128 at a time, take 128 tracks and less than 5 MB', async () => {
    const list = Array.from({ length: 10_000 }, (_, i) => request({ startMs: Math.floor(i / 128) * 10, ms: 10 }))
    const text = renderTrace(reportWith(list))
    expect(text.length).toBeLessThan(5_000_000)
    expect((await readTrace(text)).filter(({ name }) => name.startsWith('requests'))).toHaveLength(128)
  })
})
