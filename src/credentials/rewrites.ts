import { closest, httpsUrl, type Place, placeOfModule, showPlace } from '../places/place.ts'
import type { Rewrite } from './git-config.ts'
import { type GitUrl, parseGitUrl } from './git-url.ts'
import { type Layouts, serverOf } from './layouts.ts'
import { type Claim, isSamePlace, type Owner, ownerOf, toOwner, urlFor, urlLedTo } from './owners.ts'

/** What the user's configuration would do, and ours does not. */
export interface Overruled {
  readonly from: GitUrl
  readonly to: GitUrl
  /** Whose place it is. */
  readonly claim: Claim
}

export interface PlannedRewrites {
  readonly rewrites: readonly Rewrite[]
  readonly overruled: readonly Overruled[]
}

/**
 * Which URLs go's git rewrites. A place with a token is reached by https: the forms of ssh become https, and https stays
 * https. A place with a key is reached by ssh under the key's alias. Every other URL is what it would be without us.
 *
 * git rewrites a URL once. So where the user rewrites a place of ours to a place of ours, both rewrites are made in one;
 * where it would lead to a place that nothing is given for, it is overruled.
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
  layouts: Layouts,
): PlannedRewrites {
  const all = claims.map(claim => toOwner(claim, layouts))
  const places = all.filter(({ claim }) => claim.kind === 'token' || claim.onlyLed !== true)
  // A key was given to be used, so it goes before a token for the same place, which may be meant for module pages.
  const sorted = [
    ...places.filter(({ claim }) => claim.kind === 'key'),
    ...places.filter(({ claim }) => claim.kind === 'token'),
  ]
  const owners = sorted.filter(place => closest(sorted, place) === place)
  const overruled = new Map<string, Overruled>()
  const targets: Targets = {
    within(owner, url, text) {
      const led = rewriteAsUser(url, users)
      const to = led && parseGitUrl(led.url)
      const next = to && ownerOf(to, all, layouts)
      if (to !== undefined && next !== undefined) return urlLedTo(next, to)
      const [theirs, target] = [led && parseGitUrl(led.from), led && parseGitUrl(led.to)]
      if (led !== undefined && theirs !== undefined && target !== undefined && !isSamePlace(theirs, target, layouts))
        overruled.set(led.from, { from: theirs, to: target, claim: owner.claim })
      return urlFor(owner, text)
    },
    elsewhere(place, url, text) {
      const owner = closest(owners, place)
      return owner === undefined ? (rewriteAsUser(url, users)?.url ?? url) : targets.within(owner, url, text)
    },
  }
  const entries = [
    ...owners.flatMap(owner => entriesOf(owner, startsOf(owner, users), targets)),
    ...knownEntries(owners, expandKnown(known, layouts), targets),
    ...overrulingEntries(owners, users, targets),
    ...all.flatMap(owner => entriesOf(owner, { whole: ledStarts(owner, users, layouts), ending: [] }, targets)),
    ...ledEntries(all, users, layouts),
    ...all.flatMap(owner => entriesOf(owner, ownStarts(owner, layouts), targets)),
  ]
  return { rewrites: groupByTarget(entries), overruled: [...overruled.values()] }
}

/** One beginning of a URL and what it becomes. */
interface Entry {
  readonly from: string
  readonly to: string
}

interface Targets {
  /** What a URL of this owner becomes. @param url as it is written  @param text its path, as module paths have it */
  readonly within: (owner: Owner, url: string, text: string) => string
  /** The same where the place may be another's. */
  readonly elsewhere: (place: Place, url: string, text: string) => string
}

/** What a name can go on with, in paths of hosts that go knows; `/` ends it. Source: cmd/go, vcsPaths. */
const NAME_CHARACTERS = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~+']

function entriesOf(owner: Owner, { whole, ending }: Starts, { within, elsewhere }: Targets): readonly Entry[] {
  const { path } = owner
  const ours = (starts: readonly UrlStart[], texts: readonly string[]) =>
    texts.flatMap(text => urlsOf(owner, starts, text).map(from => ({ from, to: within(owner, from, text) })))
  if (path === '') return ours([...whole, ...ending], [''])
  const namesakes = [path, `${path}.git`].flatMap(name => NAME_CHARACTERS.map(next => name + next))
  return [
    ...ours(whole, [path, `${path}/`, `${path}.git`]),
    ...ours(ending, [`${path}/`, `${path}.git`]),
    ...namesakes.flatMap(text =>
      urlsOf(owner, whole, text).map(from => ({ from, to: elsewhere({ ...owner, path: text }, from, text) })),
    ),
  ]
}

