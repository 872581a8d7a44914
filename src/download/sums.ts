import { basename, join } from 'node:path'
import type { Files } from '../effects.ts'
import { objectPath } from '../go/escape.ts'
import { sumFileOf } from '../go/goflags.ts'
import { addedLines, sumKey } from '../go/gosum.ts'
import { downloadPath } from '../go/module-cache.ts'
import type { ModuleDirectory } from '../project/project.ts'

/** Keeps go.sum and go.work.sum as they were, and reports what go wanted to add. */
export interface SumKeeper {
  /**
   * A copy, for `-modfile`, of go.mod or of what the user's own `-modfile` names; its sums stand beside it. undefined in
   * a workspace, where go refuses the flag.
   */
  readonly modfile: string | undefined
  /** Puts everything back as it was; returns the lines that go wanted. */
  release(): Promise<readonly WantedSums[]>
}

/** Lines that go added to a file. */
export interface WantedSums {
  readonly file: string
  readonly lines: readonly string[]
  /** The file as it was and stays; undefined: there is none. */
  readonly before: string | undefined
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
  const modFile = module.modFiles[0] ?? join(module.path, 'go.mod')
  const sumFile = module.sumFiles[0] ?? sumFileOf(modFile)
  // go names the file in its messages.
  const modfile = join(directory, basename(modFile))
  const before = await files.readText(sumFile)
  await files.write(modfile, (await files.readText(modFile)) ?? '')
  if (before !== undefined) await files.write(sumFileOf(modfile), before)
  return {
    modfile,
    async release() {
      const after = (await files.readText(sumFileOf(modfile))) ?? ''
      const lines = addedLines(before ?? '', after)
      return lines.length === 0 ? [] : [{ file: sumFile, lines, before }]
    },
  }
}

async function keepByBackup(module: ModuleDirectory, directory: string, files: Files): Promise<SumKeeper> {
  const backups: Backup[] = []
  for (const [i, path] of module.sumFiles.entries()) {
    const bytes = await files.read(path)
    const copy = bytes === undefined ? null : `${i}-${basename(path)}`
    if (bytes !== undefined && copy !== null) await files.write(join(directory, copy), bytes)
    backups.push({ path, copy })
  }
  await files.write(join(directory, INDEX), JSON.stringify(backups))
  return { modfile: undefined, release: () => restoreBackup(directory, files) }
}

/** Puts back what every backup in the directories below this one holds, after a process that died. */
export async function restoreSums(directory: string, files: Files): Promise<void> {
  for (const entry of await files.list(directory)) {
    if (entry.kind === 'directory') await restoreBackup(join(directory, entry.name), files)
  }
}

/**
 * Puts back what a backup holds, and returns the lines that go had added. It does so once: the index is removed, so that
 * a second call leaves alone what later steps write.
 */
async function restoreBackup(directory: string, files: Files): Promise<readonly WantedSums[]> {
  const wanted: WantedSums[] = []
  for (const { path, copy } of await readIndex(directory, files)) {
    const before = copy === null ? undefined : await files.read(join(directory, copy))
    const after = await files.read(path)
    if (copy !== null && before === undefined) continue
    if (before === undefined ? after === undefined : after?.equals(before) === true) continue
    const [was, is] = [before, after].map(bytes => bytes?.toString())
    wanted.push({ file: path, lines: addedLines(was ?? '', is ?? ''), before: was })
    if (before === undefined) await files.remove(path)
    // go wrote through a link, if there is one, and so do we.
    else await files.write((await files.realPath(path)) ?? path, before)
  }
  await files.remove(join(directory, INDEX))
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

/** Only files that are go's sums: a changed index must not make us write others. */
function isBackup(value: unknown): value is Backup {
  const { path, copy } = (value ?? {}) as Partial<Backup>
  // GOWORK may name a file of any name; its sum has `.sum` behind that.
  const isSum = typeof path === 'string' && path.endsWith('.sum')
  return isSum && (copy === null || (typeof copy === 'string' && basename(copy) === copy))
}

/**
 * Adds the lines of zips, which `go mod download` checks where they are there and does not miss. A build does.
 * @param wanted what go itself wanted to add
 */
export async function withZipLines(
  wanted: readonly WantedSums[],
  { sumFiles: [file], unsummed = [] }: ModuleDirectory,
  gomodcache: string,
  files: Pick<Files, 'readText'>,
): Promise<readonly WantedSums[]> {
  if (file === undefined || unsummed.length === 0) return wanted
  const found = await Promise.all(
    unsummed.map(async module => {
      const path = objectPath(module, 'zip')
      const hash = path && (await files.readText(`${downloadPath(gomodcache, path)}hash`).catch(() => undefined))
      return hash ? [`${sumKey(module, 'zip')} ${hash.trim()}`] : []
    }),
  )
  const given = wanted.find(one => one.file === file)
  const lines = [...new Set([...(given?.lines ?? []), ...found.flat()])].sort()
  if (lines.length === 0) return wanted
  const before = given === undefined ? await files.readText(file).catch(() => undefined) : given.before
  return [...wanted.filter(one => one !== given), { file, lines, before }]
}
