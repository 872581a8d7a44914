import { describe, expect } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { type DemoProxy, type Fault, type ProxyRequest, startProxy } from '../../src/demo/proxy.ts'
import { objectPath } from '../../src/go/escape.ts'
import { createAuthority } from '../support/builders/certificates.ts'
import { testBeside } from '../support/clean-up.ts'
import { startHttp2Origin } from '../support/servers/http2-origin.ts'
import { realFiles } from '../support/worlds/effects.ts'
import { type JobRun, runStory } from '../support/worlds/job.ts'
import { cachedFiles, goEnvironment, projectOf } from '../support/worlds/project.ts'

const { test, cleanUp } = testBeside()

const modules = Array.from({ length: 30 }, (_, i) =>
  buildModule({ path: `example.com/m${i}`, version: 'v1.0.0', paddingBytes: 5_000 }),
)
const FILES = 3 * modules.length
/** As many as may be under way when an instance goes, and a few that find that out. */
const HANDFUL = 12
/** The same, and what is asked until the second is over: one request after the other, with pauses. */
const MORE_IN_A_SECOND = 18

interface Drained extends JobRun {
  readonly zips: number
  /** Requests that failed for the gateway: it gets over them, and a user would see them in the report. */
  readonly failures: number
}

/** The job of a project whose only proxy is a chain behind a load balancer. */
async function download(url: string, env: Readonly<Record<string, string>> = {}): Promise<Drained> {
  const project = cleanUp(projectOf(modules))
  const all = goEnvironment(project, { GOPROXY: url, GONOSUMDB: '*', ...env })
  const run = await runStory(project, { fallback: 'off' }, all, realFiles)
  const failures = (run.story.gateway?.upstreams ?? []).map(one => one.failures)
  return { ...run, zips: cachedFiles(all, '.zip').length, failures: failures.reduce((sum, one) => sum + one, 0) }
}

/** What HAProxy answers where no instance takes requests. */
const NO_SERVER =
  '<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>\n'
const unavailable: Fault = (_, res) => {
  res.writeHead(503, { 'content-type': 'text/html', 'cache-control': 'no-cache', connection: 'close' }).end(NO_SERVER)
}
const closing: Fault = (_, res, good) => {
  if (good === undefined) return void res.writeHead(404, { connection: 'close' }).end('not found')
  res.writeHead(200, { connection: 'close', 'content-length': good.length }).end(good)
}
/** Says nothing, and closes the connection: the request came when it was closing already. */
const gone: Fault = req => void req.socket.end()

async function chain(fault: (request: ProxyRequest, number: number) => Fault | undefined): Promise<DemoProxy> {
  let number = 0
  return cleanUp(await startProxy({ modules, fault: request => fault(request, ++number) }))
}

describe('a download from a chain of which an instance drains', () => {
  type Closing = [string, (number: number) => Fault | undefined, number]
  const rows: readonly Closing[] = [
    ['closes each connection after its answer', (n: number) => (n > 20 && n <= 60 ? closing : undefined), 0],
    ['closes each connection for good', () => closing, 0],
    ['closes connections under requests', (n: number) => (n > 30 && n <= 34 ? gone : undefined), HANDFUL],
  ]
  test.each(rows)('and %s', async (_, faultAt, more) => {
    const proxy = await chain((_request, n) => faultAt(n))
    const { story, zips, failures } = await download(proxy.url)
    expect([story.failure, zips, story.download?.attempts.length]).toEqual([undefined, 30, 1])
    expect(failures).toBeLessThanOrEqual(HANDFUL)
    expect(proxy.requests.length).toBeLessThanOrEqual(FILES + more)
  })

  test('and answers 503 for a second', async () => {
    let sinceMs: number | undefined
    const proxy = await chain((_request, n) => {
      if (n > 25) sinceMs ??= performance.now()
      return sinceMs !== undefined && performance.now() - sinceMs < 1_000 ? unavailable : undefined
    })
    const { story, zips, failures } = await download(proxy.url)
    expect([story.failure, zips, story.download?.attempts.length]).toEqual([undefined, 30, 1])
    expect(failures).toBeLessThanOrEqual(MORE_IN_A_SECOND)
    expect(proxy.requests.length).toBeLessThanOrEqual(FILES + MORE_IN_A_SECOND)
  })

  test('and says goodbye on HTTP/2, again and again', async () => {
    const directory = cleanUp.directory('authority-')
    const authority = await createAuthority(directory)
    const bodies = new Map<string, Buffer>(
      modules.flatMap(module =>
        (['info', 'mod', 'zip'] as const).map(kind => [`/${objectPath(module, kind)}`, module[kind]] as const),
      ),
    )
    const taken = new WeakMap<object, number>()
    const origin = cleanUp(
      await startHttp2Origin(
        ({ answer, session, stream }) => {
          const count = (taken.get(session) ?? 0) + 1
          taken.set(session, count)
          // What came before it is answered; what comes after it is not looked at.
          if (count === 20) session.goaway(0, stream.id ?? 0)
          if (count <= 20) answer()
        },
        {},
        path => bodies.get(path),
        authority,
      ),
    )
    const { story, zips, failures } = await download(origin.url, authority.env)
    expect([story.failure, zips, story.download?.attempts.length]).toEqual([undefined, 30, 1])
    expect(failures).toBeLessThanOrEqual(HANDFUL)
    expect(origin.requests()).toBeLessThanOrEqual(FILES + Math.ceil(FILES / 20) * HANDFUL)
  })
})
