import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { decompress } from '../support/builders/tar.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { startFakeCache } from '../support/servers/fake-cache.mjs'
import { faults } from '../support/servers/faults.ts'
import { addRepository, goImport } from '../support/servers/git-hosting.ts'
import { checkOut } from '../support/worlds/action.ts'
import type { StepResult } from '../support/worlds/fake-runner.mjs'
import { createPrivateWorld, type PrivateWorld, publicModule } from '../support/worlds/private-world.ts'

const cleanUp = cleanUpAfterEach()

const TOKEN = 'canary-7d20c1f4ab93'
const LOGIN = `oauth2:${TOKEN}`
const basic = `Basic ${Buffer.from(LOGIN).toString('base64')}`
/** A public name that leads to a repository which a token opens; GOPRIVATE knows nothing of it. */
const vanity = buildModule({ path: 'go.vanity.io/lib', version: 'v1.0.0' })
const other = buildModule({ path: 'example.com/other', version: 'v1.0.0', paddingBytes: 20_000 })
const all = [publicModule, other, vanity]

type Service = Awaited<ReturnType<typeof startFakeCache>>

async function openWorld(env: Readonly<Record<string, string>> = {}): Promise<PrivateWorld & { service: Service }> {
  const service = await startFakeCache()
  const world = await createPrivateWorld({
    canaries: [TOKEN],
    hosts: {
      'go.vanity.io': { logins: {}, goGet: () => goImport(vanity.path, 'https://git.acme.io/acme/lib') },
      'git.acme.io': { logins: { '/acme/': [LOGIN] } },
    },
    proxies: {
      'proxy.golang.org': { modules: [publicModule, other] },
      'open.acme.io': { modules: [publicModule, other] },
      'closed.acme.io': {
        modules: all,
        fault: ({ headers }) => (headers.authorization === basic ? undefined : faults.status(401)),
      },
    },
    env: { ...service.env, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1', GONOSUMDB: '*', ...env },
  })
  cleanUp(service)
  cleanUp(world)
  addRepository(world.hosts['git.acme.io']?.root ?? '', 'acme/lib', {
    'go.mod': vanity.mod.toString(),
    'lib.go': 'package lib\n\nconst Version = "v1.0.0"\n',
  })
  checkOut(world.job, { 'go.mod': goModOf('example.com/project', all), 'go.sum': goSumOf(all) })
  return { ...world, service }
}

/** Which modules' zips lie in the newest entry. */
function storedIn({ blobs }: Service): readonly string[] {
  const text = decompress([...blobs.values()].at(-1)?.data ?? Buffer.alloc(0)).toString('latin1')
  return all.map(({ path }) => path).filter(path => text.includes(`${path}/@v/`))
}

const shown = (results: readonly StepResult[]) => results.flatMap(({ log }) => log).join('\n')
const git = { cache: 'true', credentials: `git.acme.io ${TOKEN}` }
const open = [publicModule.path, other.path]

describe('a module behind a public name that only this job’s credentials open', () => {
  test.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>, readonly string[]]>([
    ['from its repository, without a gateway', { ...git, gateway: 'off' }, {}, open],
    ['from its repository, behind an own proxy', git, { GOPROXY: 'https://open.acme.io,direct' }, open],
    ['and cache-private stores it', { ...git, 'cache-private': 'true' }, {}, [...open, vanity.path]],
    [
      'from a proxy with a login, and the rest from another one',
      { cache: 'true', credentials: `closed.acme.io oauth2 ${TOKEN}` },
      { GOPROXY: 'https://open.acme.io,https://closed.acme.io' },
      open,
    ],
  ])('%s', async (_name, inputs, env, expected) => {
    const world = await openWorld(env)
    const main = await world.use(inputs)
    const posts = await world.finish()
    expect([main.outcome, shown(posts)]).toEqual(['success', expect.stringContaining('Saved the module cache')])
    expect(storedIn(world.service)).toEqual(expected)
    const told = `because it may be private (no proxy served it without a login): ${vanity.path}@v1.0.0.`
    expect(shown([main]).includes(told)).toBe(!expected.includes(vanity.path))
    expect(world.leaks()).toEqual([])
  })

  test('nothing is stored where all came from a proxy with a login', async () => {
    const world = await openWorld()
    const main = await world.use({
      cache: 'true',
      'private-proxy': 'https://closed.acme.io',
      credentials: `closed.acme.io oauth2 ${TOKEN}`,
    })
    await world.finish()
    expect([main.outcome, world.service.entries.size]).toEqual(['success', 0])
  })

  test('from its repository; the next job restores the others, fetches it again, and has nothing new to store', async () => {
    const world = await openWorld()
    await world.use(git)
    await world.finish()
    expect(storedIn(world.service)).toEqual(open)
    await world.later('go', ['clean', '-modcache'])
    const main = await world.use(git)
    const { cache } = JSON.parse(readFileSync(main.outputs['report'] ?? '', 'utf8'))
    await world.finish()
    expect([main.outcome, main.outputs['cache-hit'], world.service.entries.size]).toEqual(['success', 'true', 1])
    expect(cache).toMatchObject({ restore: 'exact', files: 6, save: 'unchanged' })
  })

  test('an earlier step had it already, and one of the others: that one is stored', async () => {
    const world = await openWorld()
    const config = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: `url.https://${LOGIN}@git.acme.io/.insteadOf` }
    const ran = await world.later('go', ['mod', 'download', vanity.path, publicModule.path], {
      ...config,
      GIT_CONFIG_VALUE_0: 'https://git.acme.io/',
    })
    expect(ran.exitCode).toBe(0)
    const main = await world.use({ cache: 'true' })
    await world.finish()
    expect([main.outcome, storedIn(world.service)]).toEqual(['success', open])
  })
})
