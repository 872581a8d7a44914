import { join } from 'node:path'
import type { Files } from '../effects.ts'

/** More than this is no repository but a mistake such as `/**`. */
export const MAXIMUM_VISITED = 20_000

export function isGlob(segment: string): boolean {
  return /[*?]/.test(segment)
}

/**
 * The paths below a directory that match a pattern's segments, sorted within each directory; undefined when there are
 * too many directories to look at. What matches need not be there: a segment without `*` and `?` is only appended.
 */
export async function expandGlob(
  start: string,
  segments: readonly string[],
  files: Pick<Files, 'list'>,
  maximumVisited = MAXIMUM_VISITED,
): Promise<readonly string[] | undefined> {
  const found = new Set<string>()
  let visited = 0
  const walk = async (path: string, [segment, ...rest]: readonly string[]): Promise<void> => {
    if (segment === undefined) return void found.add(path)
    if (!isGlob(segment)) return walk(join(path, segment), rest)
    if (++visited > maximumVisited) return
    const deep = segment === '**'
    if (deep) await walk(path, rest)
    const matches = deep ? isSearched : matcherOf(segment)
    // What we may not look into (a container's data in the checkout) is no module that go could be run in.
    const entries = await files.list(path).catch(() => [])
    // Links are listed as `other`: none is followed, so no walk is endless.
    const names = entries.flatMap(({ kind, name }) => (kind === 'directory' ? name : []))
    for (const name of names.filter(matches).sort()) await walk(join(path, name), deep ? [segment, ...rest] : rest)
  }
  await walk(start, segments)
  return visited > maximumVisited ? undefined : [...found]
}

/** What `./...` of go leaves out, and node_modules. */
function isSearched(name: string): boolean {
  return !/^[._]/.test(name) && !['vendor', 'testdata', 'node_modules'].includes(name)
}

/** `*` and `?` match no leading dot, as in a shell. */
function matcherOf(segment: string): (name: string) => boolean {
  const source = segment
    .replace(/\*+/g, '*')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  const expression = new RegExp(`^${source}$`, 'su')
  return name => expression.test(name) && (segment.startsWith('.') || !name.startsWith('.'))
}
