import type { RefusedRequest } from '../../__tests__/support/servers/module-server.ts'

/** One program's run against a habit. */
export interface Run {
  /** Ended with 0, and every zip is in the module cache. */
  readonly worked: boolean
  readonly seconds: number
  /** Requests that a server refused. */
  readonly refused: number
  /** Each of them. */
  readonly refusals: readonly RefusedRequest[]
  readonly requests: number
  readonly mostAtOnce: number
  /** A server has banned its client. */
  readonly banned: boolean
  /** The last line that it wrote, where it failed. */
  readonly words?: string
}

/** The promise: at most 1.2 times plain go's time plus 2 s, at most 1.5 times its refused requests plus 6. */
const TIMES = 1.2
const MORE_SECONDS = 2
const REFUSED_TIMES = 1.5
const MORE_REFUSED = 6
const FAR_TIMES = 2
/** Of the 2 s, what a scaled run keeps at least: to start Node takes no less time than before. */
const LEAST_MORE_SECONDS = 1

export function mostSeconds(plain: Run, scale: number): number {
  return TIMES * plain.seconds + Math.max(LEAST_MORE_SECONDS, MORE_SECONDS / scale)
}

function mostRefused(plain: Run): number {
  return REFUSED_TIMES * plain.refused + MORE_REFUSED
}

/** Far more refused requests than are allowed: no busy moment of the machine explains them. */
export function isFarOff(plain: Run, ours: Run): boolean {
  return plain.worked && ours.refused > FAR_TIMES * mostRefused(plain)
}

/** What of the promise does not hold; nothing where plain go fails, too, unless the habit is one that always works. */
export function findBroken(plain: Run, ours: Run, scale: number, alwaysWorks = false): readonly string[] {
  if (!plain.worked && !alwaysWorks) return []
  if (!ours.worked) return [`fails${ours.banned ? ', banned' : ''}: ${ours.words ?? 'no word'}`]
  if (!plain.worked) return []
  const broken: string[] = []
  const [seconds, refused] = [mostSeconds(plain, scale), mostRefused(plain)]
  if (ours.seconds > seconds) broken.push(`${ours.seconds.toFixed(1)} s, over ${seconds.toFixed(1)} s`)
  if (ours.refused > refused) broken.push(`${ours.refused} refused, over ${Math.floor(refused)}`)
  if (ours.banned && !plain.banned) broken.push('banned')
  return broken
}
