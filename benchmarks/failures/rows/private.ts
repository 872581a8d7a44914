import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { faults } from '../../../__tests__/support/servers/faults.ts'
import {
  addRepository,
  goImport,
  type HostingOptions,
  moduleFiles,
} from '../../../__tests__/support/servers/git-hosting.ts'
import { startTlsServer } from '../../../__tests__/support/servers/internet.ts'
import {
  generateKey,
  type KeyPair,
  startSshHosting,
  whyNoSshd,
} from '../../../__tests__/support/servers/ssh-hosting.ts'
import { pages } from '../../../__tests__/support/worlds/private-world.ts'
import { nameSshHosts } from '../../../__tests__/support/worlds/runners.ts'
import { type Failure, failure, type Read } from '../failure.ts'
import { PROJECT, PUBLIC, projectOf } from '../modules.ts'
import type { Scene } from '../scene.ts'
import { TOKEN, WRONG } from './secrets.ts'

const LIB = { path: 'github.com/acme/lib', version: 'v1.0.0' }
const HOST = 'git.corp.example'
const ON_HOST = { path: `${HOST}/team/lib`, version: 'v1.0.0' }
const PRIVATE = { 'private-domains': `github.com/acme,${HOST}` }

/** github.com with one private repository, and the official proxy, which has the public modules. */
async function github(scene: Scene, options: Partial<HostingOptions> = {}, required = LIB): Promise<void> {
  await scene.proxy('proxy.golang.org', { modules: PUBLIC })
  const hosting = await scene.git('github.com', { logins: { '/acme/': [`x-access-token:${TOKEN}`] }, ...options })
  addRepository(hosting.root, 'acme/lib', moduleFiles(LIB.path))
  scene.files(projectOf(PUBLIC, [required]))
}

/** A host of the company's own, with pages that lead go to its repositories. */
async function corporate(scene: Scene, options: Partial<HostingOptions> = {}, required = ON_HOST): Promise<void> {
  await scene.proxy('proxy.golang.org', { modules: PUBLIC })
  const hosting = await scene.git(HOST, {
    logins: { '/team/': [`oauth2:${TOKEN}`] },
    goGet: pages(HOST, ['team/lib']),
    ...options,
  })
  addRepository(hosting.root, 'team/lib', moduleFiles(ON_HOST.path))
  scene.files(projectOf(PUBLIC, [required]))
}

type Case = 'wrong key' | 'changed host key' | 'narrow key' | 'refused'

/** The same over ssh, with the real sshd. */
function ssh(what: Case) {
  return async (scene: Scene): Promise<Read> => {
    const [known, stranger] = ['known', 'stranger'].map(name => generateKey(scene.job.root, name)) as [KeyPair, KeyPair]
    const server = scene.keep(await startSshHosting({ known: { ...known, opens: ['acme/other'] } }))
    scene.port(server.port)
    const port = what === 'refused' ? 1 : server.port
    nameSshHosts(scene, { ...server, config: host => server.config(host).replace(String(server.port), String(port)) }, [
      'github.com',
    ])
    await github(scene)
    return scene.use({
      ...PRIVATE,
      'ssh-key': what === 'wrong key' ? stranger.private : known.private,
      ...(what !== 'changed host key' && { 'ssh-known-hosts': `github.com ${server.hostKey}` }),
    })
  }
}

async function event(scene: Scene, name: string): Promise<void> {
  const file = join(scene.job.root, 'event.json')
  writeFileSync(file, JSON.stringify({ repository: { id: 1 }, pull_request: { head: { repo: { id: 2 } } } }))
  scene.env({ GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: file })
}

