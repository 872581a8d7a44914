import type { Candidate } from '../candidates/candidate.ts'
import { type GoproxyList, parseGoproxy, printGoproxy } from '../go/goproxy.ts'
import { type Ending, printChain } from './chain.ts'
import type { ChoiceFacts } from './choice.ts'
import { findToolchainHoles } from './holes.ts'
import { findColdOwn, findLiars } from './order.ts'

/** Every GOPROXY that the choice comes down to. */
export interface GoproxyPlan {
  /** Candidates of the exported chain; empty when GOPROXY stays as it was. */
  readonly exported: readonly Candidate[]
  readonly goproxy: string
  /** Whether later steps get it. Not where it would be go's default, of which the user named nothing. */
  readonly forLaterSteps: boolean
  readonly rounds: readonly string[]
  /** Every candidate that stands in a round. */
  readonly inRounds: readonly Candidate[]
  readonly lastResort: readonly Candidate[]
  readonly lastTry: string
  /** Behind a gateway. */
  readonly tail: string
}

/** Proxies that answered work: one for speed, one for the day it fails. More only make the end of a failure later. */
const EXPORTED_MEASURED = 2
/**
 * It is not known which of these work, so one more, in the order given. Not all: go asks the list anew for every file,
 * and each dead proxy in it may cost 30 s every time.
 */
const EXPORTED_UNMEASURED = 3

/** Which candidates may be used for what. */
export interface Usable {
  /** All that work, best first. */
  readonly order: readonly Candidate[]
  /** Those that go can ask for everything, best first. */
  readonly sound: readonly Candidate[]
  /** Which may be asked for modules at all, and which may stand in a chain that go reads. */
  readonly allows: (candidate: Candidate) => boolean
  readonly allowsInChain: (candidate: Candidate) => boolean
}

export function planRounds(facts: ChoiceFacts, usable: Usable, ending: Ending): GoproxyPlan {
  const { order, sound } = usable
  const { list: candidates, mode } = facts.candidates
  // GOPROXY as it was may name public proxies, and every proxy in it is asked for private modules.
  const kept = facts.inputs.privateProxy === undefined ? keepGoproxy(facts, ending) : printChain(candidates, ending)
  const unchanged = {
    exported: [],
    goproxy: kept,
    forLaterSteps: true,
    rounds: [kept],
    inRounds: [],
    lastResort: [],
    lastTry: kept,
    tail: kept,
  }
  if (mode === 'none' || mode === 'policy') return unchanged
  // With a complete go.sum nothing is looked up: this download can come from those too, where there are no others.
  const inRounds = sound.length > 0 ? sound : order
  // Where no round has a mirror, nothing shelters the toolchain from one: then the last try has none either.
  const late = hasMirror(inRounds) || findToolchainHoles(facts).length === 0
  const lastResort = mode === 'named' ? findLastResort(facts, usable, one => late || one.trust !== 'mirror') : []
  const left = withoutNamed(facts, kept, ending)
  const lastTry = lastResort.length > 0 ? printChain(lastResort, ending) : left.lastTry
  const [first] = inRounds
  if (first === undefined) return { ...unchanged, ...left, rounds: [], lastResort, lastTry }
  // The user named no mirror and the official proxy is good: nothing changes.
  if (mode === 'default' && first.trust === 'official') return unchanged
  const length = facts.ranking === undefined && facts.answered === undefined ? EXPORTED_UNMEASURED : EXPORTED_MEASURED
  const cut = cutter(facts, length)
  const rounds = inRounds.map((_, i) => printChain(cut([...inRounds.slice(i), ...inRounds.slice(0, i)]), ending))
  // Named candidates at which go may stop are still what the user named; GOPROXY as it was is not.
  const exported = cut(mode === 'named' ? inRounds : sound)
  return {
    exported,
    goproxy: exported.length > 0 ? (rounds[0] as string) : kept,
    forLaterSteps: true,
    rounds,
    inRounds,
    lastResort,
    lastTry,
    tail: mode === 'named' ? printTail(inRounds, cutter(facts, EXPORTED_MEASURED), ending) : kept,
  }
}

type Cutter = (order: readonly Candidate[]) => readonly Candidate[]

/** Keeps so many, and the user's own cold ones: they work, and stay cold for as long as go does not ask them. */
function cutter(facts: ChoiceFacts, length: number): Cutter {
  const cold = findColdOwn(facts)
  return order => [...order.slice(0, length), ...order.slice(length).filter(one => cold.includes(one))]
}

/**
 * What is left where proxies were named and none of them can be used: GOPROXY where the user set it; else nothing that
 * asks a proxy, for Go's default was not named either.
 */
function withoutNamed(
  { candidates, inputs, settings }: ChoiceFacts,
  kept: string,
  ending: Ending,
): Pick<GoproxyPlan, 'goproxy' | 'forLaterSteps' | 'lastTry' | 'tail'> {
  const isOwn = settings.GOPROXY.from !== 'default' || inputs.privateProxy !== undefined
  if (candidates.mode !== 'named' || isOwn) return { goproxy: kept, forLaterSteps: true, lastTry: kept, tail: kept }
  const goproxy = inputs.fallback === 'off' ? 'off' : kept
  const lastTry = ending === 'direct' ? 'direct' : 'off'
  return { goproxy, forLaterSteps: goproxy === 'off', lastTry, tail: ending === 'direct' ? 'direct' : '' }
}

function printTail(order: readonly Candidate[], cut: Cutter, ending: Ending): string {
  const trusted = order.filter(({ trust }) => trust !== 'mirror')
  return trusted.length > 0 ? printChain(cut(trusted), ending) : ending === 'direct' ? 'direct' : ''
}

/**
 * The named candidates, unranked, without those at which go would stop instead of moving on: those that sent wrong
 * content and, unless no other remains, those whose lookups fail.
 */
function findLastResort(
  facts: ChoiceFacts,
  { allows, allowsInChain }: Usable,
  alsoAllows: (candidate: Candidate) => boolean,
): readonly Candidate[] {
  const liars = findLiars(facts)
  const left = facts.candidates.list.filter(
    one => allows(one) && alsoAllows(one) && !liars.includes(one) && !facts.excluded.includes(one.name),
  )
  const sound = left.filter(allowsInChain)
  return sound.length > 0 ? sound : left
}

export function hasMirror(candidates: readonly Candidate[]): boolean {
  return candidates.some(candidate => candidate.trust === 'mirror')
}

/** The ending that the user's GOPROXY had, unless the input says otherwise; a list without one stops at its last proxy. */
export function endingOf(facts: ChoiceFacts): Ending {
  if (facts.inputs.fallback !== undefined) return facts.inputs.fallback
  return currentList(facts)?.ending === 'direct' ? 'direct' : 'off'
}

function currentList(facts: ChoiceFacts): GoproxyList | undefined {
  const parsed = parseGoproxy(facts.settings.GOPROXY.value)
  return parsed.ok ? parsed.value : undefined
}

/** GOPROXY as it was, with only its ending changed where the input asks for that. */
function keepGoproxy(facts: ChoiceFacts, ending: Ending): string {
  const list = currentList(facts)
  if (list === undefined || facts.inputs.fallback === undefined || list.entries.length === 0)
    return facts.settings.GOPROXY.value
  return printGoproxy({ entries: list.entries, ending: ending === 'direct' ? 'direct' : undefined })
}
