import type { Clock } from '../../effects.ts'
import { failed, ok, type Problem, type Result } from '../../errors.ts'
import { goproxyEntry } from '../../go/goproxy.ts'
import { ALIAS_SUMDB, type Gosumdb, OFFICIAL_SUMDB } from '../../go/gosumdb.ts'
import type { ModuleVersion } from '../../go/module.ts'
import type { Policy } from '../../policy.ts'
import { MAX_ANSWER_BYTES, proveRecord, type SumdbReader } from '../../sumdb/prove.ts'
import { LAST_WORDS } from './ask.ts'
import { fetchForGo, type GoFetchWorld } from './fetch.ts'
import { firstInTurn } from './in-turn.ts'
import type { GoSource } from './sources.ts'

type SumDatabase = Extract<Gosumdb, { kind: 'database' }>

/** Somewhere the checksum database can be asked. What it says is proven, so no place need be trusted. */
interface SumdbPlace {
  /** As it may be shown. */
  readonly name: string
  readonly url: string
  /** Path below the URL. */
  readonly prefix: string
  readonly publicUpstream: boolean
}

export interface ProofWorld extends GoFetchWorld {
  /** A place that does not answer is asked again until then: the clock's reading. */
  readonly untilMs: number
  readonly clock: Clock
  readonly policy: Policy['toolchain']
  readonly signal: AbortSignal
  /** The tree head that go believed last on this machine; undefined: none is known. */
  readonly remembered: string | undefined
  /** Whether the answers are wanted. */
  readonly keepsAnswers: boolean
}

/** What the database has for a toolchain. */
export interface ProvenHash {
  readonly h1: string
  /** Where the proof came from. */
  readonly place: string
  /** What proves it without a remembered tree head, by path below the database’s URL; empty where that was not wanted. */
  readonly answers: ReadonlyMap<string, Buffer>
}

/**
 * The hash of a toolchain's zip: through the proxies, which a network that lets no other host pass has, and from the
 * database itself. A URL in GOSUMDB is asked alone, as by go.
 */
export async function proveToolchain(
  module: ModuleVersion,
  database: SumDatabase,
  proxies: readonly GoSource[],
  world: ProofWorld,
): Promise<Result<ProvenHash>> {
  const faults: SumdbFault[] = []
  const found = await firstInTurn(
    placesOf(database, proxies),
    async (place, signal) => {
      const answers = new Map<string, Buffer>()
      const reader = readerOf(place, database, world)
      const { verifierKey } = database
      const proven = await proveRecord(reader, verifierKey, module, { signal, remembered: world.remembered })
      // With another head, other tiles prove it.
      const again =
        proven.ok && world.keepsAnswers
          ? await proveRecord(noting(reader, answers), verifierKey, module, { signal })
          : proven
      if (proven.ok && again.ok) return { h1: proven.value.h1, place: place.name, answers }
      const problems = [proven, again].flatMap(one => (one.ok ? [] : one.problems))
      if (!signal.aborted) faults.push({ place: place.name, problems })
      return undefined
    },
    { clock: world.clock, hedgeMs: world.policy.hedgeMs, signal: world.signal },
  )
  return found === undefined ? failed(unproven(module, database.name, faults)) : ok(found)
}

function noting(reader: SumdbReader, answers: Map<string, Buffer>): SumdbReader {
  return {
    async read(path, signal) {
      const answer = await reader.read(path, signal)
      if (answer.ok) answers.set(path, answer.value)
      return answer
    },
  }
}

function placesOf({ name, url }: SumDatabase, proxies: readonly GoSource[]): readonly SumdbPlace[] {
  const hostOf = (base: string): SumdbPlace => ({
    name: new URL(base).host,
    url: base,
    prefix: '',
    publicUpstream: true,
  })
  if (url !== undefined) return [{ ...hostOf(url), publicUpstream: false }]
  return [
    ...proxies.map(({ name: proxy, entry, publicUpstream }) => ({
      name: proxy,
      url: entry.url,
      prefix: `sumdb/${name}`,
      publicUpstream,
    })),
    hostOf(`https://${name}`),
    ...(name === OFFICIAL_SUMDB ? [hostOf(`https://${ALIAS_SUMDB}`)] : []),
  ]
}

function readerOf(
  { name, url, prefix, publicUpstream }: SumdbPlace,
  database: SumDatabase,
  world: ProofWorld,
): SumdbReader {
  const { clock, policy, untilMs } = world
  const entry = goproxyEntry(url, undefined)
  const deadlines = { headMs: policy.headMs, stallMs: policy.stallMs, totalMs: policy.smallMs }
  return {
    async read(path, signal) {
      for (;;) {
        const question = {
          entry,
          name,
          path: `${prefix}${path}`.replace(/^\//, ''),
          object: `sumdb/${database.name}${path}`,
        }
        const options = { deadlines, maxBytes: MAX_ANSWER_BYTES, publicUpstream, signal }
        const outcome = await fetchForGo(question, options, world)
        if (outcome.kind === 'found') return ok(outcome.body)
        const isLast = LAST_WORDS.includes(outcome.kind) || clock.now() + policy.pauseMs >= untilMs
        if (isLast || signal.aborted)
          return failed({ code: 'SUMDB_UNREACHABLE', message: `${outcome.reason}.`, hint: '' })
        await clock.sleep(policy.pauseMs, signal)
      }
    },
  }
}

interface SumdbFault {
  readonly place: string
  readonly problems: readonly Problem[]
}

/** These are about the database or this machine, not about the proxy that passed the answers on. */
const FINAL = ['SUMDB_FORK', 'SUMDB_REMEMBERED']

function unproven({ path, version }: ModuleVersion, database: string, faults: readonly SumdbFault[]): Problem {
  const told = faults.map(
    ({ place, problems }) => `${place}: ${problems.map(({ message }) => message.replace(/\.$/, '')).join('; ')}`,
  )
  const final = faults.flatMap(({ problems }) => problems).find(({ code }) => FINAL.includes(code))
  return {
    code: 'TOOLCHAIN_UNPROVEN',
    message: `${path} ${version} is not used: the checksum database ${database} does not prove what it is (${told.join('; ') || 'it was not asked'}).`,
    hint:
      final?.hint ??
      'Let this job reach sum.golang.org, or a module proxy that serves /sumdb/; or install Go before this step.',
  }
}
