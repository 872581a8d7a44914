import type { Files, Thread, Threads } from '../../effects.ts'
import { reasonOf } from '../../errors.ts'
import { hashZip } from '../../go/h1.ts'
import type { ModuleVersion } from '../../go/module.ts'
import { isPlainZip, readAhead } from '../../go/zip.ts'

/** The thread's task, and the directory of its bundle. */
export const HASH_TASK = 'hash-thread'

/** The hash of a module zip, or why it is not one. */
export type Hashed =
  | {
      readonly ok: true
      readonly h1: string
      /** Every reader of zips finds the same files in it, go's too. */
      readonly plain: boolean
    }
  /** `what`: in plain words. */
  | { readonly ok: false; readonly what: string }

/** Hashes zips in threads. */
export interface Hashing {
  /**
   * @param order its place in what go will ask for: the last is hashed first, because go begins at the other end
   * @param unneeded aborts when the hash is not needed any more
   * @returns undefined when it is not needed any more, or the threads have ended
   */
  hash(zip: HashJob, order: () => number, unneeded: AbortSignal | undefined): Promise<Hashed | undefined>
  close(): void
}

export interface HashJob {
  readonly path: string
  readonly module: ModuleVersion
}

interface QueuedZip {
  readonly zip: HashJob
  readonly order: () => number
  readonly settle: (hashed: Hashed | undefined) => void
}

/** So many are queued in each thread, so that it is never idle; the others can still be cancelled. */
const HANDED_OVER = 2

/** @param count of threads, started at once: until something arrives, the processors are idle */
export function openHashing(threads: Threads, count: number): Hashing {
  const waiting = new Set<QueuedZip>()
  const handedOver = new Map<number, QueuedZip>()
  const started: { readonly thread: Thread; busy: number }[] = []
  let ids = 0
  let closed = false
  const giveUp = () => {
    closed = true
    for (const { thread } of started) thread.end()
    for (const one of [...waiting, ...handedOver.values()]) one.settle(undefined)
    waiting.clear()
    handedOver.clear()
  }
  const startThread = () => {
    const one = {
      busy: 0,
      thread: threads.start(
        HASH_TASK,
        message => {
          const { id, hashed } = message as HashAnswer
          one.busy--
          handedOver.get(id)?.settle(hashed)
          handedOver.delete(id)
          handOver()
        },
        giveUp,
      ),
    }
    started.push(one)
  }
  const handOver = () => {
    for (;;) {
      const free = started.filter(({ busy }) => busy < HANDED_OVER).sort((a, b) => a.busy - b.busy)[0]
      const next = free && lastOf(waiting)
      if (free === undefined || next === undefined) return
      waiting.delete(next)
      free.busy++
      const id = ids++
      handedOver.set(id, next)
      free.thread.post({ id, ...next.zip } satisfies HashRequest)
    }
  }
  for (let i = 0; i < count; i++) startThread()
  return {
    hash(zip, order, unneeded) {
      if (closed || unneeded?.aborted) return Promise.resolve(undefined)
      return new Promise(resolve => {
        const one: QueuedZip = { zip, order, settle: resolve }
        unneeded?.addEventListener('abort', () => {
          waiting.delete(one)
          resolve(undefined)
        })
        waiting.add(one)
        handOver()
      })
    },
    close: giveUp,
  }
}

/** Looks at all of them: to be called only where a thread is free. */
function lastOf(waiting: ReadonlySet<QueuedZip>): QueuedZip | undefined {
  let [last, at]: [QueuedZip | undefined, number] = [undefined, Number.NEGATIVE_INFINITY]
  for (const one of waiting) {
    const order = one.order()
    if (last === undefined || order > at) [last, at] = [one, order]
  }
  return last
}

export interface HashRequest extends HashJob {
  readonly id: number
}

export interface HashAnswer {
  readonly id: number
  readonly hashed: Hashed
}

/** What the thread does with each request. Never rejects. */
export async function answerHash({ id, path, module }: HashRequest, files: Pick<Files, 'open'>): Promise<HashAnswer> {
  try {
    const file = await files.open(path)
    if (file === undefined) return { id, hashed: { ok: false, what: 'it is gone' } }
    try {
      const source = readAhead(file)
      const h1 = await hashZip(source, module)
      return h1.ok
        ? { id, hashed: { ok: true, h1: h1.value, plain: await isPlainZip(source) } }
        : { id, hashed: { ok: false, what: h1.problems[0]?.message ?? 'it is not a module zip' } }
    } finally {
      await file.close()
    }
  } catch (error) {
    return { id, hashed: { ok: false, what: reasonOf(error) } }
  }
}
