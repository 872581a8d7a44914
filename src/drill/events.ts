/** What a front did with one request, or with a connection that carried none yet. */
export interface FrontEvent {
  /** The clock's reading. */
  readonly atMs: number
  /** When it was asked. */
  readonly askedMs: number
  /** Below the proxy's URL; undefined: it was reset before it asked for anything. */
  readonly path: string | undefined
  /** `met`: the trouble met it. `sound`: all of the right content is sent. */
  readonly what: 'met' | 'sound'
}

/** What the fronts saw of a run. */
export interface FrontFigures {
  /** Requests and connections that the trouble met. */
  readonly met: number
  /**
   * The longest that one of them was held up: from the first request for a file that the trouble met to the file's first
   * sound answer, of whichever front; where it met a connection alone, to the next sound answer of all. null: the trouble
   * met nothing, or what it held up never came.
   */
  readonly recoverMs: number | null
}

/** @param isDone whether the run succeeded: what had not come by then was not needed */
export function sumUp(events: readonly FrontEvent[], isDone: boolean): FrontFigures {
  const met = events.filter(({ what }) => what === 'met')
  const sound = events.filter(({ what }) => what === 'sound')
  const delays: number[] = []
  for (const key of new Set(met.map(({ path }) => path))) {
    const since = Math.min(...met.filter(({ path }) => path === key).map(({ askedMs }) => askedMs))
    const came =
      key === undefined
        ? sound.find(({ askedMs }) => askedMs >= since)
        : sound.filter(({ path }) => path === key).sort((a, b) => a.atMs - b.atMs)[0]
    if (came !== undefined) delays.push(Math.max(0, came.atMs - since))
    else if (!isDone) return { met: met.length, recoverMs: null }
  }
  return { met: met.length, recoverMs: delays.length === 0 ? null : Math.max(...delays) }
}
