import type { Policy } from '../policy.ts'

/** What is known of a transfer while it runs. */
export interface TransferProgress {
  /** The entry that is being fetched. */
  readonly key: string | undefined
  /** Of the archive, fetched or sent so far. */
  readonly bytes: number
  /** Of the whole archive, once the library says so. */
  readonly total: number | undefined
  /** Of what the child says that it put where it belongs. */
  readonly placedBytes: number
  /** When the first byte was seen, by the clock. */
  readonly fetchingMs: number | undefined
  readonly unpacked: boolean
  /** Of the files that were checked so far. */
  readonly verifiedBytes: number
  /** When something last moved, by the clock. */
  readonly movedMs: number
}

/** Saving builds an archive and sends it; restoring fetches one and unpacks it. */
export type TransferPhase = 'building' | 'sending' | 'fetching' | 'unpacking'

/** A transfer's movement. Each phase counts for itself: of a finished archive nothing has been sent yet. */
export interface TransferMovement {
  readonly progress: TransferProgress
  readonly counted: Readonly<Record<TransferPhase, number>>
  /** The service's rate counts from here; undefined: it is not involved yet. */
  readonly sinceMs: number | undefined
  /** The whole archive was fetched or sent: what remains has no rate. */
  readonly complete: boolean
}

/** @param withService begins with a question to the service */
export function atRest(startMs: number, withService: boolean): TransferMovement {
  return {
    progress: {
      key: undefined,
      bytes: 0,
      total: undefined,
      placedBytes: 0,
      fetchingMs: undefined,
      unpacked: false,
      verifiedBytes: 0,
      movedMs: startMs,
    },
    counted: { building: 0, sending: 0, fetching: 0, unpacking: 0 },
    sinceMs: withService ? startMs : undefined,
    complete: false,
  }
}

/** What was seen of one phase. */
export interface Seen {
  readonly phase: TransferPhase
  /** In total so far. */
  readonly bytes: number
  /** Of so many, where that is known. */
  readonly of?: number
  readonly nowMs: number
  /** When it may have begun to move. */
  readonly beganMs: number
}

export function moved(movement: TransferMovement, { phase, bytes, of, nowMs, beganMs }: Seen): TransferMovement {
  const { progress, counted, sinceMs } = movement
  if (bytes <= counted[phase]) return movement
  const ofService = phase === 'sending' || phase === 'fetching'
  return {
    progress: {
      ...progress,
      movedMs: nowMs,
      ...(ofService && { bytes, fetchingMs: progress.fetchingMs ?? beganMs, total: of ?? progress.total }),
    },
    counted: { ...counted, [phase]: bytes },
    sinceMs: phase === 'building' ? nowMs : sinceMs,
    complete: movement.complete || (of !== undefined && bytes >= of),
  }
}

/** What a transfer does now. */
export function phaseOf({ progress, counted, complete }: TransferMovement, kind: 'restore' | 'save'): TransferPhase {
  if (kind === 'save') return counted.sending > 0 ? 'sending' : 'building'
  return progress.unpacked || complete || counted.unpacking > 0 ? 'unpacking' : 'fetching'
}

/** Why it makes no sense to wait any longer; undefined while it does. */
export function whyEnd(
  movement: TransferMovement,
  { stallMs, minimumRate }: Policy['cache'],
  now: number,
): string | undefined {
  const { progress, counted, sinceMs } = movement
  if (now - progress.movedMs >= stallMs) return `no progress for ${inSeconds(stallMs)}`
  // What remains then happens on this machine, or is one answer. What is saved lies in its place before it is sent.
  const isUnpacking = progress.unpacked || (counted.unpacking > 0 && counted.building === 0)
  if (sinceMs === undefined || movement.complete || isUnpacking) return undefined
  const enough = now - sinceMs < stallMs || (progress.bytes * 1000) / (now - sinceMs) >= minimumRate
  return enough ? undefined : `only ${Math.round(progress.bytes / 1000)} kB of progress in ${inSeconds(now - sinceMs)}`
}

function inSeconds(ms: number): string {
  return `${Number((ms / 1000).toFixed(1))} s`
}
