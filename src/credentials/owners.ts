import { closest, httpsUrl, type Place } from '../places/place.ts'
import type { GitUrl } from './git-url.ts'
import { type Layout, type Layouts, placeOfSsh, serverOf } from './layouts.ts'

/** A place that a token or a key was given for. */
export type Claim =
  | { readonly kind: 'token'; readonly place: Place }
  /**
   * @param alias the host name that makes ssh take this key
   * @param onlyLed it has another port for a key that has a claim already: only rewrites of the user's lead here
   */
  | { readonly kind: 'key'; readonly place: Place; readonly alias: string; readonly onlyLed?: boolean }

/** A claim as module paths have it, by its host alone: rewrites know no port but the one that they lead to. */
export type Owner = Place & { readonly claim: Claim; readonly layout: Layout }

export function toOwner(claim: Claim, layouts: Layouts): Owner {
  const { host, path } = claim.kind === 'key' ? placeOfSsh(claim.place, layouts) : claim.place
  const layout = layouts(host)
  return { host, port: undefined, path: claim.kind === 'key' ? path : layout.fromHttps(path), claim, layout }
}

/** Whose place a URL leads to, whatever else leads there. */
export function ownerOf(url: GitUrl, owners: readonly Owner[], layouts: Layouts): Owner | undefined {
  const place = placeOfGitUrl(url, layouts)
  const fitting = owners.filter(({ claim }) => {
    const { port } = claim.place
    if (claim.kind === 'token') return url.over === 'https' ? port === url.port : (url.port ?? 22) === 22
    if (url.over === 'https') return url.port === undefined && claim.onlyLed !== true
    return url.port === undefined ? claim.onlyLed !== true : url.port === (serverOf(claim.place, layouts).port ?? 22)
  })
  // A key goes before a token for the same place.
  const keysFirst = [...fitting.filter(({ claim }) => claim.kind === 'key'), ...fitting]
  return closest(keysFirst, place)
}

/** Where a URL leads, as module paths have it, without a `.git` behind it. */
function placeOfGitUrl({ over, host, port, path }: GitUrl, layouts: Layouts): Place {
  const place = { host, port, path: path.replace(/^\/+|(\.git)?\/*$/g, '') }
  if (over === 'https') return { ...place, port: undefined, path: layouts(host).fromHttps(place.path) }
  const { host: name } = placeOfSsh(place, layouts)
  return { host: name, port: undefined, path: layouts(name).fromSsh(place.path) }
}

/** Two ways to one place: another protocol, another login, or the names that a great host has for ssh. */
export function isSamePlace(from: GitUrl, to: GitUrl, layouts: Layouts): boolean {
  // Of what lies there, for the beginning alone may be no place.
  const [left, right] = [from, to].map(url => placeOfGitUrl({ ...url, path: `${url.path}x` }, layouts)) as [
    Place,
    Place,
  ]
  return left.path === right.path && withoutSsh(left.host) === withoutSsh(right.host)
}

const withoutSsh = (host: string) => host.replace(/^(alt)?ssh\./, '')

/** @param text as module paths have it */
export function urlFor({ claim, layout }: Owner, text: string): string {
  if (claim.kind === 'key') return `ssh://git@${claim.alias}/${layout.sshPath(text)}`
  return httpsUrl({ ...claim.place, path: layout.httpsPath(text) })
}

/** The URL with which a rewrite of the user's ends, made the owner's. */
export function urlLedTo(owner: Owner, { over, user, path, isScpLike }: GitUrl): string {
  const { claim, layout } = owner
  const text = over === 'https' ? layout.fromHttps(path) : layout.fromSsh(path)
  if (claim.kind === 'token' || over === 'https') return urlFor(owner, text.replace(/^\/+/, ''))
  return isScpLike ? `${user ?? 'git'}@${claim.alias}:${path}` : `ssh://${user ?? 'git'}@${claim.alias}/${path}`
}