/** An owner ends with a slash, so that `acme` is not `acme-labs`; what is deeper lies in the claim however it goes on. */
function knownEntries(owners: readonly Owner[], known: readonly Place[], { within }: Targets): readonly Entry[] {
  return known.flatMap(place => {
    const owner = closest(owners, place)
    if (owner === undefined || owner.path === place.path) return []
    const { path } = place
    const { httpsPath, sshPath } = owner.layout
    // A layout may have something behind the slash, for all repositories that are there, or nothing before it.
    const goesOn = httpsPath(`${path}/`) !== `${httpsPath(path)}/`
    const begins = sshPath(`${path}/`) !== `${sshPath(path)}/`
    const isDeep = path.includes('/') && !begins
    const texts = [...(isDeep ? [path] : []), ...(goesOn || !isDeep ? [`${path}/`] : [])]
    return texts.flatMap(text =>
      urlsOf(owner, allStarts(owner), text).map(from => ({ from, to: within(owner, from, text) })),
    )
  })
}

/** Every path on the way to a known one: `a/b` for host `h` gives `a` and `a/b`. */
function expandKnown(known: readonly string[], layouts: Layouts): readonly Place[] {
  const all = known.flatMap(text => {
    const segments = text.split('/')
    return segments.slice(1).map((_, i) => {
      const place = placeOfModule(segments.slice(0, i + 2).join('/'))
      return { ...place, path: layouts(place.host).fromHttps(place.path) }
    })
  })
  return [...new Map(all.map(place => [showPlace(place), place])).values()]
}

/** Where the user rewrites a place of ours as a whole, or a part of it. */
function overrulingEntries(owners: readonly Owner[], users: readonly Rewrite[], { within }: Targets): readonly Entry[] {
  return users
    .flatMap(({ from }) => from)
    .flatMap(theirs =>
      owners.flatMap(owner =>
        allStarts(owner)
          .filter(({ url }) => theirs.startsWith(url))
          .flatMap(({ url, over }) => {
            const text = owner.layout[over === 'https' ? 'fromHttps' : 'fromSsh'](theirs.slice(url.length))
            const place = { ...owner, path: text.replace(/(\.git)?\/?$/, '') }
            if (closest(owners, place) !== owner) return []
            // A name of ours as a whole cannot be made longer, nor may its namesakes become ours.
            const goesOn = text === '' || text.endsWith('/') || place.path !== owner.path
            return [...(goesOn ? NAME_CHARACTERS : []), ...(/(^|\/)$/.test(text) ? [] : ['/', '.git'])].map(next => ({
              from: theirs + next,
              to: within(owner, theirs + next, text + next),
            }))
          }),
      ),
    )
}

/** Rewrites of the user's that lead to a key's place, from wherever: git would take no second one to the key. */
function ledEntries(owners: readonly Owner[], users: readonly Rewrite[], layouts: Layouts): readonly Entry[] {
  const theirs = users.flatMap(({ from }) => from).filter(url => parseGitUrl(url) !== undefined)
  return theirs.flatMap(url =>
    [...NAME_CHARACTERS, ...(/[/:]$/.test(url) ? [] : ['/', '.git'])].flatMap(next => {
      const from = url + next
      const to = parseGitUrl(rewriteAsUser(from, users)?.url ?? '')
      const owner = to && ownerOf(to, owners, layouts)
      return to !== undefined && owner?.claim.kind === 'key' ? [{ from, to: urlLedTo(owner, to) }] : []
    }),
  )
}

/** How URLs of a host begin, up to the path. */
interface UrlStart {
  readonly url: string
  readonly over: 'https' | 'ssh'
  /** What of the path the beginning stands for already. */
  readonly cut?: string
}

interface Starts {
  /** Those of which a repository's name is taken as a whole, also without `.git` behind it. */
  readonly whole: readonly UrlStart[]
  readonly ending: readonly UrlStart[]
}

