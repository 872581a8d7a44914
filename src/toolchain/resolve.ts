import { failed, ok, type Problem, type Result } from '../errors.ts'
import type { ModuleVersion } from '../go/module.ts'
import { compareGoVersions, formatGoVersion, type GoVersion, parseGoVersion } from '../go/version.ts'
import { showCharacters } from '../text/characters.ts'
import type { VersionRange } from './range.ts'
import { satisfies, type WantedGo } from './wanted.ts'

/** What a proxy says of golang.org/toolchain. All of it is a claim: see `resolveVersion`. */
export interface Catalogue {
  /** The text of `@v/list`. */
  list(): Promise<Result<string>>
  /** Whether it has the `.info` of this module version (`v0.0.1-go1.26.7.linux-amd64`); 403, 404 and 410 say that it has not. */
  exists(version: string): Promise<Result<boolean>>
}

/** GOOS and GOARCH. */
export interface GoPlatform {
  readonly os: string
  readonly arch: string
}

export interface ResolvedVersion {
  /** As go says it: `go1.26.7`. */
  readonly version: string
  readonly from: 'installed' | 'proxy'
  /** Questions after newer versions that the proxy failed to answer: there may be a newer one. */
  readonly unanswered: readonly Problem[]
}

interface VersionSources {
  /** Versions of the Go installations on this machine, as `go1.26.7`. */
  readonly installed: readonly string[]
  readonly platform: GoPlatform
  readonly catalogue: Catalogue
}

/** The module that holds this Go. Source: cmd/go/internal/toolchain (Exec). */
export function toolchainModule(version: string, { os, arch }: GoPlatform): ModuleVersion {
  return { path: 'golang.org/toolchain', version: `v0.0.1-${version}.${os}-${arch}` }
}

/**
 * The version to use: the newest installed one that is wanted, else the newest that the proxy has for this platform.
 * `stable` and `oldstable` mean the newest release there is, installed or not. Source: actions/setup-go (check-latest: false).
 *
 * The list is incomplete even where it is honest: it may lack a newest patch whose `.info` is there. So the newest of the
 * list, on any platform, is only where the search begins; the patches behind it and the next minor version are asked for.
 *
 * What a lying proxy can do: hide newer versions, so that an older Go comes, with the faults that were mended since; or
 * claim one that never was (go99.9.9), so that nothing comes. It cannot make one up: the checksum database has no
 * record of it, and what comes is held against the record. The questions are bounded whatever the list says.
 */
export async function resolveVersion(wanted: WantedGo, sources: VersionSources): Promise<Result<ResolvedVersion>> {
  const there = newestOf(sources.installed.filter(version => satisfies(wanted, version)))
  if (there !== undefined) return ok({ version: there, from: 'installed', unanswered: [] })
  if (wanted.kind === 'exact') return resolveExact(wanted.version, sources)
  const list = await sources.catalogue.list()
  const claims = list.ok ? parseList(list.value) : []
  const { platform } = sources
  const unanswered: Problem[] = []
  const found = await find(wanted, claims, makeFindThere(sources, unanswered))
  if (found !== undefined) {
    const version = formatGoVersion(found)
    const same = sources.installed.find(one => compare(one, version) === 0)
    return ok({ version: same ?? version, from: same ? 'installed' : 'proxy', unanswered })
  }
  if (!list.ok) return list
  return failed(...(unanswered.length > 0 ? unanswered : [absentProblem(wanted.text, platform, claims)]))
}

async function resolveExact(
  version: string,
  { platform, catalogue }: VersionSources,
): Promise<Result<ResolvedVersion>> {
  const exists = await catalogue.exists(toolchainModule(version, platform).version)
  if (!exists.ok) return exists
  if (exists.value) return ok({ version, from: 'proxy', unanswered: [] })
  const list = await catalogue.list()
  const parsed = parseGoVersion(version)
  const claims = list.ok ? parseList(list.value).filter(one => one.minor === parsed?.minor) : []
  return failed(absentProblem(version, platform, claims))
}

type Test = (version: GoVersion) => boolean

async function find(
  wanted: WantedGo,
  claims: readonly GoVersion[],
  findThere: FindThere,
): Promise<GoVersion | undefined> {
  if (wanted.kind === 'range') {
    const isWanted: Test = version => satisfies(wanted, formatGoVersion(version))
    // A proxy may list only what it was asked for before.
    return findNewest(sortDown([...claims, ...lowEnds(wanted.range)].filter(isWanted)), isWanted, findThere)
  }
  const isRelease: Test = version => version.prerelease === undefined
  const stable = await findNewest(claims.filter(isRelease), isRelease, findThere)
  if (wanted.kind === 'stable' || stable === undefined) return stable
  const first: GoVersion = { ...stable, minor: stable.minor - 1, patch: 0 }
  const isBefore: Test = version => isRelease(version) && version.minor === first.minor && version.major === first.major
  return findNewest([...claims.filter(isBefore), first], isBefore, findThere)
}

/** Where a range begins; before all prereleases of a version stands its first one. */
function lowEnds(range: VersionRange): readonly GoVersion[] {
  const lower = range.flat().filter(({ relation }) => relation !== '<')
  return lower.map(({ version }) =>
    version.language ? { ...version, language: false, prerelease: { kind: 'beta', number: 1 } } : version,
  )
}

