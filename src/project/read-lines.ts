import type { Files } from '../effects.ts'
import { nameIn, type ProjectFile } from './lines.ts'
import type { ModuleDirectory } from './project.ts'

/** The go.mod and go.work files of these directories, and behind all of them their go.sum files. */
export async function readLinesOf(
  directories: readonly ModuleDirectory[],
  files: Pick<Files, 'readText'>,
): Promise<readonly ProjectFile[]> {
  const paths = (kind: 'modFiles' | 'sumFiles') =>
    directories.flatMap(directory => directory[kind].map(file => ({ file, name: nameIn(directory, file) })))
  return Promise.all(
    [...paths('modFiles'), ...paths('sumFiles')].map(async one => {
      // A missing file names no module.
      const text = await files.readText(one.file).catch(() => undefined)
      return { ...one, text: text ?? '' }
    }),
  )
}
