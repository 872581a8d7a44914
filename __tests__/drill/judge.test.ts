import { describe, expect, test } from '@jest/globals'
import { type FrontEvent, sumUp } from '../../src/drill/events.ts'
import { judge, type PlayedRun } from '../../src/drill/judge.ts'
import { drillToJson, renderDrill } from '../../src/drill/table.ts'
import { plainScreen } from '../../src/report/screen.ts'

const DONE: PlayedRun = { outcome: 'done', ms: 800, wrong: [], why: null, met: 3, recoverMs: 120 }
const FAILED: PlayedRun = { ...DONE, outcome: 'failed', why: 'reset', recoverMs: null }
const LATE: PlayedRun = { ...DONE, outcome: 'not done in time', ms: 15_000, recoverMs: null }

describe('judging', () => {
  test.each([
    ['better', FAILED, DONE],
    ['better', LATE, DONE],
    ['as plain go', DONE, DONE],
    ['as plain go', FAILED, LATE],
    ['worse', DONE, FAILED],
    ['worse', DONE, LATE],
    ['worse', FAILED, { ...DONE, wrong: ['m/@v/v1.0.0.zip'] }],
  ] as const)('%s', (verdict, plain, ours) => {
    expect(judge({ plain, ours })).toBe(verdict)
  })
})

describe('what the fronts saw', () => {
  const met = (atMs: number, path?: string): FrontEvent => ({ atMs, askedMs: atMs, path, what: 'met' })
  const sound = (atMs: number, path: string, askedMs = atMs): FrontEvent => ({ atMs, askedMs, path, what: 'sound' })

  test('the longest that a file was held up, over all fronts', () => {
    const events = [met(10, 'a'), met(15, 'b'), met(20, 'a'), sound(30, 'b'), sound(90, 'a')]
    expect(sumUp(events, true)).toEqual({ met: 3, recoverMs: 80 })
  })

  test('a file that was there already was not held up', () => {
    expect(sumUp([sound(5, 'a'), met(10, 'a')], true)).toEqual({ met: 1, recoverMs: 0 })
  })

  test('a connection alone: until something that was asked for later came', () => {
    expect(sumUp([met(10), sound(12, 'a', 2), sound(50, 'b', 30)], true)).toEqual({ met: 1, recoverMs: 40 })
  })

  test('what never came was not needed, or never recovered', () => {
    expect(sumUp([met(10, 'a'), met(11, 'b'), sound(20, 'b')], true)).toEqual({ met: 2, recoverMs: 9 })
    expect(sumUp([met(10, 'a'), met(11, 'b'), sound(20, 'b')], false)).toEqual({ met: 2, recoverMs: null })
    expect(sumUp([], true)).toEqual({ met: 0, recoverMs: null })
  })
})

test('the table beside plain go, and the same for a program', () => {
  const played = [
    { line: 'sound limit=15s', label: 'sound', plain: { ...DONE, met: 0 }, ours: { ...DONE, met: 0, recoverMs: null } },
    { line: 'killed …', label: 'killed', plain: FAILED, ours: DONE },
    { line: 'silent …', label: 'silent', plain: LATE, ours: { ...DONE, met: 0, recoverMs: null } },
    { line: 'cut …', label: 'cut', plain: DONE, ours: FAILED },
  ]
  const drill = { seed: 41, modules: 3, played, seconds: 20.1 }
  expect(renderDrill(drill, plainScreen(80))).toMatchInlineSnapshot(`
"trouble  plain go                  ours            met  held up
sound    done              800 ms  done    800 ms    0        –  as plain go
killed   failed            800 ms  done    800 ms    3   120 ms  better
silent   not done in time    15 s  done    800 ms    0        –  better
cut      done              800 ms  failed  800 ms    3    never  worse

Ours succeeded in 3 of 4 runs, plain go in 2; wrong files in our module cache: 0
  (20.1 s).
Not met, because nothing was asked of the faulty proxy while the trouble lasted:
  silent.
To play the same again: --seed 41
"
`)
  expect(drillToJson(drill)).toMatchObject({ version: 1, seed: 41, result: 'failed' })
  expect(drillToJson({ ...drill, played: played.slice(0, 3) })).toMatchObject({ result: 'ok' })
})
