import { WAYS, type Way } from './habit.ts'

/** By row: the ways that do not hold what is promised, and why. */
export interface KnownFailure {
  readonly ways: readonly Way[]
  readonly reason: string
  /** Chance decides: they may hold, too. */
  readonly sometimes?: true
}

/** The first refusals come when the requests that were sent meanwhile are under way. */
const LIMIT: KnownFailure = {
  ways: WAYS,
  reason: 'a limit is found by being refused: up to 9 times, where 6 are allowed',
  sometimes: true,
}
const RATE: KnownFailure = {
  ways: WAYS,
  reason: 'a limit by time is found by being refused: up to 20 times, where 6 are allowed',
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
  ...Object.fromEntries(
    [4, 8, 16].flatMap(most =>
      ['429', '429-after', '503', '503-after'].map(answer => [`limit-${most}-${answer}`, LIMIT] as const),
    ),
  ),
  'rate-120-429': RATE,
  'rate-120-503': RATE,
  'rate-40-429': RATE,
  'rate-40-503': RATE,
  'ban-limit': LIMIT,
  'ban-rate': RATE,
  'cold-5': {
    ways: ['two'],
    reason: 'two candidates are measured first, with files that take as long',
    sometimes: true,
  },
  'names-silent': { ways: ['two'], reason: 'the candidate whose name does not resolve delays the step by 10 s' },
  'http-proxy': {
    ways: ['two'],
    reason: 'it takes up to 3 s longer than plain go, and 2 s are allowed',
    sometimes: true,
  },
  small: SMALL,
  'small-heavy': SMALL,
  python: {
    ways: WAYS,
    reason: 'more connections are opened than may wait to be accepted: some are a second late',
    sometimes: true,
  },
  'nginx-limit-req': RATE,
  'nginx-limit-req-429': RATE,
  'nginx-limit-conn': LIMIT,
  haproxy: LIMIT,
}

export function knownFailure(row: string, way: Way): KnownFailure | undefined {
  const failure = KNOWN[row]
  return failure?.ways.includes(way) ? failure : undefined
}