/** Modules that not everybody may see. */
export const OF_PRIVATE_MODULES: readonly Failure[] = [
  failure('private-without-anything', 'A private module on GitHub, and nothing is set up for it', async scene => {
    await github(scene)
    return scene.use()
  }),
  failure(
    'private-without-anything-command',
    'A private module on GitHub, and nothing is set up for it: on the command line',
    async scene => {
      await github(scene)
      return scene.run(['run'])
    },
  ),
  failure('private-without-credentials', 'A private module on GitHub without credentials', async scene => {
    await github(scene)
    return scene.use(PRIVATE)
  }),
  failure(
    'private-typo',
    'A private module with a typo in its name: the token is right, and the host says 404',
    async scene => {
      await github(scene, {}, { path: 'github.com/acme/libb', version: 'v1.0.0' })
      return scene.use({ ...PRIVATE, credentials: `github.com/acme ${TOKEN}` })
    },
  ),
  failure('private-version-missing', 'A private module without the version that go.mod asks for', async scene => {
    await github(scene, {}, { ...LIB, version: 'v1.1.0' })
    return scene.use({ ...PRIVATE, credentials: `github.com/acme ${TOKEN}` })
  }),
  failure('private-401', 'The token has expired', async scene => {
    await github(scene)
    return scene.use({ ...PRIVATE, credentials: `github.com/acme ${WRONG}` })
  }),
  failure('private-401-command', 'The token has expired: on the command line', async scene => {
    await github(scene)
    scene.env({ GO_PROXY_SETUP_CREDENTIALS: `github.com/acme ${WRONG}` })
    return scene.run(['run', '--private-domains', 'github.com/acme'])
  }),
  failure('private-403', 'The token is known and may not read this repository', async scene => {
    await corporate(scene, { forbidden: { '/team/': `oauth2:${WRONG}` } })
    return scene.use({ ...PRIVATE, credentials: `${HOST} ${WRONG}` })
  }),
  failure('private-404', 'The host hides the repository from this token', async scene => {
    await github(scene, { hidden: { '/acme/': `x-access-token:${WRONG}` } })
    return scene.use({ ...PRIVATE, credentials: `github.com/acme ${WRONG}` })
  }),
  failure('private-corporate-401', 'A self-hosted GitLab refuses the token', async scene => {
    await corporate(scene)
    return scene.use({ ...PRIVATE, credentials: `${HOST} ${WRONG}` })
  }),
  failure(
    'private-corporate-without-credentials',
    'A module of a self-hosted GitLab without credentials',
    async scene => {
      await corporate(scene)
      return scene.use(PRIVATE)
    },
  ),
  failure('private-secret-empty', 'The secret is empty: it was given another name', async scene => {
    await github(scene)
    return scene.use({ ...PRIVATE, credentials: 'github.com/acme x-access-token ' })
  }),
  failure('private-other-owner', 'The token is for another organisation', async scene => {
    await github(scene)
    return scene.use({ ...PRIVATE, credentials: `github.com/other ${TOKEN}` })
  }),
  failure('private-path-case', 'The token’s path differs from the module’s only in case', async scene => {
    await github(scene)
    return scene.use({ ...PRIVATE, credentials: `github.com/Acme ${TOKEN}` })
  }),
  failure('private-fork', 'A pull request of a fork gets no secrets', async scene => {
    await github(scene)
    await event(scene, 'pull_request')
    return scene.use({ ...PRIVATE, credentials: 'github.com/acme ' })
  }),
  failure('private-pull-request-target', 'pull_request_target with the code of a fork', async scene => {
    await github(scene)
    await event(scene, 'pull_request_target')
    return scene.use({ ...PRIVATE, credentials: `github.com/acme ${TOKEN}` })
  }),
  failure('private-name-unknown', 'The company’s git host can be reached only through the VPN', async scene => {
    await scene.proxy('proxy.golang.org', { modules: PUBLIC })
    scene.files(projectOf(PUBLIC, [ON_HOST]))
    return scene.use({ ...PRIVATE, credentials: `${HOST} ${TOKEN}` })
  }),
  failure('private-host-silent', 'The company’s git host takes connections and says nothing', async scene => {
    await scene.proxy('proxy.golang.org', { modules: PUBLIC })
    scene.hurryGo()
    scene.route(HOST, 'silent')
    scene.files(projectOf(PUBLIC, [ON_HOST]))
    return scene.use({ ...PRIVATE, credentials: `${HOST} ${TOKEN}`, 'read-timeout': '5s' })
  }),
  failure('private-host-self-signed', 'The certificate of the company’s git host is self-signed', async scene => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: HOST }])
    const server = scene.keep(await startTlsServer({ key, cert }, (_, res) => res.end()))
    await scene.proxy('proxy.golang.org', { modules: PUBLIC })
    scene.route(HOST, server.port)
    scene.files(projectOf(PUBLIC, [ON_HOST]))
    return scene.use({ ...PRIVATE, credentials: `${HOST} ${TOKEN}` })
  }),
  failure(
    'private-page-to-another-host',
    'The page of a module leads to a host that there is no token for',
    async scene => {
      await corporate(scene, { goGet: () => goImport(`${HOST}/team/lib`, 'https://code.corp.example/team/lib') })
      const other = await scene.git('code.corp.example', { logins: { '/team/': [`oauth2:${TOKEN}`] } })
      addRepository(other.root, 'team/lib', moduleFiles(ON_HOST.path))
      return scene.use({ ...PRIVATE, credentials: `${HOST} ${TOKEN}` })
    },
  ),
  failure('private-public-token', 'A token for a host that is not private', async scene => {
    await github(scene)
    scene.files(PROJECT)
    return scene.use({ credentials: `${HOST} ${TOKEN}` })
  }),
  failure('private-proxy-404', 'The private proxy lacks the module', async scene => {
    await github(scene)
    await scene.proxy('athens.corp.example', { modules: PUBLIC })
    return scene.use({ 'private-proxy': 'https://athens.corp.example', fallback: 'off' })
  }),
  failure('private-proxy-401', 'The private proxy wants a login', async scene => {
    await scene.proxy('athens.corp.example', { modules: PUBLIC, fault: () => faults.status(401) })
    scene.files(PROJECT)
    return scene.use({ 'private-proxy': 'https://athens.corp.example' })
  }),
  failure('private-proxy-wrong-token', 'The private proxy refuses the token', async scene => {
    await scene.proxy('athens.corp.example', { modules: PUBLIC, fault: () => faults.status(401) })
    scene.files(PROJECT)
    return scene.use({ 'private-proxy': 'https://athens.corp.example', credentials: `athens.corp.example ${WRONG}` })
  }),
  failure('private-proxy-down', 'The private proxy is not there', async scene => {
    await scene.proxy('proxy.golang.org', { modules: PUBLIC })
    scene.files(PROJECT)
    return scene.use({ 'private-proxy': 'https://athens.corp.example' })
  }),
  failure('private-proxy-500', 'The private proxy fails for a private module alone', async scene => {
    await scene.proxy('athens.corp.example', {
      modules: PUBLIC,
      fault: ({ path }) =>
        path.includes('acme') ? faults.status(500, 'git clone: authentication failed\n') : undefined,
    })
    await github(scene)
    return scene.use({
      'private-proxy': 'https://athens.corp.example',
      fallback: 'off',
    })
  }),
  failure('ssh-wrong-key', 'The SSH key opens nothing', ssh('wrong key'), whyNoSshd),
  failure('ssh-host-key-changed', 'The SSH host key is not the one that is known', ssh('changed host key'), whyNoSshd),
  failure('ssh-narrow-key', 'The SSH key is the deploy key of another repository', ssh('narrow key'), whyNoSshd),
  failure('ssh-refused', 'Nothing listens at the SSH port', ssh('refused'), whyNoSshd),
]
