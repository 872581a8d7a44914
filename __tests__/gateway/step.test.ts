import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Trust } from '../../src/candidates/candidate.ts'
import { type BuiltModule, buildModule, goSumOf } from '../../src/demo/modules.ts'
import { type DemoProxy, type ProxyOptions, startProxy } from '../../src/demo/proxy.ts'
import type { Gateway } from '../../src/gateway/gateway.ts'
import { startStepGateway } from '../../src/gateway/step.ts'
import { parseGoSum } from '../../src/go/gosum.ts'
import { sortByPrivacy } from '../../src/project/privacy.ts'
import { EMPTY_PROJECT, type Project } from '../../src/project/project.ts'
import { systemClock } from '../../src/runner/clock.ts'
import { systemFiles } from '../../src/runner/files.ts'
import { systemRandom } from '../../src/runner/random.ts'
import { createConnections, transportOver } from '../support/builders/connections.ts'
import { goSettings, type SettingsOverrides } from '../support/builders/settings.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { coldServer } from '../support/servers/cold.ts'
import { until } from '../support/until.ts'
import { QUICK_GATEWAY, upstreamAt } from '../support/worlds/gateway.ts'
import { inlineThreads } from '../support/worlds/threads.ts'

const cleanUp = cleanUpAfterEach()

interface StepCase {
  /** Modules whose zip go needs. */
  readonly needed: readonly BuiltModule[]
  /** Modules of which go.sum knows the go.mod alone. */
  readonly graph?: readonly BuiltModule[]
  readonly settings?: SettingsOverrides
  readonly privateDomains?: readonly string[]
  readonly trust?: Trust
  readonly fault?: ProxyOptions['fault']
  /** Where the graph of a main module begins whose go.mod lists what is needed. */
  readonly prunedGraphs?: Project['prunedGraphs']
}

/** The gateway as the step starts it, before one proxy that has everything. */
async function start(one: StepCase): Promise<{ gateway: Gateway; proxy: DemoProxy }> {
  const { needed, graph = [], privateDomains = [], fault } = one
  const proxy = cleanUp(await startProxy({ modules: [...needed, ...graph], ...(fault === undefined ? {} : { fault }) }))
  const temporaryDirectory = cleanUp.directory('step-')
  const settings = goSettings({ gomodcache: join(temporaryDirectory, 'modcache'), ...one.settings })
  const sums = parseGoSum(goSumOf(needed)).hashes
  const goMods = graph.map(({ path, version, goModH1 }) => [`${path} ${version}/go.mod`, goModH1] as const)
  const connections = cleanUp(createConnections({ connectMs: 1_000 }))
  const gateway = cleanUp(
    await startStepGateway({
      inputs: {
        gateway: 'step',
        privateProxy: undefined,
        connectTimeoutMs: 1_000,
        timeoutMs: 60_000,
        timeoutGiven: true,
        readTimeoutMs: 1_000,
        retries: 2,
        retryDelayMs: 20,
      },
      settings,
      project: {
        ...EMPTY_PROJECT,
        modules: needed,
        sums: new Map([...sums, ...goMods]),
        missing: needed,
        listed: needed,
        prunedGraphs: one.prunedGraphs ?? [],
      },
      privacy: sortByPrivacy(needed, settings, privateDomains),
      upstreams: [upstreamAt(proxy.url, one.trust)],
      gosumdb: settings.GOSUMDB.value,
      toolchain: undefined,
      anyCommand: false,
      sumdbHosts: [],
      policy: QUICK_GATEWAY,
      files: systemFiles(systemRandom),
      world: {
        transport: transportOver(connections),
        clock: systemClock,
        random: systemRandom,
        env: settings.env,
        temporaryDirectory,
      },
      threads: inlineThreads,
      logins: [],
    }),
  )
  await gateway.fetchAhead('everything')
  return { gateway, proxy }
}

/** Everything is fetched once go could have asked for it. */
async function askFor(gateway: Gateway, module: BuiltModule, kind = 'zip'): Promise<number> {
  return (await fetch(`${gateway.url}/${module.path}/@v/${module.version}.${kind}`)).status
}

