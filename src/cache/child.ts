import { dirname, join } from 'node:path'
import { type ChildWorld, performIn } from '../transfer/child.ts'
import { type Service, STORED } from '../transfer/service.ts'
import type { CacheTask, RestoreTask, SaveTask } from './tasks.ts'
import { checkFile, plainInfo } from './verify.ts'

/** What is stored on one system can be restored on the others: else Windows would have entries of its own. */
const ANY_SYSTEM = true

/** The child's work for the module cache. */
export function performTask(task: CacheTask, service: Service, world: ChildWorld): Promise<void> {
  return performIn(service, world, () =>
    task.kind === 'restore' ? restore(task, service, world) : save(task, service, world),
  )
}

async function restore(task: RestoreTask, service: Service, { files, clock, emit }: ChildWorld): Promise<void> {
  const { directory, files: wanted, keys, pauseMs } = task
  const restoreKeys = [keys.exact, keys.prefix]
  const key = await service.restoreCache(STORED, keys.exact, restoreKeys, { lookupOnly: true }, ANY_SYSTEM)
  if (key === undefined) return emit({ kind: 'missed' })
  emit({ kind: 'found', key })
  await clock.sleep(pauseMs)
  if ((await service.restoreCache(STORED, key, [], {}, ANY_SYSTEM)) === undefined) {
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

async function save(task: SaveTask, service: Service, { files, emit }: ChildWorld): Promise<void> {
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
  // A job on another system may have been quicker.
  if ((await service.restoreCache(STORED, key, [], { lookupOnly: true }, ANY_SYSTEM)) === key) {
    return emit({ kind: 'missed', what: 'another job has stored it meanwhile' })
  }
  const id = await service.saveCache(STORED, key, {}, ANY_SYSTEM)
  emit(id === -1 ? { kind: 'failed', what: 'the cache service did not accept it' } : { kind: 'finished' })
}
