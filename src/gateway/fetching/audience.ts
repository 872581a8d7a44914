import type { Candidate } from '../../candidates/candidate.ts'
import { sumKey } from '../../go/gosum.ts'
import type { ModuleRoute } from '../../objects/object.ts'
import { fetchObject } from '../../upstream/fetch.ts'
import { fetchFromList } from '../../upstream/list.ts'
import type { Outcome } from '../../upstream/outcome.ts'
import type { GatewayOptions } from '../gateway.ts'
import type { SumdbSource, SumdbWorld } from '../serving/sumdb.ts'
import { UNHEARD_FACTOR } from './hearing.ts'

/**
 * Who may hear of a module, and whose word counts: of sheltered ones nobody; what nothing verifies here comes from
 * trusted upstreams alone, for a list or an unlisted version can be steered.
 */
export function mayAsk(
  upstream: Candidate,
  route: ModuleRoute,
  officialIsOut: boolean,
  { sums, isSheltered, publicity }: Pick<GatewayOptions, 'sums' | 'isSheltered' | 'publicity'>,
): boolean {
  const path = 'module' in route ? route.module.path : route.path
  if (isSheltered(path) || publicity?.mayHear(upstream, path, officialIsOut) === false) return false
  if (upstream.trust !== 'mirror') return true
  // A toolchain is run as it comes, and some releases of go believe go.sum more than the checksum database for it.
  if ('module' in route && route.module.path === 'golang.org/toolchain') return false
  if (route.kind === 'mod' || route.kind === 'zip') return sums.has(sumKey(route.module, route.kind))
  // `.info` says nothing that go.sum does not: its version is the one asked for.
  return route.kind === 'info' && sums.has(sumKey(route.module, 'zip'))
}

/** Of whom the checksum database may be asked, as the upstreams are now. */
export function sumdbAudience(
  { sumdbHosts }: Pick<GatewayOptions, 'sumdbHosts'>,
  upstreams: () => readonly Candidate[],
): Pick<SumdbWorld, 'proxies' | 'sources' | 'mayPassOn'> {
  return {
    proxies: () =>
      upstreams()
        .filter(({ trust, configured }) => trust === 'own' || configured)
        .flatMap(upstream => upstream.list.entries.map(entry => ({ kind: 'proxy', upstream, entry }) as const)),
    sources: () => [
      ...sumdbHosts.map((url): SumdbSource => ({ kind: 'host', url })),
      ...upstreams()
        .filter(({ trust, configured }) => trust === 'official' && !configured)
        .map((upstream): SumdbSource => ({ kind: 'upstream', upstream })),
    ],
    // Whoever has none but proxies of their own has not said that the world may hear of their modules.
    mayPassOn: () => upstreams().some(({ trust }) => trust !== 'own'),
  }
}

/** Whether a proxy has the database is no more than a word; a named one that is silent is not waited for. */
const SUPPORTED_MS = 3_000

/**
 * Asks one source for one file of the database of this name. @param patient as long as an only proxy may be silent
 */
export function askSumdb(
  source: SumdbSource,
  request: string,
  name: string,
  patient: boolean,
  { deadlines, transport }: Pick<GatewayOptions, 'deadlines' | 'transport'>,
  signal: AbortSignal,
): Promise<Outcome> {
  const how = { deadlines, maxBytes: 1 << 20, publicUpstream: true, signal }
  if (source.kind === 'host') return fetchObject(`${source.url}/${request}`, how, transport)
  const { upstream } = source
  const list = source.kind === 'proxy' ? { entries: [source.entry], ending: undefined } : upstream.list
  const publicUpstream = upstream.trust !== 'own'
  const isAside = request === 'supported' && !upstream.configured
  const sendMs = isAside ? Math.min(SUPPORTED_MS, deadlines.headMs) : deadlines.headMs
  const headMs = patient ? UNHEARD_FACTOR * deadlines.headMs : sendMs
  const options = { ...how, deadlines: { ...deadlines, sendMs, headMs }, publicUpstream }
  return fetchFromList(list, `sumdb/${name}/${request}`, options, transport)
}
