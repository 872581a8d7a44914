import { deflateRawSync, gzipSync } from 'node:zlib'
import { type BuiltModule, buildModule, writeZip } from '../../../src/demo/modules.ts'
import type { Fault } from '../../../src/demo/proxy.ts'

/** Built once, on demand: that takes a tenth of a second, in which no server of this process answers. */
const bomb = once(() => gzipSync(Buffer.alloc(20 << 20)))

/** What a proxy can do wrong, each as a `Fault` of the loopback proxy. */
export const faults = {
  status:
    (
      code: number,
      body: string | Buffer = '',
      options: { reason?: string; headers?: Record<string, string> } = {},
    ): Fault =>
    (_, res) => {
      res.writeHead(code, options.reason ?? '', { 'content-type': 'text/plain', ...options.headers }).end(body)
    },
  silent: (() => {}) as Fault,
  /** Half of the body, then nothing more. */
  stall: ((_, res, good = Buffer.alloc(100)) => {
    res.writeHead(200, { 'content-length': good.length }).write(good.subarray(0, good.length >> 1))
  }) as Fault,
  /** So slowly that no deadline for silence ever passes. */
  trickle:
    (bytes = 64, everyMs = 20): Fault =>
    (_, res, good = Buffer.alloc(1000)) => {
      res.writeHead(200, { 'content-length': good.length })
      let at = 0
      const timer = setInterval(() => {
        if (at >= good.length) res.end()
        else res.write(good.subarray(at, at + bytes))
        at += bytes
      }, everyMs)
      res.on('close', () => clearInterval(timer))
    },
  reset: (req => req.socket.resetAndDestroy()) as Fault,
  /** Half of the body, then the connection is reset. */
  resetInside: ((req, res, good = Buffer.alloc(100)) => {
    res
      .writeHead(200, { 'content-length': good.length })
      .write(good.subarray(0, good.length >> 1), () => req.socket.resetAndDestroy())
  }) as Fault,
  /** More is announced than comes before the connection ends. */
  tooShort: ((req, res, good = Buffer.alloc(100)) => {
    res.writeHead(200, { 'content-length': good.length + 100 }).write(good, () => req.socket.end())
  }) as Fault,
  /** In pieces of which the last one is missing. */
  chunkedCut: ((req, res, good = Buffer.alloc(100)) => {
    res.writeHead(200).write(good.subarray(0, good.length >> 1), () => req.socket.end())
  }) as Fault,
  /** Exactly these bytes on the connection, whatever HTTP says of them; then it ends, unless it is kept. */
  raw:
    (answer: (good: Buffer) => string | Buffer, keep = false): Fault =>
    (req, _res, good = Buffer.alloc(100)) => {
      const bytes = answer(good)
      if (keep) req.socket.write(bytes)
      else req.socket.end(bytes)
    },
  /** A head that comes byte by byte, and never to its end. */
  slowHead: (req => {
    req.socket.write('HTTP/1.1 200 OK\r\nx-slow: ')
    const timer = setInterval(() => req.socket.write('.'), 50)
    req.socket.on('close', () => clearInterval(timer))
  }) as Fault,
  /** As much as is taken. */
  endless: ((_, res) => {
    const piece = Buffer.alloc(64 << 10, ' ')
    const more = () => {
      while (!res.destroyed && res.write(piece));
    }
    res.writeHead(200).on('drain', more)
    more()
  }) as Fault,
  /** Announces more than any object may have. */
  huge: ((_, res) => {
    res.writeHead(200, { 'content-length': 600 << 20 }).write('PK')
  }) as Fault,
  /** One bit is another one. */
  corrupt: ((_, res, good = Buffer.alloc(100)) => {
    const body = Buffer.from(good)
    const at = body[0] === 0x7b ? 0 : body.length >> 1
    body[at] = (body[at] ?? 0) ^ 1
    res.writeHead(200, { 'content-length': body.length }).end(body)
  }) as Fault,
  /** 20 MB in 20 kB. */
  gzipBomb: ((_, res) => {
    res.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb())
  }) as Fault,
  redirectToItself: ((req, res) => {
    res.writeHead(302, { location: req.url ?? '/' }).end()
  }) as Fault,
  /** Each time to another place. */
  redirectOn: ((req, res) => {
    res.writeHead(302, { location: `${req.url}${req.url?.includes('?') ? '' : '?'}1` }).end()
  }) as Fault,
  /** Half of the body with the whole length announced, then the connection is cut. */
  cut: ((req, res, good = Buffer.alloc(100)) => {
    res
      .writeHead(200, { 'content-length': good.length })
      .write(good.subarray(0, good.length >> 1), () => req.socket.destroy())
  }) as Fault,
  /** Half of the body, and a length that agrees. */
  half: ((_, res, good = Buffer.alloc(100)) => {
    const half = good.subarray(0, good.length >> 1)
    res.writeHead(200, { 'content-length': half.length }).end(half)
  }) as Fault,
  empty: ((_, res) => {
    res.writeHead(200, { 'content-length': 0 }).end()
  }) as Fault,
  /** A login page for everything. */
  portal: ((_, res) => {
    res.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Please log in</title>')
  }) as Fault,
  /** The right answer where there is one, and 200 with something where there is none. */
  yesToAll: ((_, res, good) => {
    res.writeHead(200).end(good ?? 'yes')
  }) as Fault,
  gzip: ((_, res, good = Buffer.alloc(0)) => {
    res.writeHead(200, { 'content-encoding': 'gzip' }).end(deflateRawSync(good))
  }) as Fault,
  redirect:
    (location: string): Fault =>
    (_, res) => {
      res.writeHead(302, { location }).end()
    },
  /** Content of another module under this one's name: a good zip with a wrong hash. */
  send:
    (body: Buffer): Fault =>
    (_, res) => {
      res.writeHead(200, { 'content-length': body.length }).end(body)
    },
}

/** The same module with one more file: structure right, hash wrong. */
export function tampered(module: BuiltModule): BuiltModule {
  return buildModule({ path: module.path, version: module.version, files: { 'evil.go': 'package evil\n' } })
}

/** Any module's zip with one more file at its end: structure right, hash wrong. Source: APPNOTE.TXT 4.3. */
export function withOneMoreFile(zip: Buffer): Buffer {
  const own = readDirectory(zip)
  const [, prefix = ''] = /^(.+?@[^/]+\/)/.exec(zip.subarray(30, 30 + zip.readUInt16LE(26)).toString('utf8')) ?? []
  const more = writeZip([{ name: `${prefix}one_more_file.go`, data: Buffer.from('package evil\n') }])
  const added = readDirectory(more)
  // Where its entry begins.
  added.entries.writeUInt32LE(own.offset, 42)
  const end = Buffer.from(own.end)
  end.writeUInt16LE(own.count + 1, 8)
  end.writeUInt16LE(own.count + 1, 10)
  end.writeUInt32LE(own.entries.length + added.entries.length, 12)
  end.writeUInt32LE(own.offset + added.offset, 16)
  return Buffer.concat([zip.subarray(0, own.offset), more.subarray(0, added.offset), own.entries, added.entries, end])
}

/** The central directory of a zip without zip64. */
function readDirectory(zip: Buffer) {
  const end = zip.subarray(zip.lastIndexOf('PK\u0005\u0006', undefined, 'latin1'))
  const [count, length, offset] = [end.readUInt16LE(10), end.readUInt32LE(12), end.readUInt32LE(16)]
  return { count, offset, entries: zip.subarray(offset, offset + length), end }
}

/** The same value for every call, made by the first. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
