import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Files } from '../effects.ts'
import { type ChildWorld, performIn } from '../transfer/child.ts'
import { type Service, STORED } from '../transfer/service.ts'
import { TarError } from '../transfer/tar.ts'
import { unpackTar } from '../transfer/unpack.ts'
import { bytesInToolKey } from './key.ts'
import type { RestoreToolTask, SaveToolTask, ToolTask } from './tasks.ts'

/** No program of ours is larger. */
const MAX_BYTES = 1_000_000_000
const PROGRAM_MODE = 0o755

/** The child's work for one tool. */
export function performToolTask(task: ToolTask, service: Service, world: ChildWorld): Promise<void> {
  return performIn(service, world, () =>
    task.kind === 'restore' ? restore(task, service, world) : save(task, service, world),
  )
}

async function restore(
  { key, file, into, directory }: RestoreToolTask,
  service: Service,
  { files, emit }: ChildWorld,
): Promise<void> {
  const entry = await service.restoreCache(STORED, key, [key], { lookupOnly: true })
  if (entry === undefined || bytesInToolKey(entry, key) === undefined) return emit({ kind: 'missed' })
  emit({ kind: 'found', key: entry })
  if ((await service.restoreCache(STORED, entry)) === undefined) {
    return emit({ kind: 'failed', what: 'the archive could not be fetched or unpacked' })
  }
  emit({ kind: 'unpacked' })
  // On Windows it was the system's tar that unpacked it.
  const [program, ...others] = await files.list(directory)
  if (program?.kind !== 'file' || program.name !== file || others.length > 0) {
    return emit({ kind: 'refused', what: `its archive holds something other than the file ${file}` })
  }
  await files.move(join(directory, file), join(into, file))
  emit({ kind: 'placed', files: 1, bytes: program.bytes })
  emit({ kind: 'finished' })
}

/**
 * Unpacks an archive into `directory`, which is ours and empty: one regular file of the expected name.
 * @throws TarError where the archive holds anything else
 */
export async function extractTool(
  archive: AsyncIterable<Buffer>,
  directory: string,
  file: string,
  files: Pick<Files, 'create'>,
): Promise<void> {
  let begun = false
  await unpackTar(archive, async ({ name, bytes }) => {
    if (begun || name !== file) throw new TarError(`it holds something other than the file ${file}`)
    if (bytes > MAX_BYTES) throw new TarError('it is larger than any tool')
    begun = true
    return files.create(join(directory, file), PROGRAM_MODE)
  })
}

async function save(
  { key, entry, again, file, from, sha256, directory }: SaveToolTask,
  service: Service,
  { files, emit }: ChildWorld,
): Promise<void> {
  await files.link(from, join(directory, file))
  if ((await hashOf(join(directory, file), files)) !== sha256) {
    return emit({ kind: 'failed', what: `a later step changed ${file}` })
  }
  const there = await service.restoreCache(STORED, key, [key], { lookupOnly: true })
  if (there !== undefined && !again) {
    return emit({ kind: 'missed', what: 'another job has stored it meanwhile' })
  }
  const id = await service.saveCache(STORED, entry)
  emit(id === -1 ? { kind: 'failed', what: 'the cache service did not accept it' } : { kind: 'finished' })
}

const CHUNK = 1 << 20

/** SHA-256 of a regular file in hexadecimal; undefined where there is none. */
export async function hashOf(path: string, files: Pick<Files, 'open'>): Promise<string | undefined> {
  const file = await files.open(path)
  if (file === undefined) return undefined
  try {
    const hash = createHash('sha256')
    for (let at = 0; at < file.size; at += CHUNK) hash.update(await file.read(at, CHUNK))
    return hash.digest('hex')
  } finally {
    await file.close()
  }
}
