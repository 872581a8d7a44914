import type { Clock, Files, Log } from '../effects.ts'
import type { GoFailure } from '../go/failure.ts'
import { redactGoproxy } from '../go/goproxy.ts'
import type { ModuleVersion } from '../go/module.ts'
import { count } from '../text/count.ts'
import { type Ahead, nameAhead } from './ahead.ts'
import { findArrivals } from './arrivals.ts'
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
  readonly startMs: number
  readonly trace: Pick<Trace, 'comingToolchain'>
  /** To proxies and other servers, since the download began. */
  readonly requests: number
}

/** Shows how far a round is; what matters least comes last, for a narrow terminal leaves it out. */
export async function showProgress(
  { modules, gomodcache, before, unpacking, startMs, trace, requests }: RoundSoFar,
  { clock, files, log }: { readonly clock: Clock; readonly files: Files; readonly log: Log },
): Promise<void> {
  const all = await findArrivals(modules, gomodcache, files)
  const time = `${Math.round((clock.now() - startMs) / 1000)} s`
  if (trace.comingToolchain !== undefined)
    return log.progress([`fetching ${nameToolchain(trace.comingToolchain)}`, time])
  const { done, total: toUnpack } = unpacking.read()
  // With the last zip nothing more comes over the network, and unpacking may take most of the time.
  if (all.length === modules.length && done < toUnpack) {
    return log.progress([`unpacking ${done} of ${count(toUnpack, 'module')}`, time], { of: done, total: toUnpack })
  }
  const arrivals = all.filter(({ key }) => !before.has(key))
  const bytes = arrivals.reduce((sum, arrival) => sum + arrival.bytes, 0)
  const total = modules.length - before.size
  log.progress(
    [
      `fetching ${arrivals.length} of ${count(total, 'module')}`,
      `${(bytes / 1e6).toFixed(1)} MB`,
      ...(done === 0 ? [] : [`${done} unpacked`]),
      time,
      count(requests, 'request'),
    ],
    { of: arrivals.length, total },
  )
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
  log.info(`${failure.message}${failure.text === '' ? '' : ` go says: ${failure.text}`}`)
  log.info(`Trying again${when} from ${where}${after.lastTry ? ' (the last try)' : ''}.`)
}
