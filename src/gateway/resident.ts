import { join } from 'node:path'
import type { Clock, Effects, Files } from '../effects.ts'
import type { Problem } from '../errors.ts'
import type { Gateway } from './gateway.ts'
import type { GatewayPlan } from './plan.ts'
import type { SharedAddress } from './sharing/share.ts'
import { renderAudit } from './telling/audit.ts'
import { type GatewayFigures, warnOfDisputed } from './telling/events.ts'

/** How the gateway of a whole job is started, which stays while later steps run. */
export interface Residence {
  readonly plan: GatewayPlan
  /** Ours; when it is gone, the job has ended. Holds the messages between post and the gateway. */
  readonly directory: string
  /** The request log, which is appended to at the end. */
  readonly auditLog: string | undefined
  /** Links in the log's path must not lead out of it; later steps may have created some. */
  readonly workspace: string | undefined
  /** The runner's process: when it has ended, no step will ask any more. */
  readonly runnerProcessId: number
}

/** What it did, for the post step. */
export interface ResidenceEnd {
  readonly figures: GatewayFigures
  readonly warnings: readonly Problem[]
}

/** Where a resident gateway listens. */
export interface ResidenceAddresses {
  readonly url: string
  readonly shared: SharedAddress | undefined
}

/** The line with which a resident gateway says its addresses: no space is in any of them. */
export function renderAddresses({ url, shared }: Pick<Gateway, 'url' | 'shared'>): string {
  if (shared === undefined) return url
  return `${url} ${'url' in shared ? shared.url : `!${shared.fault.replace(/\W/g, '_')}`}`
}

export function parseAddresses(line: string | undefined): ResidenceAddresses | undefined {
  const [url = '', shared] = line?.split(' ') ?? []
  if (!URL.canParse(url)) return undefined
  if (shared === undefined || URL.canParse(shared))
    return { url, shared: shared === undefined ? undefined : { url: shared } }
  return { url, shared: { fault: shared.replace(/^!/, '') } }
}

/** Below our temporary directory. */
export function residenceDirectory(temporaryDirectory: string): string {
  return join(temporaryDirectory, 'residence')
}

const STOP = 'stop'
const END = 'end.json'
const LOOK_MS = 250
/** A job on GitHub's own runners lasts no longer. */
const LONGEST_MS = 6 * 60 * 60 * 1000

/**
 * Serves until post asks for the end, the runner or the directory is gone, six hours are over, or `signal` aborts. Then
 * closes the gateway, and writes what it did.
 */
export async function reside(
  gateway: Gateway,
  { directory, auditLog, workspace, runnerProcessId }: Residence,
  { clock, files, commands }: Pick<Effects, 'clock' | 'files' | 'commands'>,
  signal: AbortSignal,
): Promise<void> {
  const lastMs = clock.now() + LONGEST_MS
  while (!signal.aborted && clock.now() < lastMs) {
    const names = (await files.list(directory).catch(() => [])).map(({ name }) => name)
    if (names.includes(STOP) || (await files.kind(directory)) !== 'directory') break
    if (!commands.isRunning(runnerProcessId)) break
    await clock.sleep(LOOK_MS, signal)
  }
  await gateway.close()
  if (auditLog !== undefined) {
    const how = { append: true, confinedTo: workspace }
    await files.deliver(auditLog, renderAudit(gateway.events), how).catch(() => {})
  }
  const end: ResidenceEnd = { figures: gateway.figures(), warnings: warnOfDisputed(gateway.events) }
  if ((await files.kind(directory)) === 'directory') await files.write(join(directory, END), JSON.stringify(end))
}

/** Asks a resident gateway to end. @returns what it did; undefined when it does not answer in time */
export async function endResidence(
  directory: string,
  timeoutMs: number,
  { clock, files }: { readonly clock: Clock; readonly files: Files },
): Promise<ResidenceEnd | undefined> {
  await files.write(join(directory, STOP), '')
  const lastMs = clock.now() + timeoutMs
  for (;;) {
    const text = await files.readText(join(directory, END))
    if (text !== undefined) return parseEnd(text)
    if (clock.now() >= lastMs) return undefined
    await clock.sleep(LOOK_MS / 5)
  }
}

/** Any step of the job could have written it: only the exact form that we write counts. */
function parseEnd(text: string): ResidenceEnd | undefined {
  try {
    const { figures, warnings } = JSON.parse(text) as { figures?: unknown; warnings?: unknown }
    return isFigures(figures) && Array.isArray(warnings) && warnings.every(isProblem)
      ? { figures, warnings }
      : undefined
  } catch {
    return undefined
  }
}

const SUMS = [
  'requests',
  'bytes',
  'retries',
  'failovers',
  'hedges',
  'rejected',
  'served',
  'servedAhead',
  'placed',
] as const
const WARMED_SUMS = ['modules', 'left'] as const
const UPSTREAM_SUMS = ['requests', 'bytes', 'failures', 'rejected'] as const

function isFigures(value: unknown): value is GatewayFigures {
  if (!areCounts(value, SUMS)) return false
  const { upstreams, warmed } = value as { upstreams?: unknown; warmed?: unknown }
  return areNamedCounts(upstreams, UPSTREAM_SUMS) && areNamedCounts(warmed, WARMED_SUMS)
}

function areNamedCounts(value: unknown, names: readonly string[]): boolean {
  return (
    Array.isArray(value) &&
    value.every(one => areCounts(one, names) && typeof (one as { name?: unknown }).name === 'string')
  )
}

function areCounts(value: unknown, names: readonly string[]): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    names.every(name => Number.isSafeInteger((value as Record<string, unknown>)[name]))
  )
}

function isProblem(value: unknown): value is Problem {
  const problem = value as Partial<Problem> | null
  return [problem?.code, problem?.message, problem?.hint].every(text => typeof text === 'string')
}
