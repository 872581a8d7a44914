import { join } from 'node:path'
import type { Candidates } from '../candidates/candidate.ts'
import type { Environment } from '../effects.ts'
import { type GoproxyEntry, normalizeProxyUrl, printGoproxy, redactGoproxy } from '../go/goproxy.ts'
import type { GoSettings } from '../settings/settings.ts'

/** The user's proxies, in the order in which they are asked, and which of them plain go has. */
export interface DrillChain {
  /** One for each front; logins and signatures hidden. */
  readonly names: readonly string[]
  readonly entries: readonly GoproxyEntry[]
  /** Of `entries`: how many plain go would have in GOPROXY. The others stand by for us alone. */
  readonly plainCount: number
  /** Whether GOPROXY itself holds them, so that we are told of them there too. */
  readonly isPolicy: boolean
}

/**
 * Which proxies fronts stand for. Where GOPROXY is Go's default, plain go has the official proxy alone. Proxies that were
 * named are separated by commas for plain go, as most people write them.
 */
export function chainOf({ list, mode }: Candidates): DrillChain {
  const entries = new Map<string, GoproxyEntry>()
  for (const entry of list.flatMap(candidate => candidate.list.entries)) {
    const key = normalizeProxyUrl(entry.url)
    if (!entries.has(key)) entries.set(key, mode === 'policy' ? entry : { ...entry, separator: ',' })
  }
  const all = [...entries.values()]
  return {
    names: all.map(({ text }) => redactGoproxy(text)),
    entries: all,
    plainCount: mode === 'default' ? 1 : all.length,
    isPolicy: mode === 'policy',
  }
}

/** GOPROXY for plain go: fronts in the places of the proxies. `off` ends it, so that nothing leaves this machine. */
export function plainGoproxy({ entries, plainCount }: DrillChain, urls: readonly string[]): string {
  const fronts = entries.slice(0, plainCount).map((entry, i) => ({ ...entry, text: urls[i] ?? '', url: urls[i] ?? '' }))
  return printGoproxy({ entries: fronts, ending: 'off' })
}

/** What a child may know of the user's environment: where programs are, the language, limits; no login, no token. */
const KEPT =
  /^(PATH|PATHEXT|SYSTEMROOT|WINDIR|COMSPEC|TMPDIR|TEMP|TMP|LANG|LC_\w+|TZ|GOMAXPROCS|GODEBUG|GO_PROXY_SETUP_POLICY)$/i

/** What both runs of a line have in common. */
export interface DrillPlace {
  /** Ours, for one run. */
  readonly directory: string
  /** Ours, for all runs. */
  readonly home: string
  readonly goproxy: string
  /** Patterns of the modules that no proxy is asked for; they are in the module cache already. */
  readonly privatePatterns: string
  /** A file with the fronts' certificates, where they speak TLS. */
  readonly certificates: string | undefined
}

/**
 * The environment of a run. Home, caches and logins are those of the drill: nothing of the user's is read or written, and
 * no repository is asked.
 */
export function drillEnvironment(
  env: Environment,
  { goroot }: Pick<GoSettings, 'goroot'>,
  place: DrillPlace,
): Environment {
  const { directory, home, goproxy, privatePatterns, certificates } = place
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => KEPT.test(name)))
  const path = Object.keys(kept).find(name => name.toUpperCase() === 'PATH') ?? 'PATH'
  const separator = /^[A-Za-z]:[\\/]/.test(goroot) ? ';' : ':'
  return {
    ...kept,
    [path]: [join(goroot, 'bin'), ...(kept[path] ? [kept[path]] : [])].join(separator),
    ...Object.fromEntries(HOMES.map(name => [name, home])),
    GOENV: 'off',
    GOPATH: join(directory, 'gopath'),
    GOMODCACHE: moduleCacheOf(directory),
    GOCACHE: join(directory, 'gocache'),
    GOFLAGS: '-modcacherw',
    GOTOOLCHAIN: 'local',
    GOWORK: 'off',
    GOPROXY: goproxy,
    GOPRIVATE: privatePatterns,
    // go.sum decides; the checksum database is not on this machine.
    GOSUMDB: 'off',
    GOAUTH: 'off',
    GOVCS: '*:off',
    ...(certificates !== undefined && { SSL_CERT_FILE: certificates, SSL_CERT_DIR: join(directory, 'none') }),
  }
}

const HOMES = ['HOME', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME']

export function moduleCacheOf(directory: string): string {
  return join(directory, 'modcache')
}
