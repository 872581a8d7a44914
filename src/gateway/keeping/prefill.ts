import { chmodSync, copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isFull } from '../../errors.ts'

/** Puts verified files where go looks before it asks a proxy: `cache/download` of the module cache. */
export interface Prefill {
  /**
   * @param target path below `cache/download`  @param content bytes, or a file of ours to be moved
   * @param h1 of a zip: what go would write beside it after hashing it
   * @returns where it is now; undefined when it could not be put there
   */
  put(target: string, content: Buffer | { readonly path: string }, h1?: string): string | undefined
  /** Removes what was put there; files of others stay. */
  remove(target: string): void
}

/**
 * A file appears whole or not at all, as go's own do (golang.org/ref/mod#module-cache).
 * @param suffix of temporary files, so that two runs never write the same one
 */
export function openPrefill(directory: string, suffix: string): Prefill {
  const made = new Set<string>()
  const placed = new Set<string>()
  let works = true
  const write = (path: string, data: string | Buffer) => {
    const temporary = `${path}.${suffix}`
    writeFileSync(temporary, data, { flag: 'wx', mode: 0o644 })
    renameSync(temporary, path)
  }
  return {
    put(target, content, h1) {
      if (!works) return undefined
      const path = join(directory, target)
      try {
        if (!made.has(dirname(path))) mkdirSync(dirname(path), { recursive: true })
        made.add(dirname(path))
        // First: a go that looks in between would hash the zip again.
        if (h1 !== undefined) write(`${path}hash`, h1)
        if (Buffer.isBuffer(content)) write(path, content)
        else move(content.path, path, suffix)
        placed.add(target)
        return path
      } catch (error) {
        // A full disk, a read-only cache: go will ask for it, and report what is wrong. Descriptors become free again.
        works = isFull(error)
        removeQuietly(`${path}.${suffix}`)
        return undefined
      }
    },
    remove(target) {
      if (placed.delete(target)) removeQuietly(join(directory, target))
    },
  }
}

function move(from: string, to: string, suffix: string): void {
  // As go does: other users' builds may read the module cache.
  chmodSync(from, 0o644)
  try {
    renameSync(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    copyFileSync(from, `${to}.${suffix}`)
    renameSync(`${to}.${suffix}`, to)
    rmSync(from)
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // Where it could not be written it cannot be removed either.
  }
}
