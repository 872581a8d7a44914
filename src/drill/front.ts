import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Server, Socket } from 'node:net'
import { drained } from '../demo/pace.ts'
import type { Clock } from '../effects.ts'
import type { FrontEvent } from './events.ts'
import type { Scheduled } from './plan.ts'
import type { ModuleStore } from './store.ts'
import { openTimes } from './times.ts'

/** A proxy on loopback that stands for one of the user's, and what is to go wrong with it. */
export interface FrontOptions {
  readonly store: ModuleStore
  /** Before each answer begins. */
  readonly latencyMs: number
  /** undefined: it stays sound. */
  readonly trouble: Scheduled | undefined
  /** TLS with the first certificate, and with the second one while the trouble is on. */
  readonly tls: FrontCertificates | undefined
  readonly clock: Clock
  readonly onEvent: (event: FrontEvent) => void
}

/** Certificates that clients of the drill trust, of one key. All PEM. */
export interface FrontCertificates {
  readonly key: string
  readonly valid: string
  readonly expired: string
}

export interface DrillFront {
  readonly url: string
  /** The run begins: a trouble that comes after no answer at all is on from now. */
  start(): void
  close(): Promise<void>
}

/** A request that a trouble may answer. */
interface FrontRequest {
  readonly target: string
  readonly good: Buffer
  readonly res: ServerResponse
  readonly options: FrontOptions
  readonly trouble: Scheduled
  /** Whether the trouble lasts. */
  readonly isOn: () => boolean
}

