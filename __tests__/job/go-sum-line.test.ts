import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { type DemoProxy, type ProxyOptions, startProxy } from '../../src/demo/proxy.ts'
import { hashGoMod } from '../../src/go/h1.ts'
import { defaultPolicy } from '../../src/policy.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { makeDatabase } from '../support/servers/database.ts'
import { faults, tampered } from '../support/servers/faults.ts'
import { realFiles } from '../support/worlds/effects.ts'
import { type JobRun, QUICK_POLICY, runStory } from '../support/worlds/job.ts'
import { createProject, goEnvironment, type TestProject } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()

const modules = Array.from({ length: 4 }, (_, i) => buildModule({ path: `example.com/m${i}`, version: 'v1.0.0' }))
const disputed = modules[1] as (typeof modules)[number]
const other = tampered(disputed)
/** What proxies have once the author moved the tag, or what one that lies sends. */
const changed = modules.map(module => (module === disputed ? other : module))
const NO_HASH = `h1:${'A'.repeat(43)}=`

const database = makeDatabase('sum.test.example', disputed)
const BASE = '/sumdb/sum.test.example'

/** A proxy that has the checksum database, too. */
async function proxyWith(served = modules): Promise<DemoProxy> {
  const extra = (path: string) => (path.startsWith(BASE) ? database.answers.get(path.slice(BASE.length)) : undefined)
  return cleanUp(await startProxy({ modules: served, extra }))
}

/** Sends zips only once so many different ones are asked for. */
function holdUntil(zips: number): NonNullable<ProxyOptions['fault']> {
  const asked = new Set<string>()
  const waiting: (() => void)[] = []
  return ({ path }) => {
    if (!path.endsWith('.zip')) return undefined
    asked.add(path)
    return (_, res, good) => {
      waiting.push(() => void res.end(good))
      if (asked.size >= zips) for (const send of waiting.splice(0)) send()
    }
  }
}

/** @param files beside go.mod and go.sum */
function projectWith(sums: string, files: Readonly<Record<string, string>> = {}): TestProject {
  return cleanUp(createProject({ 'go.mod': goModOf('example.com/project', modules), 'go.sum': sums, ...files }))
}

async function run(
  project: TestProject,
  proxies: readonly DemoProxy[],
  options: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = { GOSUMDB: database.verifierKey },
): Promise<JobRun> {
  const inputs = {
    proxies: proxies.map(({ url }) => url).join(' '),
    fallback: 'off',
    'retry-delay': '10ms',
    ...options,
  }
  // A go that is asked who is wrong has as long as it has outside of tests: on a busy machine it needs that.
  const { lastTryMs } = defaultPolicy.download
  const policy = { ...QUICK_POLICY, download: { ...QUICK_POLICY.download, lastTryMs } }
  return runStory(project, inputs, goEnvironment(project, env), realFiles, { policy })
}

/** A directory with the repository `lib.git`, tagged v1.0.0. @returns its path */
function directoryWithRepository(files: Readonly<Record<string, string>>): string {
  const path = cleanUp.directory('repositories-')
  const work = join(path, 'lib.git')
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', work, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args])
  mkdirSync(work)
  git('init', '-q')
  for (const [name, text] of Object.entries(files)) writeFileSync(join(work, name), text)
  git('add', '.')
  git('commit', '-q', '-m', 'first')
  git('tag', 'v1.0.0')
  return path
}

const wrongZipLine = goSumOf(modules).replace(disputed.h1, other.h1)
const right = disputed.h1
const wrong = other.h1

/** What no good proxy deserves. */
function blameIn({ story }: JobRun): readonly unknown[] {
  return [
    story.warnings.filter(({ code }) => code === 'PROXY_SENT_WRONG_CONTENT' || code === 'NO_CANDIDATE_EXPORTED'),
    story.ranking?.measurements.filter(({ verdict }) => verdict === 'tampered') ?? [],
    story.download?.quarantined,
  ].flat()
}

function exported({ story }: JobRun): string | undefined {
  return story.choice?.settings.find(({ name }) => name === 'GOPROXY')?.value
}

