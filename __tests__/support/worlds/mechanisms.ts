import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from '@jest/globals'
import { buildModule } from '../../../src/demo/modules.ts'
import { cleanUpAfterAll, cleanUpAfterEach } from '../clean-up.ts'
import { faults } from '../servers/faults.ts'
import { addRepository, goImport, moduleFiles } from '../servers/git-hosting.ts'
import { generateKey, type SshHosting, startSshHosting } from '../servers/ssh-hosting.ts'
import type { StepResult } from './fake-runner.mjs'
import {
  COLLECTOR_TOKEN,
  createPrivateWorld,
  type PrivateWorld,
  pages,
  snapshot,
  tracesSent,
  type WorldOptions,
} from './private-world.ts'
import { machineGocache } from './project.ts'
import { CHECKOUT_TOKEN, NARROW_LOGIN, nameSshHosts, PROJECT } from './runners.ts'

const cleanUp = cleanUpAfterEach()

const shared = cleanUpAfterAll().directory('shared-')
export const keys = {
  checkout: generateKey(shared, 'checkout'),
  one: generateKey(shared, 'one'),
  two: generateKey(shared, 'two', 'ecdsa'),
}

/** They look another way in each form: percent-encoded, base64, base64url. */
export const [TOKEN, SECOND] = ['cAnArY-t0ken/~?~?+456%789', 'sEcOnD_cAnArY@~>~>98:7654&3210']
/** A line of each key's middle. */
const keyCanary = ({ private: pem }: { readonly private: string }) => pem.split('\n')[2] ?? ''

/** What a later step's go is given to write go.sum with. */
const MOD = { GOFLAGS: '-modcacherw -mod=mod' }
export const GIT_HOST = 'git.corp.example'
export const GITLAB = 'gitlab.corp.example'
export const PROXY = 'proxy.corp.example'
const GHES = 'ghes.corp.example'

/** One way to private modules: its world, and the inputs that open it. */
export interface Mechanism {
  readonly options: Omit<WorldOptions, 'canaries'>
  readonly inputs: Readonly<Record<string, string>>
  /** The first is required by the project, the second is what a later step gets. */
  readonly modules: readonly [string, string]
  /** `host/path` of repositories, below the host that has them. */
  readonly repositories?: readonly string[]
  readonly needsSsh?: boolean
  /** go before 1.25 knows no logins by path for pages and proxies. */
  readonly needsPaths?: boolean
}

const repositoriesAt = (host: string, ...paths: readonly string[]) => paths.map(path => `${host}/${path}`)
const corpModules = ['lib', 'other'].map(name =>
  buildModule({
    path: `corp.example/${name}`,
    version: 'v1.0.0',
    files: { 'cmd/tool/main.go': 'package main\n\nfunc main() {}\n' },
  }),
)
const publicModule = buildModule({ path: 'example.com/public', version: 'v1.0.0', paddingBytes: 20_000 })
const login = `Basic ${Buffer.from(`robot:${TOKEN}`).toString('base64')}`

/** What a proxy has under this path. */
function objectAt(path: string): Buffer | undefined {
  const list = [...corpModules, publicModule].find(one => path === `${one.path}/@v/list`)
  if (list !== undefined) return Buffer.from(`${list.version}\n`)
  const [, name, version, kind] = /^(.+)\/@v\/(.+)\.(info|mod|zip)$/.exec(path) ?? []
  const found = [...corpModules, publicModule].find(one => one.path === name && one.version === version)
  return found?.[kind as 'info' | 'mod' | 'zip']
}

