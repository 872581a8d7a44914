import type { ServerHabits } from '../../../__tests__/support/servers/module-server.ts'
import type { Habit } from '../habit.ts'
import { serving } from '../serving.ts'

/** Of every server that limits: with it plain go needs some seconds, and the product could ask much faster. */
const DELAY_MS = 20
/** Requests a second, and a delay with which plain go, which makes two at a time, stays below. */
const RATES = [
  { rate: 120, delayMs: DELAY_MS },
  { rate: 40, delayMs: 60 },
] as const
const BAN_AFTER = 20

/** Servers that refuse what is too much. */
export const LIMITS: readonly Habit[] = [...atOnce(), ...aSecond(), ...bans()]

function atOnce(): readonly Habit[] {
  return [4, 8, 16].flatMap(most =>
    ([429, 503] as const).flatMap(status =>
      [undefined, 1].map((retryAfterSeconds): Habit => {
        const after = retryAfterSeconds !== undefined
        return limiting({
          id: `limit-${most}-${status}${after ? '-after' : ''}`,
          title: `${most} requests at once, else ${status}${after ? ' with Retry-After' : ''}`,
          factors: { family: 'at once', most: String(most), status: String(status), after: String(after) },
          habits: { atOnce: { most, status, ...(after && { retryAfterSeconds }) } },
        })
      }),
    ),
  )
}

function aSecond(): readonly Habit[] {
  return RATES.flatMap(({ rate, delayMs }) =>
    ([429, 503] as const).map(status =>
      limiting({
        id: `rate-${rate}-${status}`,
        title: `${rate} requests a second, else ${status}`,
        factors: { family: 'a second', rate: String(rate), status: String(status) },
        habits: { delayMs, aSecond: { rate, burst: rate / 4, status } },
      }),
    ),
  )
}

function bans(): readonly Habit[] {
  const [{ rate }] = RATES
  const after = `after ${BAN_AFTER} of them a ban`
  return [
    limiting({
      id: 'ban-limit',
      title: `8 requests at once, else 429; ${after}`,
      factors: { family: 'ban', by: 'at once' },
      habits: { atOnce: { most: 8, status: 429 }, banAfter: BAN_AFTER },
    }),
    limiting({
      id: 'ban-rate',
      title: `${rate} requests a second, else 429; ${after}`,
      factors: { family: 'ban', by: 'a second' },
      habits: { aSecond: { rate, burst: rate / 4, status: 429 }, banAfter: BAN_AFTER },
    }),
  ]
}

/** Plain HTTP on loopback. */
function limiting({
  habits,
  ...habit
}: Pick<Habit, 'id' | 'title' | 'factors'> & { readonly habits: Omit<ServerHabits, 'objects'> }): Habit {
  return { ...habit, project: 'many', open: serving(() => ({ delayMs: DELAY_MS, ...habits })) }
}