describe('a wrong line of go.sum', () => {
  test('is named with its file and number, who says otherwise, and the way out; no proxy is blamed', async () => {
    const project = projectWith(wrongZipLine)
    const proxies = [await proxyWith(), await proxyWith()]
    const ran = await run(project, proxies)
    expect(ran.story.failure).toMatchObject({
      code: 'GO_SUM_LINE_WRONG',
      message: `go.sum:3: example.com/m1 v1.0.0 is ${right} according to the checksum database and 2 proxies; this line says ${wrong}.`,
      hint: expect.stringContaining('Delete this line of go.sum, run `go mod tidy`'),
      at: { file: join(project.directory, 'go.sum'), line: 3 },
    })
    expect(blameIn(ran)).toEqual([])
    for (const { url } of proxies) expect(exported(ran)).toContain(url)
    expect(readFileSync(join(project.directory, 'go.sum'), 'utf8')).toBe(wrongZipLine)
  })

  test('of a go.mod, with one proxy, and where go asks the proxies itself', async () => {
    const project = projectWith(goSumOf(modules).replace(disputed.goModH1, NO_HASH))
    const ran = await run(project, [await proxyWith()], { gateway: 'off' })
    expect(ran.story.failure).toMatchObject({
      message: `go.sum:4: example.com/m1 v1.0.0/go.mod is ${disputed.goModH1} according to the checksum database and 1 proxy; this line says ${NO_HASH}.`,
      at: { line: 4 },
    })
    expect(blameIn(ran)).toEqual([])
  })

  test('is told beside all others whose content was there when go ended; ten are looked into, the rest counted', async () => {
    const many = Array.from({ length: 14 }, (_, i) => buildModule({ path: `example.com/n${i}`, version: 'v1.0.0' }))
    const wrongLines = many.reduce((sums, { h1 }) => sums.replace(h1, NO_HASH), goSumOf(many))
    const files = { 'go.mod': goModOf('example.com/project', many), 'go.sum': wrongLines }
    const held = holdUntil(5)
    const proxies = [0, 1].map(() => startProxy({ modules: many, fault: held }).then(proxy => cleanUp(proxy)))
    const ran = await run(cleanUp(createProject(files)), await Promise.all(proxies), { benchmark: 'off' })
    const problems = [ran.story.failure, ...ran.story.warnings]
    const lines = problems.flatMap(one => (one?.code === 'GO_SUM_LINE_WRONG' ? [one.at?.line] : []))
    const more = problems.find(one => one?.code === 'GO_SUM_MORE_LINES')?.message ?? '0 more lines'
    // Besides the one that go ended with.
    expect(lines.length).toBeLessThanOrEqual(11)
    expect(new Set(lines).size).toBe(lines.length)
    expect(lines.length + Number.parseInt(more, 10)).toBeGreaterThanOrEqual(5)
    expect(blameIn(ran)).toEqual([])
  })

  test('beside a proxy that is down does not leave the job without one', async () => {
    const down = cleanUp(await startProxy({ modules: [], fault: () => faults.status(500) }))
    const good = await proxyWith()
    const ran = await run(projectWith(wrongZipLine), [down, good])
    expect([ran.story.failure?.message, ran.log]).toEqual([
      expect.stringMatching(/^go\.sum:3: .* the checksum database and 1 proxy; this line says/),
      expect.stringMatching(new RegExp(`${down.url} gave nothing to compare: .*500`)),
    ])
    expect([...blameIn(ran), exported(ran)]).toEqual([good.url])
  })

  test('of go.work.sum, and of a module in a directory below', async () => {
    const work = projectWith(goSumOf(modules), {
      'go.work': 'go 1.21\n\nuse ./a\n',
      'a/go.mod': goModOf('example.com/a', modules),
      'go.work.sum': wrongZipLine,
    })
    const ran = await run(work, [await proxyWith(), await proxyWith()])
    expect({ ...ran.story.failure, log: ran.log }).toMatchObject({
      log: expect.not.stringContaining('gave nothing to compare'),
      message: expect.stringMatching(/^go\.work\.sum:3: example\.com\/m1 v1\.0\.0 is .* 2 proxies; this line says/),
      hint: expect.stringContaining('go work sync'),
      at: { file: join(work.directory, 'go.work.sum'), line: 3 },
    })
    expect(blameIn(ran)).toEqual([])
    const below = projectWith('', {
      'sub/go.mod': goModOf('example.com/sub', modules),
      'sub/go.sum': wrongZipLine,
    })
    const ranBelow = await run(below, [await proxyWith()], { 'working-directory': 'sub' })
    expect(ranBelow.story.failure?.message).toMatch(/^sub\/go\.sum:3: /)
  })

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['GOSUMDB=off', { GOSUMDB: 'off' }, 'GOSUMDB is off'],
    [
      'a private module behind a proxy of its own',
      { GOSUMDB: database.verifierKey, GONOSUMDB: 'example.com' },
      'GOPRIVATE or GONOSUMDB keeps its name from the checksum database',
    ],
  ])('without a database says what the proxies give, and that no more can be told: %s', async (_, env, why) => {
    const proxies = [await proxyWith(), await proxyWith()]
    const ran = await run(projectWith(wrongZipLine), proxies, {}, env)
    expect(ran.story.failure).toMatchObject({
      message: `go.sum:3: example.com/m1 v1.0.0 is ${right} according to 2 proxies; this line says ${wrong}.`,
      hint: expect.stringContaining(why),
    })
    expect(blameIn(ran)).toEqual([])
    expect(proxies.flatMap(({ requests }) => requests.filter(({ path }) => path.includes('/lookup/')))).toEqual([])
  })

  test('behind exec, where only the gateway sees it, is a warning at that line, and blames no proxy', async () => {
    const project = projectWith(wrongZipLine)
    const proxies = [await proxyWith(), await proxyWith()]
    const inputs = { proxies: proxies.map(({ url }) => url).join(' '), fallback: 'off', benchmark: 'off' }
    const command = ['sh', '-c', 'go mod download 2>/dev/null']
    const env = goEnvironment(project, { GOSUMDB: database.verifierKey })
    const ran = await runStory(project, inputs, env, realFiles, { command })
    expect([ran.story.exitCode, blameIn(ran)]).toEqual([1, [undefined]])
    expect(ran.story.warnings.find(({ code }) => code === 'GO_SUM_LINE_WRONG')).toMatchObject({
      message: expect.stringMatching(/^go\.sum:3: .* the checksum database and 2 proxies; this line says/),
      at: { file: join(project.directory, 'go.sum'), line: 3 },
    })
  })

  test('of a private module from its own repository says what the repository gives', async () => {
    const root = directoryWithRepository({ 'go.mod': 'module example.com/team/lib.git\n', 'lib.go': 'package lib\n' })
    const path = 'example.com/team/lib.git'
    const sums = `${path} v1.0.0 ${NO_HASH}\n${path} v1.0.0/go.mod ${hashGoMod(Buffer.from(`module ${path}\n`))}\n`
    const project = cleanUp(
      createProject({ 'go.mod': goModOf('example.com/project', [{ path, version: 'v1.0.0' }]), 'go.sum': sums }),
    )
    const env = {
      GOPRIVATE: 'example.com/team',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `url.file://${root}/.insteadOf`,
      GIT_CONFIG_VALUE_0: 'https://example.com/team/',
    }
    const ran = await run(project, [await proxyWith()], { fallback: 'direct' }, env)
    expect(ran.story.failure).toMatchObject({
      message: expect.stringMatching(
        /^go\.sum:1: example\.com\/team\/lib\.git v1\.0\.0 is h1:\S+ according to its repository; this line says/,
      ),
      hint: expect.stringContaining('GOPRIVATE or GONOSUMDB keeps its name from the checksum database'),
    })
    expect(blameIn(ran)).toEqual([])
  })
})