export const MECHANISMS: Readonly<Record<string, Mechanism>> = {
  'a token for a host': {
    options: {
      hosts: {
        [GIT_HOST]: { logins: { '/team/': [`oauth2:${TOKEN}`] }, goGet: pages(GIT_HOST, ['team/lib', 'team/other']) },
      },
    },
    inputs: { 'private-domains': GIT_HOST, credentials: `${GIT_HOST} ${TOKEN}` },
    modules: [`${GIT_HOST}/team/lib`, `${GIT_HOST}/team/other`],
    repositories: repositoriesAt(GIT_HOST, 'team/lib', 'team/other'),
  },
  'a token for each of two organisations of one host': {
    options: {
      hosts: {
        'github.com': {
          logins: { '/acme/': [`x-access-token:${TOKEN}`], '/acme-labs/': [`x-access-token:${SECOND}`] },
        },
      },
    },
    inputs: {
      'private-domains': 'github.com/acme,github.com/acme-labs',
      credentials: `github.com/acme ${TOKEN}\ngithub.com/acme-labs ${SECOND}`,
    },
    modules: ['github.com/acme/lib', 'github.com/acme-labs/other'],
    repositories: repositoriesAt('github.com', 'acme/lib', 'acme-labs/other'),
  },
  'a private proxy': {
    options: {
      proxies: {
        [PROXY]: {
          modules: [...corpModules, publicModule],
          fault: ({ headers }) => (headers.authorization === login ? undefined : faults.status(401)),
        },
      },
    },
    inputs: {
      'private-domains': 'corp.example',
      'private-proxy': `https://${PROXY}/`,
      credentials: `${PROXY} robot ${TOKEN}`,
    },
    modules: ['corp.example/lib', 'corp.example/other'],
  },
  'a GitLab subgroup': {
    options: {
      hosts: {
        [GITLAB]: {
          logins: { '/group/': [`oauth2:${TOKEN}`] },
          // Who may not see the subgroup's project is told of one that could be in the group.
          goGet: (path, authorized) => {
            const root = authorized ? path.split('/').slice(1, 4).join('/') : path.split('/').slice(1, 3).join('/')
            return goImport(`${GITLAB}/${root}`, `https://${GITLAB}/${root}.git`)
          },
        },
      },
    },
    inputs: { 'private-domains': GITLAB, credentials: `${GITLAB}/group ${TOKEN}` },
    modules: [`${GITLAB}/group/sub/lib`, `${GITLAB}/group/sub/other`],
    repositories: repositoriesAt(GITLAB, 'group/sub/lib', 'group/sub/other'),
  },
  'a token for another port': {
    options: {
      hosts: {
        // The pages are for everybody, the repositories behind the port are not.
        [GIT_HOST]: {
          logins: {},
          goGet: path => {
            const repository = path.split('/').slice(1, 3).join('/')
            return goImport(`${GIT_HOST}/${repository}`, `https://${GIT_HOST}:8443/${repository}.git`)
          },
        },
        [`${GIT_HOST}:8443`]: { logins: { '/': [`robot:${TOKEN}`] } },
      },
    },
    inputs: { 'private-domains': GIT_HOST, credentials: `${GIT_HOST}:8443 robot ${TOKEN}` },
    modules: [`${GIT_HOST}/team/lib`, `${GIT_HOST}/team/other`],
    repositories: repositoriesAt(`${GIT_HOST}:8443`, 'team/lib', 'team/other'),
  },
  'a token for a GitHub of one’s own': {
    options: {
      hosts: {
        [GHES]: { logins: { '/team/': [`x-access-token:${TOKEN}`] }, goGet: pages(GHES, ['team/lib', 'team/other']) },
      },
      env: { GITHUB_SERVER_URL: `https://${GHES}` },
    },
    inputs: { 'private-domains': GHES, credentials: `${GHES} ${TOKEN}` },
    modules: [`${GHES}/team/lib`, `${GHES}/team/other`],
    repositories: repositoriesAt(GHES, 'team/lib', 'team/other'),
  },
  'a token for each of two groups of a host with pages': {
    options: {
      hosts: {
        [GITLAB]: {
          logins: { '/group/': [`oauth2:${TOKEN}`], '/second/': [`oauth2:${SECOND}`] },
          goGet: (path, authorized) =>
            authorized ? pages(GITLAB, ['group/lib', 'second/other'])(path, true) : undefined,
        },
      },
    },
    inputs: { 'private-domains': GITLAB, credentials: `${GITLAB}/group ${TOKEN}\n${GITLAB}/second ${SECOND}` },
    modules: [`${GITLAB}/group/lib`, `${GITLAB}/second/other`],
    repositories: repositoriesAt(GITLAB, 'group/lib', 'second/other'),
    needsPaths: true,
  },
  'a token for each of two paths of a private proxy': {
    options: {
      proxies: {
        [PROXY]: {
          modules: [],
          extra: path => (path.startsWith('/one/') ? objectAt(path.slice('/one/'.length)) : undefined),
          fault: ({ headers }) => (headers.authorization === login ? undefined : faults.status(401)),
        },
      },
    },
    inputs: {
      'private-domains': 'corp.example',
      'private-proxy': `https://${PROXY}/one`,
      credentials: `${PROXY}/two robot ${SECOND}\n${PROXY}/one robot ${TOKEN}`,
    },
    modules: ['corp.example/lib', 'corp.example/other'],
    needsPaths: true,
  },
  'an SSH key': {
    options: {
      hosts: { [GIT_HOST]: { logins: { '/': [] }, goGet: pages(GIT_HOST, ['team/lib', 'team/other']) } },
    },
    inputs: { 'private-domains': GIT_HOST, 'ssh-key': keys.one.private },
    modules: [`${GIT_HOST}/team/lib`, `${GIT_HOST}/team/other`],
    repositories: repositoriesAt('ssh', 'team/lib', 'team/other'),
    needsSsh: true,
  },
  'deploy keys for two repositories': {
    options: { hosts: { 'github.com': { logins: { '/': [] } } } },
    inputs: {
      'private-domains': 'github.com/acme',
      'ssh-key': `github.com/acme/one:\n${keys.one.private}\ngithub.com/acme/two:\n${keys.two.private}`,
    },
    modules: ['github.com/acme/one', 'github.com/acme/two'],
    repositories: repositoriesAt('ssh', 'acme/one', 'acme/two'),
    needsSsh: true,
  },
}

