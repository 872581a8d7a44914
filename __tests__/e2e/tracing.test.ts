import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import type { Report } from '../../src/report/report.ts'
import { createAuthority } from '../support/builders/certificates.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { type Answering, readTrace, startCollector } from '../support/servers/collector.ts'
import { startInternet, startSilence } from '../support/servers/internet.ts'
import { startOrigin } from '../support/servers/origins.ts'
import { findFreePort } from '../support/servers/ports.ts'
import { checkOutProject, createJob, DIST, QUICK_POLICY, useAction } from '../support/worlds/action.ts'
import { goEnvironment, projectOf } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()

const modules = Array.from({ length: 4 }, (_, i) => buildModule({ path: `example.com/m${i}`, version: 'v1.0.0' }))
const JSON_PROTOCOL = { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }
const CANARY = 'c4nary-h3ader'
const GIVEN_PARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'

/** What takes least time: that is enough where the trace alone is what matters. */
const SETTINGS_ALONE = ['env', '--benchmark', 'off']

interface RunOptions {
  /** How long sending may take. */
  readonly totalMs?: number
  readonly verb?: readonly string[]
}

/** A command line on a project of its own. @param variables those that are about the trace */
async function prepare(
  variables: Readonly<Record<string, string>>,
  { totalMs = 20_000, verb = SETTINGS_ALONE }: RunOptions = {},
) {
  const project = cleanUp(projectOf(modules))
  const { url } = cleanUp(await startOrigin('good', modules))
  const policy = JSON.stringify({ ...JSON.parse(QUICK_POLICY), tracing: { totalMs } })
  const temporary = dirname(project.directory)
  const own = goEnvironment(project, { TMPDIR: temporary, GONOSUMDB: 'none.example' })
  const reportFile = join(temporary, 'report.json')
  const args = [DIST, ...verb, '-C', project.directory, '--proxies', url, '--report-file', reportFile]
  return { args, env: { ...own, GO_PROXY_SETUP_POLICY: policy, ...variables }, reportFile }
}

async function run(variables: Readonly<Record<string, string>>, options: RunOptions = {}) {
  const { args, env, reportFile } = await prepare(variables, options)
  const ended = await new Promise<{ code: number; output: string }>(resolve => {
    execFile(process.execPath, args, { env, timeout: 60_000 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), output: stdout + stderr }),
    )
  })
  return {
    ...ended,
    report: JSON.parse(readFileSync(reportFile, 'utf8')) as Report,
    text: readFileSync(reportFile, 'utf8'),
  }
}

const sum = (list: readonly { readonly ms: number }[]) => list.reduce((total, { ms }) => total + ms, 0)

describe('a collector that the standard variables name', () => {
  test('gets the spans of a run, with the report’s times, and no secret stays behind', async () => {
    const collector = cleanUp(await startCollector())
    const variables = {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${CANARY}`,
      TRACEPARENT: GIVEN_PARENT,
      ...JSON_PROTOCOL,
    }
    const ran = await run(variables, { verb: ['run'] })
    expect([ran.code, ran.output]).toEqual([0, expect.not.stringContaining('warning')])
    expect(ran.output + ran.text).not.toContain(CANARY)
    expect(collector.requests.map(({ path, headers }) => [path, headers['authorization']])).toEqual([
      ['/v1/traces', `Bearer ${CANARY}`],
    ])
    const [request] = collector.requests
    if (request === undefined) throw new Error('nothing came')
    const { spans, resource } = readTrace(request)
    expect(resource['service.name']).toBe('go-proxy-setup')
    const [root] = spans
    expect(root).toMatchObject({ traceId: GIVEN_PARENT.split('-')[1], parentSpanId: GIVEN_PARENT.split('-')[2] })
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1)
    const { phases, requests = [] } = ran.report
    const named = (name: string) => spans.filter(span => span.name === name)
    expect(named('GET')).toHaveLength(requests.length)
    expect(Math.abs(sum(named('GET')) - sum(requests))).toBeLessThan(1)
    expect(named('fetch module')).toHaveLength(modules.length)
    const [download] = named('download')
    expect(named('fetch module').every(({ parentSpanId }) => parentSpanId === download?.spanId)).toBe(true)
    for (const phase of phases) {
      const span = spans.find(({ name, parentSpanId }) => name === phase.name && parentSpanId === root?.spanId)
      expect(Math.abs((span?.ms ?? 0) - phase.ms)).toBeLessThan(1)
      expect(Math.abs((span?.startMs ?? 0) - (root?.startMs ?? 0) - phase.startMs)).toBeLessThan(1)
    }
  })

  test('gets protobuf unless told otherwise', async () => {
    const collector = cleanUp(await startCollector())
    const { code } = await run({
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/own`,
      OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
    })
    const [{ path, headers } = { path: '', headers: {} }] = collector.requests
    expect([code, path, headers['content-type'], headers['content-encoding']]).toEqual([
      0,
      '/own',
      'application/x-protobuf',
      'gzip',
    ])
  })

  test('gets nothing where that is not wanted', async () => {
    const collector = cleanUp(await startCollector())
    const there = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }
    await run({ ...there, OTEL_SDK_DISABLED: 'true' })
    await run({ ...there, TRACEPARENT: GIVEN_PARENT.replace(/1$/, '0') })
    expect(collector.requests).toEqual([])
  })

  test('is reached through the network’s proxy, with the roots that go trusts', async () => {
    const authority = await createAuthority(cleanUp.directory('collector-'))
    const collector = cleanUp(await startCollector(undefined, await authority.issue(['collector.example'])))
    const internet = cleanUp(await startInternet({ 'collector.example': collector.port }))
    const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example', ...internet.env, ...authority.env }
    const { code, output } = await run({ ...variables, ...JSON_PROTOCOL })
    expect([code, output]).toEqual([0, expect.not.stringContaining('TRACE_')])
    expect([internet.asked.includes('collector.example:443'), collector.requests.length]).toEqual([true, 1])
  })
})

