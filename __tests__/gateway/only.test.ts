import type { ServerResponse } from 'node:http'
import { describe, expect } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { type DemoProxy, type Fault, type ProxyOptions, startProxy } from '../../src/demo/proxy.ts'
import { testBeside } from '../support/clean-up.ts'
import { faults } from '../support/servers/faults.ts'
import { gatewayFor, goModDownload, QUICK_GATEWAY, type TestGateway, upstreamAt } from '../support/worlds/gateway.ts'
import { cachedFiles, goEnvironment, projectOf } from '../support/worlds/project.ts'

/** What the only proxy does, and what go gets through the gateway. */
const { test, cleanUp } = testBeside()

const modules = ['one', 'two'].map(name =>
  buildModule({ path: `example.com/${name}`, version: 'v1.0.0', paddingBytes: 1 << 20 }),
)
const ZIP = 'example.com/one/@v/v1.0.0.zip'

async function proxy(options: Partial<ProxyOptions> = {}): Promise<DemoProxy> {
  return cleanUp(await startProxy({ modules, ...options }))
}

async function gateway(url: string, options: Parameters<typeof gatewayFor>[2] = {}): Promise<TestGateway> {
  return cleanUp(await gatewayFor(modules, [upstreamAt(url)], options))
}

async function download(goproxy: string) {
  const project = cleanUp(projectOf(modules))
  const run = await goModDownload(project, goproxy)
  return { ...run, zips: cachedFiles(goEnvironment(project), '.zip').length }
}

const ALL = { code: 0, words: '', zips: modules.length }
/** A read timeout after which a second request begins; a sign of life is waited for four times as long. */
const HEAD_MS = 800
const deadlines = { headMs: HEAD_MS, stallMs: HEAD_MS, totalMs: 60_000 }

const slow =
  (ms: number): Fault =>
  (_, res, good) =>
    void setTimeout(() => (good === undefined ? res.writeHead(404).end() : res.end(good)), ms)

describe('a proxy that fetches first', () => {
  test('is waited for, its first answer, too, and no object is asked for more than twice', async () => {
    const only = await proxy({ fault: () => slow(2.5 * HEAD_MS) })
    expect(await download((await gateway(only.url, { deadlines })).url)).toEqual(ALL)
    const objects = only.requests.map(({ path }) => path).filter(path => path !== '')
    expect(objects.length).toBeLessThanOrEqual(2 * new Set(objects).size)
  })

  const roots: Record<string, Fault | undefined> = {
    'with a 404': undefined,
    'with an error': faults.status(500),
    'by leading to a page that is out of reach': faults.redirect('http://127.0.0.1:1/login'),
  }
  test.each(Object.entries(roots))('may take long, where it answers for its root %s', async (_, root) => {
    const only = await proxy({ fault: ({ path }) => (path === '' ? root : slow(6 * HEAD_MS)) })
    expect(await download((await gateway(only.url, { deadlines })).url)).toEqual(ALL)
  })

  test('and hangs with one request gets a second one', async () => {
    const only = await proxy({
      fault: ({ path, earlier }) => (path === ZIP && earlier === 0 ? faults.silent : undefined),
    })
    const running = await gateway(only.url, { deadlines })
    expect(await download(running.url)).toEqual(ALL)
    expect(only.requests.filter(({ path }) => path === ZIP)).toHaveLength(2)
    expect(running.awaited()).toBe('none')
  })

  test('tells whether what it waits for is alive', async () => {
    const heard: string[] = []
    const look = (): Fault => (req, res, good) => {
      heard.push(running.awaited())
      if (req.url === '/example.com/one/@v/v1.0.0.mod') setTimeout(() => res.end(good), HEAD_MS / 2)
      else res.end(good)
    }
    const only = await proxy({ fault: look })
    const running = await gateway(only.url, { deadlines, ahead: false })
    expect(running.awaited()).toBe('none')
    expect(await download(running.url)).toEqual(ALL)
    expect([heard[0], heard.at(-1), running.awaited()]).toEqual(['unheard', 'alive', 'none'])
  })

  test('that never answers anything is given up', async () => {
    const silent = await proxy({ fault: () => faults.silent })
    const running = await gateway(silent.url, { deadlines, ahead: false })
    expect(await download(running.url)).toMatchObject({ code: 1, words: expect.stringContaining('it does not answer') })
    expect(running.awaited()).toBe('none')
  })
})

/** Answers as a file server does, in parts, and cuts each answer after so many bytes. */
const cutting =
  (bytes: number): Fault =>
  (req, res, good = Buffer.alloc(0)) => {
    const from = Number(/^bytes=(\d+)-$/.exec(req.headers.range ?? '')?.[1] ?? 0)
    const head = { 'accept-ranges': 'bytes', etag: '"one"', 'content-length': good.length - from }
    if (from > 0) res.writeHead(206, { ...head, 'content-range': `bytes ${from}-${good.length - 1}/${good.length}` })
    else res.writeHead(200, head)
    const end = Math.min(good.length, from + bytes)
    if (end === good.length) res.end(good.subarray(from))
    else res.write(good.subarray(from, end), () => req.socket.destroy())
  }

