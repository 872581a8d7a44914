import { createHash } from 'node:crypto'

/** Goes up when an entry's contents mean something else. */
const SCHEMA = 1

/** What is asked for, from the best to the least. Each ends with a dash. */
export interface BuildKeys {
  /** Entries of this commit. */
  readonly exact: string
  /** Of any commit with the same go.sum lines and C compiler. */
  readonly sums: string
  /** Of any commit: what both need is there. */
  readonly base: string
}

export interface BuildKeyMaterial {
  readonly os: string
  readonly arch: string
  /** As `go env GOVERSION` says: another one has other actions throughout. */
  readonly goVersion: string
  /** What else changes every action or tells jobs apart; names and values. */
  readonly parts: Readonly<Record<string, string>>
  readonly sums: ReadonlyMap<string, string>
  /** What the C compiler says that it is; '' where cgo is off. Another one changes what cgo makes, and no more. */
  readonly compiler: string
  /** undefined where there is none. */
  readonly commit: string | undefined
}

export function buildKeys({ os, arch, goVersion, parts, sums, compiler, commit }: BuildKeyMaterial): BuildKeys {
  const version = goVersion.replace(/[^\w.]+/g, '_').slice(0, 40)
  const base = `go-proxy-setup-build-${SCHEMA}-${os}-${arch}-${version}-${digest({ ...parts, goVersion })}-`
  const withSums = `${base}${digest({ ...Object.fromEntries(sums), [COMPILER]: compiler })}-`
  const known = commit !== undefined && /^[0-9a-f]{12,64}$/.test(commit) ? commit.slice(0, 12) : 'x'
  return { base, sums: withSums, exact: `${withSums}${known}-` }
}

/** No line of go.sum begins with a space. */
const COMPILER = ' compiler'

/** Each name and value behind its length: no two lists give the same bytes. */
export function digest(values: Readonly<Record<string, string>>): string {
  const hash = createHash('sha256')
  for (const [name, value] of Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${Buffer.byteLength(name)} ${name} ${Buffer.byteLength(value)} ${value}\n`)
  }
  return hash.digest('hex').slice(0, 16)
}

/** What the name of an entry tells, so that a look-up says whether fetching pays. */
export interface EntryFigures {
  /** Unpacked. */
  readonly bytes: number
  /** From the end of our step to the end of the job, with nothing restored: so much an entry can save at most. */
  readonly savedSeconds: number
}

/** Where a clock was set right in the middle of a job. No name may be longer than those that are read. */
const MOST_SECONDS = 999_999

/** @param again set when an entry of this commit is no good: entries cannot be replaced, and the newest one counts */
export function buildEntryKey({ exact }: BuildKeys, { bytes, savedSeconds }: EntryFigures, again?: string): string {
  const seconds = Math.min(MOST_SECONDS, Math.ceil(savedSeconds))
  return `${exact}${bytes}-${seconds}${again === undefined ? '' : `-${again}`}`
}

/** @returns undefined for a name that is none of ours */
export function figuresInKey(key: string, { base }: BuildKeys): EntryFigures | undefined {
  const [, bytes, seconds] =
    /^[0-9a-f]{16}-(?:x|[0-9a-f]{12})-(\d{1,13})-(\d{1,6})(?:-[0-9a-f]{1,16})?$/.exec(key.slice(base.length)) ?? []
  if (!key.startsWith(base) || bytes === undefined) return undefined
  return { bytes: Number(bytes), savedSeconds: Number(seconds) }
}

/**
 * What C code depends on that is made for the processor at hand: go compares the flag, not what it means, and on another
 * processor such code ends with an illegal instruction. '' for all other code.
 * @param flags of the C compiler  @param cpuinfo text of Linux's /proc/cpuinfo; '' elsewhere
 */
export function ownInstructions(flags: string, cpuinfo: string): string {
  if (!/-m(arch|cpu|tune)=native\b/.test(flags)) return ''
  const lines = cpuinfo.split('\n').filter(line => /^(flags|Features)\s*:/.test(line))
  return ['native', ...new Set(lines)].join('\n')
}