describe('a right line of go.sum', () => {
  test('that all proxies contradict: the author moved the tag, and no proxy is at fault', async () => {
    const ran = await run(projectWith(goSumOf(modules)), [await proxyWith(changed), await proxyWith(changed)])
    expect(ran.story.failure).toMatchObject({
      code: 'MODULE_RETAGGED',
      message: `go.sum:3: example.com/m1 v1.0.0 was changed after it was published: 2 proxies have ${wrong} now; this line and the checksum database say ${right}.`,
      at: { line: 3 },
    })
    expect(ran.story.failure?.hint).toMatch(/The author moved the tag.* No proxy is at fault/)
    expect(blameIn(ran)).toEqual([])
  })

  test('that one proxy contradicts: that proxy is named, and later steps do not get it', async () => {
    const liar = await proxyWith(changed)
    const ran = await run(projectWith(goSumOf(modules)), [liar])
    expect(ran.story.failure).toMatchObject({
      code: 'PROXY_SENT_WRONG_CONTENT',
      message: `go.sum:3: example.com/m1 v1.0.0: ${liar.url} sends ${wrong}; this line and the checksum database say ${right}. The content was not used.`,
    })
    expect(ran.story.failure?.hint).toContain(`tell the operator of ${liar.url}`)
    expect(exported(ran)).not.toContain(liar.url)
    const [told, ...more] = ran.story.warnings.filter(({ code }) => code === 'PROXY_SENT_WRONG_CONTENT')
    expect([told?.message, more]).toEqual([expect.stringContaining('Later steps do not use it.'), []])
  })

  test('that one of two contradicts: the other serves it, and a proxy that GOPROXY names stays, which is said', async () => {
    const liar = await proxyWith(changed)
    const good = await proxyWith()
    const GOPROXY = `${liar.url}|${good.url}`
    const project = projectWith(goSumOf(modules))
    const ran = await runStory(project, {}, goEnvironment(project, { GOSUMDB: database.verifierKey, GOPROXY }))
    expect([ran.story.failure, exported(ran)]).toEqual([undefined, GOPROXY])
    const [told] = ran.story.warnings.filter(({ code }) => code === 'PROXY_SENT_WRONG_CONTENT')
    expect(told?.message).toMatch(/Later steps still use it, because GOPROXY names it\.$/)
    expect(ran.log).not.toContain('not exported')
  })
})