const zips =
  (fault: Fault) =>
  ({ path }: { readonly path: string }) =>
    path.endsWith('.zip') ? fault : undefined

describe('a long body', () => {
  test('that is cut again and again comes in parts', async () => {
    const only = await proxy({ fault: zips(cutting(300_000)) })
    expect(await download((await gateway(only.url, { deadlines })).url)).toEqual(ALL)
    const ranges = only.requests.filter(({ path }) => path === ZIP).map(({ headers }) => headers.range)
    expect(ranges).toEqual([undefined, 'bytes=300000-', 'bytes=600000-', 'bytes=900000-'])
  })

  test('whose rest is of something else is fetched anew, and no wrong byte comes through', async () => {
    const cut = new Set<string>()
    const lying: Fault = (req, res, good = Buffer.alloc(0)) => {
      const { url = '' } = req
      if (req.headers.range === undefined) {
        if (cut.has(url)) return void res.end(good)
        cut.add(url)
        return cutting(300_000)(req, res, good)
      }
      const from = Number(/\d+/.exec(req.headers.range)?.[0])
      const head = { etag: '"one"', 'content-range': `bytes ${from}-${good.length - 1}/${good.length}` }
      res.writeHead(206, head).end(Buffer.alloc(good.length - from, 'x'))
    }
    const running = await gateway((await proxy({ fault: zips(lying) })).url, { deadlines })
    expect(await download(running.url)).toEqual(ALL)
    expect([running.quarantined(), running.figures().rejected > 0]).toEqual([[], true])
  })

  test('flows longer than any other deadline', async () => {
    const trickling: Fault = (_, res: ServerResponse, good = Buffer.alloc(0)) => {
      let at = 0
      res.writeHead(200, { 'content-length': good.length })
      const timer = setInterval(() => {
        const end = at + Math.ceil(good.length / 20)
        res.write(good.subarray(at, end))
        at = end
        if (at >= good.length) clearInterval(timer)
      }, HEAD_MS / 4)
    }
    const only = await proxy({ fault: zips(trickling) })
    const policy = { objectMs: HEAD_MS, flappingMs: HEAD_MS }
    const { url } = await gateway(only.url, {
      deadlines: { ...deadlines, totalMs: 2 * HEAD_MS },
      policy: { ...QUICK_GATEWAY, ...policy },
    })
    expect(await download(url)).toEqual(ALL)
    expect(only.requests.filter(({ path }) => path === ZIP)).toHaveLength(1)
  })
})

describe('what cannot change', () => {
  const bad: Record<string, [kind: string, Fault, RegExp]> = {
    'an .info that is no JSON': ['.info', faults.portal, /it is not JSON/],
    'a zip that is none': ['.zip', faults.half, /it sent wrong content/],
    'an encoding that was not asked for': ['.mod', faults.gzip, /an encoding that was not requested/],
    'a status that makes no sense': ['.info', faults.status(204), /status 204/],
  }
  test.each(Object.entries(bad))('%s is asked for twice and no more', async (_, [kind, fault, words]) => {
    const only = await proxy({ fault: ({ path }) => (path === `example.com/one/@v/v1.0.0${kind}` ? fault : undefined) })
    const running = await gateway(only.url, { deadlines })
    // Also where it was found out before go asked.
    await running.settled()
    const failed = await download(running.url)
    expect([failed.code, failed.words]).toEqual([1, expect.stringMatching(words)])
    const wrong = only.requests.filter(({ path }) => path === `example.com/one/@v/v1.0.0${kind}`)
    expect(wrong).toHaveLength(2)
  })

  test('is asked for again where another proxy may be asked now', async () => {
    const [bad, good] = [await proxy({ fault: zips(faults.half) }), await proxy()]
    const running = await gateway(bad.url, { deadlines })
    await running.settled()
    running.adopt([upstreamAt(good.url)], undefined)
    expect(await download(running.url)).toEqual(ALL)
  })

  test('a 5xx is told as go would tell it: with the status and what the proxy says, on one harmless line', async () => {
    const text = 'quota exceeded\n::error::injected\n##[error]injected'
    const only = await proxy({ fault: zips(faults.status(500, text)) })
    const { code, words } = await download((await gateway(only.url, { deadlines })).url)
    expect([code, words]).toEqual([1, expect.stringContaining('it failed (500): quota exceeded')])
    expect(words).not.toMatch(/::error|##\[/)
  })
})
