import { BlockList, isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import type { Environment } from '../effects.ts'

/** A proxy of the network between go and its servers, as HTTP_PROXY and HTTPS_PROXY name it. */
export interface HttpProxy {
  /** How to speak to it. go takes socks5 and socks5h for the same: the proxy resolves the names. */
  readonly protocol: 'http' | 'https' | 'socks5'
  /** Without brackets; empty where go takes the value for a URL, and finds no host in it. */
  readonly host: string
  readonly port: number
  /** Percent-decoded. */
  readonly login: { readonly user: string; readonly password: string } | undefined
  /** For people: as it was written, without the login; empty where there is no host. */
  readonly url: string
  /** Which variable named it. */
  readonly variable: string
}

/**
 * The proxy of the network that go uses for a URL, or undefined for a direct connection. Loopback is never proxied;
 * NO_PROXY takes host names (also their subdomains), `.suffixes`, addresses, CIDR ranges, each with an optional port,
 * and `*`. Source: golang.org/x/net/http/httpproxy, which does not know ALL_PROXY.
 */
export function proxyFor(url: URL, env: Environment): HttpProxy | undefined {
  const variable = nameOf(env, url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY')
  // In a CGI program HTTP_PROXY comes from a request header, so Go ignores it there (httpoxy.org).
  if (variable === undefined || (url.protocol !== 'https:' && env['REQUEST_METHOD'])) return undefined
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  if (isExempt(host, port, env[nameOf(env, 'NO_PROXY') ?? ''] ?? '')) return undefined
  return parseProxy(env[variable] ?? '', variable)
}

/** The spelling that counts. */
function nameOf(env: Environment, name: string): string | undefined {
  return [name, name.toLowerCase()].find(one => env[one])
}

const PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, socks5: 1080, socks5h: 1080 }

/** What go cannot parse, also with `http://` before it, it ignores. */
function parseProxy(value: string, variable: string): HttpProxy | undefined {
  const given = parseUrl(value)
  const parsed = (given?.scheme && given.hostPort ? undefined : parseUrl(`http://${value}`)) ?? given
  if (parsed === undefined) return undefined
  const { scheme, hostPort, login } = parsed
  const [, bracketed, name = '', port] = HOST_PORT.exec(hostPort) ?? []
  // go speaks HTTP to a proxy of any other scheme.
  const protocol = scheme === 'socks5' || scheme === 'socks5h' ? 'socks5' : scheme === 'https' ? 'https' : 'http'
  const host = bracketed ?? domainToASCII(name)
  return {
    protocol,
    host,
    port: Number(port || PORTS[scheme] || 0),
    login,
    // Where it makes no sense, a part of the login may have been taken for something else.
    url: host === '' ? '' : `${scheme}://${hostPort}`,
    variable,
  }
}

const HOST_PORT = /^(?:\[([0-9a-f:.]+)\]|([^:[\]%\s\\^`{|}]*))(?::(\d*))?$/i

interface ParsedUrl {
  readonly scheme: string
  readonly hostPort: string
  readonly login: HttpProxy['login']
}

/** As net/url does; undefined where it finds a fault. */
function parseUrl(text: string): ParsedUrl | undefined {
  if ([...text].some(char => char < ' ' || char === '\x7f')) return undefined
  const [, scheme = '', rest = ''] = /^(?:([a-z][a-z0-9+.-]*):)?(.*)$/is.exec(text) ?? []
  if (scheme === '' && /^[^/?#]*:/.test(rest)) return undefined
  const [, authority, path = ''] = /^\/\/([^/?#]*)([^?#]*)/.exec(rest) ?? []
  if (/%(?![0-9a-f]{2})/i.test(path)) return undefined
  if (authority === undefined) return { scheme: scheme.toLowerCase(), hostPort: '', login: undefined }
  const at = authority.lastIndexOf('@')
  const login = at < 0 ? undefined : parseLogin(authority.slice(0, at))
  const hostPort = authority.slice(at + 1)
  if (!HOST_PORT.test(hostPort) || (at >= 0 && login === undefined)) return undefined
  return { scheme: scheme.toLowerCase(), hostPort, login }
}

/** Source: net/url, validUserinfo: with any other character, or a percent sign that encodes nothing, it is no URL. */
function parseLogin(userinfo: string): HttpProxy['login'] {
  if (!/^(?:[\w\-.:~!$&'()*+,;=@]|%[0-9a-f]{2})*$/i.test(userinfo)) return undefined
  const colon = userinfo.indexOf(':')
  const [user, password] = colon < 0 ? [userinfo, ''] : [userinfo.slice(0, colon), userinfo.slice(colon + 1)]
  return { user: decode(user), password: decode(password) }
}

function decode(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, encoded =>
    Buffer.from(encoded.replaceAll('%', ''), 'hex').toString('utf8'),
  )
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
