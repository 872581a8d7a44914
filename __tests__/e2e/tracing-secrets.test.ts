import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { addRepository, moduleFiles } from '../support/servers/git-hosting.ts'
import { DIST } from '../support/worlds/action.ts'
import {
  COLLECTOR_TOKEN,
  createPrivateWorld,
  type PrivateWorld,
  pages,
  tracesSent,
  type WorldOptions,
} from '../support/worlds/private-world.ts'

const cleanUp = cleanUpAfterEach()

const TOKEN = 'cAnArY-t0ken/~?~?+456%789'
const PROXY_TOKEN = 'cAnArY-pr0xy@~>~>98:7654&3210'
const HOST = 'git.corp.example'
const PROXY = 'proxy.corp.example'
const BEARER = `Bearer ${COLLECTOR_TOKEN}`

/** Where a user or a CI system may have written a secret, beside the inputs: all of it becomes attributes of spans. */
const CARELESS = {
  GITHUB_RUN_ID: '42',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_WORKFLOW: `of ${TOKEN}`,
  GITHUB_REF_NAME: `for-${COLLECTOR_TOKEN}`,
  RUNNER_NAME: `runner ${PROXY_TOKEN}`,
  OTEL_SERVICE_NAME: `service of ${COLLECTOR_TOKEN}`,
  OTEL_RESOURCE_ATTRIBUTES: [
    `git=${encodeURIComponent(TOKEN)}`,
    `login=${encodeURIComponent(`Basic ${Buffer.from(`oauth2:${TOKEN}`).toString('base64')}`)}`,
    `proxy=${encodeURIComponent(encodeURIComponent(PROXY_TOKEN))}`,
    `collector=${encodeURIComponent(COLLECTOR_TOKEN)}`,
  ].join(','),
}

/** All that a job can write of itself. */
const FILES = {
  'report-file': 'report.json',
  'trace-file': 'trace.json',
  'html-file': 'page.html',
  'metrics-file': 'metrics.prom',
  'audit-log': 'audit.jsonl',
}

function filesOf({ job }: PrivateWorld): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(FILES).map(([input, file]) => [input, join(job.workspace, file)]))
}

async function openWorld(options: Omit<WorldOptions, 'canaries'>): Promise<PrivateWorld> {
  const world = cleanUp(
    await createPrivateWorld({ canaries: [TOKEN, PROXY_TOKEN], ...options, env: { ...CARELESS, ...options.env } }),
  )
  world.job.base['RUNNER_DEBUG'] = '1'
  return world
}

/** The same from a shell, whose log is for programs. */
function runWithJsonLog(world: PrivateWorld, env: Readonly<Record<string, string>>) {
  const files = Object.entries(filesOf(world)).flatMap(([name, file]) => [`--${name}`, file])
  return world.later(process.execPath, [DIST, 'run', '--log-format', 'json', ...files], env)
}

describe.each(['http/protobuf', 'http/json'] as const)(
  'no secret is in a trace over %s, nor in anything else',
  traced => {
    test('of a job with logins for a git host and a proxy; the collector’s own reaches it alone', async () => {
      const world = await openWorld({
        traced,
        hosts: { [HOST]: { logins: { '/': [`oauth2:${TOKEN}`] }, goGet: pages(HOST, ['team/lib']) } },
      })
      addRepository(world.hosts[HOST]?.root ?? '', 'team/lib', moduleFiles(`${HOST}/team/lib`))
      world.require([`${HOST}/team/lib@v1.0.0`])
      const inputs = { 'private-domains': HOST, credentials: `${HOST} ${TOKEN}\n${PROXY} robot ${PROXY_TOKEN}` }
      const main = await world.use({ ...inputs, ...filesOf(world) })
      expect([main.outcome, main.log.filter(line => line.includes('TRACE_'))]).toEqual(['success', []])
      const ran = await runWithJsonLog(world, {
        GO_PROXY_SETUP_PRIVATE_DOMAINS: HOST,
        GO_PROXY_SETUP_CREDENTIALS: inputs.credentials,
      })
      expect(ran).toMatchObject({ exitCode: 0, output: expect.stringContaining('"event":"result"') })
      await world.finish()
      expect(tracesSent(world)).toEqual([BEARER, BEARER])
      expect(world.collector?.requests.map(({ body }) => body.includes('go-proxy-setup'))).toEqual([true, true])
      expect(world.leaks()).toEqual([])
    })

    test('of one that fails because a proxy with a login repeats it in its error', async () => {
      const world = await openWorld({
        traced,
        proxies: {
          [PROXY]: {
            fault:
              ({ headers }) =>
              (_, response) =>
                response
                  .writeHead(403, { 'content-type': 'text/plain' })
                  .end(`${headers.authorization} is ${PROXY_TOKEN}, said the origin\n`),
          },
        },
        env: { GOPROXY: `https://robot:${encodeURIComponent(PROXY_TOKEN)}@${PROXY}` },
      })
      world.require([])
      const main = await world.use({ ...filesOf(world), credentials: `${HOST} ${TOKEN}` })
      expect([main.outcome, main.log.filter(line => line.includes('TRACE_'))]).toEqual(['failure', []])
      const ran = await runWithJsonLog(world, { GO_PROXY_SETUP_CREDENTIALS: `${HOST} ${TOKEN}` })
      expect(ran).toMatchObject({ exitCode: 1, output: expect.stringContaining('"level":"error"') })
      // The user’s own GOPROXY was in the environment before, and stays there.
      const carrying = Object.entries({ ...main.outputs, ...main.env }).filter(([, value]) =>
        value.includes(encodeURIComponent(PROXY_TOKEN)),
      )
      expect(carrying.map(([name]) => name)).toEqual(['GOPROXY', 'GOPROXYSETUP_ORIGINAL'])
      await world.finish()
      expect(tracesSent(world)).toEqual([BEARER, BEARER])
      expect(world.leaks().filter(leak => !leak.startsWith('main outputs: '))).toEqual([])
    })
  },
)
