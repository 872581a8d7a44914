import { describe, expect, test } from '@jest/globals'
import { compareReports, nameReports } from '../../src/report/compare.ts'
import { renderComparison, renderComparisonMarkdown } from '../../src/report/compare-text.ts'
import { buildReport, type Report } from '../../src/report/report.ts'
import { fullStory, measurement } from '../support/builders/story.ts'

const before = buildReport(fullStory())
const after = {
  ...before,
  phases: before.phases.map(one => (one.name === 'download' ? { ...one, ms: 3_000 } : one)),
  download: before.download && { ...before.download, seconds: 3, retries: 5 },
}

describe('two reports', () => {
  const comparison = compareReports(
    [
      { name: 'before', report: before },
      { name: 'after', report: after },
    ],
    { percent: 20 },
  )

  test('beside each other, with the share by which a figure changed', () => {
    expect(renderComparison(comparison)).toMatchInlineSnapshot(`
"                                       before                 after  change
outcome                               success               success
go                       go1.27.3 linux/amd64  go1.27.3 linux/amd64
proxy                           proxy.example         proxy.example
round trip of the proxy                 13 ms                 13 ms
rate of the proxy                     42 MB/s               42 MB/s
whole time                              2.3 s                 3.8 s   +67 %
download                                1.5 s                   3 s  +100 %
phase read the project                 110 ms                110 ms
phase benchmark                        520 ms                520 ms
modules downloaded                          3                     3
bytes of modules                      12.3 MB               12.3 MB
requests                                   11                    11
retries                                     2                     5      +3
failovers                                   1                     1
wrong answers                               1                     1
warnings                                    1                     1

proxy                      before               after
proxy.example      13 ms, 42 MB/s      13 ms, 42 MB/s
other.example  tampered: 13 ms, –  tampered: 13 ms, –

after: whole time takes 67 % longer.
after: download takes 100 % longer.
"
`)
  })

  test('for GitHub', () => {
    expect(renderComparisonMarkdown(comparison)).toMatchInlineSnapshot(`
"|   | \`before\` | \`after\` | change |
| :-- | --: | --: | --: |
| outcome | \`success\` | \`success\` |   |
| go | \`go1.27.3 linux/amd64\` | \`go1.27.3 linux/amd64\` |   |
| proxy | \`proxy.example\` | \`proxy.example\` |   |
| round trip of the proxy | 13 ms | 13 ms |   |
| rate of the proxy | 42 MB/s | 42 MB/s |   |
| whole time | 2.3 s | 3.8 s | +67 % |
| download | 1.5 s | 3 s | +100 % |
| phase read the project | 110 ms | 110 ms |   |
| phase benchmark | 520 ms | 520 ms |   |
| modules downloaded | 3 | 3 |   |
| bytes of modules | 12.3 MB | 12.3 MB |   |
| requests | 11 | 11 |   |
| retries | 2 | 5 | +3 |
| failovers | 1 | 1 |   |
| wrong answers | 1 | 1 |   |
| warnings | 1 | 1 |   |

#### Round trip and rate

| proxy | \`before\` | \`after\` |
| :-- | --: | --: |
| \`proxy.example\` | 13 ms, 42 MB/s | 13 ms, 42 MB/s |
| \`other.example\` | tampered: 13 ms, – | tampered: 13 ms, – |

- after: whole time takes 67 % longer.
- after: download takes 100 % longer.
"
`)
  })

  test('what takes longer by more than the threshold, and by a quarter second, is a regression', () => {
    const regressionsAt = (percent: number | undefined, later: Report = after) =>
      compareReports(
        [before, later].map((report, i) => ({ name: String(i), report })),
        percent === undefined ? undefined : { percent },
      ).regressions.map(({ figure }) => figure)
    expect(regressionsAt(20)).toEqual(['whole time', 'download'])
    expect(regressionsAt(99)).toEqual(['download'])
    expect(regressionsAt(100)).toEqual([])
    expect(regressionsAt(undefined)).toEqual([])
    const little = {
      ...before,
      phases: before.phases.map(one => ({ ...one, ms: one.name === 'read the project' ? 300 : one.ms })),
    }
    expect(regressionsAt(0, little)).toEqual([])
    expect(regressionsAt(50, { ...before, outcome: 'failure' })).toEqual(['outcome'])
  })
})

test('a threshold may be a time, and what makes the times hard to compare is said', () => {
  const { project } = before
  const other = { ...after, project: project && { ...project, modules: project.modules + 1 } }
  const cached = { ...after, project: project && { ...project, missing: 0 } }
  const compared = (ms: number, report: Report) =>
    compareReports(
      [
        { name: 'a', report: before },
        { name: 'b', report },
      ],
      { ms },
    )
  expect(compared(1_400, after).regressions.map(({ figure }) => figure)).toEqual(['whole time', 'download'])
  expect(compared(1_500, after).regressions).toEqual([])
  expect(compared(0, after).notes).toEqual([])
  expect(compared(0, other).notes).toEqual([expect.stringMatching(/^b has \d+ modules, a has \d+\.$/)])
  const [note = ''] = compared(0, cached).notes
  expect(note).toMatch(/^b had \d+ of the modules in the module cache, a \d+\.$/)
  expect(renderComparison(compared(0, cached))).toContain(`\n\n${note}\n`)
  expect(renderComparisonMarkdown(compared(0, cached))).toContain(`\n\n${note}\n`)
})

test('one report for each region gives the table of round trips and rates', () => {
  const regions = ['eu', 'us', 'asia'].map((name, i) => {
    const { ranking } = fullStory()
    const url = 'https://proxy.example'
    const near = measurement(url, { firstByteMs: 10 * (i + 1), bytesPerSecond: 5e7 / (i + 1) })
    const far = measurement('https://far.example', { firstByteMs: null, bytesPerSecond: null, verdict: 'unreachable' })
    const measurements = i === 0 ? [near] : [near, far]
    return { name, report: buildReport(fullStory({ ranking: ranking && { ...ranking, measurements } })) }
  })
  const table = renderComparison(compareReports(regions, undefined)).split('\n\n')[1]
  expect(table).toMatchInlineSnapshot(`
"proxy                      eu              us              asia
proxy.example  10 ms, 50 MB/s  20 ms, 25 MB/s  30 ms, 16.7 MB/s
far.example                 –     unreachable       unreachable
"
`)
})

test('reports have the shortest names that tell them apart', () => {
  expect(nameReports(['a/report.json', 'b/report.json'])).toEqual(['a', 'b'])
  expect(nameReports(['out/eu/1/r.json', 'out/us/1/r.json'])).toEqual(['eu', 'us'])
  expect(nameReports(['before.json', 'after.json'])).toEqual(['before', 'after'])
  expect(nameReports(['x.json', 'x.json'])).toEqual(['x.json', 'x.json'])
  expect(nameReports(['x.json'])).toEqual(['x.json'])
})
