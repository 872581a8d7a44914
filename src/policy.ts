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
}

/**
 * The policy, with members replaced by those of GO_PROXY_SETUP_POLICY (JSON): for tests of faults, which would else
 * take minutes. Only numbers replace numbers; anything else there is ignored.
 */
export function parsePolicy(env: Readonly<Record<string, string | undefined>>): Policy {
  const text = env['GO_PROXY_SETUP_POLICY']
  if (!text) return defaultPolicy
  try {
    return replaceNumbers(defaultPolicy, JSON.parse(text))
  } catch {
    return defaultPolicy
  }
}

function replaceNumbers<T>(value: T, by: unknown): T {
  if (typeof value === 'number') return (typeof by === 'number' ? by : value) as T
  if (typeof value !== 'object' || value === null || typeof by !== 'object' || by === null) return value
  const members = Object.entries(value).map(([name, member]) => [
    name,
    replaceNumbers(member, (by as Record<string, unknown>)[name]),
  ])
  return Object.fromEntries(members) as T
}
