import { diagnose, unreachable } from '../credentials/diagnose.ts'
import type { Problem } from '../errors.ts'
import type { GoFailure } from '../go/failure.ts'
import { closest, httpsUrl, placeOfUrl } from '../place.ts'
import { fetchObject } from '../upstream/fetch.ts'
import type { OutcomeKind } from '../upstream/outcome.ts'
import type { Chosen } from './behind-gateway.ts'
import type { Job } from './job.ts'
import type { Prepared } from './prepare.ts'

/** Fetching private modules fails in ways of its own, and a silent host is told from a slow proxy by asking it. */
export async function diagnoseFailure(
  { retry, text }: GoFailure,
  words: string,
  job: Job,
  prepared: Prepared,
  chosen: Chosen,
): Promise<Problem | undefined> {
  const said = diagnose(words, text, chosen.credentials.known)
  if (said !== undefined || retry !== 'rounds') return said
  return findSilentHost(job.inputs.connectTimeoutMs, job, prepared, chosen)
}

/**
 * Asks the hosts that private modules still have to come from, all at once.
 * @param patienceMs for their answers  @returns about one that gives none; undefined where all do
 */
export async function findSilentHost(
  patienceMs: number,
  { inputs }: Job,
  { privacy, project }: Prepared,
  { credentials, transport }: Chosen,
): Promise<Problem | undefined> {
  const { known } = credentials
  const missing = privacy.private.filter(module => project.missing.includes(module))
  const places =
    inputs.privateProxy === undefined
      ? missing.map(({ path }) => placeOfUrl(`https://${path}`))
      : [placeOfUrl(inputs.privateProxy)]
  // One place of each server; where a key is for it, git goes another way than https.
  const servers = new Map(
    places.flatMap(place => (place && !closest(known.keys, place) ? [[httpsUrl({ ...place, path: '' }), place]] : [])),
  )
  const deadlines = { headMs: patienceMs, stallMs: patienceMs, totalMs: patienceMs }
  const answers = await Promise.all(
    [...servers].map(async ([url, place]) => {
      const how = { deadlines, maxBytes: 1 << 20, publicUpstream: false }
      const { kind, reason } = await fetchObject(url, how, transport)
      return NO_ANSWER.includes(kind) ? [unreachable(place, reason, known)] : []
    }),
  )
  return answers.flat()[0]
}

const NO_ANSWER: readonly OutcomeKind[] = ['unknown host', 'unreachable', 'silent', 'stalled', 'stopped']
