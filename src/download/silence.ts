import type { Problem } from '../errors.ts'

/** Finds out why nothing arrives, while go still waits. */
export interface SilenceWatch {
  /**
   * @param sinceMs when something last arrived
   * @returns what is wrong and will not pass, once that is known; undefined: go on waiting
   */
  look(sinceMs: number, nowMs: number): Problem | undefined
}

/** @param patienceMs silence after which `ask` is called, once in each silence; what it finds counts while that lasts */
export function watchSilence(patienceMs: number, ask: () => Promise<Problem | undefined>): SilenceWatch {
  let askedSinceMs: number | undefined
  let found: { readonly sinceMs: number; readonly problem: Problem | undefined } | undefined
  return {
    look(sinceMs, nowMs) {
      if (nowMs - sinceMs >= patienceMs && askedSinceMs !== sinceMs) {
        askedSinceMs = sinceMs
        ask().then(
          problem => {
            found = { sinceMs, problem }
          },
          // A failure to ask says nothing about the host: go goes on.
          () => {},
        )
      }
      return found?.sinceMs === sinceMs ? found.problem : undefined
    },
  }
}
