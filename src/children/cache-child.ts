import { constants, setPriority } from 'node:os'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { performBuildTask, placeArchive } from '../build-cache/child.ts'
import type { BuildTask } from '../build-cache/tasks.ts'
import { performTask } from '../cache/child.ts'
import { extractArchive } from '../cache/extract.ts'
import type { CacheTask } from '../cache/tasks.ts'
import { systemClock } from '../runner/clock.ts'
import { entryFiles } from '../runner/entry-files.ts'
import { systemFiles } from '../runner/files.ts'
import { systemRandom } from '../runner/random.ts'
import { extractTool, performToolTask } from '../tools/child.ts'
import type { ToolTask } from '../tools/tasks.ts'
import { failureOfUnpacking } from '../transfer/child.ts'
import { type CacheMessage, writeMessage } from '../transfer/messages.ts'
import { loadService, NO_SERVICE_FILE } from '../transfer/service.ts'

/**
 * The child process for the cache service. `cache-child TASK` performs a task; `cache-child TASK extract` is called by
 * our own `tar`, with the archive on standard input, uncompressed or gzipped. @returns the exit code
 */
export async function cacheChild([path = '', verb]: readonly string[]): Promise<number> {
  const files = systemFiles(systemRandom)
  const task = JSON.parse((await files.readText(path)) ?? '') as AnyTask
  const emit = (message: CacheMessage) => process.stdout.write(writeMessage(task.mark, message))
  const world = { files, clock: systemClock, emit }
  yieldToDownload(task)
  if (verb === 'extract') return extract(task, files, emit)
  const service = await loadService()
  if (service === undefined) emit({ kind: 'failed', what: NO_SERVICE_FILE })
  else if (task.about === 'modules') await performTask(task, service, world)
  else if (task.about === 'tool') await performToolTask(task, service, world)
  else {
    const build = { ...world, store: storeOf(task), platform: process.platform, nowMs: systemClock.date().getTime() }
    await performBuildTask(task, service, build)
  }
  return 0
}

type AnyTask = CacheTask | BuildTask | ToolTask

/** Where both need the processor, the download beside it comes first. */
function yieldToDownload(task: AnyTask): void {
  const isBeside = task.kind === 'restore' && (task.about !== 'modules' || task.pauseMs > 0)
  if (isBeside) setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
}

/** @returns the exit code */
async function extract(
  task: AnyTask,
  files: ReturnType<typeof systemFiles>,
  emit: (message: CacheMessage) => void,
): Promise<number> {
  try {
    const archive = await gunzipped(process.stdin)
    if (task.about === 'modules') {
      await extractArchive(archive, task.directory, new Set(task.files.map(({ target }) => target)), files)
    } else if (task.about === 'tool') await extractTool(archive, task.directory, task.file, files)
    else if (task.kind === 'restore') await placeArchive(archive, task, { store: storeOf(task), emit })
    return 0
  } catch (error) {
    emit(failureOfUnpacking(error))
    return 1
  }
}

/** What is being written lies in GOCACHE, so that it gets its place at once. */
function storeOf({ gocache, pending }: BuildTask): ReturnType<typeof entryFiles> {
  return entryFiles(gocache, pending)
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
