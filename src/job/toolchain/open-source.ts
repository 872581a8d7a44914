import { endianness } from 'node:os'
import { join } from 'node:path'
import { findCandidates, secretsInGoproxy } from '../../candidates/find.ts'
import { loginsFor, usesNetrc } from '../../candidates/logins.ts'
import { findLogins as findGivenLogins, readNetrc } from '../../credentials/install.ts'
import { failed, ok, type Result } from '../../errors.ts'
import { parseGosumdb } from '../../go/gosumdb.ts'
import { parseNetrc } from '../../go/netrc.ts'
import { type FetchSettings, readSettingsWithoutGo } from '../../settings/without-go.ts'
import type { InstalledGo } from '../../toolchain/installed.ts'
import { goPlatformOf, type ToolPlace } from '../../toolchain/places.ts'
import type { Catalogue } from '../../toolchain/resolve.ts'
import type { Transport } from '../../upstream/fetch.ts'
import type { Job } from '../job.ts'
import { type GoProxies, openGoProxies } from './ask.ts'
import type { GoFetchWorld } from './fetch.ts'
import { fetchGo } from './fetch-go.ts'
import type { GoPatience } from './patience.ts'
import { goSources } from './sources.ts'
import { unprovable } from './words.ts'

export const PLATFORM = goPlatformOf(process.platform, process.arch, endianness())

/** What Go is fetched with. */
export interface GoMeans {
  readonly opening: Promise<Transport>
  readonly patience: GoPatience
  /** Is told each request, however it ended. */
  readonly onRequest: GoFetchWorld['onRequest']
  /** Aborts when we are stopped, or patience is lost. */
  readonly signal: AbortSignal
}

/** Where Go may be fetched from. */
export interface OpenedSource {
  readonly settings: FetchSettings
  /** GOSUMDB, or what the input says. */
  readonly gosumdb: string
  readonly proxies: GoProxies
  readonly catalogue: Catalogue
  readonly transport: Transport
  readonly untilMs: number
}

/** Nothing is asked yet. */
export async function openSource(
  job: Job,
  { opening, signal, onRequest }: GoMeans,
  onPath: InstalledGo | undefined,
): Promise<Result<OpenedSource>> {
  const { effects, inputs, policy } = job
  const settings = await readSettingsWithoutGo({ ...effects, goroot: onPath?.goroot })
  for (const secret of secretsInGoproxy(settings.GOPROXY.value)) effects.log.mask(secret)
  const candidates = findCandidates(inputs, settings)
  if (!candidates.ok) return candidates
  const { list } = candidates.value
  const given = await findGivenLogins(inputs, settings.env, effects.files)
  const netrc = usesNetrc(settings) ? parseNetrc((await readNetrc(settings.env, effects)).forGo) : []
  // As the newest go would read it.
  const own = loginsFor(list, netrc, { version: '' })
  for (const { token } of own) effects.log.mask(token)
  const transport: Transport = { ...(await opening), logins: [...given, ...own] }
  const untilMs = effects.clock.now() + policy.toolchain.againForMs
  const sources = goSources(candidates.value, settings.GOPROXY.value, inputs)
  const world = { transport, onRequest, clock: effects.clock, policy: policy.toolchain, signal, untilMs }
  const proxies = openGoProxies(sources, world)
  const gosumdb = inputs.sumdb === 'auto' ? settings.GOSUMDB.value : inputs.sumdb
  return ok({ settings, gosumdb, proxies, catalogue: catalogueOf(proxies), transport, untilMs })
}

const TOOLCHAIN = 'golang.org/toolchain/@v'

/** What the proxies say of golang.org/toolchain. */
function catalogueOf(proxies: GoProxies): Catalogue {
  return {
    async list() {
      const answer = await proxies.ask(`${TOOLCHAIN}/list`, body => body.includes('v0.0.1-go'))
      return answer.ok ? ok(answer.value?.toString('utf8') ?? '') : answer
    },
    async exists(version) {
      const answer = await proxies.ask(`${TOOLCHAIN}/${version}.info`, body => body.includes(version))
      return answer.ok ? ok(answer.value !== undefined) : answer
    },
  }
}

export interface GoDestination {
  readonly job: Job
  readonly means: GoMeans
  readonly places: readonly ToolPlace[]
  /** Called when it fails because no proxy has the zip. */
  readonly onLacking: () => void
}

export async function fetchFrom(
  version: string,
  source: OpenedSource,
  { job, means, places, onLacking }: GoDestination,
) {
  const database = parseGosumdb(source.gosumdb)
  if (!database.ok) return database
  if (database.value.kind === 'off') return failed(unprovable(version))
  const { proxies, transport, untilMs, settings } = source
  const remembered = await readRemembered(database.value.name, settings, job)
  return fetchGo(version, {
    ...{ job, transport, proxies, places, platform: PLATFORM, untilMs, remembered },
    ...{
      database: database.value,
      patience: means.patience,
      onRequest: means.onRequest,
      signal: means.signal,
      onLacking,
    },
  })
}

/** A tree head has some 200 bytes. */
const HEAD_BYTES = 16 << 10

/** Where go keeps the head that it believed last. Source: cmd/go/internal/modfetch, sumdb.go (ReadConfig). */
async function readRemembered(name: string, { gopath }: FetchSettings, { effects }: Job): Promise<string | undefined> {
  if (gopath === undefined) return undefined
  const [head] = await effects.files.readSmall([join(gopath, 'pkg', 'sumdb', name, 'latest')], HEAD_BYTES)
  return head
}
