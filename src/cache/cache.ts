import { dirname, join } from 'node:path'
import type { Clock, Effects, Files } from '../effects.ts'
import { type Problem, reasonOf } from '../errors.ts'
import { downloadPath } from '../go/module-cache.ts'
import { isPlainZip } from '../go/zip.ts'
import type { Policy } from '../policy.ts'
import { followTransfer } from '../transfer/follow.ts'
import { storedDirectory } from '../transfer/places.ts'
import { startTransfer, type Transfer, type TransferEnd } from '../transfer/transfer.ts'
import { bytesInKey, type CacheKeys } from './key.ts'
import type { CacheMode } from './mode.ts'
import { type DownloadSoFar, type RaceState, whyAbandon } from './race.ts'
import type { SavePlan } from './save.ts'
import type { CacheFile } from './select.ts'
import type { CacheTask } from './tasks.ts'

/** The cache's part of a run, for the report. */
export interface CacheStory {
  readonly mode: CacheMode
  readonly keys: CacheKeys | undefined
  readonly restored: Restored | undefined
  /** What the post step does. */
  readonly save: 'planned' | 'unchanged' | 'incomplete' | 'needless' | 'no'
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
  /** Resolves when its archive was fetched, or it has ended otherwise. */
  fetched(): Promise<void>
  /** Waits for it, and puts what it brought into the module cache. */
  settle(): Promise<Restored>
  /** The same beside a download; abandons the restore once the download will be done first. */
  race(download: DownloadProgress): Promise<Restored>
  /** Ends it: the download is done, or the cache is no longer needed. */
  abandon(what: string): void
}

/** What is known of the download beside it. */
export interface DownloadProgress {
  readonly predictedSeconds: number | undefined
  /** undefined before it begins, or where it cannot be counted. */
  now(): DownloadSoFar | undefined
  /** A file is in the module cache now, at `path`: nothing has to wait for it any more. */
  onTaken(target: string, path: string, bytes: number): void
}

export function startRestore(options: RestoreOptions, effects: Effects): Restore {
  const { keys, files } = options
  const directory = storedDirectory(options.temporaryDirectory)
  const pauseMs = options.mode.restore === 'race' ? options.policy.pauseMs : 0
  const transfer = startTransfer<CacheTask>(
    {
      ...options,
      task: { about: 'modules', kind: 'restore', files, keys, pauseMs },
      countUnpacked: async unpacked => {
        const stats = await effects.files.stat(files.map(({ target }) => join(unpacked, target)))
        return stats.reduce((sum, stat) => sum + (stat?.bytes ?? 0), 0)
      },
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
      // What was verified before the transfer was abandoned is as good as the rest.
      const onTaken: DownloadProgress['onTaken'] = (target, path, bytes) => {
        taken.add(target)
        download?.onTaken(target, path, bytes)
      }
      await takeOver(fetched.verified, { ...options, directory, onTaken }, effects.files)
      await effects.files.remove(directory)
    } catch (error) {
      end = { ...fetched, how: 'failed', what: reasonOf(error) }
    }
    const bytes = end.key === undefined ? undefined : bytesInKey(end.key, keys)
    const exact = end.key?.startsWith(keys.exact) === true
    return { ...end, taken, bytes: bytes ?? 0, exact, predictedDownloadSeconds: download?.predictedSeconds }
  }
  return {
    hasEnded: () => ended,
    fetched: () => untilFetched(transfer, effects.clock),
    settle: async () => {
      // Zips are stored as they are.
      const sizesIn = (key: string) => ({ archive: bytesInKey(key, keys), unpacked: bytesInKey(key, keys) })
      const stop = followTransfer(transfer, { cache: 'module cache', kind: 'restore', sizesIn }, effects)
      return settle().finally(stop)
    },
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

async function untilFetched(transfer: Transfer, clock: Clock): Promise<void> {
  let ended = false
  void transfer.ended.then(() => {
    ended = true
  })
  for (;;) {
    const { bytes, total, unpacked } = transfer.progress()
    if (ended || unpacked || (total !== undefined && bytes >= total)) return
    await Promise.race([transfer.ended, clock.sleep(TICK_MS)])
  }
}

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

interface TakeOverOptions extends Pick<RestoreOptions, 'files' | 'gomodcache'>, Pick<DownloadProgress, 'onTaken'> {
  /** Where the verified files lie. */
  readonly directory: string
}

/** Moves verified files into the module cache; what is there already stays. */
async function takeOver(
  verified: TransferEnd['verified'],
  { files: wanted, gomodcache, directory, onTaken }: TakeOverOptions,
  files: Files,
): Promise<void> {
  for (const { target, kind, hash } of wanted) {
    const to = downloadPath(gomodcache, target)
    const bytes = verified.get(target)
    if (bytes === undefined || (await files.kind(to)) !== undefined) continue
    await files.makeDirectory(dirname(to))
    // What go would write after hashing the zip, which we did. Written first, so that no go that runs now hashes it again.
    // Only where go is sure to see the same files in it as our verification did.
    if (kind === 'zip' && hash !== undefined && (await isPlain(join(directory, target), files)))
      await files.write(`${to}hash`, hash)
    await files.move(join(directory, target), to)
    onTaken(target, to, bytes)
  }
}

async function isPlain(path: string, files: Files): Promise<boolean> {
  const opened = await files.open(path)
  if (opened === undefined) return false
  try {
    return await isPlainZip(opened)
  } finally {
    await opened.close()
  }
}
