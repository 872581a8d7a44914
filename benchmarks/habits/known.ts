import { WAYS, type Way } from './habit.ts'

/** By row: the ways that do not hold what is promised, and why. */
export interface KnownFailure {
  readonly ways: readonly Way[]
  readonly reason: string
  /** Chance decides: they may hold, too. */
  readonly sometimes?: true
}

/** While the processors are busy, a refusal is noticed late. */
const RATE: KnownFailure = {
  ways: WAYS,
  reason: 'the limit is found by being refused: on a busy machine up to 15 times, where 6 are allowed',
  sometimes: true,
}
const SMALL: KnownFailure = {
  ways: WAYS,
  reason: 'with a fifth of a processor the program takes seconds to start',
  sometimes: true,
}

/**
 * What is known to fail. The list only shrinks: `npm run habits` fails for a cell that fails and is not here, and for one
 * that is here and holds, unless chance decides.
 */
export const KNOWN: Readonly<Record<string, KnownFailure>> = {
  'rate-40-429': RATE,
  'rate-40-503': RATE,
  'rate-120-429': RATE,
  'rate-120-503': RATE,
  'ban-rate': RATE,
  'http-proxy': {
    ways: ['two'],
    reason: 'it takes up to 3 s longer than plain go, and 2 s are allowed',
    sometimes: true,
  },
  small: SMALL,
  'small-heavy': SMALL,
  python: {
    ways: WAYS,
    reason: 'to start takes longer than the files, and a connection may still be a second late',
    sometimes: true,
  },
  'nginx-limit-req': RATE,
  'nginx-limit-req-429': RATE,
  haproxy: RATE,
}

export function knownFailure(row: string, way: Way): KnownFailure | undefined {
  const failure = KNOWN[row]
  return failure?.ways.includes(way) ? failure : undefined
}
