import type { Candidate } from './candidate.ts'

/** What came of asking a candidate for a file of a module. */
export interface Heard {
  /** As an upstream's outcome is called. */
  readonly kind: string
  readonly status: number | null
  /** The shared connection that was lost with it, by its number: however many requests it carried, it was lost once. */
  readonly lostConnection?: number | undefined
}

/** A module that the official proxy does not serve. */
export interface Refusal {
  readonly path: string
  readonly status: number
}

/** As plain data, for a gateway in another process. */
export interface PublicitySnapshot {
  readonly served: readonly string[]
  readonly refusals: readonly Refusal[]
  /** Modules that the official proxy was asked for, and failed. */
  readonly failed: readonly string[]
  /** Paths that earlier uses in the job kept from mirrors. */
  readonly kept: readonly string[]
  readonly refusesAll: boolean
  readonly officialAnswers: boolean
}

/**
 * Which modules the world knows, as the official proxy's answers of this run tell. What it serves is public; what it
 * refuses may be private, so that no mirror may hear the name. Holds state, but neither clock nor network.
 */
export interface Publicity {
  /** A candidate answered, or failed to. */
  note(candidate: Candidate, modulePath: string, heard: Heard): void
  /** What a candidate answered to a path that nobody can have. */
  noteControl(candidate: Candidate, heard: Heard): void
  /** What it served of this module was not right. */
  noteWrong(candidate: Candidate, modulePath: string): void
  /**
   * Whether a candidate may be asked for a module. A mirror that the user did not name is asked for what the official
   * proxy served, and for what that was asked for and failed, or cannot be asked for.
   * @param officialIsOut nobody can ask the official proxy now
   */
  mayHear(candidate: Candidate, modulePath: string, officialIsOut?: boolean): boolean
  /** Whether such an answer is about the module, and says nothing of the candidate. */
  isAboutModule(candidate: Candidate, modulePath: string, heard: Heard): boolean
  /** In the order in which they were refused. */
  refusals(): readonly Refusal[]
  snapshot(): PublicitySnapshot
}

const NOTHING_KNOWN: PublicitySnapshot = {
  served: [],
  refusals: [],
  failed: [],
  kept: [],
  refusesAll: false,
  officialAnswers: false,
}
/** After so many losses in a row, and no answer between them, a proxy that answered before is gone. */
const GONE_AFTER = 3
/** A request may be lost by accident. */
const FAILED_AFTER = 2

export function openPublicity(before: Partial<PublicitySnapshot> = {}): Publicity {
  const known = { ...NOTHING_KNOWN, ...before }
  const served = new Set(known.served)
  const refused = new Map(known.refusals.map(({ path, status }) => [path, status]))
  const failed = new Set(known.failed)
  const kept = new Set(known.kept)
  const losses = new Map<string, number>()
  const lostConnections = new Set<number>()
  let lossesInARow = 0
  let { officialAnswers, refusesAll } = known
  /** A network that forbids the whole proxy says nothing of a module. */
  const forbidsAll = () => refusesAll && served.size === 0
  const refusalOf = (path: string) => {
    const status = served.has(path) ? undefined : refused.get(path)
    return status !== undefined && forbidsAll() && !isAbsence(status) ? undefined : status
  }
  const refusals = () =>
    [...refused.keys()].flatMap((path): readonly Refusal[] => {
      const status = refusalOf(path)
      return status === undefined ? [] : [{ path, status }]
    })
  const noteLoss = (path: string, connection: number | undefined) => {
    const times = (losses.get(path) ?? 0) + 1
    losses.set(path, times)
    if (times >= FAILED_AFTER) failed.add(path)
    if (connection !== undefined && lostConnections.has(connection)) return
    if (connection !== undefined) lostConnections.add(connection)
    if (++lossesInARow >= GONE_AFTER) officialAnswers = false
  }
  return {
    note({ trust }, modulePath, { kind, status, lostConnection }) {
      if (trust !== 'official' || kind === 'stopped') return
      if (status === null) return noteLoss(modulePath, lostConnection)
      lossesInARow = 0
      officialAnswers = true
      if (kind === 'found') served.add(modulePath)
      else if (isRefusal(status)) refused.set(modulePath, refused.get(modulePath) ?? status)
      else failed.add(modulePath)
    },
    noteControl({ trust }, { status }) {
      if (trust === 'official') refusesAll = isRefusal(status) && !isAbsence(status)
    },
    noteWrong({ trust }, modulePath) {
      if (trust !== 'official') return
      served.delete(modulePath)
      officialAnswers = false
    },
    mayHear({ trust, from }, modulePath, officialIsOut = false) {
      if (trust !== 'mirror' || served.has(modulePath)) return true
      if (kept.has(modulePath)) return false
      const status = refusalOf(modulePath)
      if (from !== 'default') return status === undefined || !isAbsence(status)
      return status === undefined && (officialIsOut || forbidsAll() || !officialAnswers || failed.has(modulePath))
    },
    isAboutModule({ trust }, modulePath, { status }) {
      if (!isRefusal(status) || served.has(modulePath)) return false
      if (forbidsAll() && !isAbsence(status)) return false
      return trust === 'official' || refused.has(modulePath)
    },
    refusals,
    snapshot: () => ({
      served: [...served],
      refusals: refusals(),
      failed: [...failed],
      kept: [...kept],
      refusesAll,
      officialAnswers,
    }),
  }
}

/** Whatever the words with it: a private host that Google cannot reach comes as 404 with a time-out's message. */
function isRefusal(status: number | null): status is number {
  return status === 403 || status === 451 || (status !== null && isAbsence(status))
}

/** What leads go on to the next proxy of a list, where that is the user's own. */
function isAbsence(status: number): boolean {
  return status === 404 || status === 410
}
