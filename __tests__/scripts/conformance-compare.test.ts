import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { judge, sortDifferences, tryScripts } from '../../conformance/compare.mjs'
import { renderFindings } from '../../conformance/report.mjs'
import { parseResults, type ScriptResult } from '../../conformance/results.mjs'

const root = join(import.meta.dirname, '../..')

/** As Go prints it, shortened. */
const OUTPUT = `=== RUN   TestScript
vcs-test.golang.org rerouted to http://127.0.0.1:39369
go test proxy running at GOPROXY=http://127.0.0.1:33435/mod
=== RUN   TestScript/mod_get_hash
=== PAUSE TestScript/mod_get_hash
=== RUN   TestScript/mod_sum
=== PAUSE TestScript/mod_sum
=== RUN   TestScript/mod_hangs
=== PAUSE TestScript/mod_hangs
=== CONT  TestScript/mod_get_hash
=== CONT  TestScript/mod_sum
=== NAME  TestScript/mod_get_hash
    script_test.go:140: 2026-11-27T03:30:00Z
    script_test.go:163: FAIL: testdata/script/mod_get_hash.txt:16: go list -m: exit status 1
=== NAME  TestScript/mod_sum
    script_test.go:163: SKIP: no hg
=== CONT  TestScript/mod_hangs
--- FAIL: TestScript (4.05s)
    --- SKIP: TestScript/mod_sum (0.00s)
    --- FAIL: TestScript/mod_get_hash (12.34s)
FAIL
`

describe('what Go’s tests print', () => {
  test('each script has its outcome, time, and the line where it failed', () => {
    expect(Object.fromEntries(parseResults(OUTPUT))).toEqual({
      mod_get_hash: { outcome: 'FAIL', seconds: 12.34, line: 16, cause: 'go list -m: exit status 1' },
      mod_sum: { outcome: 'SKIP', seconds: 0 },
      mod_hangs: { outcome: 'UNFINISHED', seconds: 0 },
    })
  })

  test('a panic belongs to the script that ran; on Windows lines end and paths look otherwise', () => {
    const output = [
      '=== RUN   TestScript/mod_a',
      '=== RUN   TestScript/mod_b',
      'panic: test timed out after 1m0s',
      '    script_test.go:163: FAIL: testdata\\script\\mod_a.txt:3: go get: exit status 1',
    ].join('\r\n')
    expect(Object.fromEntries(parseResults(output))).toEqual({
      mod_a: { outcome: 'UNFINISHED', seconds: 0, line: 3, cause: 'go get: exit status 1' },
      mod_b: { outcome: 'UNFINISHED', seconds: 0, cause: 'panic: test timed out after 1m0s' },
    })
  })
})

const pass = (seconds: number) => ({ outcome: 'PASS' as const, seconds })
const unfinished = { outcome: 'UNFINISHED' as const, seconds: 0 }
const fail = (line: number, cause = 'no match') => ({ outcome: 'FAIL' as const, seconds: 1, line, cause })

describe('two passes', () => {
  test.each([
    ['the same', pass(1), pass(1), false],
    ['twice as slow and 2 s, exactly', pass(1), pass(4), false],
    ['slower than that', pass(1), pass(4.1), true],
    ['failed', pass(1), fail(3), true],
    ['failed at the same line', fail(3), fail(3, 'other words'), false],
    ['failed before', fail(9), fail(3), true],
    ['failed directly only', fail(3), pass(1), true],
    ['neither finished', unfinished, unfinished, false],
    ['not finished', pass(1), unfinished, true],
  ])('%s', (_, direct, gateway, different) => {
    expect(judge('mod_a', { direct: [direct], gateway: [gateway] }).differences.length).toBe(different ? 1 : 0)
  })

  test('a result that differs in each try counts, with what failed behind exec', () => {
    expect(judge('mod_a', { direct: [pass(1), pass(1)], gateway: [fail(3), fail(3)] })).toEqual({
      differences: [{ script: 'mod_a', kind: 'result', what: 'PASS, behind exec FAIL at line 3: no match' }],
      unsteady: undefined,
    })
  })

  test('one that differed once is told, and no difference', () => {
    expect(judge('mod_a', { direct: [pass(1), pass(1)], gateway: [fail(3), pass(1)] })).toEqual({
      differences: [],
      unsteady: 'PASS, behind exec FAIL at line 3 in try 1 of 2',
    })
  })

  test('of the times the shortest count', () => {
    const slow = (...gateway: number[]) =>
      judge('mod_a', { direct: gateway.map(() => pass(0.5)), gateway: gateway.map(pass) }).differences
    expect(slow(25, 1)).toEqual([])
    expect(slow(25, 24)).toEqual([{ script: 'mod_a', kind: 'time', what: '0.5 s, behind exec 24.0 s' }])
  })
})

