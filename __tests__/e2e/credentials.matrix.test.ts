import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { whyNoSshd } from '../support/servers/ssh-hosting.ts'
import {
  createWorld,
  GIT_HOST,
  GITLAB,
  keys,
  MECHANISMS,
  PROXY,
  runJob,
  startSsh,
  withKnownHosts,
} from '../support/worlds/mechanisms.ts'
import { CHECKOUT_TOKEN, checkOutByKey, checkOutByToken, makeHostile } from '../support/worlds/runners.ts'

const withSsh = (needed: boolean) => (needed && whyNoSshd !== undefined ? test.skip : test)
if (whyNoSshd !== undefined) console.warn(`The tests with SSH are skipped. ${whyNoSshd}`)

describe.each(Object.entries(MECHANISMS))('%s', (_, mechanism) => {
  withSsh(mechanism.needsSsh === true)('beside what actions/checkout left in the workspace', async () => {
    const ssh = mechanism.needsSsh ? await startSsh() : undefined
    const world = await createWorld(mechanism, ssh)
    await checkOutByToken(world)
    await runJob(world, withKnownHosts(mechanism, ssh))
    const pushes = world.hosts['github.com']?.hits.filter(({ path }) => path.includes('git-receive-pack')) ?? []
    expect(new Set(pushes.map(({ login: one }) => one))).toEqual(new Set([`x-access-token:${CHECKOUT_TOKEN}`]))
  })

  withSsh(true)('on a runner with rewrites, stale tokens and a helper of its own, and checkout by a key', async () => {
    const ssh = await startSsh()
    const world = await createWorld(mechanism, ssh)
    makeHostile(world, ['github.com', GIT_HOST, GITLAB, PROXY])
    await checkOutByKey(world, ssh, keys.checkout)
    await runJob(world, withKnownHosts(mechanism, ssh))
    const pushes = ssh.hits().filter(hit => hit.includes('git-receive-pack'))
    expect(pushes).toEqual([expect.stringMatching(/^checkout git-receive-pack/)])
    if (!mechanism.needsSsh) expect(ssh.hits().filter(hit => !hit.startsWith('checkout '))).toEqual([])
  })
})

withSsh(true)('a key for a host whose ssh has a port of its own', async () => {
  const mechanism = MECHANISMS['an SSH key']
  if (mechanism === undefined) throw new Error('no such mechanism')
  const ssh = await startSsh()
  const world = await createWorld(mechanism, ssh)
  const config = join(world.job.base['HOME'] ?? '', '.ssh', 'config')
  writeFileSync(config, readFileSync(config, 'utf8').replace(/^ {2}(Port|HostKeyAlias) .*\n/gm, ''))
  world.require([`${mechanism.modules[0]}@v1.0.0`])
  const main = await world.use({
    ...mechanism.inputs,
    'ssh-key': `${GIT_HOST}:${ssh.port}/team:\n${keys.one.private}`,
    'ssh-known-hosts': `[${GIT_HOST}]:${ssh.port} ${ssh.hostKey}`,
  })
  expect([main.outcome, main.annotations.filter(({ type }) => type === 'error')]).toEqual(['success', []])
  expect(ssh.hits().filter(hit => hit.startsWith('one git-upload-pack'))).not.toEqual([])
})

withSsh(true)(
  'without ssh-known-hosts a host’s key is looked up as ssh does it, in the machine’s own file',
  async () => {
    const mechanism = MECHANISMS['an SSH key']
    if (mechanism === undefined) throw new Error('no such mechanism')
    const ssh = await startSsh()
    const world = await createWorld(mechanism, ssh)
    await checkOutByToken(world)
    const directory = join(world.job.base['HOME'] ?? '', '.ssh')
    // As ssh itself writes it down on the first contact.
    writeFileSync(join(directory, 'own-hosts'), `[127.0.0.1]:${ssh.port} ${ssh.hostKey}\n`, { mode: 0o600 })
    const config = `Host ${GIT_HOST}\n  HostName 127.0.0.1\n  Port ${ssh.port}\n  UserKnownHostsFile ${directory}/own-hosts\n`
    writeFileSync(join(directory, 'config'), config, { mode: 0o600 })
    await runJob(world, mechanism)
  },
)

test('a gateway for the whole job asks the private proxy with its token, and keeps none of it', async () => {
  const mechanism = MECHANISMS['a private proxy']
  if (mechanism === undefined) throw new Error('no such mechanism')
  const world = await createWorld(mechanism)
  await checkOutByToken(world)
  await runJob(world, { ...mechanism, inputs: { ...mechanism.inputs, gateway: 'job' } })
  expect(world.proxies['proxy.golang.org']?.requests).toEqual([])
})
