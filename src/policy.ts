/** How many requests may be under way to one upstream: doubled by good answers, halved by signs of too much. */
export interface WindowPolicy {
  readonly initial: number
  /** The same towards a proxy of the user's own: such proxies limit their clients more often, and to less. */
  readonly initialOwn: number
  /** For the official proxy and those that the user named or owns. */
  readonly maximumTrusted: number
  readonly maximumMirror: number
  readonly minimum: number
  /** Of all upstreams together, go's own requests included: each may need a connection and a file. */
  readonly ceiling: number
}

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
    /** The cap of a benchmark for its own sake, where the user set none. */
    readonly thoroughMs: number
    /** The official proxy starts alone; without a verified byte after this long the mirrors join. */
    readonly officialHeadStartMs: number
    /** The same where it can be reached, and has not said yet which of the modules may be private. */
    readonly officialSilentMs: number
    /** The mirrors join too when the official proxy moves a zip below this rate. */
    readonly officialMinimumRate: number
    /** Most requests to one host. */
    readonly requestsPerHost: number
    /** Most bytes asked of one host in stage B. */
    readonly bytesPerHost: number
    /** Where no candidate can be used, they are asked again for this long. */
    readonly againForMs: number
    /** First pause before they are asked again, and its cap; it doubles. */
    readonly againMs: number
    readonly maximumAgainMs: number
  }
  readonly gateway: {
    readonly window: WindowPolicy
    /** Bodies kept in memory; above it they go to files. */
    readonly memoryBytes: number
    /** Silence before the first byte after which another upstream is asked, if there is one: files of a few kB, and zips. */
    readonly patienceMs: number
    readonly zipPatienceMs: number
    /** One object, over all upstreams and rounds; what flows does not count. */
    readonly objectMs: number
    /** One zip that flows, where the user set no `timeout`: at 0.8 MB/s the greatest that go takes needs ten minutes. */
    readonly flowMs: number
    /** While no upstream answers at all: between two objects that are asked for nevertheless. */
    readonly probeMs: number
    /** One object of which each upstream answers, but fails: it may be over soon, and go would have failed at once. */
    readonly flappingMs: number
    /** Rounds over all upstreams. */
    readonly rounds: number
    /** Base and cap of the pause between two rounds, which doubles. */
    readonly roundDelayMs: number
    readonly maximumDelayMs: number
    /** Before an upstream whose own source failed is asked once more. */
    readonly lateRetryMs: number
  }
  readonly download: {
    /** Nothing moves for this long: go's process group is ended. */
    readonly stallMs: number
    /** Between SIGTERM and SIGKILL. */
    readonly graceMs: number
    readonly maximumBackoffMs: number
    /** The last try ends when nothing moves for this long: longer than go's own patience with a host that is not there (30 s). */
    readonly lastTryMs: number
    /** All directories with all retries, where the user set no `timeout` and something arrives. GitHub's limit for a job. */
    readonly longestMs: number
    /** After this long without an answer from a private host we stop waiting for it. */
    readonly hostMs: number
    /** Another go may hold its lock on a file that we would remove for so long. */
    readonly lockMs: number
  }
  readonly cache: {
    /** How long the service may move no byte, restoring or saving. */
    readonly stallMs: number
    /** The same for the build cache where the user did not ask to wait: `auto`. */
    readonly patienceMs: number
    /** After `stallMs` an archive must have come, or gone, at this rate on the average. */
    readonly minimumRate: number
    /** The build cache leaves the link to a module cache that is waited for, for this long at most. */
    readonly turnMs: number
    /** `auto`: between finding an entry and fetching it, so that it is clear whether that pays. */
    readonly pauseMs: number
    /** A download begins with a burst: its rate counts after this long, and a prediction from a short burst less. */
    readonly rateMs: number
    /** `auto`: an entry that would be restored no faster than this ahead of the download is not worth its space. */
    readonly gainMs: number
    /** A usual rate of the service. */
    readonly serviceRate: number
    /** How fast this machine unpacks and verifies an archive. */
    readonly unpackRate: number
    /** Between SIGTERM and SIGKILL. */
    readonly graceMs: number
  }
  /** Fetching Go itself if it is not installed. */
  readonly toolchain: {
    /** One small answer: its first byte, and all of it. */
    readonly headMs: number
    readonly smallMs: number
    /** Between two pieces of a body. */
    readonly stallMs: number
    /** The next proxy joins when one keeps silent for so long. */
    readonly hedgeMs: number
    /** Proxies of which none answers are asked again, after this pause, for so long. */
    readonly pauseMs: number
    readonly againForMs: number
    /** After so long it is given up, unless the zip moved within the window and would be there within the longest time. */
    readonly patienceMs: number
    readonly windowMs: number
    /** Where the user set no `timeout`. */
    readonly longestMs: number
  }
  /** Telling a Pushgateway. */
  readonly metrics: {
    /** For everything: nothing justifies a longer wait at the end of a step. */
    readonly pushMs: number
    /** The first try, and the pause before the second, which has the rest. */
    readonly tryMs: number
    readonly pauseMs: number
  }
  /** The trace for an OpenTelemetry collector, sent when all else is done. */
  readonly tracing: {
    /** For everything: a dead or silent collector delays the job this long, with the work around it 2 s. */
    readonly totalMs: number
    /** Of more requests only the longest are sent: a collector refuses what is too large. */
    readonly mostRequests: number
  }
  readonly buildCache: {
    /** If an entry can be restored, a new one needs so many new bytes, and so large a share of what was used. */
    readonly minimumNewBytes: number
    readonly minimumNewShare: number
  }
}

