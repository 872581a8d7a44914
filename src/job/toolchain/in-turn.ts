import type { Clock } from '../../effects.ts'

export interface TurnOptions {
  readonly clock: Clock
  /** After so long without an answer the next one joins. */
  readonly hedgeMs: number
  readonly signal: AbortSignal
}

/**
 * Tries one after the other until one succeeds; the next joins as soon as one failed, or takes long.
 * @param attempt its signal aborts when another one has succeeded; undefined: it failed. It never rejects
 * @returns the first result; undefined: there is none
 */
export async function firstInTurn<Item, Found>(
  items: readonly Item[],
  attempt: (item: Item, signal: AbortSignal) => Promise<Found | undefined>,
  { clock, hedgeMs, signal }: TurnOptions,
): Promise<Found | undefined> {
  const over = new AbortController()
  const stop = AbortSignal.any([over.signal, signal])
  let found: Found | undefined
  const tried: Promise<void>[] = []
  for (const item of items) {
    if (stop.aborted) break
    const one = attempt(item, stop).then(result => {
      if (result === undefined || stop.aborted) return
      found = result
      over.abort()
    })
    tried.push(one)
    await Promise.race([one, clock.sleep(hedgeMs, stop)])
  }
  await Promise.race([Promise.all(tried), untilAborted(stop)])
  over.abort()
  return found
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
