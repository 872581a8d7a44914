import type { PlannedObject, ProbePlan } from '../../benchmark/probe-plan.ts'
import type { ProbeAnswer, Purpose } from '../../doctor/answer.ts'
import type { Finding } from '../../doctor/finding.ts'
import type { Clock } from '../../effects.ts'
import { objectPath } from '../../go/escape.ts'
import { type GoproxyEntry, redactGoproxy } from '../../go/goproxy.ts'
import { parseLookup } from '../../go/gosumdb.ts'
import type { ModuleVersion } from '../../go/module.ts'
import { bufferSource } from '../../go/zip.ts'
import type { Inputs } from '../../inputs/inputs.ts'
import { type Content, MAX_BYTES, type Verified, verify } from '../../objects/verify.ts'
import { closest, placeOfUrl } from '../../places/place.ts'
import { sanitizeLine } from '../../text/sanitiser.ts'
import type { Deadlines, Transport } from '../../upstream/fetch.ts'
import { fetchFromList } from '../../upstream/list.ts'
import type { Outcome } from '../../upstream/outcome.ts'

/** What asking needs. */
export interface Asker {
  readonly transport: Transport
  readonly clock: Clock
  readonly deadlines: Deadlines
  /** Aborts when the doctor's time is up. */
  readonly signal: AbortSignal
}

/** What the network told. */
export interface NetworkFindings {
  readonly findings: readonly Finding[]
  readonly answers: readonly ProbeAnswer[]
}

/** How long each part of one request may take, as the inputs say. @param longestMs what the whole of it may take */
export function deadlinesFor(
  { connectTimeoutMs, readTimeoutMs }: Pick<Inputs, 'connectTimeoutMs' | 'readTimeoutMs'>,
  longestMs: number,
): Deadlines {
  const headMs = Math.min(readTimeoutMs, longestMs)
  return { sendMs: Math.min(2 * connectTimeoutMs, longestMs), headMs, stallMs: headMs, totalMs: longestMs }
}

/** A larger zip says no more than that it comes. */
const MOST_ZIP_BYTES = 32 << 20

/** What is asked for, and how its answer is judged. */
interface ProxyQuestion {
  readonly purpose: Purpose
  /** Below the proxy. */
  readonly path: string
  readonly object: string
  readonly check?: (body: Buffer) => Promise<Verified>
}

/**
 * Asks one proxy as go would: first for one go.mod, and if that tells of a proxy, for the rest at once. A connection that
 * does not come about is not tried again.
 */
export async function probeProxy(entry: GoproxyEntry, plan: ProbePlan, asker: Asker): Promise<readonly ProbeAnswer[]> {
  const [firstMod, ...mods] = plan.mods
  const first = firstMod === undefined ? control(plan) : fileOf(firstMod)
  const answer = await ask(entry, first, asker)
  if (answer.status === null || TELLS_ALL.includes(answer.kind)) return [answer]
  const more = await Promise.all(
    [...mods.map(fileOf), ...(firstMod === undefined ? [] : [control(plan)])].map(question =>
      ask(entry, question, asker),
    ),
  )
  const known = [answer, ...more]
  const sound = [firstMod, ...mods].find((_, i) => known[i]?.content === 'right')
  const rest = await Promise.all([
    ...(sound === undefined ? [] : ofModule(sound.module, plan)).map(question =>
      ask(entry, question, asker).then(one => [one]),
    ),
    askSumdb(entry, plan, asker),
  ])
  return [...known, ...rest.flat()]
}

/** It would say the same to everything. */
const TELLS_ALL: readonly Outcome['kind'][] = ['unauthorized', 'forbidden', 'limited', 'redirect refused']

function fileOf({ module, kind, path, h1 }: PlannedObject): ProxyQuestion {
  const sums = new Map([
    [kind === 'mod' ? `${module.path} ${module.version}/go.mod` : `${module.path} ${module.version}`, h1],
  ])
  return {
    purpose: kind === 'mod' ? 'go.mod' : 'zip',
    path,
    object: nameOf(module),
    check: body => verify({ kind, module, target: path }, toContent(body), sums, true),
  }
}

/** The other files of a module whose go.mod came. */
function ofModule(module: ModuleVersion, plan: ProbePlan): readonly ProxyQuestion[] {
  const [info, list] = [objectPath(module, 'info'), objectPath(module, 'info')?.replace(/\/@v\/.*$/, '/@v/list')]
  const zip = plan.zips.find(one => nameOf(one.module) === nameOf(module)) ?? plan.zips[0]
  return [
    ...(info === undefined ? [] : [checked('info', info, module)]),
    ...(list === undefined ? [] : [checked('list', list, module)]),
    ...(zip === undefined ? [] : [fileOf(zip)]),
  ]
}

