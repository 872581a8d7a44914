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
  { inputs }: Job,
  { privacy, project }: Prepared,
  { credentials, transport }: Chosen,
): Promise<Problem | undefined> {
  const { known } = credentials
  const said = diagnose(words, text, known)
  if (said !== undefined || retry !== 'rounds') return said
  const missing = privacy.private.filter(module => project.missing.includes(module))
  const places =
    inputs.privateProxy === undefined
      ? missing.map(({ path }) => placeOfUrl(`https://${path}`))
      : [placeOfUrl(inputs.privateProxy)]
  // One place of each host; where a key is for it, git goes another way than https.
  const hosts = new Map(
    places.flatMap(place => (place && !closest(known.keys, place) ? [[place.host, place] as const] : [])),
  )
  const deadlines = {
    headMs: inputs.connectTimeoutMs,
    stallMs: inputs.connectTimeoutMs,
    totalMs: inputs.connectTimeoutMs,
  }
  const answers = await Promise.all(
    [...hosts.values()].map(async place => {
      const how = { deadlines, maxBytes: 1 << 20, publicUpstream: false }
      const { kind, reason } = await fetchObject(httpsUrl({ ...place, path: '' }), how, transport)
      return NO_ANSWER.includes(kind) ? [unreachable(place, reason, known)] : []
    }),
  )
  return answers.flat()[0]
}

const NO_ANSWER: readonly OutcomeKind[] = ['unknown host', 'unreachable', 'silent', 'stalled', 'stopped']
