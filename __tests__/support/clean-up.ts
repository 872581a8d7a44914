import { AsyncLocalStorage } from 'node:async_hooks'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, test as jestTest } from '@jest/globals'

/** What a test opens has one of these methods. */
type Opened =
  | { readonly close: () => unknown }
  | { readonly stop: () => unknown }
  | { readonly remove: () => unknown }
  | { readonly dispose: () => unknown }

/** Registers what must be closed or removed. What was registered last is cleaned up first. */
export interface CleanUp {
  /** @returns the value, so that it can be registered where it is opened */
  <T extends Opened | (() => unknown)>(opened: T): T
  /** Makes a temporary directory. @param prefix what its name begins with @returns its path */
  directory(prefix: string): string
}

/** For what one test opens. Call it at the top of a file or a `describe`. Concurrent tests take `testBeside` or `withCleanUp`. */
export function cleanUpAfterEach(): CleanUp {
  const { cleanUp, run } = createCleanUp()
  afterEach(run)
  return cleanUp
}

/** For what all tests of a file or a `describe` share. */
export function cleanUpAfterAll(): CleanUp {
  const { cleanUp, run } = createCleanUp()
  afterAll(run)
  return cleanUp
}

/** For what a test opens that runs beside others. */
export async function withCleanUp<T>(work: (cleanUp: CleanUp) => Promise<T>): Promise<T> {
  const { cleanUp, run } = createCleanUp()
  try {
    return await work(cleanUp)
  } finally {
    await run()
  }
}

/** Jest's `test.concurrent`, under which each test closes what it opened. */
interface ConcurrentTest {
  (name: string, work: () => Promise<void>, timeoutMs?: number): void
  skip(name: string, work: () => Promise<void>): void
  each<T extends readonly unknown[]>(
    cases: readonly T[],
  ): (name: string, work: (...args: T) => Promise<void>, timeoutMs?: number) => void
}

/**
 * For files whose tests wait rather than work: all of them run beside each other.
 * @returns `test`, in place of Jest's own, and what cleans up at the end of the test that registers
 */
export function testBeside(): { readonly test: ConcurrentTest; readonly cleanUp: CleanUp } {
  const storage = new AsyncLocalStorage<CleanUp>()
  const current = () => {
    const own = storage.getStore()
    if (own === undefined) throw new Error('This is not within a test of testBeside().')
    return own
  }
  const cleanUp: CleanUp = Object.assign(<T extends Opened | (() => unknown)>(opened: T): T => current()(opened), {
    directory: (prefix: string) => current().directory(prefix),
  })
  const owning =
    <A extends readonly unknown[]>(work: (...args: A) => Promise<void>) =>
    (...args: A) =>
      withCleanUp(own => storage.run(own, () => work(...args)))
  const test: ConcurrentTest = Object.assign(
    (name: string, work: () => Promise<void>, timeoutMs?: number) => jestTest.concurrent(name, owning(work), timeoutMs),
    {
      skip: (name: string, work: () => Promise<void>) => jestTest.skip(name, work),
      each:
        <T extends readonly unknown[]>(cases: readonly T[]) =>
        (name: string, work: (...args: T) => Promise<void>, timeoutMs?: number) =>
          jestTest.concurrent.each(cases as unknown as [unknown][])(name, owning(work as never), timeoutMs),
    },
  )
  return { test, cleanUp }
}

function createCleanUp() {
  const closers: (() => unknown)[] = []
  const cleanUp: CleanUp = Object.assign(
    <T extends Opened | (() => unknown)>(opened: T): T => {
      closers.push(closerOf(opened))
      return opened
    },
    {
      directory: (prefix: string) => {
        const path = mkdtempSync(join(tmpdir(), prefix))
        closers.push(() => rmSync(path, { recursive: true, force: true, maxRetries: 5 }))
        return path
      },
    },
  )
  /** One that fails keeps none of the others from running. */
  const run = async () => {
    const errors: unknown[] = []
    for (const close of closers.splice(0).reverse()) {
      try {
        await close()
      } catch (error) {
        errors.push(error)
      }
    }
    if (errors.length > 0) throw errors.length === 1 ? errors[0] : new AggregateError(errors)
  }
  return { cleanUp, run }
}

function closerOf(opened: Opened | (() => unknown)): () => unknown {
  if (typeof opened === 'function') return opened
  // Before `close`: a gateway for tests has both, and stops all that belongs to it.
  if ('stop' in opened) return () => opened.stop()
  if ('close' in opened) return () => opened.close()
  if ('remove' in opened) return () => opened.remove()
  return () => opened.dispose()
}
