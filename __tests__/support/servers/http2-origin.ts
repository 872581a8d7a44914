import { mkdtempSync, rmSync } from 'node:fs'
import { createSecureServer, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Authority, createAuthority } from '../builders/certificates.ts'

/** One request to an HTTP/2 origin. */
export interface Http2Request {
  readonly path: string
  /** Counted from 1, over all connections. */
  readonly number: number
  readonly stream: ServerHttp2Stream
  readonly session: ServerHttp2Session
  /** Answers with a good body. */
  readonly answer: () => void
}

export interface Http2Origin {
  readonly url: string
  /** PEM; trusted by nobody else. */
  readonly trustedRoots: readonly string[]
  /** How many connections there were. */
  readonly sessions: () => number
  readonly requests: () => number
  /** Ends all connections without a word, as a cable that is cut. */
  readonly cutAll: () => void
  readonly close: () => Promise<void>
}

/**
 * A real HTTP/2 server on loopback that does to each request what it is told.
 * @param body what is sound, by path; undefined: not found  @param trusted whose certificate it has; else one of its own
 * @param settings as the server announces them, such as `maxConcurrentStreams`
 */
export async function startHttp2Origin(
  onRequest: (request: Http2Request) => void,
  settings: { readonly maxConcurrentStreams?: number } = {},
  body: (path: string) => Buffer | undefined = () => Buffer.from('good'),
  trusted?: Authority,
): Promise<Http2Origin> {
  const directory = mkdtempSync(join(tmpdir(), 'authority-'))
  const authority = trusted ?? (await createAuthority(directory))
  const server = createSecureServer({ ...(await authority.issue(['127.0.0.1'])), settings })
  const sockets = new Set<Socket>()
  server.on('connection', socket => sockets.add(socket))
  let [sessions, requests] = [0, 0]
  server.on('session', session => {
    sessions++
    session.on('error', () => {})
  })
  server.on('sessionError', () => {})
  server.on('stream', (stream, { ':path': path = '' }) => {
    stream.on('error', () => {})
    const answer = () => {
      const good = stream.destroyed ? undefined : body(path)
      if (stream.destroyed) return
      if (good === undefined) stream.respond({ ':status': 404 }, { endStream: true })
      else {
        stream.respond({ ':status': 200, 'content-length': good.length })
        stream.end(good)
      }
    }
    const session = stream.session as ServerHttp2Session | undefined
    if (session !== undefined) onRequest({ path, number: ++requests, stream, session, answer })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    trustedRoots: [authority.cert],
    sessions: () => sessions,
    requests: () => requests,
    cutAll: () => {
      for (const socket of sockets) socket.destroy()
    },
    close: async () => {
      server.close()
      // A session that was reset thousands of times never says that it is closed.
      for (const socket of sockets) socket.destroy()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
