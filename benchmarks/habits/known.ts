import { WAYS, type Way } from './habit.ts'

/** By row: the ways that do not hold what is promised, and why. */
export interface KnownFailure {
  readonly ways: readonly Way[]
  readonly reason: string
  /** Chance decides: they may hold, too. */
  readonly sometimes?: true
}

const SMALL: KnownFailure = {
  ways: WAYS,
  reason:
    'with a fifth of a processor it takes seconds to start, and another one to ask two candidates whether they answer',
  sometimes: true,
}

/**
 * What is known to fail. The list only shrinks: `npm run habits` fails for a cell that fails and is not here, and for one
 * that is here and holds, unless chance decides.
 */
export const KNOWN: Readonly<Record<string, KnownFailure>> = {
  small: SMALL,
  'small-heavy': SMALL,
}

export function knownFailure(row: string, way: Way): KnownFailure | undefined {
  const failure = KNOWN[row]
  return failure?.ways.includes(way) ? failure : undefined
}
