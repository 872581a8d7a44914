import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Measurement } from '../../src/benchmark/ranking.ts'
import { renderBench, renderBenchMarkdown, renderForChat } from '../../src/report/bench.ts'
import { buildReport, type Report } from '../../src/report/report.ts'
import { plainScreen, type Screen } from '../../src/report/screen.ts'
import { describeStop, untilStop } from '../../src/report/stopped.ts'
import { columnsOf } from '../../src/text/columns.ts'
import { fullStory, measurement } from '../support/builders/story.ts'

function reportOf(measurements: readonly Measurement[]): Report {
  const story = fullStory({ download: undefined, gateway: undefined })
  return buildReport({ ...story, ranking: story.ranking && { ...story.ranking, measurements } })
}

const good = measurement('https://proxy.example', { predictedSeconds: 2, bytesPerSecond: 42e6 })
const slow = measurement('https://slow.example', {
  verdict: 'slow',
  reason: 'its transfer rate is less than a tenth of the best one’s',
  predictedSeconds: 40,
  bytesPerSecond: 1e6,
})
const gone = measurement('https://gone.example', {
  verdict: 'unreachable',
  usable: false,
  reason: 'its name cannot be resolved here',
  predictedSeconds: null,
  bytesPerSecond: null,
  firstByteMs: null,
})

const host = fc.stringMatching(/^[a-z]{1,12}(\.[a-z]{1,12}){1,4}(\/[a-z]{1,15}){0,3}$/).map(name => `https://${name}`)

describe('bench', () => {
  test('at every width each candidate is there, and no line is too long', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(host, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 40, max: 130 }),
        (names, columns) => {
          const measurements = names.map((name, i) => ({
            ...([good, slow, gone][i % 3] as Measurement),
            ...named(name),
          }))
          const text = renderBench(reportOf(measurements), plainScreen(columns))
          expect(text.split('\n').filter(line => columnsOf(line) > columns)).toEqual([])
          expect(text.match(/█+/g)).toHaveLength(measurements.filter(one => one.predictedSeconds !== null).length)
        },
      ),
    )
  })

  test('in 80 columns', () => {
    expect(renderBench(reportOf([good, slow, gone]), plainScreen(80))).toMatchInlineSnapshot(`
"  proxy          verdict      first byte     rate  predicted
> proxy.example  ok                13 ms  42 MB/s        2 s  █
  slow.example   slow              13 ms   1 MB/s       40 s  ██████████████████
    its transfer rate is less than a tenth of the best one’s
  gone.example   unreachable           –        –          –
    its name cannot be resolved here
Measured in 520 ms with 1.2 MB, all content checked against go.sum.
Predicted: all 3 modules of this project, into an empty module cache.

Go proxies: proxy.example 2 s, slow.example 40 s, gone.example unreachable
"
`)
  })

  test('in 60 columns figures are left out, the least telling first', () => {
    expect(renderBench(reportOf([good, slow, gone]), plainScreen(60))).toMatchInlineSnapshot(`
"  proxy          verdict         rate  predicted
> proxy.example  ok           42 MB/s        2 s  █
  slow.example   slow          1 MB/s       40 s  ██████████
    its transfer rate is less than a tenth of the best one’s
  gone.example   unreachable        –          –
    its name cannot be resolved here
Measured in 520 ms with 1.2 MB, all content checked against
  go.sum.
Predicted: all 3 modules of this project, into an empty
  module cache.

Go proxies: proxy.example 2 s, slow.example 40 s, and 1 more
"
`)
  })

  test('a name that is too long for the table keeps its two ends', () => {
    const long = { ...slow, ...named('https://artifactory.corp.example/artifactory/api/go/go-virtual-all') }
    expect(renderBench(reportOf([good, long]), plainScreen(60))).toMatchInlineSnapshot(`
"  proxy                           verdict  predicted
> proxy.example                   ok             2 s  █
  https://artifac…go-virtual-all  slow          40 s  ██████
    its transfer rate is less than a tenth of the best one’s
Measured in 520 ms with 1.2 MB, all content checked against
  go.sum.
Predicted: all 3 modules of this project, into an empty
  module cache.

Go proxies for 3 modules: proxy.example 2 s, and 1 more
"
`)
  })

  test('where there is no room for a table each candidate has lines of its own', () => {
    expect(renderBench(reportOf([good, gone]), plainScreen(40))).toMatchInlineSnapshot(`
"> proxy.example
    ok, predicted 2 s, 13 ms to the
      first byte, 42 MB/s
    ██████████████████████████
  gone.example
    unreachable
    its name cannot be resolved here
Measured in 520 ms with 1.2 MB, all
  content checked against go.sum.
Predicted: all 3 modules of this
  project, into an empty module cache.

Go proxies: proxy.…ample 2 s, and 1 more
"
`)
  })

  test('colours only where there are any, and never in the width', () => {
    const colour: Screen = { columns: 60, paint: (style, text) => `<${style}>${text}</>` }
    const report = reportOf([good, slow, gone])
    const text = renderBench(report, colour)
    expect(text).toMatch(/<green>ok *<\/>/)
    expect(text).toMatch(/<red>unreachable *<\/>/)
    expect(text.replace(/<\/?\w*>/g, '')).toBe(renderBench(report, plainScreen(60)))
  })

  test('the line for a chat is one line, with as many candidates as fit', () => {
    const report = reportOf([good, slow, gone])
    expect(renderForChat(report, 200)).toBe(
      'Go proxies for 3 modules (linux/amd64): proxy.example 2 s, slow.example 40 s, gone.example unreachable',
    )
    expect(renderForChat(report, 60)).toBe('Go proxies: proxy.example 2 s, slow.example 40 s, and 1 more')
    expect(renderForChat(report, 30)).toMatch(/^Go proxies: .*… 2 s, and 2 more$|^Go proxies: \S+ 2 s/)
  })

  test('as Markdown: a table that GitHub shows, and the same line', () => {
    const lines = renderBenchMarkdown(reportOf([good, gone])).split('\n')
    expect(lines.filter(line => line.startsWith('|'))).toHaveLength(4)
    expect(lines.join('\n')).toMatch(/\*\*unreachable\*\* .* its name cannot be resolved here \|/)
    expect(lines.at(-2)).toMatch(/^Go proxies for 3 modules .*proxy\.example 2 s, gone\.example unreachable$/)
  })
})

describe('a job that was stopped', () => {
  test('claims nothing that was not measured', () => {
    const unrated = measurement('https://unrated.example', { bytesPerSecond: null, predictedSeconds: 3 })
    const stopped = untilStop(reportOf([unrated, good]))
    expect(stopped.candidates.map(({ predictedSeconds }) => predictedSeconds)).toEqual([null, 2])
    expect([stopped.choice, stopped.settings]).toEqual([null, []])
  })

  test('says how far it came', () => {
    const story = fullStory()
    expect(describeStop(buildReport(story), story)).toBe(
      'stopped after 1.5 s; 3 of 3 modules (12.3 MB) had arrived. What arrived stays in the module cache.',
    )
    const list = story.ranking?.measurements.map(({ candidate }) => candidate) ?? []
    const before = { ...story, download: undefined, candidates: { list, mode: 'named', warnings: [] } as const }
    expect(describeStop({ ...buildReport(before), candidates: [] }, before)).toMatch(
      /^stopped before go was started, and before these had answered: proxy\.example/,
    )
  })
})

function named(name: string): Pick<Measurement, 'candidate'> {
  return { candidate: measurement(name).candidate }
}
