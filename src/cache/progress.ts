import type { Policy } from '../policy.ts'

/** What is known of a transfer while it runs. */
export interface Progress {
  /** The entry that is being fetched. */
  readonly key: string | undefined
  /** Of the archive, fetched or sent so far. */
  readonly bytes: number
  /** When the first of them was seen, by the clock. */
  readonly fetchingMs: number | undefined
  readonly unpacked: boolean
  /** Of the files that were checked so far. */
  readonly verifiedBytes: number
  /** When something last moved, by the clock. */
  readonly movedMs: number
}

/** What bytes can move in. Saving builds an archive and sends it; restoring fetches one and unpacks it. */
export type Phase = 'building' | 'sending' | 'fetching' | 'unpacking'

/** A transfer's movement. Each phase counts for itself: of a finished archive nothing has been sent yet. */
export interface Movement {
  readonly progress: Progress
  readonly counted: Readonly<Record<Phase, number>>
  /** The service's rate is counted from here; undefined: it has had no part in it yet. */
  readonly sinceMs: number | undefined
  /** The whole archive was fetched or sent: what is waited for now has no rate. */
  readonly complete: boolean
}

/** @param withService begins with a question to the service */
export function atRest(startMs: number, withService: boolean): Movement {
  return {
    progress: { key: undefined, bytes: 0, fetchingMs: undefined, unpacked: false, verifiedBytes: 0, movedMs: startMs },
    counted: { building: 0, sending: 0, fetching: 0, unpacking: 0 },
    sinceMs: withService ? startMs : undefined,
    complete: false,
  }
}

/** What is seen to have moved in a phase. */
export interface Seen {
  /** All in all. */
  readonly bytes: number
  /** Of so many, where that is known. */
  readonly of?: number
}

/** @param beganMs when it may have begun to move */
export function moved(movement: Movement, phase: Phase, { bytes, of }: Seen, now: number, beganMs: number): Movement {
  const { progress, counted, sinceMs } = movement
  if (bytes <= counted[phase]) return movement
  const ofService = phase === 'sending' || phase === 'fetching'
  return {
    progress: {
      ...progress,
      movedMs: now,
      ...(ofService && { bytes, fetchingMs: progress.fetchingMs ?? beganMs }),
    },
    counted: { ...counted, [phase]: bytes },
    sinceMs: phase === 'building' ? now : sinceMs,
    complete: movement.complete || (of !== undefined && bytes >= of),
  }
}

/** Why waiting on is no help; undefined while it is. */
export function whyEnd(movement: Movement, { stallMs, minimumRate }: Policy['cache'], now: number): string | undefined {
  const { progress, counted, sinceMs } = movement
  if (now - progress.movedMs >= stallMs) return `nothing moved for ${formatSeconds(stallMs)}`
  // What is left to do then is done here, or is one answer.
  if (sinceMs === undefined || movement.complete || progress.unpacked || counted.unpacking > 0) return undefined
  const enough = now - sinceMs < stallMs || (progress.bytes * 1000) / (now - sinceMs) >= minimumRate
  return enough ? undefined : `only ${Math.round(progress.bytes / 1000)} kB moved in ${formatSeconds(now - sinceMs)}`
}

function formatSeconds(ms: number): string {
  return `${Number((ms / 1000).toFixed(1))} s`
}
