import { createSocket } from 'node:dgram'
import { encodeLogin, startInternet } from '../../../__tests__/support/servers/internet.ts'
import { startModuleServer } from '../../../__tests__/support/servers/module-server.ts'
import { startSocksProxy } from '../../../__tests__/support/servers/socks-proxy.ts'
import { onlyNameServer } from '../confine.ts'
import type { Habit, Opened, Place } from '../habit.ts'
import { opened } from '../serving.ts'

/** RFC 6761: no name below it exists. */
const NO_SUCH_HOST = 'https://goproxy.invalid'
const LOGIN = 'ci:p@ss:word/1'
/** Loopback addresses for name servers; nothing listens on the first one. */
const [REFUSING, SILENT] = ['127.77.77.77', '127.77.77.78']

/** Networks between the job and its proxies. */
export const NETWORK: readonly Habit[] = [
  {
    id: 'name-first',
    title: 'a name that does not resolve comes first, or is in GOPROXY',
    factors: { family: 'names', server: 'refused', place: 'first' },
    project: 'many',
    ...onlyNameServer(REFUSING),
    open: place => besideNoHost(place, 'first'),
  },
  {
    id: 'names-refused',
    title: 'no name resolves: the name server is not there',
    factors: { family: 'names', server: 'refused', place: 'last' },
    project: 'many',
    ...onlyNameServer(REFUSING),
    open: withDatabase,
  },
  {
    id: 'names-silent',
    title: 'no name resolves: the name server is silent',
    factors: { family: 'names', server: 'silent', place: 'last' },
    project: 'many',
    confine: onlyNameServer(SILENT).confine,
    skip: () => onlyNameServer(SILENT).skip() ?? (process.getuid?.() === 0 ? undefined : 'port 53 is for root'),
    open: async place => {
      // Shared with other runs at the same time: all are silent alike.
      const silence = createSocket({ type: 'udp4', reuseAddr: true })
      await new Promise<void>((resolve, reject) => {
        silence.once('error', reject).bind(53, SILENT, () => resolve())
      })
      const rest = await withDatabase(place)
      return { ...rest, close: () => rest.close().finally(() => silence.close()) }
    },
  },
  ...through('socks', 'a SOCKS proxy', startSocks),
  ...through('http-proxy', 'an HTTP proxy', async (routes, login) => {
    const { env, ...proxy } = await startInternet(routes, login === undefined ? {} : { login })
    return { ...proxy, url: env['HTTPS_PROXY'] ?? '' }
  }),
]

/** One that works; where a list is named, the host that does not exist is in it, too, and else it is what GOPROXY has. */
async function besideNoHost({ way, library: { objects } }: Place, place: 'first' | 'last'): Promise<Opened> {
  const { urls, ...rest } = opened([await startModuleServer({ objects })])
  const both = place === 'first' ? [NO_SUCH_HOST, ...urls] : [...urls, NO_SUCH_HOST]
  return way === 'configured' || way === 'two'
    ? { ...rest, urls: both }
    : { ...rest, urls, env: { GOPROXY: NO_SUCH_HOST } }
}

/** The checksum database is on, as it is by default; all sums are in go.sum. */
async function withDatabase(place: Place): Promise<Opened> {
  const { env, ...rest } = await besideNoHost(place, 'last')
  return { ...rest, env: { ...env, GOSUMDB: 'sum.golang.org' } }
}

async function startSocks(routes: Readonly<Record<string, number>>, login?: string) {
  const [user = '', password = ''] = (login ?? '').split(/:(.*)/s)
  const proxy = await startSocksProxy({ routes, ...(login === undefined ? {} : { login: { user, password } }) })
  return { ...proxy, url: `socks5://${login === undefined ? '' : `${encodeLogin(login)}@`}127.0.0.1:${proxy.port}` }
}

type StartProxy = (
  routes: Readonly<Record<string, number>>,
  login?: string,
) => Promise<{ readonly url: string; close(): Promise<void> }>

/** The modules' host has a name that only the network's own proxy knows. */
function through(id: string, title: string, start: StartProxy): readonly Habit[] {
  return [undefined, LOGIN].map(login => ({
    id: `${id}${login ? '-password' : ''}`,
    title: `${title} in HTTPS_PROXY, ${login ? 'with' : 'without'} a password`,
    factors: { family: id, password: String(login !== undefined) },
    project: 'many',
    open: async ({ way, library: { objects }, authority }) => {
      const hosts = ['goproxy.test', ...(way === 'two' ? ['goproxy2.test'] : [])]
      const certificate = await authority.issue(hosts)
      const servers = await Promise.all(hosts.map(() => startModuleServer({ objects, certificate })))
      const proxy = await start(
        Object.fromEntries(hosts.map((host, i) => [`${host}:443`, servers[i]?.port ?? 0])),
        login,
      )
      const rest = opened(servers, {
        urls: hosts.map(host => `https://${host}`),
        env: { HTTPS_PROXY: proxy.url, SSL_CERT_FILE: authority.file, SSL_CERT_DIR: '/nonexistent' },
      })
      return { ...rest, close: () => rest.close().finally(() => proxy.close()) }
    },
  }))
}
