import { dirname, join } from 'node:path'
import type { Files } from '../effects.ts'
import { parseObjectPath, requestedModule } from '../go/escape.ts'
import { isWithin } from '../places/within.ts'

/** More than any project's store has. */
const MOST_ENTRIES = 500_000

/** Whether a directory holds nothing but what a module store holds: then a new one may take its place. */
export async function holdsOnlyModules(directory: string, files: Pick<Files, 'list'>): Promise<boolean> {
  const open = ['']
  for (let seen = 0; open.length > 0; ) {
    const below = open.pop() ?? ''
    for (const { name, kind } of await files.list(join(directory, below))) {
      const target = below === '' ? name : `${below}/${name}`
      if (++seen > MOST_ENTRIES) return false
      if (kind === 'directory') open.push(target)
      else if (kind === 'other' || !isStored(target)) return false
    }
  }
  return true
}

function isStored(target: string): boolean {
  return /\/@v\/list$/.test(target) ? requestedModule(target) !== undefined : parseObjectPath(target) !== undefined
}

/**
 * Whether a link on the way to a path in a directory leads out of it: in a checkout it may be another's.
 * @param limit absolute; undefined: there is no such directory
 */
export async function leadsOut(
  path: string,
  limit: string | undefined,
  files: Pick<Files, 'realPath'>,
): Promise<boolean> {
  if (limit === undefined || !isWithin(path, limit)) return false
  const real = (await files.realPath(limit)) ?? limit
  for (let above = dirname(path); ; above = dirname(above)) {
    const there = await files.realPath(above)
    if (there !== undefined) return !isWithin(there, real)
    if (above === dirname(above)) return false
  }
}
