import type { ProbeAnswer } from './answer.ts'
import { type Finding, good, skipped, warnOf } from './finding.ts'

/** Answers are seconds under way, and Date has whole seconds. Below this nothing suffers. */
const MUCH_MS = 300_000

/** This machine's clock against those of the servers that answered. */
export function judgeClock(answers: readonly Pick<ProbeAnswer, 'proxy' | 'skewMs'>[]): readonly Finding[] {
  // The first answer of each: what comes later may be from a cache.
  const skews = new Map(
    [...answers].reverse().flatMap(({ proxy, skewMs }) => (skewMs === undefined ? [] : [[proxy, skewMs]])),
  )
  if (skews.size === 0) return [skipped('clock', 'No server sent its time.')]
  const all = [...skews]
  const off = all.filter(([, skewMs]) => Math.abs(skewMs) >= MUCH_MS)
  const [first] = off
  if (first === undefined)
    return [
      good('clock', `This machine’s clock agrees with ${all.length === 1 ? all[0]?.[0] : `${all.length} servers`}`),
    ]
  const [proxy, skewMs] = first
  // Servers that agree with this clock speak against the one that does not.
  if (off.length < all.length)
    return [
      warnOf('clock', {
        code: 'DOCTOR_SERVER_CLOCK',
        message: `The clock of ${proxy} is ${howMuch(skewMs)} this machine’s, with which ${all.length - off.length === 1 ? 'another server agrees' : 'other servers agree'}.`,
        hint: 'Its certificates and its answers’ ages may seem wrong. Tell its operator.',
      }),
    ]
  return [
    warnOf('clock', {
      code: 'DOCTOR_CLOCK',
      message: `The clock of ${proxy} is ${howMuch(skewMs)} this machine’s: one of the two is wrong${off.length > 1 ? ', and other servers agree with it' : ''}.`,
      hint: 'Set this machine’s clock (`timedatectl set-ntp true`): with a wrong one certificates seem expired or not valid yet.',
    }),
  ]
}

function howMuch(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000)
  const [amount, unit] =
    minutes >= 2_880
      ? [Math.round(minutes / 1_440), 'days']
      : minutes >= 120
        ? [Math.round(minutes / 60), 'hours']
        : [minutes, 'minutes']
  return `${amount} ${unit} ${ms > 0 ? 'ahead of' : 'behind'}`
}
