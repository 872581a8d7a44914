import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Certificate } from '../builders/certificates.ts'
import { type LoopbackServer, startTlsServer } from './internet.ts'

/** What a git host was asked: enough to say who was told which secret. */
export interface Hit {
  readonly method: string
  readonly path: string
  /** `user:password` of basic authentication, if any was sent. */
  readonly login: string | undefined
  /** Whether that login may read this path; everybody may read what no login is given for. */
  readonly allowed: boolean
  readonly status: number
}

/** Git repositories behind https with basic authentication, as the great hosts have them: `git http-backend`. */
export interface GitHosting extends LoopbackServer {
  /** The directory of bare repositories: `<root>/acme/lib.git`. */
  readonly root: string
  readonly hits: readonly Hit[]
}

export interface HostingOptions {
  /** By the beginning of a path (`/acme/`): the logins that may read and write below it; the longest wins. */
  readonly logins: Readonly<Record<string, readonly string[]>>
  /** By the beginning of a path: a login that is known and may not, which is told so by 403. */
  readonly forbidden?: Readonly<Record<string, string>>
  /** The same, told by 404 as GitHub does: there is nothing to see here. */
  readonly hidden?: Readonly<Record<string, string>>
  /**
   * Answers `?go-get=1`; undefined: go on to git. What needs a login is asked for it by 404, as GitLab does.
   * @param authorized whether a login that may read this path was sent
   */
  readonly goGet?: (path: string, authorized: boolean) => string | undefined
  /** How long git waits to hear what a repository has. */
  readonly refsDelayMs?: number
}

export async function startGitHosting(certificate: Certificate, options: HostingOptions): Promise<GitHosting> {
  const root = mkdtempSync(join(tmpdir(), 'hosting-'))
  const hits: Hit[] = []
  const server = await startTlsServer(certificate, (req, res) => {
    const url = new URL(req.url ?? '/', 'https://host')
    const login = loginOf(req)
    // As GitHub says to two of them.
    if (req.rawHeaders.filter(name => /^authorization$/i.test(name)).length > 1)
      return void res.writeHead(400).end('Duplicate header: "Authorization"')
    const authorized = isAllowed(url.pathname, login, options.logins)
    res.on('close', () =>
      hits.push({ method: req.method ?? '', path: url.pathname, login, allowed: authorized, status: res.statusCode }),
    )
    const page = url.searchParams.has('go-get') ? options.goGet?.(url.pathname, authorized) : undefined
    if (page !== undefined) return void res.writeHead(200, { 'content-type': 'text/html' }).end(page)
    for (const [status, table] of [
      [403, options.forbidden],
      [404, options.hidden],
    ] as const)
      if (Object.entries(table ?? {}).some(([prefix, one]) => url.pathname.startsWith(prefix) && one === login))
        return void res.writeHead(status).end()
    if (!authorized) return void res.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end()
    setTimeout(() => runBackend(root, url, req, res), url.pathname.endsWith('/info/refs') ? options.refsDelayMs : 0)
  })
  const close = async () => {
    await server.close()
    rmSync(root, { recursive: true, force: true })
  }
  return { ...server, root, hits, close }
}

/** The page that tells go where a module's repository is. */
export function goImport(module: string, repository: string): string {
  return `<!doctype html><meta name="go-import" content="${module} git ${repository}">`
}

function loginOf({ headers }: IncomingMessage): string | undefined {
  const encoded = /^Basic (.+)$/i.exec(headers.authorization ?? '')?.[1]
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString()
}

function isAllowed(path: string, login: string | undefined, logins: HostingOptions['logins']): boolean {
  const place = Object.keys(logins)
    .filter(prefix => path.startsWith(prefix))
    .sort((a, b) => b.length - a.length)[0]
  return place === undefined || (login !== undefined && (logins[place] ?? []).includes(login))
}

/** A CGI program, as git's manual sets it up; a repository is found with and without `.git`. */
function runBackend(root: string, url: URL, req: IncomingMessage, res: ServerResponse): void {
  const path = url.pathname.replace(/^(.*?)(\.git)?(\/(info\/refs|git-upload-pack|git-receive-pack))$/, '$1.git$3')
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env['PATH'],
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_CONFIG_COUNT: '2',
      GIT_CONFIG_KEY_0: 'http.receivepack',
      GIT_CONFIG_VALUE_0: 'true',
      GIT_CONFIG_KEY_1: 'safe.directory',
      GIT_CONFIG_VALUE_1: '*',
      PATH_INFO: decodeURIComponent(path),
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: req.method,
      CONTENT_TYPE: req.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: String(req.headers['content-encoding'] ?? ''),
      GIT_PROTOCOL: String(req.headers['git-protocol'] ?? ''),
      REMOTE_ADDR: '127.0.0.1',
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  req.pipe(child.stdin).on('error', () => {})
  let head = Buffer.alloc(0)
  let begun = false
  child.stdout.on('data', (chunk: Buffer) => {
    if (begun) return void res.write(chunk)
    head = Buffer.concat([head, chunk])
    const end = head.indexOf('\r\n\r\n')
    if (end < 0) return
    begun = true
    const headers = head
      .subarray(0, end)
      .toString()
      .split('\r\n')
      .map(line => line.split(/: */, 2) as [string, string])
    const status = headers.find(([name]) => name.toLowerCase() === 'status')?.[1] ?? '200'
    res.writeHead(Number.parseInt(status, 10), Object.fromEntries(headers.filter(([name]) => name !== 'Status')))
    res.write(head.subarray(end + 4))
  })
  child.on('close', () => res.end())
}

/** A module's repository with one tag, made by real git. @param path below the root, without `.git` */
export function addRepository(
  root: string,
  path: string,
  files: Readonly<Record<string, string>>,
  tag = 'v1.0.0',
): void {
  const work = mkdtempSync(join(tmpdir(), 'repository-'))
  const bare = join(root, `${path}.git`)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(work, name)), { recursive: true })
    writeFileSync(join(work, name), text)
  }
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: work,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@example.com',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@example.com',
  }
  const git = (...args: string[]) => execFileSync('git', args, { cwd: work, env, stdio: 'pipe' })
  git('init', '-q', '-b', 'main')
  git('add', '.')
  git('commit', '-q', '-m', 'one')
  git('tag', tag)
  mkdirSync(dirname(bare), { recursive: true })
  git('clone', '-q', '--bare', work, bare)
  rmSync(work, { recursive: true, force: true })
}

/** A Go module with one package: the files for `addRepository`. */
export function moduleFiles(module: string): Readonly<Record<string, string>> {
  const name = module.split('/').at(-1)?.replace(/\W/g, '') ?? 'lib'
  return {
    'go.mod': `module ${module}\n\ngo 1.21\n`,
    'cmd/tool/main.go': 'package main\n\nfunc main() {}\n',
    'lib.go': `package ${name}\n\n// Name tells where this came from.\nconst Name = "${module}"\n`,
  }
}
