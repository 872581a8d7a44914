import { describe, expect } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { type Fault, startProxy } from '../../src/demo/proxy.ts'
import { testBeside } from '../support/clean-up.ts'
import { faults } from '../support/servers/faults.ts'
import { type DownloadResult, type DownloadRun, download } from '../support/worlds/download.ts'
import { projectOf, type TestProject } from '../support/worlds/project.ts'

const { test, cleanUp } = testBeside()

const modules = ['m0', 'm1', 'm2'].map(name =>
  buildModule({ path: `example.com/${name}`, version: 'v1.0.0', paddingBytes: 20_000 }),
)

/** A proxy that does this to one of the zips. */
async function proxy(fault: () => Fault | undefined): Promise<string> {
  const started = cleanUp(
    await startProxy({
      modules,
      fault: ({ path }) => (path.endsWith('/m0/@v/v1.0.0.zip') ? fault() : undefined),
    }),
  )
  return started.url
}

function project(): TestProject {
  return cleanUp(projectOf(modules))
}

const outcomes = ({ download: { attempts } }: DownloadResult) => attempts.map(({ outcome }) => outcome)

describe('a timeout that the user did not set', () => {
  const run = async (fault: () => Fault, inputs: DownloadRun['inputs']) =>
    download(project(), {
      modules,
      rounds: [await proxy(fault)],
      inputs: { timeoutMs: 1_500, ...inputs },
      policy: { hostMs: 1_500, stallMs: 5_000 },
    })

  test('does not end a download to which bytes come; one that he set does', async () => {
    const trickles = () => faults.trickle(400, 100)
    const both = [run(trickles, { timeoutGiven: false }), run(trickles, { timeoutGiven: true })]
    expect((await Promise.all(both)).map(outcomes)).toEqual([['done'], ['timed out']])
  })

  test('ends one to which none come, and one whose rounds bring nothing', async () => {
    const slowly = (): Fault => (_, res) => void setTimeout(() => res.writeHead(503).end(), 300)
    const [silent, { download: failing }] = await Promise.all([
      run(() => faults.silent, { timeoutGiven: false }),
      run(slowly, { timeoutMs: 600, timeoutGiven: false, retries: 50 }),
    ])
    expect(outcomes(silent)).toEqual(['timed out'])
    expect(failing.failure?.code).toBe('HTTP_SERVER_ERROR')
    expect(failing.attempts.length).toBeLessThan(10)
  })

  /** Bytes come for longer than `timeout` and are late then, but no later than any answer may be. */
  const pausing: Fault = (_, res, good = Buffer.alloc(0)) => {
    const send = (at: number) => res.write(good.subarray(at, at + 1_000))
    res.writeHead(200, { 'content-length': good.length })
    for (let i = 0; i < 12; i++) setTimeout(send, 250 * i, 1_000 * i)
    setTimeout(() => res.end(good.subarray(12_000)), 7_500)
  }

  test('nor one to which they come again a moment later', async () => {
    const [url, policy] = [await proxy(() => pausing), { hostMs: 1_500, stallMs: 12_000 }]
    const inputs = { timeoutMs: 2_000, timeoutGiven: false }
    expect(outcomes(await download(project(), { modules, rounds: [url], inputs, policy }))).toEqual(['done'])
  })

  test('and what it ends at last has the last try all the same', async () => {
    const [url, good] = [await proxy(() => pausing), await proxy(() => undefined)]
    const [inputs, policy] = [
      { timeoutMs: 2_000, timeoutGiven: false },
      { hostMs: 1_500, stallMs: 12_000 },
    ]
    const run = { modules, rounds: [url], lastTry: good, inputs, policy }
    expect(outcomes(await download(project(), run))).toEqual(['timed out', 'done'])
  })
})

describe('what is said of a download that did not end in time', () => {
  const hintFor = async (fault: Fault) => {
    const run = { inputs: { timeoutMs: 3_000 }, policy: { hostMs: 1_500 } }
    const { failure } = (await download(project(), { modules, rounds: [await proxy(() => fault)], ...run })).download
    return [failure?.code, failure?.hint]
  }

  test('more time helps where something still arrived', async () => {
    expect(await hintFor(faults.trickle(500, 200))).toEqual(['DOWNLOAD_TIMEOUT', expect.stringContaining('`timeout`')])
  })

  test('and not where nothing did', async () => {
    const silent = await hintFor(faults.silent)
    expect(silent).toEqual(['DOWNLOAD_TIMEOUT', expect.stringContaining('set `proxies: public`')])
  })
})

describe('the last try', () => {
  const lastTry = async (fault: Fault) => {
    const policy = { lastTryMs: 2_000, stallMs: 12_000 }
    return download(project(), { modules, rounds: [], lastTry: await proxy(() => fault), policy })
  }

  test('is not ended while bytes come', async () => {
    expect(outcomes(await lastTry(faults.trickle(400, 100)))).toEqual(['done'])
  })

  test('ends soon when none do', async () => {
    expect(outcomes(await lastTry(faults.silent))).toEqual(['stalled'])
  })
})
