import { join } from 'node:path'
import type { Files } from '../effects.ts'
import type { GatewayEvent } from '../gateway/telling/events.ts'
import { parseObjectPath } from '../go/escape.ts'
import { clonesPath, downloadPath } from '../go/module-cache.ts'
import {
  type Evidence,
  isRecordOf,
  isVouchedFor,
  moduleKey,
  type Repositories,
  readOrigin,
  readRepositories,
} from './provenance.ts'
import type { CacheFile } from './select.ts'

/** Where what arrived in this step came from. */
export interface Sources {
  /** What the gateway did; empty: there was none. */
  readonly events: readonly GatewayEvent[]
  /** What go itself was answered with 200, by target, with the proxy as in GOPROXY. */
  readonly answered: ReadonlyMap<string, string>
  readonly isOpen: (proxy: string) => boolean
  /** Proxies that sent wrong content: they may say that they have everything. */
  readonly liars: readonly string[]
}

/** Modules of which an open proxy gave what go.sum vouches for. */
export function findGiven({ events, answered, isOpen, liars }: Sources): ReadonlySet<string> {
  const fromGateway = events.flatMap(event => {
    const served = event.kind === 'placed' || (event.kind === 'served' && event.status === 200)
    return served ? [[event.target, proxiesOf(event)] as const] : []
  })
  const fromGo = [...answered].map(([target, proxy]) => [target, [proxy]] as const)
  return new Set(
    [...fromGateway, ...fromGo].flatMap(([target, proxies]) => {
      // Nothing verifies what an `.info` says.
      const module = target.endsWith('.info') ? undefined : parseObjectPath(target)
      const open = proxies.length > 0 && proxies.every(proxy => isOpen(proxy) && !liars.includes(proxy))
      return module !== undefined && open ? [moduleKey(module)] : []
    }),
  )
}

/** The proxies that it may have come from: of a list, each entry. */
function proxiesOf({ from, via }: Pick<Extract<GatewayEvent, { kind: 'served' }>, 'from' | 'via'>): readonly string[] {
  return via !== undefined ? [via] : (from?.list.entries ?? []).map(({ url }) => url)
}

/** The public checksum database, by all its addresses. Others do not say who may read a module. */
const PUBLIC_DATABASE = 'sum.golang.org'

/**
 * Looks into the module cache for what the run itself does not show, as far as that matters.
 * @param files those that lie in the module cache
 */
export async function findEvidence(
  files: readonly CacheFile[],
  known: Omit<Evidence, 'recorded' | 'repositories' | 'origins'>,
  gomodcache: string,
  world: Pick<Files, 'list' | 'readText'>,
): Promise<Evidence> {
  const nothing: Evidence = { ...known, recorded: new Set(), origins: new Map(), repositories: readRepositories([]) }
  const open = files.filter(({ module }) => !isVouchedFor(moduleKey(module), nothing))
  if (open.length === 0) return nothing
  const recorded = new Set<string>()
  const origins = new Map<string, string | null>()
  const repositories = await findRepositories(clonesPath(gomodcache), world)
  for (const file of open) {
    const base = /^(.+)\/@v\/([^/]+)\.(?:info|mod|zip)$/.exec(file.target)
    const key = moduleKey(file.module)
    if (file.kind === 'info') {
      const origin = readOrigin((await read(downloadPath(gomodcache, file.target), world)) ?? '')
      if (origin !== undefined) origins.set(key, origin)
    } else if (base !== null && !recorded.has(key)) {
      const lookup = ['sumdb', PUBLIC_DATABASE, 'lookup', `${base[1]}@${base[2]}`]
      const record = await read(downloadPath(gomodcache, ...lookup), world)
      if (record !== undefined && isRecordOf(record, file)) recorded.add(key)
    }
  }
  return { ...known, recorded, repositories, origins }
}

async function findRepositories(directory: string, world: Pick<Files, 'list' | 'readText'>): Promise<Repositories> {
  const clones = (await world.list(directory)).filter(({ kind }) => kind === 'directory')
  // A clone without its file could be any module's.
  return readRepositories(
    await Promise.all(clones.map(async ({ name }) => (await read(join(directory, `${name}.info`), world)) ?? '')),
  )
}

/** What cannot be read says nothing. */
function read(path: string, { readText }: Pick<Files, 'readText'>): Promise<string | undefined> {
  return readText(path).catch(() => undefined)
}
