import type { Environment } from '../effects.ts'
import type { Problem } from '../errors.ts'
import type { ModuleVersion } from '../go/module.ts'
import { joinPatterns, matchesPatterns } from '../go/patterns.ts'
import { isInternalName } from '../places/internal-names.ts'
import type { GoSettings } from '../settings/settings.ts'
import { findModuleLines, namePlaces, type ProjectFile } from './lines.ts'

/** Which modules may be asked of public proxies. */
export interface Privacy {
  /** Named private by GOPRIVATE, GONOPROXY or `private-domains`. */
  readonly private: readonly ModuleVersion[]
  /** Not named, but its path says that it is not public: no mirror and no probe asks for it. */
  readonly looksPrivate: readonly ModuleVersion[]
  /** Everything else: may be asked of anyone. */
  readonly public: readonly ModuleVersion[]
  /** Modules of which go reads the go.mod file alone, and which nothing says to be private. */
  readonly onlyInSums: readonly ModuleVersion[]
  /** The same for any module path: private, or looking so. go.sum knows more modules than those that are downloaded. */
  readonly isSheltered: (modulePath: string) => boolean
  /** GOPRIVATE, GONOPROXY and `private-domains` together. */
  readonly patterns: string
  /** The patterns that would cover `looksPrivate`. */
  readonly missingPatterns: readonly string[]
  readonly warnings: readonly Problem[]
}

/**
 * Sorts the modules by whether public proxies may be asked for them, from their paths alone, before any proxy is asked.
 * @param sums go.sum's: go asks for the go.mod files of more modules than it downloads
 */
export function sortByPrivacy(
  modules: readonly ModuleVersion[],
  settings: GoSettings,
  privateDomains: readonly string[],
  sums: ReadonlyMap<string, string> = new Map(),
): Privacy {
  const patterns = joinPatterns(settings.GOPRIVATE.value, settings.GONOPROXY.value, privateDomains.join(','))
  const named = modules.filter(module => matchesPatterns(patterns, module.path))
  const rest = modules.filter(module => !matchesPatterns(patterns, module.path))
  const paths = new Set(modules.map(({ path }) => path))
  const onlyInSums = modulesIn(sums).filter(({ path }) => !paths.has(path) && !matchesPatterns(patterns, path))
  const seemsPrivate = ({ path }: ModuleVersion) => patternFor(path, settings.env) !== undefined
  const looksPrivate = [...rest, ...onlyInSums].filter(seemsPrivate)
  const missingPatterns = [...new Set(looksPrivate.map(module => patternFor(module.path, settings.env) as string))]
  return {
    private: named,
    looksPrivate,
    public: rest.filter(module => !looksPrivate.includes(module)),
    onlyInSums: onlyInSums.filter(module => !looksPrivate.includes(module)),
    isSheltered: shelteredBy(patterns, settings.env),
    patterns,
    missingPatterns,
    warnings: looksPrivate.length === 0 ? [] : [warningOf(looksPrivate, missingPatterns)],
  }
}

/** The same once some paths were refused by the official proxy, which might be since they are private. */
export function withRefused(privacy: Privacy, refused: readonly string[], env: Environment): Privacy {
  const isRefused = ({ path }: ModuleVersion) => refused.includes(path)
  const more = [...privacy.public, ...privacy.onlyInSums].filter(isRefused)
  if (more.length === 0) return privacy
  const patterns = more.map(({ path }) => coveringPattern(path, env))
  return {
    ...privacy,
    looksPrivate: [...privacy.looksPrivate, ...more],
    public: privacy.public.filter(module => !isRefused(module)),
    onlyInSums: privacy.onlyInSums.filter(module => !isRefused(module)),
    missingPatterns: [...new Set([...privacy.missingPatterns, ...patterns])],
  }
}

/** Each once, of whatever version. */
function modulesIn(sums: ReadonlyMap<string, string>): readonly ModuleVersion[] {
  const modules = [...sums.keys()].flatMap((key): ModuleVersion[] => {
    const [path, version] = key.split(' ')
    return path === undefined || version === undefined ? [] : [{ path, version: version.replace(/\/go\.mod$/, '') }]
  })
  return [...new Map(modules.map(module => [module.path, module])).values()]
}

/** Which module paths are private by these patterns, or look private in this environment. */
export function shelteredBy(patterns: string, env: Environment): (modulePath: string) => boolean {
  return path => matchesPatterns(patterns, path) || patternFor(path, env) !== undefined
}

/** Adds to the warning of what is not covered where it is required. @param files go.mod files before go.sum files */
export function withLines(privacy: Privacy, files: readonly ProjectFile[]): Privacy {
  const { looksPrivate, missingPatterns, warnings } = privacy
  if (warnings.length === 0) return privacy
  return { ...privacy, warnings: [warningOf(looksPrivate, missingPatterns, files)] }
}

function warningOf(
  modules: readonly ModuleVersion[],
  patterns: readonly string[],
  files: readonly ProjectFile[] = [],
): Problem {
  const found = modules.slice(0, 3).map(module => ({ module, lines: findModuleLines(module, files) }))
  const shown = found.map(({ module, lines }) => `${module.path}${lines.length === 0 ? '' : ` (${namePlaces(lines)})`}`)
  const [first] = found.flatMap(({ lines }) => lines)
  const more = modules.length > shown.length ? ` and ${modules.length - shown.length} more` : ''
  return {
    code: 'PRIVATE_UNCOVERED',
    message:
      modules.length === 1
        ? `${shown[0]} looks private but no GOPRIVATE pattern covers it; its name is not sent to mirrors.`
        : `${shown.join(', ')}${more} look private but no GOPRIVATE pattern covers them; their names are not sent to mirrors.`,
    hint: `If ${modules.length === 1 ? 'it is' : 'they are'} private, add to private-domains: ${patterns.join(', ')}`,
    ...(first === undefined ? {} : { at: { file: first.file, line: first.line } }),
  }
}

/** The GOPRIVATE pattern that a path calls for, or undefined when nothing about it looks private. */
function patternFor(path: string, env: Environment): string | undefined {
  const host = path.split('/')[0]?.toLowerCase() ?? ''
  // example.com and its like are public names for documentation; a first element without a dot is the standard
  // library's or a replaced module's, and go asks no proxy for it.
  if (!host.includes('.')) return undefined
  if (isInternalName(host) || host.endsWith('.example') || /^\d+(\.\d+){3}$/.test(host)) return host
  const server = hostOfServer(env)
  if (server !== 'github.com' && host === server) return host
  const owner = env['GITHUB_REPOSITORY_OWNER']
  const organisation = path.split('/')[1]
  if (owner && host === server && organisation?.toLowerCase() === owner.toLowerCase()) return `${host}/${organisation}`
  return undefined
}

/** Hosts where the first element behind the host is an owner. */
const SHARED_HOSTS = [
  'github.com',
  'gitlab.com',
  'bitbucket.org',
  'codeberg.org',
  'gitea.com',
  'git.sr.ht',
  'dev.azure.com',
]

/** The GOPRIVATE pattern that covers a path and what belongs with it, and as little else as can be told. */
export function coveringPattern(path: string, env: Environment): string {
  const [host = '', owner] = path.split('/')
  return patternFor(path, env) ?? (SHARED_HOSTS.includes(host) && owner !== undefined ? `${host}/${owner}` : host)
}

function hostOfServer(env: Environment): string {
  const url = env['GITHUB_SERVER_URL'] ?? ''
  return URL.canParse(url) ? new URL(url).hostname : 'github.com'
}
