import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { admitActions } from '../../src/build-cache/admit.ts'
import { entryName, parseAction, parseEntryName } from '../../src/build-cache/entry.ts'
import { BACKDATED_MS, type CacheEntry, usedActions, usedEntries } from '../../src/build-cache/used.ts'
import { actionFile, actionOf, hashOf } from '../support/builders/build-cache.ts'

const hash = fc.stringMatching(/^[0-9a-f]{64}$/)

describe('names of entries', () => {
  test('go’s form, both ways', () => {
    fc.assert(
      fc.property(hash, fc.constantFrom('action' as const, 'output' as const), (of, kind) => {
        const name = entryName({ kind, hash: of })
        expect(name).toBe(`${of.slice(0, 2)}/${of}-${kind === 'action' ? 'a' : 'd'}`)
        expect(parseEntryName(name)).toEqual({ kind, hash: of })
      }),
    )
  })

  const some = hashOf('some')
  test.each([
    `${some}-a`,
    `00/${some}-a`,
    `${some.slice(0, 2)}/${some}`,
    `${some.slice(0, 2)}/${some}-d/main`,
    `${some.slice(0, 2)}/${some}-x`,
    `${some.slice(0, 2)}/${some.slice(1)}-d`,
    `${some.slice(0, 2)}/${some.toUpperCase()}-d`,
    `${some.slice(0, 2)}/${some}-d\n`,
    `/${some.slice(0, 2)}/${some}-d`,
    `../${some.slice(0, 2)}/${some}-d`,
    'trim.txt',
    'README',
    'fuzz/x',
    '',
  ])('%j is none', name => {
    expect(parseEntryName(name)).toBeUndefined()
  })
})

describe('an action’s file', () => {
  const [id, output] = [hashOf('id'), hashOf('output')]

  test('says its output, the output’s size, and when it was made', () => {
    const file = actionFile({ id, output, bytes: 4711, madeMs: 1_790_000_000_123 })
    expect(file.length).toBe(175)
    expect(parseAction(file, id)).toEqual({ id, output, bytes: 4711, madeMs: 1_790_000_000_123 })
  })

  const good = actionFile({ id, output, bytes: 1, madeMs: 1 }).toString()
  test.each([
    ['another id', good.replace(id, hashOf('other'))],
    ['shorter', good.slice(0, -1)],
    ['longer', `${good}\n`],
    ['another version', good.replace('v1', 'v2')],
    ['a negative size', good.replace('  1 ', ' -1 ')],
    ['a size that is no number', good.replace('  1 ', ' 0x ')],
    ['upper case', good.toUpperCase()],
    ['no end of line', `${good.slice(0, -1)} `],
    ['empty', ''],
  ])('%s: go would not read it', (_name, text) => {
    expect(parseAction(Buffer.from(text), id)).toBeUndefined()
  })

  test('any change of any byte is noticed, or changes nothing but the output, the size or the time', () => {
    fc.assert(
      fc.property(fc.nat(174), fc.nat(255), (at, byte) => {
        const file = Buffer.from(good)
        file[at] = byte
        const action = parseAction(file, id)
        if (action !== undefined) expect(action.id).toBe(id)
      }),
    )
  })
})

describe('which actions of an archive go may find', () => {
  const [id, output] = [hashOf('id'), hashOf('output')]
  const admit = (content: Buffer, outputs: readonly (readonly [string, number])[]) =>
    admitActions(new Map([[id, content]]), new Map(outputs))

  test('those whose verified output is there with the right size', () => {
    const file = actionFile({ id, output, bytes: 5, madeMs: 1 })
    expect(admit(file, [[output, 5]])).toMatchObject({ actions: [{ id, output, bytes: 5 }], dropped: [] })
  })

  test.each<[string, Buffer, readonly (readonly [string, number])[], string]>([
    ['points nowhere', actionFile({ id, output, bytes: 5, madeMs: 1 }), [], 'not there'],
    ['wrong size', actionFile({ id, output, bytes: 5, madeMs: 1 }), [[output, 6]], '6 bytes instead of 5'],
    ['another’s', actionFile({ id: hashOf('x'), output, bytes: 5, madeMs: 1 }), [[output, 5]], 'form'],
  ])('%s: dropped and named', (_name, file, outputs, what) => {
    const { actions, dropped } = admit(file, outputs)
    expect(actions).toEqual([])
    expect(dropped).toEqual([{ name: entryName({ kind: 'action', hash: id }), what: expect.stringContaining(what) }])
  })
})

describe('what the job used or made', () => {
  const nowMs = 1_790_000_000_000
  const stampMs = nowMs - BACKDATED_MS
  const entryOf = (name: string, bytes: number, modifiedMs: number): CacheEntry => ({ name, bytes, modifiedMs })
  const [used, made, unused] = ['used', 'made', 'unused'].map(name => actionOf(name, 10, stampMs - 86_400_000))
  if (!used || !made || !unused) throw new Error('there are three')
  const fresh = { ...made, madeMs: nowMs + 1_000 }
  const entries = [
    ...[
      [used, nowMs],
      [fresh, nowMs + 1_000],
      [unused, stampMs],
    ].map(([action, time]) =>
      entryOf(entryName({ kind: 'action', hash: (action as typeof used).id }), 175, time as number),
    ),
    // go does not renew the time of an output that a new action has too.
    entryOf(entryName({ kind: 'output', hash: used.output }), 10, stampMs),
    entryOf(entryName({ kind: 'output', hash: fresh.output }), 10, nowMs),
    entryOf(entryName({ kind: 'output', hash: unused.output }), 10, stampMs),
    entryOf('trim.txt', 10, nowMs),
    entryOf(`ab/${hashOf('directory')}-d/main`, 99, nowMs),
  ]

  test('are actions with a newer time than restored ones have', () => {
    expect(usedActions(entries, stampMs)).toEqual([used.id, fresh.id])
  })

  test('and every output that they name, whatever its time; new bytes are those that this job made', () => {
    const { names, bytes, newBytes } = usedEntries([used, fresh], entries, nowMs)
    expect(new Set(names)).toEqual(
      new Set(
        [used, fresh].flatMap(({ id, output }) => [
          entryName({ kind: 'action', hash: id }),
          entryName({ kind: 'output', hash: output }),
        ]),
      ),
    )
    expect([bytes, newBytes]).toEqual([2 * 175 + 20, 10])
  })

  test('an output that an old action had already is not new', () => {
    const again = { ...fresh, output: used.output }
    expect(usedEntries([used, again], entries, nowMs).newBytes).toBe(0)
  })

  test('an action without its output, or with another size, is left out', () => {
    expect(usedEntries([{ ...used, output: hashOf('gone') }], entries, nowMs).names).toEqual([])
    expect(usedEntries([{ ...used, bytes: 11 }], entries, nowMs).names).toEqual([])
  })
})

test('the stand-ins of these tests are what go writes', () => {
  const content = Buffer.from('x')
  expect(hashOf('x')).toBe(createHash('sha256').update(content).digest('hex'))
})
