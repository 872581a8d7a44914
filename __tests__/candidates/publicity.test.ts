import { describe, expect, test } from '@jest/globals'
import type { Candidate } from '../../src/candidates/candidate.ts'
import { findCandidates } from '../../src/candidates/find.ts'
import { type Heard, openPublicity } from '../../src/candidates/publicity.ts'
import { goSettings } from '../support/builders/settings.ts'

const found = findCandidates({ proxies: [], privateProxy: undefined }, goSettings())
const [official, unnamed] = (found.ok ? found.value.list : []) as readonly [Candidate, Candidate]
const named: Candidate = { ...unnamed, from: 'input', starts: 'at once' }
const own: Candidate = { ...named, trust: 'own' }
const PATH = 'github.com/acme/secret'

const answers = (status: number, kind = 'absent'): Heard => ({ kind, status })
const SERVED = answers(200, 'found')
const UNREACHABLE: Heard = { kind: 'unreachable', status: null }

/** What is known when the official proxy answered so, in this order. */
function afterHearing(...heard: readonly (Heard | [string, Heard])[]) {
  const publicity = openPublicity()
  for (const one of heard) {
    const [path, answer] = Array.isArray(one) ? one : [PATH, one]
    publicity.note(official, path, answer)
  }
  return publicity
}

const lost = (...names: readonly string[]) => names.map((name): [string, Heard] => [`example.com/${name}`, UNREACHABLE])
const lostTogether = (...names: readonly string[]) =>
  names.map((name): [string, Heard] => [`example.com/${name}`, { kind: 'cut', status: null, lostConnection: 7 }])

describe('a mirror that the user did not name', () => {
  test.each<[string, readonly (Heard | [string, Heard])[], boolean]>([
    ['nothing was asked yet', [], true],
    ['the official proxy serves it', [SERVED], true],
    ['it serves others', [['example.com/other', SERVED]], false],
    ['it refuses others', [['example.com/other', answers(404)]], false],
    ['404', [answers(404)], false],
    ['404 as its own source failed', [answers(404, 'absent for now')], false],
    ['403', [answers(403, 'forbidden')], false],
    ['410', [answers(410)], false],
    ['451', [answers(451, 'forbidden')], false],
    ['403, and then nothing any more', [answers(403, 'forbidden'), UNREACHABLE], false],
    ['403 for one file, and it serves another', [answers(403, 'forbidden'), SERVED], true],
    ['it fails for it', [answers(503, 'server error')], true],
    ['it fails for others', [['example.com/other', answers(503, 'server error')]], false],
    ['it fails for it, and refuses it then', [answers(503, 'server error'), answers(404)], false],
    ['it cannot be reached', [UNREACHABLE], true],
    ['it was asked in vain once, and answers others', [['example.com/other', SERVED], UNREACHABLE], false],
    ['it was asked in vain twice', [['example.com/other', SERVED], UNREACHABLE, UNREACHABLE], true],
    [
      'one request for another was lost',
      [
        ['example.com/other', SERVED],
        ['example.com/m', UNREACHABLE],
      ],
      false,
    ],
    ['it could be reached before', [['example.com/other', SERVED], ...lost('a', 'b', 'c')], true],
    [
      'all that one connection carried was lost',
      [['example.com/other', SERVED], ...lostTogether('a', 'b', 'c')],
      false,
    ],
    [
      'it was away, and answers again',
      [['example.com/other', SERVED], ...lost('a', 'b', 'c'), ['example.com/other', SERVED]],
      false,
    ],
    ['a request was called off', [['example.com/other', SERVED], { kind: 'stopped', status: null }], false],
  ])('%s', (_, heard, may) => {
    expect(afterHearing(...heard).mayHear(unnamed, PATH)).toBe(may)
  })

  test('is asked for all but what was refused while the official proxy is out', () => {
    const elsewhere = ['example.com/other', SERVED] as [string, Heard]
    expect(afterHearing(elsewhere).mayHear(unnamed, PATH, true)).toBe(true)
    expect(afterHearing(elsewhere, answers(404)).mayHear(unnamed, PATH, true)).toBe(false)
  })

  test('what was served and turned out to be wrong shows nothing', () => {
    const publicity = afterHearing(['example.com/other', SERVED], SERVED)
    publicity.noteWrong(official, PATH)
    publicity.note(official, 'example.com/other', SERVED)
    expect(publicity.mayHear(unnamed, PATH)).toBe(false)
  })
})

