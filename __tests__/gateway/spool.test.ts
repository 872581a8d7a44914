import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { openSpool, type Spool, type Stored } from '../../src/gateway/spool.ts'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'spool-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

function store(spool: Spool, ...chunks: readonly Buffer[]): Stored {
  const writer = spool.open()
  for (const chunk of chunks) writer.write(chunk)
  return writer.finish()
}

describe('a body comes out as it went in', () => {
  const budgets = { 'in memory': 1 << 20, 'in a file': 0, 'moved to a file on the way': 300 }
  test.each(Object.entries(budgets))('%s', async (_, budget) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 10 }),
        fc.nat(500),
        async (parts, at) => {
          const spool = openSpool(directory, budget)
          const chunks = parts.map(part => Buffer.from(part))
          const whole = Buffer.concat(chunks)
          const stored = store(spool, ...chunks)
          expect(stored.size).toBe(whole.length)
          expect((await stored.whole()).equals(whole)).toBe(true)
          expect((await buffer(stored.stream())).equals(whole)).toBe(true)
          expect((await stored.read(at, 100)).equals(whole.subarray(at, at + 100))).toBe(true)
          spool.close()
        },
      ),
      { numRuns: 30 },
    )
  })
})

test('nobody can look into a spooled body, and nothing is left of it, at any time', async () => {
  const spool = openSpool(directory, 10)
  const stored = store(spool, Buffer.alloc(1_000, 'secret'))
  // Without a name in the directory there is nothing to open, and SIGKILL leaves nothing behind.
  expect(readdirSync(directory)).toEqual([])
  expect((await stored.whole()).length).toBe(1_000)
  stored.drop()
  spool.close()
  expect(readdirSync(directory)).toEqual([])
})

test('the budget counts all bodies together, and what was dropped is free again', () => {
  const spool = openSpool(directory, 100)
  const inMemory = (stored: Stored) => stored.stream().constructor.name === 'Readable'
  const first = store(spool, Buffer.alloc(80))
  expect(inMemory(first)).toBe(true)
  expect(inMemory(store(spool, Buffer.alloc(80)))).toBe(false)
  first.drop()
  expect(inMemory(store(spool, Buffer.alloc(80)))).toBe(true)
  spool.close()
})

test('dropping twice, discarding what was never written, and closing twice do no harm', () => {
  const spool = openSpool(directory, 10)
  const stored = store(spool, Buffer.alloc(50))
  stored.drop()
  stored.drop()
  spool.open().discard()
  const writer = spool.open()
  writer.write(Buffer.alloc(50))
  writer.discard()
  writer.discard()
  spool.close()
  spool.close()
})
