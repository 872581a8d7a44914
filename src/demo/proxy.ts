import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { objectPath } from '../go/escape.ts'
import type { BuiltModule } from './modules.ts'
import { delay, drained, tokenBucket } from './pace.ts'

/** A module proxy on loopback, as near or as broken as its options say. */
export interface ProxyOptions {
  readonly modules: readonly BuiltModule[]
  /** A simulated round trip: one for each request, two more for a new TLS connection, one for a plain one. */
  readonly latencyMs?: number
  /** Of all connections together. */
  readonly bytesPerSecond?: number
  readonly tls?: { readonly key: string; readonly cert: string }
  /** Answers instead of the module files, or does nothing by returning undefined. */
  readonly fault?: (request: ProxyRequest) => Fault | undefined
  /** Further paths, such as `/sumdb/…`. */
  readonly extra?: (path: string) => Buffer | undefined
}

/** Answers a request wrongly; `good` is what a sound proxy would have sent. */
export type Fault = (req: IncomingMessage, res: ServerResponse, good: Buffer | undefined) => void

export interface ProxyRequest {
  /** Below the root, decoded, without the leading slash: `example.com/a/@v/v1.0.0.mod`. */
  readonly path: string
  readonly headers: IncomingMessage['headers']
  /** How often this path was asked for before. */
  readonly earlier: number
}

export interface DemoProxy {
  readonly url: string
  readonly port: number
  /** In order of arrival. */
  readonly requests: readonly ProxyRequest[]
  readonly connections: () => number
  readonly close: () => Promise<void>
}

export async function startProxy(options: ProxyOptions): Promise<DemoProxy> {
  const objects = objectsOf(options.modules)
  const requests: ProxyRequest[] = []
  const opened = new WeakMap<Socket, Promise<void>>()
  let connections = 0
  const bucket = tokenBucket(options.bytesPerSecond)
  const listener: RequestListener = async (req, res) => {
    const path = decodeURIComponent(req.url ?? '/').slice(1)
    const request = { path, headers: req.headers, earlier: requests.filter(other => other.path === path).length }
    requests.push(request)
    const good = objects.get(path) ?? options.extra?.(`/${path}`)
    await opened.get(req.socket)
    await delay(options.latencyMs ?? 0)
    const fault = options.fault?.(request)
    if (res.destroyed) return
    if (fault !== undefined) return fault(req, res, good)
    if (good === undefined)
      return void res.writeHead(404, { 'content-type': 'text/plain' }).end('not found: unknown module\n')
    await send(res, good, bucket)
  }
  const server = options.tls ? createTlsServer({ ...options.tls }, listener) : createServer(listener)
  server.on('connection', (socket: Socket) => {
    connections++
    socket.on('error', () => {})
    // The handshake happens at once on loopback: its round trips are waited for at the first request.
    const trips = options.tls ? 2 : 1
    if (!options.tls) opened.set(socket, delay(trips * (options.latencyMs ?? 0)))
  })
  server.on('secureConnection', (socket: Socket) => {
    socket.on('error', () => {})
    opened.set(socket, delay(2 * (options.latencyMs ?? 0)))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    requests,
    connections: () => connections,
    close: async () => {
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

/** Everything a proxy serves of these modules, by path. */
function objectsOf(modules: readonly BuiltModule[]): ReadonlyMap<string, Buffer> {
  const objects = new Map<string, Buffer>()
  const versions = new Map<string, string[]>()
  for (const module of modules) {
    for (const kind of ['info', 'mod', 'zip'] as const) objects.set(objectPath(module, kind) ?? '', module[kind])
    const base = objectPath(module, 'info')?.split('/@v/')[0] ?? ''
    versions.set(base, [...(versions.get(base) ?? []), module.version])
    objects.set(`${base}/@latest`, module.info)
  }
  for (const [base, list] of versions) objects.set(`${base}/@v/list`, Buffer.from(`${list.join('\n')}\n`))
  return objects
}

const SLICE_BYTES = 16 << 10

/** Sends at the server's rate, in slices, so that one large zip does not block the others. */
async function send(res: ServerResponse, body: Buffer, take: (bytes: number) => Promise<void>): Promise<void> {
  res.writeHead(200, { 'content-length': body.length })
  for (let at = 0; at < body.length && !res.destroyed; at += SLICE_BYTES) {
    const slice = body.subarray(at, at + SLICE_BYTES)
    await take(slice.length)
    if (!res.write(slice)) await drained(res)
  }
  res.end()
}
