import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { type Origin, type OriginKind, startOrigin } from '../support/servers/origins.ts'
import { DIST, QUICK_POLICY } from '../support/worlds/action.ts'
import { cachedFiles, goEnvironment, projectOf } from '../support/worlds/project.ts'
import { runProgram } from '../support/worlds/run-program.ts'

const cleanUp = cleanUpAfterEach()

const modules = Array.from({ length: 4 }, (_, i) =>
  buildModule({ path: `example.com/m${i}`, version: 'v1.0.0', paddingBytes: 120_000 }),
)

async function origin(kind: OriginKind, latencyMs = 0): Promise<Origin> {
  return cleanUp(await startOrigin(kind, modules, { latencyMs }))
}

function newWorld(extra: Readonly<Record<string, string>> = {}) {
  const project = cleanUp(projectOf(modules))
  const policy = { ...JSON.parse(QUICK_POLICY), benchmark: { thoroughMs: 6_000, rateStageMs: 800 } }
  const env = goEnvironment(project, {
    GO_PROXY_SETUP_POLICY: JSON.stringify(policy),
    TMPDIR: dirname(project.directory),
    ...extra,
  })
  const run = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    runProgram(process.execPath, [DIST, ...args], { env: { ...env, ...more }, cwd: project.directory })
  return { run, env, directory: project.directory }
}

describe('bench measures', () => {
  test('one candidate, and downloads nothing', async () => {
    const { run, env } = newWorld()
    const { url } = await origin('good')
    const { code, stdout } = await run(['bench', '--proxies', url])
    expect([code, stdout]).toEqual([0, expect.stringMatching(new RegExp(`> ${url} .* ok .* MB/s`))])
    expect(stdout).toMatch(/█/)
    expect(cachedFiles(env, '.zip')).toEqual([])
  })

  test('a configured GOPROXY', async () => {
    const { url } = await origin('good')
    const { run } = newWorld({ GOPROXY: `${url},off` })
    const { code, stdout } = await run(['bench', '--json'])
    const { candidates, benchmark } = JSON.parse(stdout)
    expect([code, benchmark.skipped]).toEqual([0, null])
    expect(candidates).toMatchObject([{ verdict: 'ok', predictedSeconds: expect.any(Number) }])
  })

  test('with a warm module cache as with a cold one', async () => {
    const { run, env } = newWorld()
    const { url } = await origin('good', 20)
    const measure = async () => {
      const { stdout } = await run(['bench', '--proxies', url, '--json'])
      const [{ probes, predictedSeconds }] = JSON.parse(stdout).candidates
      const asksZips = probes.some(({ purpose }: { purpose: string }) => purpose === 'rate')
      return { asksZips, isPredicted: predictedSeconds > 0.06 }
    }
    const cold = await measure()
    expect((await run(['download', '--proxies', url])).code).toBe(0)
    expect(cachedFiles(env, '.zip')).toHaveLength(4)
    expect(cold).toEqual({ asksZips: true, isPredicted: true })
    expect(await measure()).toEqual(cold)
  })

  test('although a variable says that the action should not, and although there is a vendor directory', async () => {
    const { run, directory } = newWorld({ GO_PROXY_SETUP_BENCHMARK: 'off' })
    mkdirSync(join(directory, 'vendor'))
    const listed = modules.map(({ path, version }) => `# ${path} ${version}\n## explicit; go 1.21\n`)
    writeFileSync(join(directory, 'vendor', 'modules.txt'), listed.join(''))
    const { url } = await origin('good')
    const { code, stdout } = await run(['bench', '--proxies', url])
    expect([code, stdout]).toEqual([0, expect.stringContaining(' ok ')])
  })

  test('every candidate, however late it answers, and none is called not waited for', async () => {
    const { run } = newWorld()
    const kinds: readonly OriginKind[] = ['good', 'good', 'good', 'good', '404', 'silent', 'closed']
    const origins = await Promise.all(kinds.map(kind => origin(kind)))
    const late = await origin('good', 600)
    const urls = [...origins, late].map(({ url }) => url)
    const { code, stdout } = await run(['bench', '--proxies', urls.join(' '), '--json'])
    const { candidates } = JSON.parse(stdout)
    const verdictOf = (url: string | undefined) =>
      candidates.find((one: { url: string }) => one.url === url)?.verdict as string
    expect(code).toBe(0)
    expect([4, 5, 6].map(i => verdictOf(urls[i]))).toEqual(['missing', 'unreachable', 'unreachable'])
    expect([0, 1, 2, 3, 7].map(i => verdictOf(urls[i])).filter(one => one !== 'ok' && one !== 'slow')).toEqual([])
    for (const { verdict, bytesPerSecond } of candidates)
      if (verdict === 'ok') expect(bytesPerSecond).toEqual(expect.any(Number))
    expect(stdout).not.toMatch(/stopped waiting/)
  })
})