function checked(kind: 'info' | 'list', target: string, module: ModuleVersion): ProxyQuestion {
  const route = kind === 'info' ? ({ kind, module, target } as const) : ({ kind, path: module.path, target } as const)
  return {
    purpose: kind,
    path: target,
    object: nameOf(module),
    check: body => verify(route, toContent(body), new Map(), false),
  }
}

function control({ controlPath }: ProbePlan): ProxyQuestion {
  return { purpose: 'control', path: controlPath, object: 'a module that does not exist' }
}

/** A lookup only where it says that it serves the database, for that alone proves nothing. */
async function askSumdb(entry: GoproxyEntry, { sumdb }: ProbePlan, asker: Asker): Promise<readonly ProbeAnswer[]> {
  if (sumdb === undefined) return []
  const { name, module, verifierKey, lookupPath } = sumdb
  const supported = await ask(entry, { purpose: 'supported', path: `sumdb/${name}/supported`, object: name }, asker)
  if (supported.kind !== 'found') return [supported]
  const check = async (body: Buffer): Promise<Verified> => {
    const record = parseLookup(body.toString('utf8'), module, verifierKey)
    return record.ok
      ? { ok: true, proof: 'structure' }
      : { ok: false, fault: 'invalid', what: record.problems[0]?.message ?? 'it is not a record' }
  }
  return [supported, await ask(entry, { purpose: 'lookup', path: lookupPath, object: nameOf(module), check }, asker)]
}

/** Asks a checksum database itself. */
export function askDatabase(
  url: string,
  path: string,
  check: (body: Buffer) => boolean,
  asker: Asker,
): Promise<ProbeAnswer> {
  const entry: GoproxyEntry = { text: url, url, separator: undefined }
  const judge = async (body: Buffer): Promise<Verified> =>
    check(body)
      ? { ok: true, proof: 'structure' }
      : { ok: false, fault: 'invalid', what: 'it is not signed by that database' }
  return ask(entry, { purpose: 'lookup', path, object: 'its newest tree', check: judge }, asker)
}

/** Asks one proxy for one thing. */
export async function ask(entry: GoproxyEntry, question: ProxyQuestion, asker: Asker): Promise<ProbeAnswer> {
  const { transport, clock, deadlines, signal } = asker
  // Dozens of requests would each listen to the same signal.
  const maxBytes = question.purpose === 'zip' ? MOST_ZIP_BYTES : MAX_BYTES.info
  const list = { entries: [entry], ending: undefined }
  const outcome = await fetchFromList(
    list,
    question.path,
    { deadlines, maxBytes, signal: AbortSignal.any([signal]), publicUpstream: false },
    transport,
  )
  const nowMs = clock.date().getTime()
  const verified = outcome.kind === 'found' ? await question.check?.(outcome.body) : undefined
  const { kind, status, reason, timings, bytes, cause, proxyHint } = outcome
  // A zip that is larger than what is read of it is a zip all the same.
  const isCut = question.purpose === 'zip' && kind === 'too large'
  return {
    ...{ kind: isCut ? ('found' as const) : kind, status, reason, timings, bytes, cause, proxyHint },
    proxy: redactGoproxy(entry.text),
    purpose: question.purpose,
    object: question.object,
    detail: sanitizeLine(outcome.detail ?? '', DETAIL_BYTES),
    content: isCut ? 'right' : verified === undefined ? undefined : verified.ok ? 'right' : verified.fault,
    fault: verified === undefined || verified.ok ? '' : verified.what,
    skewMs: skewOf(outcome.date, nowMs),
    withLogin: hasLogin(entry.url, transport),
  }
}

const DETAIL_BYTES = 300

function hasLogin(url: string, { logins = [] }: Transport): boolean {
  const place = placeOfUrl(url)
  return place !== undefined && (new URL(url).username !== '' || closest(logins, place) !== undefined)
}

/** @param date as a server wrote it */
function skewOf(date: string | undefined, nowMs: number): number | undefined {
  const timeMs = Date.parse((date ?? '').slice(0, 40))
  return Number.isNaN(timeMs) ? undefined : timeMs - nowMs
}

function nameOf({ path, version }: ModuleVersion): string {
  return `${path}@${version}`
}

function toContent(body: Buffer): Content {
  return { ...bufferSource(body), whole: async () => body }
}
