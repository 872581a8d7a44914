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
import type { PlannedObject, ProbePlan } from './probe-plan.ts'
import type { Begun } from './ranking.ts'
import { type Sample, sampleOfBody, sampleOfFailure, sampleOfSilence } from './sample.ts'

/** What asking one candidate needs, and where its answers go. */
export interface Probing {
  readonly candidate: Candidate
  readonly plan: ProbePlan
  readonly transport: Transport
  readonly deadlines: Deadlines
  readonly clock: Clock
  /** Who may hear of which module; undefined: everybody of all that are planned. */
  readonly publicity?: Publicity | undefined
  readonly onSample: (sample: Sample) => void
  /** Told of each right file. */
  readonly onRight: (object: VerifiedObject) => void
  /** The download, if everything is asked of this candidate. */
  readonly download: () => Promise<Begun | undefined>
  /** The zip on its way: bytes so far and milliseconds since its first byte; undefined when none is. */
  readonly onMoving: (moving: { readonly bytes: number; readonly ms: number } | undefined) => void
}

/** Asks a proxy not to fetch from origins for our sake; servers that do not know the header ignore it. */
export const POLITE = { 'disable-module-fetch': 'true' }
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
  const aside = {
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
 * @param aside not waited for: whoever is slow with what does not exist may be good at what does
 * @returns whether every file came and was right, but for modules that are set aside
 */
export async function probeLatency(probing: Probing, aside: Aside, signal: AbortSignal): Promise<boolean> {
  let failed = false
  const held: Held[] = []
  for (const object of probing.plan.mods) {
    const came = await probeObject(probing, object, 'latency', signal, { aside, held })
    // Whoever stands by for it may be asked only for what it did not refuse.
    failed ||= came === 'failed' && isStoodByFor(probing)
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

/** Stage B: the zips one after the other, so that the whole rate is one transfer's. */
export async function probeRate(probing: Probing, bytesAllowed: number, signal: AbortSignal): Promise<boolean> {
  let left = bytesAllowed
  for (const object of probing.plan.zips) {
    if (left <= 0 || signal.aborted) break
    const enough = new AbortController()
    const either = AbortSignal.any([signal, enough.signal])
    let firstByteMs: number | undefined
    let bytes = 0
    const came = await probeObject(probing, object, 'rate', either, undefined, soFar => {
      bytes = soFar
      firstByteMs ??= probing.clock.now()
      probing.onMoving({ bytes, ms: probing.clock.now() - firstByteMs })
      if (soFar > left) enough.abort()
    })
    probing.onMoving(undefined)
    left -= bytes
    if (came === 'bad' || came === 'failed') return false
    if (came === 'set aside') continue
    const download = signal.aborted ? undefined : await probing.download()
    if (download === undefined) continue
    return watchDownload(probing, download, signal)
  }
  return true
}

const LOOK_AGAIN_MS = 10
/** One zip may be missing anywhere. */
const FAILURES = 3

/** The rate at which the download comes that has begun from here. @returns false where all of its zips fail */
async function watchDownload(probing: Probing, download: Begun, signal: AbortSignal): Promise<boolean> {
  const { clock, onMoving, onSample } = probing
  const over = new AbortController()
  const either = AbortSignal.any([signal, over.signal])
  void download.settled().then(() => over.abort())
  const beganMs = clock.now()
  while (!either.aborted && download.failure(FAILURES) === undefined) {
    await clock.sleep(LOOK_AGAIN_MS, either)
    onMoving(download.zips())
  }
  onMoving(undefined)
  const [zips, failure] = [download.zips(), download.failure(over.signal.aborted ? 1 : FAILURES)]
  if (failure !== undefined) onSample(sampleOfFailure(failure, clock.now() - beganMs))
  else if (zips.bytes > 0) onSample(sampleOfBody(zips))
  else if (!over.signal.aborted) onSample(sampleOfSilence(clock.now() - beganMs))
  return failure === undefined
}

/** A refusal by a proxy that served nothing yet: of the module, or of everything? */
interface Held {
  readonly path: string
  readonly sample: Sample
}

function isStoodByFor({ candidate, publicity }: Probing): boolean {
  return publicity !== undefined && candidate.trust === 'official' && candidate.from === 'default'
}

/**
 * `good`: it came and was right, or was stopped from here. `set aside`: the module may be private, and this is no
 * proxy's fault. `failed`: the answer says so. `bad`: there was none, or it was wrong.
 */
async function probeObject(
  probing: Probing,
  object: PlannedObject,
  purpose: 'latency' | 'rate',
  signal: AbortSignal,
  files: { readonly aside: Aside; readonly held: Held[] } | undefined,
  onProgress?: (bytes: number) => void,
): Promise<'good' | 'set aside' | 'failed' | 'bad'> {
  const { candidate, publicity } = probing
  const { path } = object.module
  if (publicity?.mayHear(candidate, path) === false) return 'set aside'
  const maxBytes = object.kind === 'zip' ? MAX_ZIP_BYTES : SMALL_BYTES
  const outcome = await ask(probing, object.path, maxBytes, signal, bytes => {
    publicity?.note(candidate, path, { kind: 'found', status: 200 })
    onProgress?.(bytes)
  })
  publicity?.note(candidate, path, outcome)
  // Whoever forbids what cannot exist, too, means no module by it.
  if (outcome.kind === 'forbidden') await files?.aside.control
  const aboutModule = publicity?.isAboutModule(candidate, path, outcome) ?? false
  const verified = outcome.kind === 'found' ? await isRight(object, outcome.body) : undefined
  const censored = outcome.kind === 'stopped' && signal.aborted
  if (verified === false) publicity?.noteWrong(candidate, path)
  const sample = toSample(object.path, purpose, outcome, verified, censored)
  if (files !== undefined && outcome.kind === 'forbidden' && !aboutModule && isStoodByFor(probing)) {
    files.held.push({ path, sample })
    return 'set aside'
  }
  probing.onSample(aboutModule ? { ...sample, aboutModule } : sample)
  if (aboutModule) return 'set aside'
  if (verified && outcome.kind === 'found') {
    const { module, kind } = object
    probing.onRight({ module, kind, bytes: outcome.body, from: probing.candidate })
  }
  if (verified === true || censored) return 'good'
  return outcome.kind !== 'found' && outcome.status !== null ? 'failed' : 'bad'
}

async function isRight(object: PlannedObject, body: Buffer): Promise<boolean> {
  if (object.kind === 'mod') return hashGoMod(body) === object.h1
  const hash = await hashZip(bufferSource(body), object.module)
  return hash.ok && hash.value === object.h1
}

async function probeControl(probing: Probing, signal: AbortSignal): Promise<boolean> {
  const outcome = await ask(probing, probing.plan.controlPath, SMALL_BYTES, signal)
  probing.onSample(
    toSample(probing.plan.controlPath, 'control', outcome, undefined, outcome.kind === 'stopped' && signal.aborted),
  )
  probing.publicity?.noteControl(probing.candidate, outcome)
  return outcome.kind !== 'found'
}

/** `supported` alone proves nothing: some answer 200 to it and fail every lookup. */
async function probeSumdb(probing: Probing, signal: AbortSignal): Promise<void> {
  const { sumdb } = probing.plan
  if (sumdb === undefined || signal.aborted) return
  const supportedPath = `sumdb/${sumdb.name}/supported`
  const supported = await ask(probing, supportedPath, SMALL_BYTES, signal)
  probing.onSample(
    toSample(supportedPath, 'sumdb', supported, undefined, supported.kind === 'stopped' && signal.aborted),
  )
  if (supported.kind !== 'found') return
  if (!sumdb.isBuiltIn && probing.publicity?.mayHear(probing.candidate, sumdb.module.path) === false) return
  const lookup = await ask(probing, sumdb.lookupPath, SMALL_BYTES, signal)
  const right =
    lookup.kind === 'found' ? parseLookup(lookup.body.toString('utf8'), sumdb.module, sumdb.verifierKey).ok : undefined
  probing.onSample(toSample(sumdb.lookupPath, 'sumdb', lookup, right, lookup.kind === 'stopped' && signal.aborted))
}

function ask(
  probing: Probing,
  path: string,
  maxBytes: number,
  signal: AbortSignal,
  onProgress?: (bytes: number) => void,
): Promise<Outcome> {
  const { candidate, deadlines, transport } = probing
  return fetchFromList(
    candidate.list,
    path,
    {
      deadlines,
      maxBytes,
      signal,
      headers: POLITE,
      publicUpstream: candidate.trust !== 'own',
      ...(onProgress === undefined ? {} : { onProgress }),
    },
    transport,
  )
}

function toSample(
  object: string,
  purpose: Sample['purpose'],
  outcome: Outcome,
  verified: boolean | undefined,
  censored: boolean,
): Sample {
  const { kind, status, timings, bytes, reused } = outcome
  return { object, purpose, kind, status, timings, bytes, reused, verified, censored }
}
