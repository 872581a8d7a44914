import { mkdtempSync, rmSync } from 'node:fs'
import { constants } from 'node:http2'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BuiltModule, buildModule, writeZip } from '../../../src/demo/modules.ts'
import type { Fault } from '../../../src/demo/proxy.ts'
import { createAuthority } from '../builders/certificates.ts'
import { faults, once, withOneMoreFile } from '../servers/faults.ts'
import type { Http2Request } from '../servers/http2-origin.ts'
import {
  type FaultWorld,
  type Kind,
  MODULES,
  nowhere,
  openBehindTunnel,
  openHttp2Upstream,
  openSocketUpstream,
  openUpstream,
  type Upstream,
} from './fault-world.ts'

/** One way in which an upstream fails. Exactly one of `fault`, `stream` and `open` says how. */
export interface Row {
  readonly name: string
  /** What becomes of a request for such an object, over HTTP/1.1. */
  readonly fault?: (kind: Kind) => Fault
  /** The same over HTTP/2. */
  readonly stream?: (request: Http2Request) => void
  /** All of it fails, whatever it is asked. */
  readonly open?: (world: FaultWorld) => Promise<Upstream>
  /** Kinds of object for which there is no such fault, or nothing to be done about it: why. */
  readonly not?: Partial<Record<Kind, string>>
  /** When all upstreams fail so go has what it wants nevertheless: what they send is right. */
  readonly harmless?: true
}

export function openRow({ fault, stream, open, not = {} }: Row, world: FaultWorld): Promise<Upstream> {
  if (open !== undefined) return open(world)
  if (stream !== undefined) return openHttp2Upstream(world, stream)
  return openUpstream(world, kind => (kind in not ? undefined : fault?.(kind)))
}

const moduleOf = (kind: Kind) => MODULES.find(({ path }) => path.endsWith(`/${kind}`)) as BuiltModule
const another = buildModule({ path: 'example.com/other', version: 'v9.9.9' })
const retryAfter = (value: string) => ({ headers: { 'retry-after': value } })

// Why a cell of the matrix is empty.
const A_LIST = 'any list of versions, also an empty one, is a list: it comes from trusted upstreams alone'
const A_VERSION = 'any version may be the newest: it comes from trusted upstreams alone'
const GO_PROVES = 'go proves what the database says, and takes no other answer for a lie'
const FINAL = 'the word of a trusted upstream, or of the database, is final'
const lists = { list: A_LIST, lookup: GO_PROVES, tile: GO_PROVES }
const proven = { lookup: GO_PROVES, tile: GO_PROVES }

/** Whole upstreams: no name, no connection, no trust. */
const CONNECTIONS: readonly Row[] = [
  { name: 'an unknown host', open: async () => nowhere('http://nowhere.invalid') },
  { name: 'a closed port', open: async () => nowhere('http://127.0.0.1:1') },
  {
    name: 'an expired certificate',
    open: async world => openUpstream(world, undefined, { tls: await expired(world) }),
  },
  {
    name: 'a certificate of another host',
    open: async world => openUpstream(world, undefined, { tls: await world.authority.issue(['other.example']) }),
  },
  {
    name: 'a certificate of an unknown authority',
    open: async world => openUpstream(world, undefined, { tls: await unknown() }),
  },
  { name: 'silence instead of a TLS handshake', open: () => openSocketUpstream('https', () => {}) },
  {
    name: 'a reset instead of a TLS handshake',
    open: () => openSocketUpstream('https', socket => socket.once('data', () => socket.resetAndDestroy())),
  },
  {
    name: 'no TLS where it should be',
    open: () =>
      openSocketUpstream('https', socket => socket.once('data', () => socket.end('HTTP/1.1 400 Bad\r\n\r\n'))),
  },
  {
    name: 'an HTTPS_PROXY that wants a password',
    open: () =>
      openBehindTunnel(socket =>
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\n\r\n'),
      ),
  },
  { name: 'an HTTPS_PROXY that is silent', open: () => openBehindTunnel(() => {}) },
]

function expired({ authority }: FaultWorld) {
  return authority.issue(['127.0.0.1'], { from: new Date('2020-01-01'), to: new Date('2021-01-01') })
}

async function unknown() {
  const directory = mkdtempSync(join(tmpdir(), 'authority-'))
  try {
    return await (await createAuthority(directory)).issue(['127.0.0.1'])
  } finally {
    rmSync(directory, { recursive: true })
  }
}

