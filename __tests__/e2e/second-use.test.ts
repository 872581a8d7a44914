import { expect, test } from '@jest/globals'
import { parseOriginals } from '../../src/settings/original.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { addRepository, moduleFiles } from '../support/servers/git-hosting.ts'
import { createPrivateWorld, type PrivateWorld, pages } from '../support/worlds/private-world.ts'

const cleanUp = cleanUpAfterEach()

const TOKEN = 'cAnArY-t0ken-456789'
const [A, B] = ['git.acme.example.net', 'git.other.example.net']
const ATHENS = 'athens.example.net'
/** Nothing is fetched in the use itself. */
const QUIET = { cache: 'false', download: 'false', benchmark: 'off' }

async function createWorld(env: Readonly<Record<string, string>> = {}): Promise<PrivateWorld> {
  const hosting = (host: string) => ({ logins: { '/': [`oauth2:${TOKEN}`] }, goGet: pages(host, ['lib']) })
  const world = cleanUp(
    await createPrivateWorld({
      canaries: [TOKEN],
      hosts: { [A]: hosting(A), [B]: hosting(B) },
      proxies: { [ATHENS]: {}, 'sum.golang.org': {} },
      env,
    }),
  )
  for (const host of [A, B]) addRepository(world.hosts[host]?.root ?? '', 'lib', moduleFiles(`${host}/lib`))
  world.require([])
  return world
}

const credentials = (host: string) => ({ 'private-domains': host, credentials: `${host} ${TOKEN}` })
const heardOf = (world: PrivateWorld, host: string, what: string) =>
  (world.proxies[host]?.requests ?? []).filter(request => JSON.stringify(request).includes(what))

test('private domains are the job’s: a later use adds its own, or none, and public proxies hear of nothing', async () => {
  const world = await createWorld({ GOPRIVATE: 'user.example', GONOSUMDB: 'unchecked.example' })
  const { env } = world.job
  expect((await world.use({ ...QUIET, ...credentials(A) })).outcome).toBe('success')
  expect((await world.use({ ...QUIET, ...credentials(B) })).outcome).toBe('success')
  const patterns = `user.example,${A},${B}`
  expect([env['GOPRIVATE'], env['GONOSUMDB']]).toEqual([patterns, `unchecked.example,${A},${B}`])
  const third = await world.use(QUIET)
  expect(third.log.join('\n')).toContain(`Kept from an earlier use in this job: private-domains ${A}, ${B}`)
  expect(env['GOPRIVATE']).toBe(patterns)
  // Named again, it is there once.
  await world.use({ ...QUIET, 'private-domains': A })
  expect([env['GOPRIVATE'], env['GONOSUMDB']]).toEqual([patterns, `unchecked.example,${A},${B}`])
  expect(parseOriginals(env['GOPROXYSETUP_ORIGINAL'])['GOPRIVATE']).toEqual({
    exported: patterns,
    original: 'user.example',
  })
  for (const host of [A, B]) {
    expect(await world.later('go', ['mod', 'download', `${host}/lib@v1.0.0`])).toMatchObject({ exitCode: 0 })
    expect([...heardOf(world, 'proxy.golang.org', host), ...heardOf(world, 'sum.golang.org', host)]).toEqual([])
  }
  await world.finish()
  expect(world.leaks()).toEqual([])
})

