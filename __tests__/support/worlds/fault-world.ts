import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { type BuiltModule, buildModule } from '../../../src/demo/modules.ts'
import { type Fault, type ProxyOptions, startProxy } from '../../../src/demo/proxy.ts'
import { objectPath } from '../../../src/go/escape.ts'
import type { Authority } from '../builders/certificates.ts'
import { createConnections, transportOver } from '../builders/connections.ts'
import { makeDatabase, type TestDatabase } from '../servers/database.ts'
import { type Http2Request, startHttp2Origin } from '../servers/http2-origin.ts'

/** Kinds of object that a gateway serves. */
export type Kind = ModuleKind | 'list' | 'latest' | 'lookup' | 'tile'
export type ModuleKind = 'info' | 'mod' | 'zip'
export const MODULE_KINDS: readonly ModuleKind[] = ['info', 'mod', 'zip']
export const KINDS: readonly Kind[] = [...MODULE_KINDS, 'list', 'latest', 'lookup', 'tile']

/**
 * One module for each kind of object that can be wrong, so that one run of go meets all of them. The last is the one
 * that the checksum database knows; of its files none is ever wrong.
 */
export const MODULES: readonly BuiltModule[] = [...MODULE_KINDS, 'list', 'latest'].map(name =>
  buildModule({ path: `example.com/${name}`, version: 'v1.0.0', paddingBytes: 2_000 }),
)
export const KNOWN = MODULES.at(-1) as BuiltModule
/** Those that a project requires. */
export const REQUIRED = MODULES.filter(({ path }) => path !== 'example.com/list')

/** The kind of object for which a request meets a fault; undefined: it is answered well. */
export function kindOf(path: string): Kind | undefined {
  const plain = path.replace(/^\//, '').replace(/\?.*/, '')
  const [, kind] = /^example\.com\/(info|mod|zip)\/@v\/v1\.0\.0\.\1$/.exec(plain) ?? []
  if (kind !== undefined) return kind as Kind
  if (plain === 'example.com/list/@v/list') return 'list'
  if (plain === 'example.com/latest/@latest') return 'latest'
  const [, request] = /^(?:sumdb\/[^/]+\/)?(lookup|tile)\//.exec(plain) ?? []
  return request as Kind | undefined
}

/** An upstream, or the host of a checksum database. */
export interface Upstream {
  readonly url: string
  /** How often it was asked for such an object. */
  readonly asked: (kind: Kind) => number
  /** Variables without which it cannot be reached. */
  readonly env?: Readonly<Record<string, string>>
  readonly close: () => Promise<void>
}

export interface FaultWorld {
  /** What it issued is trusted. */
  readonly authority: Authority
  readonly database: TestDatabase
}

export function worldOf(authority: Authority): FaultWorld {
  return { authority, database: makeDatabase('sum.test.example', KNOWN) }
}

/** What is asked of a sound upstream beyond module files: go asks for `@latest` only where a list is empty. */
function extraOf({ database }: FaultWorld): (path: string) => Buffer | undefined {
  return path => database.answers.get(path)
}

const noVersions: Fault = (_, res) => void res.writeHead(200, { 'content-length': 0 }).end()

/** @param fault what it does to requests for objects of a kind; undefined: nothing */
export async function openUpstream(
  world: FaultWorld,
  fault: (kind: Kind, url: string) => Fault | undefined = () => undefined,
  options: Partial<ProxyOptions> = {},
): Promise<Upstream> {
  const asked = new Map<Kind, number>()
  const started = await startProxy({
    modules: MODULES,
    extra: extraOf(world),
    ...options,
    fault: ({ path }) => {
      const kind = kindOf(path)
      if (kind !== undefined) asked.set(kind, (asked.get(kind) ?? 0) + 1)
      if (path === 'example.com/latest/@v/list') return noVersions
      return kind && fault(kind, `/${path}`)
    },
  })
  return { url: started.url, asked: kind => asked.get(kind) ?? 0, close: started.close }
}

/** The same over HTTP/2. */
export async function openHttp2Upstream(
  world: FaultWorld,
  onFaulty: (request: Http2Request) => void,
): Promise<Upstream> {
  const bodies = new Map<string, Buffer>([['/example.com/latest/@v/list', Buffer.alloc(0)]])
  for (const module of MODULES) {
    for (const kind of MODULE_KINDS) bodies.set(`/${objectPath(module, kind)}`, module[kind])
    bodies.set(`/${module.path}/@latest`, module.info)
    if (!bodies.has(`/${module.path}/@v/list`)) bodies.set(`/${module.path}/@v/list`, Buffer.from('v1.0.0\n'))
  }
  for (const [path, body] of world.database.answers) bodies.set(path, body)
  const asked = new Map<Kind, number>()
  const origin = await startHttp2Origin(
    request => {
      const kind = kindOf(request.path)
      if (kind === undefined) return request.answer()
      asked.set(kind, (asked.get(kind) ?? 0) + 1)
      onFaulty(request)
    },
    {},
    path => bodies.get(path),
    world.authority,
  )
  return { url: origin.url, asked: kind => asked.get(kind) ?? 0, close: origin.close }
}

/** A server that does something to each connection before a word was said. */
export async function openSocketUpstream(
  scheme: 'http' | 'https',
  onSocket: (socket: Socket) => void,
): Promise<Upstream> {
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => {})
    onSocket(socket)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => sockets.size,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
}

/** An upstream out there, behind the proxy of a network that does this to a CONNECT. */
export async function openBehindTunnel(onConnect: (socket: Socket) => void): Promise<Upstream> {
  const sockets = new Set<Socket>()
  const server = createHttpServer((_, res) => res.writeHead(501).end())
  server.on('connect', (_req, socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    onConnect(socket)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: 'https://proxy.example',
    asked: () => sockets.size,
    env: { HTTPS_PROXY: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.closeAllConnections()
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
}

/** No server at all. */
export function nowhere(url: string): Upstream {
  return { url, asked: () => 1, close: async () => {} }
}

/** Connections as a gateway has them in these tests: deadlines of a second, the world's certificates. */
export function transportFor({ authority }: FaultWorld, env: Readonly<Record<string, string>> = {}) {
  const connections = createConnections({
    env,
    trustedRoots: [authority.cert],
    connectMs: 700,
    connectionsPerOrigin: 32,
  })
  return transportOver(connections)
}