describe('bench fails with 1', () => {
  test('where no candidate works; the table says why', async () => {
    const { run } = newWorld()
    const { url } = await origin('404')
    const { code, stdout, stderr } = await run(['bench', '--proxies', url])
    expect([code, stdout]).toEqual([1, expect.stringMatching(new RegExp(`${url} .* missing .* it lacks`))])
    expect(stderr).toMatch(/BENCH_NONE_WORKS/)
    expect(stderr).not.toMatch(/later steps|go\.sum that is wrong/)
  })

  test('where what it sends is not what go.sum says, and says how to learn which of the two is wrong', async () => {
    const { run, directory } = newWorld()
    const { url } = await origin('good')
    const sums = join(directory, 'go.sum')
    writeFileSync(sums, readFileSync(sums, 'utf8').replace(/ h1:.{6}/g, ' h1:AAAAAA'))
    const { code, stdout, stderr } = await run(['bench', '--proxies', url])
    expect([code, stdout]).toEqual([1, expect.stringMatching(/ tampered .* does not match go\.sum/)])
    expect(stderr).toMatch(/If go\.sum is wrong, `go-proxy-setup run` names the line/)
  })

  test('where GOPROXY asks no proxy, and says how to name some', async () => {
    const { run } = newWorld({ GOPROXY: 'off' })
    const { code, stderr } = await run(['bench'])
    expect([code, stderr]).toEqual([1, expect.stringMatching(/BENCH_NO_CANDIDATE[\s\S]*bench --proxies public/)])
  })

  test('where no module may be asked for', async () => {
    const { run } = newWorld({ GOPRIVATE: '*' })
    const { url } = await origin('good')
    const { code, stderr } = await run(['bench', '--proxies', url])
    expect([code, stderr]).toEqual([1, expect.stringMatching(/BENCH_NOTHING_MEASURED/)])
  })
})

describe('what bench prints', () => {
  test('ends with one line for a chat', async () => {
    const { run } = newWorld()
    const [good, gone] = [await origin('good'), await origin('closed')]
    const { stdout } = await run(['bench', '--proxies', `${good.url} ${gone.url}`])
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(
      new RegExp(`^Go proxies for 4 modules \\(\\w+/\\w+\\): ${good.url} [\\d.]+ m?s, ${gone.url} unreachable$`),
    )
  })

  test('--markdown is a table for GitHub, and excludes other results', async () => {
    const { run } = newWorld()
    const { url } = await origin('good')
    const { code, stdout } = await run(['bench', '--proxies', url, '--markdown'])
    const table = stdout.split('\n').filter(line => line.startsWith('|'))
    expect([code, table.length]).toEqual([0, 3])
    expect(new Set(table.map(line => line.match(/(?<!\\)\|/g)?.length)).size).toBe(1)
    expect(stdout).not.toMatch(/\u001b/)
    expect((await run(['bench', '--markdown', '--json'])).code).toBe(2)
    expect((await run(['bench', '--markdown', '--report-file', '-'])).code).toBe(2)
  })
})
