import type { Clock, Log, Progress, Share } from '../effects.ts'
import type { Transfer } from './transfer.ts'

/** What a reader is told of a transfer that is waited for. */
export interface FollowedTransfer {
  /** `module cache`, `build cache`, or the name of a tool. */
  readonly cache: string
  readonly kind: 'restore' | 'save'
  /** Bytes of the archive, and of what is in it, as the entry's key says. */
  readonly sizesIn?: (key: string) => KeySizes
}

interface KeySizes {
  readonly archive?: number | undefined
  readonly unpacked?: number | undefined
}

/** A wait that ends sooner gets no progress line. */
const SOON_MS = 300

/** Shows how far a transfer is, until the returned function is called. */
export function followTransfer(
  transfer: Pick<Transfer, 'startMs' | 'progress' | 'phase'>,
  followed: FollowedTransfer,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): () => void {
  const sinceMs = transfer.startMs
  return log.follow(() => (clock.now() - sinceMs < SOON_MS ? undefined : progressOf(transfer, followed, sinceMs)))
}

const DOING = {
  building: 'packing',
  sending: 'saving',
  fetching: 'restoring',
  unpacking: 'unpacking',
} as const

function progressOf(
  transfer: Pick<Transfer, 'progress' | 'phase'>,
  { cache, kind, sizesIn }: FollowedTransfer,
  sinceMs: number,
): Progress {
  const { key, bytes: moved, total: said, placedBytes, verifiedBytes } = transfer.progress()
  if (kind === 'restore' && key === undefined) return { phase: 'looking', what: `looking for the ${cache}`, sinceMs }
  const sizes = key === undefined ? undefined : sizesIn?.(key)
  const phase = transfer.phase()
  const shown = { phase: `${phase} ${cache}`, what: `${DOING[phase]} the ${cache}`, sinceMs }
  if (phase === 'building') return shown
  if (phase === 'unpacking') return { ...shown, done: shareOf(Math.max(placedBytes, verifiedBytes), sizes?.unpacked) }
  const total = said ?? sizes?.archive
  const left = total === undefined ? undefined : Math.max(0, total - moved)
  return { ...shown, done: shareOf(moved, total), bytes: { moved, left } }
}

function shareOf(of: number, total: number | undefined): Share | undefined {
  return total === undefined ? undefined : { of: Math.min(of, total), total }
}