/** Answers that do not come, or not to their end. */
const TRANSFERS: readonly Row[] = [
  { name: 'silence before the head', fault: () => faults.silent },
  { name: 'silence in the middle of the body', fault: () => faults.stall },
  {
    name: 'a body that trickles',
    fault: () => faults.trickle(1, 100),
    not: {
      info: 'it is there before anybody can tell',
      ...Object.fromEntries(
        (['list', 'latest', 'mod', 'lookup', 'tile'] as const).map(kind => [
          kind,
          'it is there before anybody can tell',
        ]),
      ),
    },
  },
  { name: 'a head that trickles', fault: () => faults.slowHead },
  { name: 'a body cut in the middle', fault: () => faults.cut },
  { name: 'a body shorter than announced', fault: () => faults.tooShort },
  { name: 'chunks without an end', fault: () => faults.chunkedCut },
  {
    name: 'half a body with a length that agrees',
    fault: () => faults.half,
    not: { list: A_LIST, tile: GO_PROVES, lookup: GO_PROVES },
  },
  { name: 'a reset before the head', fault: () => faults.reset },
  { name: 'a reset in the middle of the body', fault: () => faults.resetInside },
]

/** What is no HTTP, or would do harm if it were taken for such. */
const FRAMING: readonly Row[] = [
  { name: 'no HTTP at all', fault: () => faults.raw(() => '220 ftp.example ready\r\n') },
  {
    name: 'two lengths',
    fault: () =>
      faults.raw(good => `HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: ${good.length}\r\n\r\nevil!`),
  },
  {
    name: 'a length and chunks',
    fault: () =>
      faults.raw(
        () => 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n5\r\nevil!\r\n0\r\n\r\n',
      ),
  },
  {
    name: 'another answer behind the answer',
    fault: () =>
      faults.raw(
        good =>
          Buffer.concat([
            Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: ${good.length}\r\n\r\n`),
            good,
            Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nevil!'),
          ]),
        true,
      ),
    harmless: true,
  },
  {
    name: 'headers without end',
    fault: () => faults.raw(() => `HTTP/1.1 200 OK\r\n${'x-flood: y\r\n'.repeat(10_000)}`, true),
  },
  {
    name: 'a thousand hints before the answer',
    fault: () =>
      faults.raw(good =>
        Buffer.concat([
          Buffer.from('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(1_000)),
          Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: ${good.length}\r\n\r\n`),
          good,
        ]),
      ),
    harmless: true,
  },
]

// Built once: what is busy with that for each request answers no other in time.
const tenMegabytes = once(() => Buffer.from('::error::x\n'.repeat(1_000_000)))

const absent = { list: FINAL, latest: FINAL, lookup: FINAL, tile: FINAL }

/** Other answers than 200. */
const STATUSES: readonly Row[] = [
  {
    name: 'an empty 200',
    fault: () => faults.empty,
    not: { list: A_LIST },
  },
  ...[204, 206, 304, 400, 401, 403, 407, 418, 500, 502, 503, 504].map(
    (status): Row => ({ name: `status ${status}`, fault: () => faults.status(status) }),
  ),
  { name: 'status 302 to nowhere', fault: () => faults.status(302) },
  { name: 'status 404', fault: () => faults.status(404, 'not found'), not: absent },
  { name: 'status 410', fault: () => faults.status(410, 'gone'), not: absent },
  { name: 'status 404 of its own failure', fault: () => faults.status(404, 'not found: bad upstream') },
  ...Object.entries({
    'in a second': '1',
    'in an hour': '3600',
    'at a date that is past': 'Fri, 31 Dec 1999 23:59:59 GMT',
    'in less than no time': '-5',
    'in longer than there is time': '99999999999999999999',
    'at no time at all': 'soon',
  }).map(
    ([when, value]): Row => ({
      name: `status 429, again ${when}`,
      fault: () => faults.status(429, '', retryAfter(value)),
    }),
  ),
  { name: 'status 503, again in an hour', fault: () => faults.status(503, '', retryAfter('3600')) },
  {
    name: 'a workflow command in the reason and the body',
    fault: () => faults.status(500, '::error::x\n##[error]x\n', { reason: '##[error]x' }),
  },
  { name: 'ten megabytes of error', fault: () => faults.status(500, tenMegabytes()) },
  { name: 'a redirect to itself', fault: () => faults.redirectToItself },
  { name: 'redirects without end', fault: () => faults.redirectOn },
  { name: 'a redirect to a file', fault: () => faults.redirect('file:///etc/passwd') },
  { name: 'a redirect with a password', fault: () => faults.redirect('http://user:password@127.0.0.1:1/') },
  {
    name: 'a redirect from https to http',
    open: async world => {
      const plain = await openUpstream(world)
      const secure = await openUpstream(
        world,
        (_, path) => (req, res) => faults.redirect(`${plain.url}${path}`)(req, res, undefined),
        { tls: await world.authority.issue(['127.0.0.1']) },
      )
      return { ...secure, close: async () => void (await Promise.all([plain.close(), secure.close()])) }
    },
  },
]

