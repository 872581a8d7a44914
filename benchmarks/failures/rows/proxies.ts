import { generate } from 'selfsigned'
import { makeDatabase } from '../../../__tests__/support/servers/database.ts'
import { faults, tampered } from '../../../__tests__/support/servers/faults.ts'
import { startInternet } from '../../../__tests__/support/servers/internet.ts'
import { findFreePort } from '../../../__tests__/support/servers/ports.ts'
import { buildModule } from '../../../src/demo/modules.ts'
import type { Fault, ProxyOptions } from '../../../src/demo/proxy.ts'
import { type Failure, failure, type Read } from '../failure.ts'
import { greet, PROJECT, PUBLIC, projectOf, withWrongLine, words } from '../modules.ts'
import type { Scene } from '../scene.ts'
import { PASSWORD } from './secrets.ts'

const OWN = 'goproxy.corp.example'
const INPUTS = { proxies: `https://${OWN}`, fallback: 'off' }

/** One proxy of the user's own that does this with each request, and nothing behind it. */
function oneProxy(fault: Fault, inputs: Readonly<Record<string, string>> = INPUTS) {
  return async (scene: Scene): Promise<Read> => {
    if (fault === faults.silent) scene.hurry()
    await scene.proxy(OWN, { modules: PUBLIC, fault: () => fault })
    scene.files(ONE)
    return scene.use(inputs)
  }
}

const zips =
  (fault: Fault): NonNullable<ProxyOptions['fault']> =>
  ({ path }) =>
    path.endsWith('.zip') ? fault : undefined

/** The modules, with wrong content for one of them. */
const LYING = [greet, { ...words, zip: tampered(words).zip }]

/** Of two modules that are wrong, either is told of first. */
const ONE = projectOf([words])

/** A checksum database that knows `words`, beside the modules. */
const DATABASE = 'sum.corp.example'
const database = makeDatabase(DATABASE, words)
const answersOf = (head: string) => (path: string) =>
  path.startsWith(`${head}/`) ? database.answers.get(path.slice(head.length)) : undefined

