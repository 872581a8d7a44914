import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { type BuiltModule, buildModule, goSumOf } from '../../../src/demo/modules.ts'
import { type DemoProxy, type Fault, startProxy } from '../../../src/demo/proxy.ts'
import type { Threads } from '../../../src/effects.ts'
import { openHashing } from '../../../src/gateway/keeping/hashing.ts'
import { openPrefill } from '../../../src/gateway/keeping/prefill.ts'
import type { GatewayEvent } from '../../../src/gateway/telling/events.ts'
import { parseGoSum } from '../../../src/go/gosum.ts'
import { cleanUpAfterEach } from '../../support/clean-up.ts'
import { faults, tampered } from '../../support/servers/faults.ts'
import { until } from '../../support/until.ts'
import { gatewayFor, goModDownload, type TestGateway, upstreamAt } from '../../support/worlds/gateway.ts'
import { cachedFiles, goEnvironment, projectOf, type TestProject } from '../../support/worlds/project.ts'
import { inlineThreads } from '../../support/worlds/threads.ts'

const cleanUp = cleanUpAfterEach()

const modules = Array.from({ length: 6 }, (_, i) =>
  buildModule({ path: `example.com/m${i}`, version: 'v1.0.0', paddingBytes: 2_000 }),
)

async function proxy(fault?: (path: string) => Fault | undefined): Promise<DemoProxy> {
  return cleanUp(await startProxy({ modules, ...(fault && { fault: ({ path }) => fault(path) }) }))
}

interface Started {
  readonly gateway: TestGateway
  readonly project: TestProject
  readonly env: Record<string, string>
  readonly download: string
}

/** A gateway that fills the module cache of a new project. */
async function start(
  proxies: readonly DemoProxy[],
  { threads = inlineThreads, trust = 'own' as const, known = modules as readonly BuiltModule[] } = {},
): Promise<Started> {
  const project = cleanUp(projectOf(modules))
  const env = goEnvironment(project)
  const download = join(env['GOMODCACHE'] ?? '', 'cache', 'download')
  const gateway = cleanUp(
    await gatewayFor(
      modules,
      proxies.map(({ url }) => upstreamAt(url, trust)),
      {
        prefill: openPrefill(download, 'test'),
        hashing: openHashing(threads, 1),
        sums: parseGoSum(goSumOf(known)).hashes,
      },
    ),
  )
  return { gateway, project, env, download }
}

const isPlaced = (event: GatewayEvent) => event.kind === 'placed'

const goOffline = ({ project, env }: Started, ...args: string[]) =>
  execFileSync('go', args, { cwd: project.directory, env: { ...env, GOPROXY: 'off' }, encoding: 'utf8' })

describe('what was fetched ahead', () => {
  test('is in the module cache before go asks: go needs no proxy any more, and finds nothing wrong', async () => {
    const started = await start([await proxy()])
    await until(() => started.gateway.events.filter(isPlaced).length === 3 * modules.length)
    goOffline(started, 'mod', 'download')
    expect(goOffline(started, 'mod', 'verify')).toBe('all modules verified\n')
    expect(started.gateway.figures()).toMatchObject({ placed: 3 * modules.length, served: 0 })
    const zip = join(started.download, 'example.com/m0/@v/v1.0.0.zip')
    expect(readFileSync(`${zip}hash`, 'utf8')).toBe(modules[0]?.h1)
    if (process.platform !== 'win32') expect(statSync(zip).mode & 0o777).toBe(0o644)
    expect(cachedFiles(started.env, '.test')).toEqual([])
  })

  test('and cannot be read any more when it is to be put there ends nothing: go gets it from the gateway', async () => {
    const unhandled: unknown[] = []
    const note = (error: unknown) => void unhandled.push(error)
    process.on('unhandledRejection', note)
    cleanUp(() => process.off('unhandledRejection', note))
    const put = () => {
      throw new Error('EBADF: bad file descriptor, read')
    }
    const prefill = { put, remove: () => {} }
    const gateway = cleanUp(await gatewayFor(modules, [upstreamAt((await proxy()).url)], { prefill }))
    const project = cleanUp(projectOf(modules))
    await gateway.settled()
    expect(await goModDownload(project, gateway.url)).toMatchObject({ code: 0 })
    // An unhandled rejection is told once the queue of promises is empty.
    await new Promise(resolve => setImmediate(resolve))
    expect(unhandled).toEqual([])
  })

  test('go that looked just before gets it all the same, and no proxy is asked again', async () => {
    const good = await proxy()
    const { gateway } = await start([good])
    await until(() => gateway.events.filter(isPlaced).length === 3 * modules.length)
    for (const kind of ['info', 'mod', 'zip'] as const) {
      const response = await fetch(`${gateway.url}/example.com/m1/@v/v1.0.0.${kind}`)
      expect(Buffer.from(await response.arrayBuffer())).toEqual(modules[1]?.[kind])
    }
    expect(good.requests).toHaveLength(3 * modules.length)
  })

  test('of whoever is left nothing stays that nobody but itself speaks for', async () => {
    const [left, taken] = [await proxy(), await proxy()]
    const { gateway, download } = await start([left, taken])
    await until(() => gateway.events.filter(isPlaced).length === 3 * modules.length)
    const others = join(download, 'example.com/m0/@v/v1.0.0.info')
    const contentOf = (kind: string) => existsSync(join(download, `example.com/m1/@v/v1.0.0.${kind}`))
    gateway.adopt([upstreamAt(taken.url, 'own')], undefined)
    expect([existsSync(others), contentOf('info'), contentOf('mod'), contentOf('zip')]).toEqual([
      false,
      false,
      true,
      true,
    ])
    const response = await fetch(`${gateway.url}/example.com/m1/@v/v1.0.0.info`)
    expect(Buffer.from(await response.arrayBuffer())).toEqual(modules[1]?.info)
    expect(taken.requests.map(({ path }) => path)).toEqual(['example.com/m1/@v/v1.0.0.info'])
  })

  test('wrong zips of a trusted proxy never get there: the next one is asked, and the liar is out', async () => {
    const lie = new Map(modules.map(module => [`${module.path}/@v/${module.version}.zip`, tampered(module).zip]))
    const bad = await proxy(path => (lie.has(path) ? faults.send(lie.get(path) as Buffer) : undefined))
    const started = await start([bad, await proxy()])
    await until(() => started.gateway.events.filter(isPlaced).length === 3 * modules.length)
    expect(goOffline(started, 'mod', 'verify')).toBe('all modules verified\n')
    expect(started.gateway.quarantined()).toEqual([bad.url])
  })

  test('of a zip in which readers could see different files only the bytes are right: go is to look itself', async () => {
    // Behind the end record there may be another one, which another reader would find.
    const odd = modules.map(module => ({ ...module, zip: Buffer.concat([module.zip, Buffer.from('x')]) }))
    for (const { zip } of odd) zip.writeUInt16LE(1, zip.length - 3)
    const strange = cleanUp(await startProxy({ modules: odd }))
    const started = await start([strange])
    expect(await goModDownload(started.project, started.gateway.url)).toEqual({ code: 0, words: '' })
    const zips = started.gateway.events.filter(event => event.kind === 'placed' && event.target.endsWith('.zip'))
    expect(zips).toEqual([])
  })

  test('without a line in go.sum is not fetched ahead, and not put there when go asks', async () => {
    const started = await start([await proxy()], { known: modules.slice(1) })
    for (const kind of ['info', 'mod', 'zip']) await fetch(`${started.gateway.url}/example.com/m0/@v/v1.0.0.${kind}`)
    await until(() => started.gateway.events.filter(isPlaced).length === 3 * (modules.length - 1))
    expect(existsSync(join(started.download, 'example.com/m0'))).toBe(false)
  })
})

