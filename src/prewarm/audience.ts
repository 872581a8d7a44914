import type { Candidate, Trust } from '../candidates/candidate.ts'
import { normalizeProxyUrl, redactUrl } from '../go/goproxy.ts'
import { sumKey } from '../go/gosum.ts'
import { matchesPatterns } from '../go/patterns.ts'
import { trustOfProxy } from '../inputs/presets.ts'
import type { WantedObject } from '../objects/wanted.ts'

/** One proxy that is to have everything. */
export interface WarmTarget {
  /** What is shown: the URL without a login. */
  readonly name: string
  /** May hold a login. */
  readonly url: string
  readonly trust: Trust
  /** The names of the proxies that go asks after it for what it lacks, where GOPROXY says so. */
  readonly behind: readonly string[]
}

/** Which proxies are asked, and which of those that are named are not. */
export interface WarmTargets {
  readonly targets: readonly WarmTarget[]
  readonly leftOut: readonly LeftOutProxy[]
}

export interface LeftOutProxy {
  readonly name: string
  /** In plain words. */
  readonly why: string
}

/**
 * Every proxy by itself, each once: of a GOPROXY list the second is asked only for what the first lacks, but it has to stand
 * in for the first. Public ones need no warming, and asking them for everything is bad manners.
 * @param withPublic the user wants them asked all the same
 */
export function findTargets(candidates: readonly Candidate[], withPublic: boolean): WarmTargets {
  const targets = new Map<string, WarmTarget>()
  const leftOut = new Map<string, LeftOutProxy>()
  for (const { list, starts } of candidates) {
    if (starts === 'standby') continue
    const names = list.entries.map(({ url }) => redactUrl(url))
    for (const [i, { url }] of list.entries.entries()) {
      const key = normalizeProxyUrl(url)
      const name = redactUrl(url)
      const trust = trustOfProxy(url)
      if (!/^https?:/i.test(url)) leftOut.set(key, { name, why: 'it is a directory' })
      else if (trust !== 'own' && !withPublic) leftOut.set(key, { name, why: 'it is public' })
      else if (!targets.has(key)) targets.set(key, { name, url, trust, behind: names.slice(i + 1) })
    }
  }
  return { targets: [...targets.values()], leftOut: [...leftOut.values()] }
}

/** What decides which proxy may hear of which module. */
export interface WarmAudience {
  /** Modules that go asks no proxy for: GONOPROXY as it will be in force. */
  readonly noProxy: string
  /** Private modules, and those that look so: no public proxy hears of them. */
  readonly isSheltered: (modulePath: string) => boolean
  /** Line keys and hashes of go.sum. */
  readonly sums: ReadonlyMap<string, string>
}

/** Whether a proxy may be asked for a file. */
export function mayHear(
  { trust }: Pick<WarmTarget, 'trust'>,
  { module, kind }: WantedObject,
  { noProxy, isSheltered, sums }: WarmAudience,
): boolean {
  if (matchesPatterns(noProxy, module.path)) return false
  if (trust === 'own') return true
  if (isSheltered(module.path)) return false
  // A mirror is asked only for what can be checked.
  return trust === 'official' || sums.has(sumKey(module, kind === 'mod' ? 'mod' : 'zip'))
}
