import { closest, httpsUrl, type Place, showPlace } from '../place.ts'
import type { Rewrite } from './git-config.ts'

/** A place that a token or a key was given for. */
export type Claim =
  | { readonly kind: 'token'; readonly place: Place }
  /** @param alias the host name that makes ssh take this key */
  | { readonly kind: 'key'; readonly place: Place; readonly alias: string }

/**
 * Which URLs go's git rewrites. A place with a token is reached by https whatever the user's configuration says: the
 * forms of ssh become https, and https stays https, which needs saying for each owner and repository, since a rewrite
 * of the whole host loses against the runner's own. A place with a key is reached by ssh under the key's alias.
 * @param known `host/path` of modules and patterns; each counts for the claim that says most about it
 */
export function planRewrites(claims: readonly Claim[], known: readonly string[]): readonly Rewrite[] {
  const places = claims.map((claim, i) => ({ ...claim.place, port: undefined, claim, i }))
  // A key was given to be used, so it goes before a token for the same place, which may be meant for module pages.
  places.sort((a, b) => (a.claim.kind === b.claim.kind ? a.i - b.i : a.claim.kind === 'key' ? -1 : 1))
  const own = places.filter(place => closest(places, place) === place)
  const inner = expandKnown(known).flatMap(place => {
    const owner = closest(own, place)
    return owner === undefined || owner.path === place.path ? [] : [{ claim: owner.claim, path: place.path }]
  })
  return own.flatMap(({ claim }) => [
    ...rewriteOwn(claim),
    ...inner.filter(entry => entry.claim === claim).map(({ path }) => rewrite(claim, withBoundary(path))),
  ])
}

/** Every path on the way to a known one: `a/b` for host `h` gives `a` and `a/b`. */
function expandKnown(known: readonly string[]): readonly Place[] {
  const all = known.flatMap(text => {
    const [host = '', ...segments] = text.split('/')
    return segments.map(
      (_, i): Place => ({ host: host.toLowerCase(), port: undefined, path: segments.slice(0, i + 1).join('/') }),
    )
  })
  return [...new Map(all.map(place => [showPlace(place), place])).values()]
}

/** An owner ends with a slash, so that `acme` is not `acme-labs`; what is deeper may be a repository, which does not. */
function withBoundary(path: string): string {
  return path.includes('/') ? path : `${path}/`
}

function rewriteOwn(claim: Claim): readonly Rewrite[] {
  const { path } = claim.place
  if (path === '') return [rewrite(claim, '')]
  // go clones `https://host/owner/repository`, so a key for one must take it in this form too.
  const bare = claim.kind === 'key' && path.includes('/') ? [path] : []
  return [...bare, `${path}/`, `${path}.git`].map(beginning => rewrite(claim, beginning))
}

function rewrite(claim: Claim, beginning: string): Rewrite {
  const { host, port } = claim.place
  const ssh = [
    `git@${host}:`,
    `ssh://git@${host}/`,
    `ssh://git@${host}:${(claim.kind === 'key' && port) || 22}/`,
    `git+ssh://git@${host}/`,
    `ssh://${host}/`,
  ]
  if (claim.kind === 'key') {
    const from = [`https://${host}/`, ...ssh].map(start => start + beginning)
    return { to: `ssh://git@${claim.alias}/${beginning}`, from }
  }
  const https = httpsUrl({ host, port, path: beginning })
  return { to: https, from: [https, ...ssh.map(start => start + beginning)] }
}
