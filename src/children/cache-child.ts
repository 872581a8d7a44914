import { constants, setPriority } from 'node:os'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { performTask } from '../cache/child.ts'
import { extractArchive } from '../cache/extract.ts'
import { type CacheTask, writeMessage } from '../cache/messages.ts'
import { loadService } from '../cache/service.ts'
import { reasonOf } from '../errors.ts'
import { systemClock } from '../runner/clock.ts'
import { systemFiles } from '../runner/files.ts'
import { systemRandom } from '../runner/random.ts'

/**
 * The child process for the cache service. `cache-child TASK` performs a task; `cache-child TASK extract` is called by
 * our own `tar`, with the archive on standard input, uncompressed or gzipped. @returns the exit code
 */
export async function cacheChild([path = '', verb]: readonly string[]): Promise<number> {
  const files = systemFiles(systemRandom)
  const task = JSON.parse((await files.readText(path)) ?? '') as CacheTask
  const emit = (message: Parameters<typeof writeMessage>[1]) => process.stdout.write(writeMessage(task.mark, message))
  // Where both need the processor, the download beside it comes first.
  if (task.kind === 'restore' && task.pauseMs > 0) setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  if (verb !== 'extract') {
    await performTask(task, await loadService(), { files, clock: systemClock }, emit)
    return 0
  }
  try {
    const wanted = new Set(task.files.map(({ target }) => target))
    await extractArchive(await gunzipped(process.stdin), task.directory, wanted, files)
    return 0
  } catch (error) {
    emit({ kind: 'refused', what: `its archive was refused: ${reasonOf(error)}` })
    return 1
  }
}

async function gunzipped(input: Readable): Promise<AsyncIterable<Buffer>> {
  const iterator = input[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const first = await iterator.next()
  const all = (async function* () {
    if (first.done) return
    yield first.value
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
  })()
  const isGzip = !first.done && first.value[0] === 0x1f && first.value[1] === 0x8b
  return isGzip ? Readable.from(all).pipe(createGunzip()) : all
}
