import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, connect, type Server, type Socket } from 'node:net'
import type { Certificate } from '../builders/certificates.ts'

/**
 * The internet on loopback: real host names reach servers of the test through an HTTP proxy, which go, git and this
 * program find in HTTPS_PROXY. Names that are not in the table do not exist.
 */
export interface Internet {
  readonly port: number
  readonly env: Readonly<Record<string, string>>
  /** `host:port` of every CONNECT, in order. */
  readonly asked: readonly string[]
  close(): Promise<void>
}

/** What becomes of a connection: a port on loopback, or a fault. */
export type Route = number | { readonly status: number; readonly reason: string } | 'silent' | 'cut'

/** @param routes by `host:port`; a host without port stands for port 443 */
export async function startInternet(
  routes: Readonly<Record<string, Route>>,
  /** `user:password` that it wants; a certificate that it speaks TLS with. */
  { login, tls }: { readonly login?: string; readonly tls?: Certificate } = {},
): Promise<Internet> {
  const table = new Map(
    Object.entries(routes).map(([name, route]) => [name.includes(':') ? name : `${name}:443`, route]),
  )
  const asked: string[] = []
  const sockets = trackSockets()
  const expected = login && `Basic ${Buffer.from(login).toString('base64')}`
  const listener: RequestListener = (req, res) =>
    res.writeHead(expected && req.headers['proxy-authorization'] !== expected ? 407 : 501).end()
  const server = tls ? createHttpsServer({ key: tls.key, cert: tls.cert }, listener) : createHttpServer(listener)
  server.on('connection', sockets.add)
  server.on('connect', (req, client: Socket, head: Buffer) => {
    const name = req.url ?? ''
    asked.push(name)
    client.on('error', () => client.destroy())
    if (expected && req.headers['proxy-authorization'] !== expected)
      return void client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    const route = table.get(name) ?? { status: 502, reason: 'No such host' }
    if (route === 'silent') return
    if (route === 'cut') return void client.destroy()
    if (typeof route === 'object') return void client.end(`HTTP/1.1 ${route.status} ${route.reason}\r\n\r\n`)
    const upstream = connect(route, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n')
      upstream.write(head)
      upstream.pipe(client).pipe(upstream)
    })
    sockets.add(upstream)
    upstream.on('error', () => client.destroy())
  })
  const port = await listen(server)
  const url = `${tls ? 'https' : 'http'}://${login ? `${encodeLogin(login)}@` : ''}127.0.0.1:${port}`
  return {
    port,
    env: { HTTPS_PROXY: url, https_proxy: url, NO_PROXY: '', no_proxy: '' },
    asked,
    close: () => close(server, sockets),
  }
}

/** A server of the test's own, on a free port of 127.0.0.1. */
export interface LoopbackServer {
  readonly port: number
  close(): Promise<void>
}

export async function startTlsServer(certificate: Certificate, listener: RequestListener): Promise<LoopbackServer> {
  const sockets = trackSockets()
  const server = createHttpsServer({ key: certificate.key, cert: certificate.cert }, listener)
  server.on('connection', sockets.add)
  const port = await listen(server)
  return { port, close: () => close(server, sockets) }
}

/** Takes connections, and says nothing. */
export async function startSilence(): Promise<LoopbackServer> {
  const sockets = trackSockets()
  const server = createHttpServer(() => {})
  server.on('connection', sockets.add)
  const port = await listen(server)
  return { port, close: () => close(server, sockets) }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

function trackSockets() {
  const open = new Set<Socket>()
  return {
    add: (socket: Socket) => {
      open.add(socket)
      socket.once('close', () => open.delete(socket))
    },
    destroyAll: () => {
      for (const socket of open) socket.destroy()
    },
  }
}

function close(server: Server, sockets: ReturnType<typeof trackSockets>): Promise<void> {
  sockets.destroyAll()
  return new Promise(resolve => server.close(() => resolve()))
}

/** @param login `user:password`  @returns the same as a URL has it */
export function encodeLogin(login: string): string {
  const at = login.indexOf(':')
  return [login.slice(0, at), login.slice(at + 1)].map(encodeURIComponent).join(':')
}
