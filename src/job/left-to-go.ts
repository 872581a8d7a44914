import { SMALL_BYTES } from '../benchmark/probe.ts'
import type { ProbePlan } from '../benchmark/probe-plan.ts'
import type { Candidate } from '../candidates/candidate.ts'
import { goauthCommands, withoutLogin } from '../candidates/logins.ts'
import type { Problem } from '../errors.ts'
import { type GoproxyEntry, redactUrl } from '../go/goproxy.ts'
import type { Transport } from '../upstream/fetch.ts'
import { fetchFromList } from '../upstream/list.ts'
import type { Outcome } from '../upstream/outcome.ts'
import { planFor } from './benchmark.ts'
import type { Job } from './job.ts'
import { needsNothing, type Prepared } from './prepare.ts'

/** Candidates that only go can ask, since their logins come from a command of GOAUTH. */
export interface LeftToGo {
  readonly candidates: readonly Candidate[]
  readonly warnings: readonly Problem[]
}

const NONE: LeftToGo = { candidates: [], warnings: [] }

/**
 * If GOAUTH names a command, asks each proxy for which no other login is known whether it gives a file without one. If it
 * does not, only go can ask it: the command is the user's, and only go runs it.
 */
export async function findLeftToGo(job: Job, prepared: Prepared, transport: Transport): Promise<LeftToGo> {
  const { candidates, settings } = prepared
  if (goauthCommands(settings).length === 0 || needsNothing(job, prepared)) return NONE
  const plan = planFor(job, prepared)
  const asked = candidates.list.flatMap(candidate =>
    withoutLogin(candidate, transport.logins ?? []).map(entry => ({ candidate, entry })),
  )
  const answers = await Promise.all(asked.map(({ entry }) => askWithout(entry, plan, job, transport)))
  const left = asked.flatMap((one, i) => {
    const answer = answers[i]
    const isLeft = answer !== undefined && (answer.wantsLogin || one.candidate.list.entries.length === 1)
    return isLeft ? [{ ...one, status: answer.status }] : []
  })
  return {
    candidates: left.map(({ candidate }) => candidate),
    warnings: left.map(({ entry, status }) => leftToGo(entry, status)),
  }
}

interface Denial {
  /** Whether it asked for a login. If not, it answered “not found” to everything, as some do to strangers. */
  readonly wantsLogin: boolean
  readonly status: number | null
}

/** @returns undefined where it gives a file, or fails in another way */
async function askWithout(
  entry: GoproxyEntry,
  { mods, controlPath, pinned }: ProbePlan,
  { inputs, signal }: Job,
  transport: Transport,
): Promise<Denial | undefined> {
  // A slower proxy is treated as if there were no GOAUTH.
  const { connectTimeoutMs: limitMs } = inputs
  const deadlines = { headMs: limitMs, stallMs: limitMs, totalMs: limitMs }
  const options = { deadlines, maxBytes: SMALL_BYTES, signal, onlyCached: true, publicUpstream: false }
  let last: Outcome | undefined
  for (const path of mods.length > 0 ? mods.map(mod => mod.path) : [controlPath]) {
    last = await fetchFromList({ entries: [entry], ending: undefined }, path, options, transport)
    if (last.kind === 'unauthorized' || last.kind === 'forbidden') return { wantsLogin: true, status: last.status }
    if (last.kind !== 'absent') return undefined
  }
  // A proxy of the user's own need not have the built-in set.
  return pinned || mods.length === 0 ? undefined : { wantsLogin: false, status: last?.status ?? null }
}

function leftToGo({ url }: GoproxyEntry, status: number | null): Problem {
  return {
    code: 'GOAUTH_LEFT_TO_GO',
    message: `${redactUrl(url)} answers ${status} without a login, and GOAUTH names a command that may have one. Only go asks this proxy; nothing is fetched ahead from it.`,
    hint: 'The download is only as fast as plain go. To speed it up, give the login in the input `credentials` or in a netrc file as well.',
  }
}