/** The beginnings of URLs that lead there. @param text the beginning of a path, as module paths have it */
function urlsOf({ layout }: Owner, starts: readonly UrlStart[], text: string): readonly string[] {
  return starts.flatMap(({ url, over, cut = '' }) => {
    const written = over === 'https' ? [...new Set([layout.httpsPath(text), text])] : [layout.sshPath(text)]
    return written.flatMap(path => (path.startsWith(cut) ? [url + path.slice(cut.length)] : []))
  })
}

/**
 * go makes https URLs of module paths, and reads others from pages. The entries that a whole name takes are many, and
 * every git that go starts reads them: a token has them only where the user's rewrites would lead its URLs elsewhere.
 */
function startsOf({ claim, host, layout }: Owner, users: readonly Rewrite[]): Starts {
  const key = claim.kind === 'key'
  const port = key ? (claim.place.port ?? layout.sshPort) : undefined
  const https: UrlStart = { over: 'https', url: key ? `https://${host}/` : httpsUrl({ ...claim.place, path: '' }) }
  const ssh = layout.sshHost
  const [page = '', ...others] = [
    ...(port === undefined ? [] : [`ssh://git@${ssh}:${port}/`, `ssh://${ssh}:${port}/`]),
    `ssh://git@${ssh}/`,
    `git@${ssh}:`,
    `ssh://git@${ssh}:22/`,
    `git+ssh://git@${ssh}/`,
    `ssh://${ssh}/`,
  ]
  const overSsh = (urls: readonly string[]) => urls.map((url): UrlStart => ({ url, over: 'ssh' }))
  if (key) return { whole: [https, ...overSsh([page])], ending: overSsh(others) }
  const touched = users
    .flatMap(({ from }) => from)
    .some(from => https.url.startsWith(from) || from.startsWith(https.url))
  const ending = overSsh([page, ...others])
  return touched ? { whole: [https], ending } : { whole: [], ending: [https, ...ending] }
}

function allStarts(owner: Owner): readonly UrlStart[] {
  const { whole, ending } = startsOf(owner, [])
  return [...whole, ...ending]
}

/** Of a key for a name or port that no module path has: pages can name it. */
function ownStarts({ claim }: Owner, layouts: Layouts): Starts {
  if (claim.kind !== 'key' || claim.onlyLed !== true) return { whole: [], ending: [] }
  const { host, port } = serverOf(claim.place, layouts)
  const urls = port === undefined ? [] : [`ssh://git@${host}:${port}/`]
  return { whole: urls.map((url): UrlStart => ({ url, over: 'ssh' })), ending: [] }
}

/** Beginnings of URLs, of any host, that the user's rewrites lead to a key's, where its path goes on behind them. */
function ledStarts(owner: Owner, users: readonly Rewrite[], layouts: Layouts): readonly UrlStart[] {
  const { claim, layout, path } = owner
  if (claim.kind !== 'key' || path === '') return []
  return users.flatMap(({ to, from }) => {
    const target = parseGitUrl(to)
    if (target === undefined || target.over !== 'ssh') return []
    const cut = target.path
    const whole = layout.sshPath(path)
    const next = ownerOf({ ...target, path: whole }, [owner], layouts)
    return next === undefined || !whole.startsWith(cut) ? [] : from.map((url): UrlStart => ({ url, over: 'ssh', cut }))
  })
}

/** As git does; undefined: nothing fits. Source: git, alias_url in remote.c. */
export function rewriteAsUser(url: string, users: readonly Rewrite[]) {
  const fitting = users.flatMap(({ to, from }) =>
    from.filter(start => url.startsWith(start)).map(start => ({ from: start, to })),
  )
  const best = fitting.reduce<(typeof fitting)[number] | undefined>(
    (longest, one) => (longest === undefined || one.from.length > longest.from.length ? one : longest),
    undefined,
  )
  return best && { ...best, url: best.to + url.slice(best.from.length) }
}

/** The first of several entries for one beginning counts, as in git. */
function groupByTarget(entries: readonly Entry[]): readonly Rewrite[] {
  const first = new Map<string, string>()
  for (const { from, to } of entries) if (!first.has(from)) first.set(from, to)
  const groups = new Map<string, string[]>()
  for (const [from, to] of first) groups.set(to, [...(groups.get(to) ?? []), from])
  return [...groups].map(([to, from]) => ({ to, from }))
}