export const OF_PROXIES: readonly Failure[] = [
  failure('proxy-401', 'The company’s proxy wants a login', oneProxy(faults.status(401))),
  failure('proxy-403', 'The company’s proxy refuses this machine', oneProxy(faults.status(403, 'IP not allowed\n'))),
  failure('proxy-404', 'The company’s proxy lacks a module, and nothing comes behind it', async scene => {
    await scene.proxy(OWN, { modules: [greet] })
    scene.files(PROJECT)
    return scene.use(INPUTS)
  }),
  failure(
    'proxy-429',
    'The company’s proxy wants to be asked again in an hour',
    oneProxy(faults.status(429, '', { headers: { 'retry-after': '3600' } })),
  ),
  failure(
    'proxy-500',
    'The company’s proxy has an internal error',
    oneProxy(faults.status(500, 'database is locked\n')),
  ),
  failure('proxy-503', 'The company’s proxy is in maintenance', oneProxy(faults.status(503))),
  failure(
    'proxy-silent',
    'The company’s proxy takes connections and says nothing',
    oneProxy(faults.silent, { ...INPUTS, 'read-timeout': '300ms' }),
  ),
  failure('proxy-portal', 'A captive portal answers everything with its login page', oneProxy(faults.portal)),
  failure('proxy-redirects', 'The company’s proxy redirects in a circle', oneProxy(faults.redirectToItself)),
  failure('proxy-cuts', 'The company’s proxy breaks each body off', oneProxy(faults.cut, INPUTS)),
  failure('proxy-refused', 'Nothing listens where the company’s proxy should be', async scene => {
    const port = await findFreePort()
    scene.port(port)
    scene.env({ NO_PROXY: '127.0.0.1' })
    scene.files(PROJECT)
    return scene.use({ proxies: `http://127.0.0.1:${port}`, fallback: 'off' })
  }),
  failure('proxy-unknown-name', 'The company’s proxy has a name that does not exist', async scene => {
    scene.env({ HTTPS_PROXY: '', https_proxy: '' })
    scene.files(PROJECT)
    return scene.use({
      proxies: 'https://goproxy.corp.invalid',
      fallback: 'off',
    })
  }),
  failure('proxy-expired-certificate', 'The certificate of the company’s proxy has expired', async scene => {
    const validity = { from: new Date('2020-01-01'), to: new Date('2021-01-01') }
    await scene.proxy(OWN, { modules: PUBLIC, tls: await scene.authority.issue([OWN], validity) })
    scene.files(PROJECT)
    return scene.use(INPUTS)
  }),
  failure('proxy-self-signed', 'The certificate of the company’s proxy is self-signed', async scene => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: OWN }])
    await scene.proxy(OWN, { modules: PUBLIC, tls: { key, cert } })
    scene.files(PROJECT)
    return scene.use(INPUTS)
  }),
  failure('proxy-wrong-certificate-name', 'The certificate of the company’s proxy is for another name', async scene => {
    await scene.proxy(OWN, { modules: PUBLIC, tls: await scene.authority.issue(['other.example']) })
    scene.files(PROJECT)
    return scene.use(INPUTS)
  }),
  failure('proxy-no-tls', 'The company’s proxy speaks http where https is asked for', async scene => {
    const url = await scene.local({ modules: PUBLIC })
    scene.route(OWN, Number(new URL(url).port))
    scene.files(PROJECT)
    return scene.use(INPUTS)
  }),
  failure('proxy-wrong-login', 'The login in the proxy’s URL is wrong', async scene => {
    await scene.proxy(OWN, {
      modules: PUBLIC,
      fault: ({ headers }) => (headers.authorization === 'Basic right' ? undefined : faults.status(401)),
    })
    scene.env({ GOPROXY: `https://robot:${PASSWORD}@${OWN}` })
    scene.files(PROJECT)
    return scene.use()
  }),
  failure('proxy-lies', 'The only proxy sends wrong content', async scene => {
    await scene.proxy(OWN, { modules: LYING })
    scene.files(ONE)
    return scene.use(INPUTS)
  }),
  failure('proxy-lies-other-does-not', 'One of two proxies sends wrong content', async scene => {
    await scene.proxy(OWN, { modules: LYING })
    await scene.proxy('other.corp.example', { modules: PUBLIC, latencyMs: 40 })
    scene.files(PROJECT)
    return scene.use({ proxies: `https://${OWN} https://other.corp.example`, benchmark: 'off', gateway: 'off' })
  }),
  failure('proxy-bad-zip', 'The only proxy sends a zip that is none', async scene => {
    await scene.proxy(OWN, { modules: PUBLIC, fault: zips(faults.half) })
    scene.files(PROJECT)
    return scene.use(INPUTS)
  }),
  failure('proxy-bad-zip-without-sums', 'A zip that is none, for a module without a line in go.sum', async scene => {
    await scene.proxy(OWN, {
      modules: PUBLIC,
      fault: ({ path }) => (path.includes('words') && path.endsWith('.zip') ? faults.half : undefined),
    })
    scene.env({ GONOSUMDB: '*' })
    scene.files(projectOf([greet], [words]))
    return scene.use(INPUTS)
  }),
  failure('zip-names-collide', 'A module has two files whose names differ only in case', async scene => {
    const twins = buildModule({
      path: 'example.com/twins',
      version: 'v1.0.0',
      files: { 'README.md': 'a', 'readme.md': 'b' },
    })
    await scene.proxy('proxy.golang.org', { modules: [...PUBLIC, twins] })
    scene.files(projectOf([...PUBLIC, twins]))
    return scene.use()
  }),
  failure('go-sum-wrong-line', 'A line of go.sum has a wrong hash; proxy and checksum database agree', async scene => {
    await scene.proxy('proxy.golang.org', { modules: PUBLIC })
    await scene.proxy(DATABASE, { modules: [], extra: answersOf('') })
    scene.env({ GOSUMDB: database.verifierKey })
    scene.files({ ...PROJECT, 'go.sum': withWrongLine(PROJECT['go.sum'], words) })
    return scene.use()
  }),
  failure(
    'go-sum-wrong-line-without-database',
    'A line of go.sum has a wrong hash, and no checksum database is asked',
    async scene => {
      await scene.proxy('proxy.golang.org', { modules: PUBLIC })
      scene.env({ GONOSUMDB: '*' })
      scene.files({ ...PROJECT, 'go.sum': withWrongLine(PROJECT['go.sum'], words) })
      return scene.use()
    },
  ),
  failure(
    'retagged',
    'A tag was moved: go.sum and the checksum database have the old content, the proxy the new',
    async scene => {
      const moved = tampered(words)
      await scene.proxy(OWN, { modules: [greet, moved] })
      await scene.proxy('other.corp.example', { modules: [greet, moved] })
      await scene.proxy(DATABASE, { modules: [], extra: answersOf('') })
      scene.env({ GOSUMDB: database.verifierKey })
      scene.files(ONE)
      return scene.use({
        proxies: `https://${OWN} https://other.corp.example`,
        fallback: 'off',
        benchmark: 'off',
      })
    },
  ),
  failure('sumdb-unreachable', 'The checksum database cannot be reached, and go.sum lacks a line', async scene => {
    await scene.proxy('proxy.golang.org', { modules: PUBLIC })
    scene.files(projectOf([greet], [words]))
    return scene.use()
  }),
  failure('sumdb-contradicts', 'The checksum database knows other content than the proxy sends', async scene => {
    await scene.proxy('proxy.golang.org', { modules: LYING })
    await scene.proxy(DATABASE, { modules: [], extra: answersOf('') })
    scene.env({ GOSUMDB: database.verifierKey })
    scene.files(projectOf([greet], [words]))
    return scene.use()
  }),
  failure('sumdb-wrong-key', 'The checksum database signs with another key', async scene => {
    await scene.proxy('proxy.golang.org', { modules: PUBLIC })
    await scene.proxy(DATABASE, { modules: [], extra: answersOf('') })
    scene.env({ GOSUMDB: makeDatabase(DATABASE, words).verifierKey })
    scene.files(projectOf([greet], [words]))
    return scene.use()
  }),
  failure('sumdb-500', 'The checksum database has an internal error', async scene => {
    await scene.proxy('proxy.golang.org', { modules: PUBLIC })
    await scene.proxy(DATABASE, { modules: [], fault: () => faults.status(500) })
    scene.env({ GOSUMDB: database.verifierKey })
    scene.files(projectOf([greet], [words]))
    return scene.use()
  }),
  failure('goproxy-off', 'GOPROXY=off, and the module cache is empty', async scene => {
    scene.env({ GOPROXY: 'off' })
    scene.files(PROJECT)
    return scene.use()
  }),
  failure('goproxy-not-a-url', 'GOPROXY is not a URL', async scene => {
    scene.env({ GOPROXY: 'proxy.corp' })
    scene.files(PROJECT)
    return scene.use()
  }),
  failure('goproxy-file', 'GOPROXY is a directory that lacks a module', async scene => {
    scene.env({ GOPROXY: `file://${scene.job.root}/mirror` })
    scene.files(PROJECT)
    return scene.use()
  }),
  failure('direct-without-git', 'GOPROXY=direct, and git is not installed', async scene => {
    await scene.git('example.com', {
      logins: {},
      goGet: path => `<meta name="go-import" content="example.com${path} git https://example.com${path}.git">`,
    })
    scene.env({ GOPROXY: 'direct', PATH: scene.pathWithout('git') })
    scene.files(PROJECT)
    return scene.use()
  }),
  failure('http-proxy-refuses', 'The HTTP proxy lets nothing through to the module proxy', async scene => {
    scene.route('proxy.golang.org', { status: 403, reason: 'Blocked by policy' })
    scene.files(PROJECT)
    return scene.use({ fallback: 'off' })
  }),
  failure('http-proxy-wants-login', 'The HTTP proxy wants a login', async scene => {
    const { env, port, close } = await startInternet({}, { login: 'user:pass' })
    scene.keep({ close })
    scene.port(port)
    const url = (env['HTTPS_PROXY'] ?? '').replace('user:pass@', '')
    scene.env({ HTTPS_PROXY: url, https_proxy: url })
    scene.files(PROJECT)
    return scene.use()
  }),
  failure('http-proxy-not-there', 'Nothing listens where the HTTP proxy should be', async scene => {
    const port = await findFreePort()
    scene.port(port)
    scene.env({ HTTPS_PROXY: `http://127.0.0.1:${port}`, https_proxy: `http://127.0.0.1:${port}` })
    scene.files(PROJECT)
    return scene.use()
  }),
  failure('no-network', 'There is no network: no name is found', async scene => {
    scene.files(PROJECT)
    return scene.use()
  }),
  failure('no-network-command', 'There is no network: on the command line', async scene => {
    scene.files(PROJECT)
    return scene.run(['run'])
  }),
  failure('slow-after', 'The download takes longer than slow-after', async scene => {
    await scene.proxy('proxy.golang.org', { modules: PUBLIC, latencyMs: 50 })
    scene.files(PROJECT)
    return scene.use({ 'slow-after': '1ms' })
  }),
  failure('timeout', 'The download takes longer than timeout', async scene => {
    await scene.proxy(OWN, { modules: PUBLIC, fault: zips(faults.trickle(200, 100)) })
    scene.files(PROJECT)
    return scene.use({ ...INPUTS, timeout: '1s' })
  }),
]