test('the step of a job sends a trace below that of its run', async () => {
  const collector = cleanUp(await startCollector())
  const { url } = cleanUp(await startOrigin('good', modules))
  const job = createJob({
    GO_PROXY_SETUP_POLICY: QUICK_POLICY,
    GONOSUMDB: 'none.example',
    GITHUB_RUN_ID: '42',
    GITHUB_RUN_ATTEMPT: '1',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: `x-token=${CANARY}`,
    ...JSON_PROTOCOL,
  })
  cleanUp(() => job.dispose())
  checkOutProject(job, modules)
  const step = await useAction(job, { proxies: url })
  // What masks it is not shown.
  const shown = step.raw.replace(/^::add-mask::.*$/gm, '')
  expect([step.outcome, shown]).toEqual(['success', expect.not.stringContaining(CANARY)])
  const [request] = collector.requests
  const { spans, resource } = readTrace(request ?? { method: '', path: '', headers: {}, body: Buffer.from('') })
  const run = createHash('sha256').update('421s').digest('hex').slice(16, 32)
  expect(spans[0]?.parentSpanId).toBe(run)
  expect(resource).toMatchObject({ 'cicd.pipeline.run.id': '42' })
})

/** Takes a connection and says something that is no HTTP. */
async function startGarbage() {
  const server = createServer(socket => {
    socket.on('error', () => {}).resume()
    socket.end('220 mail.example ESMTP\r\n')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  cleanUp({ close: () => new Promise<void>(resolve => server.close(() => resolve())) })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('a collector in trouble costs the job one warning, and nothing else', () => {
  const collectorThat = async (answer: Answering) => cleanUp(await startCollector(answer)).url
  const troubles: readonly (readonly [string, () => Promise<string>, RegExp])[] = [
    ['is not there', async () => `http://127.0.0.1:${await findFreePort()}`, /no connection/],
    [
      'is silent',
      async () => `http://127.0.0.1:${cleanUp(await startSilence()).port}`,
      /does not answer|not answer in time/,
    ],
    [
      'never ends its answer',
      () => collectorThat(response => void response.writeHead(200).write('{')),
      /stalled|in time/,
    ],
    ['refuses', () => collectorThat(response => response.writeHead(401).end(CANARY)), /status 401/],
    ['fails', () => collectorThat(response => response.writeHead(503).end()), /status 503/],
    [
      'redirects',
      () => collectorThat(response => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()),
      /redirects/,
    ],
    ['speaks no HTTP', startGarbage, /not valid HTTP/],
    ['is a page', () => collectorThat(response => response.end('<html>Welcome</html>')), /not that of a collector/],
    [
      'refuses some spans',
      () => collectorThat(response => response.end('{"partialSuccess":{"rejectedSpans":2}}')),
      /refused 2 spans/,
    ],
    ['has another protocol', async () => 'http://127.0.0.1:4317', /grpc|http\/protobuf/],
  ]
  test.each(troubles)('one that %s', async (what, start, reason) => {
    const endpoint = await start()
    const isSilent = /silent|never/.test(what)
    const ran = await run(
      {
        OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
        OTEL_EXPORTER_OTLP_HEADERS: `authorization=${CANARY}`,
        ...JSON_PROTOCOL,
        ...(what === 'has another protocol' ? { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' } : {}),
      },
      { totalMs: isSilent ? 300 : 20_000 },
    )
    expect([ran.code, ran.output.match(/^warning: .*$/gm)]).toEqual([0, [expect.stringMatching(reason)]])
    expect(ran.output).toMatch(/\[TRACE_(NOT_SENT|SETTING)\]/)
    expect(ran.output + ran.text).not.toContain(CANARY)
  })
})

/** Windows has no signal for it that a test could send to one process. */
const onPosix = process.platform === 'win32' ? test.skip : test

onPosix('Ctrl-C while a collector is silent ends the wait, and says nothing of it', async () => {
  let child: ChildProcess | undefined
  const collector = cleanUp(await startCollector(() => child?.kill('SIGINT')))
  const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_TIMEOUT: '600000' }
  const { args, env } = await prepare(variables, { totalMs: 600_000, verb: ['run'] })
  child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  cleanUp(() => child?.kill('SIGKILL'))
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', data => {
      output += String(data)
    })
  const [code] = await once(child, 'close')
  expect([code, output]).toEqual([130, expect.not.stringContaining('TRACE_')])
  expect(collector.requests).toHaveLength(1)
})
