import { unreachable } from '../credentials/diagnose.ts'
import { isPrivate } from '../credentials/tried.ts'
import { findArrivals } from '../download/arrivals.ts'
import type { Repository, Waiting } from '../download/waiting.ts'
import type { Environment } from '../effects.ts'
import type { Problem } from '../errors.ts'
import { closest, type Place, placeOfWebUrl } from '../places/place.ts'
import { possible } from '../project/project.ts'
import { fetchObject } from '../upstream/fetch.ts'
import type { OutcomeKind } from '../upstream/outcome.ts'
import { findHttpProxyAway } from './http-proxy.ts'
import type { Ready } from './ready.ts'

/** What asking needs to know of a download. */
export interface Asking extends Pick<Ready, 'job' | 'prepared' | 'means'> {
  /** Of go and of the git that it runs. */
  readonly env: Environment
  /** Address of our gateway, which answers in place of the proxies. */
  readonly gateway: string | undefined
}

export interface HostPatience {
  /** For a connection, and for an answer. */
  readonly patienceMs: number
  /** For an answer of the private proxy once it has the request, since it may be slow with everything. */
  readonly proxyMs: number
}

/**
 * Asks the servers of private modules that go waits for, all at once, whether they answer at all. Only these: a silent
 * server that go does not wait for is no reason to end a download.
 * @returns about one that does not answer; undefined where all do
 */
export async function findSilentHost(
  waiting: Waiting,
  { patienceMs, proxyMs }: HostPatience,
  asking: Asking,
): Promise<Problem | undefined> {
  const { job, prepared, means, gateway } = asking
  const away = findHttpProxyAway(asking)
  if (away !== undefined) return away
  const { known } = means.credentials
  const requests = waiting.urls.filter(url => gateway === undefined || !url.startsWith(gateway))
  const urls = [...requests, ...(await urlsOf(waiting.repositories, asking))]
  const onlyPrivate = await waitsForPrivateOnly(asking)
  const alone = prepared.candidates.list.length === 1
  const matters = (place: Place) => {
    // Another proxy may have what this one lacks.
    if (closest(known.own, place)) return onlyPrivate && alone
    return onlyPrivate || isPrivate(place, known)
  }
  const servers = new Map<string, Place>()
  for (const url of urls) {
    const place = placeOfWebUrl(url)
    if (place !== undefined && matters(place)) servers.set(new URL(url).origin, place)
  }
  // It has every module, and go may wait for it behind the gateway.
  const { privateProxy } = job.inputs
  const place = privateProxy === undefined ? undefined : placeOfWebUrl(privateProxy)
  const proxyOrigin = privateProxy === undefined || place === undefined ? undefined : new URL(privateProxy).origin
  if (proxyOrigin !== undefined && place !== undefined) servers.set(proxyOrigin, place)
  const answers = await Promise.all(
    [...servers].map(async ([origin, place]) => {
      const headMs = origin === proxyOrigin ? proxyMs : patienceMs
      const deadlines = { sendMs: patienceMs, headMs, stallMs: patienceMs, totalMs: headMs + patienceMs }
      // A redirect is an answer. It may lead to a log-in page for people, which need not be reachable from here.
      const how = { deadlines, maxBytes: 1 << 20, publicUpstream: false, redirects: 0 }
      const { kind, status, reason } = await fetchObject(`${origin}/`, how, means.transport)
      const over = origin.startsWith('https:') ? 'https' : 'http'
      return status === null && NO_ANSWER.includes(kind) ? [unreachable(place, over, reason, known)] : []
    }),
  )
  return answers.flat()[0]
}

/** Only without a status: a server that sent one has answered, even if the page behind it does not end. */
const NO_ANSWER: readonly OutcomeKind[] = ['unknown host', 'unreachable', 'silent', 'stopped', 'http proxy unreachable']

/**
 * The URLs that git asks for these repositories. Its configuration may rewrite them to another host, or to ssh, which
 * has a deadline of its own. What git reaches through a proxy that go does not use cannot be asked from here. Source:
 * git-config(1), http.proxy; curl(1), ALL_PROXY.
 */
async function urlsOf(repositories: readonly Repository[], { job, env }: Asking): Promise<readonly string[]> {
  const { commands } = job.effects
  const urls = await Promise.all(
    repositories.map(async ({ url, directory }) => {
      const options = { cwd: directory, env, timeoutMs: job.policy.goQueryMs }
      const { stdout } = await commands.run('git', ['ls-remote', '--get-url', url], options)
      const real = stdout.trim()
      const proxy = await commands.run('git', ['config', '--get-urlmatch', 'http.proxy', real], options)
      return proxy.stdout.trim() === '' && (isSet('HTTPS_PROXY', env) || !isSet('ALL_PROXY', env)) ? [real] : []
    }),
  )
  return urls.flat()
}

function isSet(name: string, env: Environment): boolean {
  return Boolean(env[name] || env[name.toLowerCase()])
}

/** If so, go waits only for private modules, even if a repository's name does not show that it is private. */
async function waitsForPrivateOnly({ job, prepared }: Asking): Promise<boolean> {
  const { privacy, project, settings } = prepared
  const { missing } = possible(project)
  const arrivals = await findArrivals(missing, settings.gomodcache, job.effects.files)
  const arrived = new Set(arrivals.map(({ module }) => module))
  return missing.every(module => arrived.has(module) || privacy.private.includes(module))
}
