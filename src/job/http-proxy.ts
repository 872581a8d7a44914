import type { Ranking } from '../benchmark/ranking.ts'
import type { Candidate } from '../candidates/candidate.ts'
import type { Environment } from '../effects.ts'
import type { Problem } from '../errors.ts'
import { proxyFor } from '../go/http-proxy.ts'
import type { Transport } from '../upstream/transport.ts'
import type { Job } from './job.ts'
import type { Prepared } from './prepare.ts'

/** What was asked, and over which connections. */
interface AskedThrough {
  readonly job: Job
  readonly prepared: Prepared
  readonly means: { readonly transport: Pick<Transport, 'connections'> }
}

/** How the network's own proxy fails, if it does and candidates are behind it: then none of them is to blame. */
export function findHttpProxyProblem({ job, prepared, means }: AskedThrough): Problem | undefined {
  const failure = means.transport.connections.httpProxyFailure()
  if (failure === undefined || behindHttpProxy(prepared.candidates.list, job.effects.env) === 'none') return undefined
  const { reason, fault } = failure
  return {
    code: 'HTTP_PROXY_FAILED',
    message: `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`,
    hint: fault.hint,
  }
}

/** How many of the candidates are behind a proxy of the network. */
function behindHttpProxy(candidates: readonly Candidate[], env: Environment): 'all' | 'some' | 'none' {
  const urls = candidates.flatMap(({ list }) => list.entries.map(({ url }) => url)).filter(url => URL.canParse(url))
  const behind = urls.filter(url => proxyFor(new URL(url), env) !== undefined)
  if (behind.length === 0) return 'none'
  return behind.length === urls.length ? 'all' : 'some'
}

/** The problem if all candidates are behind a proxy of the network: go alone would get no further. */
export function findHttpProxyProblemOfAll(seen: AskedThrough): Problem | undefined {
  return behindHttpProxy(seen.prepared.candidates.list, seen.job.effects.env) === 'all'
    ? findHttpProxyProblem(seen)
    : undefined
}

/** The problem if all candidates are behind a proxy of the network that never answered in this job. */
export function findHttpProxyAway(seen: AskedThrough): Problem | undefined {
  const failure = seen.means.transport.connections.httpProxyFailure()
  return failure?.kind === 'http proxy refuses' && failure.fault.away ? findHttpProxyProblemOfAll(seen) : undefined
}

/** Where a candidate was given up before the proxy of the network gave a connection, that is the reason. */
export function blameHttpProxyFor(
  { measurements, ...ranking }: Ranking,
  env: Environment,
  { waitingFor, httpProxyFailure }: Transport['connections'],
): Ranking {
  const failureFor = ({ list: { entries } }: Candidate) => {
    const [url] = entries.flatMap(entry => (URL.canParse(entry.url) ? [new URL(entry.url)] : []))
    if (url === undefined || proxyFor(url, env) === undefined) return undefined
    const failure = waitingFor(url) ?? httpProxyFailure()
    return failure?.fault.whose === 'target' ? undefined : failure
  }
  const blamed = measurements.map(one => {
    const isUnasked = one.probes.every(({ outcome }) => outcome.startsWith('stopped'))
    const failure = one.verdict === 'unreachable' && isUnasked ? failureFor(one.candidate) : undefined
    return failure === undefined ? one : { ...one, reason: failure.reason }
  })
  return { ...ranking, measurements: blamed }
}

/** Failures that a proxy of the network can be the cause of, by their codes. */
const OF_NETWORK =
  /^(HTTP_PROXY_|HTTP_SERVER_ERROR$|CONNECTION_|DNS_|TLS_|DOWNLOAD_STALLED$|CREDENTIALS_HOST_UNREACHABLE$|GO_FAILED$)/

/** Says the proxy's failure first, and keeps what go said of it. */
export function blameHttpProxy(failure: Problem | undefined, seen: AskedThrough): Problem | undefined {
  if (failure === undefined || !OF_NETWORK.test(failure.code)) return failure
  const problem = findHttpProxyProblem(seen)
  if (problem?.code === failure.code) return failure
  return problem === undefined ? failure : { ...problem, message: `${problem.message} ${failure.message}` }
}
