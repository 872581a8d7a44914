import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { type DemoProxy, startProxy } from '../../src/demo/proxy.ts'
import { buildReport } from '../../src/report/report.ts'
import { createAuthority } from '../support/builders/certificates.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { faults } from '../support/servers/faults.ts'
import { startInternet } from '../support/servers/internet.ts'
import { runStory } from '../support/worlds/job.ts'
import { createProject, goEnvironment } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()

const modules = [buildModule({ path: 'example.com/m', version: 'v1.0.0', paddingBytes: 20_000 })]
const HOSTS = ['athens.corp.test', 'nexus.corp.test', 'proxy.golang.org'] as const
const PASSWORD = 'n3trc-p4ssword'
const BASIC = `Basic ${Buffer.from(`robot:${PASSWORD}`).toString('base64')}`

test.each(['step', 'off'])(
  'the user’s own netrc opens the user’s own proxy, and no other hears of it (gateway: %s)',
  async gateway => {
    const project = cleanUp(
      createProject({ 'go.mod': goModOf('example.com/project', modules), 'go.sum': goSumOf(modules) }),
    )
    const authority = await createAuthority(dirname(project.directory))
    const proxies: Record<string, DemoProxy> = {}
    for (const host of HOSTS) {
      const tls = await authority.issue([host])
      const closed = host.startsWith('athens')
      const proxy = await startProxy({
        modules,
        tls,
        fault: ({ headers }) => (closed && headers.authorization !== BASIC ? faults.status(401) : undefined),
      })
      proxies[host] = proxy
      cleanUp(proxy)
    }
    const internet = cleanUp(
      await startInternet(Object.fromEntries(HOSTS.map(host => [host, proxies[host]?.port ?? 0]))),
    )
    const env = goEnvironment(project, { ...internet.env, ...authority.env, GONOSUMDB: '*' })
    mkdirSync(env['HOME'] ?? '', { recursive: true })
    const entries = ['athens.corp.test', 'proxy.golang.org'].map(
      host => `machine ${host} login robot password ${PASSWORD}\n`,
    )
    writeFileSync(join(env['HOME'] ?? '', process.platform === 'win32' ? '_netrc' : '.netrc'), entries.join(''))
    const { story, log } = await runStory(
      project,
      { proxies: HOSTS.map(host => `https://${host}`).join(' '), fallback: 'off', gateway, retries: '1' },
      { ...env, USERPROFILE: env['HOME'] ?? '' },
    )
    expect(story.failure).toBeUndefined()
    const verdicts = story.ranking?.measurements.map(({ candidate, verdict }) => [candidate.name, verdict]).sort()
    expect(verdicts).toEqual(HOSTS.map(host => [`https://${host}`, 'ok']))
    // Of our requests: go itself sends an entry to whatever host it is for.
    const ours = (proxy: DemoProxy | undefined) =>
      proxy?.requests.filter(({ headers }) => headers['user-agent']?.includes('go-proxy-setup')) ?? []
    const told = HOSTS.map(host => ours(proxies[host]).some(({ headers }) => headers.authorization !== undefined))
    expect(told).toEqual([true, false, false])
    expect(log + JSON.stringify(buildReport(story))).not.toContain(PASSWORD)
  },
)
