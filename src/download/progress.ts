import type { Clock, Files, Log, Progress } from '../effects.ts'
import type { GoFailure } from '../go/failure.ts'
import { redactGoproxy } from '../go/goproxy.ts'
import type { ModuleVersion } from '../go/module.ts'
import { count } from '../text/count.ts'
import { type Ahead, nameAhead } from './ahead.ts'
import { type Arrival, findArrivals } from './arrivals.ts'
import type { FetchedToolchain, Trace } from './attempt.ts'
import type { Decision, Rounds } from './rounds.ts'
import type { UnpackingWatch } from './unpacking.ts'

/** A round under way. */
export interface RoundSoFar {
  readonly modules: readonly ModuleVersion[]
  readonly gomodcache: string
  /** Zips that were in the module cache before. */
  readonly before: ReadonlySet<string>
  readonly unpacking: UnpackingWatch
  readonly ahead: Ahead | undefined
  /** To proxies and other servers, before this round. */
  readonly requestsBefore: number
}

/** What go has shown of a round. */
type Shown = Pick<Trace, 'comingToolchain' | 'requests'>

/** Zips are looked for no more often than this, and for no more than a fiftieth of the time. */
const LOOK_EVERY_MS = 500
const LOOK_SHARE = 50

/**
 * Shows how far a round is until `stop` is called.
 * @returns `note` takes what go has shown
 */
export function followRound(
  round: RoundSoFar,
  { clock, files, log }: { readonly clock: Clock; readonly files: Files; readonly log: Log },
): { note(shown: Shown): void; stop(): void } {
  const sinceMs = clock.now()
  let shown: Shown = { comingToolchain: undefined, requests: 0 }
  let toolchainMs: number | undefined
  let arrivals: readonly Arrival[] | undefined
  let nextLookMs = Number.NEGATIVE_INFINITY
  const look = async (): Promise<void> => {
    const fromMs = clock.now()
    nextLookMs = Number.POSITIVE_INFINITY
    try {
      arrivals = await findArrivals(round.modules, round.gomodcache, files)
    } finally {
      nextLookMs = clock.now() + Math.max(LOOK_EVERY_MS, (clock.now() - fromMs) * LOOK_SHARE)
    }
  }
  const read = (): Progress | undefined => {
    if (shown.comingToolchain !== undefined)
      return progressOfToolchain(shown.comingToolchain, toolchainMs ?? sinceMs, round.ahead)
    // What cannot be read now is looked at again.
    if (clock.now() >= nextLookMs) void look().catch(() => {})
    return arrivals && progressOfModules(arrivals, shown, { ...round, sinceMs })
  }
  const stop = log.follow(read)
  return {
    note: now => {
      if (now.comingToolchain !== undefined) toolchainMs ??= clock.now()
      shown = now
    },
    stop,
  }
}

function progressOfModules(
  all: readonly Arrival[],
  { requests }: Shown,
  { modules, before, unpacking, ahead, requestsBefore, sinceMs }: RoundSoFar & { readonly sinceMs: number },
): Progress {
  const { done, total: toUnpack } = unpacking.read()
  // With the last zip nothing more comes over the network, and unpacking may take most of the time.
  if (all.length === modules.length && done < toUnpack) {
    const share = { of: done, total: toUnpack }
    return { phase: 'unpacking', what: `unpacking ${done} of ${count(toUnpack, 'module')}`, sinceMs, done: share }
  }
  const arrived = all.filter(({ key }) => !before.has(key))
  const total = modules.length - before.size
  const asked = requestsBefore + (ahead?.requests() ?? 0) + requests
  return {
    phase: 'fetching',
    what: `fetching ${arrived.length} of ${count(total, 'module')}`,
    sinceMs,
    done: { of: arrived.length, total },
    bytes: { moved: ahead?.receivedBytes() ?? sumOf(arrived), left: bytesLeft(arrived, total, ahead) },
    more: [...(done === 0 ? [] : [`${done} unpacked`]), ...(asked === 0 ? [] : [count(asked, 'request')])],
  }
}

/**
 * The bytes still to come: of what is arriving, as its proxy says; what has not begun is taken to be as large as the
 * others on average. undefined: of nothing is the size known.
 */
function bytesLeft(arrived: readonly Arrival[], total: number, ahead: Ahead | undefined): number | undefined {
  const known = new Set(arrived.map(({ key }) => key))
  const arriving = (ahead?.arriving?.() ?? []).filter(({ target }) => isModuleZip(target) && !known.has(target))
  const sizes = [...arrived.map(({ bytes }) => bytes), ...arriving.flatMap(({ total: size }) => size ?? [])]
  if (sizes.length === 0) return undefined
  const mean = sizes.reduce((sum, bytes) => sum + bytes, 0) / sizes.length
  const coming = arriving.reduce((sum, { received, total: size = mean }) => sum + Math.max(0, size - received), 0)
  return coming + Math.max(0, total - arrived.length - arriving.length) * mean
}

function sumOf(arrivals: readonly Arrival[]): number {
  return arrivals.reduce((sum, { bytes }) => sum + bytes, 0)
}

const TOOLCHAIN = 'golang.org/toolchain/@v/'

function isModuleZip(target: string): boolean {
  return target.endsWith('.zip') && !target.startsWith(TOOLCHAIN)
}

/** go shows nothing of it, so the bytes are known only where it fetches through the gateway. */
function progressOfToolchain(version: string, sinceMs: number, ahead: Ahead | undefined): Progress {
  const name = nameToolchain(version)
  const isIts = (target: string) => target.startsWith(TOOLCHAIN) && target.endsWith('.zip')
  const [zip] = (ahead?.arriving?.() ?? []).filter(({ target }) => isIts(target))
  if (zip !== undefined) {
    const { received: of, total } = zip
    const done = total === undefined ? undefined : { of, total }
    const bytes = { moved: of, left: total === undefined ? undefined : total - of }
    return { phase: 'toolchain', what: `fetching ${name}`, sinceMs, done, bytes }
  }
  const isThere = ahead?.events?.some(event => event.kind === 'served' && event.status === 200 && isIts(event.target))
  return isThere === true
    ? { phase: 'unpacking toolchain', what: `unpacking ${name}`, sinceMs }
    : { phase: 'toolchain', what: `fetching ${name}`, sinceMs }
}

/** `go1.26.7` as people write it. */
function nameToolchain(version: string): string {
  return version.replace(/^go/, 'Go ')
}

export function sayToolchain({ version, seconds }: FetchedToolchain, log: Log): void {
  log.info(`fetched ${nameToolchain(version)} in ${seconds.toFixed(1)} s`)
}

/** Logs why a round failed and where the next one asks. */
export function logRetry(
  failure: GoFailure,
  before: Rounds,
  { rounds: after, delayMs }: Extract<Decision, { kind: 'again' }>,
  { ahead, log }: { readonly ahead: Ahead | undefined; readonly log: Log },
): void {
  const named = redactGoproxy(nameAhead(after.goproxy, ahead))
  // The gateway asks the same ones: its name says nothing to a reader.
  const where = after.goproxy === before.goproxy || named === 'gateway' ? 'the same proxies' : named
  const when = delayMs > 0 ? ` in ${(delayMs / 1000).toFixed(1)} s` : ''
  const { lastTry } = after
  log.info(`${failure.message}${failure.text === '' ? '' : ` go says: ${failure.text}`}`)
  log.info(`Trying again${when} from ${where}${lastTry ? ' (the last try)' : ''}.`, {
    event: 'retry',
    seconds: delayMs / 1000,
    goproxy: named,
    lastTry,
  })
}
