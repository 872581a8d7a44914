import { diagnose } from '../credentials/diagnose.ts'
import type { Waiting } from '../download/waiting.ts'
import type { Problem } from '../errors.ts'
import type { GoFailure } from '../go/failure.ts'
import { proxyFor } from '../go/http-proxy.ts'
import { readLines } from '../go/words.ts'
import { fetchObject } from '../upstream/fetch.ts'
import { findHttpProxyProblemOfAll } from './http-proxy.ts'
import { type Asking, findSilentHost } from './silent-host.ts'

/** Explains a failed download: by go's messages about private modules, else by asking the hosts that go waits for. */
export async function diagnoseFailure(
  { code, retry, text }: GoFailure,
  words: string,
  waiting: Waiting,
  asking: Asking,
): Promise<Problem | undefined> {
  const ofHttpProxy = code.startsWith('HTTP_PROXY_')
  const mayBeIts = ofHttpProxy || retry === 'rounds' || retry === 'once'
  const between = mayBeIts ? findHttpProxyProblemOfAll(asking) : undefined
  if (between !== undefined || ofHttpProxy) return between
  const said = diagnose(nameRepositories(words, waiting), text, asking.means.credentials.known)
  if (said !== undefined) return said
  if (code === 'GO_FAILED') return findHttpProxyTarget(words, asking)
  if (retry !== 'rounds') return undefined
  const { connectTimeoutMs } = asking.job.inputs
  return findSilentHost(waiting, { patienceMs: connectTimeoutMs, proxyMs: connectTimeoutMs }, asking)
}

/**
 * Of a connection that the network's own proxy did not open, go tells only the proxy's words, which may be any. So we ask
 * once ourselves. Source: net/http, Transport.dialConn.
 */
async function findHttpProxyTarget(words: string, asking: Asking): Promise<Problem | undefined> {
  const { job, means, env } = asking
  const [, url = ''] = /\b(?:Get|Head) "(https:\/\/[^"\s]+)": /.exec(ownOf(words)) ?? []
  const place = URL.canParse(url) ? new URL(url) : undefined
  if (place === undefined || proxyFor(place, env) === undefined) return undefined
  const ms = job.inputs.connectTimeoutMs
  const deadlines = { sendMs: ms, headMs: ms, stallMs: ms, totalMs: 2 * ms }
  const how = { deadlines, maxBytes: 1 << 20, publicUpstream: false, redirects: 0 }
  const { status, reason } = await fetchObject(`${place.origin}/`, how, means.transport)
  if (status !== null || !/^the (HTTP|SOCKS) proxy /.test(reason)) return undefined
  const module = moduleNamedIn(ownOf(words))
  return {
    code: 'HTTP_PROXY_TARGET',
    message: `${place.host} cannot be reached: ${reason}.${module === undefined ? '' : ` It is needed for ${module}.`}`,
    hint: 'Ask the operator of the HTTP proxy to allow this host, or name a module proxy that it can reach. If this host needs no HTTP proxy, list it in NO_PROXY.',
  }
}

/** The first `path@version` that a colon follows. */
function moduleNamedIn(own: string): string | undefined {
  return own
    .split(/\s/)
    .find(word => /@v\d/.test(word) && word.endsWith(':'))
    ?.slice(0, -1)
}

function ownOf(words: string): string {
  return readLines(words)
    .flatMap(({ said, text }) => (said === 'by go' ? [text] : []))
    .join('\n')
}

const ORIGIN = ' origin '

/** go names a repository that it has a clone of by its directory alone, as git's `origin`. */
export function nameRepositories(words: string, { clones }: Waiting): string {
  const nameIn = (line: string) => {
    const at = line.indexOf(ORIGIN)
    const clone = at < 0 ? undefined : clones.find(({ directory }) => line.indexOf(` in ${directory}:`, at) >= 0)
    return clone === undefined ? line : `${line.slice(0, at)} ${clone.url} ${line.slice(at + ORIGIN.length)}`
  }
  return words.split('\n').map(nameIn).join('\n')
}
