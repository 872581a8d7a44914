import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from '@jest/globals'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import type { Fault } from '../../src/demo/proxy.ts'
import { type CleanUp, testBeside } from '../support/clean-up.ts'
import { makeDatabase } from '../support/servers/database.ts'
import { faults, tampered } from '../support/servers/faults.ts'
import { startInternet } from '../support/servers/internet.ts'
import { findFreePort } from '../support/servers/ports.ts'
import { startSocksProxy } from '../support/servers/socks-proxy.ts'
import { examineIn, wrongIn } from '../support/worlds/doctor.ts'
import { authorityFor, DATABASE, FILES, fileIn, MODULE, passOn, proxyWith, type Scene, setUp } from './world.ts'

const { test, cleanUp } = testBeside()

/** For what never answers. */
const QUICK = { 'read-timeout': '500ms' }

type Row = readonly [name: string, wrong: string, scene: (cleanUp: CleanUp) => Promise<Scene>]

async function findWrong(make: Row[2]): Promise<readonly string[]> {
  const scene = await make(cleanUp)
  const { project, env } = setUp(cleanUp, scene)
  const checkup = await examineIn(project, scene.options ?? {}, env)
  for (const { findings } of checkup.layers)
    for (const { judgement, hint, message } of findings)
      if (judgement === 'fault' || judgement === 'warning') expect([message, hint]).not.toContain('')
  return wrongIn(checkup)
}

function inForce(GOPROXY: string, env: Readonly<Record<string, string>> = {}): Scene {
  return { env: { GOPROXY, ...env } }
}

/** A proxy in force that has this fault. */
function ofProxy(fault: Fault, paths?: RegExp): (own: CleanUp) => Promise<Scene> {
  return async own => inForce(`${(await proxyWith(own, fault, paths)).url},off`)
}

function impatient(make: (own: CleanUp) => Promise<Scene>): Row[2] {
  return async own => ({ ...(await make(own)), options: QUICK })
}

/** A sound proxy in force, and these settings beside it. */
function ofSettings(env: Readonly<Record<string, string>>, more: Omit<Scene, 'env'> = {}): Row[2] {
  return async own => ({ ...inForce((await proxyWith(own)).url, env), ...more })
}

/** A variable that names a file with this text, or what would be below it. */
function ofFile(variable: string, text: string, below = ''): Row[2] {
  return own => {
    const path = fileIn(own.directory('file-'), 'file', text)
    return ofSettings({ [variable]: join(path, below) })(own)
  }
}

const ZIP = /\.zip$/
const { status, reset, cut, half, portal, send, silent, stall } = faults
const html: Fault = (_, res) => void res.writeHead(200, { 'content-type': 'text/html' }).end('<html>')

/** A proxy with TLS, whose certificate is as it is made. */
function ofTls(
  make: (authority: Awaited<ReturnType<typeof authorityFor>>) => Promise<{ key: string; cert: string }>,
  trusted = true,
): Row[2] {
  return async own => {
    const authority = await authorityFor(own)
    const { url } = await proxyWith(own, undefined, undefined, { tls: await make(authority) })
    return inForce(`${url},off`, trusted ? authority.env : {})
  }
}

const DAY_MS = 86_400_000
const at = (days: number) => new Date(Date.now() + days * DAY_MS)

