import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import {
  createSecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2'
import { createServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { join, normalize } from 'node:path'
import { generate } from 'selfsigned'
import { withOneMoreFile } from '../__tests__/support/servers/faults.ts'
import { delay, drained, tokenBucket } from '../src/demo/pace.ts'

const PIECE = 64 << 10
/** Requests that are answered before it falls silent: the ranking is over then, and the download is not. */
const TALKS_FOR = 60

/** How far away an origin is, and what it does wrong. */
export interface OriginOptions {
  /** A module cache's `cache/download`. */
  readonly directory: string
  /** Another one, for what that one lacks. */
  readonly beside?: string
  /** One round trip is waited for at each request, two more at a new connection. */
  readonly rttMs: number
  /** Of all connections together; none: as fast as loopback is. */
  readonly bytesPerSecond?: number
  /** 1: offers HTTP/1.1 alone. Else both, and HTTP/2 is what is taken. */
  readonly http?: 1 | 2
  /** Says goodbye (GOAWAY) on an HTTP/2 connection after so many, as nginx does after a thousand; 0: never. */
  readonly requestsPerConnection?: number
  readonly fault?: 'silent' | 'absent' | 'tampering' | 'cutting every fifth body' | 'falling silent'
}

export interface Origin {
  readonly url: string
  /** A file with the certificate to trust. */
  readonly cert: string
  /** Bytes of bodies so far, and the seconds from the first request to the last of them. */
  traffic(): Promise<Traffic>
  close(): Promise<void>
}

export interface Traffic {
  readonly bytes: number
  readonly seconds: number
}

/** A module proxy over TLS, in a process of its own. */
export async function startOrigin(options: OriginOptions): Promise<Origin> {
  const child = fork(new URL('./origin.js', import.meta.url), ['serve'])
  child.send(options)
  const [{ port, cert }] = (await once(child, 'message')) as [{ port: number; cert: string }]
  return {
    url: `https://127.0.0.1:${port}`,
    cert,
    traffic: async () => {
      child.send('traffic')
      const [traffic] = (await once(child, 'message')) as [Traffic]
      return traffic
    },
    close: async () => {
      child.disconnect()
      await once(child, 'exit')
    },
  }
}

async function serve(options: OriginOptions): Promise<{ port: number; cert: string; traffic: () => Traffic }> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: `origin ${process.pid}` }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  })
  const opened = new WeakMap<object, Promise<void>>()
  const take = tokenBucket(options.bytesPerSecond)
  const bodies = new Map<string, Buffer>()
  let [answered, heard] = [0, 0]
  let [bytes, firstMs, lastMs]: [number, number | undefined, number] = [0, undefined, 0]
  const served = new WeakMap<ServerHttp2Session, number>()
  const listener = (req: Http2ServerRequest, res: Http2ServerResponse) => {
    const connection = 'stream' in req && req.stream?.session ? req.stream.session : req.socket
    answer(req, res, opened.get(connection as object)).catch(() => res.stream?.destroy())
    if (res.stream?.session !== undefined) countOn(res.stream.session as ServerHttp2Session, res.stream.id)
  }
  const server =
    options.http === 1
      ? createServer({ key, cert }, listener as unknown as Parameters<typeof createServer>[1])
      : createSecureServer({ key, cert, allowHTTP1: true, maxSessionMemory: 1_000 }, listener)
  const openedAt = (connection: object) => opened.set(connection, delay(2 * options.rttMs))
  server.on('secureConnection', (socket: Socket) => {
    socket.on('error', () => {})
    openedAt(socket)
  })
  server.on('session', session => {
    session.on('error', () => {})
    openedAt(session)
  })

  function countOn(session: ServerHttp2Session, stream: number | undefined): void {
    const count = (served.get(session) ?? 0) + 1
    served.set(session, count)
    // What came before it is answered, what comes after it is not looked at.
    if (count === options.requestsPerConnection) session.goaway(0, stream)
  }

  async function answer(req: Http2ServerRequest, res: Http2ServerResponse, ready: Promise<void> | undefined) {
    firstMs ??= performance.now()
    await ready
    await delay(options.rttMs)
    if (options.fault === 'silent' || (options.fault === 'falling silent' && ++heard > TALKS_FOR)) return
    if (options.fault === 'absent') return void res.writeHead(404).end('not found\n')
    const body = (await readBelow(options.directory, req.url)) ?? (await readBelow(options.beside, req.url))
    if (body === undefined) return void res.writeHead(404).end('not found\n')
    const cutAt = options.fault === 'cutting every fifth body' && answered++ % 5 === 4 ? body.length >> 1 : undefined
    res.writeHead(200, { 'content-length': String(body.length) })
    if (cutAt === undefined && options.bytesPerSecond === undefined) {
      note(body.length)
      return void res.end(body)
    }
    for (let sent = 0; sent < body.length; sent += PIECE) {
      const piece = body.subarray(sent, sent + PIECE)
      await take(piece.length)
      if (cutAt !== undefined && sent + piece.length > cutAt)
        return void (res.stream?.destroy() ?? req.socket.destroy())
      if (res.destroyed) return
      note(piece.length)
      if (!res.write(piece)) await drained(res)
    }
    res.end()
  }

  function note(sent: number): void {
    bytes += sent
    lastMs = performance.now()
  }

  async function readBelow(directory: string | undefined, url: string): Promise<Buffer | undefined> {
    if (directory === undefined) return undefined
    const path = normalize(join(directory, decodeURIComponent(url)))
    return path.startsWith(directory) ? read(path) : undefined
  }

  /** From memory, so that the origin, which shares the processors with what is measured, costs little. */
  async function read(path: string): Promise<Buffer | undefined> {
    const known = bodies.get(path)
    if (known !== undefined) return known
    const body = await readFile(path).catch(() => undefined)
    if (body === undefined) return undefined
    const sent = options.fault === 'tampering' && path.endsWith('.zip') ? withOneMoreFile(body) : body
    bodies.set(path, sent)
    return sent
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    cert,
    traffic: () => ({ bytes, seconds: (lastMs - (firstMs ?? lastMs)) / 1000 }),
  }
}

if (process.argv[2] === 'serve' && process.send !== undefined) {
  process.once('message', async (options: OriginOptions) => {
    const { traffic, ...where } = await serve(options)
    process.send?.(where)
    process.on('message', () => process.send?.(traffic()))
  })
  process.once('disconnect', () => process.exit(0))
}