describe('a network that forbids the whole proxy', () => {
  const forbidden = answers(403, 'forbidden')
  test('says nothing of a module', () => {
    const publicity = afterHearing(forbidden)
    publicity.noteControl(official, forbidden)
    expect(publicity.mayHear(unnamed, PATH)).toBe(true)
    expect(publicity.isAboutModule(official, PATH, forbidden)).toBe(false)
    expect(publicity.refusals()).toEqual([])
    const later = openPublicity(publicity.snapshot())
    later.note(official, PATH, forbidden)
    expect(later.mayHear(unnamed, PATH)).toBe(true)
  })

  test('is not in the way where the proxy serves anything, or has not what cannot exist', () => {
    const serving = afterHearing(forbidden, ['example.com/other', SERVED])
    serving.noteControl(official, forbidden)
    const absent = afterHearing(forbidden)
    absent.noteControl(official, answers(404))
    for (const publicity of [serving, absent]) expect(publicity.mayHear(unnamed, PATH)).toBe(false)
  })
})

test('a mirror that the user named hears of all but what the official proxy does not have', () => {
  expect(afterHearing(['example.com/other', SERVED]).mayHear(named, PATH)).toBe(true)
  expect(afterHearing(answers(403, 'forbidden')).mayHear(named, PATH)).toBe(true)
  expect(afterHearing(answers(404)).mayHear(named, PATH)).toBe(false)
  expect(afterHearing(answers(410)).mayHear(own, PATH)).toBe(true)
})

test('the answers of others tell nothing', () => {
  const publicity = openPublicity()
  for (const candidate of [unnamed, own]) publicity.note(candidate, PATH, answers(404))
  expect(publicity.refusals()).toEqual([])
})

test('a refusal is about the module unless the module is known to be public', () => {
  expect(afterHearing(answers(404)).isAboutModule(official, PATH, answers(404))).toBe(true)
  expect(afterHearing(answers(404)).isAboutModule(unnamed, PATH, answers(404))).toBe(true)
  expect(afterHearing(SERVED).isAboutModule(official, PATH, answers(404))).toBe(false)
  expect(afterHearing().isAboutModule(own, PATH, answers(404))).toBe(false)
  expect(afterHearing().isAboutModule(official, PATH, answers(500, 'server error'))).toBe(false)
})

test('what was learned goes with a gateway into another process', () => {
  const before = afterHearing(['example.com/other', SERVED], answers(404))
  const later = openPublicity(JSON.parse(JSON.stringify(before.snapshot())))
  expect(later.refusals()).toEqual([{ path: PATH, status: 404 }])
  expect([later.mayHear(unnamed, PATH), later.mayHear(unnamed, 'example.com/other')]).toEqual([false, true])
  // It answers, so it is asked first for what is not known; what it failed for need not be asked of it again.
  expect(later.mayHear(unnamed, 'example.com/unknown')).toBe(false)
  before.note(official, 'example.com/failing', answers(503, 'server error'))
  expect(openPublicity(before.snapshot()).mayHear(unnamed, 'example.com/failing')).toBe(true)
})

test('what an earlier use in the job kept from mirrors stays so until the official proxy serves it', () => {
  const publicity = openPublicity(JSON.parse(JSON.stringify(openPublicity({ kept: [PATH] }).snapshot())))
  expect([unnamed, named, own].map(one => publicity.mayHear(one, PATH))).toEqual([false, false, true])
  expect([publicity.mayHear(unnamed, PATH, true), publicity.refusals()]).toEqual([false, []])
  publicity.note(official, PATH, SERVED)
  expect(publicity.mayHear(unnamed, PATH)).toBe(true)
})
