import { dirname, join } from 'node:path'
import type { Clock, Files } from '../effects.ts'
import type { CacheMessage, CacheTask } from './messages.ts'
import { checkFile, plainInfo } from './verify.ts'

type Emit = (message: CacheMessage) => void

interface World {
  readonly files: Files
  readonly clock: Clock
}

/** What the child does of @actions/cache. */
export interface Service {
  isFeatureAvailable(): boolean
  restoreCache(
    paths: string[],
    key: string,
    restoreKeys?: string[],
    options?: { lookupOnly?: boolean },
  ): Promise<string | undefined>
  saveCache(paths: string[], key: string): Promise<number>
}

/**
 * What is stored, as the library is told: the child's working directory. The library hashes the path as it is given into
 * an entry's version, so it must be the same text on every runner, wherever its directories lie. (`..` it refuses.)
 */
const STORED = ['.']

/** The work of the child: what may hang, print or be killed. All that came of it is told by messages. */
export async function performTask(task: CacheTask, service: Service, world: World, emit: Emit): Promise<void> {
  try {
    if (!service.isFeatureAvailable()) emit({ kind: 'failed', what: 'there is no cache service' })
    else if (task.kind === 'restore') await restore(task, task, service, world, emit)
    else await save(task, task, service, world, emit)
  } catch (error) {
    emit({ kind: 'failed', what: error instanceof Error ? error.message : String(error) })
  }
}

async function restore(
  { directory, files: wanted }: CacheTask,
  { keys, pauseMs }: Extract<CacheTask, { kind: 'restore' }>,
  service: Service,
  { files, clock }: World,
  emit: Emit,
): Promise<void> {
  const key = await service.restoreCache(STORED, keys.exact, [keys.exact, keys.prefix], { lookupOnly: true })
  if (key === undefined) return emit({ kind: 'missed' })
  emit({ kind: 'found', key })
  await clock.sleep(pauseMs)
  if ((await service.restoreCache(STORED, key)) === undefined) {
    return emit({ kind: 'failed', what: 'the archive could not be fetched or unpacked' })
  }
  emit({ kind: 'unpacked' })
  for (const file of wanted) {
    const checked = await checkFile(file, directory, files)
    if (checked === undefined) continue
    const path = join(directory, file.target)
    if (!checked.ok) {
      await files.remove(path)
      emit({ kind: 'rejected', target: file.target, what: checked.what })
      continue
    }
    const info = file.kind === 'info' ? plainInfo((await files.readText(path)) ?? '') : undefined
    if (info !== undefined) await files.write(path, info)
    emit({ kind: 'verified', target: file.target, bytes: info === undefined ? checked.bytes : Buffer.byteLength(info) })
  }
  emit({ kind: 'finished' })
}

async function save(
  { directory, files: wanted }: CacheTask,
  { key, from }: Extract<CacheTask, { kind: 'save' }>,
  service: Service,
  { files }: World,
  emit: Emit,
): Promise<void> {
  for (const file of wanted) {
    const path = join(directory, file.target)
    await files.makeDirectory(dirname(path), 0o700)
    await files.link(join(from, file.target), path)
    const checked = await checkFile(file, directory, files)
    // Steps after ours could write there: what they changed must not get into other jobs.
    if (!checked?.ok) {
      return emit({ kind: 'failed', what: `${file.target} is not what go.sum says: ${checked?.what ?? 'it is gone'}` })
    }
    emit({ kind: 'verified', target: file.target, bytes: checked.bytes })
  }
  const id = await service.saveCache(STORED, key)
  emit(id === -1 ? { kind: 'failed', what: 'the service did not take it' } : { kind: 'finished' })
}
