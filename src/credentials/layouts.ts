import type { Place } from '../places/place.ts'

/**
 * How a host lays out its repositories where https and ssh differ. A place is written as in module paths; these turn the
 * beginning of a path into that of a URL, and back.
 */
export interface Layout {
  /** The host that ssh asks. */
  readonly sshHost: string
  /** The port of ssh where none is given; undefined: ssh's own. */
  readonly sshPort: number | undefined
  /** The way of the URL that git must ask, and others that go makes of module paths. */
  readonly httpsPath: (path: string) => string
  readonly fromHttps: (path: string) => string
  readonly sshPath: (path: string) => string
  readonly fromSsh: (path: string) => string
}

/** The layout of each host. */
export type Layouts = (host: string) => Layout

const same = (path: string) => path
const plain = (host: string): Layout => ({
  sshHost: host,
  sshPort: undefined,
  httpsPath: same,
  fromHttps: same,
  sshPath: same,
  fromSsh: same,
})

const [AZURE, AZURE_SSH] = ['dev.azure.com', 'ssh.dev.azure.com']

/**
 * `dev.azure.com/ORGANISATION/PROJECT/_git/REPOSITORY`; a module path may leave `_git` out. No repository's name begins
 * with `_`. Source: learn.microsoft.com, “Use SSH key authentication” and “Naming restrictions” of Azure DevOps.
 */
const AZURE_LAYOUT: Layout = {
  sshHost: AZURE_SSH,
  sshPort: undefined,
  httpsPath: path => path.replace(/^([^/]+\/(?!_git\/)[^/]+\/)(?!_)/, '$1_git/'),
  fromHttps: path => path.replace(/^([^/]+\/[^/]+)\/_git(?=\/|$)/, '$1'),
  sshPath: path => `v3/${path}`,
  fromSsh: path => path.replace(/^v3(\/|$)/, ''),
}

/** Each organisation's own host, from before `dev.azure.com`. Of ssh they have one, with the organisation in the path. */
const VISUAL_STUDIO = /^([\w-]+)\.visualstudio\.com$/
const VISUAL_STUDIO_SSH = 'vs-ssh.visualstudio.com'

/**
 * `ORGANISATION.visualstudio.com[/DefaultCollection]/PROJECT/_git/REPOSITORY`, by ssh `v3/ORGANISATION/PROJECT/REPOSITORY`
 * of another host. Source: as of Azure DevOps.
 */
function visualStudioLayout(organisation: string): Layout {
  const root = `v3/${organisation}`
  return {
    sshHost: VISUAL_STUDIO_SSH,
    sshPort: undefined,
    httpsPath: path => path.replace(/^((?:DefaultCollection\/)?(?!DefaultCollection\/|_git\/)[^/]+\/)(?!_)/, '$1_git/'),
    fromHttps: path =>
      path.replace(/^DefaultCollection\/(?=[^/]+\/_git(?:\/|$))/, '').replace(/^([^/]+)\/_git(?=\/|$)/, '$1'),
    sshPath: path => `${root}/${path}`,
    fromSsh: path => (path === root ? '' : path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path),
  }
}

/** The port that Bitbucket Server and Data Center have for ssh unless it is changed. */
const BITBUCKET_PORT = 7999

/**
 * `host[/CONTEXT]/scm/PROJECT/REPOSITORY.git`, by ssh without the first two. Source: confluence.atlassian.com,
 * “Bitbucket Data Center: Clone a repository”, “Enable SSH access to Git repositories”.
 * @param root `scm`, or with the context's path before it
 */
function bitbucketLayout(host: string, root: string): Layout {
  const isBelow = (path: string) => path === root || path.startsWith(`${root}/`)
  return {
    ...plain(host),
    sshPort: BITBUCKET_PORT,
    sshPath: path => (isBelow(path) ? path.slice(root.length + 1) : path),
    fromSsh: path => (path === '' || isBelow(path) ? path : `${root}/${path}`),
  }
}

const BITBUCKET_PATH = /^([\w.-]+)\/((?:[\w.-]+\/)?scm)(?=\/|$)(?:\/[^/]+\/[^/]+(\.git)(?:\/|$))?/

