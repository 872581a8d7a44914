import { BlockList, isIP } from 'node:net'
import type { Environment } from '../effects.ts'

/**
 * The HTTP proxy that go uses for a URL, or undefined for a direct connection. Loopback is never proxied; NO_PROXY
 * takes host names (also their subdomains), `.suffixes`, addresses, CIDR ranges, each with an optional port, and `*`.
 * Source: golang.org/x/net/http/httpproxy.
 */
export function proxyFor(url: URL, env: Environment): URL | undefined {
  const value = url.protocol === 'https:' ? read(env, 'HTTPS_PROXY') : httpProxy(env)
  if (!value) return undefined
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  if (isExempt(host, port, read(env, 'NO_PROXY') ?? '')) return undefined
  return parseProxy(value)
}

function read(env: Environment, name: string): string | undefined {
  return env[name] || env[name.toLowerCase()] || undefined
}

/** In a CGI program HTTP_PROXY comes from a request header, so Go ignores it there (httpoxy.org). */
function httpProxy(env: Environment): string | undefined {
  return env['REQUEST_METHOD'] ? undefined : read(env, 'HTTP_PROXY')
}

function parseProxy(value: string): URL | undefined {
  const parsed = URL.canParse(value) ? new URL(value) : undefined
  if (parsed && ['http:', 'https:', 'socks5:', 'socks5h:'].includes(parsed.protocol)) return parsed
  return URL.canParse(`http://${value}`) ? new URL(`http://${value}`) : undefined
}

function isExempt(host: string, port: string, noProxy: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '')
  if (name === 'localhost' || isLoopbackAddress(name)) return true
  return noProxy.split(',').some(raw => {
    const entry = raw.trim().toLowerCase()
    return entry !== '' && (entry === '*' || matchesEntry(name, port, entry))
  })
}

export function isLoopbackAddress(address: string): boolean {
  return /^127\.\d+\.\d+\.\d+$/.test(address)
    ? isIP(address) === 4
    : isIP(address) === 6 && /^(0*:)*:?0*1$/.test(address)
}

function matchesEntry(host: string, port: string, entry: string): boolean {
  const range = /^(.+)\/(\d+)$/.exec(entry)
  if (range) return inRange(host, range[1] as string, Number(range[2]))
  const [, name = '', wantedPort] = /^(\[[^\]]*\]|[^:]*|.*:.*:.*?)(?::(\d+))?$/.exec(entry) ?? []
  // Brackets are for an address with a port; alone they are part of a name that nothing has, as in Go.
  const bare = wantedPort === undefined ? name : name.replace(/^\[|\]$/g, '')
  if (wantedPort !== undefined && wantedPort !== port) return false
  if (isIP(bare) !== 0) return host === bare
  const suffix = bare.replace(/^\*(?=\.)/, '')
  // `.example.com` is for subdomains alone, `example.com` for the domain too.
  return suffix.startsWith('.')
    ? host.endsWith(suffix)
    : suffix !== '' && (host === suffix || host.endsWith(`.${suffix}`))
}

function inRange(host: string, network: string, prefix: number): boolean {
  const family = isIP(network)
  if (family === 0 || isIP(host) !== family || prefix > (family === 4 ? 32 : 128)) return false
  const list = new BlockList()
  list.addSubnet(network, prefix, family === 4 ? 'ipv4' : 'ipv6')
  return list.check(host, family === 4 ? 'ipv4' : 'ipv6')
}
