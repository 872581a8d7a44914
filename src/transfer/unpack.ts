import type { NewFile } from '../effects.ts'
import { readTar } from './tar.ts'

/** A regular file of an archive. */
export interface TarMember {
  /** Without `.`, `..` and empty parts. */
  readonly name: string
  readonly bytes: number
}

/**
 * Writes the files of an archive, one after the other.
 * @param create opens the file that takes a member's content; undefined skips the member, a TarError refuses the archive
 * @throws TarError where the archive is damaged, or holds what none of ours does
 */
export async function unpackTar(
  archive: AsyncIterable<Buffer>,
  create: (member: TarMember) => Promise<NewFile | undefined>,
): Promise<void> {
  let file: NewFile | undefined
  try {
    for await (const event of readTar(archive)) {
      if (event.kind === 'data') await file?.write(event.chunk)
      else if (event.kind === 'file') file = await create(event)
      else {
        await file?.close()
        file = undefined
      }
    }
  } finally {
    await file?.close()
  }
}
