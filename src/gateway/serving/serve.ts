import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { hostOfAddress } from '../../places/local-network.ts'
import { type GatewayRoute, parseRoute } from './route.ts'

/** What go gets. The text of a failure is ours, and quotes upstreams sanitised. */
export type Reply =
  | {
      readonly status: 200
      readonly size: number
      readonly stream: () => Readable
      /** Called once when the client has it, or has gone away without it. */
      readonly done: (delivered: boolean) => void
    }
  | { readonly status: number; readonly text: string }

export interface Server {
  /** What to put first into GOPROXY: with the secret path, without a slash at the end. */
  readonly url: string
  close(): Promise<void>
}

const TYPES = { info: 'application/json', latest: 'application/json', mod: 'text/plain', list: 'text/plain' } as const

/** Where a server listens, and what bounds those who ask there. */
export interface Listening {
  readonly address: string
  /** 0: any free one. */
  readonly port: number
  /** So many connections at most, and as many requests under way; undefined: no bound, for they are this job's own. */
  readonly connections?: number
  /** Who is answered at all, by address; undefined: whoever reaches it. */
  readonly mayAsk?: (address: string | undefined) => boolean
}

const LOOPBACK: Listening = { address: '127.0.0.1', port: 0 }

/**
 * Serves the module protocol, on a free port of 127.0.0.1 unless told otherwise. Only clients that know the secret are
 * answered: the gateway has the user's credentials, and other users of the machine can reach the port.
 */
export async function serve(
  secret: string,
  answer: (route: GatewayRoute) => Promise<Reply>,
  { address, port, connections, mayAsk }: Listening = LOOPBACK,
): Promise<Server> {
  let host = ''
  let underWay = 0
  const server = createServer({ keepAliveTimeout: 60_000, maxHeaderSize: 16 << 10 }, (req, res) => {
    res.on('error', () => {})
    const route = accept(req, host, secret)
    if (typeof route === 'number') return refuse(res, route)
    // One connection can send any number of requests without waiting for an answer.
    if (connections !== undefined && underWay >= connections) return refuse(res, 503)
    underWay++
    const closed = new Promise<void>(resolve => res.once('close', resolve))
    const answered = answer(route)
      .then(reply => send(req, res, reply, route))
      .catch(() => refuse(res, 500))
    // Who hangs up ends nothing of what was begun for them, so that must not make room for more.
    void Promise.all([answered, closed]).then(() => {
      underWay--
    })
  })
  if (connections !== undefined) server.maxConnections = connections
  if (mayAsk !== undefined)
    server.on('connection', socket => {
      if (!mayAsk(socket.remoteAddress)) socket.destroy()
    })
  // A client that does not speak HTTP needs no answer.
  server.on('clientError', (_error, socket) => socket.destroy())
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, address, resolve)
  })
  host = hostOfAddress(address, (server.address() as AddressInfo).port)
  return {
    url: `http://${host}/${secret}`,
    close: async () => {
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

/** A web page could reach the port under its own host name (DNS rebinding), which the Host header shows. */
function accept(req: IncomingMessage, host: string, secret: string): GatewayRoute | number {
  if (req.headers.host !== host) return 403
  if (req.method !== 'GET' && req.method !== 'HEAD') return 405
  return parseRoute(req.url ?? '', secret) ?? 403
}

function refuse(res: ServerResponse, status: number): void {
  if (res.headersSent) return void res.destroy()
  res.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end('refused by go-proxy-setup\n')
}

function send(req: IncomingMessage, res: ServerResponse, reply: Reply, route: GatewayRoute): void {
  if ('text' in reply) {
    return void res.writeHead(reply.status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${reply.text}\n`)
  }
  const type = route.kind in TYPES ? TYPES[route.kind as keyof typeof TYPES] : 'application/octet-stream'
  const done = () => reply.done(req.method === 'GET' && res.writableFinished)
  // A client that has gone already will not close again.
  if (res.destroyed) return void done()
  res.once('close', done)
  res.writeHead(200, { 'content-type': type, 'content-length': reply.size })
  if (req.method === 'HEAD') return void res.end()
  reply
    .stream()
    .on('error', () => res.destroy())
    .pipe(res)
}
