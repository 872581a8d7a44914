import { normalizeProxyUrl } from '../go/goproxy.ts'
import { sumKey } from '../go/gosum.ts'
import type { ModuleVersion } from '../go/module.ts'
import { covers, type Place, placeOfUrl } from '../places/place.ts'
import type { CacheFile } from './select.ts'

/** Evidence that the module cache holds only public modules. Modules are named as `moduleKey` does. */
export interface Evidence {
  /** Targets that lay in the module cache before this step. */
  readonly before: ReadonlySet<string>
  /** Modules of which an open proxy gave a zip or go.mod in this step. */
  readonly given: ReadonlySet<string>
  /** Modules of which an entry had a file: what is stored already discloses nothing new. */
  readonly restored: ReadonlySet<string>
  /** Modules that the public checksum database knows, by a record that go verified and kept. */
  readonly recorded: ReadonlySet<string>
  /** One of the job's proxies is not open: what lay there before may have come from it. */
  readonly closedProxy: boolean
  /** What go has cloned into this module cache. */
  readonly repositories: Repositories
  /** The repository that a module's `.info` names; null: it names none. Without an `.info`: not in it. */
  readonly origins: ReadonlyMap<string, string | null>
}

export interface Repositories {
  readonly urls: ReadonlySet<string>
  /** All of them are of git, for which go writes the repository's URL into `.info`. */
  readonly toldInInfo: boolean
}

export function moduleKey({ path, version }: ModuleVersion): string {
  return `${path}@${version}`
}

/**
 * Separates what may be stored from modules that may be private though no pattern says so: a public name can lead to a
 * repository that only this job's credentials open. What comes from a repository itself, or from a proxy that wants a
 * login, is public only if another source says so.
 * @param files those that lie in the module cache
 */
export function partByProvenance(
  files: readonly CacheFile[],
  evidence: Evidence,
): { readonly open: readonly CacheFile[]; readonly unvouched: ReadonlySet<string> } {
  // go asks for an `.info` that nothing but `go mod download` needs, long after it has the rest.
  const fresh = new Set(
    files
      .filter(({ kind, target }) => kind !== 'info' && !evidence.before.has(target))
      .map(({ module }) => moduleKey(module)),
  )
  const unvouched = new Set(
    files
      .map(({ module }) => moduleKey(module))
      .filter(key => !isVouchedFor(key, evidence) && (fresh.has(key) || !cameFromProxy(key, evidence))),
  )
  return { open: files.filter(({ module }) => !unvouched.has(moduleKey(module))), unvouched }
}

export function isVouchedFor(key: string, { given, restored, recorded }: Evidence): boolean {
  return given.has(key) || restored.has(key) || recorded.has(key)
}

/** Whether what was there before is no repository's: go clones each one that it takes a module from, and keeps it. */
function cameFromProxy(key: string, { closedProxy, repositories, origins }: Evidence): boolean {
  if (closedProxy) return false
  if (repositories.urls.size === 0) return true
  const origin = origins.get(key)
  if (origin === undefined) return false
  return origin === null ? repositories.toldInInfo : !repositories.urls.has(origin)
}

/** What says which proxies are open. */
export interface Access {
  readonly privateProxy: string | undefined
  /** Places that a secret of this job is for. */
  readonly logins: readonly Place[]
  /** GOAUTH names a command, which may have a login for any https proxy. */
  readonly otherLogins: boolean
  /** Google's, and the presets' mirrors: what they serve is public. */
  readonly isPublic: (url: string) => boolean
}

/** Whether a proxy serves its modules to every client that reaches it. @param url as in GOPROXY */
export function isOpenProxy(url: string, { privateProxy, logins, otherLogins, isPublic }: Access): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, username, password } = new URL(url)
  if (username !== '' || password !== '') return false
  if (privateProxy !== undefined && normalizeProxyUrl(url) === normalizeProxyUrl(privateProxy)) return false
  if (isPublic(url)) return true
  const place = placeOfUrl(url)
  const hasLogin = place !== undefined && logins.some(login => covers(login, place) || covers(place, login))
  return !hasLogin && !(otherLogins && protocol === 'https:')
}

/** Whether a record of the checksum database is about just this content. Source: golang.org/design/25530-sumdb, lookup. */
export function isRecordOf(record: string, file: CacheFile): boolean {
  return (
    file.hash !== undefined &&
    record.split('\n').includes(`${sumKey(file.module, file.kind === 'zip' ? 'zip' : 'mod')} ${file.hash}`)
  )
}

/** `git3:https://host/repository`: what go writes beside a clone in `cache/vcs`. Source: modfetch/codehost.WorkDir. */
export function readRepositories(infos: readonly string[]): Repositories {
  const parts = infos.map(info => /^([a-z]+)\d*:(.+)$/s.exec(info.trim()))
  return {
    urls: new Set(parts.map((match, i) => match?.[2] ?? infos[i] ?? '')),
    toldInInfo: parts.every(match => match?.[1] === 'git'),
  }
}

/** The repository that an `.info` names; null: it names none; undefined: it is no `.info`. */
export function readOrigin(info: string): string | null | undefined {
  try {
    const { Origin } = JSON.parse(info) as { readonly Origin?: { readonly URL?: unknown } }
    return typeof Origin?.URL === 'string' ? Origin.URL : null
  } catch {
    return undefined
  }
}
