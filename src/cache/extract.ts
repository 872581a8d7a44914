import { dirname, join } from 'node:path'
import type { Files } from '../effects.ts'
import { MAX_BYTES } from '../objects/verify.ts'
import { TarError } from '../transfer/tar.ts'
import { unpackTar } from '../transfer/unpack.ts'

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
  await unpackTar(archive, async ({ name, bytes }) => {
    if (bytes > MAX_BYTES.zip) throw new TarError(`${name} is larger than any module`)
    if (seen.has(name)) throw new TarError(`${name} occurs twice`)
    seen.add(name)
    if (!wanted.has(name)) return undefined
    const path = join(directory, name)
    await files.makeDirectory(dirname(path), 0o700)
    return files.create(path, 0o644)
  })
}
