import { dirname, join } from 'node:path'
import type { Clock, Files } from '../effects.ts'
import { reasonOf } from '../errors.ts'
import type { CacheMessage, CacheTask, RestoreTask, SaveTask } from './messages.ts'
import { checkFile, plainInfo } from './verify.ts'

type Emit = (message: CacheMessage) => void

interface ChildWorld {
  readonly files: Files
  readonly clock: Clock
}

/** A task and everything that it takes. */
interface ChildTask<T> extends ChildWorld {
  readonly task: T
  readonly service: Service
  readonly emit: Emit
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
 * What is stored, in the library's terms: the child's working directory. The library hashes the path as it is given into
 * an entry's version, so it must be the same text on every runner, wherever its directories lie. (`..` it refuses.)
 */
const STORED = ['.']

/** The child's work, which may hang, print or be killed. It reports everything by messages. */
export async function performTask(task: CacheTask, service: Service, world: ChildWorld, emit: Emit): Promise<void> {
  try {
    if (!service.isFeatureAvailable()) emit({ kind: 'failed', what: 'there is no cache service' })
    else if (task.kind === 'restore') await restore({ task, service, emit, ...world })
    else await save({ task, service, emit, ...world })
  } catch (error) {
    emit({ kind: 'failed', what: reasonOf(error) })
  }
}

async function restore({ task, service, emit, files, clock }: ChildTask<RestoreTask>): Promise<void> {
  const { directory, files: wanted, keys, pauseMs } = task
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

async function save({ task, service, emit, files }: ChildTask<SaveTask>): Promise<void> {
  const { directory, files: wanted, key, from } = task
  for (const file of wanted) {
    const path = join(directory, file.target)
    await files.makeDirectory(dirname(path), 0o700)
    await files.link(join(from, file.target), path)
    const checked = await checkFile(file, directory, files)
    // Steps after ours can write there: what they changed must not reach other jobs.
    if (!checked?.ok) {
      return emit({ kind: 'failed', what: `${file.target} does not match go.sum: ${checked?.what ?? 'it is missing'}` })
    }
    emit({ kind: 'verified', target: file.target, bytes: checked.bytes })
  }
  const id = await service.saveCache(STORED, key)
  emit(id === -1 ? { kind: 'failed', what: 'the cache service did not accept it' } : { kind: 'finished' })
}
