import type { Candidate } from '../candidates/candidate.ts'
import type { Publicity } from '../candidates/publicity.ts'
import type { Clock } from '../effects.ts'
import { parseLookup } from '../go/gosumdb.ts'
import { hashGoMod, hashZip } from '../go/h1.ts'
import { bufferSource, MAX_ZIP_BYTES } from '../go/zip.ts'
import type { VerifiedObject } from '../objects/object.ts'
import type { Deadlines, Transport } from '../upstream/fetch.ts'
import { fetchFromList } from '../upstream/list.ts'
import type { Outcome } from '../upstream/outcome.ts'
import type { Account } from './account.ts'
import type { Begun } from './beginning.ts'
import type { PlannedObject, ProbePlan } from './probe-plan.ts'
import type { RefusedProbe, Sample, ZipFlow } from './sample.ts'

/** What asking one candidate needs, and where its answers go. */
export interface Probing {
  readonly candidate: Candidate
  readonly plan: ProbePlan
  readonly transport: Transport
  readonly deadlines: Deadlines
  readonly clock: Clock
  /** Which candidate may be asked for which module; undefined: each for all that are planned. */
  readonly publicity?: Publicity | undefined
  readonly account?: Account | undefined
  readonly onSample: (sample: Sample) => void
  /** Called with each right file. */
  readonly onRight: (object: VerifiedObject) => void
  /** Called with the path of each go.mod file before it is asked for; undefined: it came, or failed. */
  readonly onAsking: (path: string | undefined) => void
  /** Whether the download fetches the go.mod files that were not asked for yet. */
  readonly isLeftToDownload: () => boolean
  /** The download, if everything is asked of this candidate. */
  readonly download: () => Promise<Begun | undefined>
  /** The zip on its way, in milliseconds since its first byte; undefined when none is. */
  readonly onMoving: (moving: ZipFlow | undefined) => void
}

export const SMALL_BYTES = 4 << 20

/** What is asked of a candidate beside its files. */
export interface Aside {
  /** Until the opposite is known. */
  honest: boolean
  /** Settles when it is known. Never rejects. */
  readonly control: Promise<unknown>
  /** Settles when all of it is answered. Never rejects. */
  readonly done: Promise<void>
}

/** The negative control, and the checksum database after it: a host gets three requests at a time, no more. */
export function probeAside(probing: Probing, signal: AbortSignal): Aside {
  const control = probeControl(probing, signal)
  const aside: Aside = {
    honest: true,
    control,
    done: control.then(answer => {
      aside.honest = answer
      return answer ? probeSumdb(probing, signal) : undefined
    }),
  }
  return aside
}

/**
 * Stage A of one candidate: the go.mod files one after the other over one warm connection.
 * @param aside modules not to wait for: a candidate that is slow with a missing module may be fast with the others
 * @returns whether every file that it was asked for came and was right, modules set aside excepted
 */
export async function probeLatency(probing: Probing, aside: Aside, signal: AbortSignal): Promise<boolean> {
  let failed = false
  const held: HeldRefusal[] = []
  for (const object of probing.plan.mods) {
    if (probing.isLeftToDownload()) break
    probing.onAsking(object.path)
    const came = await probeObject(probing, { object, purpose: 'latency', files: { aside, held } }, signal)
    probing.onAsking(undefined)
    // Mirrors that stand by for it may be asked only for what it did not refuse.
    failed ||= came === 'failed' && hasStandby(probing)
    if (came === 'bad' || (came === 'failed' && !failed) || !aside.honest) return false
  }
  // Whether it forbids everything shows when everything was asked.
  for (const { path, sample } of held) {
    const aboutModule = probing.publicity?.isAboutModule(probing.candidate, path, sample) ?? false
    probing.onSample({ ...sample, aboutModule })
    failed ||= !aboutModule
  }
  return aside.honest && !signal.aborted && !failed
}

/**
 * Stage B: the zips one after the other, so that the whole rate is one transfer's.
 * @returns the download, where everything has begun to come from this candidate: its zips show the rate from then on
 */
export async function probeRate(
  probing: Probing,
  bytesAllowed: number,
  signal: AbortSignal,
): Promise<'good' | 'failed' | Begun> {
  let left = bytesAllowed
  for (const object of probing.plan.zips) {
    if (left <= 0 || signal.aborted) break
    const enough = new AbortController()
    const either = AbortSignal.any([signal, enough.signal])
    let firstByteMs: number | undefined
    let bytes = 0
    const onProgress = (soFar: number) => {
      bytes = soFar
      firstByteMs ??= probing.clock.now()
      probing.onMoving({ bytes, ms: probing.clock.now() - firstByteMs })
      if (soFar > left) enough.abort()
    }
    const came = await probeObject(probing, { object, purpose: 'rate', onProgress }, either)
    probing.onMoving(undefined)
    left -= bytes
    if (came === 'bad' || came === 'failed') return 'failed'
    if (came === 'set aside') continue
    const download = signal.aborted ? undefined : await probing.download()
    if (download !== undefined) return download
  }
  return 'good'
}

/** A refusal by a proxy that served nothing yet: of the module, or of everything? */
interface HeldRefusal {
  readonly path: string
  readonly sample: Sample
}

/** Whether mirrors stand by for this candidate. */
function hasStandby({ candidate, publicity }: Probing): boolean {
  return publicity !== undefined && candidate.trust === 'official' && candidate.from === 'default'
}

interface ObjectProbe {
  readonly object: PlannedObject
  readonly purpose: 'latency' | 'rate'
  /** Where refusals of small files wait until it is known what the candidate refuses. */
  readonly files?: { readonly aside: Aside; readonly held: HeldRefusal[] }
  readonly onProgress?: (bytes: number) => void
}

