import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { buildModule, goSumOf } from '../../src/demo/modules.ts'
import { type DemoProxy, type Fault, type ProxyOptions, startProxy } from '../../src/demo/proxy.ts'
import { buildReport } from '../../src/report/report.ts'
import type { Story } from '../../src/report/story.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { faults, tampered } from '../support/servers/faults.ts'
import { type JobRun, QUICK_POLICY, runStory } from '../support/worlds/job.ts'
import { cachedFiles, goEnvironment, projectOf } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()

const modules = Array.from({ length: 6 }, (_, i) => buildModule({ path: `example.com/m${i}`, version: 'v1.0.0' }))
const wrongZips = new Map(modules.map(module => [module.path, tampered(module).zip]))

/** Sends other zips than go.sum has. */
const lie: ProxyOptions['fault'] = ({ path }) =>
  path.endsWith('.zip') ? faults.send(wrongZips.get(path.split('/@v/')[0] ?? '') ?? Buffer.alloc(0)) : undefined

async function proxy(options: Partial<ProxyOptions> = {}): Promise<DemoProxy> {
  return cleanUp(await startProxy({ modules, ...options }))
}

interface Ran extends JobRun {
  readonly zips: number
  readonly goSum: string
}

/** The whole story in this process, with the real go. */
async function run(
  proxies: readonly string[],
  options: Readonly<Record<string, string>> = {},
  needed = modules,
  policy = QUICK_POLICY,
): Promise<Ran> {
  const project = cleanUp(projectOf(needed))
  const env = goEnvironment(project, { GONOSUMDB: '*' })
  const ran = await runStory(
    project,
    { proxies: proxies.join(' '), benchmark: 'off', fallback: 'off', 'retry-delay': '10ms', ...options },
    env,
    undefined,
    { policy },
  )
  const goSum = readFileSync(join(project.directory, 'go.sum'), 'utf8')
  return { ...ran, goSum, zips: cachedFiles(env, '.zip').length }
}

function exported(story: Story): string | undefined {
  return story.choice?.settings.find(({ name }) => name === 'GOPROXY')?.value
}

