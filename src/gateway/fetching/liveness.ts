import type { Candidate } from '../../candidates/candidate.ts'

/** What a gateway waits for: an upstream that has answered before, or one that never answered any request. */
export type Awaited = 'alive' | 'unheard' | 'none'

/** The only upstream may take so many read timeouts for its first answer. */
export const UNANSWERED_FACTOR = 4

/**
 * Which upstreams are alive. Any answer shows it, an error too: such an upstream is slow, and may have to fetch what it
 * is asked for. One that never answered may be dead, and is given up after a while.
 */
export interface Liveness {
  /** A request to it begins. */
  noteAsked(upstream: Candidate, nowMs: number): void
  /** It answered. @param firstByteMs how long that took; null: unknown */
  noteAnswer(upstream: Candidate, firstByteMs: number | null): void
  isAlive(upstream: Candidate): boolean
  /** The longest that any of its answers took to begin; undefined before the first. */
  slowestFirstByteMs(upstream: Candidate): number | undefined
  /** When it is given up unless it has answered by then. */
  giveUpMs(upstream: Candidate): number
  /** True once for each upstream: it is to be probed now. */
  takeProbe(upstream: Candidate): boolean
  /** A body put together from its parts turned out wrong: from now on its bodies are not resumed. */
  noteBadParts(upstream: Candidate): void
  givesParts(upstream: Candidate): boolean
  /** A request waits for its answer, for longer than a silence may last elsewhere. @returns what ends the wait */
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

/** @param unheardMs from the first request to an upstream until it is given up if it never answered */
export function openLiveness(unheardMs: number): Liveness {
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
