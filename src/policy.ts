/**
 * Every deadline and limit of the program in one value, so that a fault test can run in seconds.
 * Times in milliseconds, sizes in bytes, rates in bytes a second.
 */
export interface Policy {
  /** One `go env`, `go mod edit`, `go version` or git query. */
  readonly goQueryMs: number
  readonly benchmark: {
    /** Stage A: small files, connection, negative control, checksum database. */
    readonly latencyStageMs: number
    /** Stage B: real zips. */
    readonly rateStageMs: number
    /** The official proxy starts alone; without a verified byte after this long the mirrors join. */
    readonly officialHeadStartMs: number
    /** The mirrors join too when the official proxy moves a zip below this rate. */
    readonly officialMinimumRate: number
    /** Most requests to one host. */
    readonly requestsPerHost: number
    /** Most bytes asked of one host in stage B. */
    readonly bytesPerHost: number
  }
  readonly download: {
    /** Nothing moves for this long: go's process group is ended. */
    readonly stallMs: number
    /** Between SIGTERM and SIGKILL. */
    readonly graceMs: number
    readonly maximumBackoffMs: number
    /** The unranked try when no candidate is usable. */
    readonly lastTryMs: number
  }
  /** Hard stop of the whole step beyond the inputs' own deadlines, a safety net. */
  readonly exitGraceMs: number
}

export const defaultPolicy: Policy = {
  goQueryMs: 10_000,
  benchmark: {
    latencyStageMs: 500,
    rateStageMs: 500,
    officialHeadStartMs: 1_000,
    officialMinimumRate: 500_000,
    requestsPerHost: 10,
    bytesPerHost: 16 << 20,
  },
  download: { stallMs: 20_000, graceMs: 2_000, maximumBackoffMs: 8_000, lastTryMs: 30_000 },
  exitGraceMs: 5_000,
}