export const defaultPolicy: Policy = {
  goQueryMs: 10_000,
  benchmark: {
    latencyStageMs: 500,
    rateStageMs: 500,
    thoroughMs: 10_000,
    officialHeadStartMs: 1_000,
    officialSilentMs: 3_000,
    officialMinimumRate: 500_000,
    requestsPerHost: 10,
    bytesPerHost: 16 << 20,
    againForMs: 10_000,
    againMs: 250,
    maximumAgainMs: 2_000,
  },
  gateway: {
    window: { initial: 32, initialOwn: 6, maximumTrusted: 128, maximumMirror: 32, minimum: 4, ceiling: 1_024 },
    memoryBytes: 16 << 20,
    patienceMs: 1_000,
    zipPatienceMs: 2_000,
    objectMs: 25_000,
    flowMs: 21_600_000,
    probeMs: 5_000,
    flappingMs: 6_000,
    rounds: 6,
    roundDelayMs: 250,
    maximumDelayMs: 8_000,
    lateRetryMs: 5_000,
  },
  download: {
    stallMs: 20_000,
    graceMs: 2_000,
    maximumBackoffMs: 8_000,
    lastTryMs: 35_000,
    longestMs: 21_600_000,
    hostMs: 8_000,
    lockMs: 10_000,
  },
  cache: {
    stallMs: 10_000,
    patienceMs: 3_000,
    minimumRate: 1_000_000,
    turnMs: 2_000,
    pauseMs: 400,
    rateMs: 1_000,
    gainMs: 1_000,
    serviceRate: 100_000_000,
    unpackRate: 80_000_000,
    graceMs: 200,
  },
  toolchain: {
    headMs: 5_000,
    smallMs: 10_000,
    stallMs: 5_000,
    hedgeMs: 500,
    pauseMs: 1_000,
    againForMs: 15_000,
    patienceMs: 50_000,
    windowMs: 10_000,
    longestMs: 3_600_000,
  },
  metrics: { pushMs: 3_000, tryMs: 1_500, pauseMs: 200 },
  tracing: { totalMs: 1_900, mostRequests: 5_000 },
  buildCache: { minimumNewBytes: 40e6, minimumNewShare: 0.15 },
}

/**
 * The policy, with members replaced by those of GO_PROXY_SETUP_POLICY (JSON): for tests of faults, which would otherwise
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

/** What Node, a thread and a child with its pipes have open, and go's connections to the gateway. */
const RESERVED_FILES = 44
/** A request may have a connection, a file for its body, and one more while that is hashed or moved. */
const FILES_PER_REQUEST = 3
/** Fewer requests at once than this are no faster than go alone. */
const LEAST_REQUESTS = 2

/** How many requests may be under way with so many open files; 0: too few for a gateway or a benchmark. */
export function requestsWithin(openFiles: number): number {
  const requests = Math.floor((openFiles - RESERVED_FILES) / FILES_PER_REQUEST)
  return requests < LEAST_REQUESTS ? 0 : requests
}

/** The same policy with no more requests at once than that. */
export function withinRequests(policy: Policy, requests: number): Policy {
  const { window } = policy.gateway
  const bound = (value: number) => Math.max(1, Math.min(value, requests))
  return {
    ...policy,
    benchmark: {
      ...policy.benchmark,
      requestsPerHost: Math.floor(bound(Math.min(policy.benchmark.requestsPerHost, requests / 4))),
    },
    gateway: {
      ...policy.gateway,
      window: {
        initial: bound(window.initial),
        initialOwn: bound(window.initialOwn),
        maximumTrusted: bound(window.maximumTrusted),
        maximumMirror: bound(window.maximumMirror),
        minimum: bound(window.minimum),
        ceiling: bound(window.ceiling),
      },
    },
  }
}
