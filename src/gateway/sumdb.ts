import type { Candidate } from '../candidates/candidate.ts'
import { unescapeModulePath, unescapeVersion } from '../go/escape.ts'
import { type Gosumdb, isSignedNote, parseLookup } from '../go/gosumdb.ts'
import type { Outcome } from '../upstream/outcome.ts'
import type { Route } from './route.ts'

/** Where the checksum database can be asked, best first: itself, its own alias, a trusted upstream that proved itself. */
export type SumdbSource =
  | { readonly kind: 'host'; readonly url: string }
  | { readonly kind: 'upstream'; readonly upstream: Candidate }

export interface SumdbWorld {
  /** What GOSUMDB says; go asks a proxy only for this database, and only when no URL is named. */
  readonly database: () => Extract<Gosumdb, { kind: 'database' }> | undefined
  readonly sources: () => readonly SumdbSource[]
  readonly fetch: (source: SumdbSource, request: string) => Promise<Outcome>
  readonly sleepBetweenRounds: (round: number) => Promise<void>
}

/** How the gateway answers `/sumdb/`. */
export type SumdbAnswer = { readonly status: 200; readonly body: Buffer } | { readonly status: 404 | 502 }

const ROUNDS = 3
/** A new version may take the database half a minute, in which it says that its own source failed. */
const WAITING_ROUNDS = 8

/**
 * Answers for the checksum database. `supported` binds go to us for good, so it is 200 only once a source has shown a
 * signed tree head. A mirror is never a source.
 */
export function openSumdb(world: SumdbWorld): (route: Extract<Route, { kind: 'sumdb' }>) => Promise<SumdbAnswer> {
  let chosen: Promise<SumdbSource | undefined> | undefined
  return async route => {
    const database = world.database()
    if (database === undefined || database.url !== undefined || route.name !== database.name) return { status: 404 }
    chosen ??= findSource(database.verifierKey, world)
    const source = await chosen
    if (source === undefined) {
      // Another try later may find one: a resolver that was down, a network that changed.
      chosen = undefined
      return { status: 404 }
    }
    if (route.request === 'supported') return { status: 200, body: Buffer.alloc(0) }
    return ask(route.request, source, database.verifierKey, world)
  }
}

async function findSource(verifierKey: string, world: SumdbWorld): Promise<SumdbSource | undefined> {
  for (const source of world.sources()) {
    const latest = await world.fetch(source, 'latest')
    if (latest.kind === 'found' && isSignedNote(latest.body.toString('utf8'), verifierKey)) return source
  }
  return undefined
}

async function ask(request: string, chosen: SumdbSource, verifierKey: string, world: SumdbWorld): Promise<SumdbAnswer> {
  const sources = [chosen, ...world.sources().filter(source => keyOf(source) !== keyOf(chosen))]
  let rounds = ROUNDS
  for (let round = 0; round < rounds; round++) {
    for (const source of sources) {
      const outcome = await world.fetch(source, request)
      if (outcome.kind === 'absent for now') rounds = WAITING_ROUNDS
      if (outcome.kind === 'found' && isAnswerTo(request, outcome.body, verifierKey))
        return { status: 200, body: outcome.body }
      if (outcome.kind === 'absent' && source === chosen) return { status: 404 }
      if (outcome.kind === 'stopped') return { status: 502 }
    }
    if (round + 1 < rounds) await world.sleepBetweenRounds(round)
  }
  return { status: 502 }
}

function keyOf(source: SumdbSource): string {
  return source.kind === 'host' ? source.url : source.upstream.name
}

/** Whether this can be the answer: a login page is none. go itself proves it against the tree. */
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
  // Hashes of 32 bytes each, or the records themselves, each with an empty line behind it: golang.org/design/25530-sumdb.
  return level === 'data' ? text.split(' h1:').length > width : body.length === 32 * width
}
