import { closest, httpsUrl, type Place, placeOfModule, showPlace } from '../places/place.ts'
import type { Rewrite } from './git-config.ts'

/** A place that a token or a key was given for. */
export type Claim =
  | { readonly kind: 'token'; readonly place: Place }
  /** @param alias the host name that makes ssh take this key */
  | { readonly kind: 'key'; readonly place: Place; readonly alias: string }

/** A claim by its host alone: rewrites know no port but the one that they lead to. */
type Owner = Place & { readonly claim: Claim }

/**
 * Which URLs go's git rewrites. A place with a token is reached by https whatever the user's configuration says: the
 * forms of ssh become https, and https stays https. A place with a key is reached by ssh under the key's alias. Every
 * other URL is what it would be without us.
 *
 * git compares beginnings, takes the longest that fits, and of equals the one that it read first, which is the user's.
 * So a repository's name needs an entry for every name that begins like it, and where the user rewrites within a place
 * of ours, longer entries than theirs are needed: one for each character that may come next.
 *
 * @param known `host/path` of modules and patterns; each counts for the claim that says most about it. They hold
 *   against rewrites, too, that a later step configures.
 * @param users the user's own
 */
export function planRewrites(
  claims: readonly Claim[],
  known: readonly string[],
  users: readonly Rewrite[],
): readonly Rewrite[] {
  const places = claims.map((claim, i) => ({ ...claim.place, port: undefined, claim, i }))
  // A key was given to be used, so it goes before a token for the same place, which may be meant for module pages.
  places.sort((a, b) => (a.claim.kind === b.claim.kind ? a.i - b.i : a.claim.kind === 'key' ? -1 : 1))
  const owners = places.filter(place => closest(places, place) === place)
  const target = (start: string, place: Place, text: string) => {
    const owner = closest(owners, place)
    return owner === undefined ? rewriteAsUser(start + text, users) : urlFor(owner.claim, text)
  }
  const entries = [
    ...owners.flatMap(owner => entriesOf(owner, startsOf(owner.claim, users), target)),
    ...knownEntries(owners, known),
    ...overrulingEntries(owners, users),
  ]
  return groupByTarget(entries)
}

/** One beginning of a URL and what it becomes. */
interface Entry {
  readonly from: string
  readonly to: string
}

type Target = (start: string, place: Place, text: string) => string

/** What a name can go on with, in paths of hosts that go knows; `/` ends it. Source: cmd/go, vcsPaths. */
const NAME_CHARACTERS = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~+']

function entriesOf(owner: Owner, { whole, ending }: Starts, target: Target): readonly Entry[] {
  const { claim, path } = owner
  if (path === '') return [...whole, ...ending].map(start => ({ from: start, to: urlFor(claim, '') }))
  const ours = [
    ...[path, `${path}/`, `${path}.git`].flatMap(text => whole.map(start => ({ start, text }))),
    ...[`${path}/`, `${path}.git`].flatMap(text => ending.map(start => ({ start, text }))),
  ]
  const namesakes = [path, `${path}.git`].flatMap(name => NAME_CHARACTERS.map(next => name + next))
  return [
    ...ours.map(({ start, text }) => ({ from: start + text, to: urlFor(claim, text) })),
    ...namesakes.flatMap(text =>
      whole.map(start => ({ from: start + text, to: target(start, { ...owner, path: text }, text) })),
    ),
  ]
}

/** An owner ends with a slash, so that `acme` is not `acme-labs`; what is deeper lies in the claim however it goes on. */
function knownEntries(owners: readonly Owner[], known: readonly string[]): readonly Entry[] {
  return expandKnown(known).flatMap(place => {
    const owner = closest(owners, place)
    if (owner === undefined || owner.path === place.path) return []
    const text = place.path.includes('/') ? place.path : `${place.path}/`
    return allStarts(owner.claim).map(start => ({ from: start + text, to: urlFor(owner.claim, text) }))
  })
}

