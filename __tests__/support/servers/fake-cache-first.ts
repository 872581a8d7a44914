import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Entry {
  readonly key: string
  readonly version: string
  data: Buffer
  done: boolean
}

const API = '/_apis/artifactcache/'

/**
 * Stand-in for the cache service as Gitea, Forgejo and GitHub Enterprise Server have it: version 1 of the protocol, an entry
 * sent in chunks, and its archive under an address of its own. Not modelled: scopes, eviction, quotas.
 */
export async function startFirstCache() {
  const entries: Entry[] = []
  const requests: string[] = []
  const server = createServer((req, res) => {
    handle(req, res).catch(error => res.destroy(error))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const url = new URL(req.url ?? '', origin)
    requests.push(`${req.method} ${url.pathname}`)
    const route = `${req.method} ${url.pathname.startsWith(API) ? url.pathname.slice(API.length) : url.pathname}`
    const id = Number(/\d+$/.exec(url.pathname)?.[0] ?? 0)
    const entry = entries[id - 1]
    if (route === 'GET cache') return lookUp(url.searchParams, res)
    if (route === 'POST caches') return reserve(JSON.parse(body.toString()), res)
    if (entry === undefined) return void res.writeHead(404).end()
    if (route.startsWith('PATCH caches/')) {
      const [, from = '0'] = /^bytes (\d+)-/.exec(req.headers['content-range'] ?? '') ?? []
      const whole = Buffer.alloc(Math.max(entry.data.length, Number(from) + body.length))
      entry.data.copy(whole)
      body.copy(whole, Number(from))
      entry.data = whole
      return void res.writeHead(204).end()
    }
    if (route.startsWith('POST caches/')) {
      entry.done = JSON.parse(body.toString()).size === entry.data.length
      return void res.writeHead(entry.done ? 204 : 400).end()
    }
    res.writeHead(200, { 'content-length': entry.data.length }).end(entry.data)
  }

  function lookUp(asked: URLSearchParams, res: ServerResponse): void {
    const stored = entries.filter(({ done, version }) => done && version === asked.get('version'))
    const keys = (asked.get('keys') ?? '').split(',')
    const found = keys.flatMap(key => stored.filter(one => one.key.startsWith(key)).slice(-1))[0]
    if (found === undefined) return void res.writeHead(204).end()
    const archiveLocation = `${origin}/archives/${entries.indexOf(found) + 1}`
    json(res, 200, { cacheKey: found.key, archiveLocation, scope: 'refs/heads/main' })
  }

  function reserve({ key, version }: Pick<Entry, 'key' | 'version'>, res: ServerResponse): void {
    const isThere = entries.some(one => one.key === key && one.version === version)
    if (!isThere) entries.push({ key, version, data: Buffer.alloc(0), done: false })
    json(res, isThere ? 409 : 201, isThere ? { message: 'it exists' } : { cacheId: entries.length })
  }

  return {
    url: `${origin}/`,
    entries,
    requests,
    async close() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

function json(res: ServerResponse, status: number, value: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}
