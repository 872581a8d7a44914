import type { Candidate } from '../../candidates/candidate.ts'
import { unescapeModulePath, unescapeVersion } from '../../go/escape.ts'
import type { GoproxyEntry } from '../../go/goproxy.ts'
import { isSignedNote, parseLookup } from '../../go/gosumdb.ts'
import type { Outcome } from '../../upstream/outcome.ts'
import type { Database } from '../plan.ts'
import { wordsOfProxy } from '../telling/words.ts'
import type { SumdbRoute } from './route.ts'

/** Where the checksum database can be asked. */
export type SumdbSource =
  /** Itself, or its own alias. */
  | { readonly kind: 'host'; readonly url: string }
  /** A trusted upstream. */
  | { readonly kind: 'upstream'; readonly upstream: Candidate }
  /** A proxy that the user owns or configured: one entry of its list. */
  | { readonly kind: 'proxy'; readonly upstream: Candidate; readonly entry: GoproxyEntry }

type Proxy = Extract<SumdbSource, { kind: 'proxy' }>

export interface SumdbWorld {
  /** What GOSUMDB says; go asks a proxy only for this database, and only when no URL is named. */
  readonly database: () => Database | undefined
  /** The user's own proxies in go's order. As by go, the first that says it has the database is asked. */
  readonly proxies?: () => readonly Proxy[]
  /** Asked when none of those has it, best first: the database, its alias, the official proxy. */
  readonly sources: () => readonly SumdbSource[]
  /** Whether those sources may be asked for what one of the user's own proxies failed to answer. */
  readonly mayPassOn?: () => boolean
  /** @param patient no other source could answer, and it did not in the usual time: it may have to fetch that first */
  readonly fetch: (source: SumdbSource, request: string, patient: boolean) => Promise<Outcome>
  readonly sleepBetweenRounds: (round: number) => Promise<void>
}

/** How the gateway answers `/sumdb/`. */
export type SumdbAnswer =
  | { readonly status: 200; readonly body: Buffer }
  /** `words`: what the user's own proxy wrote, cleaned. */
  | { readonly status: number; readonly words?: string }

/** The source to ask first, and those that may be asked when it fails. */
interface Binding {
  readonly first: SumdbSource
  readonly others: () => readonly SumdbSource[]
}

const ROUNDS = 3
/** A new version may take the database half a minute, during which it answers that its own source failed. */
const WAITING_ROUNDS = 8

/**
 * Answers for the checksum database. Once we answer 200 for `supported`, go asks only us. So we do so only if one of the
 * user's own proxies did, which go would believe too, or if another source has shown a signed tree head. A mirror that
 * the user did not configure is never a source.
 */
export function openSumdb(world: SumdbWorld): (route: SumdbRoute) => Promise<SumdbAnswer> {
  let chosen: Promise<Binding | Refused | undefined> | undefined
  return async route => {
    const database = world.database()
    if (database === undefined || database.url !== undefined || route.name !== database.name) return { status: 404 }
    chosen ??= bind(database.verifierKey, world)
    const binding = await chosen
    if (binding === undefined || 'status' in binding) {
      // A later try may find one: a resolver may have been down, the network may change.
      chosen = undefined
      return binding ?? { status: 404 }
    }
    if (route.request === 'supported') return { status: 200, body: Buffer.alloc(0) }
    return ask(route.request, binding, database.verifierKey, world)
  }
}

type Refused = Exclude<SumdbAnswer, { readonly status: 200 }>

async function bind(verifierKey: string, world: SumdbWorld): Promise<Binding | Refused | undefined> {
  const proxies = world.proxies?.() ?? []
  for (const [i, proxy] of proxies.entries()) {
    const answer = await askSupported(proxy, world)
    if (answer.kind === 'found') return { first: proxy, others: () => othersThan(proxies.slice(i + 1), world) }
    if (!mayLeadOn(proxy, answer)) return refusalOf(answer)
  }
  for (const source of world.sources()) {
    const latest = await world.fetch(source, 'latest', false)
    if (latest.kind === 'found' && isSignedNote(latest.body.toString('utf8'), verifierKey))
      return { first: source, others: () => world.sources().filter(other => keyOf(other) !== keyOf(source)) }
  }
  return undefined
}

