import type { Candidate } from '../../candidates/candidate.ts'

/** Whom a gateway waits for: one that has answered something, or one that took a request and never answered any. */
export type Awaited = 'alive' | 'unheard' | 'none'

/** An only upstream that takes requests may need so many read timeouts for the first sign of life. */
export const UNHEARD_FACTOR = 4

/**
 * What is known of each upstream's life. Any answer shows that it is alive, an error too: such a one is slow, and may
 * have to fetch what it is asked for. One that was never heard may as well be dead, and is given up after a while.
 */
export interface Hearing {
  /** A request to it begins. */
  noteAsked(upstream: Candidate, nowMs: number): void
  /** It answered. @param firstByteMs how long that took; null: unknown */
  noteAnswer(upstream: Candidate, firstByteMs: number | null): void
  isAlive(upstream: Candidate): boolean
  /** The longest that any of its answers took to begin; undefined before the first. */
  slowestFirstByteMs(upstream: Candidate): number | undefined
  /** When it is given up, should it not have answered anything until then. */
  giveUpMs(upstream: Candidate): number
  /** True once for each upstream: whether it is there at all is to be asked now. */
  takeProbe(upstream: Candidate): boolean
  /** A body that was put together from its parts turned out wrong: its bodies come in one piece from now on. */
  noteBadParts(upstream: Candidate): void
  givesParts(upstream: Candidate): boolean
  /** Something waits for its answer, for longer than a silence may last elsewhere. @returns what ends the wait */
  beginWait(upstream: Candidate): () => void
  awaited(): Awaited
}

interface Life {
  firstAskedMs: number | undefined
  alive: boolean
  slowestMs: number | undefined
  probed: boolean
  badParts: boolean
  waits: number
}

/** @param unheardMs from the first request to an upstream until it is given up if nothing was heard of it */
export function openHearing(unheardMs: number): Hearing {
  const lives = new Map<Candidate, Life>()
  const lifeOf = (upstream: Candidate): Life => {
    const life = lives.get(upstream) ?? {
      firstAskedMs: undefined,
      alive: false,
      slowestMs: undefined,
      probed: false,
      badParts: false,
      waits: 0,
    }
    lives.set(upstream, life)
    return life
  }
  return {
    noteAsked(upstream, nowMs) {
      lifeOf(upstream).firstAskedMs ??= nowMs
    },
    noteAnswer(upstream, firstByteMs) {
      const life = lifeOf(upstream)
      life.alive = true
      if (firstByteMs !== null) life.slowestMs = Math.max(life.slowestMs ?? 0, firstByteMs)
    },
    isAlive: upstream => lifeOf(upstream).alive,
    slowestFirstByteMs: upstream => lifeOf(upstream).slowestMs,
    giveUpMs: upstream => (lifeOf(upstream).firstAskedMs ?? Number.POSITIVE_INFINITY) + unheardMs,
    takeProbe(upstream) {
      const life = lifeOf(upstream)
      const first = !life.probed
      life.probed = true
      return first
    },
    noteBadParts(upstream) {
      lifeOf(upstream).badParts = true
    },
    givesParts: upstream => !lifeOf(upstream).badParts,
    beginWait(upstream) {
      const life = lifeOf(upstream)
      let open = true
      life.waits++
      return () => {
        if (open) life.waits--
        open = false
      }
    },
    awaited() {
      const waiting = [...lives.values()].filter(({ waits }) => waits > 0)
      return waiting.some(({ alive }) => alive) ? 'alive' : waiting.length > 0 ? 'unheard' : 'none'
    },
  }
}
