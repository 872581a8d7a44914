import { describe, expect, test } from '@jest/globals'
import { costsOf, type Mark, waitOf } from '../../benchmarks/report-costs.ts'

/** Each with twice as much time as work. */
const marksOf = (text: string): readonly Mark[] =>
  text.split(' ').map(one => {
    const [name = '', at = ''] = one.split('@')
    return { name, ms: Number(at) * 2, cpuMs: Number(at) }
  })

const ONE = marksOf(
  'telling@1 log@5 report.json@10 metrics.prom@13 telling@33 log@40 outputs@41 telling@42 log@43 end@50',
)

describe('what each part costs', () => {
  test('is what lies between its mark and the one before it; the log’s lines are one part', () => {
    expect(costsOf(ONE, ['metrics.prom', 'log'])).toEqual({
      parts: { 'metrics.prom': { ms: 6, cpuMs: 3 }, log: { ms: 58, cpuMs: 29 } },
      together: { ms: 64, cpuMs: 32 },
    })
  })

  test('is not told of what was not seen behind the report', () => {
    expect(() => costsOf(ONE, ['metrics.prom', 'page.html'])).toThrow('not seen to be written: page.html')
    expect(() => costsOf(marksOf('log@1 end@2'), ['log'])).toThrow('not seen to be written: log')
  })
})

test('a trace takes the time from the last file to the first line behind it', () => {
  expect(waitOf(ONE, 'metrics.prom')).toBe(40)
  expect(() => waitOf(marksOf('report.json@10 metrics.prom@13 end@50'), 'metrics.prom')).toThrow(
    'no line behind metrics.prom',
  )
})
