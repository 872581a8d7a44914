import { parseGoproxy, printGoproxy } from '../go/goproxy.ts'
import type { GoFailure } from '../go/messages.ts'

/** What the rounds may use. */
export interface RoundRules {
  /** GOPROXY of each round in turn; the last one repeats. */
  readonly chains: readonly string[]
  readonly lastTry: string
  /** Rounds in which nothing new arrived before giving up. */
  readonly retries: number
  /** Base of the exponential backoff, and its cap; milliseconds. */
  readonly retryDelayMs: number
  readonly maximumBackoffMs: number
}

/** Where the rounds stand. Start with `firstRound`. */
export interface Rounds {
  readonly goproxy: string
  /** Index into the chains of the next round. */
  readonly next: number
  /** Rounds since something new arrived. */
  readonly fruitless: number
  /** Proxies that sent wrong content: never asked again. */
  readonly excluded: readonly string[]
  readonly mismatches: number
  /** Codes of failures that are worth one more try, and had it. */
  readonly onceTried: readonly string[]
  /** Every GOPROXY value used so far. */
  readonly tried: readonly string[]
  readonly lastTry: boolean
}

/** How a round ended. */
export interface RoundEnd {
  readonly failure: Pick<GoFailure, 'code' | 'retry'>
  /** Whether anything new arrived in it. */
  readonly progress: boolean
  /** Proxies that sent the wrong content, as far as is known. */
  readonly culprits: readonly string[]
}

export type Decision =
  | { readonly kind: 'again'; readonly delayMs: number; readonly rounds: Rounds }
  | { readonly kind: 'give up' }

/** Without a usable candidate the first round is the last try already. */
export function firstRound({ chains, lastTry }: RoundRules): Rounds {
  const goproxy = chains[0] ?? lastTry
  return {
    goproxy,
    next: 1,
    fruitless: 0,
    excluded: [],
    mismatches: 0,
    onceTried: [],
    tried: [goproxy],
    lastTry: chains.length === 0,
  }
}

/** Whether to run go once more after a failure, with which GOPROXY, and after how long. @param random uniform in [0, 1) */
export function decide(rounds: Rounds, end: RoundEnd, rules: RoundRules, random: () => number): Decision {
  const { failure } = end
  if (rounds.lastTry) return { kind: 'give up' }
  switch (failure.retry) {
    case 'never':
      return { kind: 'give up' }
    case 'elsewhere':
      return tryUntried(rounds, rules)
    case 'without proxy':
      return excludeCulprits(rounds, end, rules)
    case 'once':
      if (rounds.onceTried.includes(failure.code)) return tryUntried(rounds, rules)
      return again({ ...rounds, onceTried: [...rounds.onceTried, failure.code] }, end.progress, rules, random)
    case 'rounds':
      return again(rounds, end.progress, rules, random)
  }
}

function again(rounds: Rounds, progress: boolean, rules: RoundRules, random: () => number): Decision {
  const fruitless = progress ? 0 : rounds.fruitless + 1
  if (fruitless > rules.retries) return tryLast(rounds, rules)
  const goproxy = chainAt(rounds, rules)
  if (goproxy === undefined) return tryLast(rounds, rules)
  const delayMs = backoffMs(fruitless, rules, random)
  return { kind: 'again', delayMs, rounds: { ...moveTo(rounds, goproxy), next: rounds.next + 1, fruitless } }
}

/** Half fixed, half random, doubling with each fruitless round, so that many jobs do not come back at once. */
export function backoffMs(
  fruitless: number,
  rules: Pick<RoundRules, 'retryDelayMs' | 'maximumBackoffMs'>,
  random: () => number,
): number {
  const d = Math.min(rules.maximumBackoffMs, rules.retryDelayMs * 2 ** Math.max(0, fruitless - 1))
  return d / 2 + (random() * d) / 2
}

/** A second mismatch is final: then it is not one proxy that lies. */
function excludeCulprits(rounds: Rounds, end: RoundEnd, rules: RoundRules): Decision {
  if (rounds.mismatches > 0) return { kind: 'give up' }
  const excluded = [...new Set([...rounds.excluded, ...end.culprits])]
  const state = { ...rounds, excluded, mismatches: 1 }
  const same = withoutExcluded(rounds.goproxy, excluded)
  // From the same chain without the liar, and where nothing is left of it, from the next.
  const goproxy =
    same !== undefined && same !== rounds.goproxy
      ? same
      : (chainAt(state, rules) ?? withoutExcluded(rules.lastTry, excluded))
  if (goproxy === undefined || (goproxy === rounds.goproxy && end.culprits.length === 0)) return { kind: 'give up' }
  return { kind: 'again', delayMs: 0, rounds: { ...moveTo(state, goproxy), next: state.next + 1 } }
}

/** The same answer would come again from those asked: only a list with others is worth a round. */
function tryUntried(rounds: Rounds, rules: RoundRules): Decision {
  const asked = new Set(rounds.tried.flatMap(proxiesOf))
  const candidates = [...rules.chains.slice(rounds.next), rules.lastTry].flatMap(
    chain => withoutExcluded(chain, rounds.excluded) ?? [],
  )
  const goproxy = candidates.find(chain => proxiesOf(chain).some(url => !asked.has(url)))
  if (goproxy === undefined) return { kind: 'give up' }
  return { kind: 'again', delayMs: 0, rounds: { ...moveTo(rounds, goproxy), next: rounds.next + 1 } }
}

/** The one unranked try before failing, unless the same was tried. */
function tryLast(rounds: Rounds, rules: RoundRules): Decision {
  const goproxy = withoutExcluded(rules.lastTry, rounds.excluded)
  if (goproxy === undefined || rounds.tried.includes(goproxy)) return { kind: 'give up' }
  return { kind: 'again', delayMs: 0, rounds: { ...moveTo(rounds, goproxy), lastTry: true } }
}

function moveTo(rounds: Rounds, goproxy: string): Rounds {
  return { ...rounds, goproxy, tried: [...rounds.tried, goproxy] }
}

function chainAt(rounds: Rounds, rules: RoundRules): string | undefined {
  const from = Math.min(rounds.next, rules.chains.length - 1)
  for (const chain of [...rules.chains.slice(from), ...rules.chains.slice(0, from)]) {
    const left = withoutExcluded(chain, rounds.excluded)
    if (left !== undefined) return left
  }
  return undefined
}

/** A GOPROXY value without certain proxies; undefined when no proxy is left where there were some. */
export function withoutExcluded(goproxy: string, excluded: readonly string[]): string | undefined {
  const parsed = parseGoproxy(goproxy)
  if (!parsed.ok) return undefined
  const entries = parsed.value.entries.filter(entry => !excluded.includes(entry.url))
  if (entries.length === parsed.value.entries.length) return goproxy
  if (entries.length === 0 && parsed.value.ending !== 'direct') return undefined
  return printGoproxy({ entries, ending: parsed.value.ending })
}

function proxiesOf(goproxy: string): readonly string[] {
  const parsed = parseGoproxy(goproxy)
  return parsed.ok
    ? [...parsed.value.entries.map(entry => entry.url), ...(parsed.value.ending === 'direct' ? ['direct'] : [])]
    : []
}
