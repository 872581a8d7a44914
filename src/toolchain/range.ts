import { compareGoVersions, type GoVersion } from '../go/version.ts'

/** One comparison; `version` may be the place before all prereleases of a minor version, which has `language` set. */
export interface VersionBound {
  readonly relation: '<' | '<=' | '>' | '>='
  readonly version: GoVersion
}

/** At least one alternative holds: all of its bounds. */
export type VersionRange = readonly (readonly VersionBound[])[]

/**
 * npm's ranges (`^1.25`, `~1.25.1`, `>=1.24 <1.26`, `1.24 - 1.26`, `1.25.x || 1.27.x`), as actions/setup-go takes them, for
 * what Go has of semantic versions: `beta` and `rc`, of first releases only.
 * Source: github.com/npm/node-semver#ranges; docs/decisions/go-versions.md says why not that package.
 * @returns undefined when it is none
 */
export function parseRange(text: string): VersionRange | undefined {
  const alternatives = text.split('||').map(part => parseAlternative(part.trim()))
  return alternatives.every(one => one !== undefined) ? alternatives : undefined
}

/** A prerelease is in a range only when the range names one of the same minor version. Source: node-semver. */
export function isInRange(range: VersionRange, version: GoVersion): boolean {
  return range.some(
    bounds =>
      bounds.every(bound => holds(bound, version)) &&
      (version.prerelease === undefined || bounds.some(bound => namesPrereleaseOf(bound, version))),
  )
}

/** A version of Go, written in Go's way, as a semantic version, or as a prefix of one: `go1.27rc1`, `1.27.0-rc.1`, `1.26`. */
export interface PartialVersion {
  /** undefined in these three: `x`, `*`, or not there. Then those after it are, too. */
  readonly major: number | undefined
  readonly minor: number | undefined
  readonly patch: number | undefined
  /** `-0` comes before all prereleases. */
  readonly prerelease: GoVersion['prerelease'] | 'first'
}

const PARTIAL =
  /^(?:go|v)?(0|[1-9]\d{0,3}|[xX*])(?:\.(0|[1-9]\d{0,3}|[xX*])(?:\.(0|[1-9]\d{0,4}|[xX*]))?)?(?:-(0)|-?(beta|rc)\.?(0|[1-9]\d{0,3}))?$/

export function parsePartial(text: string): PartialVersion | undefined {
  const match = PARTIAL.exec(text)
  if (!match) return undefined
  const [, first, second, third, zero, kind, count] = match
  const [major, minor, patch] = [toNumber(first), toNumber(second), toNumber(third)]
  // Nothing but wildcards stands behind a wildcard.
  if (minor !== undefined ? major === undefined : patch !== undefined) return undefined
  if (zero === undefined && kind === undefined) return { major, minor, patch, prerelease: undefined }
  // Of a first release only, so go1.27rc1 is 1.27.0-rc.1.
  if (minor === undefined || (third !== undefined && patch !== 0)) return undefined
  const prerelease = kind === undefined ? ('first' as const) : { kind: kind as 'beta' | 'rc', number: Number(count) }
  return { major, minor, patch: 0, prerelease }
}

function toNumber(text: string | undefined): number | undefined {
  return text === undefined || /[xX*]/.test(text) ? undefined : Number(text)
}

function parseAlternative(text: string): readonly VersionBound[] | undefined {
  const [, from, to] = /^(\S+)\s+-\s+(\S+)$/.exec(text) ?? []
  const words = from === undefined ? text.replace(/([<>=^~])\s+/g, '$1').split(/\s+/) : [`>=${from}`, `<=${to}`]
  const bounds = words.map(parseComparison)
  return bounds.every(one => one !== undefined) ? bounds.flat() : undefined
}

function parseComparison(word: string): readonly VersionBound[] | undefined {
  const [, operator = '', rest = ''] = /^(<=|>=|<|>|=|\^|~>|~)?(.*)$/.exec(word) ?? []
  const partial = parsePartial(rest)
  if (partial === undefined) return undefined
  const { major, minor, patch } = partial
  if (major === undefined) return operator === '<' || operator === '>' ? NOTHING : []
  const low: VersionBound = { relation: '>=', version: toVersion(partial) }
  const next = minor === undefined ? before(major + 1, 0) : before(major, minor + 1)
  switch (operator) {
    case '^':
      return [low, major > 0 || minor === undefined ? before(major + 1, 0) : next]
    case '~':
    case '~>':
      return [low, next]
    case '>':
      return [
        patch === undefined
          ? { relation: '>=', version: { ...next.version, language: false } }
          : { ...low, relation: '>' },
      ]
    case '>=':
      return [low]
    case '<':
      return [patch === undefined ? before(major, minor ?? 0) : { ...low, relation: '<' }]
    case '<=':
      return [patch === undefined ? next : { ...low, relation: '<=' }]
    default:
      return [low, patch === undefined ? next : { ...low, relation: '<=' }]
  }
}

/** Before the first prerelease of this minor version. */
function before(major: number, minor: number) {
  return { relation: '<', version: { major, minor, patch: 0, prerelease: undefined, language: true } } as const
}

const NOTHING = [before(0, 0)]

/** The lowest version of this beginning. */
export function toVersion({ major, minor, patch, prerelease }: PartialVersion): GoVersion {
  const isFirst = prerelease === 'first'
  return {
    major: major ?? 0,
    minor: minor ?? 0,
    patch: patch ?? 0,
    prerelease: isFirst ? undefined : prerelease,
    language: isFirst,
  }
}

function holds({ relation, version }: VersionBound, candidate: GoVersion): boolean {
  const order = compareGoVersions(candidate, version)
  if (order === 0) return relation === '<=' || relation === '>='
  return order < 0 ? relation.startsWith('<') : relation.startsWith('>')
}

function namesPrereleaseOf({ version }: VersionBound, { major, minor }: GoVersion): boolean {
  return (version.prerelease !== undefined || version.language) && version.major === major && version.minor === minor
}
