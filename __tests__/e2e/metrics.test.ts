import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { readExposition, valueIn } from '../support/builders/exposition.ts'
import { testBeside } from '../support/clean-up.ts'
import { addRepository, moduleFiles } from '../support/servers/git-hosting.ts'
import { checkOutProject, createJob, QUICK_POLICY, useAction } from '../support/worlds/action.ts'
import { createPrivateWorld, pages } from '../support/worlds/private-world.ts'

const { test, cleanUp } = testBeside()

const TOKEN = 'cAnArY-t0ken/~?~?+456%789'
const PUSH_TOKEN = 'cAnArY-push-0123456789'
const HOST = 'git.corp.example'

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => sockets.add(socket))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  cleanUp(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

test('no secret is in the file or in what is pushed; the login reaches the Pushgateway alone', async () => {
  const world = cleanUp(
    await createPrivateWorld({
      canaries: [TOKEN, PUSH_TOKEN],
      hosts: { [HOST]: { logins: { '/': [`oauth2:${TOKEN}`] }, goGet: pages(HOST, ['team/lib']) } },
      env: {
        TF_BUILD: 'True',
        BUILD_REPOSITORY_NAME: 'org/repo',
        BUILD_DEFINITIONNAME: `of ${TOKEN}`,
        SYSTEM_JOBNAME: 'test',
      },
    }),
  )
  const seen: { readonly url: string; readonly authorization: string; readonly body: string }[] = []
  const server = createTlsServer(await world.authority.issue(['127.0.0.1']), (request, response) => {
    let body = ''
    request.on('data', chunk => {
      body += chunk
    })
    request.on('end', () => {
      seen.push({ url: request.url ?? '', authorization: request.headers.authorization ?? '', body })
      response.end()
    })
  })
  const port = await listen(server)
  addRepository(world.hosts[HOST]?.root ?? '', 'team/lib', moduleFiles(`${HOST}/team/lib`))
  world.require([`${HOST}/team/lib@v1.0.0`])
  const lines = [`${HOST} ${TOKEN}`, `127.0.0.1:${port} robot ${PUSH_TOKEN}`]
  Object.assign(world.job.base, { NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1', GOFLAGS: '-modcacherw -mod=mod' })
  const ended = await world.use({
    'private-domains': HOST,
    credentials: lines.join('\n'),
    'metrics-file': 'go.prom',
    'metrics-push-url': `https://127.0.0.1:${port}`,
  })
  const file = readFileSync(join(world.job.workspace, 'go.prom'), 'utf8')
  expect([ended.outcome, ended.annotations.filter(({ type }) => type === 'error')]).toEqual(['success', []])
  expect(valueIn(readExposition(file), 'go_proxy_setup_success')).toBe(1)
  expect(seen).toEqual([
    {
      url: expect.stringMatching(/^\/metrics\/job\/go_proxy_setup\/repository@base64\//),
      authorization: `Basic ${Buffer.from(`robot:${PUSH_TOKEN}`).toString('base64')}`,
      body: file,
    },
  ])
  expect(decodeURIComponent(seen[0]?.url ?? '')).not.toContain(TOKEN)
  // What was pushed is looked through as every file of the job is.
  writeFileSync(join(world.job.workspace, 'pushed'), [seen[0]?.url, seen[0]?.body].join('\n'))
  await world.finish()
  expect(world.leaks()).toEqual([])
})

/** What stands at the URL, and what the one warning says of it. */
const PEERS: readonly (readonly [string, () => Server, RegExp])[] = [
  ['is silent', () => createTcpServer(() => {}), /it does not answer|no answer in time/],
  [
    'resets',
    () => createTcpServer(socket => void socket.on('error', () => {}).resetAndDestroy()),
    /closed the connection/,
  ],
  ['redirects', () => createServer((_, response) => response.writeHead(302, { location: '/x' }).end()), /not followed/],
  ['answers garbage', () => createTcpServer(socket => void socket.end('\0::error::x\r\n\r\n')), /valid HTTP|closed/],
  ['says 400', () => createServer((_, response) => response.writeHead(400).end('<b>no</b>')), /status 400/],
]

test.each(PEERS)(
  'where the Pushgateway %s the step ends as its download did, with one warning',
  async (name, make, words) => {
    const modules = [buildModule({ path: 'example.com/m', version: 'v1.0.0' })]
    const push = `http://127.0.0.1:${await listen(make())}`
    for (const served of [modules, []]) {
      const proxy = cleanUp(await startProxy({ modules: served }))
      // One that answers has seconds, for the machine may be busy.
      const metrics =
        name === 'is silent' ? { pushMs: 1_000, tryMs: 400, pauseMs: 20 } : { pushMs: 20_000, tryMs: 10_000 }
      const job = cleanUp(
        createJob({ GO_PROXY_SETUP_POLICY: JSON.stringify({ ...JSON.parse(QUICK_POLICY), metrics }), GONOSUMDB: '*' }),
      )
      checkOutProject(job, modules)
      const { outcome, annotations, failures, log } = await useAction(job, {
        proxies: proxy.url,
        fallback: 'off',
        retries: '0',
        cache: 'false',
        'metrics-push-url': push,
      })
      expect([outcome, failures]).toEqual([served.length > 0 ? 'success' : 'failure', []])
      const warnings = annotations.filter(({ message }) => message?.includes('METRICS_NOT_PUSHED'))
      expect(warnings).toHaveLength(1)
      expect(log.join('\n')).toMatch(words)
    }
  },
)