/** Whether the other proxies have it is not known yet: their answers must prove themselves. */
function othersThan(rest: readonly Proxy[], world: SumdbWorld): readonly SumdbSource[] {
  return [...rest, ...(world.mayPassOn?.() === false ? [] : world.sources())]
}

async function askSupported(proxy: Proxy, { fetch, sleepBetweenRounds }: SumdbWorld): Promise<Outcome> {
  // A named one that is silent is passed over.
  const { configured } = proxy.upstream
  for (let round = 0; ; round++) {
    const answer = await fetch(proxy, 'supported', configured && round > 0)
    if (answer.status !== null || answer.kind === 'stopped' || round + 1 >= ROUNDS || mayLeadOn(proxy, answer))
      return answer
    await sleepBetweenRounds(round)
  }
}

/**
 * As in go (TryProxies): fall back after not found, and after any failure before `|`. The input's proxies have no `|`:
 * there only a refusal ends it.
 */
function mayLeadOn({ upstream, entry }: Proxy, { kind }: Outcome): boolean {
  if (kind === 'absent' || kind === 'absent for now') return true
  if (upstream.configured) return entry.separator === '|'
  return kind !== 'forbidden' && kind !== 'unauthorized' && kind !== 'stopped'
}

async function ask(request: string, { first, others }: Binding, verifierKey: string, world: SumdbWorld) {
  let refusal: Refused = { status: 502 }
  let rounds = ROUNDS
  for (let round = 0; round < rounds; round++) {
    const rest = others()
    for (const source of [first, ...rest]) {
      const outcome = await world.fetch(source, request, rest.length === 0 && round > 0)
      if (outcome.kind === 'absent for now') rounds = WAITING_ROUNDS
      if (outcome.kind === 'found' && isAnswerTo(request, outcome.body, verifierKey))
        return { status: 200 as const, body: outcome.body }
      if (outcome.kind === 'stopped') return { status: 502 }
      if (source !== first) continue
      if (source.kind === 'proxy') refusal = refusalOf(outcome)
      if (outcome.kind === 'absent') return source.kind === 'proxy' ? refusal : { status: 404 }
      // No other source may learn a name that the user's own proxy may keep private.
      if (source.kind === 'proxy' && isRefusal(outcome)) {
        if (outcome.kind !== 'absent for now') return refusal
        break
      }
    }
    if (round + 1 < rounds) await world.sleepBetweenRounds(round)
  }
  return refusal
}

/** An answer that refuses, for whatever reason; other failures may be temporary. */
function isRefusal({ kind, status }: Outcome): boolean {
  return kind !== 'limited' && kind !== 'found' && status !== null && status >= 400 && status < 500 && status !== 408
}

/** go gets the status of the user's own proxy, and its words. */
function refusalOf(outcome: Outcome): Refused {
  const { status, detail } = outcome
  if (status === null || status < 400) return { status: 502 }
  return detail === undefined ? { status } : { status, words: wordsOfProxy(detail).join('\n') }
}

function keyOf(source: SumdbSource): string {
  return source.kind === 'host' ? source.url : source.upstream.name
}

/** Whether this can be the answer: a login page cannot. go itself verifies it against the tree. */
function isAnswerTo(request: string, body: Buffer, verifierKey: string): boolean {
  const text = body.toString('utf8')
  if (request === 'latest') return isSignedNote(text, verifierKey)
  if (request.startsWith('lookup/')) {
    const [path = '', version = ''] = request.slice('lookup/'.length).split('@')
    const module = { path: unescapeModulePath(path) ?? '', version: unescapeVersion(version) ?? '' }
    return parseLookup(text, module, verifierKey).ok
  }
  const [, height, level, part] = /^tile\/(\d+)\/(data|\d+)\/.*?(?:\.p\/(\d+))?$/.exec(request) ?? []
  const width = part === undefined ? 2 ** Number(height) : Number(part)
  // Hashes of 32 bytes each, or the records themselves, each followed by an empty line: golang.org/design/25530-sumdb.
  return level === 'data' ? text.split(' h1:').length > width : body.length === 32 * width
}
