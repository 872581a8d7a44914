import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { describe, expect, test } from '@jest/globals'
import { buildModule } from '../../../src/demo/modules.ts'
import {
  answerHash,
  HASH_TASK,
  type HashAnswer,
  type HashRequest,
  openHashing,
} from '../../../src/gateway/keeping/hashing.ts'
import { systemClock } from '../../../src/runner/clock.ts'
import { cleanUpAfterEach } from '../../support/clean-up.ts'
import { realFiles } from '../../support/worlds/effects.ts'

const cleanUp = cleanUpAfterEach()

/** A thread that is answered for by the test. */
function scripted() {
  const posted: HashRequest[] = []
  let say: (message: unknown) => void = () => {}
  let die: () => void = () => {}
  const threads = {
    start(_task: string, onMessage: (message: unknown) => void, onGone: () => void) {
      say = onMessage
      die = onGone
      return { post: (message: unknown) => void posted.push(message as HashRequest), end: () => {} }
    },
  }
  const answer = (path: string) => {
    const { id } = posted.find(request => request.path === path) as HashRequest
    say({
      id,
      hashed: { ok: true, h1: `h1 of ${path}`, plain: true },
      took: { startMs: id, ms: 1 },
    } satisfies HashAnswer)
  }
  return { threads, posted, answer, die: () => die() }
}

const zip = (path: string) => ({ path, module: { path: 'example.com/m', version: 'v1.0.0' } })

describe('who is hashed when', () => {
  test('the last one that go will ask for comes first; a thread has two at hand, the others can be called off', async () => {
    const { threads, posted, answer } = scripted()
    const hashing = openHashing(threads, 1)
    const unneeded = new AbortController()
    const told: (readonly [string, number])[] = []
    const results = ['a', 'b', 'c', 'd'].map((path, i) =>
      hashing.hash(zip(path), {
        order: () => i,
        unneeded: path === 'c' ? unneeded.signal : undefined,
        onHashed: ({ startMs }) => told.push([path, startMs]),
      }),
    )
    expect(posted.map(({ path }) => path)).toEqual(['a', 'b'])
    unneeded.abort()
    answer('a')
    expect(posted.map(({ path }) => path)).toEqual(['a', 'b', 'd'])
    answer('b')
    answer('d')
    expect(await Promise.all(results)).toEqual([
      { ok: true, h1: 'h1 of a', plain: true },
      { ok: true, h1: 'h1 of b', plain: true },
      undefined,
      { ok: true, h1: 'h1 of d', plain: true },
    ])
    expect(told).toEqual([
      ['a', 0],
      ['b', 1],
      ['d', 2],
    ])
  })

  test('whoever go waits for comes before all others', () => {
    const { threads, posted, answer } = scripted()
    const hashing = openHashing(threads, 1)
    let order = 0
    for (const path of ['a', 'b', 'c', 'd']) void hashing.hash(zip(path), { order: () => (path === 'c' ? order : 1) })
    order = Number.POSITIVE_INFINITY
    answer('a')
    expect(posted.map(({ path }) => path)).toEqual(['a', 'b', 'c'])
  })

  test('when the thread is gone, or nobody wants to know, there is no answer and no waiting', async () => {
    const { threads, die } = scripted()
    const hashing = openHashing(threads, 1)
    const waiting = ['a', 'b', 'c'].map(path => hashing.hash(zip(path), { order: () => 0 }))
    die()
    expect(await Promise.all(waiting)).toEqual([undefined, undefined, undefined])
    expect(await hashing.hash(zip('d'), { order: () => 0 })).toBe(undefined)
    const closed = openHashing(scripted().threads, 1)
    closed.close()
    expect(await closed.hash(zip('e'), { order: () => 0 })).toBe(undefined)
  })
})

describe('what the thread answers', () => {
  const before = systemClock.now()
  const module = buildModule({ path: 'example.com/m', version: 'v1.0.0', paddingBytes: 3_000_000 })
  function file(bytes: Buffer): string {
    const directory = cleanUp.directory('hashing-')
    writeFileSync(join(directory, 'zip'), bytes)
    return join(directory, 'zip')
  }

  /** The right hash, and when it was made by this thread's clock. */
  function expectAnswer(answer: unknown): void {
    const { took, ...rest } = answer as HashAnswer
    expect(rest).toEqual({ id: 7, hashed: { ok: true, h1: module.h1, plain: true } })
    expect(took.startMs).toBeGreaterThanOrEqual(before)
    expect(took.ms).toBeGreaterThan(0)
    expect(took.startMs + took.ms).toBeLessThanOrEqual(systemClock.now())
  }

  test('the hash that go.sum has', async () => {
    const answer = await answerHash({ id: 7, path: file(module.zip), module }, realFiles, systemClock)
    expectAnswer(answer)
  })

  test('the same from the thread’s own bundle', async () => {
    const bundle = fileURLToPath(new URL('../../../dist/hash-thread/index.js', import.meta.url))
    const worker = new Worker(bundle, { workerData: HASH_TASK, env: {} })
    cleanUp(() => worker.terminate())
    worker.postMessage({ id: 7, path: file(module.zip), module } satisfies HashRequest)
    const answer = await new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject))
    expectAnswer(answer)
  })

  test.each([
    ['half of it', () => file(module.zip.subarray(0, module.zip.length / 2))],
    ['nothing', () => file(Buffer.alloc(0))],
    ['a page', () => file(Buffer.from('<html>'))],
    ['no file', () => '/nonexistent'],
  ])('why it is none: %s', async (_, make) => {
    const { hashed } = await answerHash({ id: 1, path: make(), module }, realFiles, systemClock)
    expect(hashed).toEqual({ ok: false, what: expect.any(String) })
  })
})
