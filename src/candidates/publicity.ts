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
 * Which modules are public, as the official proxy's answers in this run show. What it serves is public; what it refuses
 * may be private, so that no mirror may be asked for it. Holds state, but neither clock nor network.
 */
export interface Publicity {
  /** A candidate answered, or failed to. */
  note(candidate: Candidate, modulePath: string, heard: Heard): void
  /** What a candidate answered to a path that cannot exist. */
  noteControl(candidate: Candidate, heard: Heard): void
  /** What it served of this module was not right. */
  noteWrong(candidate: Candidate, modulePath: string): void
  /**
   * Whether a candidate may be asked for a module. A mirror that the user did not name is asked for modules that the
   * official proxy served, failed to serve, or cannot be asked for.
   * @param officialIsOut the official proxy cannot be asked now
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
  const refusals = openRefusals(known, served)
  const failed = new Set(known.failed)
  const kept = new Set(known.kept)
  const presence = openPresence(known.officialAnswers)
  const losses = new Map<string, number>()
  const noteLoss = (path: string, connection: number | undefined) => {
    const times = (losses.get(path) ?? 0) + 1
    losses.set(path, times)
    if (times >= FAILED_AFTER) failed.add(path)
    presence.noteLoss(connection)
  }
  return {
    note({ trust }, modulePath, { kind, status, lostConnection }) {
      if (trust !== 'official' || kind === 'stopped') return
      if (status === null) return noteLoss(modulePath, lostConnection)
      presence.noteAnswer()
      if (kind === 'found') served.add(modulePath)
      else if (isRefusal(status)) refusals.note(modulePath, status)
      else failed.add(modulePath)
    },
    noteControl({ trust }, { status }) {
      if (trust === 'official') refusals.noteControl(status)
    },
    noteWrong({ trust }, modulePath) {
      if (trust !== 'official') return
      served.delete(modulePath)
      presence.distrust()
    },
    mayHear({ trust, from }, modulePath, officialIsOut = false) {
      if (trust !== 'mirror' || served.has(modulePath)) return true
      if (kept.has(modulePath)) return false
      const status = refusals.statusOf(modulePath)
      if (from !== 'default') return status === undefined || !isAbsence(status)
      const cannotSay = officialIsOut || refusals.forbidsAll() || !presence.answers() || failed.has(modulePath)
      return status === undefined && cannotSay
    },
    isAboutModule({ trust }, modulePath, { status }) {
      if (!isRefusal(status) || served.has(modulePath)) return false
      if (refusals.forbidsAll() && !isAbsence(status)) return false
      return trust === 'official' || refusals.has(modulePath)
    },
    refusals: refusals.list,
    snapshot: () => ({
      served: [...served],
      refusals: refusals.list(),
      failed: [...failed],
      kept: [...kept],
      refusesAll: refusals.refusesAll(),
      officialAnswers: presence.answers(),
    }),
  }
}

/** What the official proxy refuses: single modules, or everything. */
interface Refusals {
  note(path: string, status: number): void
  /** @param status of the answer to a path that cannot exist */
  noteControl(status: number | null): void
  /** Whether it ever refused this module. */
  has(path: string): boolean
  /** undefined where the refusal is not about this module. */
  statusOf(path: string): number | undefined
  /** In the order in which they were refused. */
  list(): readonly Refusal[]
  /** It forbids even what cannot exist. */
  refusesAll(): boolean
  /** It forbids everything, so that its refusals say nothing of a module: a network's filter does this. */
  forbidsAll(): boolean
}

/** @param served modules that it served; grows while this is in use */
function openRefusals(
  before: Pick<PublicitySnapshot, 'refusals' | 'refusesAll'>,
  served: ReadonlySet<string>,
): Refusals {
  const refused = new Map(before.refusals.map(({ path, status }) => [path, status]))
  let { refusesAll } = before
  const forbidsAll = () => refusesAll && served.size === 0
  const statusOf = (path: string) => {
    const status = served.has(path) ? undefined : refused.get(path)
    return status !== undefined && forbidsAll() && !isAbsence(status) ? undefined : status
  }
  return {
    note(path, status) {
      refused.set(path, refused.get(path) ?? status)
    },
    noteControl(status) {
      refusesAll = isRefusal(status) && !isAbsence(status)
    },
    has: path => refused.has(path),
    statusOf,
    list: () =>
      [...refused.keys()].flatMap((path): readonly Refusal[] => {
        const status = statusOf(path)
        return status === undefined ? [] : [{ path, status }]
      }),
    refusesAll: () => refusesAll,
    forbidsAll,
  }
}

/** Whether the official proxy answers now, and can be believed. */
interface Presence {
  answers(): boolean
  noteAnswer(): void
  /** @param connection the shared connection that was lost with the request, by its number */
  noteLoss(connection: number | undefined): void
  /** What it served was wrong: it does not count as answering until its next answer. */
  distrust(): void
}

function openPresence(answersBefore: boolean): Presence {
  const lostConnections = new Set<number>()
  let lossesInARow = 0
  let answers = answersBefore
  return {
    answers: () => answers,
    noteAnswer() {
      lossesInARow = 0
      answers = true
    },
    noteLoss(connection) {
      if (connection !== undefined && lostConnections.has(connection)) return
      if (connection !== undefined) lostConnections.add(connection)
      if (++lossesInARow >= GONE_AFTER) answers = false
    },
    distrust() {
      answers = false
    },
  }
}

/** Decided by the status alone: for a private host that Google cannot reach, it is 404 with a timeout's message. */
function isRefusal(status: number | null): status is number {
  return status === 403 || status === 451 || (status !== null && isAbsence(status))
}

/** The answers after which go asks the next proxy of a list, where the list is the user's own. */
function isAbsence(status: number): boolean {
  return status === 404 || status === 410
}
