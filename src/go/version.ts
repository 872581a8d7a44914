/** Versions of Go itself: `go1.26.8`, `1.24`, `go1.27rc3`. Source: go.dev/doc/toolchain#version. */
export interface GoVersion {
  readonly major: number
  readonly minor: number
  /** 0 where the text has none. */
  readonly patch: number
  /** `rc3`, `beta1`; undefined for releases. */
  readonly prerelease: { readonly kind: 'beta' | 'rc'; readonly number: number } | undefined
  /** A language version such as `1.21`, which is before `1.21rc1` and `1.21.0`. */
  readonly language: boolean
}

/** undefined for `devel …` and what is no version. Suffixes (`go1.26.8-custom`, `go1.26.8 X:exp`) are ignored. */
export function parseGoVersion(text: string): GoVersion | undefined {
  const match = /^(?:go)?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,5})|(beta|rc)(\d{1,4}))?(?=$|[-+ ])/.exec(text)
  if (!match) return undefined
  const [, major, minor, patch, kind, number] = match
  return {
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch ?? 0),
    prerelease: kind === undefined ? undefined : { kind: kind as 'beta' | 'rc', number: Number(number) },
    // Before Go 1.21 `1.20` was the first release, not only a language version.
    language: patch === undefined && kind === undefined && Number(minor) >= 21,
  }
}

/** Negative when a is older than b. */
export function compareGoVersions(a: GoVersion, b: GoVersion): number {
  const keys = [key(a), key(b)] as const
  for (let i = 0; i < keys[0].length; i++) {
    const difference = (keys[0][i] as number) - (keys[1][i] as number)
    if (difference !== 0) return difference
  }
  return 0
}

function key(version: GoVersion): readonly number[] {
  const stage = version.language ? 0 : version.prerelease === undefined ? 3 : version.prerelease.kind === 'beta' ? 1 : 2
  return [version.major, version.minor, version.patch > 0 ? 4 : stage, version.patch, version.prerelease?.number ?? 0]
}

/** Go's name of a release or prerelease: `go1.26.0`, `go1.27rc1`. First releases before 1.21 have no `.0`: `go1.20`. */
export function formatGoVersion({ major, minor, patch, prerelease }: GoVersion): string {
  const suffix =
    prerelease !== undefined
      ? `${prerelease.kind}${prerelease.number}`
      : patch === 0 && major === 1 && minor < 21
        ? ''
        : `.${patch}`
  return `go${major}.${minor}${suffix}`
}

export function isOlder(a: string, b: string): boolean {
  const [left, right] = [parseGoVersion(a), parseGoVersion(b)]
  return left !== undefined && right !== undefined && compareGoVersions(left, right) < 0
}

/** A weakness of the go command that matters when a proxy is chosen. */
export interface Vulnerability {
  readonly id: string
  readonly what: string
  /** `sumdb`: a proxy that answers /sumdb/ can make go accept wrong content. `toolchain`: go.sum line bypasses the toolchain check. */
  readonly kind: 'sumdb' | 'toolchain'
  /** First fixed release of each line; lines older than the first are never fixed, lines after the last are born fixed. */
  readonly fixed: readonly string[]
}

/** Source: the advisories at pkg.go.dev/vuln of the identifiers below. */
const VULNERABILITIES: readonly Vulnerability[] = [
  {
    id: 'CVE-2026-42501',
    what: 'an empty or unrelated answer of the checksum database is accepted',
    kind: 'sumdb',
    fixed: ['1.25.10', '1.26.3'],
  },
  {
    id: 'CVE-2026-56865',
    what: 'tiles of the checksum database can be forged through a proxy',
    kind: 'sumdb',
    fixed: ['1.25.13', '1.26.6', '1.27rc3'],
  },
  {
    id: 'CVE-2026-56864',
    what: 'a proxy and a checksum database can collude',
    kind: 'sumdb',
    fixed: ['1.25.13', '1.26.6', '1.27rc3'],
  },
  {
    id: 'CVE-2026-94447',
    what: 'a go.sum line can bypass the check of a toolchain',
    kind: 'toolchain',
    fixed: ['1.26.9', '1.27.2'],
  },
  {
    id: 'CVE-2026-94444',
    what: 'a go.sum line can bypass the check of golang.org/fips140',
    kind: 'toolchain',
    fixed: ['1.26.9', '1.27.2'],
  },
]

/** Those that concern this Go; an unknown version (`devel`) is taken for the newest. */
export function findVulnerabilities(goVersion: string): readonly Vulnerability[] {
  const version = parseGoVersion(goVersion)
  if (version === undefined) return []
  return VULNERABILITIES.filter(({ fixed }) => {
    const fixes = fixed.flatMap(text => parseGoVersion(text) ?? [])
    const sameLine = fixes.find(fix => fix.major === version.major && fix.minor === version.minor)
    if (sameLine !== undefined) return compareGoVersions(version, sameLine) < 0
    const first = fixes[0]
    return first !== undefined && compareGoVersions(version, first) < 0
  })
}

/**
 * The toolchain go will switch to for these lines, such as `go1.27.3`, or undefined when it stays.
 * Source: go.dev/doc/toolchain#select. GOTOOLCHAIN `local` never switches; `name` and `name+auto` begin with that one;
 * `path` never downloads.
 */
export function neededToolchain(
  installed: string,
  goLine: string | undefined,
  toolchainLine: string | undefined,
  gotoolchain: string,
): string | undefined {
  const [name = 'local', mode] =
    gotoolchain === 'auto' || gotoolchain === ''
      ? ['local', 'auto']
      : gotoolchain === 'path'
        ? ['local', 'path']
        : gotoolchain.split('+', 2)
  const start = name === 'local' ? installed : name
  let wanted = start
  // `toolchain default` means to stay with what is installed, whatever the go line asks for.
  if (mode === 'auto' && toolchainLine !== 'default') {
    if (toolchainLine !== undefined && isOlder(wanted, toolchainLine)) wanted = toolchainLine
    if (goLine !== undefined && isOlder(wanted, goLine)) wanted = toRelease(goLine)
  }
  return wanted === start && name === 'local' ? undefined : wanted === installed ? undefined : wanted
}

/** `go 1.99` asks for go1.99.0, `go 1.20` for go1.20. */
function toRelease(goLine: string): string {
  const version = parseGoVersion(goLine)
  return version?.language ? `go${goLine}.0` : `go${goLine}`
}
