import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http'
import { createSecureServer } from 'node:http2'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import type { Effects } from '../../src/effects.ts'
import { readInputs } from '../../src/inputs/read.ts'
import { commandSource } from '../../src/inputs/sources.ts'
import { pushMetrics } from '../../src/job/push-metrics.ts'
import { defaultPolicy } from '../../src/policy.ts'
import { renderMetrics } from '../../src/report/metrics/metrics.ts'
import { describeMetricsRun } from '../../src/report/metrics/run.ts'
import { buildReport } from '../../src/report/report.ts'
import { systemClock } from '../../src/runner/clock.ts'
import { terminalLog } from '../../src/runner/terminal-log.ts'
import { createAuthority } from '../support/builders/certificates.ts'
import { fullStory } from '../support/builders/story.ts'
import { testBeside } from '../support/clean-up.ts'
import { startInternet } from '../support/servers/internet.ts'
import { findFreePort } from '../support/servers/ports.ts'
import { realFiles } from '../support/worlds/effects.ts'

const { test, cleanUp } = testBeside()

const REPORT = buildReport(fullStory())
const RUN = describeMetricsRun(
  { repository: 'org/repo', workflow: '', workflow_job: 'test' },
  new Date(0),
  text => text,
)
const PATH = '/metrics/job/go_proxy_setup/repository@base64/b3JnL3JlcG8/workflow_job/test'
/** For a server that says nothing. */
const HURRIED = { pushMs: 1_000, tryMs: 400, pauseMs: 10 }

interface Push {
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly metrics?: typeof HURRIED
  readonly signal?: AbortSignal
}

/** @returns the code, message and hint of the warning; undefined: there is none */
async function pushTo(url: string, { inputs = {}, env = {}, metrics, signal }: Push = {}) {
  const read = readInputs(commandSource({ 'metrics-push-url': url, ...inputs }, env, '/work'))
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  const log = terminalLog({ write: () => {} }, systemClock, { color: false, debugging: false })
  const effects = { clock: systemClock, files: realFiles, log, env, platform: process.platform } as Effects
  const policy = { ...defaultPolicy, ...(metrics && { metrics }) }
  const job = { effects, inputs: read.value.inputs, policy, signal: signal ?? new AbortController().signal }
  return pushMetrics(REPORT, RUN, job)
}

interface Seen {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A server that reads each request whole, and then does this with it. */
async function startServer(answer: (response: ServerResponse, at: number) => unknown) {
  const seen: Seen[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', chunk => {
      body += chunk
    })
    request.on('end', () => {
      seen.push({ method: request.method, url: request.url, headers: request.headers, body })
      answer(response, seen.length - 1)
    })
  })
  const port = await listen(server, () => server.closeAllConnections())
  return { url: `http://127.0.0.1:${port}`, seen }
}

async function startTcp(onConnection: (socket: Socket) => unknown) {
  const open = new Set<Socket>()
  let requests = 0
  const server = createTcpServer(socket => {
    open.add(socket)
    socket.on('error', () => {})
    socket.once('data', () => {
      requests++
    })
    onConnection(socket)
  })
  const port = await listen(server, () => {
    for (const socket of open) socket.destroy()
  })
  return { url: `http://127.0.0.1:${port}`, requests: () => requests }
}

async function listen(server: Server, end: () => void): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  cleanUp(() => {
    end()
    return new Promise<void>(resolve => server.close(() => resolve()))
  })
  return (server.address() as AddressInfo).port
}

test('PUTs the text under the grouping key, and says nothing of it', async () => {
  for (const status of [200, 202]) {
    const server = await startServer(response => response.writeHead(status).end())
    expect(await pushTo(server.url)).toBeUndefined()
    expect(server.seen).toMatchObject([{ method: 'PUT', url: PATH, body: renderMetrics(REPORT, RUN) }])
    expect(server.seen[0]?.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/)
    expect(server.seen[0]?.headers).not.toHaveProperty('authorization')
  }
})

test('nothing is sent where nobody asked for it, or the user stopped the step', async () => {
  const server = await startServer(response => response.end())
  expect(await pushTo(server.url, { signal: AbortSignal.abort() })).toBeUndefined()
  expect(server.seen).toEqual([])
})

const rejects = (reason: string | RegExp) => ({
  code: 'METRICS_NOT_PUSHED',
  message: expect.stringMatching(reason),
  hint: expect.stringMatching(/./),
})

test('a server that is silent ends it in time, with one warning', async () => {
  const server = await startTcp(() => {})
  expect(await pushTo(server.url, { metrics: HURRIED })).toEqual(
    rejects(/^The metrics could not be pushed to http:\/\/127\.0\.0\.1:\d+: it does not answer\.$/),
  )
  expect(server.requests()).toBe(2)
})

test('so does one that sends its head byte by byte, for ever', async () => {
  const server = await startTcp(socket => {
    const timer = setInterval(() => socket.write('H'), 10)
    socket.on('close', () => clearInterval(timer))
  })
  expect(await pushTo(server.url, { metrics: HURRIED })).toEqual(rejects(/could not be pushed/))
})

test('one that is not there is asked twice', async () => {
  const port = await findFreePort()
  expect(await pushTo(`http://127.0.0.1:${port}`)).toEqual(rejects(/: no connection\.$/))
})

test('a redirect is not followed', async () => {
  const other = await startServer(response => response.end())
  for (const status of [301, 302, 307, 308]) {
    const server = await startServer(response => response.writeHead(status, { location: other.url }).end())
    expect(await pushTo(server.url)).toEqual(rejects(`: it redirects \\(${status}\\), which is not followed\\.$`))
    expect(server.seen).toHaveLength(1)
  }
  expect(other.seen).toEqual([])
})

