import type { Clock, Files, Thread, Threads } from '../../effects.ts'
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
  /** @returns undefined when the hash is not needed any more, or the threads have ended */
  hash(zip: HashJob, want: HashWant): Promise<Hashed | undefined>
  close(): void
}

export interface HashWant {
  /** Its place in what go will ask for: the last is hashed first, because go begins at the other end. */
  readonly order: () => number
  /** Aborts when the hash is not needed any more. */
  readonly unneeded?: AbortSignal | undefined
  /** Told when a thread has hashed it, needed or not. */
  readonly onHashed?: (took: HashTime) => void
}

/** When a thread was at it, by the clock, which all threads of a process share. */
export interface HashTime {
  readonly startMs: number
  readonly ms: number
}

export interface HashJob {
  readonly path: string
  readonly module: ModuleVersion
}

interface QueuedZip {
  readonly zip: HashJob
  readonly want: HashWant
  readonly settle: (answer: HashAnswer | undefined) => void
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
          const answer = message as HashAnswer
          one.busy--
          handedOver.get(answer.id)?.settle(answer)
          handedOver.delete(answer.id)
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
    hash(zip, want) {
      const { unneeded } = want
      if (closed || unneeded?.aborted) return Promise.resolve(undefined)
      return new Promise(resolve => {
        const one: QueuedZip = { zip, want, settle: answer => resolve(tell(answer, want)) }
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

function tell(answer: HashAnswer | undefined, { onHashed }: HashWant): Hashed | undefined {
  if (answer !== undefined) onHashed?.(answer.took)
  return answer?.hashed
}

/** Looks at all of them: to be called only where a thread is free. */
function lastOf(waiting: ReadonlySet<QueuedZip>): QueuedZip | undefined {
  let [last, at]: [QueuedZip | undefined, number] = [undefined, Number.NEGATIVE_INFINITY]
  for (const one of waiting) {
    const order = one.want.order()
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
  readonly took: HashTime
}

/** What the thread does with each request. Never rejects. */
export async function answerHash(
  { id, path, module }: HashRequest,
  files: Pick<Files, 'open'>,
  clock: Pick<Clock, 'now'>,
): Promise<HashAnswer> {
  const startMs = clock.now()
  const hashed = await hashFile({ path, module }, files)
  return { id, hashed, took: { startMs, ms: clock.now() - startMs } }
}

async function hashFile({ path, module }: HashJob, files: Pick<Files, 'open'>): Promise<Hashed> {
  try {
    const file = await files.open(path)
    if (file === undefined) return { ok: false, what: 'it is gone' }
    try {
      const source = readAhead(file)
      const h1 = await hashZip(source, module)
      return h1.ok
        ? { ok: true, h1: h1.value, plain: await isPlainZip(source) }
        : { ok: false, what: h1.problems[0]?.message ?? 'it is not a module zip' }
    } finally {
      await file.close()
    }
  } catch (error) {
    return { ok: false, what: reasonOf(error) }
  }
}
