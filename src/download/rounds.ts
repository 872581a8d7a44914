import type { GoFailure } from '../go/failure.ts'
import { parseGoproxy, printGoproxy } from '../go/goproxy.ts'

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
  /** Of these, rounds that were ended because nothing moved at all. */
  readonly stalls: number
  /** Proxies that sent wrong content: never asked again. */
  readonly excluded: readonly string[]
  readonly mismatches: number
  /** Codes of failures that are worth one retry, and had it. */
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
  /** The wrong content lay in the module cache before, and is gone: no proxy is to blame. */
  readonly mended: boolean
  /** The gateway had its own rounds over all proxies, in vain: more rounds would only delay the end. */
  readonly spent: boolean
  /** There is no time for more than the last try. */
  readonly late: boolean
}

export type Decision =
  | { readonly kind: 'again'; readonly delayMs: number; readonly rounds: Rounds }
  | { readonly kind: 'give up' }

/**
 * Without a usable candidate the first round is the last try already.
 * @param excluded proxies that sent wrong content before, in another directory
 */
export function firstRound(rules: RoundRules, excluded: readonly string[] = []): Rounds {
  const chosen = firstLeft(rules.chains, excluded)
  const goproxy = chosen ?? withoutExcluded(rules.lastTry, excluded) ?? rules.lastTry
  return {
    goproxy,
    next: 1,
    fruitless: 0,
    stalls: 0,
    excluded,
    mismatches: 0,
    onceTried: [],
    tried: [goproxy],
    lastTry: chosen === undefined,
  }
}

/** Whether to run go once more after a failure, with which GOPROXY, and after how long. @param random uniform in [0, 1) */
export function decide(rounds: Rounds, end: RoundEnd, rules: RoundRules, random: () => number): Decision {
  const { failure } = end
  if (rounds.lastTry) return { kind: 'give up' }
  const mayPass = failure.retry === 'rounds' || failure.retry === 'once'
  const isLate = end.late && lastTryAfter(rounds, rules) !== undefined
  if (mayPass && (end.spent || isLate)) return tryLast(rounds, rules)
  switch (failure.retry) {
    case 'never':
      return { kind: 'give up' }
    case 'elsewhere':
      return tryUntried(rounds, rules)
    case 'without proxy':
      return excludeCulprits(rounds, end, rules)
    case 'once':
      if (rounds.onceTried.includes(failure.code)) return tryUntried(rounds, rules)
      return again({ ...rounds, onceTried: [...rounds.onceTried, failure.code] }, end, rules, random)
    case 'rounds':
      return again(rounds, end, rules, random)
  }
}

/** A proxy that answers nothing is dead, and each round with it costs a whole stall: a job has no minutes for that. */
const MAXIMUM_STALLS = 1

