import { readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { openSpool, type Spool, type Stored } from '../../../src/gateway/keeping/spool.ts'
import { cleanUpAfterEach } from '../../support/clean-up.ts'

const cleanUp = cleanUpAfterEach()
let directory = ''
beforeEach(() => {
  directory = cleanUp.directory('spool-')
})

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

test('a body in a file of its own is as it came, for us alone, and may be moved away', async () => {
  const spool = openSpool(directory, 1 << 20)
  for (const pieces of [[], [10], Array.from({ length: 60 }, (_, i) => i * 700), [600_000, 1, 600_000]]) {
    const chunks = pieces.map((length, i) => Buffer.alloc(length, i))
    const writer = spool.openFile()
    for (const chunk of chunks) writer.write(chunk)
    const stored = writer.finish()
    const whole = Buffer.concat(chunks)
    expect([stored.size, (await stored.whole()).equals(whole)]).toEqual([whole.length, true])
    expect((await buffer(stored.stream())).equals(whole)).toBe(true)
    if (process.platform !== 'win32') expect(statSync(stored.path ?? '').mode & 0o777).toBe(0o600)
    renameSync(stored.path ?? '', join(directory, 'moved'))
    stored.drop()
    expect(readFileSync(join(directory, 'moved')).equals(whole)).toBe(true)
    rmSync(join(directory, 'moved'))
  }
  spool.openFile().discard()
  spool.openFile().write(Buffer.from('x'))
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