/**
 * Which hosts are of a kind that is known: Azure by its name, Bitbucket Server by what is asked of it. A group of another
 * host may be called `scm`, so more is needed than that: ssh's port, or `.git` where Bitbucket has its repositories.
 * @param known `host/path` of modules and patterns  @param urls beginnings of URLs that the user rewrites
 * @param keys places of SSH keys
 */
export function findLayouts(known: readonly string[], urls: readonly string[], keys: readonly Place[]): Layouts {
  const paths = [...known, ...urls.flatMap(url => (url.startsWith('https://') ? [url.slice('https://'.length)] : []))]
  const layouts = new Map<string, Layout>([[AZURE, AZURE_LAYOUT]])
  for (const path of paths) {
    const [, name = '', root, suffix] = BITBUCKET_PATH.exec(path) ?? []
    const host = name.toLowerCase()
    const byPort = keys.some(key => key.host === host && key.port === BITBUCKET_PORT)
    if (root !== undefined && (byPort || suffix !== undefined) && !layouts.has(host))
      layouts.set(host, bitbucketLayout(host, root))
  }
  return host => layouts.get(host) ?? knownByName(host)
}

function knownByName(host: string): Layout {
  const organisation = host === VISUAL_STUDIO_SSH ? undefined : VISUAL_STUDIO.exec(host)?.[1]
  return organisation === undefined ? plain(host) : visualStudioLayout(organisation)
}

/** Names that a host has for ssh alone; all but Azure's are for networks that let nothing through but port 443. */
const NAMES_FOR_SSH: Readonly<Record<string, string>> = {
  [AZURE_SSH]: AZURE,
  'ssh.github.com': 'github.com',
  'altssh.gitlab.com': 'gitlab.com',
  'altssh.bitbucket.org': 'bitbucket.org',
}

/** Those that listen on no other port. Source: `PINNED_HOSTS`. */
const ONLY_443: readonly string[] = ['ssh.github.com', 'altssh.gitlab.com', 'altssh.bitbucket.org']

/** What a host is called where ssh goes through port 443. */
export function namesOver443(host: string): readonly string[] {
  return ONLY_443.filter(name => NAMES_FOR_SSH[name] === host)
}

/** The hosts of organisations that a host for ssh serves alone, of these. */
export function organisationsIn(sshHost: string, hosts: readonly string[]): readonly string[] {
  if (sshHost !== VISUAL_STUDIO_SSH) return []
  return [...new Set(hosts.filter(host => host !== VISUAL_STUDIO_SSH && VISUAL_STUDIO.test(host)))]
}

/** The host that pages and module paths name. @param path as ssh has it */
function hostOf(name: string, path: string): string {
  if (name === VISUAL_STUDIO_SSH) {
    const [, organisation] = /^v3\/([\w-]+)(?:\/|$)/.exec(path) ?? []
    return organisation === undefined ? name : `${organisation.toLowerCase()}.visualstudio.com`
  }
  return Object.hasOwn(NAMES_FOR_SSH, name) ? (NAMES_FOR_SSH[name] ?? name) : name
}

/** A place that ssh reaches, as module paths have it. */
export function placeOfSsh({ host, port, path }: Place, layouts: Layouts): Place {
  const name = hostOf(host, path)
  const { fromSsh, fromHttps } = layouts(name)
  const isForSsh = host === AZURE_SSH || host === VISUAL_STUDIO_SSH
  // A key is placed by what its user knows of it: a module's path, or an ssh URL.
  return { host: name, port, path: isForSsh || port !== undefined ? fromSsh(path) : fromHttps(path) }
}

/** What ssh asks for a place. @returns port: undefined: what ssh's configuration says, else 22 */
export function serverOf(
  { host, port, path }: Place,
  layouts: Layouts,
): { readonly host: string; readonly port: number | undefined } {
  const own = hostOf(host, path)
  const over443 =
    port === 443 && own !== AZURE ? Object.keys(NAMES_FOR_SSH).find(name => NAMES_FOR_SSH[name] === own) : undefined
  const { sshHost, sshPort } = layouts(own)
  return {
    host: own !== host ? host : (over443 ?? sshHost),
    port: port ?? sshPort ?? (ONLY_443.includes(host) ? 443 : undefined),
  }
}
