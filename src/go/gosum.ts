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
    if (/^(<{7}|={7}|>{7}|\|{7})/.test(line))
      faults.push({ line: index + 1, fault: 'it has an unresolved merge conflict' })
    else if (fields.length !== 3) faults.push({ line: index + 1, fault: `it has ${fields.length} words instead of 3` })
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

/** Lines of `after` that `before` does not have, in order. */
export function addedLines(before: string, after: string): readonly string[] {
  const known = new Set(before.split('\n').map(line => line.trim()))
  return after
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !known.has(line))
}