describe('scripts that differ', () => {
  const passes = (...names: string[]) => new Map<string, ScriptResult>(names.map(name => [name, pass(1)]))

  test('are run again, three times in all, and not when their reason is known or they differ no longer', async () => {
    const asked: (readonly string[])[] = []
    const tries = await tryScripts(
      ['mod_listed', 'mod_new', 'mod_once', 'mod_same'],
      async (names, attempt) => {
        asked.push(names)
        const gateway = passes('mod_same')
        for (const name of ['mod_listed', 'mod_new']) gateway.set(name, fail(3))
        gateway.set('mod_once', pass(attempt === 1 ? 25 : 1))
        return { direct: passes(...names), gateway }
      },
      ({ script }) => script === 'mod_listed',
    )
    expect(asked).toEqual([['mod_listed', 'mod_new', 'mod_once', 'mod_same'], ['mod_new', 'mod_once'], ['mod_new']])
    expect(tries.get('mod_once')).toEqual({ direct: [pass(1), pass(1)], gateway: [pass(25), pass(1)] })
  })

  test('one of which nothing is heard did not finish', async () => {
    const both = async () => ({ direct: passes('mod_a'), gateway: new Map() })
    const tries = await tryScripts(['mod_a'], both, () => false)
    expect(tries.get('mod_a')?.gateway).toEqual([unfinished, unfinished, unfinished])
  })
})

describe('differences beside those that are expected', () => {
  const difference = { script: 'mod_a', kind: 'result' as const, what: 'PASS, behind exec FAIL' }
  const entry = { script: 'mod_a', kind: 'result' as const, reason: 'because' }

  test('one with a reason is listed, one without is not', () => {
    const other = { ...difference, script: 'mod_b' }
    expect(sortDifferences([difference, other], [entry], ['mod_a', 'mod_b'])).toEqual({
      listed: [{ ...difference, reason: 'because' }],
      unlisted: [other],
      gone: [],
    })
  })

  test('a reason for another result is none for the time', () => {
    const { unlisted, gone } = sortDifferences([{ ...difference, kind: 'time' }], [entry], ['mod_a'])
    expect([unlisted.length, gone]).toEqual([1, [entry]])
  })

  test('an entry that differs no longer is gone, unless its script did not run', () => {
    expect(sortDifferences([], [entry], ['mod_a']).gone).toEqual([entry])
    expect(sortDifferences([], [entry], ['mod_b']).gone).toEqual([])
  })

  test('all are told, the unlisted first, and those that fail both ways', () => {
    const text = renderFindings({
      compared: 9,
      sorted: {
        listed: [{ ...difference, script: 'mod_listed', reason: 'because' }],
        unlisted: [difference],
        gone: [{ ...entry, script: 'mod_gone' }],
      },
      unsteady: [['mod_unsteady', 'FAIL in try 1 of 2']],
      failing: ['mod_broken'],
    })
    expect(text.split('\n')).toEqual([
      '✗  mod_a         PASS, behind exec FAIL',
      '✗  mod_gone      expected.json lists a different result, and it is the same now. Take the entry out: because',
      '~  mod_unsteady  once: FAIL in try 1 of 2',
      '·  mod_listed    PASS, behind exec FAIL',
      '      listed: because',
      'Fail both ways, as they need what is not here: mod_broken',
      '9 scripts compared: 1 unlisted differences, 1 listed, 1 listed that are gone',
    ])
  })
})

test('every entry of expected.json names a script once for each kind, and gives a reason', () => {
  const entries = JSON.parse(readFileSync(join(root, 'conformance/expected.json'), 'utf8'))
  for (const { alone, ...entry } of entries) {
    expect([undefined, true]).toContain(alone)
    expect(entry).toEqual({
      script: expect.stringMatching(/^\w+$/),
      kind: expect.stringMatching(/^(result|time)$/),
      reason: expect.stringMatching(/^.{20,}\.$/),
    })
  }
  const keys = entries.map((entry: { script: string; kind: string }) => `${entry.script} ${entry.kind}`)
  expect(keys).toEqual([...new Set(keys)].sort())
})
