import { execFileSync, spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, expect } from '@jest/globals'
import { parse } from 'yaml'
import { type BuiltModule, buildModule, goModOf, goSumOf } from '../../../src/demo/modules.ts'
import { startProxy } from '../../../src/demo/proxy.ts'
import { PRESETS } from '../../../src/inputs/presets.ts'
import { type Authority, createAuthority } from '../builders/certificates.ts'
import { type CleanUp, cleanUpAfterAll, cleanUpAfterEach } from '../clean-up.ts'
import { makeDatabase } from '../servers/database.ts'
import { addRepository, goImport, moduleFiles, startGitHosting } from '../servers/git-hosting.ts'
import { type Internet, type Route, startInternet } from '../servers/internet.ts'
import { DIST } from './action.ts'
import { ROOT } from './documents.ts'
import { cachedFiles, createProject, goEnvironment, machineGocache } from './project.ts'

/** What the secret store of each CI system holds. */
export const TOKEN = 'cAnArY-t0ken-0123456789'

/** Where the examples have their private modules, and the user that goes with a token there. */
const PRIVATE = {
  'github.com/my-org': 'x-access-token',
  'gitlab.com/my-group': 'gitlab-ci-token',
  'bitbucket.org/my-workspace': 'x-token-auth',
  'git.corp.example/my-team': 'x-access-token',
} as const

export type PrivateDomain = keyof typeof PRIVATE

const PUBLIC = [0, 1, 2].map(i => buildModule({ path: `example.com/m${i}`, version: 'v1.0.0' }))

/** The scanner of the pipeline: as little of it as is called. */
const SCANNER = buildModule({
  path: 'golang.org/x/vuln',
  version: 'v1.9.0',
  files: {
    'go.sum': '',
    'cmd/govulncheck/main.go':
      'package main\n\nimport "os"\n\nfunc main() {\n\tfor _, arg := range os.Args[1:] {\n\t\tprintln("govulncheck", arg)\n\t}\n}\n',
  },
})

const LIBRARIES = Object.fromEntries(
  Object.keys(PRIVATE).map(domain => {
    const files = moduleFiles(`${domain}/lib`)
    return [domain, buildModule({ path: `${domain}/lib`, version: 'v1.0.0', goMod: files['go.mod'] ?? '', files })]
  }),
) as Readonly<Record<PrivateDomain, BuiltModule>>

/**
 * The internet that the examples name: the public proxies with all modules, and repositories that want a login. Google's
 * proxy is down, so that what was measured is not what go would take without settings.
 */
export interface ExampleWorld {
  readonly authority: Authority
  readonly internet: Internet
  /** The same, with some hosts elsewhere. */
  readonly internetWith: (routes: Readonly<Record<string, Route>>) => Promise<Internet>
  /** GOSUMDB of a database that knows the scanner. */
  readonly gosumdb: string
}

async function openExampleWorld(cleanUp: CleanUp): Promise<ExampleWorld> {
  const authority = await createAuthority(cleanUp.directory('authority-'))
  const proxies = [...new Set(Object.values<readonly string[]>(PRESETS).flat())].map(url => new URL(url).host)
  const proxy = cleanUp(await startProxy({ modules: [...PUBLIC, SCANNER], tls: await authority.issue(proxies) }))
  const domains = Object.keys(PRIVATE) as PrivateDomain[]
  const hosts = domains.map(hostOf)
  const hosting = cleanUp(
    await startGitHosting(await authority.issue(hosts), {
      logins: Object.fromEntries(domains.map(domain => [pathOf(domain), [`${PRIVATE[domain]}:${TOKEN}`]])),
      goGet: path => {
        const domain = domains.find(one => path.startsWith(pathOf(one)))
        return domain && goImport(`${domain}/lib`, `https://${domain}/lib.git`)
      },
    }),
  )
  for (const domain of domains) addRepository(hosting.root, `${pathOf(domain)}lib`, moduleFiles(`${domain}/lib`))
  const database = makeDatabase('sum.test.example', SCANNER)
  const sumdb = cleanUp(await startProxy({ modules: [], extra: path => database.answers.get(path) }))
  const routes = {
    ...Object.fromEntries(proxies.map(host => [host, proxy.port])),
    ...Object.fromEntries(hosts.map(host => [host, hosting.port])),
  }
  const internetWith = async (others: Readonly<Record<string, Route>>) =>
    cleanUp(await startInternet({ ...routes, ...others }))
  return {
    authority,
    internetWith,
    internet: await internetWith({ 'proxy.golang.org': 'cut' }),
    gosumdb: `${database.verifierKey} ${sumdb.url}`,
  }
}

