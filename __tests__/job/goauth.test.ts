import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { generate } from 'selfsigned'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { type DemoProxy, startProxy } from '../../src/demo/proxy.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { faults } from '../support/servers/faults.ts'
import { runStory } from '../support/worlds/job.ts'
import { cachedFiles, createProject, goEnvironment, type TestProject } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()
const onPosix = process.platform === 'win32' ? test.skip : test

const modules = Array.from({ length: 9 }, (_, i) => buildModule({ path: `example.com/m${i}`, version: 'v1.0.0' }))
const TOKEN = 'Bearer cAnArY-t0ken'
const BASIC = `Basic ${Buffer.from('user:cAnArY-t0ken').toString('base64')}`

interface Proxy extends DemoProxy {
  readonly certificate: string
}

/** A proxy of the user's own that gives nothing without a login. @param says what it answers then */
async function startClosed(login = TOKEN, says = 401): Promise<Proxy> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    extensions: [
      { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
      { name: 'basicConstraints', cA: true },
    ],
  })
  const proxy = await startProxy({
    modules,
    tls: { key, cert },
    fault: ({ headers }) => (headers.authorization === login ? undefined : faults.status(says)),
  })
  return cleanUp({ ...proxy, certificate: cert })
}

interface Lab {
  readonly project: TestProject
  readonly env: Readonly<Record<string, string>>
  /** The command of GOAUTH, as the user would write it. */
  readonly command: string
}

function createLab({ url, certificate }: Proxy, extra: Readonly<Record<string, string>> = {}): Lab {
  const project = cleanUp(createProject({ 'go.mod': goModOf('example.com/p', modules), 'go.sum': goSumOf(modules) }))
  const root = dirname(project.directory)
  const [command, certificates] = [join(root, 'auth'), join(root, 'ca.pem')]
  writeFileSync(command, `#!/bin/sh\nprintf '${url}/\\n\\nAuthorization: ${TOKEN}\\n\\n'\n`)
  chmodSync(command, 0o755)
  writeFileSync(certificates, certificate)
  const env = goEnvironment(project, { GOPROXY: url, GOSUMDB: 'off', SSL_CERT_FILE: certificates, ...extra })
  return { project, env, command }
}

const refused = ({ requests }: DemoProxy, login = TOKEN) =>
  requests.filter(({ headers }) => headers.authorization !== login).length

onPosix.each([
  ['it says 401', 401, (command: string) => command],
  ['it says 403', 403, (command: string) => command],
  ['it says that it has nothing', 404, (command: string) => command],
  ['other ways are tried before', 401, (command: string) => `netrc; ${command}`],
])('a proxy whose login a command of GOAUTH has is left to go: %s', async (_, says, goauth) => {
  const proxy = await startClosed(TOKEN, says)
  const { project, env, command } = createLab(proxy)
  const { story, log } = await runStory(project, {}, { ...env, GOAUTH: goauth(command) })
  expect([story.failure, story.gateway, cachedFiles(env, '.zip').length]).toEqual([undefined, undefined, 9])
  expect(story.warnings).toContainEqual(
    expect.objectContaining({
      code: 'GOAUTH_LEFT_TO_GO',
      message: expect.stringContaining(`${proxy.url} answers ${says} without a login, and GOAUTH names a command`),
    }),
  )
  expect(log).not.toContain('cAnArY')
  // go alone asks for three files of each module.
  expect(refused(proxy)).toBeLessThanOrEqual(3)
  expect(proxy.requests.length).toBeLessThanOrEqual(27 + 6)
})

onPosix('as is one whose login git has, by `GOAUTH=git DIRECTORY`', async () => {
  const proxy = await startClosed(BASIC)
  const { project, env } = createLab(proxy)
  const home = env['HOME'] ?? ''
  mkdirSync(home, { recursive: true })
  const helper = '!f() { test "$1" = get && printf "username=user\\npassword=cAnArY-t0ken\\n"; }; f'
  writeFileSync(join(home, '.gitconfig'), `[credential]\n\thelper = ${JSON.stringify(helper)}\n`)
  const { story } = await runStory(project, {}, { ...env, GOAUTH: `git ${home}` })
  expect([story.failure, story.gateway, cachedFiles(env, '.zip').length]).toEqual([undefined, undefined, 9])
  expect(story.warnings.map(({ code }) => code)).toContain('GOAUTH_LEFT_TO_GO')
  expect(refused(proxy, BASIC)).toBeLessThanOrEqual(6)
})

onPosix('in a chain nobody behind it hears of what it has', async () => {
  const [proxy, behind] = [await startClosed(), cleanUp(await startProxy({ modules }))]
  const { project, env, command } = createLab(proxy, { GOPROXY: `${proxy.url}|${behind.url}` })
  const { story } = await runStory(project, {}, { ...env, GOAUTH: command })
  expect([story.failure, story.gateway, behind.requests.length]).toEqual([undefined, undefined, 0])
})

onPosix('named first it is what go asks; named later, the gateway asks those before it', async () => {
  const [proxy, open] = [await startClosed(), cleanUp(await startProxy({ modules }))]
  for (const [order, fromGateway] of [
    [`${proxy.url} ${open.url}`, false],
    [`${open.url} ${proxy.url}`, true],
  ] as const) {
    const { project, env, command } = createLab(proxy)
    const { story } = await runStory(project, { proxies: order }, { ...env, GOAUTH: command })
    expect([story.failure, story.gateway !== undefined]).toEqual([undefined, fromGateway])
    expect(story.choice?.settings.find(({ name }) => name === 'GOPROXY')?.value).toContain(order.replace(' ', ','))
    expect(story.gateway?.upstreams.map(({ name }) => name) ?? []).toEqual(fromGateway ? [open.url] : [])
  }
})

onPosix('one that needs none, or has another, is fetched from ahead as ever', async () => {
  const open = await startClosed('', 401)
  const anyone = cleanUp(await startProxy({ modules }))
  const { project, env, command } = createLab(open, { GOPROXY: anyone.url })
  const plain = await runStory(project, {}, { ...env, GOAUTH: command })
  expect([plain.story.failure, plain.story.gateway?.served]).toEqual([undefined, expect.any(Number)])

  const proxy = await startClosed(BASIC)
  const lab = createLab(proxy, { GOAUTH: `netrc; ${command}` })
  const netrc = join(dirname(lab.project.directory), 'netrc')
  writeFileSync(netrc, `machine ${new URL(proxy.url).host} login user password cAnArY-t0ken\n`)
  const { story } = await runStory(lab.project, {}, { ...lab.env, NETRC: netrc })
  expect([story.failure, (story.gateway?.placed ?? 0) > 0, refused(proxy, BASIC)]).toEqual([undefined, true, 0])
})
