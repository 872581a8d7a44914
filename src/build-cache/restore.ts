import { join } from 'node:path'
import type { Effects } from '../effects.ts'
import type { Policy } from '../policy.ts'
import { followTransfer } from '../transfer/follow.ts'
import { startTransfer, type TransferEnd } from '../transfer/transfer.ts'
import { whyGiveUp } from './bound.ts'
import { type BuildKeys, type EntryFigures, figuresInKey } from './key.ts'
import type { BuildCacheMode } from './mode.ts'
import type { BuildTask } from './tasks.ts'

/** A restore of the build cache that has ended. */
export interface BuildRestored extends TransferEnd {
  /** What the entry's name says; undefined: there was none. */
  readonly figures: EntryFigures | undefined
  /** How close the entry is to this job: made for its commit, for its go.sum lines, or for others. */
  readonly match: 'commit' | 'sums' | 'older' | undefined
}

export interface BuildRestoreOptions {
  readonly mode: BuildCacheMode
  readonly keys: BuildKeys
  readonly gocache: string
  /** The time that restored entries get, by the calendar; milliseconds. */
  readonly stampMs: number
  readonly program: readonly [string, string]
  readonly policy: Policy['cache']
  /** A file that is there once the modules need the link no more; undefined where they are not waited for. */
  readonly turnFile: string | undefined
  /** Ours, and this restore's alone. */
  readonly temporaryDirectory: string
}

/** A restore under way. */
export interface BuildRestore {
  /** Waits for its end; where the mode is `bounded`, no longer than it pays. Called again, answers the same. */
  settle(): Promise<BuildRestored>
  abandon(what: string): void
}

export function startBuildRestore(options: BuildRestoreOptions, effects: Effects): BuildRestore {
  const { mode, keys, gocache, stampMs, turnFile, policy } = options
  const turn = turnFile === undefined ? undefined : { file: turnFile, longestMs: policy.turnMs }
  const pending = `.go-proxy-setup-${effects.random.hex(8)}`
  const transfer = startTransfer<BuildTask>(
    {
      ...options,
      task: { about: 'build', kind: 'restore', gocache, pending, keys, stampMs, turn },
      env: effects.env,
      platform: effects.platform,
    },
    effects,
  )
  let ended = false
  const settled = transfer.ended.then(async end => {
    ended = true
    // What was being written when the child was ended.
    await effects.files.remove(join(gocache, pending)).catch(() => undefined)
    await effects.files.remove(options.temporaryDirectory).catch(() => undefined)
    return { ...end, ...(end.key === undefined ? NO_ENTRY : describeEntry(end.key, keys)) }
  })
  const watch = async (): Promise<void> => {
    while (!ended) {
      const progress = transfer.progress()
      const figures = progress.key === undefined ? undefined : figuresInKey(progress.key, keys)
      const why = whyGiveUp({ progress, figures, startMs: transfer.startMs, nowMs: effects.clock.now() }, policy)
      if (why !== undefined) transfer.abandon(why)
      await Promise.race([transfer.ended, effects.clock.sleep(TICK_MS)])
    }
  }
  if (mode.restore === 'bounded') void watch()
  const sizesIn = (key: string) => ({ unpacked: figuresInKey(key, keys)?.bytes })
  const settle = async () => {
    const stop = followTransfer(transfer, { cache: 'build cache', kind: 'restore', sizesIn }, effects)
    return settled.finally(stop)
  }
  return { settle, abandon: transfer.abandon }
}

const TICK_MS = 50

const NO_ENTRY = { figures: undefined, match: undefined }

function describeEntry(key: string, keys: BuildKeys): Pick<BuildRestored, 'figures' | 'match'> {
  const match = key.startsWith(keys.exact) ? 'commit' : key.startsWith(keys.sums) ? 'sums' : 'older'
  return { figures: figuresInKey(key, keys), match }
}
