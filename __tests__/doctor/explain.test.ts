import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test as plainTest } from '@jest/globals'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import type { Fault } from '../../src/demo/proxy.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { explainOutput, renderExplanation } from '../../src/doctor/explain.ts'
import { plainScreen } from '../../src/report/screen.ts'
import { type CleanUp, testBeside } from '../support/clean-up.ts'
import { makeDatabase } from '../support/servers/database.ts'
import { faults, tampered } from '../support/servers/faults.ts'
import { startInternet } from '../support/servers/internet.ts'
import { findFreePort } from '../support/servers/ports.ts'
import { startSocksProxy } from '../support/servers/socks-proxy.ts'
import { runGo } from '../support/worlds/go-command.ts'
import { createProject, goEnvironment } from '../support/worlds/project.ts'
import { authorityFor } from './world.ts'

const { test, cleanUp } = testBeside()

const module = buildModule({ path: 'example.com/m', version: 'v1.0.0' })
const GO_MOD = goModOf('example.com/project', [module])
const FILES = { 'go.mod': GO_MOD, 'go.sum': goSumOf([module]) }

interface Failing {
  readonly files?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

type Row = readonly [name: string, code: string, layer: string, scene: (own: CleanUp) => Promise<Failing>]

const { status, reset, cut, half, portal, empty, send, redirectToItself } = faults

/** go asks a proxy with this fault. */
function of(fault: Fault, paths = /\.(info|mod|zip)$/): Row[3] {
  return async own => {
    const proxy = own(
      await startProxy({ modules: [module], fault: ({ path }) => (paths.test(path) ? fault : undefined) }),
    )
    return { env: { GOPROXY: proxy.url } }
  }
}

/** go has a sound proxy, and another difficulty. */
function beside(scene: Failing): Row[3] {
  return async own => {
    const proxy = own(await startProxy({ modules: [module] }))
    return { ...scene, env: { GOPROXY: proxy.url, ...scene.env } }
  }
}

const ZIP = /\.zip$/
const INFO = /\.info$/

/** A certificate that is made so, and trusted or not. */
function ofTls(names: readonly string[], trusted: boolean, days?: readonly [number, number]): Row[3] {
  return async own => {
    const authority = await authorityFor(own)
    const at = (day: number) => new Date(Date.now() + day * 86_400_000)
    const tls = await authority.issue(names, days && { from: at(days[0]), to: at(days[1]) })
    const { url } = own(await startProxy({ modules: [module], tls }))
    return { env: { GOPROXY: url, ...(trusted ? authority.env : {}) } }
  }
}

/** A database beside a sound proxy, for a project without sums. */
function ofDatabase(answers: ReadonlyMap<string, Buffer>, fault?: Fault): Row[3] {
  return async own => {
    const proxy = own(await startProxy({ modules: [module] }))
    const database = own(
      await startProxy({ modules: [], extra: path => answers.get(path), ...(fault && { fault: () => fault }) }),
    )
    return { files: { 'go.sum': '' }, env: { GOPROXY: proxy.url, GOSUMDB: `${DATABASE.verifierKey} ${database.url}` } }
  }
}

const DATABASE = makeDatabase('sum.example', module)
const OTHER = makeDatabase('sum.example', module)
const WORKSPACE = { 'go.mod': GO_MOD.replace('1.21', '1.22'), 'go.work': 'go 1.21\n\nuse .\n' }

const LIVE: readonly Row[] = [
  ['404', 'HTTP_NOT_FOUND', 'module protocol', of(status(404, 'not found\n'))],
  ['410', 'HTTP_NOT_FOUND', 'module protocol', of(status(410))],
  ['404 of a broken origin', 'HTTP_ABSENT_FAILED', 'module protocol', of(status(404, 'not found: bad upstream\n'))],
  [
    '404 of an unknown revision',
    'GO_REVISION_UNKNOWN',
    'module protocol',
    of(status(404, 'not found: unknown revision v1\n')),
  ],
  ['401', 'HTTP_UNAUTHORIZED', 'credentials', of(status(401))],
  ['403', 'HTTP_FORBIDDEN', 'HTTP', of(status(403, 'policy\n'))],
  ['429', 'HTTP_TOO_MANY_REQUESTS', 'HTTP', of(status(429))],
  ['408', 'HTTP_SERVER_ERROR', 'HTTP', of(status(408))],
  ['500', 'HTTP_SERVER_ERROR', 'HTTP', of(status(500))],
  ['502', 'HTTP_SERVER_ERROR', 'HTTP', of(status(502))],
  ['503', 'HTTP_SERVER_ERROR', 'HTTP', of(status(503))],
  ['504', 'HTTP_SERVER_ERROR', 'HTTP', of(status(504))],
  ['a reset', 'CONNECTION_CUT', 'HTTP', of(reset)],
  ['half a body', 'CONNECTION_CUT', 'HTTP', of(cut, ZIP)],
  ['half a zip', 'GO_BAD_CONTENT', 'module protocol', of(half, ZIP)],
  ['a page as .zip', 'GO_BAD_CONTENT', 'module protocol', of(portal, ZIP)],
  ['a page as .info', 'GO_BAD_CONTENT', 'module protocol', of(portal, INFO)],
  ['nothing as .info', 'GO_BAD_CONTENT', 'module protocol', of(empty, INFO)],
  [
    'another version as .info',
    'GO_BAD_CONTENT',
    'module protocol',
    of(send(Buffer.from('{"Version":"v1.0.1"}')), INFO),
  ],
  ['another zip', 'GO_CHECKSUM_MISMATCH', 'module protocol', of(send(tampered(module).zip), ZIP)],
  [
    'another go.mod',
    'GO_CHECKSUM_MISMATCH',
    'module protocol',
    of(send(Buffer.from('module example.com/m\n')), /\.mod$/),
  ],
  ['a circle', 'HTTP_REDIRECT', 'HTTP', of(redirectToItself)],
  [
    'a closed port',
    'CONNECTION_REFUSED',
    'TCP',
    async () => ({ env: { GOPROXY: `http://127.0.0.1:${await findFreePort()}` } }),
  ],
  [
    'http where https was asked',
    'HTTP_WRONG_SCHEME',
    'TLS',
    async own => {
      const { url } = own(await startProxy({ modules: [module] }))
      return { env: { GOPROXY: url.replace('http:', 'https:') } }
    },
  ],
  ['an authority that is not known', 'TLS_CERTIFICATE', 'TLS', ofTls(['127.0.0.1'], false)],
  ['a certificate that has expired', 'TLS_CERTIFICATE', 'TLS', ofTls(['127.0.0.1'], true, [-9, -2])],
  ['a certificate of tomorrow', 'TLS_CERTIFICATE', 'TLS', ofTls(['127.0.0.1'], true, [2, 9])],
  ['a certificate for another name', 'TLS_CERTIFICATE', 'TLS', ofTls(['other.example'], true)],
  [
    'an HTTP proxy that is not there',
    'HTTP_PROXY_UNREACHABLE',
    'HTTP proxy',
    async () => ({
      env: { GOPROXY: 'https://goproxy.example', HTTPS_PROXY: `http://127.0.0.1:${await findFreePort()}` },
    }),
  ],
  [
    'an HTTP proxy that wants a login',
    'HTTP_PROXY_AUTHENTICATION',
    'HTTP proxy',
    async own => {
      const { port } = own(await startInternet({}, { login: 'user:right' }))
      return { env: { GOPROXY: 'https://goproxy.example', HTTPS_PROXY: `http://127.0.0.1:${port}` } }
    },
  ],
  [
    'an HTTP proxy that does not know the host',
    'HTTP_PROXY_TARGET',
    'HTTP proxy',
    async own => ({ env: { GOPROXY: 'https://goproxy.example', ...own(await startInternet({})).env } }),
  ],
  [
    'a SOCKS proxy that wants a login',
    'HTTP_PROXY_AUTHENTICATION',
    'HTTP proxy',
    async own => {
      const { port } = own(await startSocksProxy({ login: { user: 'user', password: 'right' } }))
      return { env: { GOPROXY: 'https://goproxy.example', HTTPS_PROXY: `socks5://127.0.0.1:${port}` } }
    },
  ],
  [
    'a SOCKS proxy that does not allow the host',
    'HTTP_PROXY_TARGET',
    'HTTP proxy',
    async own => {
      const { port } = own(await startSocksProxy({ routes: { 'goproxy.example:443': { reply: 2 } } }))
      return { env: { GOPROXY: 'https://goproxy.example', HTTPS_PROXY: `socks5://127.0.0.1:${port}` } }
    },
  ],
  [
    'a database that is not there',
    'GO_SUMDB_FAILED',
    'checksum database',
    async own => {
      const { url } = own(await startProxy({ modules: [module] }))
      return {
        files: { 'go.sum': '' },
        env: { GOPROXY: url, GOSUMDB: `${DATABASE.verifierKey} http://127.0.0.1:${await findFreePort()}` },
      }
    },
  ],
  ['a database that fails', 'GO_SUMDB_FAILED', 'checksum database', ofDatabase(DATABASE.answers, status(500))],
  ['a database with another key', 'GO_SUMDB_KEY', 'checksum database', ofDatabase(OTHER.answers)],
  [
    'a missing go.sum entry',
    'GO_SUM_MISSING_ENTRY',
    'project',
    beside({ files: { 'go.sum': '' }, args: ['list', '-m', 'all'] }),
  ],
  ['a conflict in go.sum', 'GO_SUM_MALFORMED', 'project', beside({ files: { 'go.sum': '<<<<<<< HEAD\n' } })],
  ['a go.mod with a fault', 'GO_MOD_SYNTAX', 'project', beside({ files: { 'go.mod': 'modul x\n' } })],
  ['an empty go.mod', 'GO_MOD_WITHOUT_MODULE', 'project', beside({ files: { 'go.mod': '' } })],
  ['an old go.work', 'GO_WORK_OLDER', 'project', beside({ files: WORKSPACE })],
  [
    '-modfile in a workspace',
    'GO_MODFILE_IN_WORKSPACE',
    'project',
    beside({ files: { 'go.work': 'go 1.21\n\nuse .\n', 'other.mod': GO_MOD }, env: { GOFLAGS: '-modfile=other.mod' } }),
  ],
  [
    'a replace line to nowhere',
    'GO_REPLACE_MISSING',
    'project',
    beside({ files: { 'go.mod': `${GO_MOD}\nreplace example.com/m => ../m\n` } }),
  ],
  [
    'a module of another name',
    'GO_MOD_PATH',
    'project',
    async own => {
      const { url } = own(
        await startProxy({ modules: [{ ...module, mod: Buffer.from('module example.com/other\n') }] }),
      )
      return { files: { 'go.sum': '' }, env: { GOPROXY: url } }
    },
  ],
  [
    'names that collide in a zip',
    'GO_ZIP_REFUSED',
    'project',
    async own => {
      const twins = buildModule({
        path: 'example.com/twins',
        version: 'v1.0.0',
        files: { 'README.md': 'a', 'readme.md': 'b' },
      })
      const { url } = own(await startProxy({ modules: [twins] }))
      return {
        files: { 'go.mod': goModOf('example.com/project', [twins]), 'go.sum': goSumOf([twins]) },
        env: { GOPROXY: url },
      }
    },
  ],
  ['modules switched off', 'GO_MODULES_DISABLED', 'settings', beside({ env: { GO111MODULE: 'off' } })],
  ['GOPROXY=off', 'GO_LOOKUP_DISABLED', 'settings', beside({ env: { GOPROXY: 'off' } })],
  ['an unknown flag in GOFLAGS', 'GO_FLAGS_UNREADABLE', 'settings', beside({ env: { GOFLAGS: '-mood=mod' } })],
  ['a newer Go', 'GO_TOO_OLD', 'Go', beside({ files: { 'go.mod': 'module x\n\ngo 1.99\n' } })],
  [
    'a newer Go that no proxy has',
    'GO_TOOLCHAIN_UNAVAILABLE',
    'Go',
    beside({ files: { 'go.mod': 'module x\n\ngo 1.99\n' }, env: { GOTOOLCHAIN: 'auto', GOPROXY: 'off' } }),
  ],
  ['a relative GOMODCACHE', 'GO_CACHE_UNWRITABLE', 'caches', beside({ env: { GOMODCACHE: 'cache' } })],
  ['a GOMODCACHE on /proc', 'GO_CACHE_UNWRITABLE', 'caches', beside({ env: { GOMODCACHE: '/proc/1/x' } })],
  [
    'a directory as a proxy, without the module',
    'GO_FILE_PROXY_LACKS',
    'module protocol',
    beside({ env: { GOPROXY: 'file:///nowhere' } }),
  ],
  [
    'git that is not installed',
    'GIT_NOT_INSTALLED',
    'git',
    async own => {
      const bin = own.directory('bin-')
      symlinkSync(execFileSync('sh', ['-c', 'command -v go'], { encoding: 'utf8' }).trim(), join(bin, 'go'))
      const far = { path: 'github.com/acme/m', version: 'v1.0.0' }
      return {
        files: { 'go.mod': goModOf('example.com/project', [far]), 'go.sum': '' },
        env: { GOPROXY: 'direct', PATH: bin },
      }
    },
  ],
  [
    'a program that is no main package',
    'TOOL_NO_PROGRAM',
    'project',
    beside({ args: ['install', 'example.com/m@v1.0.0'] }),
  ],
  [
    'a package that the module has not got',
    'TOOL_PACKAGE_UNKNOWN',
    'project',
    beside({ args: ['install', 'example.com/m/cmd/x@v1.0.0'] }),
  ],
]

describe('what the real go says of a failure is explained', () => {
  for (const [name, code, layer, make] of LIVE)
    test(name, async () => {
      const scene = await make(cleanUp)
      const project = cleanUp(createProject({ ...FILES, ...scene.files }))
      const env = goEnvironment(project, { GOSUMDB: 'off', ...scene.env })
      const run = await runGo(scene.args ?? ['mod', 'download'], { cwd: project.directory, env })
      const explained = explainOutput(run.stderr)
      expect([run.exitCode === 0, explained?.code, explained?.layer, run.stderr]).toEqual([
        false,
        code,
        layer,
        run.stderr,
      ])
      expect(explained?.hint).not.toMatch(/^$|[{}]/)
    })
})

/** Beside what a job knows, these words alone tell. */
const ALIKE: Readonly<Record<string, readonly string[]>> = {
  CREDENTIALS_MISSING: ['GIT_CREDENTIALS_MISSING', 'HTTP_UNAUTHORIZED'],
  CREDENTIALS_EMPTY: ['GIT_CREDENTIALS_MISSING'],
  CREDENTIALS_UNSAFE_EVENT: ['GIT_CREDENTIALS_MISSING'],
  CREDENTIALS_CASE: ['GIT_CREDENTIALS_MISSING'],
  CREDENTIALS_REFUSED: ['GIT_AUTHENTICATION', 'HTTP_UNAUTHORIZED'],
  CREDENTIALS_FORBIDDEN: ['HTTP_FORBIDDEN', 'GIT_FORBIDDEN'],
  CREDENTIALS_NOT_VISIBLE: ['GIT_AUTHENTICATION', 'HTTP_NOT_FOUND'],
  CREDENTIALS_CERTIFICATE: ['TLS_CERTIFICATE', 'GIT_CERTIFICATE'],
  CREDENTIALS_HOST_UNREACHABLE: ['HTTP_PROXY_TARGET', 'DNS_UNKNOWN_HOST', 'GIT_UNREACHABLE', 'CONNECTION_REFUSED'],
  CREDENTIALS_HOST_KEY: ['GIT_AUTHENTICATION', 'GIT_HOST_KEY'],
  CREDENTIALS_KEY_REFUSED: ['GIT_AUTHENTICATION'],
}

/** What the kept pages quote of go, five versions of it, with the code that the page ends in. */
function quoted(): readonly (readonly [file: string, words: string, code: string])[] {
  const directory = join(import.meta.dirname, '..', 'failures')
  return readdirSync(directory)
    .filter(file => file.endsWith('.md'))
    .flatMap(file => {
      const lines = readFileSync(join(directory, file), 'utf8').split('\n')
      return lines.flatMap((line, i): [string, string, string][] => {
        const [, words = ''] = /^[-+]?Error: .*? go says: (.*)$/.exec(line) ?? []
        const rest = lines.slice(i).find(one => /\[[A-Z_]+\]$/.test(one))
        const code = /\[([A-Z_]+)\]$/.exec(rest ?? '')?.[1]
        return words === '' || code === undefined ? [] : [[file, words, code]]
      })
    })
}

plainTest('what was recorded of five versions of Go is explained as its page explains it', () => {
  const rows = quoted()
  const wrong = rows.flatMap(([file, words, code]) => {
    const found = explainOutput(`go: ${words}\n`)?.code ?? 'nothing'
    return found === code || ALIKE[code]?.includes(found) ? [] : [`${file}: ${found}, not ${code}: ${words}`]
  })
  expect(wrong).toEqual([])
  expect(rows.length + LIVE.length).toBeGreaterThanOrEqual(100)
})

describe('a log', () => {
  plainTest('of a job, with times and colours', () => {
    const log = [
      '2026-11-28T04:00:00.0000000Z ##[group]Run go build ./...',
      '2026-11-28T04:00:01.0000000Z \u001b[31mgo: example.com/m@v1.0.0: reading https://proxy.example/example.com/m/@v/v1.0.0.zip: 403 Forbidden\u001b[0m',
      '2026-11-28T04:00:01.0000000Z ##[error]Process completed with exit code 1.',
    ]
    expect(explainOutput(log.join('\n'))).toMatchObject({ code: 'HTTP_FORBIDDEN', module: 'example.com/m@v1.0.0' })
  })

  plainTest('of several failures names the others', () => {
    const output =
      'go: example.com/a@v1.0.0: Get "https://x/": EOF\nverifying example.com/b@v1.0.0: checksum mismatch\n'
    expect(explainOutput(output)).toMatchObject({
      code: 'GO_CHECKSUM_MISMATCH',
      module: 'example.com/b@v1.0.0',
      also: ['CONNECTION_CUT'],
      others: ['example.com/a@v1.0.0'],
    })
  })

  plainTest('of words that nobody knows says so', () => {
    expect(explainOutput('go: something new\n')).toMatchObject({ code: 'GO_FAILED', said: 'something new' })
    expect(explainOutput('\n')).toBeUndefined()
  })

  plainTest('is told with neither passwords nor commands to a runner', () => {
    const output =
      'go: example.com/m@v1.0.0: reading https://me:a-password@proxy.example/example.com/m/@v/v1.0.0.mod: 403 ##[error]x\n'
    const explanation = explainOutput(output)
    const told = explanation && renderExplanation(explanation, plainScreen(80))
    expect(told).toMatch(/HTTP: A proxy forbids this module/)
    expect(told).not.toMatch(/a-password|##\[/)
  })
})