/** Every path on the way to a known one: `a/b` for host `h` gives `a` and `a/b`. */
function expandKnown(known: readonly string[]): readonly Place[] {
  const all = known.flatMap(text => {
    const segments = text.split('/')
    return segments.slice(1).map((_, i) => placeOfModule(segments.slice(0, i + 2).join('/')))
  })
  return [...new Map(all.map(place => [showPlace(place), place])).values()]
}

/** Where the user rewrites a place of ours as a whole, or a part of it. */
function overrulingEntries(owners: readonly Owner[], users: readonly Rewrite[]): readonly Entry[] {
  return users
    .flatMap(({ from }) => from)
    .flatMap(theirs =>
      owners.flatMap(owner =>
        allStarts(owner.claim)
          .filter(start => theirs.startsWith(start))
          .flatMap(start => {
            const text = theirs.slice(start.length)
            const place = { ...owner, path: text.replace(/(\.git)?\/?$/, '') }
            if (closest(owners, place) !== owner) return []
            // A name of ours as a whole cannot be made longer, nor may its namesakes become ours.
            const goesOn = text === '' || text.endsWith('/') || place.path !== owner.path
            return [...(goesOn ? NAME_CHARACTERS : []), ...(/(^|\/)$/.test(text) ? [] : ['/', '.git'])].map(next => ({
              from: start + text + next,
              to: urlFor(owner.claim, text + next),
            }))
          }),
      ),
    )
}

/** How URLs of a host begin. */
interface Starts {
  /** Those of which a repository's name is taken as a whole, also without `.git` behind it. */
  readonly whole: readonly string[]
  readonly ending: readonly string[]
}

/**
 * go makes https URLs of module paths, and reads others from pages. The entries that a whole name takes are many, and
 * every git that go starts reads them: a token has them only where the user's rewrites would lead its URLs elsewhere.
 */
function startsOf(claim: Claim, users: readonly Rewrite[]): Starts {
  const { host, port } = claim.place
  const key = claim.kind === 'key'
  const https = key ? `https://${host}/` : httpsUrl({ host, port, path: '' })
  const page = `ssh://git@${host}/`
  const others = [
    `git@${host}:`,
    `ssh://git@${host}:${(key && port) || 22}/`,
    `git+ssh://git@${host}/`,
    `ssh://${host}/`,
  ]
  if (key) return { whole: [https, page], ending: others }
  const touched = users.flatMap(({ from }) => from).some(from => https.startsWith(from) || from.startsWith(https))
  return touched ? { whole: [https], ending: [page, ...others] } : { whole: [], ending: [https, page, ...others] }
}

function allStarts(claim: Claim): readonly string[] {
  const { whole, ending } = startsOf(claim, [])
  return [...whole, ...ending]
}

function urlFor(claim: Claim, text: string): string {
  const { host, port } = claim.place
  return claim.kind === 'key' ? `ssh://git@${claim.alias}/${text}` : httpsUrl({ host, port, path: text })
}

/** As git does. Source: git, alias_url in remote.c. */
function rewriteAsUser(url: string, users: readonly Rewrite[]): string {
  const fitting = users.flatMap(({ to, from }) =>
    from.filter(start => url.startsWith(start)).map(start => ({ start, to })),
  )
  const best = fitting.reduce<(typeof fitting)[number] | undefined>(
    (longest, one) => (longest === undefined || one.start.length > longest.start.length ? one : longest),
    undefined,
  )
  return best === undefined ? url : best.to + url.slice(best.start.length)
}

/** The first of several entries for one beginning counts, as in git. */
function groupByTarget(entries: readonly Entry[]): readonly Rewrite[] {
  const first = new Map<string, string>()
  for (const { from, to } of entries) if (!first.has(from)) first.set(from, to)
  const groups = new Map<string, string[]>()
  for (const [from, to] of first) groups.set(to, [...(groups.get(to) ?? []), from])
  return [...groups].map(([to, from]) => ({ to, from }))
}