/** In one piece: all of it is about the connections and requests under way, which every trouble ends or answers. */
export async function openFront(options: FrontOptions): Promise<DrillFront> {
  const { store, latencyMs, trouble, tls, clock, onEvent } = options
  const sockets = new Set<Socket>()
  const pending = new Map<ServerResponse, FrontEvent>()
  let closed = false
  const met = (path: string | undefined, askedMs = clock.now()) =>
    onEvent({ atMs: clock.now(), askedMs, path, what: 'met' })
  const resetAll = () => {
    for (const { path, askedMs } of pending.values()) met(path, askedMs)
    pending.clear()
    for (const socket of sockets) socket.resetAndDestroy()
  }
  const times = openTimes(trouble ?? NEVER, clock, isOn => {
    if (trouble?.kind === 'expired' && tls !== undefined && 'setSecureContext' in server)
      server.setSecureContext({ key: tls.key, cert: isOn ? tls.expired : tls.valid })
    if (trouble?.kind === 'closed' && !isOn) reopen(server, port, clock, () => closed)
    if (trouble?.kind === 'closed' && isOn) {
      server.close()
      // From now on the system refuses connections, and this program does not see them: the closing stands for all.
      met(undefined)
    }
    if (isOn && trouble !== undefined && CUTS.includes(trouble.kind)) resetAll()
  })

  const listener = async (req: IncomingMessage, res: ServerResponse) => {
    const target = targetOf(req.url)
    const asked = { atMs: clock.now(), askedMs: clock.now(), path: target, what: 'sound' } as const
    pending.set(res, asked)
    res.once('close', () => pending.delete(res))
    times.asked()
    await clock.sleep(latencyMs)
    const good = await store.read(target)
    if (res.destroyed) return
    if (trouble !== undefined && times.isOn() && good !== undefined && meets(trouble, target, store)) {
      met(target, asked.askedMs)
      pending.delete(res)
      await misbehave({ target, good, res, options, trouble, isOn: times.isOn })
      // What trickled came all the same.
      if (trouble.kind === 'slow' && res.writableFinished) onEvent({ ...asked, atMs: clock.now() })
      return
    }
    if (good === undefined) return void res.writeHead(404, TEXT).end('not found: the drill has no such file\n')
    res.writeHead(200, { 'content-length': good.length }).end(good, () => {
      if (!pending.delete(res)) return
      onEvent({ ...asked, atMs: clock.now() })
      times.answered()
    })
  }
  const server: Server & Partial<Pick<ReturnType<typeof createTlsServer>, 'setSecureContext'>> =
    tls === undefined ? createServer(listener) : createTlsServer({ key: tls.key, cert: tls.valid }, listener)
  watchSockets(server, sockets, () => {
    times.connected()
    if (trouble?.kind !== 'killed' || !times.isOn()) return false
    met(undefined)
    return true
  })
  server.on('tlsClientError', () => {
    if (times.isOn()) met(undefined)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    start() {
      // No client can connect to a port that is closed from the start.
      if (trouble?.kind === 'closed') times.connected()
      times.start()
    },
    close: () => {
      closed = true
      times.close()
      return closeServer(server, sockets)
    },
  }
}

/** @param refuses whether a new connection is to be reset */
function watchSockets(server: Server, sockets: Set<Socket>, refuses: () => boolean): void {
  server.on('connection', (socket: Socket) => {
    socket.on('error', () => {})
    if (refuses()) return void socket.resetAndDestroy()
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
}

function closeServer(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise(resolve => {
    if (server.listening) server.close(() => resolve())
    else resolve()
    for (const socket of sockets) socket.destroy()
  })
}

const NEVER = { after: { answers: Number.POSITIVE_INFINITY }, forMs: 0, times: 0 }
const TEXT = { 'content-type': 'text/plain' }
/** Troubles that end the connections under way. */
const CUTS: readonly Scheduled['kind'][] = ['killed', 'closed', 'expired']

/** Another program may have the port for a moment, or a client that connected to itself while no server listened. */
const REOPEN_MS = 20

function reopen(server: Server, port: number, clock: Clock, isClosed: () => boolean): void {
  const again = () => {
    clock.after(REOPEN_MS, listen)
  }
  const listen = () => {
    if (isClosed()) return
    server.once('error', again)
    server.listen(port, '127.0.0.1', () => server.off('error', again))
  }
  listen()
}

/** Below the proxy's URL; '' for what is no URL. */
function targetOf(url = '/'): string {
  try {
    return decodeURIComponent(url).slice(1)
  } catch {
    return ''
  }
}

/** Lies are told only where go.sum can show them. */
function meets({ kind }: Scheduled, target: string, { proven }: ModuleStore): boolean {
  if (kind === 'wrong-zip') return target.endsWith('.zip') && proven.has(target)
  if (kind === 'wrong-mod') return target.endsWith('.mod') && proven.has(target)
  return kind !== 'sound'
}

async function misbehave({ target, good, res, options, trouble, isOn }: FrontRequest): Promise<void> {
  const { clock, store } = options
  switch (trouble.kind) {
    case 'slow':
      await clock.sleep(trouble.latencyMs)
      return trickle(good, { res, bytesPerSecond: trouble.bytesPerSecond, clock, isOn })
    case 'cut':
      res.writeHead(200, { 'content-length': good.length })
      return void res.write(good.subarray(0, good.length >> 1), () => res.destroy())
    case 'wrong-zip':
      return void res.writeHead(200).end(await anotherZip(target, good, store))
    case 'wrong-mod':
      return void res.writeHead(200).end(Buffer.concat([good, Buffer.from('\n// not as published\n')]))
    case 'limited': {
      const { retryAfterSeconds } = trouble
      const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }
      return void res.writeHead(429, { ...TEXT, ...headers }).end('too many requests\n')
    }
    case 'unavailable':
      return void res.writeHead(trouble.status, TEXT).end('the drill says so\n')
    case 'silent':
      return
    default:
      // The connection is gone: it was reset when the trouble began, or has another certificate.
      return void res.destroy()
  }
}

/** The zip of another module; of a store with one alone, the same with one bit changed. */
async function anotherZip(target: string, good: Buffer, store: ModuleStore): Promise<Buffer> {
  const other = [...store.proven].find(one => one.endsWith('.zip') && one !== target)
  const bytes = other === undefined ? undefined : await store.read(other)
  if (bytes !== undefined) return bytes
  const changed = Buffer.from(good)
  const at = changed.length >> 1
  changed[at] = (changed[at] ?? 0) ^ 1
  return changed
}

/** In so many pieces a second. */
const PIECES_A_SECOND = 20

interface Trickle extends Pick<FrontRequest, 'res' | 'isOn'> {
  readonly bytesPerSecond: number
  readonly clock: Clock
}

/** Once the trouble is over, what is left comes at once. */
async function trickle(body: Buffer, { res, bytesPerSecond, clock, isOn }: Trickle): Promise<void> {
  if (res.destroyed) return
  res.writeHead(200, { 'content-length': body.length })
  const size = Math.max(1, Math.floor(bytesPerSecond / PIECES_A_SECOND))
  for (let at = 0; at < body.length && !res.destroyed; ) {
    if (isOn()) await clock.sleep(1000 / PIECES_A_SECOND)
    const to = isOn() ? at + size : body.length
    if (!res.write(body.subarray(at, to))) await drained(res)
    at = to
  }
  await new Promise<void>(resolve => {
    res.once('close', resolve)
    res.end(resolve)
  })
}
