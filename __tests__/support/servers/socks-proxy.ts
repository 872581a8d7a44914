import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A SOCKS5 server on loopback. */
export interface SocksProxy {
  readonly port: number
  /** `host:port` of every CONNECT, in order; an address that was sent as one is in angle brackets. */
  readonly asked: readonly string[]
  /** Connections so far. */
  readonly connections: () => number
  close(): Promise<void>
}

/** What becomes of a connection: a port on loopback, a reply (RFC 1928, 6), or these bytes and the end. */
export type SocksRoute = number | { readonly reply: number } | { readonly raw: Buffer } | 'silent' | 'cut'

export interface SocksOptions {
  /** By `host:port`; what is not there gets reply 4. */
  readonly routes?: Readonly<Record<string, SocksRoute>>
  /** Asks for this login, also where none is offered. */
  readonly login?: { readonly user: string; readonly password: string }
  /** Instead of an answer to the greeting; `cut` after what came first. */
  readonly greeting?: Buffer | 'silent' | 'cut'
  /** Before it answers that a connection is open. */
  readonly delayMs?: number
}

export async function startSocksProxy({
  routes = {},
  login,
  greeting,
  delayMs = 0,
}: SocksOptions): Promise<SocksProxy> {
  const asked: string[] = []
  const sockets = new Set<Socket>()
  const track = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
  }
  let connections = 0
  const serve = async (socket: Socket) => {
    const read = reader(socket)
    const [, count = 0] = await read(2)
    const methods = await read(count)
    if (greeting === 'silent') return
    if (greeting !== undefined) return void (greeting === 'cut' ? socket.destroy() : socket.end(greeting))
    if (login !== undefined) {
      if (!methods.includes(2)) return void socket.end(Buffer.from([5, 0xff]))
      socket.write(Buffer.from([5, 2]))
      const user = await read((await read(2))[1] ?? 0)
      const password = await read((await read(1))[0] ?? 0)
      const isRight = user.toString() === login.user && password.toString() === login.password
      socket.write(Buffer.from([1, isRight ? 0 : 1]))
      if (!isRight) return void socket.end()
    } else socket.write(Buffer.from([5, 0]))
    const target = await readTarget(read)
    asked.push(target)
    const route = routes[target] ?? { reply: 4 }
    if (route === 'silent') return
    if (route === 'cut') return void socket.destroy()
    if (typeof route === 'object') return void socket.end('raw' in route ? route.raw : answer(route.reply))
    socket.removeAllListeners('data')
    const far = connect(route, '127.0.0.1', () => {
      setTimeout(() => {
        socket.write(answer(0))
        far.pipe(socket).pipe(far)
      }, delayMs)
    })
    track(far)
    far.on('error', () => socket.destroy())
  }
  const server = createServer(socket => {
    connections++
    track(socket)
    serve(socket).catch(() => socket.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    connections: () => connections,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
}

type Read = (bytes: number) => Promise<Buffer>

/** Reads exactly so many bytes. */
function reader(socket: Socket): Read {
  let held = Buffer.alloc(0)
  let wake = () => {}
  socket.on('data', chunk => {
    held = Buffer.concat([held, chunk])
    wake()
  })
  return async bytes => {
    while (held.length < bytes) {
      await new Promise<void>(resolve => {
        wake = resolve
      })
    }
    const taken = held.subarray(0, bytes)
    held = held.subarray(bytes)
    return taken
  }
}

async function readTarget(read: Read): Promise<string> {
  const [, , , kind = 0] = await read(4)
  const length = kind === 1 ? 4 : kind === 4 ? 16 : ((await read(1))[0] ?? 0)
  const bytes = await read(length)
  const host = kind === 3 ? bytes.toString() : kind === 1 ? `<${[...bytes].join('.')}>` : `<${bytes.toString('hex')}>`
  return `${host}:${(await read(2)).readUInt16BE()}`
}

function answer(reply: number): Buffer {
  return Buffer.from([5, reply, 0, 1, 0, 0, 0, 0, 0, 0])
}