/**
 * `good`: it came and was right, or we stopped it. `set aside`: the module may be private, which is not the proxy's
 * fault. `failed`: the proxy answered with a failure. `bad`: it did not answer, or its content was wrong.
 */
async function probeObject(
  probing: Probing,
  { object, purpose, files, onProgress }: ObjectProbe,
  signal: AbortSignal,
): Promise<'good' | 'set aside' | 'failed' | 'bad'> {
  const { candidate, publicity } = probing
  const { path } = object.module
  if (publicity?.mayHear(candidate, path) === false) return 'set aside'
  const request = {
    path: object.path,
    purpose,
    maxBytes: object.kind === 'zip' ? MAX_ZIP_BYTES : SMALL_BYTES,
    onProgress: (bytes: number) => {
      publicity?.note(candidate, path, { kind: 'found', status: 200 })
      onProgress?.(bytes)
    },
  }
  const { outcome, sample: unchecked } = await ask(probing, request, signal)
  publicity?.note(candidate, path, outcome)
  // A proxy that forbids even a path that cannot exist does not refuse this module.
  if (outcome.kind === 'forbidden') await files?.aside.control
  const aboutModule = publicity?.isAboutModule(candidate, path, outcome) ?? false
  const digest = outcome.kind === 'found' ? await digestOf(object, outcome.body) : undefined
  const verified = outcome.kind === 'found' ? digest === object.h1 : undefined
  if (verified === false) publicity?.noteWrong(candidate, path)
  const sample = { ...unchecked, verified, ...(verified === false && digest !== undefined ? { digest } : {}) }
  if (files !== undefined && outcome.kind === 'forbidden' && !aboutModule && hasStandby(probing)) {
    files.held.push({ path, sample })
    return 'set aside'
  }
  probing.onSample(aboutModule ? { ...sample, aboutModule } : sample)
  if (aboutModule) return 'set aside'
  if (verified && outcome.kind === 'found') {
    const { module, kind } = object
    probing.onRight({ module, kind, bytes: outcome.body, from: probing.candidate })
  }
  if (verified === true || sample.censored) return 'good'
  return outcome.kind !== 'found' && outcome.status !== null ? 'failed' : 'bad'
}

/** @returns undefined for what is no such file at all */
async function digestOf({ kind, module }: PlannedObject, body: Buffer): Promise<string | undefined> {
  if (kind === 'mod') return /^\s*module[\s(]/m.test(body.toString('latin1')) ? hashGoMod(body) : undefined
  const hash = await hashZip(bufferSource(body), module)
  return hash.ok ? hash.value : undefined
}

async function probeControl(probing: Probing, signal: AbortSignal): Promise<boolean> {
  const { outcome, sample } = await ask(probing, { path: probing.plan.controlPath, purpose: 'control' }, signal)
  probing.onSample(sample)
  probing.publicity?.noteControl(probing.candidate, outcome)
  return outcome.kind !== 'found'
}

/** `supported` alone proves nothing: some answer 200 to it and fail every lookup. */
async function probeSumdb(probing: Probing, signal: AbortSignal): Promise<void> {
  const { sumdb } = probing.plan
  if (sumdb === undefined || signal.aborted) return
  const supported = await ask(probing, { path: `sumdb/${sumdb.name}/supported`, purpose: 'sumdb' }, signal)
  probing.onSample(supported.sample)
  if (supported.outcome.kind !== 'found') return
  if (!sumdb.isBuiltIn && probing.publicity?.mayHear(probing.candidate, sumdb.module.path) === false) return
  const { outcome, sample } = await ask(probing, { path: sumdb.lookupPath, purpose: 'sumdb' }, signal)
  const verified =
    outcome.kind === 'found'
      ? parseLookup(outcome.body.toString('utf8'), sumdb.module, sumdb.verifierKey).ok
      : undefined
  probing.onSample({ ...sample, verified })
}

interface ProbeRequest {
  /** Below the proxy's URL. */
  readonly path: string
  readonly purpose: Sample['purpose']
  readonly maxBytes?: number
  readonly onProgress?: (bytes: number) => void
}

/** A probe is sent again so often when it was only one request too many. */
const MOST_TOO_MANY = 3

/** One request, again where it was only one too many, and its sample before the content is checked. */
async function ask(
  { account, candidate, clock, deadlines, transport }: Probing,
  { path, purpose, maxBytes = SMALL_BYTES, onProgress }: ProbeRequest,
  signal: AbortSignal,
): Promise<{ readonly outcome: Outcome; readonly sample: Sample }> {
  const options = {
    deadlines,
    maxBytes,
    signal,
    // No proxy fetches for the sake of a measurement.
    onlyCached: true,
    publicUpstream: candidate.trust !== 'own',
    ...(onProgress === undefined ? {} : { onProgress }),
  }
  const load = purpose === 'rate' ? 'zip' : 'small'
  const refused: RefusedProbe[] = []
  let outcome: Outcome
  let sentMs: number
  for (let times = 0; ; times++) {
    await account?.begin(candidate, load, signal)
    sentMs = clock.now()
    outcome = await fetchFromList(candidate.list, path, options, transport)
    const isOneTooMany = account?.end(candidate, load, outcome) ?? false
    if (!isOneTooMany || times >= MOST_TOO_MANY || signal.aborted) break
    const { kind, status, timings, bytes } = outcome
    refused.push({ kind, status, timings, bytes, sentMs })
  }
  const { kind, status, timings, bytes, reused, reason } = outcome
  const censored = kind === 'stopped' && signal.aborted
  const asked = { object: path, purpose, sentMs, refused }
  return {
    outcome,
    sample: { ...asked, kind, status, timings, bytes, reused, verified: undefined, censored, reason },
  }
}
