import type { Policy } from '../policy.ts'

/** What is known of a restore and of the download beside it. */
export interface RaceState {
  /** Since the first byte of the archive. */
  readonly elapsedMs: number
  /** Of the entry, which is about what there is to download too; undefined while none is found. */
  readonly size: number | undefined
  /** Of the archive, so far. */
  readonly bytes: number
  readonly unpacked: boolean
  readonly verifiedBytes: number
  /** undefined before it begins, or where it cannot be counted. */
  readonly download: DownloadSoFar | undefined
  /** The benchmark's prediction for the download; undefined when nothing was measured. */
  readonly predictedMs: number | undefined
}

export interface DownloadSoFar {
  readonly elapsedMs: number
  /** All that came, and what of it had come before the time was counted. */
  readonly bytes: number
  readonly bytesBefore: number
}

/** Why to abandon the restore; undefined while it may be done before the download, or too little is known. */
export function whyAbandon(state: RaceState, policy: Policy['cache']): string | undefined {
  if (state.size === undefined) return undefined
  const [restore, download] = [restoreLeftMs({ ...state, size: state.size }, policy), downloadLeft(state, policy)]
  if (download === undefined || restore <= download.ms * (download.measured ? 1 : DOUBT)) return undefined
  return `it would take ${seconds(restore)} more, the download ${seconds(download.ms)}`
}

/** By so much a prediction may be wrong: the benchmark sees no more than the first burst of a proxy. */
const DOUBT = 1.5

/** The rest at the rate so far, and unpacking and verifying; before anything came, at least these. */
function restoreLeftMs(
  { elapsedMs, bytes, size, unpacked, verifiedBytes }: RaceState & { readonly size: number },
  { unpackRate }: Policy['cache'],
): number {
  const unpackMs = (Math.max(0, size - verifiedBytes) * 1000) / unpackRate
  return unpacked || bytes === 0 ? unpackMs : (Math.max(0, size - bytes) * elapsedMs) / bytes + unpackMs
}

interface DownloadLeft {
  readonly ms: number
  /** By the download's own rate. */
  readonly measured: boolean
}

/** At the rate so far, once it has moved for long enough to say something; before, as predicted. */
function downloadLeft(
  { size = 0, download, predictedMs }: RaceState,
  { rateMs }: Policy['cache'],
): DownloadLeft | undefined {
  const moved = download === undefined ? 0 : download.bytes - download.bytesBefore
  if (download !== undefined && download.elapsedMs >= rateMs && moved > size / 20) {
    return { ms: (Math.max(0, size - download.bytes) * download.elapsedMs) / moved, measured: true }
  }
  if (predictedMs === undefined) return undefined
  return { ms: Math.max(0, predictedMs - (download?.elapsedMs ?? 0)), measured: false }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