describe('the step with a gateway', () => {
  test('gets everything; go.sum stays as it was, and the gateway’s address appears nowhere', async () => {
    const good = await proxy()
    const { story, log, zips, goSum } = await run([good.url])
    expect([story.failure, zips, goSum]).toEqual([undefined, modules.length, goSumOf(modules)])
    expect(exported(story)).toBe(good.url)
    const told = log + JSON.stringify(buildReport(story))
    expect(told).toContain('gateway')
    expect(told).not.toMatch(/127\.0\.0\.1:\d+\/[0-9a-f]{32}/)
  })

  test('goes round a proxy that lies, which is named and not exported', async () => {
    const [liar, good] = [await proxy({ fault: lie }), await proxy()]
    const { story, zips, goSum } = await run([liar.url, good.url])
    expect([story.failure, zips, goSum]).toEqual([undefined, modules.length, goSumOf(modules)])
    expect(exported(story)).toBe(good.url)
    const warning = story.warnings.find(({ code }) => code === 'PROXY_SENT_WRONG_CONTENT')
    expect(warning?.message).toContain(liar.url)
  })

  test('without a gateway: go finds out who lies, and the warning says what later steps do', async () => {
    const [liar, good] = [await proxy({ fault: lie }), await proxy()]
    const { story, zips } = await run([liar.url, good.url], { gateway: 'off' })
    expect([story.failure, zips, exported(story)]).toEqual([undefined, modules.length, good.url])
    expect(story.warnings.filter(({ code }) => code === 'PROXY_SENT_WRONG_CONTENT')).toEqual([
      {
        code: 'PROXY_SENT_WRONG_CONTENT',
        message: `${liar.url} sent wrong content. It was not used. Later steps do not use it.`,
        hint: 'Tell its operator, and use another proxy.',
      },
    ])
  })

  test('begins while the candidates are measured, and fetches nothing twice', async () => {
    // So far away that the near one is first on a busy machine, too.
    const [near, far] = [await proxy(), await proxy({ latencyMs: 300 })]
    const { story, zips } = await run([far.url, near.url], { benchmark: 'auto' })
    expect([story.failure, zips, story.choice?.proxy]).toEqual([undefined, modules.length, near.url])
    const asked = near.requests.map(({ path }) => path)
    expect(asked.filter((path, i) => asked.indexOf(path) !== i)).toEqual([])
    expect(asked.filter(path => path.endsWith('.info'))).toHaveLength(modules.length)
    // Only what the benchmark asked of it.
    expect(far.requests.filter(({ path }) => path.endsWith('.info'))).toEqual([])
    expect(story.download?.modules).toBe(modules.length)
    const { requests = [], phases, slowest } = buildReport(story)
    const ofNear = requests.filter(({ proxy: name }) => name === near.url)
    for (const file of ['mod', 'zip', 'info'])
      expect([file, ofNear.filter(one => one.file === file).length]).toEqual([
        file,
        asked.filter(path => path.endsWith(`.${file}`)).length,
      ])
    const end = Math.max(...phases.map(({ startMs, ms }) => startMs + ms))
    // The benchmark's last requests are stopped when all phases are over.
    const whole = requests.filter(({ outcome }) => outcome !== 'stopped by the benchmark')
    expect(whole.filter(({ startMs, ms }) => startMs < 0 || startMs + ms > end + 1)).toEqual([])
    expect(ofNear.every(({ firstByteMs, ms }) => firstByteMs !== null && firstByteMs > 0 && firstByteMs <= ms)).toBe(
      true,
    )
    // What the benchmark fetched to see whether it is right took no time of the download's.
    expect(slowest).toHaveLength(modules.length - 1)
  })

  test('does not ask for what the benchmark is still waiting for when it has decided', async () => {
    let release = () => {}
    const others = new Promise<void>(resolve => {
      release = resolve
    })
    // All three are the benchmark's. It waits for the second one until the gateway asks for the third.
    const [needed, mods] = [modules.slice(0, 3), [] as string[]]
    const near = await proxy({
      fault: ({ path }) => {
        if (!path.startsWith('example.com/') || !path.endsWith('.mod')) return undefined
        const times = mods.push(path)
        if (times === needed.length) release()
        return times === 2 ? (_, res, good) => void others.then(() => res.end(good)) : undefined
      },
    })
    // It says nothing before the download has begun.
    const far = await proxy({ fault: () => (_, res, good) => void others.then(() => res.end(good)) })
    const inputs = { benchmark: 'auto', 'benchmark-timeout': '30s' }
    const { story, zips } = await run([far.url, near.url], inputs, needed)
    expect([story.failure, zips, story.choice?.proxy]).toEqual([undefined, needed.length, near.url])
    expect([mods.length, new Set(mods).size]).toEqual([needed.length, needed.length])
  })

  test('moves to the winner when the proxy it began with is slow', async () => {
    const large = Array.from({ length: 6 }, (_, i) =>
      // The middle one is what shows that a proxy's zips are right. It is large enough to show the rate, too: of a smaller
      // one the others' sizes would be guessed, and a few bytes at once would make the slow proxy as good as any.
      buildModule({ path: `example.com/large${i}`, version: 'v1.0.0', paddingBytes: i === 3 ? 250_000 : 3_000_000 }),
    )
    const zipsOf = ({ requests }: DemoProxy) => requests.flatMap(({ path }) => (path.endsWith('.zip') ? [path] : []))
    const isLarge = (path: string) => path.endsWith('.zip') && !path.includes('large3')
    let begun = () => {}
    const hasBegun = new Promise<void>(resolve => {
      begun = resolve
    })
    const slow = await proxy({
      modules: large,
      bytesPerSecond: 100_000,
      fault: ({ path }) => {
        if (isLarge(path)) begun()
        return undefined
      },
    })
    // It answers nothing before the download has begun with the slow one, however busy the machine is.
    const late: Fault = (_, res, good) =>
      void hasBegun.then(() => (good === undefined ? res.writeHead(404).end() : res.end(good)))
    const fast = await proxy({ modules: large, fault: () => late })
    const policy = { ...QUICK_POLICY, benchmark: { ...QUICK_POLICY.benchmark, latencyStageMs: 20_000 } }
    const inputs = { benchmark: 'auto', 'benchmark-timeout': '30s' }
    const { story, zips } = await run([slow.url, fast.url], inputs, large, policy)
    expect([story.failure, zips, story.choice?.proxy]).toEqual([undefined, large.length, fast.url])
    const onItsWay = zipsOf(slow).filter(isLarge)
    // It began there, and did not wait for what was on its way: the winner was asked for that, too, and for all else.
    expect(onItsWay.length).toBeGreaterThan(0)
    expect(new Set(onItsWay).size).toBe(onItsWay.length)
    expect(new Set(zipsOf(fast)).size).toBe(large.length)
    expect(story.gateway?.failovers).toBeGreaterThanOrEqual(onItsWay.length)
    expect(story.gateway?.upstreams.find(({ name }) => name === slow.url)?.failures).toBe(0)
  })

  test('begins only with the first where the order given counts', async () => {
    const [first, near] = [await proxy({ latencyMs: 60 }), await proxy()]
    const { story, zips } = await run([first.url, near.url], { benchmark: 'auto', selection: 'ordered' })
    expect([story.failure, zips, story.choice?.proxy]).toEqual([undefined, modules.length, first.url])
    expect(near.requests.filter(({ path }) => path.endsWith('.info'))).toEqual([])
  })

  test('fails in go’s words when all lie, and nothing wrong is in the module cache', async () => {
    const { story, log } = await run([(await proxy({ fault: lie })).url, (await proxy({ fault: lie })).url])
    expect(story.failure?.message).toMatch(/checksum mismatch|go\.sum/)
    expect(log + JSON.stringify(story.download)).not.toMatch(/127\.0\.0\.1:\d+\/[0-9a-f]{32}/)
  })

  test('tells who failed how when all are down', async () => {
    const down = await proxy({ fault: () => faults.status(503) })
    const { story, log } = await run([down.url], { retries: '1' })
    expect(story.failure?.message).toContain(`${down.url}: `)
    expect(story.failure?.message).toContain('503')
    expect(log + JSON.stringify(story.download)).not.toMatch(/127\.0\.0\.1:\d+\/[0-9a-f]{32}/)
  })

  test('ends once, and not once for each module, when all go down for good in the middle', async () => {
    const requests: number[] = []
    const dying: ProxyOptions['fault'] = () => (requests.push(0) > 12 ? faults.reset : undefined)
    const [one, other] = [await proxy({ fault: dying }), await proxy({ fault: dying })]
    const { story } = await run([one.url, other.url])
    for (const { url } of [one, other]) expect(story.failure?.message).toContain(`${url}: `)
    // The gateway had its rounds: go is started once more, without it.
    const alone = `${one.url},${other.url}`
    expect(story.download?.attempts.map(({ goproxy }) => goproxy)).toEqual([`gateway|${alone}`, alone])
  })
})