test('a private proxy stays, with its checksum database and ending, until another is named', async () => {
  const world = await createWorld()
  const { env } = world.job
  await world.use({ ...QUIET, 'private-proxy': `https://${ATHENS}`, sumdb: 'off', fallback: 'off' })
  const chain = [env['GOPROXY'], env['GONOPROXY'], env['GOSUMDB']]
  expect(chain).toEqual([`https://${ATHENS}`, 'none', 'off'])
  const second = await world.use({ ...QUIET, proxies: 'official', 'private-domains': A })
  expect(second.annotations.map(({ message }) => message).join()).toContain('CANDIDATES_PRIVATE_PROXY_ALONE')
  expect([env['GOPROXY'], env['GONOPROXY'], env['GOSUMDB']]).toEqual(chain)
  await world.later('go', ['mod', 'download', `${B}/lib@v1.0.0`])
  expect([heardOf(world, 'proxy.golang.org', B), heardOf(world, 'sum.golang.org', B)]).toEqual([[], []])
  expect(heardOf(world, ATHENS, B)).not.toEqual([])
  await world.use({ ...QUIET, 'private-proxy': 'https://goproxy.example.net' })
  expect([env['GOPROXY'], env['GOPRIVATE'], env['GONOPROXY']]).toEqual([
    'https://goproxy.example.net,direct',
    A,
    'none',
  ])
  await world.finish()
})

test('a private proxy named second serves the first one’s domains, too', async () => {
  const world = await createWorld()
  const { env } = world.job
  await world.use({ ...QUIET, ...credentials(A) })
  await world.use({ ...QUIET, 'private-proxy': `https://${ATHENS}` })
  expect([env['GOPROXY'], env['GOPRIVATE'], env['GONOPROXY']]).toEqual([`https://${ATHENS},direct`, A, 'none'])
  // It has no such module, so go asks the host itself, with the first use's token.
  expect(await world.later('go', ['mod', 'download', `${A}/lib@v1.0.0`])).toMatchObject({ exitCode: 0 })
  expect([...heardOf(world, 'proxy.golang.org', A), ...heardOf(world, 'sum.golang.org', A)]).toEqual([])
  await world.finish()
  expect(world.leaks()).toEqual([])
})

test('modules that look private stay hidden from the mirrors of a later use', async () => {
  const world = await createWorld()
  const { env } = world.job
  const secret = 'git.corp.internal/team/secret'
  world.require([`${secret}@v1.0.0`])
  await world.use({ ...QUIET, proxies: 'https://goproxy.cn' })
  const shelter = env['GONOPROXY']
  expect(shelter?.split(',')).toContain(secret)
  world.require([])
  await world.use({ ...QUIET, proxies: 'https://goproxy.cn', 'private-domains': A })
  expect(env['GONOPROXY']?.split(',')).toEqual(expect.arrayContaining([secret, A]))
  await world.finish()
})

test('a use that exports nothing leaves no trace, and knows what was private before', async () => {
  const world = await createWorld()
  const before = { ...world.job.env }
  await world.use({ ...QUIET, ...credentials(A), export: 'false' })
  expect(world.job.env).toEqual(before)
  await world.use({ ...QUIET, 'private-domains': B })
  expect(world.job.env['GOPRIVATE']).toBe(B)
  const exported = { ...world.job.env }
  const third = await world.use({ ...QUIET, export: 'false' })
  expect(third.outputs['goprivate'] ?? B).toBe(B)
  expect(world.job.env).toEqual(exported)
  await world.finish()
})

test('what no use could have written in the variable counts for nothing', async () => {
  const world = await createWorld()
  const settings = { GOPRIVATE: { exported: 'x', original: 'a\nGOFLAGS=-toolexec=x' } }
  const carried = {
    privateDomains: ['a,b', 'https://x.example', '-toolexec', 5],
    sheltered: ['../x'],
    privateProxy: { url: 'https://proxy.golang.org', sumdb: 'auto' },
  }
  world.job.env['GOPROXYSETUP_ORIGINAL'] = JSON.stringify({ ...settings, private: carried })
  world.job.env['GOPRIVATE'] = 'x'
  const used = await world.use({ ...QUIET, 'private-domains': B })
  expect([used.outcome, used.failures]).toEqual(['success', []])
  const { env } = world.job
  expect([env['GOPRIVATE'], env['GONOPROXY'], env['GOFLAGS']]).toEqual([`x,${B}`, undefined, undefined])
  expect(env['GOPROXY']).toBe('https://proxy.golang.org,direct')
  await world.finish()
})