export async function startSsh(): Promise<SshHosting> {
  return cleanUp(
    await startSshHosting({
      checkout: { ...keys.checkout, opens: [PROJECT] },
      one: { ...keys.one, opens: ['team/lib', 'team/other', 'acme/one'] },
      two: { ...keys.two, opens: ['acme/two'] },
    }),
  )
}

/** @param go a directory to find `go` in; undefined: the one of this machine */
export async function createWorld(mechanism: Mechanism, ssh?: SshHosting, go?: string): Promise<PrivateWorld> {
  const { hosts: open = {}, ...options } = mechanism.options
  const hosts = Object.fromEntries(
    Object.entries(open).map(([name, host]) => [name, { ...host, hidden: { '/': NARROW_LOGIN } }]),
  )
  const github = hosts['github.com'] ?? { logins: {} }
  const world = cleanUp(
    await createPrivateWorld({
      canaries: [TOKEN, SECOND, keyCanary(keys.one), keyCanary(keys.two)],
      traced: 'http/protobuf',
      ...options,
      hosts: {
        ...hosts,
        'github.com': {
          ...github,
          logins: { ...github.logins, [`/${PROJECT}`]: [`x-access-token:${CHECKOUT_TOKEN}`] },
        },
      },
      env: {
        GOCACHE: machineGocache(),
        ...(go !== undefined && { PATH: `${go}:${process.env['PATH']}` }),
        ...options.env,
      },
    }),
  )
  // Where `go env -w` writes; what is there is the user's.
  const goEnv = join(world.job.base['HOME'] ?? '', GO_ENV)
  mkdirSync(dirname(goEnv), { recursive: true })
  writeFileSync(goEnv, 'GOVCS=*:all\n')
  world.job.base['GOENV'] = goEnv
  mechanism.repositories?.forEach((repository, i) => {
    const [host = '', ...path] = repository.split('/')
    const root = host === 'ssh' ? ssh?.root : world.hosts[host]?.root
    addRepository(root ?? '', path.join('/'), moduleFiles(mechanism.modules[i] ?? ''))
  })
  if (ssh !== undefined) nameSshHosts(world, ssh, ['github.com', GIT_HOST, GITLAB])
  return world
}

