import { execFile } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { switchTelemetryOff } from '../worlds/project.ts'

/** What is wrong with it, as far as its clients see. */
export type Ailment = 'none' | 'no upstream' | 'no storage' | 'hung' | 'portal' | 'errors for all but the stored'

/** A module proxy as Athens is one: it runs go for each module that its storage lacks, and keeps what go fetched. */
export interface ForkingProxy {
  readonly port: number
  /** Paths in order of arrival. */
  readonly requests: readonly string[]
  /** Modules for which it ran go. */
  readonly forks: readonly string[]
  ail(ailment: Ailment): void
  /** At once, as if it were killed: connections are reset, and its runs of go end. */
  close(): Promise<void>
}

export interface ForkingOptions {
  /** A directory that several of them may share. */
  readonly storage: string
  /** GOPROXY of its go. */
  readonly upstream: string
  readonly port: number
}

const FILE = /^\/(?<path>[^@]+)\/@v\/(?<version>[^/]+)\.(?<kind>info|mod|zip)$/

export async function startForkingProxy({ storage, upstream, port }: ForkingOptions): Promise<ForkingProxy> {
  const requests: string[] = []
  const forks: string[] = []
  const fetches = new Map<string, Promise<Fetched>>()
  const sockets = new Set<Socket>()
  const end = new AbortController()
  let ailment: Ailment = 'none'

  /** One run of go for all files of a module, however many are asked for meanwhile. */
  const fetchOnce = (path: string, version: string): Promise<Fetched> => {
    const name = `${path}@${version}`
    const known = fetches.get(name)
    if (known !== undefined) return known
    forks.push(name)
    const from = ailment === 'no upstream' ? 'http://127.0.0.1:1' : upstream
    const fetching = fetchIntoStorage({ path, version, storage, upstream: from, signal: end.signal })
    fetches.set(name, fetching)
    void fetching.finally(() => fetches.delete(name))
    return fetching
  }

  const answer = async (path: string, res: ServerResponse): Promise<void> => {
    if (ailment === 'hung') return
    if (ailment === 'portal') return void res.end('<html>Please log in</html>')
    // What a process says that is alive, whatever it can do.
    if (path === '/healthz') return void res.end()
    if (path === '/sumdb/sum.golang.org/supported') return void res.end()
    if (ailment === 'no storage') return void res.writeHead(500).end('storage: input/output error\n')
    const { groups } = FILE.exec(path) ?? {}
    if (groups === undefined) return await answerList(path, res)
    const file = join(storage, path)
    if (!existsSync(file)) {
      if (ailment === 'errors for all but the stored') return void res.writeHead(500).end('no space left on device\n')
      const fetched = await fetchOnce(groups['path'] ?? '', groups['version'] ?? '')
      // Whatever kept go from it: Athens, too, takes a git host that is away, or a login that ended, for a module that is not
      // there. Only where go says nothing at all it answers 500.
      if (fetched !== 'stored') return void res.writeHead(fetched === 'absent' ? 404 : 500).end('not found\n')
    }
    if (!res.destroyed) res.end(readFileSync(file))
  }

  /** It knows no versions of its own: its upstream lists them. */
  const answerList = async (path: string, res: ServerResponse): Promise<void> => {
    if (!path.endsWith('/@v/list')) return void res.writeHead(404).end('not found\n')
    const from = ailment === 'no upstream' ? 'http://127.0.0.1:1' : upstream
    const said = await fetch(`${from}${path}`, { signal: end.signal }).catch(() => undefined)
    res.writeHead(said?.status ?? 500).end((await said?.text()) ?? 'failed to list\n')
  }

  const server = createServer((req, res) => {
    const path = decodeURIComponent(req.url ?? '/')
    requests.push(path)
    answer(path, res).catch(() => void (res.destroyed || res.writeHead(500).end('failed\n')))
  })
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).once('close', () => sockets.delete(socket))
  })
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  return {
    port,
    requests,
    forks,
    ail: next => {
      ailment = next
    },
    close: async () => {
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      for (const socket of sockets) socket.resetAndDestroy()
      end.abort()
      await Promise.all([closed, ...[...fetches.values()].map(one => one.catch(() => {}))])
    },
  }
}

type Fetched = 'stored' | 'absent' | 'failed'

interface Fetch {
  /** As in a URL: `github.com/!burnt!sushi/toml`. */
  readonly path: string
  readonly version: string
  readonly storage: string
  readonly upstream: string
  readonly signal: AbortSignal
}

async function fetchIntoStorage({ path, version, storage, upstream, signal }: Fetch): Promise<Fetched> {
  const root = mkdtempSync(join(tmpdir(), 'forked-'))
  try {
    switchTelemetryOff(root)
    const name = `${path.replace(/!([a-z])/g, (_, letter: string) => letter.toUpperCase())}@${version}`
    const env = {
      PATH: process.env['PATH'],
      HOME: root,
      GOPATH: root,
      GOMODCACHE: join(root, 'modules'),
      GOPROXY: upstream,
      GOSUMDB: 'off',
      GOENV: 'off',
      GOFLAGS: '-modcacherw',
      GOTOOLCHAIN: 'local',
    }
    const said = await new Promise<string>(resolve => {
      execFile('go', ['mod', 'download', '-json', name], { env, cwd: root, signal }, (_, stdout) => resolve(stdout))
    })
    if (said === '') return 'failed'
    const { Info, GoMod, Zip } = JSON.parse(said) as Readonly<Record<string, string | undefined>>
    if (Info === undefined || GoMod === undefined || Zip === undefined) return 'absent'
    const base = join(storage, path, '@v', version)
    mkdirSync(dirname(base), { recursive: true })
    // The file by which it is known to be there comes last; each whole or not at all, for another one may read.
    for (const [from, to] of [
      [Zip, `${base}.zip`] as const,
      [GoMod, `${base}.mod`] as const,
      [Info, `${base}.info`] as const,
    ]) {
      const aside = `${to}.${process.pid}-${Math.trunc(performance.now() * 1000)}`
      copyFileSync(from, aside)
      renameSync(aside, to)
    }
    return 'stored'
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 5 })
  }
}
