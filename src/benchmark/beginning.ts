import type { Candidate } from '../candidates/candidate.ts'
import type { Extent, VerifiedObject } from '../objects/object.ts'
import type { OutcomeKind } from '../upstream/outcome.ts'
import type { ZipFlow } from './sample.ts'

/** A download that has begun from one candidate. */
export interface Begun {
  /** Bytes of its zips so far, and the milliseconds in which any were arriving. */
  zips(): ZipFlow
  /** How its zips fail, once at least `least` have failed and none has arrived. */
  failure(least: number): OutcomeKind | undefined
  /** Resolves when none of its requests is under way any more. */
  settled(): Promise<void>
}

/**
 * Begins the download from where a right file came, or goes on from there.
 * @returns undefined where it may not come from there
 */
export type BeginDownload = (right: VerifiedObject, extent: Extent) => Promise<Begun | undefined>

/** From which candidate the download begins while the race goes on. */
export interface Beginning {
  /**
   * A right file came. The first one begins the download, the first zip decides where everything comes from.
   * @param latencyMs of the candidate that sent it
   */
  offer(right: VerifiedObject, latencyMs: number): void
  /** The candidate failed: the next right file of another one begins anew. */
  leave(candidate: Candidate): void
  /** Nothing new begins. */
  close(): void
  candidate(): Candidate | undefined
  /** The download of everything, where it comes from this candidate. */
  everythingFrom(candidate: Candidate): Promise<Begun | undefined>
  /** Whether everything is on its way from this candidate. */
  isUnderWay(candidate: Candidate): boolean
}

/** @param onChange called when a download is under way, or was refused */
export function openBeginning(begin: BeginDownload | undefined, onChange: () => void): Beginning {
  let current:
    | {
        readonly from: Candidate
        readonly extent: Extent
        readonly download: Promise<Begun | undefined>
        isUnderWay: boolean
      }
    | undefined
  let isClosed = false
  let hasFailed = false
  return {
    offer(right, latencyMs) {
      const extent = extentFor(right, latencyMs)
      if (isClosed || begin === undefined || current?.extent === 'everything') return
      // The second one begins, and one after a failure, only with proof that its zips are right: else the same zips
      // would be asked of one candidate after the other.
      if ((current !== undefined || hasFailed) && extent !== 'everything') return
      const mine = { from: right.from, extent, download: begin(right, extent), isUnderWay: false }
      current = mine
      void mine.download.then(download => {
        if (current !== mine) return
        if (download === undefined) current = undefined
        else mine.isUnderWay = true
        onChange()
      })
    },
    leave(candidate) {
      if (current?.from !== candidate) return
      hasFailed ||= current.extent !== 'go.mod files'
      current = undefined
    },
    close() {
      isClosed = true
    },
    candidate: () => current?.from,
    everythingFrom: async candidate =>
      current?.from === candidate && current.extent === 'everything' ? current.download : undefined,
    isUnderWay: candidate => current?.from === candidate && current.extent === 'everything' && current.isUnderWay,
  }
}

/** From a candidate this far away, zips are fetched before one was verified: waiting for it would take too long. */
const FAR_MS = 150

function extentFor({ kind }: VerifiedObject, latencyMs: number): Extent {
  if (kind === 'zip') return 'everything'
  return latencyMs >= FAR_MS ? 'first zips' : 'go.mod files'
}
