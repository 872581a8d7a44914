/** How much of something is done. */
export interface Share {
  readonly of: number
  readonly total: number
}

/** How far something is. The log makes rate and remaining time of it. */
export interface Progress {
  /** First on the line: `fetching 3 of 24 modules`. */
  readonly what: string
  /** With another one than before, rate and remaining time are measured anew. */
  readonly phase: string
  /** The clock's reading when it began. */
  readonly sinceMs: number
  /** For the bar. Where no bytes are counted it tells the remaining time, too. */
  readonly done?: Share | undefined
  /** So many moved, so many are still to come, as far as that is known. */
  readonly bytes?: { readonly moved: number; readonly left?: number | undefined } | undefined
  /** It ends by itself by then: the clock's reading. For what no rate tells the end of. */
  readonly endMs?: number | undefined
  /** What matters least; left out where the line is full. */
  readonly more?: readonly string[]
}
