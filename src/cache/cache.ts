import { dirname, join } from 'node:path'
import type { Effects } from '../effects.ts'
import type { Problem } from '../errors.ts'
import { isPlainZip } from '../go/zip.ts'
import type { Policy } from '../policy.ts'
import { bytesInKey, type CacheKeys } from './key.ts'
import type { CacheMode } from './mode.ts'
import { type DownloadSoFar, type RaceState, whyAbandon } from './race.ts'
import type { SavePlan } from './save.ts'
import type { CacheFile } from './select.ts'
import { startTransfer, storedDirectory, type Transfer, type TransferEnd } from './transfer.ts'

/** The cache's part of a run, as the report tells it. */
export interface CacheStory {
  readonly mode: CacheMode
  readonly keys: CacheKeys | undefined
  readonly restored: Restored | undefined
  /** What becomes of it in the post step. */
  readonly save: 'planned' | 'unchanged' | 'incomplete' | 'no'
  readonly plan: SavePlan | undefined
  readonly warnings: readonly Problem[]
}

export interface Restored extends TransferEnd {
  /** Files that are in the module cache now and were not before, by target. */
  readonly taken: ReadonlySet<string>
  /** Bytes of the archive, as its name says. */
  readonly bytes: number
  /** The entry was made for exactly these sums. */
  readonly exact: boolean
  readonly predictedDownloadSeconds: number | undefined
}

export interface RestoreOptions {
  readonly mode: CacheMode
  readonly keys: CacheKeys
  readonly files: readonly CacheFile[]
  readonly gomodcache: string
  readonly program: readonly [string, string]
  readonly policy: Policy['cache']
  /** Ours. */
  readonly temporaryDirectory: string
}

/** A restore under way. */
export interface Restore {
  /** It has ended by itself. */
  hasEnded(): boolean
  /** Waits for it, and puts what it brought into the module cache. */
  settle(): Promise<Restored>
  /** The same beside a download, and ends it once the download will be done first. */
  race(download: DownloadProgress): Promise<Restored>
  /** Ends it: the download is done, or nobody needs it any more. */
  abandon(what: string): void
}

/** What is known of the download beside it. */
export interface DownloadProgress {
  readonly predictedSeconds: number | undefined
  /** undefined while it has not begun, or nobody counts. */
  now(): DownloadSoFar | undefined
  /** A file is in the module cache now, at `path`: nobody has to wait for it any more. */
  onTaken(target: string, path: string, bytes: number): void
}

export function startRestore(options: RestoreOptions, effects: Effects): Restore {
  const { keys, files } = options
  const directory = storedDirectory(options.temporaryDirectory)
  const pauseMs = options.mode.restore === 'race' ? options.policy.pauseMs : 0
  const transfer = startTransfer(
    {
      ...options,
      task: { kind: 'restore', files, keys, pauseMs },
      env: effects.env,
      platform: effects.platform,
    },
    effects,
  )
  let ended = false
  void transfer.ended.then(() => {
    ended = true
  })
  const settle = async (download?: DownloadProgress): Promise<Restored> => {
    const fetched = await transfer.ended
    const taken = new Set<string>()
    let end: TransferEnd = fetched
    try {
      // What was verified before it was given up is as good as the rest.
      await takeOver(fetched, directory, options, effects, (target, path, bytes) => {
        taken.add(target)
        download?.onTaken(target, path, bytes)
      })
      await effects.files.remove(directory)
    } catch (error) {
      end = { ...fetched, how: 'failed', what: error instanceof Error ? error.message : String(error) }
    }
    const bytes = end.key === undefined ? undefined : bytesInKey(end.key, keys)
    const exact = end.key?.startsWith(keys.exact) === true
    return { ...end, taken, bytes: bytes ?? 0, exact, predictedDownloadSeconds: download?.predictedSeconds }
  }
  return {
    hasEnded: () => ended,
    settle: () => settle(),
    race: async download => {
      while (!ended) {
        const why = whyAbandon(raceState(transfer, download, options, effects.clock.now()), options.policy)
        if (why !== undefined) transfer.abandon(why)
        await Promise.race([transfer.ended, effects.clock.sleep(TICK_MS)])
      }
      return settle(download)
    },
    abandon: transfer.abandon,
  }
}

const TICK_MS = 50

function raceState(
  transfer: Transfer,
  { predictedSeconds, now }: DownloadProgress,
  { keys }: RestoreOptions,
  nowMs: number,
): RaceState {
  const { key, bytes, fetchingMs, unpacked, verifiedBytes } = transfer.progress()
  return {
    elapsedMs: fetchingMs === undefined ? 0 : nowMs - fetchingMs,
    size: key === undefined ? undefined : bytesInKey(key, keys),
    bytes,
    unpacked,
    verifiedBytes,
    download: now(),
    predictedMs: predictedSeconds === undefined ? undefined : predictedSeconds * 1000,
  }
}

/** Moves verified files into the module cache; what is there already stays. */
async function takeOver(
  { verified }: TransferEnd,
  directory: string,
  { files, gomodcache }: RestoreOptions,
  world: Effects,
  onTaken: DownloadProgress['onTaken'],
): Promise<void> {
  for (const { target, kind, hash } of files) {
    const to = join(gomodcache, 'cache', 'download', target)
    const bytes = verified.get(target)
    if (bytes === undefined || (await world.files.kind(to)) !== undefined) continue
    await world.files.makeDirectory(dirname(to))
    // What go would write after hashing the zip, which was done. First, lest a go that runs meanwhile hashes it again.
    // Only where go must see the same files in it as whoever verified it.
    if (kind === 'zip' && hash !== undefined && (await isPlain(join(directory, target), world.files)))
      await world.files.write(`${to}hash`, hash)
    await world.files.move(join(directory, target), to)
    onTaken(target, to, bytes)
  }
}

async function isPlain(path: string, files: Effects['files']): Promise<boolean> {
  const opened = await files.open(path)
  if (opened === undefined) return false
  try {
    return await isPlainZip(opened)
  } finally {
    await opened.close()
  }
}
