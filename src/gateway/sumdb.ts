import type { Candidate } from '../candidates/candidate.ts'
import { unescapeModulePath, unescapeVersion } from '../go/escape.ts'
import { type Gosumdb, isSignedNote } from '../go/gosumdb.ts'
import type { Outcome } from '../upstream/outcome.ts'
import type { Route } from './route.ts'

/** Where the checksum database can be asked, best first: itself, its own alias, a trusted upstream that proved itself. */
export type SumdbSource =
  | { readonly kind: 'host'; readonly url: string }
  | { readonly kind: 'upstream'; readonly upstream: Candidate }

export interface SumdbWorld {
  /** What GOSUMDB says; go asks a proxy only for this database, and only when no URL is named. */
  readonly database: Extract<Gosumdb, { kind: 'database' }> | undefined
  readonly sources: () => readonly SumdbSource[]
  readonly fetch: (source: SumdbSource, request: string) => Promise<Outcome>
  readonly sleepBetweenRounds: (round: number) => Promise<void>
}

/** How the gateway answers `/sumdb/`. */
export type SumdbAnswer = { readonly status: 200; readonly body: Buffer } | { readonly status: 404 | 502 }

const ROUNDS = 3

/**
 * Answers for the checksum database. `supported` binds go to us for good, so it is 200 only once a source has shown a
 * signed tree head. A mirror is never a source.
 */
export function openSumdb(world: SumdbWorld): (route: Extract<Route, { kind: 'sumdb' }>) => Promise<SumdbAnswer> {
  let chosen: Promise<SumdbSource | undefined> | undefined
  return async route => {
    const { database } = world
    if (database === undefined || database.url !== undefined || route.name !== database.name) return { status: 404 }
    chosen ??= findSource(database.verifierKey, world)
    const source = await chosen
    if (source === undefined) {
      // Another try later may find one: a resolver that was down, a network that changed.
      chosen = undefined
      return { status: 404 }
    }
    if (route.request === 'supported') return { status: 200, body: Buffer.alloc(0) }
    return ask(route.request, source, world)
  }
}

async function findSource(verifierKey: string, world: SumdbWorld): Promise<SumdbSource | undefined> {
  for (const source of world.sources()) {
    const latest = await world.fetch(source, 'latest')
    if (latest.kind === 'found' && isSignedNote(latest.body.toString('utf8'), verifierKey)) return source
  }
  return undefined
}

async function ask(request: string, chosen: SumdbSource, world: SumdbWorld): Promise<SumdbAnswer> {
  const sources = [chosen, ...world.sources().filter(source => keyOf(source) !== keyOf(chosen))]
  for (let round = 0; round < ROUNDS; round++) {
    for (const source of sources) {
      const outcome = await world.fetch(source, request)
      if (outcome.kind === 'found' && isAnswerTo(request, outcome.body)) return { status: 200, body: outcome.body }
      if (outcome.kind === 'absent' && source === chosen) return { status: 404 }
      if (outcome.kind === 'stopped') return { status: 502 }
    }
    if (round + 1 < ROUNDS) await world.sleepBetweenRounds(round)
  }
  return { status: 502 }
}

function keyOf(source: SumdbSource): string {
  return source.kind === 'host' ? source.url : source.upstream.name
}

/** Shape alone, and in a lookup the module asked for: go itself proves the rest. */
function isAnswerTo(request: string, body: Buffer): boolean {
  if (!request.startsWith('lookup/')) return body.length > 0
  const [path = '', version = ''] = request.slice('lookup/'.length).split('@')
  const line = `${unescapeModulePath(path)} ${unescapeVersion(version)} h1:`
  return body
    .toString('utf8')
    .split('\n')
    .some(text => text.startsWith(line))
}
