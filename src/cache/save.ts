import type { Policy } from '../policy.ts'
import type { CacheFile } from './select.ts'

/** What the post step is to store, decided at the end of the main step. */
export interface SavePlan {
  readonly key: string
  readonly files: readonly CacheFile[]
  readonly bytes: number
  readonly gomodcache: string
  /** Whether the job's summary is wanted. */
  readonly summary: boolean
}

export interface SaveFacts {
  readonly files: readonly CacheFile[]
  /** Sizes of those of `files` that lie in the module cache, by target. */
  readonly sizes: ReadonlyMap<string, number>
  /** Every module was downloaded, or was there. */
  readonly downloadDone: boolean
  /** Modules that arrived in this step by the download. */
  readonly downloaded: number
  /** Restoring would be no faster than this download was: see `isQuick`. */
  readonly quick: boolean
  readonly restored:
    | {
        readonly exact: boolean
        /** The restore failed or was abandoned: what the entry holds is not known. */
        readonly unknown: boolean
        /** Some files of the entry were wrong. */
        readonly spoiled: boolean
        readonly verified: ReadonlyMap<string, number>
      }
    | undefined
}

export type SaveDecision =
  | { readonly save: 'planned'; readonly files: readonly CacheFile[]; readonly bytes: number; readonly again: boolean }
  | { readonly save: 'unchanged' | 'incomplete' | 'needless' }

/** Whether there is something worth storing: a good download's whole set, if it is not stored already. */
export function decideSave({ files, sizes, downloadDone, downloaded, quick, restored }: SaveFacts): SaveDecision {
  const set = downloadDone ? completeSet(files, sizes) : undefined
  if (set === undefined) return { save: 'incomplete' }
  if (restored?.exact && !restored.spoiled) {
    if (restored.unknown || set.every(({ target }) => restored.verified.has(target))) return { save: 'unchanged' }
  }
  // All was there already: another program keeps it, and needs no cache of ours.
  if (downloaded === 0 && (restored === undefined || restored.verified.size === 0)) return { save: 'unchanged' }
  if (quick) return { save: 'needless' }
  const bytes = set.reduce((sum, { target }) => sum + (sizes.get(target) ?? 0), 0)
  return { save: 'planned', files: set, bytes, again: restored?.exact === true && restored.spoiled }
}

/** What is known of a download when `auto` asks whether a later one should rather be restored. */
export interface DownloadDone {
  /** That it waited for the network. */
  readonly seconds: number
  /** Of all modules that came. */
  readonly bytes: number
  /** A restore beside it was given up, since the download was faster. */
  readonly beatRestore: boolean
}

/** A busy machine downloads and restores more slowly. */
const DOUBT = 1.5

/** Whether restoring as much from the cache service would gain nothing that is worth an entry's space. */
export function isQuick(
  { seconds, bytes, beatRestore }: DownloadDone,
  { serviceRate, unpackRate, pauseMs, gainMs }: Policy['cache'],
): boolean {
  const restoreMs = pauseMs + (bytes * 1000) / serviceRate + (bytes * 1000) / unpackRate
  return beatRestore || seconds * 1000 < DOUBT * restoreMs + gainMs
}

/** The files of which there are some; undefined when there is no zip, or one is missing that go needs. */
function completeSet(
  files: readonly CacheFile[],
  sizes: ReadonlyMap<string, number>,
): readonly CacheFile[] | undefined {
  const there = files.filter(({ target }) => sizes.has(target))
  const complete = files.every(({ target, required }) => !required || sizes.has(target))
  return complete && there.some(({ kind }) => kind === 'zip') ? there : undefined
}