test('garbage is no answer', async () => {
  for (const garbage of [
    'garbage\r\n\r\n',
    '::error::x\n',
    '\0'.repeat(5_000),
    `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(40_000)}`,
  ]) {
    const server = await startTcp(socket => {
      socket.on('data', () => socket.write(garbage))
      socket.on('end', () => socket.destroy())
    })
    expect(await pushTo(server.url, { metrics: { ...HURRIED, pushMs: 3_000 } })).toEqual(
      rejects(/: (its answer is not valid HTTP|it closed the connection early|it does not answer)\.$/),
    )
  }
})

test('what it says of an error is shown shortened and clean', async () => {
  const said = `text format parsing error in line 1\u001b[31m\n::error::x ##[error]y ${'z'.repeat(100_000)}`
  const server = await startServer(response => response.writeHead(400, { 'content-type': 'text/plain' }).end(said))
  const problem = await pushTo(server.url)
  expect(problem).toEqual(
    rejects(/: it answered with status 400: text format parsing error in line 1 ::error::x ##\\\[error\]y z+/),
  )
  expect(problem?.message.length).toBeLessThan(400)
  expect(server.seen).toHaveLength(1)
})

test('an answer without end is not read to its end', async () => {
  const flood = (response: ServerResponse) => {
    const more = () => {
      let hasRoom = true
      while (hasRoom && !response.destroyed) hasRoom = response.write('x'.repeat(10_000))
    }
    response.on('drain', more)
    more()
  }
  for (const status of [200, 400]) {
    const server = await startServer(response => flood(response.writeHead(status)))
    expect((await pushTo(server.url))?.code).toBe(status === 200 ? undefined : 'METRICS_NOT_PUSHED')
  }
})

test('what passes is tried once more, and no oftener', async () => {
  for (const fault of [
    (response: ServerResponse) => response.writeHead(503).end(),
    (response: ServerResponse) => response.socket?.resetAndDestroy(),
  ]) {
    const once = await startServer((response, at) => (at === 0 ? fault(response) : response.end()))
    expect(await pushTo(once.url)).toBeUndefined()
    const always = await startServer(fault)
    expect(await pushTo(always.url)).toEqual(rejects(/could not be pushed/))
    expect([once.seen.length, always.seen.length]).toEqual([2, 2])
  }
})

test('one that wants a login says so, and gets none over http', async () => {
  const server = await startServer(response => response.writeHead(401).end())
  const port = new URL(server.url).port
  const problem = await pushTo(server.url, { inputs: { credentials: `127.0.0.1:${port} robot token-123456789` } })
  expect(problem).toMatchObject({ hint: expect.stringContaining('credentials') })
  expect(server.seen[0]?.headers).not.toHaveProperty('authorization')
})

/** As Go's servers do, it prefers HTTP/2 where that is offered. */
async function startTls(names: readonly string[], listener: RequestListener) {
  const directory = cleanUp.directory('push-')
  const authority = await createAuthority(directory)
  const server = createSecureServer({ ...(await authority.issue(names)), allowHTTP1: true }, listener as never)
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => sockets.add(socket))
  const port = await listen(server, () => {
    for (const socket of sockets) socket.destroy()
  })
  return { port, directory, env: authority.env as Readonly<Record<string, string>> }
}

test('over https its login goes with it: of `credentials`, or of the netrc file; none where the code is a stranger’s', async () => {
  const seen: (string | undefined)[] = []
  const bodies: string[] = []
  const { port, directory, env } = await startTls(['127.0.0.1'], (request, response) => {
    seen.push(`${request.httpVersion} ${request.headers.authorization}`)
    request.on('data', chunk => bodies.push(String(chunk)))
    request.on('end', () => response.end())
  })
  const url = `https://127.0.0.1:${port}`
  const basic = (pair: string) => `1.1 Basic ${Buffer.from(pair).toString('base64')}`
  const inputs = { credentials: `127.0.0.1:${port} robot token-123456789` }
  expect(await pushTo(url, { env, inputs })).toBeUndefined()
  mkdirSync(join(directory, 'home'))
  writeFileSync(join(directory, 'home', '.netrc'), `machine 127.0.0.1:${port} login net password rc-password\n`)
  expect(await pushTo(url, { env: { ...env, HOME: join(directory, 'home') } })).toBeUndefined()
  expect(await pushTo(url, { env: { ...env, GITHUB_EVENT_NAME: 'pull_request_target' }, inputs })).toBeUndefined()
  expect(seen).toEqual([basic('robot:token-123456789'), basic('net:rc-password'), '1.1 undefined'])
  expect(bodies.join('')).not.toMatch(/token-123456789|rc-password/)
})

test('an HTTP proxy of the network stands between as for everything else, and is named where it is at fault', async () => {
  let pushed = 0
  const { port, env } = await startTls(['pushgateway.corp.example'], (request, response) => {
    request.resume().on('end', () => {
      pushed++
      response.end()
    })
  })
  const internet = cleanUp(await startInternet({ 'pushgateway.corp.example': port }))
  const url = 'https://pushgateway.corp.example'
  expect(await pushTo(url, { env: { ...env, ...internet.env } })).toBeUndefined()
  expect([pushed, internet.asked]).toEqual([1, ['pushgateway.corp.example:443']])
  const closed = `http://127.0.0.1:${await findFreePort()}`
  expect(await pushTo(url, { env: { ...env, HTTPS_PROXY: closed } })).toEqual(
    rejects(/the HTTP proxy http:\/\/127\.0\.0\.1:\d+ \(HTTPS_PROXY\) refuses connections/),
  )
})
