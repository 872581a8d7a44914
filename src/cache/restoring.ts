import type { Effects } from '../effects.ts'
import { type DownloadProgress, type Restored, type RestoreOptions, startRestore } from './cache.ts'

/** A restore under way whose end is taken once. */
export interface Restoring {
  /** Its end, once that was taken. */
  restored(): Restored | undefined
  /** Resolves when its archive was fetched, or it has ended otherwise. */
  fetched(): Promise<void>
  /** It has neither ended by itself nor been taken. */
  isRunning(): boolean
  /** Waits for its end and takes it. @returns undefined when it was taken before */
  settle(): Promise<Restored | undefined>
  /** Does `work` while it races the download. It ends with the work. */
  beside<T>(download: DownloadProgress, work: () => Promise<T>): Promise<T>
  /** Ends it, unless it was taken. */
  close(): Promise<void>
}

/** @param time measures how long a wait for the restore takes */
export function startRestoring(
  options: RestoreOptions,
  time: (wait: () => Promise<Restored>) => Promise<Restored>,
  effects: Effects,
): Restoring {
  const restore = startRestore(options, effects)
  let restored: Restored | undefined
  const take = async (ending: Promise<Restored>): Promise<Restored> => {
    restored = await time(() => ending)
    return restored
  }
  return {
    restored: () => restored,
    fetched: restore.fetched,
    isRunning: () => restored === undefined && !restore.hasEnded(),
    settle: async () => (restored === undefined ? take(restore.settle()) : undefined),
    async beside(download, work) {
      const racing = take(restore.race(download))
      try {
        return await work()
      } finally {
        restore.abandon('the download finished first')
        await racing
      }
    },
    async close() {
      if (restored !== undefined) return
      restore.abandon('it is no longer needed')
      restored = await restore.settle()
    },
  }
}
