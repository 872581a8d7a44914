import type { Environment } from '../effects.ts'
import type { Problem } from '../errors.ts'
import { proxyFor } from '../go/http-proxy.ts'

/** What this job may do with the cache service. */
export interface ServiceAccess {
  readonly readable: boolean
  readonly writable: boolean
  /** Why something is not possible, in plain words; undefined when all is. */
  readonly why: string | undefined
  /** Something that the user may want to change. */
  readonly notice: Problem | undefined
}

/** Decided from the environment alone, before the service is asked. */
export function findAccess(env: Environment): ServiceAccess {
  const none = { readable: false, writable: false, notice: undefined }
  const why = whyNoService(env)
  if (why !== undefined) return { ...none, why }
  const behind = behindSocks(env)
  if (behind !== undefined) return { ...none, why: behind.message, notice: behind }
  return { ...allowed(env), notice: undefined }
}

/** What the service's library looks for: its second version needs a token, the first one works without. */
function whyNoService(env: Environment): string | undefined {
  const there = serviceUrl(env) !== '' && (!speaksSecond(env) || env['ACTIONS_RUNTIME_TOKEN'])
  return there ? undefined : 'there is no cache service here'
}

/**
 * Only GitHub's own servers are asked in the second version of the protocol. Gitea, Forgejo and GitHub Enterprise Server
 * have the first one, and set ACTIONS_RESULTS_URL for other things. Source: @actions/cache, internal/config.js.
 */
function speaksSecond(env: Environment): boolean {
  const server = env['GITHUB_SERVER_URL'] || 'https://github.com'
  const host = URL.canParse(server) ? new URL(server).hostname : ''
  return Boolean(env['ACTIONS_CACHE_SERVICE_V2']) && /^github\.com$|\.(ghe\.com|localhost)$/.test(host)
}

/** '' where there is none. */
function serviceUrl(env: Environment): string {
  return env[speaksSecond(env) ? 'ACTIONS_RESULTS_URL' : 'ACTIONS_CACHE_URL'] ?? ''
}

/** The service's library speaks HTTP to every proxy of the network, and would try for a long time. */
function behindSocks(env: Environment): Problem | undefined {
  const url = serviceUrl(env)
  const proxy = URL.canParse(url) ? proxyFor(new URL(url), env) : undefined
  if (proxy?.protocol !== 'socks5') return undefined
  return {
    code: 'CACHE_BEHIND_SOCKS',
    message: `The cache service cannot be used through the SOCKS proxy ${proxy.url} (${proxy.variable}).`,
    hint: `Name ${new URL(url).hostname} in NO_PROXY if it is reached without the SOCKS proxy, or set \`cache: false\`.`,
  }
}

/** What the job's `cache-mode` lets it do. */
function allowed(env: Environment): Omit<ServiceAccess, 'notice'> {
  const mode = (env['ACTIONS_CACHE_MODE'] ?? '').trim().toLowerCase()
  const why = `the job’s cache-mode is ${mode}`
  if (mode === 'none') return { readable: false, writable: false, why }
  if (mode === 'read') return { readable: true, writable: false, why }
  if (mode === 'write-only') return { readable: false, writable: true, why }
  return { readable: true, writable: true, why: undefined }
}
