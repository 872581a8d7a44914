// Stand-in for the cache service v2 (Twirp calls in JSON) and the blob store behind it: one node:http server on loopback.
// Give `env` to the code under test, look at `requests`, inject faults with `onRequest`, and close() in afterEach.
// Not modelled: branch scopes, eviction, quotas. @actions/cache needs `tar` on PATH, RUNNER_TEMP and GITHUB_WORKSPACE too.
import { createServer } from 'node:http'

const TWIRP = /^\/twirp\/github\.actions\.results\.api\.v1\.CacheService\/(\w+)$/
const BLOB_HEADERS = {
  etag: '"1"',
  'last-modified': new Date(0).toUTCString(),
  'accept-ranges': 'bytes',
  'x-ms-blob-type': 'BlockBlob',
  'x-ms-request-id': 'r',
  'x-ms-version': '2025-01-05',
}

/** @typedef {number | 'hang' | 'reset' | 'rubbish' | 'truncate' | 'stall' | 'trickle'} Fault */

/**
 * @param {object} [options]
 * @param {string} [options.token] bearer token the service accepts; another one gets 401
 * @param {string} [options.blobHost] origin of the signed URLs. 'http://x.blob.core.windows.net' with HTTP_PROXY=<url> and
 *   NO_PROXY=127.0.0.1 makes the client take its Azure download path (HEAD and ranged GETs) against this server.
 * @param {'read' | 'none'} [options.access] what the token may do: 'read' refuses saves, 'none' refuses restores too
 * @param {(name: string, nth: number) => (Fault | undefined)} [options.onRequest]
 *   called with a Twirp method name or 'PUT blob' / 'GET blob' / 'HEAD blob' and how often it was asked (1, 2, ...):
 *   a number answers with that status, 'hang' never answers, 'reset' drops the socket, 'rubbish' answers 200 with a page,
 *   'truncate' sends half of a GET, 'stall' its first half and then nothing, 'trickle' some bytes of it now and then
 * @param {number} [options.bytesPerSecond] how fast a GET is sent
 * @param {number} [options.latencyMs] before each answer
 */