const open = buildModule({ path: 'example.com/open', version: 'v1.0.0' })
const secret = buildModule({ path: 'git.corp.com/team/secret', version: 'v1.0.0' })

describe('private modules', () => {
  const cases: Readonly<Record<string, Omit<StepCase, 'needed' | 'graph'>>> = {
    'named by GOPRIVATE': { settings: { GOPRIVATE: 'git.corp.com' } },
    'named by GONOPROXY': { settings: { GONOPROXY: 'git.corp.com/team' } },
    'named by private-domains': { privateDomains: ['git.corp.com'] },
    'of the server that runs the job': { settings: { env: { GITHUB_SERVER_URL: 'https://git.corp.com' } } },
  }
  for (const [name, one] of Object.entries(cases)) {
    test(`${name} are not fetched ahead, whether go needs their zip or their go.mod alone`, async () => {
      for (const [needed, graph] of [
        [[open, secret], []],
        [[open], [secret]],
      ] as const) {
        const { gateway, proxy } = await start({ ...one, needed, graph })
        expect(await askFor(gateway, open)).toBe(200)
        expect(proxy.requests.filter(({ path }) => path.startsWith('git.corp.com'))).toEqual([])
      }
    })

    test(`${name} are not fetched either when go asks the gateway for them`, async () => {
      const { gateway, proxy } = await start({ ...one, needed: [open], graph: [] })
      for (const kind of ['mod', 'info', 'zip']) expect(await askFor(gateway, secret, kind)).not.toBe(200)
      await fetch(`${gateway.url}/${secret.path}/@v/list`)
      await fetch(`${gateway.url}/${secret.path}/@latest`)
      expect(proxy.requests.filter(({ path }) => path.startsWith('git.corp.com'))).toEqual([])
    })
  }
})

test('a proxy that fetches whole modules is asked ahead for what the graph shows, not for all of go.sum', async () => {
  const [behind, stale] = ['behind', 'stale'].map(name =>
    buildModule({ path: `example.com/${name}`, version: 'v1.0.0' }),
  ) as [BuiltModule, BuiltModule]
  const old = buildModule({ path: 'example.com/old', version: 'v1.0.0', goLine: '1.16', requires: [behind] })
  const mains = [{ path: 'm', requires: [old], isPruned: true }]
  const prunedGraphs = [{ kind: 'module' as const, mains, replaces: [], excludes: new Set<string>(), sums: new Map() }]
  const server = coldServer({ fetchMs: 600 })
  const { gateway, proxy } = await start({ needed: [old], graph: [stale, behind], prunedGraphs, fault: server.fault })
  await until(() => proxy.requests.some(({ path }) => path.includes('behind')))
  expect(await askFor(gateway, behind, 'mod')).toBe(200)
  expect(server.fetched).toEqual(['example.com/old/@v/v1.0.0', 'example.com/behind/@v/v1.0.0'])
})

test('a module without a line in go.sum is not asked of a mirror', async () => {
  const { gateway, proxy } = await start({ needed: [open], trust: 'mirror' })
  const unknown = buildModule({ path: 'example.com/unknown', version: 'v1.0.0' })
  for (const kind of ['mod', 'info', 'zip']) expect(await askFor(gateway, unknown, kind)).not.toBe(200)
  await fetch(`${gateway.url}/${open.path}/@v/list`)
  expect(proxy.requests.filter(({ path }) => path.includes('unknown') || path.endsWith('list'))).toEqual([])
})

test('a toolchain comes from no mirror, also where go.sum has a line for it', async () => {
  const toolchain = buildModule({ path: 'golang.org/toolchain', version: 'v0.0.1-go1.27.3.linux-amd64' })
  const { gateway, proxy } = await start({ needed: [open, toolchain], trust: 'mirror' })
  expect(await askFor(gateway, toolchain)).not.toBe(200)
  expect(
    proxy.requests.filter(({ path }) => path.startsWith('golang.org/toolchain/@v/') && path.endsWith('zip')),
  ).toEqual([])
})