const GO_ENV = join('.config', 'go', 'env')

/** Main, a later `go build` that fetches more, a push with checkout's own credentials, and post. */
export async function runJob(world: PrivateWorld, { inputs, modules }: Mechanism): Promise<StepResult> {
  const home = world.job.base['HOME'] ?? ''
  const caches = /^(\.cache\/go-build|go|\.config\/go\/telemetry)\//
  world.require([`${modules[0]}@v1.0.0`])
  const before = [snapshot(home, caches), snapshot(world.job.workspace)]
  expect(Object.keys(before[0] ?? {})).toContain(GO_ENV)
  const main = await world.use(inputs)
  expect(main.log.filter(line => line.startsWith('##[error]'))).toEqual([])
  expect(main.outcome).toBe('success')
  expect(tracesSent(world)).toEqual([`Bearer ${COLLECTOR_TOKEN}`])
  expect([snapshot(home, caches), snapshot(world.job.workspace)]).toEqual(before)
  expect(await world.later('go', ['get', `${modules[1]}@v1.0.0`], MOD)).toMatchObject({ exitCode: 0 })
  expect(await world.later('go', ['build', '-o', '/dev/null', './...'], MOD)).toMatchObject({ exitCode: 0 })
  for (const module of modules) {
    const listed = await world.later('go', ['list', '-m', '-f', '{{.Path}} {{.Version}}', `${module}@v1.0.0`], MOD)
    expect(listed).toEqual({ exitCode: 0, output: `${module} v1.0.0\n` })
  }
  expect(await world.later('go', ['clean', '-modcache'])).toMatchObject({ exitCode: 0 })
  const bin = { GOBIN: join(world.job.root, 'bin') }
  const installed = await world.later('go', ['install', `${modules[1]}/cmd/tool@v1.0.0`], bin)
  expect([installed.exitCode, installed.exitCode === 0 ? '' : installed.output]).toEqual([0, ''])
  expect(await world.later('git', ['commit', '-q', '--allow-empty', '-m', 'two'])).toMatchObject({ exitCode: 0 })
  expect(await world.later('git', ['push', '-q', 'origin', 'main'])).toMatchObject({ exitCode: 0 })
  const [post] = await world.finish()
  expect([post?.outcome, post?.annotations]).toEqual(['success', []])
  expect(readdirSync(world.job.temp)).toEqual([])
  expect(snapshot(home, caches)).toEqual(before[0])
  expect(world.leaks()).toEqual([])
  expect(strayLogins(world, inputs)).toEqual([])
  return main
}

/** Requests that took one of our secrets to a place which it is not for, and those without that had to have one. */
function strayLogins({ hosts, proxies }: PrivateWorld, inputs: Readonly<Record<string, string>>): readonly string[] {
  const isOurs = (text: string) => [TOKEN, SECOND].some(secret => text.includes(secret))
  const atHosts = Object.entries(hosts).flatMap(([host, { hits }]) =>
    hits.filter(hit => isOurs(hit.login ?? '') && !hit.allowed).map(hit => `${host}${hit.path}`),
  )
  const atProxies = Object.entries(proxies).flatMap(([host, { requests }]) => {
    const own = (inputs['private-proxy'] ?? '').startsWith(`https://${host}/`)
    return requests.flatMap(({ headers, path }) =>
      headers.authorization === (own ? login : undefined) ? [] : [`${host}/${path}`],
    )
  })
  return [...atHosts, ...atProxies]
}

export function withKnownHosts(mechanism: Mechanism, ssh: SshHosting | undefined): Mechanism {
  if (!mechanism.needsSsh || ssh === undefined) return mechanism
  const hosts = ['github.com', GIT_HOST].map(host => `${host} ${ssh.hostKey}`).join('\n')
  return { ...mechanism, inputs: { ...mechanism.inputs, 'ssh-known-hosts': hosts } }
}
