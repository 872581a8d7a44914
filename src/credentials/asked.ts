import { modulesIn } from '../go/words.ts'
import { closest, placeOfModule, placeOfWebUrl } from '../places/place.ts'
import { type GitUrl, parseGitUrl } from './git-url.ts'
import { findLayouts, placeOfSsh } from './layouts.ts'
import { rewriteAsUser } from './rewrites.ts'
import { type AskedPlace, isPrivate, type KnownCredentials } from './tried.ts'

/** What stands behind the host's name in a name of ours: see aliases.ts. */
const ALIAS_END = /(?<=[\w-])\.go-proxy-setup-[0-9a-f]{8}-\d+/g

export function withoutAliases(text: string): string {
  return text.replace(ALIAS_END, '')
}

/** The first `path@version` whose path begins with a host. */
export function moduleIn(text: string): string | undefined {
  return modulesIn(text).find(({ module }) => /^[\w~-]+\.[^/@]/.test(module))?.module
}

// A server can write long lines: no two of a pattern's repetitions may take the same characters.
const SSH_URL = /\b(?:git\+)?ssh:\/\/[^\s'"]+|(?<![\w./@-])\w+@[\w-]+(?:\.[\w-]+)+:[\w.~-]+\/[\w.~/-]+/
const GIT_COMMAND =
  /(?:^|[:;] )git (?:-c \S+ )*(?:ls-remote|fetch) (?:-\S+ )*((?:https|ssh|git\+ssh):\/\/\S+|[\w.-]+@[\w.-]+:\S+)(?: |$)/

/** The URL in go's own words about a git that failed: `git fetch -f URL refs/… in DIRECTORY: exit status 128:`. */
function urlOfGit(text: string): string | undefined {
  for (const line of text.split('\n')) {
    const end = line.lastIndexOf(' in ')
    const url = end < 0 ? undefined : GIT_COMMAND.exec(line.slice(0, end))?.[1]
    if (url !== undefined) return url
  }
  return undefined
}

/** The repository, page or proxy that was asked; else the module says where. */
export function placeIn(words: string, known: KnownCredentials): AskedPlace | undefined {
  const text = withoutAliases(words)
  const module = moduleIn(text)?.split('@')[0]
  const ofModule = module === undefined ? undefined : placeOfModule(module)
  const byGit = urlOfGit(text)
  const led = byGit && parseGitUrl(rewriteAsUser(byGit, known.rewrites ?? [])?.url ?? byGit)
  if (led && led.over === 'ssh') return askedOverSsh(led, known)
  const [url] = webUrlsIn(text, known)
  const byAlias = text !== words
  const web = url === undefined ? undefined : placeOfWebUrl(url)
  if (web !== undefined) return { ...web, over: 'web', byAlias }
  const ssh = parseGitUrl(SSH_URL.exec(text)?.[0].replace(/[:,.]+$/, '') ?? '')
  if (ssh?.over === 'ssh') {
    const overSsh = { ...askedOverSsh(ssh, known), byAlias }
    // A banner can imitate ssh: a host that is neither the module's nor known is not taken from there.
    if (ofModule === undefined || overSsh.host === ofModule.host || isPrivate(overSsh, known)) return overSsh
  }
  return ofModule && { ...ofModule, over: 'web', byAlias }
}

function webUrlsIn(text: string, { own }: KnownCredentials): readonly string[] {
  const urls = [...text.matchAll(/\bhttps?:\/\/[^\s'"?]+/g)].map(([url]) => url.replace(/\.git\/?$|[:,.]+$/, ''))
  // Over http a gateway of ours is asked, too, which says nothing of the host behind it.
  return urls.filter(url => {
    const place = placeOfWebUrl(url)
    return place !== undefined && (url.startsWith('https:') || closest(own, place) !== undefined)
  })
}

function askedOverSsh({ host, port, path }: GitUrl, known: KnownCredentials): AskedPlace {
  const key = known.keys.find(({ alias }) => alias === host)
  const server = key?.server ?? { host, port: port === 22 ? undefined : port }
  const plain = { host: server.host, port: undefined, path: path.replace(/^\/+|(\.git)?\/*$/g, '') }
  const place = placeOfSsh(plain, findLayouts([], [], []))
  return { ...place, over: 'ssh', server, key, byAlias: key !== undefined }
}
