import { diagnose } from '../credentials/diagnose.ts'
import type { Waiting } from '../download/waiting.ts'
import type { Problem } from '../errors.ts'
import type { GoFailure } from '../go/failure.ts'
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
  if (said !== undefined || retry !== 'rounds') return said
  const { connectTimeoutMs } = asking.job.inputs
  return findSilentHost(waiting, { patienceMs: connectTimeoutMs, proxyMs: connectTimeoutMs }, asking)
}

/** go names a repository that it has a clone of by its directory alone, as git's `origin`. */
function nameRepositories(words: string, { clones }: Waiting): string {
  const urls = new Map(clones.map(({ directory, url }) => [directory, url]))
  return words.replace(/ origin( [^\n]*)? in ([^\n]+?):/g, (told, more = '', directory) => {
    const url = urls.get(directory)
    return url === undefined ? told : ` ${url}${more} in ${directory}:`
  })
}
