import type { Clock } from '../../effects.ts'
import type { Policy } from '../../policy.ts'
import { formatMs, formatRate } from '../../report/units.ts'

/** How patience was lost. */
export interface LostPatience {
  readonly afterMs: number
  /** In plain words. */
  readonly why: string
}

/** Ends the fetch of a Go that would not arrive in reasonable time. */
export interface GoPatience {
  /** Aborts when it is lost. */
  readonly signal: AbortSignal
  /** undefined: it is not lost. */
  lost(): LostPatience | undefined
  /** @param what is waited for from now on, in plain words */
  await(what: string): void
  /** @param bytes of the zip so far; less than before: it began anew  @param length of the whole, where it is known */
  note(bytes: number, length: number | undefined): void
  /** Does what needs no network, and is not waited for with impatience. */
  hold<T>(work: () => Promise<T>): Promise<T>
  stop(): void
}

/** A zip whose length no proxy says: as the greatest of them. */
const ZIP_BYTES = 90_000_000
/** The window moves in so many steps. */
const STEPS = 4

/**
 * Each wait has a deadline of its own, but they can add up, and a trickle never passes one for silence. So when
 * `patienceMs` are over, the fetch goes on only while the zip moves and would be complete within `longestMs`.
 * @param longestMs what the user allows, or a time that a job may well take
 */
export function startPatience(
  clock: Clock,
  { patienceMs, windowMs }: Pick<Policy['toolchain'], 'patienceMs' | 'windowMs'>,
  longestMs: number,
): GoPatience {
  const over = new AbortController()
  const startedMs = clock.now()
  const stepMs = windowMs / STEPS
  const steps: number[] = []
  let [moved, seen, left] = [0, 0, ZIP_BYTES]
  let awaited = 'the list of versions'
  let isHeld = false
  let lost: LostPatience | undefined
  const lose = (why: string) => {
    lost = { afterMs: clock.now() - startedMs, why }
    cancel()
    over.abort()
  }
  const look = () => {
    cancel = clock.after(stepMs, look)
    steps.push(moved)
    moved = 0
    if (steps.length > STEPS) steps.shift()
    if (isHeld || clock.now() - startedMs < patienceMs) return
    const received = steps.reduce((sum, one) => sum + one, 0)
    const remainingMs = (left * windowMs) / received
    const rate = formatRate((received * 1000) / windowMs)
    if (received === 0) lose(`${awaited} does not come`)
    else if (remainingMs > longestMs) lose(`${awaited} arrives at ${rate} and would take ${formatMs(remainingMs)} more`)
  }
  let cancel = clock.after(stepMs, look)
  return {
    signal: over.signal,
    lost: () => lost,
    await(what) {
      awaited = what
    },
    note(bytes, length) {
      moved += bytes < seen ? bytes : bytes - seen
      seen = bytes
      left = (length ?? ZIP_BYTES) - bytes
    },
    async hold(work) {
      isHeld = true
      try {
        return await work()
      } finally {
        isHeld = false
        // What comes next has not had its turn yet.
        steps.splice(0, steps.length, ...Array<number>(STEPS).fill(Number.POSITIVE_INFINITY))
      }
    },
    stop: () => cancel(),
  }
}