function again(
  rounds: Rounds,
  { failure, progress }: Pick<RoundEnd, 'failure' | 'progress'>,
  rules: RoundRules,
  random: () => number,
): Decision {
  const stalled = failure.code === 'DOWNLOAD_STALLED'
  const fruitless = progress ? 0 : rounds.fruitless + 1
  const stalls = progress ? 0 : rounds.stalls + (stalled ? 1 : 0)
  if (fruitless > rules.retries || stalls > (rules.chains.length > 1 ? rules.retries : MAXIMUM_STALLS))
    return tryLast(rounds, rules)
  const goproxy = firstLeft(chainsFrom(rounds, rules), rounds.excluded)
  if (goproxy === undefined) return tryLast(rounds, rules)
  const delayMs = backoffMs(fruitless, rules, random)
  return { kind: 'again', delayMs, rounds: { ...moveTo(rounds, goproxy), next: rounds.next + 1, fruitless, stalls } }
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

/**
 * From the same chain without the liar, or from another. A second mismatch is final: then no single proxy is to
 * blame. What is no module at all (a login page, a cut file) may pass, so where there is no other proxy the same is asked.
 */
function excludeCulprits(rounds: Rounds, end: RoundEnd, rules: RoundRules): Decision {
  if (rounds.mismatches > 0) return { kind: 'give up' }
  const excluded = [...new Set([...rounds.excluded, ...end.culprits])]
  const state = { ...rounds, excluded, mismatches: 1 }
  const others = [...chainsFrom(state, rules), rules.lastTry]
  const mayRepeat = end.mended || end.failure.code === 'GO_BAD_CONTENT'
  const chains =
    end.culprits.length > 0
      ? [rounds.goproxy, ...others]
      : end.mended
        ? [rounds.goproxy]
        : others.filter(chain => chain !== rounds.goproxy)
  const goproxy = firstLeft(chains, excluded)
  if (goproxy !== undefined) return atOnce(state, goproxy)
  return mayRepeat ? atOnce({ ...state, excluded: rounds.excluded }, rounds.goproxy) : { kind: 'give up' }
}

function atOnce(rounds: Rounds, goproxy: string): Decision {
  return { kind: 'again', delayMs: 0, rounds: { ...moveTo(rounds, goproxy), next: rounds.next + 1 } }
}

/** The proxies that were asked would answer the same again: only a list with others is worth a round. */
function tryUntried(rounds: Rounds, rules: RoundRules): Decision {
  const asked = new Set(rounds.tried.flatMap(sourcesOf))
  const candidates = [...rules.chains.slice(rounds.next), rules.lastTry].flatMap(
    chain => withoutExcluded(chain, rounds.excluded) ?? [],
  )
  const goproxy = candidates.find(chain => sourcesOf(chain).some(url => !asked.has(url)))
  return goproxy === undefined ? { kind: 'give up' } : atOnce(rounds, goproxy)
}

/** GOPROXY of the one unranked try before failing; undefined where that, or the same, was tried. */
export function lastTryAfter(rounds: Rounds, rules: RoundRules): string | undefined {
  const goproxy = withoutExcluded(rules.lastTry, rounds.excluded)
  return goproxy === undefined || rounds.tried.includes(goproxy) ? undefined : goproxy
}

function tryLast(rounds: Rounds, rules: RoundRules): Decision {
  const goproxy = lastTryAfter(rounds, rules)
  return goproxy === undefined
    ? { kind: 'give up' }
    : { kind: 'again', delayMs: 0, rounds: { ...moveTo(rounds, goproxy), lastTry: true } }
}

function moveTo(rounds: Rounds, goproxy: string): Rounds {
  return { ...rounds, goproxy, tried: [...rounds.tried, goproxy] }
}

/** The chains in the order of their turn: the next one first; after the last turn, the last chain. */
function chainsFrom(rounds: Rounds, { chains }: RoundRules): readonly string[] {
  const from = Math.min(rounds.next, chains.length - 1)
  return [...chains.slice(from), ...chains.slice(0, from)]
}

/** The first of these that has a proxy left; `direct` alone only where none has. */
function firstLeft(chains: readonly string[], excluded: readonly string[]): string | undefined {
  const left = chains.flatMap(chain => withoutExcluded(chain, excluded) ?? [])
  return left.find(chain => sourcesOf(chain).some(proxy => proxy !== 'direct')) ?? left[0]
}

/** A GOPROXY value without certain proxies; undefined when none is left. */
export function withoutExcluded(goproxy: string, excluded: readonly string[]): string | undefined {
  const parsed = parseGoproxy(goproxy)
  if (!parsed.ok) return undefined
  const entries = parsed.value.entries.filter(entry => !excluded.includes(entry.url))
  if (entries.length === 0 && parsed.value.ending !== 'direct') return undefined
  if (entries.length === parsed.value.entries.length) return goproxy
  return printGoproxy({ entries, ending: parsed.value.ending })
}

/** The proxies of a GOPROXY value, and `direct`. */
function sourcesOf(goproxy: string): readonly string[] {
  const parsed = parseGoproxy(goproxy)
  return parsed.ok && parsed.value.ending === 'direct' ? [...proxiesOf(goproxy), 'direct'] : proxiesOf(goproxy)
}

/** The proxies of a GOPROXY value, as they stand in it. */
export function proxiesOf(goproxy: string): readonly string[] {
  const parsed = parseGoproxy(goproxy)
  return parsed.ok ? parsed.value.entries.map(entry => entry.url) : []
}
