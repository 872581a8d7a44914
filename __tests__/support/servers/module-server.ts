import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createSecureServer } from 'node:http2'
import type { AddressInfo, Server, Socket } from 'node:net'
import { delay, drained } from '../../../src/demo/pace.ts'
import type { Certificate } from '../builders/certificates.ts'

/** How a request that is too much is answered. */
export interface Refusal {
  readonly status: 429 | 503
  /** Without it, no Retry-After is sent. */
  readonly retryAfterSeconds?: number
}

/** The habits of a module proxy that people run. Times in milliseconds. */
export interface ServerHabits {
  /** By path, with the leading slash: `/example.com/a/@v/v1.0.0.mod`. */
  readonly objects: ReadonlyMap<string, Buffer>
  /** Before each answer begins. */
  readonly delayMs?: number
  /** Requests at once, each counted from its arrival until the last byte of its response is sent; more are refused. */
  readonly atOnce?: Refusal & { readonly most: number }
  /** Requests a second, with so many saved up while idle; more are refused. */
  readonly aSecond?: Refusal & { readonly rate: number; readonly burst: number }
  /** After so many refusals each request gets a 403, for good. */
  readonly banAfter?: number
  /** From the start to the end of a zip's body. */
  readonly bodyMs?: number
  /** From the first request on, every request gets a 503 for so long. */
  readonly unwellMs?: number
  /** TLS, with HTTP/2 for clients that speak it. */
  readonly certificate?: Certificate
}

/** What a server remembers of its clients. */
export interface Ledger {
  /** Of all requests. */
  readonly requests: number
  /** Every request that was refused, in order: one that comes again and is refused again counts again. */
  readonly refused: readonly RefusedRequest[]
  /** Most requests under way at once, those that were refused included. */
  readonly mostAtOnce: number
  readonly banned: boolean
}

export interface RefusedRequest {
  readonly path: string
  readonly status: number
  /** Since the server was asked first; a log of another program may not say. */
  readonly atMs?: number
}

export interface ModuleServer {
  readonly port: number
  readonly ledger: () => Ledger
  close(): Promise<void>
}

/** Bodies that take their time come in so many pieces. */
const PIECES = 100

export async function startModuleServer(habits: ServerHabits): Promise<ModuleServer> {
  const door = openDoor(habits)
  const listener = async (req: IncomingMessage, res: ServerResponse) => {
    const path = decodeURIComponent(req.url ?? '/')
    const { refusal, leave } = door.enter(path)
    res.once('close', leave)
    if (refusal !== undefined) return refuse(res, refusal)
    await delay(habits.delayMs ?? 0)
    const body = habits.objects.get(path)
    if (res.destroyed) return
    if (body === undefined) return void res.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n')
    res.writeHead(200, { 'content-length': body.length })
    if (habits.bodyMs === undefined || !path.endsWith('.zip')) return void res.end(body)
    await trickle(res, body, habits.bodyMs)
  }
  const { certificate } = habits
  const server: Server =
    certificate === undefined
      ? createServer(listener)
      : createSecureServer({ key: certificate.key, cert: certificate.cert, allowHTTP1: true }, (req, res) =>
          listener(req as unknown as IncomingMessage, res as unknown as ServerResponse),
        )
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).once('close', () => sockets.delete(socket))
  })
  server.on('sessionError', () => {})
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    ledger: door.ledger,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

interface Answer {
  readonly status: number
  readonly retryAfterSeconds?: number
}

/** Counts who is inside, and says whom it refuses. */
function openDoor({ atOnce, aSecond, banAfter, unwellMs = 0 }: ServerHabits) {
  let [requests, inside, mostAtOnce] = [0, 0, 0]
  let firstMs: number | undefined
  const refused: RefusedRequest[] = []
  const take = aSecond === undefined ? () => true : bucket(aSecond)
  const sinceFirst = () => performance.now() - (firstMs ?? 0)
  const isBanned = () => banAfter !== undefined && refused.length >= banAfter

  const refusalOf = (): Answer | undefined => {
    if (isBanned()) return { status: 403 }
    if (sinceFirst() < unwellMs) return { status: 503 }
    if (atOnce !== undefined && inside > atOnce.most) return atOnce
    return take() ? undefined : aSecond
  }

  return {
    enter(path: string) {
      firstMs ??= performance.now()
      requests++
      inside++
      mostAtOnce = Math.max(mostAtOnce, inside)
      const refusal = refusalOf()
      if (refusal !== undefined) refused.push({ path, status: refusal.status, atMs: Math.round(sinceFirst()) })
      return { refusal, leave: () => void inside-- }
    },
    ledger: (): Ledger => ({ requests, refused, mostAtOnce, banned: isBanned() }),
  }
}

/** A token bucket that refuses instead of waiting, as nginx's limit_req with `nodelay` does. */
function bucket({ rate, burst }: { readonly rate: number; readonly burst: number }): () => boolean {
  let [tokens, lastMs] = [burst, performance.now()]
  return () => {
    const nowMs = performance.now()
    tokens = Math.min(burst, tokens + ((nowMs - lastMs) / 1000) * rate)
    lastMs = nowMs
    if (tokens < 1) return false
    tokens--
    return true
  }
}

function refuse(res: ServerResponse, { status, retryAfterSeconds }: Answer): void {
  const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }
  res.writeHead(status, { 'content-type': 'text/plain', ...headers }).end('refused\n')
}

async function trickle(res: ServerResponse, body: Buffer, ms: number): Promise<void> {
  const size = Math.ceil(body.length / PIECES)
  for (let at = 0; at < body.length && !res.destroyed; at += size) {
    await delay(ms / PIECES)
    if (!res.write(body.subarray(at, at + size))) await drained(res)
  }
  res.end()
}