/** What the tests of a file play their examples with. */
interface ExampleTests {
  /** What it is given goes at the end of each test. */
  readonly cleanUp: CleanUp
  /** One for all tests of the file. */
  readonly world: () => ExampleWorld
  readonly checkOut: (domain?: PrivateDomain) => Checkout
}

/** Opens the world before the first test of a file and closes it after the last. Call it at the top of the file. */
export function openExampleTests(): ExampleTests {
  const shared = cleanUpAfterAll()
  const cleanUp = cleanUpAfterEach()
  let opened: ExampleWorld | undefined
  beforeAll(async () => {
    opened = await openExampleWorld(shared)
  })
  const world = () => {
    if (opened === undefined) throw new Error('The world opens before the first test: this is not within one.')
    return opened
  }
  return { cleanUp, world, checkOut: (domain = 'github.com/my-org') => checkOutService(world(), cleanUp, domain) }
}

const hostOf = (domain: PrivateDomain) => domain.split('/')[0] ?? ''
const pathOf = (domain: PrivateDomain) => `/${domain.split('/')[1]}/`

/** A service that imports the public modules, and the private one of this domain. */
export function serviceFiles(domain?: PrivateDomain): Readonly<Record<string, string>> {
  const all = modulesOf(domain)
  const imports = all.map(({ path }) => `\t"${path}"\n`).join('')
  const uses = [...PUBLIC.map((_, i) => `m${i}.Version`), ...(domain === undefined ? [] : ['lib.Name'])]
  return {
    // The Go that is installed is the one that is asked for.
    'go.mod': goModOf('example.com/service', all, machineGo()),
    'go.sum': goSumOf(all),
    'main.go': `package main\n\nimport (\n${imports})\n\nvar names = []string{${uses.join(', ')}}\n\nfunc main() { println(len(names)) }\n`,
    'main_test.go': `package main\n\nimport "testing"\n\nfunc TestNames(t *testing.T) {\n\tif len(names) != ${all.length} {\n\t\tt.Fatal(names)\n\t}\n}\n`,
  }
}

function modulesOf(domain: PrivateDomain | undefined): readonly BuiltModule[] {
  return domain === undefined ? PUBLIC : [...PUBLIC, LIBRARIES[domain]]
}

function machineGo(): string {
  return execFileSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }).replace(/^go(\S+)[\s\S]*/, '$1')
}

/** Variables under which go, git and the program see that internet. */
export function worldVariables({ authority }: ExampleWorld, internet: Internet): Readonly<Record<string, string>> {
  const path = `${dirname(process.execPath)}:${process.env['PATH']}`
  return {
    ...internet.env,
    ...authority.env,
    GIT_CONFIG_NOSYSTEM: '1',
    // A busy machine must not look like slow proxies.
    GO_PROXY_SETUP_BENCHMARK_TIMEOUT: '30s',
    'INPUT_BENCHMARK-TIMEOUT': '30s',
    PATH: path,
    npm_config_update_notifier: 'false',
  }
}

/** A checkout in which an example is played. */
export interface Checkout {
  readonly directory: string
  /** Of the test's own, beside it. */
  readonly root: string
  /** Where the private module is. */
  readonly domain: PrivateDomain | undefined
  readonly env: Readonly<Record<string, string>>
}

function checkOutService(world: ExampleWorld, cleanUp: CleanUp, domain: PrivateDomain): Checkout {
  const project = cleanUp(createProject({ ...serviceFiles(domain), 'ci/.keep': '' }))
  const { directory } = project
  const root = dirname(directory)
  copyFileSync(DIST, join(directory, 'ci', 'go-proxy-setup.js'))
  const env = goEnvironment(project, {
    ...worldVariables(world, world.internet),
    TMPDIR: root,
    GOCACHE: machineGocache(),
  })
  return { directory, root, domain, env }
}

/** The cache step of an example has restored this directory: what the machine has built, for go compiles nothing twice. */
export function restoreBuildCache({ directory }: Checkout, path: string): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true })
  symlinkSync(machineGocache(), join(directory, path))
}

