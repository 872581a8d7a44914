import { dirname, join } from 'node:path'
import { type ChildWorld, performIn } from '../transfer/child.ts'
import { type Service, STORED } from '../transfer/service.ts'
import type { CacheTask, RestoreTask, SaveTask } from './tasks.ts'
import { checkFile, plainInfo } from './verify.ts'

/** The child's work for the module cache. */
export function performTask(task: CacheTask, service: Service, world: ChildWorld): Promise<void> {
  return performIn(service, world, () =>
    task.kind === 'restore' ? restore(task, service, world) : save(task, service, world),
  )
}

async function restore(task: RestoreTask, service: Service, { files, clock, emit }: ChildWorld): Promise<void> {
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
  const id = await service.saveCache(STORED, key)
  emit(id === -1 ? { kind: 'failed', what: 'the cache service did not accept it' } : { kind: 'finished' })
}
