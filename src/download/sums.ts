import { basename, join } from 'node:path'
import type { Files } from '../effects.ts'
import { addedLines } from '../go/gosum.ts'
import type { ModuleDirectory } from '../project/project.ts'

/** Keeps go.sum and go.work.sum as they were, and tells what go wanted to add. */
export interface SumKeeper {
  /** A copy of go.mod for `-modfile`, whose go.sum stands beside it; undefined in a workspace, where go refuses the flag. */
  readonly modfile: string | undefined
  /** Puts everything back as it was; returns the lines that go wanted. */
  release(): Promise<readonly { readonly file: string; readonly lines: readonly string[] }[]>
}

/** In the backup's index, which file of the user's each copy belongs to. */
interface Backup {
  readonly path: string
  /** Name of the copy; null: the file did not exist. */
  readonly copy: string | null
}

const INDEX = 'sums.json'

/**
 * go adds missing lines even under `-mod=readonly`. In a module it works on a copy; in a workspace the files
 * themselves are copied aside first, so that `restoreSums` can put them back whatever happens.
 * @param directory of ours, existing and empty.
 */
export async function keepSums(module: ModuleDirectory, directory: string, files: Files): Promise<SumKeeper> {
  return module.kind === 'module' ? keepByCopy(module, directory, files) : keepByBackup(module, directory, files)
}

async function keepByCopy(module: ModuleDirectory, directory: string, files: Files): Promise<SumKeeper> {
  const modfile = join(directory, 'go.mod')
  const sumFile = module.sumFiles[0] ?? join(module.path, 'go.sum')
  const before = await files.readText(sumFile)
  await files.write(modfile, (await files.readText(join(module.path, 'go.mod'))) ?? '')
  if (before !== undefined) await files.write(join(directory, 'go.sum'), before)
  return {
    modfile,
    async release() {
      const after = (await files.readText(join(directory, 'go.sum'))) ?? ''
      const lines = addedLines(before ?? '', after)
      return lines.length === 0 ? [] : [{ file: sumFile, lines }]
    },
  }
}

async function keepByBackup(module: ModuleDirectory, directory: string, files: Files): Promise<SumKeeper> {
  const backups: Backup[] = []
  for (const [i, path] of module.sumFiles.entries()) {
    const text = await files.readText(path)
    const copy = text === undefined ? null : `${i}-${basename(path)}`
    if (text !== undefined && copy !== null) await files.write(join(directory, copy), text)
    backups.push({ path, copy })
  }
  await files.write(join(directory, INDEX), JSON.stringify(backups))
  return { modfile: undefined, release: () => restoreSums(directory, files) }
}

/**
 * Puts back what a backup holds, and tells the lines that were there more. Safe to call twice and for a directory
 * that holds no backup.
 */
export async function restoreSums(
  directory: string,
  files: Files,
): Promise<readonly { readonly file: string; readonly lines: readonly string[] }[]> {
  const wanted: { file: string; lines: readonly string[] }[] = []
  for (const { path, copy } of await readIndex(directory, files)) {
    const before = copy === null ? undefined : await files.readText(join(directory, copy))
    const after = await files.readText(path)
    if (copy !== null && before === undefined) continue
    if (after === before) continue
    wanted.push({ file: path, lines: addedLines(before ?? '', after ?? '') })
    if (before === undefined) await files.remove(path)
    else await files.write(path, before)
  }
  return wanted
}

async function readIndex(directory: string, files: Files): Promise<readonly Backup[]> {
  try {
    const value: unknown = JSON.parse((await files.readText(join(directory, INDEX))) ?? '[]')
    return Array.isArray(value) ? value.filter(isBackup) : []
  } catch {
    return []
  }
}

/** Only files that are go's sums: whoever changed the index must not make us write others. */
function isBackup(value: unknown): value is Backup {
  const { path, copy } = (value ?? {}) as Partial<Backup>
  const isSum = typeof path === 'string' && ['go.sum', 'go.work.sum'].includes(basename(path))
  return isSum && (copy === null || (typeof copy === 'string' && basename(copy) === copy))
}
