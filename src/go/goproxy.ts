/** One proxy of a GOPROXY list. */
export interface GoproxyEntry {
  /** As written in the list, trimmed. */
  readonly text: string
  /** The URL go will ask, with `https://` added where go adds it. */
  readonly url: string
  /** What stands after it and says when go goes on: `,` on 404 and 410 only, `|` on any error; undefined at the end. */
  readonly separator: ',' | '|' | undefined
}

/** A GOPROXY value as go understands it. */
export interface GoproxyList {
  readonly entries: readonly GoproxyEntry[]
  /** `direct` or `off` ends the list; what follows it is never used. */
  readonly ending: 'direct' | 'off' | undefined
}