/** What a script printed. */
export interface Said {
  readonly stdout: string
  readonly all: string
}

/** The way in which CI systems start a script: a shell, and its options. */
export const SHELLS = {
  bash: ['bash', '-eo', 'pipefail'],
  bashWithoutEnd: ['bash', '--noprofile', '--norc'],
  sh: ['sh', '-e'],
  shWithTrace: ['sh', '-xe'],
  shWithoutEnd: ['sh'],
} as const

export type Shell = keyof typeof SHELLS

/** Scripts of one example, one after the other in the same checkout; each must succeed. */
export interface Play {
  readonly run: (
    shell: Shell,
    lines: string | readonly string[],
    env?: Readonly<Record<string, string>>,
  ) => Promise<Said>
  /** All that was printed so far. */
  readonly log: () => string
}

export function startPlay({ directory, env }: Checkout): Play {
  const logs: string[] = []
  return {
    async run(shell, lines, more = {}) {
      const script = [lines].flat().join('\n')
      const [program, ...options] = SHELLS[shell]
      const { code, ...said } = await execute(program, [...options, '-c', script], directory, { ...env, ...more })
      logs.push(said.all)
      expect([script, code, said.all]).toEqual([script, 0, said.all])
      return said
    },
    log: () => logs.join(''),
  }
}

function execute(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Said & { readonly code: number }> {
  return new Promise((resolve, reject) => {
    // No standard input: Node's would be a socket, with which bash takes itself for a remote shell and leaves out $BASH_ENV.
    const child = spawn(program, args, { cwd, env, timeout: 60_000, stdio: ['ignore', 'pipe', 'pipe'] })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.on('error', reject)
    child.on('close', code => resolve({ code: code ?? -1, stdout, all: stdout + stderr }))
  })
}

/** A last line for the script of a later step: what go takes its settings to be there. */
export const ASK_GO = 'go env GOPROXY GOPRIVATE'

/** @param said of a later step that ended with `ASK_GO` */
export function expectSettings({ stdout }: Said, { domain }: Checkout): void {
  const [goproxy = '', goprivate = ''] = stdout.trimEnd().split('\n').slice(-2)
  expect([goproxy, goprivate]).toEqual([expect.stringMatching(PUBLIC_PROXY), domain])
}

const PUBLIC_PROXY = /^https:\/\/(goproxy\.cn|goproxy\.io|mirrors\.\w+\.com|repo\.[\w.]+)\b/

/** All modules came, the private one with its login. */
export function expectModules({ env, domain }: Checkout, more: Readonly<Record<string, string>> = {}): void {
  expect(cachedFiles({ ...env, ...more }, '.zip')).toEqual(
    modulesOf(domain)
      .map(({ path, version }) => `${path}/@v/${version}.zip`)
      .sort(),
  )
}

/** The report is where the example keeps it. @param path below the checkout, or absolute */
export function expectReport({ directory, domain }: Checkout, path: string): void {
  const report = JSON.parse(readFileSync(path.startsWith('/') ? path : join(directory, path), 'utf8'))
  expect([report.outcome, report.project.modules]).toEqual(['success', modulesOf(domain).length])
}

/** The token is neither in what was printed nor in a file of the checkout, nor in its caches. */
export function expectNoToken({ root }: Checkout, log: string): void {
  const forms = [TOKEN, ...Object.values(PRIVATE).map(user => Buffer.from(`${user}:${TOKEN}`).toString('base64'))]
  expect(log).not.toBe('')
  expect(forms.filter(form => log.includes(form))).toEqual([])
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  expect(files.length).toBeGreaterThan(5)
  const holding = files.map(entry => join(entry.parentPath, entry.name)).filter(file => holds(file, forms))
  expect(holding).toEqual([])
}

function holds(file: string, forms: readonly string[]): boolean {
  const text = readFileSync(file, 'latin1')
  return forms.some(form => text.includes(form))
}

/** The text of an example. @param file below examples/ */
export function readExample(file: string): string {
  return readFileSync(join(ROOT, 'examples', file), 'utf8')
}

// biome-ignore lint/suspicious/noExplicitAny: each system has its own form, which its schema is held against elsewhere.
export function readYamlExample(file: string): any {
  return parse(readExample(file))
}
