/**
 * What the go command says when a download fails, as data: what it means, whether a retry helps, and where.
 * Order matters: the first row that matches is the most specific one. Texts measured with Go 1.22 to 1.27.
 */
export interface GoMessage {
  readonly code: string
  /** Held against the lines that go itself wrote, or, where `said` says so, those that it quotes of a server's answer. */
  readonly pattern: Pattern
  readonly said: 'by go' | 'by the server'
  /**
   * `never`: the same answer would come again. `once`: one retry is worth it. `rounds`: the network's fault, retry
   * as long as the budget lasts. `elsewhere`: only a place that was not asked yet can help. `without proxy`: once more,
   * but never again from the proxy that sent this.
   */
  readonly retry: 'never' | 'once' | 'rounds' | 'elsewhere' | 'without proxy'
  readonly message: string
  /** `{another}`, `{remove}` and `{private}` stand for what this user can do, as `fitHint` says. */
  readonly hint: string
}

/** What holds a line against something. */
export type Pattern = Pick<RegExp, 'test'>

/**
 * Whether the second fits behind the first place that the first fits. One expression with `.*` between the two would look
 * at the rest of the line from each such place anew, and a server can write a line that is full of them.
 */
export function inOrder(first: RegExp, second: RegExp): Pattern {
  return {
    test(words) {
      const found = first.exec(words)
      return found !== null && second.test(words.slice(found.index + found[0].length))
    },
  }
}

export function either(...patterns: readonly Pattern[]): Pattern {
  return { test: words => patterns.some(pattern => pattern.test(words)) }
}

/** One that go itself says. */
export function row(code: string, pattern: Pattern, rest: Pick<GoMessage, 'retry' | 'message' | 'hint'>): GoMessage {
  return { code, pattern, said: 'by go', ...rest }
}
