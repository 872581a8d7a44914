/**
 * What the go command says when a download fails, as data: what it means, whether a retry helps, and where.
 * Order matters: the first row that matches is the most specific one. Texts measured with Go 1.22 to 1.27.
 */
export interface GoMessage {
  readonly code: string
  /** Held against the lines that go itself wrote, or, where `said` says so, those that it quotes of a server's answer. */
  readonly pattern: RegExp
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

/** One that go itself says. */
export function row(code: string, pattern: RegExp, rest: Pick<GoMessage, 'retry' | 'message' | 'hint'>): GoMessage {
  return { code, pattern, said: 'by go', ...rest }
}
