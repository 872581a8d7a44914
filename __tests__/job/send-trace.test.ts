import { once } from 'node:events'
import { createSecureServer } from 'node:http2'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { expect, test } from '@jest/globals'
import type { Effects } from '../../src/effects.ts'
import { withTraceSent } from '../../src/job/send-trace.ts'
import { defaultPolicy } from '../../src/policy.ts'
import { buildReport } from '../../src/report/report.ts'
import { systemClock } from '../../src/runner/clock.ts'
import { systemRandom } from '../../src/runner/random.ts'
import { terminalLog } from '../../src/runner/terminal-log.ts'
import { createAuthority } from '../support/builders/certificates.ts'
import { fullStory } from '../support/builders/story.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { startCollector } from '../support/servers/collector.ts'
import { realFiles } from '../support/worlds/effects.ts'

// One after the other: Jest lets no test that runs beside others import the encoder.
const cleanUp = cleanUpAfterEach()

const REPORT = buildReport(fullStory())
/** Longer than a test may take: whoever waits for it fails. */
const FOR_EVER_MS = 600_000

interface Sending {
  readonly env?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
  readonly totalMs?: number
}

/** Sends the trace of a job. @returns the warnings that come of it */
async function sendTo(endpoint: string, { env = {}, signal, totalMs = 20_000 }: Sending = {}) {
  const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_TIMEOUT: String(FOR_EVER_MS), ...env }
  const effects = {
    clock: systemClock,
    random: systemRandom,
    files: realFiles,
    log: terminalLog({ write: () => {} }, systemClock, { color: false, debugging: false }),
    env: variables,
    platform: process.platform,
  } as unknown as Effects
  const report = await withTraceSent({
    report: REPORT,
    startMs: systemClock.now(),
    effects,
    policy: { ...defaultPolicy, tracing: { ...defaultPolicy.tracing, totalMs } },
    signal: signal ?? new AbortController().signal,
  })
  return report.warnings.slice(REPORT.warnings.length)
}

/** Takes connections, and tells of each; what comes is read and never answered. */
async function startListener(onConnection: () => void) {
  const open = new Set<Socket>()
  const server = createServer(socket => {
    open.add(socket)
    socket.on('error', () => {}).resume()
    onConnection()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanUp(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

const SILENCES: readonly (readonly [string, (onSilence: () => void) => Promise<string>])[] = [
  ['has the request and does not answer', async onSilence => cleanUp(await startCollector(onSilence)).url],
  [
    'does not end its answer',
    async onSilence =>
      cleanUp(
        await startCollector(response => {
          response.writeHead(200).write('{')
          onSilence()
        }),
      ).url,
  ],
  ['does not shake hands for TLS', async onSilence => `https://127.0.0.1:${await startListener(onSilence)}`],
]

test.each(SILENCES)('a job that is stopped while a collector %s ends at once, without a warning', async (_, start) => {
  const stop = new AbortController()
  const endpoint = await start(() => stop.abort())
  expect(await sendTo(endpoint, { signal: stop.signal, totalMs: FOR_EVER_MS })).toEqual([])
  expect(stop.signal.aborted).toBe(true)
})

test('a job that was stopped before sends nothing', async () => {
  const collector = cleanUp(await startCollector())
  expect(await sendTo(collector.url, { signal: AbortSignal.abort() })).toEqual([])
  expect(collector.requests).toEqual([])
})

/** As Go's servers do, it takes HTTP/2 where that is offered. */
async function startHttp2Collector(allowHTTP1: boolean) {
  const authority = await createAuthority(cleanUp.directory('collector-'))
  const [spoken, agreed]: [string[], unknown[]] = [[], []]
  const server = createSecureServer({ ...(await authority.issue(['127.0.0.1'])), allowHTTP1 }, (request, response) => {
    spoken.push(`${request.method} ${request.httpVersion}`)
    response.setHeader('content-type', 'application/json')
    request.resume().on('end', () => response.end('{}'))
  })
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => open.add(socket))
  server.on('secureConnection', (socket: TLSSocket) => agreed.push(socket.alpnProtocol))
  server.on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanUp(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const env = { ...authority.env, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }
  return { endpoint: `https://127.0.0.1:${port}`, env, spoken, agreed }
}

test('a collector that takes HTTP/2 is offered HTTP/1.1 alone', async () => {
  const { endpoint, env, spoken, agreed } = await startHttp2Collector(true)
  expect(await sendTo(endpoint, { env })).toEqual([])
  expect([agreed, spoken]).toEqual([['http/1.1'], ['POST 1.1']])
})

test('one that speaks nothing but HTTP/2 costs a warning', async () => {
  const { endpoint, env, spoken } = await startHttp2Collector(false)
  const warnings = await sendTo(endpoint, { env })
  expect(warnings).toEqual([
    {
      code: 'TRACE_NOT_SENT',
      message: expect.stringMatching(/: no secure connection\.$/),
      hint: expect.any(String),
    },
  ])
  expect(spoken).toEqual([])
})