/** So many versions of a list are asked for at once, after its newest was not there, and so many times. */
const BATCH = 4
const BATCHES = 5
/** Enough to come from go1.10 to the newest where there is no list; a proxy that says yes to everything ends it, too. */
const ROUNDS = 24
/** The list has lacked two in a row. */
const PATCHES_AHEAD = 3

/** The newest of these that the proxy has; they come newest first, and are asked for at once. */
type FindThere = (versions: readonly GoVersion[]) => Promise<GoVersion | undefined>

/** @param problems gets what the proxy could not answer */
function makeFindThere({ platform, catalogue }: VersionSources, problems: Problem[]): FindThere {
  return async versions => {
    const names = versions.map(version => toolchainModule(formatGoVersion(version), platform).version)
    const answers = await Promise.all(names.map(name => catalogue.exists(name)))
    problems.push(...answers.flatMap(answer => (answer.ok ? [] : answer.problems)))
    return versions.find((_, i) => {
      const answer = answers[i]
      return answer?.ok && answer.value
    })
  }
}

/** @param begin versions that are wanted and may be there, newest first */
async function findNewest(
  begin: readonly GoVersion[],
  isWanted: Test,
  findThere: FindThere,
): Promise<GoVersion | undefined> {
  const [first, ...others] = begin
  if (first === undefined) return undefined
  const best = await climb(first, false, isWanted, findThere)
  if (best !== undefined) return best
  for (let i = 0; i < BATCH * BATCHES && i < others.length; i += BATCH) {
    const found = await findThere(others.slice(i, i + BATCH))
    if (found !== undefined) return climb(found, true, isWanted, findThere)
  }
  return undefined
}

/** From a version to the newest that can be reached from it, by way of versions that are there. */
async function climb(
  start: GoVersion,
  isThere: boolean,
  isWanted: Test,
  findThere: FindThere,
): Promise<GoVersion | undefined> {
  let best = isThere ? start : undefined
  for (let round = 0; round < ROUNDS; round++) {
    const next = followers(best ?? start).filter(isWanted)
    const found = await findThere(sortDown(best === undefined ? [...next, start] : next))
    // The followers of the start were asked for together with it.
    if (found === undefined || found === start) return found ?? best
    best = found
  }
  return best
}

/** What may come next: the next patches, and the next minor version; after a prerelease the next ones, and its release. */
function followers(version: GoVersion): readonly GoVersion[] {
  const { minor, patch, prerelease } = version
  const release: GoVersion = { ...version, prerelease: undefined, language: false }
  const later = Array.from({ length: PATCHES_AHEAD }, (_, i) => i + 1)
  if (prerelease === undefined)
    return [...later.map(i => ({ ...release, patch: patch + i })), { ...release, minor: minor + 1, patch: 0 }]
  const { kind, number } = prerelease
  const candidate: GoVersion = { ...version, prerelease: { kind: 'rc', number: 1 } }
  return [
    ...later.map((i): GoVersion => ({ ...version, prerelease: { kind, number: number + i } })),
    ...(kind === 'beta' ? [candidate] : []),
    release,
  ]
}

/** Longer lists are cut: go's own has some hundreds. */
const MAX_LINES = 20_000

/** The versions that a list claims, for any platform, newest first. */
function parseList(text: string): readonly GoVersion[] {
  const names = text
    .split('\n', MAX_LINES)
    .map(line => /^v0\.0\.1-(go[0-9a-z.]+)\.[a-z0-9]+-[a-z0-9]+\r?$/.exec(line)?.[1])
  const versions = [...new Set(names)].flatMap(name => (name === undefined ? [] : (parseGoVersion(name) ?? [])))
  return sortDown(versions.filter(({ language }) => !language))
}

function sortDown(versions: readonly GoVersion[]): readonly GoVersion[] {
  return [...versions].sort((a, b) => compareGoVersions(b, a))
}

function newestOf(versions: readonly string[]): string | undefined {
  return [...versions].sort((a, b) => compare(b, a))[0]
}

function compare(a: string, b: string): number {
  const [left, right] = [parseGoVersion(a), parseGoVersion(b)]
  return left && right ? compareGoVersions(left, right) : Number.NaN
}

function absentProblem(text: string, { os, arch }: GoPlatform, claims: readonly GoVersion[]): Problem {
  const newest = claims[0]
  const quotes = unquotedAdvice(text)
  return {
    code: 'GO_VERSION_ABSENT',
    message: `The proxy has no Go \`${showCharacters(text.replace(/\s+/g, ' '))}\` for ${os}/${arch}.`,
    hint: `${quotes}${
      newest === undefined
        ? 'Ask for a release that go.dev/doc/devel/release lists; proxies serve it as a version of golang.org/toolchain.'
        : `Ask for a release that go.dev/doc/devel/release lists; the newest that the proxy lists is ${formatGoVersion(newest).slice(2)}.`
    }`,
  }
}

/** Without quotes YAML takes 1.20 for a number, and hands on 1.2. Ends with a space, or is empty. */
export function unquotedAdvice(wanted: string): string {
  return /^1\.[1-9]$/.test(wanted) ? `If ${wanted}0 was meant: write \`'${wanted}0'\`, in quotes. ` : ''
}