describe('go is served as ever', () => {
  test('where the module cache cannot be written', async () => {
    const project = cleanUp(projectOf(modules))
    const blocked = join(project.directory, 'file')
    writeFileSync(blocked, '')
    const gateway = cleanUp(
      await gatewayFor(modules, [upstreamAt((await proxy()).url)], {
        prefill: openPrefill(join(blocked, 'cache'), 'test'),
        hashing: openHashing(inlineThreads, 1),
      }),
    )
    expect(await goModDownload(project, gateway.url)).toEqual({ code: 0, words: '' })
    expect(gateway.events.filter(isPlaced)).toEqual([])
  })

  const mute: Threads = { start: () => ({ post: () => {}, end: () => {} }) }
  test('where the thread never answers: a trusted zip goes out once go waits for it', async () => {
    const { gateway, project } = await start([await proxy()], { threads: mute })
    expect(await goModDownload(project, gateway.url)).toEqual({ code: 0, words: '' })
  })

  const dying: Threads = {
    start: (_task, _onMessage, onGone) => ({ post: () => setImmediate(onGone), end: () => {} }),
  }
  test.each(['own', 'mirror'] as const)('where the thread dies: %s', async trust => {
    const { gateway, project } = await start([await proxy()], { threads: dying, trust: trust as 'own' })
    expect(await goModDownload(project, gateway.url)).toEqual({ code: 0, words: '' })
  })
})

test('a file that cannot be stored is nobody’s fault: it is said, and no proxy is blamed', async () => {
  const good = await proxy()
  const gateway = cleanUp(
    await gatewayFor(modules, [upstreamAt(good.url)], {
      hashing: openHashing(inlineThreads, 1),
      temporaryDirectory: '/nonexistent/for/sure',
      ahead: false,
    }),
  )
  const response = await fetch(`${gateway.url}/example.com/m0/@v/v1.0.0.zip`)
  expect([response.status, await response.text()]).toEqual([
    502,
    'no proxy could serve it: it could not be stored here (ENOENT)\n',
  ])
  expect(gateway.figures().upstreams).toMatchObject([{ failures: 0 }])
  expect((await fetch(`${gateway.url}/example.com/m0/@v/v1.0.0.mod`)).status).toBe(200)
})

test('two that fill the same cache do not disturb each other', () => {
  const project = cleanUp(projectOf([]))
  const cache = join(project.directory, 'cache')
  const [one, two] = [openPrefill(cache, 'one'), openPrefill(cache, 'two')]
  expect(one.put('example.com/m/@v/v1.0.0.mod', Buffer.from('a'))).toBe(
    two.put('example.com/m/@v/v1.0.0.mod', Buffer.from('a')),
  )
  mkdirSync(join(project.directory, 'other'))
  const moved = join(project.directory, 'moved')
  writeFileSync(moved, 'zip')
  chmodSync(moved, 0o600)
  expect(one.put('example.com/m/@v/v1.0.0.zip', { path: moved }, 'h1:x')).toBe(
    join(cache, 'example.com/m/@v/v1.0.0.zip'),
  )
  expect(existsSync(moved)).toBe(false)
})