/** A whole answer that is another than it should be. */
const CONTENTS: readonly Row[] = [
  { name: 'a login page', fault: () => faults.portal, not: proven },
  { name: 'gzip', fault: () => faults.gzip },
  { name: 'a gzip bomb', fault: () => faults.gzipBomb },
  {
    name: 'a thousand encodings',
    fault: () => faults.status(200, 'x', { headers: { 'content-encoding': Array(1_000).fill('gzip').join(', ') } }),
  },
  {
    name: 'more than an object may have',
    fault: () => faults.huge,
  },
  {
    name: 'a body without end',
    fault: () => faults.endless,
    not: { zip: 'half a gigabyte may come; that one byte more may not is shown for the other kinds' },
  },
  { name: 'one wrong bit', fault: () => faults.corrupt, not: { ...lists, list: A_LIST } },
  {
    name: 'the content of another module',
    fault: kind => faults.send(kind === 'list' || kind === 'latest' ? another.info : another[moduleKind(kind)]),
    not: { ...lists, latest: A_VERSION },
  },
  {
    name: 'what its maker could have published, but did not',
    fault: kind =>
      faults.send(
        kind === 'zip'
          ? withOneMoreFile(moduleOf('zip').zip)
          : Buffer.from(kind === 'mod' ? 'module example.com/mod\n\ngo 1.20\n' : '{"Version":"v1.0.1"}'),
      ),
    not: { ...lists, latest: A_VERSION },
  },
  {
    name: 'a file outside of the module',
    fault: () =>
      faults.send(
        writeZip([
          { name: 'example.com/zip@v1.0.0/go.mod', data: moduleOf('zip').mod },
          { name: 'example.com/zip@v1.0.0/../../evil.go', data: Buffer.from('package evil\n') },
        ]),
      ),
    not: { info: 'only zips have files', mod: 'only zips have files', ...lists, latest: 'only zips have files' },
  },
]

function moduleKind(kind: Kind): 'info' | 'mod' | 'zip' {
  return kind === 'mod' || kind === 'zip' ? kind : 'info'
}

const { NGHTTP2_CANCEL, NGHTTP2_INTERNAL_ERROR, NGHTTP2_PROTOCOL_ERROR, NGHTTP2_REFUSED_STREAM } = constants

/** Over HTTP/2. */
const STREAMS: readonly Row[] = [
  { name: 'HTTP/2: INTERNAL_ERROR', stream: ({ stream }) => stream.close(NGHTTP2_INTERNAL_ERROR) },
  { name: 'HTTP/2: PROTOCOL_ERROR', stream: ({ stream }) => stream.close(NGHTTP2_PROTOCOL_ERROR) },
  { name: 'HTTP/2: REFUSED_STREAM, always', stream: ({ stream }) => stream.close(NGHTTP2_REFUSED_STREAM) },
  {
    name: 'HTTP/2: CANCEL in the middle of the body',
    stream: ({ stream }) => {
      stream.respond({ ':status': 200, 'content-length': 1_000 })
      stream.write('half', () => stream.close(NGHTTP2_CANCEL))
    },
  },
  {
    name: 'HTTP/2: GOAWAY with each answer',
    stream: ({ answer, session, stream }) => {
      session.goaway(0, stream.id ?? 0)
      answer()
    },
    harmless: true,
  },
  { name: 'HTTP/2: GOAWAY instead of an answer', stream: ({ session }) => session.goaway(NGHTTP2_INTERNAL_ERROR, 0) },
  { name: 'HTTP/2: a lost connection', stream: ({ session }) => session.destroy() },
  { name: 'HTTP/2: silence', stream: () => {} },
]

/** What an upstream can do wrong. */
export const ROWS: readonly Row[] = [...CONNECTIONS, ...TRANSFERS, ...FRAMING, ...STATUSES, ...CONTENTS, ...STREAMS]

/** Faults that are in no row, and why. */
export const NOT_HERE: Readonly<Record<string, string>> = {
  'a network that swallows packets':
    'loopback refuses or accepts; the same deadline ends a TLS handshake that is silent',
  'IPv6 that does not work': 'needs a name with two addresses; Node tries the next one after 250 ms (autoSelectFamily)',
  'redirects into the network, to cloud metadata':
    'upstreams on loopback are in it themselves: `__tests__/upstream/address.test.ts`',
  'healthy, but ten times slower': 'a matter of time: `npm run benchmark -- download --only faults`',
  'a connection closed while idle': 'one request goes out again: `__tests__/upstream/fetch.test.ts`',
}
