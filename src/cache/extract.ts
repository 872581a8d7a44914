import { dirname, join } from 'node:path'
import type { Files, NewFile } from '../effects.ts'
import { MAX_BYTES } from '../objects/verify.ts'
import { readTar, TarError } from '../transfer/tar.ts'

/**
 * Unpacks an archive into `directory`, which is ours and empty. Only what is wanted is written; the rest of the archive
 * is skipped.
 * @param wanted names in the archive
 * @throws TarError where the archive holds what our archives never hold
 */
export async function extractArchive(
  archive: AsyncIterable<Buffer>,
  directory: string,
  wanted: ReadonlySet<string>,
  files: Pick<Files, 'makeDirectory' | 'create'>,
): Promise<void> {
  const seen = new Set<string>()
  let file: NewFile | undefined
  try {
    for await (const event of readTar(archive)) {
      if (event.kind === 'data') await file?.write(event.chunk)
      else if (event.kind === 'end of file') {
        await file?.close()
        file = undefined
      } else {
        if (event.bytes > MAX_BYTES.zip) throw new TarError(`${event.name} is larger than any module`)
        if (seen.has(event.name)) throw new TarError(`${event.name} occurs twice`)
        seen.add(event.name)
        if (!wanted.has(event.name)) continue
        const path = join(directory, event.name)
        await files.makeDirectory(dirname(path), 0o700)
        file = await files.create(path, 0o644)
      }
    }
  } finally {
    await file?.close()
  }
}