const NETWORK: readonly Row[] = [
  ['nothing listens', 'fault TCP CONNECTION_REFUSED', async () => inForce(`http://127.0.0.1:${await findFreePort()}`)],
  ['the name does not exist', 'fault name lookup DNS_', async () => inForce('https://goproxy.invalid')],
  ['the certificate is self-signed', 'fault TLS TLS_CERTIFICATE', ofTls(async a => a.issue(['127.0.0.1']), false)],
  [
    'the certificate has expired',
    'fault TLS TLS_CERTIFICATE',
    ofTls(a => a.issue(['127.0.0.1'], { from: at(-9), to: at(-2) })),
  ],
  [
    'the certificate is not valid yet',
    'fault TLS TLS_CERTIFICATE',
    ofTls(a => a.issue(['127.0.0.1'], { from: at(2), to: at(9) })),
  ],
  ['the certificate is for another name', 'fault TLS TLS_CERTIFICATE', ofTls(a => a.issue(['goproxy.test.dev']))],
  [
    'http on the port of an https URL',
    'fault TLS HTTP_WRONG_SCHEME',
    async own => inForce((await proxyWith(own)).url.replace('http:', 'https:')),
  ],
  [
    'https on the port of an http URL',
    'fault HTTP CONNECTION_CUT',
    async own => {
      const authority = await authorityFor(own)
      const { port } = await proxyWith(own, undefined, undefined, { tls: await authority.issue(['127.0.0.1']) })
      return inForce(`http://127.0.0.1:${port}`)
    },
  ],
  ['401', 'fault credentials HTTP_UNAUTHORIZED', ofProxy(status(401))],
  [
    '401 although a login went with it',
    'fault credentials HTTP_UNAUTHORIZED',
    async own => {
      const authority = await authorityFor(own)
      const { port } = await proxyWith(own, status(401), undefined, { tls: await authority.issue(['127.0.0.1']) })
      const netrc = fileIn(
        own.directory('netrc-'),
        'netrc',
        `machine 127.0.0.1:${port} login me password wrong-password\n`,
      )
      return inForce(`https://127.0.0.1:${port}`, { ...authority.env, NETRC: netrc })
    },
  ],
  ['403', 'fault HTTP HTTP_FORBIDDEN', ofProxy(status(403, 'licence not allowed'))],
  ['404 to everything', 'fault module protocol HTTP_NOT_FOUND', ofProxy(status(404, 'not found'))],
  [
    '404 because its source failed',
    'fault module protocol HTTP_ABSENT_FAILED',
    ofProxy(status(404, 'not found: bad upstream')),
  ],
  ['429', 'fault HTTP HTTP_TOO_MANY_REQUESTS', ofProxy(status(429))],
  ['500', 'fault HTTP HTTP_SERVER_ERROR', ofProxy(status(500))],
  ['503', 'fault HTTP HTTP_SERVER_ERROR', ofProxy(status(503))],
  ['204', 'fault HTTP HTTP_SERVER_ERROR', ofProxy(status(204))],
  ['a login page for everything', 'fault module protocol GO_BAD_CONTENT', ofProxy(portal)],
  [
    'bytes that are no HTTP',
    'fault module protocol GO_BAD_CONTENT',
    ofProxy(faults.raw(() => 'SSH-2.0-OpenSSH_9.2\r\n')),
  ],
  ['silence', 'fault HTTP HTTP_SILENT', impatient(ofProxy(silent))],
  ['a zip that stops', 'fault HTTP HTTP_SILENT', impatient(ofProxy(stall, ZIP))],
  ['a reset', 'fault HTTP CONNECTION_CUT', ofProxy(reset)],
  ['a zip that is cut', 'fault HTTP CONNECTION_CUT', ofProxy(cut, ZIP)],
  ['half a zip', 'fault module protocol GO_BAD_CONTENT', ofProxy(half, ZIP)],
  ['another zip', 'fault module protocol GO_CHECKSUM_MISMATCH', ofProxy(send(tampered(MODULE).zip), ZIP)],
  [
    'another go.mod',
    'fault module protocol GO_CHECKSUM_MISMATCH',
    ofProxy(send(Buffer.from('module pkg.test.dev/m\n')), /\.mod$/),
  ],
  [
    'another version as .info',
    'fault module protocol GO_BAD_CONTENT',
    ofProxy(send(Buffer.from('{"Version":"v1.0.1"}')), /\.info$/),
  ],
  ['a page as .info', 'fault module protocol GO_BAD_CONTENT', ofProxy(html, /\.info$/)],
  ['no zips', 'fault module protocol HTTP_NOT_FOUND', ofProxy(status(404), ZIP)],
  ['zips behind a 403', 'fault HTTP HTTP_FORBIDDEN', ofProxy(status(403), ZIP)],
  ['a circle', 'fault HTTP HTTP_REDIRECT', ofProxy(faults.redirectToItself)],
  ['an encoding that nobody asked for', 'fault module protocol GO_BAD_CONTENT', ofProxy(faults.gzip)],
  [
    'a slow answer',
    'warning HTTP DOCTOR_PROXY_SLOW',
    async own => {
      const { url } = await proxyWith(own, undefined, undefined, { latencyMs: 1_050 })
      return { ...inForce(url), options: { 'connect-timeout': '5s', 'read-timeout': '5s' } }
    },
  ],
  [
    'a clock that is three days behind',
    'warning clock DOCTOR_CLOCK',
    async own => inForce((await proxyWith(own, dated(-3), /\.mod$/)).url),
  ],
  [
    'a clock that is an hour ahead of all others',
    'warning clock DOCTOR_SERVER_CLOCK',
    async own => {
      const [wrong, right] = [await proxyWith(own, dated(1 / 24), /\.mod$/), await proxyWith(own)]
      return { options: { proxies: `${wrong.url} ${right.url}` }, env: { GOPROXY: right.url } }
    },
  ],
  ['200 to everything', 'warning module protocol DOCTOR_PROXY_SAYS_YES', ofProxy(faults.yesToAll)],
  ['a page in place of the list', 'warning module protocol DOCTOR_PROXY_LIST', ofProxy(html, /\/list$/)],
  [
    'a comma behind a dead one',
    'fault TCP CONNECTION_REFUSED',
    async own => inForce(`http://127.0.0.1:${await findFreePort()},${(await proxyWith(own)).url}`),
  ],
  [
    'the official proxy refuses',
    'fault HTTP HTTP_FORBIDDEN',
    async own => {
      const authority = await authorityFor(own)
      const { port } = await proxyWith(own, status(403), undefined, {
        tls: await authority.issue(['proxy.golang.org']),
      })
      const internet = own(await startInternet({ 'proxy.golang.org': port }))
      return { env: { ...authority.env, ...internet.env } }
    },
  ],
  [
    'an HTTP proxy that is not there',
    'fault HTTP proxy HTTP_PROXY_UNREACHABLE',
    async () => inForce('https://goproxy.test.dev', { HTTPS_PROXY: `http://127.0.0.1:${await findFreePort()}` }),
  ],
  [
    'an HTTP proxy that wants a login',
    'fault HTTP proxy HTTP_PROXY_AUTHENTICATION',
    async own => {
      const internet = own(await startInternet({}, { login: 'user:right-password' }))
      return inForce('https://goproxy.test.dev', {
        HTTPS_PROXY: `http://user:wrong-password@127.0.0.1:${internet.port}`,
      })
    },
  ],
  [
    'an HTTP proxy that does not allow the host',
    'fault HTTP proxy HTTP_PROXY_TARGET',
    async own => {
      const internet = own(await startInternet({ 'goproxy.test.dev': { status: 403, reason: 'Forbidden' } }))
      return inForce('https://goproxy.test.dev', internet.env)
    },
  ],
  [
    'a SOCKS proxy that speaks something else',
    'fault HTTP proxy HTTP_PROXY_UNREACHABLE',
    async own => {
      const { port } = own(await startSocksProxy({ greeting: Buffer.from('HTTP/1.1 400') }))
      return inForce('https://goproxy.test.dev', { HTTPS_PROXY: `socks5://127.0.0.1:${port}` })
    },
  ],
]

