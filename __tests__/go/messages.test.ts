import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { generate } from 'selfsigned'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { type Fault, startProxy } from '../../src/demo/proxy.ts'
import { classifyGoError } from '../../src/go/failure.ts'
import { GO_MESSAGES } from '../../src/go/messages.ts'
import { anyText } from '../support/builders/text.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { makeDatabase } from '../support/servers/database.ts'
import { faults, tampered } from '../support/servers/faults.ts'
import { startInternet } from '../support/servers/internet.ts'
import { findFreePort } from '../support/servers/ports.ts'
import { type SocksOptions, startSocksProxy } from '../support/servers/socks-proxy.ts'
import { type GoRun, runGo } from '../support/worlds/go-command.ts'
import { createProject, goEnvironment } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()

const module = buildModule({ path: 'example.com/m', version: 'v1.0.0' })
const FILES = { 'go.mod': goModOf('example.com/project', [module]), 'go.sum': goSumOf([module]) }

interface Scene {
  readonly files?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** What the real go says of this scene. */
async function say(goproxy: string, scene: Scene = {}): Promise<GoRun> {
  const project = cleanUp(createProject({ ...FILES, ...scene.files }))
  const env = goEnvironment(project, { GOPROXY: goproxy, GOSUMDB: 'off', ...scene.env })
  const run = await runGo(scene.args ?? ['mod', 'download'], { cwd: project.directory, env })
  expect(run.exitCode).not.toBe(0)
  return run
}

/** A proxy that answers so to every file of these kinds. */
async function proxyThat(fault: Fault, kinds = /\.(info|mod|zip)$/): Promise<string> {
  const proxy = cleanUp(await startProxy({ modules: [module], fault: r => (kinds.test(r.path) ? fault : undefined) }))
  return proxy.url
}

async function closedPort(): Promise<string> {
  return `http://127.0.0.1:${await findFreePort()}`
}

describe('what the real go says is understood', () => {
  const { status, reset, cut, half, portal, empty, send, redirect } = faults
  test.each<[name: string, fault: Fault, code: string, retry: string, kinds?: RegExp]>([
    ['404', status(404, 'not found\n'), 'HTTP_NOT_FOUND', 'elsewhere'],
    ['410', status(410), 'HTTP_NOT_FOUND', 'elsewhere'],
    ['401', status(401), 'HTTP_UNAUTHORIZED', 'elsewhere'],
    ['403', status(403, 'forbidden by policy\n'), 'HTTP_FORBIDDEN', 'elsewhere'],
    ['429', status(429), 'HTTP_TOO_MANY_REQUESTS', 'rounds'],
    ['408', status(408), 'HTTP_SERVER_ERROR', 'rounds'],
    ['500', status(500), 'HTTP_SERVER_ERROR', 'rounds'],
    ['502', status(502), 'HTTP_SERVER_ERROR', 'rounds'],
    ['503', status(503), 'HTTP_SERVER_ERROR', 'rounds'],
    ['503 with words of its own', status(503, '', { reason: 'backend is down' }), 'HTTP_SERVER_ERROR', 'rounds'],
    ['404 of a broken origin', status(404, 'not found: bad upstream\n'), 'HTTP_ABSENT_FAILED', 'rounds'],
    ['404 of a slow origin', status(404, 'not found: fetch timed out\n'), 'HTTP_ABSENT_FAILED', 'rounds'],
    ['404 of an unknown revision', status(404, 'not found: unknown revision v1\n'), 'GO_REVISION_UNKNOWN', 'elsewhere'],
    ['a reset', reset, 'CONNECTION_CUT', 'rounds'],
    ['half a body', cut, 'CONNECTION_CUT', 'rounds', /\.zip$/],
    ['half a zip with a length that agrees', half, 'GO_BAD_CONTENT', 'without proxy', /\.zip$/],
    ['a login page as .zip', portal, 'GO_BAD_CONTENT', 'without proxy', /\.zip$/],
    ['a login page as .info', portal, 'GO_BAD_CONTENT', 'without proxy', /\.info$/],
    ['nothing as .info', empty, 'GO_BAD_CONTENT', 'without proxy', /\.info$/],
    [
      'another version as .info',
      send(Buffer.from('{"Version":"v1.0.1"}')),
      'GO_BAD_CONTENT',
      'without proxy',
      /\.info$/,
    ],
    ['another zip', send(tampered(module).zip), 'GO_CHECKSUM_MISMATCH', 'without proxy', /\.zip$/],
    ['another go.mod', send(Buffer.from('module example.com/m\n')), 'GO_CHECKSUM_MISMATCH', 'without proxy', /\.mod$/],
    [
      'another module’s zip',
      send(buildModule({ path: 'example.com/n', version: 'v1.0.0' }).zip),
      'GO_BAD_CONTENT',
      'without proxy',
      /\.zip$/,
    ],
    ['a circle', redirect('/x.info'), 'HTTP_REDIRECT', 'rounds'],
  ])('%s', async (...row) => {
    // Not as parameters: Jest would hand its callback to the one that a row leaves out.
    const [, fault, code, retry, kinds] = row
    const { stderr } = await say(await proxyThat(fault, kinds))
    const failure = classifyGoError(stderr)
    expect([failure.code, failure.retry, stderr]).toEqual([code, retry, stderr])
    if (code !== 'GO_BAD_CONTENT' || kinds?.source.includes('info')) expect(failure.module).toBe('example.com/m@v1.0.0')
  })

  test('nothing listens', async () => {
    const { stderr } = await say(await closedPort())
    expect(classifyGoError(stderr)).toMatchObject({ code: 'CONNECTION_REFUSED', retry: 'rounds' })
  })

  test('http where https was asked', async () => {
    const url = await proxyThat(faults.status(404))
    const { stderr } = await say(url.replace('http:', 'https:'))
    expect(classifyGoError(stderr)).toMatchObject({ code: 'HTTP_WRONG_SCHEME', retry: 'never' })
  })

  test('a certificate that nobody vouches for', async () => {
    const pem = await generate([{ name: 'commonName', value: '127.0.0.1' }], { keySize: 2048 })
    const server = createTlsServer({ key: pem.private, cert: pem.cert }, (_, res) => res.end())
    server.on('tlsClientError', () => {})
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    cleanUp(server)
    const { stderr } = await say(`https://127.0.0.1:${(server.address() as AddressInfo).port}`)
    expect(classifyGoError(stderr)).toMatchObject({ code: 'TLS_CERTIFICATE', retry: 'rounds' })
  })

  const login = { user: 'user', password: 'right' }
  const target = (reply: number) => ({ routes: { 'goproxy.example:443': { reply } } })
  test.each<[name: string, userinfo: string, options: SocksOptions | undefined, code: string, retry: string]>([
    ['is not there', '', undefined, 'HTTP_PROXY_UNREACHABLE', 'once'],
    ['wants a login', '', { login }, 'HTTP_PROXY_AUTHENTICATION', 'elsewhere'],
    ['refuses the login', 'user:wrong@', { login }, 'HTTP_PROXY_AUTHENTICATION', 'elsewhere'],
    ['speaks something else', '', { greeting: Buffer.from('HTTP/1.1 400') }, 'HTTP_PROXY_UNREACHABLE', 'once'],
    ['closes', '', { greeting: 'cut' }, 'HTTP_PROXY_UNREACHABLE', 'once'],
    ['fails', '', target(1), 'HTTP_PROXY_UNREACHABLE', 'once'],
    ['does not allow the server', '', target(2), 'HTTP_PROXY_TARGET', 'rounds'],
    ['does not reach the server', '', target(5), 'HTTP_PROXY_TARGET', 'rounds'],
  ])('a SOCKS proxy that %s', async (_, userinfo, options, code, retry) => {
    const port = options ? cleanUp(await startSocksProxy(options)).port : await findFreePort()
    const env = { HTTPS_PROXY: `socks5://${userinfo}127.0.0.1:${port}` }
    const { stderr } = await say('https://goproxy.example', { env })
    expect([classifyGoError(stderr), stderr]).toMatchObject([{ code, retry }, expect.any(String)])
  })

  test('an HTTP proxy that is not there, or refuses the login', async () => {
    const gone = await say('https://goproxy.example', { env: { HTTPS_PROXY: await closedPort() } })
    expect(classifyGoError(gone.stderr)).toMatchObject({ code: 'HTTP_PROXY_UNREACHABLE', retry: 'once' })
    const internet = cleanUp(await startInternet({}, { login: 'user:right' }))
    const env = { HTTPS_PROXY: `http://user:wrong@127.0.0.1:${internet.port}` }
    const refused = await say('https://goproxy.example', { env })
    expect(classifyGoError(refused.stderr)).toMatchObject({ code: 'HTTP_PROXY_AUTHENTICATION', retry: 'elsewhere' })
  })

  test.each<[name: string, code: string, scene: Scene]>([
    ['a missing go.sum entry', 'GO_SUM_MISSING_ENTRY', { files: { 'go.sum': '' }, args: ['list', '-m', 'all'] }],
    ['a malformed go.sum', 'GO_SUM_MALFORMED', { files: { 'go.sum': '<<<<<<< HEAD\n' } }],
    ['a go.mod with a fault', 'GO_MOD_SYNTAX', { files: { 'go.mod': 'modul x\n' } }],
    ['modules switched off', 'GO_MODULES_DISABLED', { env: { GO111MODULE: 'off' } }],
    ['GOPROXY=off', 'GO_LOOKUP_DISABLED', { env: { GOPROXY: 'off' } }],
    ['a newer Go', 'GO_TOO_OLD', { files: { 'go.mod': 'module x\n\ngo 1.99\n' } }],
    [
      'a newer Go at none of the proxies',
      'GO_TOOLCHAIN_UNAVAILABLE',
      { files: { 'go.mod': 'module x\n\ngo 1.99\n' }, env: { GOTOOLCHAIN: 'auto', GOPROXY: 'off' } },
    ],
    ['a relative GOMODCACHE', 'GO_CACHE_UNWRITABLE', { env: { GOMODCACHE: 'cache' } }],
    ['an empty go.mod', 'GO_MOD_WITHOUT_MODULE', { files: { 'go.mod': '' } }],
    ['an unknown flag in GOFLAGS', 'GO_FLAGS_UNREADABLE', { env: { GOFLAGS: '-mood=mod' } }],
    ['a directory as a proxy, without the module', 'GO_FILE_PROXY_LACKS', { env: { GOPROXY: 'file:///nowhere' } }],
    [
      'a go.work that is older than its module',
      'GO_WORK_OLDER',
      { files: { 'go.mod': FILES['go.mod'].replace('1.21', '1.22'), 'go.work': 'go 1.21\n\nuse .\n' } },
    ],
    [
      'a replace line that leads to no go.mod',
      'GO_REPLACE_MISSING',
      { files: { 'go.mod': `${FILES['go.mod']}\nreplace example.com/m => ../m\n` } },
    ],
  ])('%s', async (_, code, scene) => {
    const proxy = cleanUp(await startProxy({ modules: [module] }))
    const { stderr } = await say(proxy.url, scene)
    expect([classifyGoError(stderr).code, stderr]).toEqual([code, stderr])
  })

  test('a zip with two names that differ only in case', async () => {
    const files = { 'README.md': 'a', 'readme.md': 'b' }
    const twins = buildModule({ path: 'example.com/twins', version: 'v1.0.0', files })
    const proxy = cleanUp(await startProxy({ modules: [twins] }))
    const project = { 'go.mod': goModOf('example.com/project', [twins]), 'go.sum': goSumOf([twins]) }
    const { stderr } = await say(proxy.url, { files: project })
    expect(classifyGoError(stderr)).toMatchObject({ code: 'GO_ZIP_REFUSED', retry: 'never' })
  })

  test.each([
    ['is not there', 'GO_SUMDB_FAILED', undefined],
    ['has an internal error', 'GO_SUMDB_FAILED', faults.status(500)],
    ['signs with another key', 'GO_SUMDB_KEY', undefined],
  ])('a checksum database that %s', async (what, code, fault) => {
    const [name, other] = [makeDatabase('sum.example', module), makeDatabase('sum.example', module)]
    const answers = what.includes('key') ? other.answers : new Map<string, Buffer>()
    const proxy = cleanUp(await startProxy({ modules: [module] }))
    const database = cleanUp(
      await startProxy({ modules: [], extra: path => answers.get(path), ...(fault && { fault: () => fault }) }),
    )
    const url = what.includes('there') ? await closedPort() : database.url
    const env = { GOSUMDB: `${name.verifierKey} ${url}` }
    const { stderr } = await say(proxy.url, { files: { 'go.sum': '' }, env })
    expect([classifyGoError(stderr).code, stderr]).toEqual([code, stderr])
  })

  test('a module of another name', async () => {
    const named = buildModule({
      path: 'example.com/m',
      version: 'v1.0.0',
      files: { 'go.mod': 'module example.com/other\n' },
    })
    const proxy = cleanUp(await startProxy({ modules: [{ ...named, mod: Buffer.from('module example.com/other\n') }] }))
    const { stderr } = await say(proxy.url, { files: { 'go.sum': '' } })
    expect(classifyGoError(stderr)).toMatchObject({ code: 'GO_MOD_PATH', retry: 'never' })
  })
})

describe('words of git and the network that are not made here', () => {
  test.each([
    ['go: m@v1: invalid version: unknown revision v1', 'GO_REVISION_UNKNOWN'],
    ["\tfatal: could not read Username for 'https://github.com': terminal prompts disabled", 'GIT_CREDENTIALS_MISSING'],
    ["\tfatal: Authentication failed for 'https://github.com/a/b/'", 'GIT_AUTHENTICATION'],
    ["\tremote: Repository not found.\n\tfatal: repository 'https://github.com/a/b/' not found", 'GIT_AUTHENTICATION'],
    ['\tgit@github.com: Permission denied (publickey).', 'GIT_AUTHENTICATION'],
    ['\tHost key verification failed.', 'GIT_AUTHENTICATION'],
    [
      "\tfatal: unable to access 'https://x/a/b/': SSL certificate problem: unable to get local issuer certificate",
      'GIT_CERTIFICATE',
    ],
    [
      "\tfatal: unable to access 'https://x/a/b/': server certificate verification failed. CAfile: none CRLfile: none",
      'GIT_CERTIFICATE',
    ],
    ['go: x: write /c/x: no space left on device', 'GO_DISK_FULL'],
    ['go: could not create module cache: mkdir /c: permission denied', 'GO_CACHE_UNWRITABLE'],
    ['go: m@v1: Get "https://x/": dial tcp: lookup x on 10.0.0.1:53: no such host', 'DNS_UNKNOWN_HOST'],
    ['go: m@v1: Get "https://x/": dial tcp: lookup x: i/o timeout', 'DNS_FAILURE'],
    ['go: m@v1: Get "https://x/": dial tcp: lookup x on 10.0.0.1:53: server misbehaving', 'DNS_FAILURE'],
    ['go: m@v1: Get "https://x/": dial tcp 192.0.2.1:443: i/o timeout', 'CONNECTION_TIMEOUT'],
    [
      'go: m@v1: Get "https://x/": dial tcp [2001:db8::1]:443: connect: network is unreachable',
      'CONNECTION_UNREACHABLE',
    ],
    ['go: m@v1: Get "https://x/": dial tcp 192.0.2.1:443: connect: no route to host', 'CONNECTION_UNREACHABLE'],
    ['go: m@v1: Get "https://x/": net/http: TLS handshake timeout', 'TLS_HANDSHAKE'],
    ['go: m@v1: read "https://x/": stream error: stream ID 9; INTERNAL_ERROR; received from peer', 'CONNECTION_CUT'],
    [
      'go: m@v1: Get "https://x/": http2: server sent GOAWAY and closed the connection; ErrCode=ENHANCE_YOUR_CALM',
      'HTTP_TOO_MANY_REQUESTS',
    ],
    ['go: m@v1: Get "https://x/": http2: client connection lost', 'CONNECTION_CUT'],
    ['go: m@v1: Get "https://x/": Proxy Authentication Required', 'HTTP_PROXY_AUTHENTICATION'],
    [
      'go: download go1.27.3: golang.org/toolchain@v0.0.1-go1.27.3.linux-amd64: verifying module: checksum database disabled by GOSUMDB=off',
      'GO_TOOLCHAIN_UNVERIFIED',
    ],
    ['go.sum database server misbehavior detected!', 'GO_SUMDB_MISBEHAVIOR'],
    ['verifying m@v1: checksum missing from sumdb response', 'GO_CHECKSUM_MISSING'],
    [
      'dial tcp: connectex: No connection could be made because the target machine actively refused it.',
      'CONNECTION_REFUSED',
    ],
    ['wsarecv: An existing connection was forcibly closed by the remote host.', 'CONNECTION_CUT'],
    [
      'go: unrecognized import path "x.example/y": parse https://x.example/y?go-get=1: no go-import meta tags ()',
      'HTTP_NOT_FOUND',
    ],
  ])('%s', (text, code) => expect(classifyGoError(text).code).toBe(code))

  test.each<[string, string]>([
    // No proxy and no time can mend these.
    ['go: m@v1: invalid version: unknown revision v1', 'never'],
    ['go: m@v1: missing go.sum entry for go.mod file', 'never'],
    ['go: x: write /c/x: no space left on device', 'never'],
    ['go: could not create module cache: mkdir /c: permission denied', 'never'],
    ['/p/go.sum:3: malformed go.sum: wrong number of fields 2', 'never'],
    ['go: errors parsing go.mod:', 'never'],
    ['go: module x requires go >= 1.99 (running go 1.26.8; GOTOOLCHAIN=local)', 'never'],
    ["\tfatal: Authentication failed for 'https://github.com/a/b/'", 'never'],
    ['go.sum database server misbehavior detected!', 'never'],
    // Another place may have it or allow it.
    ['go: m@v1: reading https://x/m/@v/v1.mod: 404 Not Found', 'elsewhere'],
    ['go: m@v1: reading https://x/m/@v/v1.mod: 403 Forbidden', 'elsewhere'],
    ['go: m@v1: reading https://x/m/@v/v1.mod: 401 Unauthorized', 'elsewhere'],
    ["\tfatal: unable to access 'https://x/': SSL certificate problem: certificate has expired", 'elsewhere'],
    // Never again from who sent it.
    ['verifying m.example/a@v1.0.0: checksum mismatch', 'without proxy'],
    ['go: m@v1: zip: not a valid zip file', 'without proxy'],
    // The network's fault.
    ['go: m@v1: reading https://x/m/@v/v1.mod: 503 Service Unavailable', 'rounds'],
    ['go: m@v1: reading https://x/m/@v/v1.mod: 429 Too Many Requests', 'rounds'],
    ['go: m@v1: Get "https://x/": dial tcp 192.0.2.1:443: i/o timeout', 'rounds'],
    ['go: m@v1: Get "https://x/": unexpected EOF', 'rounds'],
    ['go: m@v1: Get "https://x/": read: connection reset by peer', 'rounds'],
    ['go: m@v1: Get "https://x/": x509: certificate signed by unknown authority', 'rounds'],
    // Worth one more try.
    ['go: something that nobody has seen before', 'once'],
    ['verifying m@v1: checksum missing from sumdb response', 'once'],
  ])('%s: %s', (text, retry) => expect(classifyGoError(text).retry).toBe(retry))

  test('every entry of the catalogue can be met', () => {
    for (const { code, message, hint } of GO_MESSAGES) expect([code, message, hint]).not.toContain('')
  })
})

describe('a server’s own words decide nothing', () => {
  const words = [
    'no space left on device',
    'SECURITY ERROR checksum mismatch',
    'missing go.sum entry',
    'modules disabled by GO111MODULE=off',
    'unknown revision',
  ]

  test.each(words)('neither in the body nor in the status line: %s', async text => {
    for (const fault of [faults.status(500, `${text}\n${text}\n`), faults.status(500, '', { reason: text })]) {
      const { stderr } = await say(await proxyThat(fault))
      expect(classifyGoError(stderr)).toMatchObject({ code: 'HTTP_SERVER_ERROR', retry: 'rounds' })
    }
  })

  test('-x lines are not go’s own words either', () => {
    expect(classifyGoError('# get https://x/: 403 Forbidden (0.1s)\n').code).toBe('GO_FAILED')
  })
})

describe('what is told', () => {
  test('the most telling line, at most 500 characters', () => {
    const output = `go: m.example/x@v1.0.0: EOF\nverifying m.example/y@v1.0.0: checksum mismatch ${'x'.repeat(900)}\n`
    const failure = classifyGoError(output)
    expect(failure).toMatchObject({ code: 'GO_CHECKSUM_MISMATCH', module: 'm.example/y@v1.0.0' })
    expect(failure.text).toHaveLength(500)
  })

  test('of unknown words the last line, with what it announces', () => {
    const output =
      'go: first\ngo: inconsistent vendoring in /work:\n\texample.com/m@v1.0.0: is not marked\n\tTo sync, run:\n'
    expect(classifyGoError(output).text).toBe(
      'go: inconsistent vendoring in /work: example.com/m@v1.0.0: is not marked',
    )
    expect(classifyGoError('go: two words\n\tgo work use\n').text).toBe('go: two words')
    const ofGit = 'go: m@v1: git fetch origin in /x: exit status 128:\n\tfatal: something new\n'
    expect(classifyGoError(ofGit).text).toBe('fatal: something new')
  })

  test('nothing said', () => expect(classifyGoError('').code).toBe('GO_FAILED'))

  test('any bytes', () => {
    fc.assert(
      fc.property(anyText({ maxLength: 300 }), text => {
        expect(classifyGoError(text).text.length).toBeLessThanOrEqual(500)
      }),
    )
  })
})