export async function startFakeCache({
  token = 'test-token',
  blobHost,
  access,
  onRequest,
  bytesPerSecond,
  latencyMs = 0,
} = {}) {
  const entries = new Map() // `${version}\0${key}` -> { id, key, version, path, done }
  const blobs = new Map() // path -> { data, blocks }
  /** @type {{ name: string, method?: string, path: string, comp?: string, range?: string, bytes: number }[]} */
  const requests = [] // in order of arrival
  const asked = new Map() // request name -> count
  let lastId = 0
  const fake = { onRequest }

  const server = createServer((req, res) => {
    handle(req, res).catch(error => res.destroy(error))
  })
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${server.address().port}`

  async function handle(req, res) {
    const chunks = []
    for await (const chunk of req) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const url = new URL(req.url, origin) // origin form, and absolute form when asked as a proxy
    const method = TWIRP.exec(url.pathname)?.[1]
    const name = method ?? `${req.method} blob`
    const comp = url.searchParams.get('comp') ?? undefined
    const range = req.headers['x-ms-range'] ?? req.headers.range
    requests.push({ name, method: req.method, path: url.pathname, comp, range, bytes: body.length })
    asked.set(name, (asked.get(name) ?? 0) + 1)

    if (latencyMs > 0) await new Promise(resolve => setTimeout(resolve, latencyMs))
    const fault = fake.onRequest?.(name, asked.get(name))
    if (fault === 'hang') return
    if (fault === 'reset') return void res.destroy()
    if (typeof fault === 'number') return json(res, fault, { code: 'internal', msg: 'injected' })
    if (fault === 'rubbish')
      return void res.writeHead(200, { 'content-type': 'text/html' }).end('<html>::error::rubbish</html>')
    if (!method) return blob(req, res, { path: url.pathname, comp, range, body, fault })
    if (req.headers.authorization !== `Bearer ${token}`)
      return json(res, 401, { code: 'unauthenticated', msg: 'bad token' })
    twirp(res, method, JSON.parse(body.toString()))
  }

  function twirp(res, method, message) {
    const id = `${message.version}\0${message.key}`
    if (method === 'CreateCacheEntry') {
      if (access) return json(res, 200, { ok: false, message: 'cache write denied: the token is read-only' })
      if (entries.has(id))
        return json(res, 409, {
          code: 'already_exists',
          msg: 'cache entry with the same key, version, and scope already exists',
        })
      const entry = {
        id: ++lastId,
        key: message.key,
        version: message.version,
        path: `/account/cache/${lastId}`,
        done: false,
      }
      entries.set(id, entry)
      return json(res, 200, {
        ok: true,
        signed_upload_url: `${blobHost ?? origin}${entry.path}?sig=upload-secret`,
      })
    }
    if (method === 'FinalizeCacheEntryUpload') {
      const entry = entries.get(id)
      if (!entry || blobs.get(entry.path)?.data.length !== Number(message.size_bytes))
        return json(res, 200, { ok: false, message: 'size mismatch' })
      entry.done = true
      return json(res, 200, { ok: true, entry_id: String(entry.id) })
    }
    if (method === 'GetCacheEntryDownloadURL') {
      if (access === 'none')
        return json(res, 403, {
          code: 'permission_denied',
          msg: 'cache read denied: the token has no readable scope',
        })
      const newestFirst = [...entries.values()].filter(e => e.done && e.version === message.version).reverse()
      for (const key of [message.key, ...(message.restore_keys ?? [])]) {
        const entry = newestFirst.find(e => e.key === key) ?? newestFirst.find(e => e.key.startsWith(key))
        if (entry)
          return json(res, 200, {
            ok: true,
            signed_download_url: `${blobHost ?? origin}${entry.path}?sig=download-secret`,
            matched_key: entry.key,
          })
      }
      return json(res, 200, { ok: false })
    }
    return json(res, 404, { code: 'bad_route', msg: `no method ${method}` })
  }

  function blob(req, res, { path, comp, range, body, fault }) {
    const stored = blobs.get(path)
    if (req.method === 'PUT') {
      if (comp === 'block') {
        // one part of a large upload; `blocklist` puts the parts in order
        const blocks = stored?.blocks ?? new Map()
        blocks.set(new URL(req.url, origin).searchParams.get('blockid'), body)
        blobs.set(path, { data: stored?.data ?? Buffer.alloc(0), blocks })
      } else if (comp === 'blocklist') {
        const ids = [...body.toString().matchAll(/<Latest>([^<]+)<\/Latest>/g)].map(match => match[1])
        blobs.set(path, { data: Buffer.concat(ids.map(id => stored.blocks.get(id))), blocks: new Map() })
      } else blobs.set(path, { data: body, blocks: new Map() })
      return void res.writeHead(201, BLOB_HEADERS).end()
    }
    if (!stored) return void res.writeHead(404, { ...BLOB_HEADERS, 'x-ms-error-code': 'BlobNotFound' }).end()
    const size = stored.data.length
    const [, from, to] = /bytes=(\d+)-(\d*)/.exec(range ?? '') ?? []
    const start = Number(from ?? 0)
    const end = to ? Math.min(Number(to), size - 1) : size - 1
    const data = stored.data.subarray(start, end + 1)
    const headers = { ...BLOB_HEADERS, 'content-length': data.length }
    if (range) headers['content-range'] = `bytes ${start}-${end}/${size}`
    res.writeHead(range ? 206 : 200, headers)
    if (req.method === 'HEAD') return void res.end()
    if (fault === 'truncate') return void res.write(data.subarray(0, data.length >> 1), () => res.destroy())
    if (fault === 'stall') return void res.write(data.subarray(0, data.length >> 1))
    if (fault === 'trickle') return send(res, data, 2_000)
    if (bytesPerSecond !== undefined) return send(res, data, bytesPerSecond)
    res.end(data)
  }

  return Object.assign(fake, {
    url: `${origin}/`,
    server,
    entries,
    blobs,
    requests,
    env: {
      ACTIONS_CACHE_SERVICE_V2: 'True',
      ACTIONS_RESULTS_URL: `${origin}/`,
      ACTIONS_RUNTIME_TOKEN: token,
    },
    async close() {
      const closed = new Promise(resolve => server.close(resolve))
      server.closeAllConnections() // otherwise a 'hang' or a kept-alive socket keeps close() waiting
      await closed
    },
  })
}

function json(res, status, value) {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

/** Twenty pieces a second, until whoever asked is gone. */
function send(res, data, bytesPerSecond) {
  const piece = Math.max(1, Math.ceil(bytesPerSecond / 20))
  let at = 0
  const timer = setInterval(() => {
    if (res.destroyed) return clearInterval(timer)
    res.write(data.subarray(at, at + piece))
    at += piece
    if (at >= data.length) {
      clearInterval(timer)
      res.end()
    }
  }, 50)
}