/** The right answer, under the date of another day. */
function dated(days: number): Fault {
  return (_, res, good) => {
    res.writeHead(good === undefined ? 404 : 200, { date: at(days).toUTCString() }).end(good)
  }
}

const other = makeDatabase('sum.test.dev', MODULE)
/** go.mod files have lines, and zips have none: `go mod download` asks the database. */
const WITHOUT_SUMS = { 'go.sum': FILES['go.sum'].replace(/^\S+ v\S+ .*\n/, '') }

const DATABASES: readonly Row[] = [
  [
    'a mirror that fails each lookup, not needed',
    'warning checksum database SUMDB_MIRROR_BROKEN',
    ofProxy(status(500), /\/lookup\//),
  ],
  [
    'a mirror that fails each lookup',
    'fault checksum database SUMDB_MIRROR_BROKEN',
    async own => ({ ...inForce((await proxyWith(own, status(500), /\/lookup\//)).url), files: WITHOUT_SUMS }),
  ],
  [
    'a mirror that fails at once',
    'fault checksum database SUMDB_MIRROR_BROKEN',
    async own => ({ ...inForce((await proxyWith(own, status(500), /\/supported$/)).url), files: WITHOUT_SUMS }),
  ],
  [
    'a mirror of another database',
    'warning checksum database SUMDB_MIRROR_BROKEN',
    async own => inForce((await proxyWith(own, undefined, undefined, { extra: passOn(other.answers) })).url),
  ],
  [
    'the database is not there',
    'fault checksum database GO_SUMDB_FAILED',
    async own => ({
      ...inForce((await proxyWith(own)).url, {
        GOSUMDB: `${DATABASE.verifierKey} http://127.0.0.1:${await findFreePort()}`,
      }),
      files: WITHOUT_SUMS,
    }),
  ],
  [
    'the database is not there, nor needed',
    'warning checksum database GO_SUMDB_FAILED',
    async own =>
      inForce((await proxyWith(own)).url, {
        GOSUMDB: `${DATABASE.verifierKey} http://127.0.0.1:${await findFreePort()}`,
      }),
  ],
  [
    'another server in the place of the database',
    'fault checksum database GO_SUMDB_FAILED',
    async own => {
      const database = await proxyWith(own, undefined, undefined, { extra: path => other.answers.get(path) })
      return {
        ...inForce((await proxyWith(own)).url, { GOSUMDB: `${DATABASE.verifierKey} ${database.url}` }),
        files: WITHOUT_SUMS,
      }
    },
  ],
  ['GOSUMDB=off', 'warning checksum database SUMDB_OFF', ofSettings({ GOSUMDB: 'off' })],
  ['a GOSUMDB that is none', 'fault checksum database GOSUMDB_SYNTAX', ofSettings({ GOSUMDB: 'sum.test.dev' })],
]

const SETTINGS: readonly Row[] = [
  ['a GOPROXY without a scheme', 'fault settings GOPROXY_SYNTAX', async () => inForce('goproxy')],
  ['GOPROXY=off, and something is missing', 'fault settings GO_LOOKUP_DISABLED', async () => inForce('off')],
  [
    'a proxy behind direct',
    'warning settings DOCTOR_NEVER_ASKED',
    async own => inForce(`${(await proxyWith(own)).url},direct,https://goproxy.cn`),
  ],
  [
    'a bar behind a private proxy',
    'warning settings DOCTOR_BAR_BEHIND_PRIVATE',
    async own => inForce(`${(await proxyWith(own)).url}|direct`),
  ],
  [
    'a password in GOPROXY',
    'warning settings CANDIDATES_CREDENTIALS_IN_URL',
    async own => {
      const authority = await authorityFor(own)
      const { url } = await proxyWith(own, undefined, undefined, { tls: await authority.issue(['127.0.0.1']) })
      return inForce(url.replace('https://', 'https://me:a-password@'), authority.env)
    },
  ],
  ['GONOSUMDB=*', 'warning settings SETTINGS_PATTERN_WIDE', ofSettings({ GONOSUMDB: '*' })],
  [
    'GOPRIVATE for a whole public host',
    'warning settings SETTINGS_PATTERN_WIDE',
    ofSettings({ GOPRIVATE: 'github.com' }),
  ],
  [
    'a URL in GOPRIVATE',
    'warning settings SETTINGS_PATTERN_VAIN',
    ofSettings({ GOPRIVATE: 'https://git.test.dev/me' }),
  ],
  [
    'a space in GOPRIVATE',
    'warning settings SETTINGS_PATTERN_VAIN',
    ofSettings({ GOPRIVATE: 'a.test.dev, b.test.dev' }),
  ],
  ['GOINSECURE', 'warning settings SETTINGS_INSECURE', ofSettings({ GOINSECURE: 'git.test.dev' })],
  ['GONOSUMCHECK', 'warning settings SETTINGS_NO_SUM_CHECK', ofSettings({ GONOSUMCHECK: '1' })],
  ['GOFLAGS=-mod=mod', 'warning settings SETTINGS_MOD_MOD', ofSettings({ GOFLAGS: '-mod=mod -modcacherw' })],
  ['GOFLAGS=-insecure', 'warning settings SETTINGS_INSECURE_FLAG', ofSettings({ GOFLAGS: '-insecure -modcacherw' })],
  ['GOFLAGS that go does not know', 'fault settings GO_FLAGS_UNREADABLE', ofSettings({ GOFLAGS: '-mood=mod' })],
  ['GO111MODULE=off', 'fault settings GO_MODULES_DISABLED', ofSettings({ GO111MODULE: 'off' })],
  [
    'GODEBUG=gomodulesruntime',
    'warning settings DOCTOR_GODEBUG_UNKNOWN',
    ofSettings({ GODEBUG: 'gomodulesruntime=1' }),
  ],
  ['a GODEBUG with a typo', 'warning settings DOCTOR_GODEBUG_UNKNOWN', ofSettings({ GODEBUG: 'http2clinet=0' })],
  ['ALL_PROXY alone', 'warning HTTP proxy DOCTOR_ALL_PROXY', ofSettings({ ALL_PROXY: 'socks5://127.0.0.1:1' })],
  [
    'two HTTPS_PROXY',
    'warning HTTP proxy DOCTOR_PROXY_VARIABLES_DIFFER',
    ofSettings({ HTTPS_PROXY: 'http://127.0.0.1:1', https_proxy: 'http://127.0.0.1:2' }),
  ],
  [
    'SSL_CERT_FILE that is not there',
    'warning TLS DOCTOR_CERTIFICATE_FILE',
    ofSettings({ SSL_CERT_FILE: '/nowhere/ca.pem' }),
  ],
  ['SSL_CERT_FILE without a certificate', 'warning TLS DOCTOR_CERTIFICATE_FILE', ofFile('SSL_CERT_FILE', 'nothing\n')],
  [
    'a private module that nothing covers',
    'warning settings PRIVATE_UNCOVERED',
    async own => {
      const secret = buildModule({ path: 'git.corp.internal/secret', version: 'v1.0.0' })
      return {
        ...inForce((await proxyWith(own)).url),
        files: { 'go.mod': goModOf('pkg.test.dev/project', [MODULE, secret]), 'go.sum': goSumOf([MODULE, secret]) },
      }
    },
  ],
]

const MACHINE: readonly Row[] = [
  ['no go', 'fault Go GO_NOT_FOUND', ofSettings({ PATH: '/nonexistent' })],
  [
    'a go line that this Go does not do',
    'fault Go GO_TOO_OLD',
    ofSettings({}, { files: { 'go.mod': FILES['go.mod'].replace('go 1.21', 'go 1.99') } }),
  ],
  [
    'GOROOT of another Go',
    'fault Go DOCTOR_GOROOT_STALE',
    async own => {
      const root = own.directory('goroot-')
      for (const name of ['bin', 'pkg', 'src']) mkdirSync(join(root, name))
      writeFileSync(join(root, 'VERSION'), 'go1.20.1\n')
      return inForce((await proxyWith(own)).url, { GOROOT: root })
    },
  ],
  ['GOROOT that is not there', 'fault Go GO_ENV_FAILED', ofSettings({ GOROOT: '/nowhere/go' })],
  ['GOMODCACHE is a file', 'fault caches GO_CACHE_UNWRITABLE', ofFile('GOMODCACHE', '')],
  ['GOCACHE is below a file', 'fault caches GO_CACHE_UNWRITABLE', ofFile('GOCACHE', '', 'build')],
  ['GOMODCACHE is on /proc', 'fault caches GO_CACHE_UNWRITABLE', ofSettings({ GOMODCACHE: '/proc/modules-of-go' })],
  ['GOMODCACHE is relative', 'fault caches GO_CACHE_UNWRITABLE', ofSettings({ GOMODCACHE: 'cache' })],
  ['NETRC that is not there', 'warning credentials DOCTOR_NETRC_MISSING', ofSettings({ NETRC: '/nowhere/netrc' })],
  [
    'NETRC that git does not read',
    'warning credentials DOCTOR_NETRC_UNREAD',
    ofFile('NETRC', 'machine git.test.dev login me password a-password\n'),
  ],
  [
    'rewrites that collide',
    'warning git DOCTOR_INSTEAD_OF_COLLIDES',
    ofSettings(
      gitConfig([
        ['url.https://a.test.dev/.insteadOf', 'https://git.test.dev/'],
        ['url.https://b.test.dev/.insteadOf', 'https://git.test.dev/'],
      ]),
    ),
  ],
  [
    'an ssh agent that does not answer',
    'warning git DOCTOR_SSH_AGENT_EMPTY',
    ofSettings({
      ...gitConfig([['url.git@git.test.dev:.insteadOf', 'https://git.test.dev/']]),
      SSH_AUTH_SOCK: '/nowhere/agent',
    }),
  ],
  [
    'no git, and a module that needs it',
    'fault git GIT_NOT_INSTALLED',
    async own => {
      const bin = own.directory('bin-')
      symlinkSync(execFileSync('sh', ['-c', 'command -v go'], { encoding: 'utf8' }).trim(), join(bin, 'go'))
      return inForce((await proxyWith(own)).url, { PATH: bin, GOPRIVATE: 'pkg.test.dev/m' })
    },
  ],
  [
    'a private host that cannot be reached',
    'fault credentials CREDENTIALS_HOST_UNREACHABLE',
    ofSettings({ GOPRIVATE: 'pkg.test.dev/m', HTTPS_PROXY: '' }),
  ],
  ['a file URL to nowhere', 'fault module protocol GO_FILE_PROXY_LACKS', async () => inForce('file:///nowhere/cache')],
]

function gitConfig(pairs: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  return Object.fromEntries([
    ['GIT_CONFIG_COUNT', String(pairs.length)],
    ...pairs.flatMap(([key, value], i) => [
      [`GIT_CONFIG_KEY_${i}`, key],
      [`GIT_CONFIG_VALUE_${i}`, value],
    ]),
  ])
}

const CONFLICT = '<<<<<<< HEAD\n=======\n>>>>>>> main\n'

const PROJECTS: readonly Row[] = [
  ['a go.mod with a fault', 'fault project ', ofSettings({}, { files: { 'go.mod': 'modul x\n' } })],
  ['an empty go.mod', 'fault project ', ofSettings({}, { files: { 'go.mod': '' } })],
  ['a conflict in go.sum', 'fault project ', ofSettings({}, { files: { 'go.sum': `${FILES['go.sum']}${CONFLICT}` } })],
  [
    'a replace line to nowhere',
    'fault project ',
    ofSettings({}, { files: { 'go.mod': `${FILES['go.mod']}\nreplace pkg.test.dev/m => ../m\n` } }),
  ],
  [
    'a go.work that is older than its module',
    'fault project GO_WORK_OLDER',
    ofSettings({}, { files: { 'go.mod': FILES['go.mod'].replace('1.21', '1.22'), 'go.work': 'go 1.21\n\nuse .\n' } }),
  ],
  [
    'a go.work that names a directory that is not there',
    'fault project ',
    ofSettings({}, { files: { 'go.work': 'go 1.21\n\nuse .\nuse ./gone\n' } }),
  ],
  [
    'a vendor directory that is not as go.mod',
    'fault project ',
    ofSettings(
      {},
      { files: { 'vendor/modules.txt': '# pkg.test.dev/other v1.0.0\n## explicit\npkg.test.dev/other\n' } },
    ),
  ],
  [
    'a directory that is named and not there',
    'fault project INPUT_',
    ofSettings({}, { options: { 'working-directory': 'gone' } }),
  ],
]

const ROWS = [...NETWORK, ...DATABASES, ...SETTINGS, ...MACHINE, ...PROJECTS]

describe('of each broken set-up the layer and the cause are named first', () => {
  for (const [name, wrong, make] of ROWS)
    test(name, async () => {
      const found = await findWrong(make)
      expect([found[0]?.startsWith(wrong), found]).toEqual([true, found])
    })

  test('there are at least sixty', async () => {
    expect(ROWS.length).toBeGreaterThanOrEqual(60)
  })
})
