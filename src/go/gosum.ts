import { compareVersions } from './semver.ts'

/** go.sum and go.work.sum. Source: go.dev/ref/mod#go-sum-files. */
export interface GoSum {
  /** h1 hash by `path version` (zip) and `path version/go.mod`. The first line of a key counts, as for go. */
  readonly hashes: ReadonlyMap<string, string>
  /** Lines that go will refuse, with what is wrong; numbers begin at 1. */
  readonly faults: readonly { readonly line: number; readonly fault: string }[]
}

/** h1 of an empty go.mod, written by old releases; go ignores it. */
const EMPTY_GO_MOD = 'h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY='

export function parseGoSum(text: string): GoSum {
  const hashes = new Map<string, string>()
  const faults: { line: number; fault: string }[] = []
  for (const [index, line] of text.split('\n').entries()) {
    const fields = line.trim().split(/\s+/)
    if (fields[0] === '') continue
    const [path, version, hash] = fields as [string, string, string]
    if (/^(<{7}|={7}|>{7}|\|{7})/.test(line)) faults.push({ line: index + 1, fault: 'an unresolved merge conflict' })
    else if (fields.length !== 3) faults.push({ line: index + 1, fault: `${fields.length} words instead of 3` })
    else if (hash.startsWith('h1:') && hash !== EMPTY_GO_MOD) {
      const key = `${path} ${version}`
      if (!hashes.has(key)) hashes.set(key, hash)
    }
  }
  return { hashes, faults }
}

/** The key of a module's zip or go.mod in a go.sum. */
export function sumKey(module: { readonly path: string; readonly version: string }, kind: 'zip' | 'mod'): string {
  return kind === 'zip' ? `${module.path} ${module.version}` : `${module.path} ${module.version}/go.mod`
}

/** The number of the line, from 1, that says so of a key; undefined when none does. */
export function findSumLine(text: string, key: string, hash: string): number | undefined {
  const wanted = `${key} ${hash}`
  const at = text.split('\n').findIndex(line => line.trim().split(/\s+/).join(' ') === wanted)
  return at < 0 ? undefined : at + 1
}

/** Lines of `after` that `before` does not have, in order. */
export function addedLines(before: string, after: string): readonly string[] {
  const known = new Set(before.split('\n').map(line => line.trim()))
  return after
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !known.has(line))
}

/**
 * The number of the line after which a new line belongs, from 1; 0 where it would be the first. go sorts by module path,
 * and each path's versions by age, as they are written here too.
 */
export function lineBefore(text: string, line: string): number {
  const [path = '', version = ''] = line.split(/\s+/)
  const release = (one: string) => one.replace(/\/go\.mod$/, '')
  let at = 0
  for (const [index, other] of text.split('\n').entries()) {
    const [otherPath = '', otherVersion = ''] = other.trim().split(/\s+/)
    if (otherPath === '') continue
    const isBefore =
      otherPath === path
        ? release(otherVersion) === release(version)
          ? otherVersion < version
          : compareVersions(release(otherVersion), release(version)) < 0
        : otherPath < path
    if (isBefore) at = index + 1
  }
  return at
}

/** The command that writes a sum file anew. `go mod tidy` looks at one module and leaves the workspace's sums alone. */
export function remedyFor(file: string): string {
  return file.endsWith('.work.sum') ? 'go work sync' : 'go mod tidy'
}
