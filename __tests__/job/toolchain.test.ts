import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { describe, expect } from '@jest/globals'
import { findCandidates } from '../../src/candidates/find.ts'
import type { BuiltModule } from '../../src/demo/modules.ts'
import { type DemoProxy, type Fault, type ProxyOptions, startProxy } from '../../src/demo/proxy.ts'
import { goSources } from '../../src/job/toolchain/sources.ts'
import { findExecutable } from '../../src/runner/executable.ts'
import { buildToolchain, passOn } from '../support/builders/toolchain.ts'
import { testBeside } from '../support/clean-up.ts'
import { makeDatabase } from '../support/servers/database.ts'
import { faults, tampered } from '../support/servers/faults.ts'
import { makeKey, makeLog, recordOf } from '../support/servers/log.ts'
import { findFreePort } from '../support/servers/ports.ts'
import { QUICK_POLICY, runStory } from '../support/worlds/job.ts'
import { createProject, goEnvironment } from '../support/worlds/project.ts'

const { test, cleanUp } = testBeside()

const REAL_GO = findExecutable('go', { cwd: '/', env: process.env }, process.platform) ?? ''
/** Such as `go1.26.8`: the fake of that version is the machine's own. */
const VERSION = execFileSync(REAL_GO, ['env', 'GOVERSION'], {
  encoding: 'utf8',
  env: { ...process.env, GOTOOLCHAIN: 'local' },
}).trim()
const MINOR = VERSION.replace(/^go|\.\d+$/g, '')
const toolchain = buildToolchain(VERSION, { 'bin/go': passOn(REAL_GO) })
const database = makeDatabase('sum.corp.example', toolchain)
const SUMDB = '/sumdb/sum.corp.example'

const POLICY = {
  ...QUICK_POLICY,
  toolchain: {
    ...{ headMs: 3_000, smallMs: 8_000, stallMs: 3_000, hedgeMs: 300, pauseMs: 50, againForMs: 500 },
    ...{ patienceMs: 20_000, windowMs: 4_000, longestMs: 60_000 },
  },
}

/** A proxy that has Go and mirrors the checksum database. */
async function proxy(options: Partial<ProxyOptions> = {}, served: BuiltModule = toolchain): Promise<DemoProxy> {
  const extra = (path: string) => database.answers.get(path.replace(SUMDB, ''))
  return cleanUp(await startProxy({ modules: [served], extra, ...options }))
}

interface Machine {
  readonly env: Readonly<Record<string, string>>
  readonly project: ReturnType<typeof createProject>
  readonly tools: string
}

/** A machine with node and git, and no Go. */
function machineWithoutGo(files: Readonly<Record<string, string>> = {}): Machine {
  const project = cleanUp(createProject(files))
  const root = dirname(project.directory)
  const directory = join(root, 'programs')
  mkdirSync(directory)
  for (const name of ['node', 'git', 'sh', 'env']) {
    const path = findExecutable(name, { cwd: '/', env: process.env }, process.platform)
    if (path !== undefined) symlinkSync(path, join(directory, name))
  }
  const tools = join(root, 'tools')
  const env = goEnvironment(project, { GOSUMDB: database.verifierKey, PATH: directory, RUNNER_TOOL_CACHE: tools })
  return { project, env, tools }
}

function run(
  { project, env }: Machine,
  options: Readonly<Record<string, string>>,
  face: Parameters<typeof runStory>[4] = {},
) {
  return runStory(project, { fallback: 'off', download: 'false', benchmark: 'off', ...options }, env, undefined, {
    policy: POLICY,
    ...face,
  })
}

const pathsOf = ({ requests }: DemoProxy, ending: string) =>
  requests.filter(({ path }) => path.startsWith('golang.org/toolchain/') && path.endsWith(ending))

describe('a job without Go', () => {
  test('gets what go.mod asks for, proven, in setup-go’s layout; the next job finds it there without network', async () => {
    const machine = machineWithoutGo({ 'go.mod': `module example.com/m\n\ngo ${MINOR}\n` })
    const good = await proxy()
    const first = await run(machine, { proxies: good.url })
    const goroot = join(machine.tools, 'go', VERSION.slice(2), process.arch)
    expect(first.story.failure).toBeUndefined()
    expect(first.story.toolchain).toMatchObject({
      version: VERSION,
      goroot,
      wanted: MINOR,
      by: 'go.mod',
      from: 'proxy',
      fetched: { proxy: good.url, database: good.url, bytes: toolchain.zip.length },
    })
    expect(first.story.settings?.version).toBe(VERSION)
    const asked = first.story.requests.filter(({ why }) => why === 'go')
    expect(asked).toHaveLength(good.requests.length)
    expect(asked.find(({ file }) => file === 'zip')).toMatchObject({
      ...{ module: toolchain.path, version: toolchain.version, proxy: good.url, attempt: 0 },
      ...{ bytes: toolchain.zip.length, status: 200, outcome: 'found' },
    })
    expect(asked.filter(({ file }) => file === 'sumdb').map(({ module }) => module)).toContain(toolchain.path)
    expect(readdirSync(dirname(goroot)).sort()).toEqual([process.arch, `${process.arch}.complete`])
    expect(pathsOf(good, '.zip')).toHaveLength(1)
    expect(first.log).toContain(`Go ${VERSION.slice(2)} (go.mod asks for ${MINOR})`)
    await good.close()
    const second = await run(machine, { proxies: good.url, 'go-version': MINOR })
    expect([second.story.failure, second.story.toolchain?.from]).toEqual([undefined, 'tool cache'])
  })

  test('gives a command that Go, with GOROOT only where one is set', async () => {
    const machine = machineWithoutGo({ '.go-version': `${VERSION.slice(2)}\n` })
    const good = await proxy()
    const show = 'echo "$GOROOT|$GOTOOLCHAIN|$PATH" >shown; go env GOVERSION >>shown'
    const options = { proxies: good.url, 'go-version-file': '.go-version' }
    const shown = async (env: Readonly<Record<string, string>>) => {
      const { story } = await run({ ...machine, env: { ...machine.env, ...env } }, options, {
        command: ['sh', '-c', show],
      })
      expect([story.exitCode, story.toolchain?.by]).toEqual([0, '.go-version'])
      return readFileSync(join(machine.project.directory, 'shown'), 'utf8').split('\n')
    }
    const goroot = join(machine.tools, 'go', VERSION.slice(2), process.arch)
    const path = `${join(goroot, 'bin')}${delimiter}${machine.env['PATH']}`
    expect(await shown({})).toEqual([`|local|${path}`, VERSION, ''])
    expect(await shown({ GOROOT: '/another' })).toEqual([`${goroot}|local|${path}`, VERSION, ''])
  })

  test('an old Go comes, with a warning of what is not done', async () => {
    const old = buildToolchain('go1.21.5')
    const oldDatabase = makeDatabase('sum.corp.example', old)
    const good = await proxy({ extra: path => oldDatabase.answers.get(path.replace(SUMDB, '')) }, old)
    const machine = machineWithoutGo()
    const { story } = await run(
      { ...machine, env: { ...machine.env, GOSUMDB: oldDatabase.verifierKey } },
      { proxies: good.url, 'go-version': '1.21.x' },
    )
    expect([story.failure, story.toolchain?.version]).toEqual([undefined, 'go1.21.5'])
    expect(story.warnings.map(({ code }) => code)).toEqual(['TOOLCHAIN_OLD'])
    expect(story.warnings[0]?.hint).not.toContain('quotes')
  })

  test('a Go that is there and right is used without a request, another one is not', async () => {
    const machine = machineWithoutGo()
    symlinkSync(REAL_GO, join(machine.env['PATH'] ?? '', 'go'))
    const good = await proxy()
    const right = await run(machine, { proxies: good.url, 'go-version': `>=1.22 <=${VERSION.slice(2)}` })
    expect([right.story.toolchain?.from, good.requests]).toEqual(['PATH', []])
    const other = await run(machine, { proxies: good.url, 'go-version': '1.99' })
    expect(other.story.failure?.code).toBe('GO_VERSION_ABSENT')
    expect(pathsOf(good, '.zip')).toEqual([])
  })
})

describe('proxies that fail', () => {
  const zip = (path: string) => path.startsWith('golang.org/toolchain/') && path.endsWith('.zip')
  test.each<readonly [string, () => Promise<DemoProxy | { readonly url: string }>]>([
    ['sends another Go', () => proxy({}, tampered(toolchain))],
    ['lacks it', () => proxy({ fault: ({ path }) => (zip(path) ? faults.status(404) : undefined) })],
    ['knows nothing of it', () => proxy({ fault: () => faults.status(404) })],
    ['is dead', async () => ({ url: `http://127.0.0.1:${await findFreePort()}` })],
    ['keeps silent', () => proxy({ fault: () => faults.silent })],
    ['stalls within the zip', () => proxy({ fault: ({ path }) => (zip(path) ? faults.stall : undefined) })],
    ['cuts the zip', () => proxy({ fault: ({ path }) => (zip(path) ? faults.cut : undefined) })],
    ['sends a page', () => proxy({ fault: () => faults.portal })],
  ])('one that %s costs seconds, and the next one serves', async (_, makeBad) => {
    const bad = await makeBad()
    const good = await proxy()
    const machine = machineWithoutGo()
    const { story } = await run(machine, { proxies: `${bad.url} ${good.url}`, 'go-version': VERSION })
    expect(story.failure).toBeUndefined()
    expect(story.toolchain?.fetched?.proxy).toBe(good.url)
    expect(existsSync(join(story.toolchain?.goroot ?? '', 'bin', 'go'))).toBe(true)
  })

  const hurried = { patienceMs: 600, windowMs: 400, longestMs: 30_000, headMs: 60_000, stallMs: 60_000 }
  test.each<readonly [string, Fault, string]>([
    ['is silent after the head', faults.stall, 'does not come'],
    ['never answers', faults.silent, 'does not come'],
    ['sends a trickle', faults.trickle(1, 50), 'arrives at'],
  ])('a lone one that %s ends it, with reason and remedy', async (_, fault, why) => {
    const bad = await proxy({ fault: ({ path }) => (zip(path) ? fault : undefined) })
    const policy = { ...POLICY, toolchain: { ...POLICY.toolchain, ...hurried } }
    const { story } = await run(machineWithoutGo(), { proxies: bad.url, 'go-version': VERSION }, { policy })
    expect(story.failure).toMatchObject({
      code: 'TOOLCHAIN_TOO_SLOW',
      message: expect.stringContaining(`its zip from ${bad.url} ${why}`),
      hint: expect.stringContaining('`proxies`'),
    })
    expect(story.failure?.message).toMatch(/was given up after /)
  })

  test('a lone one that is slow, and will be done in reasonable time, is waited for', async () => {
    const slow = await proxy({
      fault: ({ path }) => (zip(path) ? faults.trickle(Math.ceil(toolchain.zip.length / 40), 50) : undefined),
    })
    const policy = { ...POLICY, toolchain: { ...POLICY.toolchain, ...hurried } }
    const { story } = await run(machineWithoutGo(), { proxies: slow.url, 'go-version': VERSION }, { policy })
    expect([story.failure, story.toolchain?.version]).toEqual([undefined, VERSION])
  })

  test('what hardly answers is not waited for again where another says that there is no such version', async () => {
    const silent = await proxy({ fault: () => faults.silent })
    const good = await proxy()
    const { story } = await run(machineWithoutGo(), { proxies: `${silent.url} ${good.url}`, 'go-version': MINOR })
    expect(story.toolchain?.version).toBe(VERSION)
    // The list and one round of questions; each was asked of both, and none of them a second time.
    const asked = silent.requests.map(({ path }) => path)
    expect(asked.length).toBe(new Set(asked).size)
  })

  test('offline it ends with reason and remedy, and nothing is left', async () => {
    const machine = machineWithoutGo()
    const { story } = await run(machine, {
      proxies: `http://127.0.0.1:${await findFreePort()}`,
      'go-version': '1.26',
    })
    expect(story.failure?.code).toBe('TOOLCHAIN_UNREACHABLE')
    expect(story.failure?.message).toContain('no connection')
    expect(new Set(story.requests.map(({ why, outcome }) => `${why}: ${outcome}`))).toEqual(
      new Set(['go: unreachable']),
    )
    expect(existsSync(machine.tools)).toBe(false)
  })

  test.each([[401], [403], [404]])('a proxy that answers %i is not asked for the zip again', async status => {
    const machine = machineWithoutGo()
    const refusing = await proxy({ fault: ({ path }) => (zip(path) ? faults.status(status) : undefined) })
    const { story } = await run(machine, { proxies: refusing.url, 'go-version': VERSION })
    expect(story.failure?.code).toBe('TOOLCHAIN_UNREACHABLE')
    expect(story.failure?.message).toContain(`(${status})`)
    expect(pathsOf(refusing, '.zip')).toHaveLength(1)
  })

  test('a proxy whose list is empty is asked for it once, and for the versions', async () => {
    const list = (path: string) => path.startsWith('golang.org/toolchain/') && path.endsWith('/list')
    const empty = await proxy({
      fault: ({ path }) => (list(path) ? (_, res) => void res.writeHead(200).end() : undefined),
    })
    const { story } = await run(machineWithoutGo(), { proxies: empty.url, 'go-version': `>=${VERSION.slice(2)}` })
    expect([story.failure, story.toolchain?.version]).toEqual([undefined, VERSION])
    expect(pathsOf(empty, '/list')).toHaveLength(1)
  })

  test('a Go that cannot be installed names the place, and what to set', async () => {
    const machine = machineWithoutGo()
    const good = await proxy()
    writeFileSync(machine.tools, 'a file')
    const home = { ...machine.env, HOME: machine.tools, XDG_CACHE_HOME: '' }
    const { story } = await run({ ...machine, env: home }, { proxies: good.url, 'go-version': VERSION })
    expect(story.failure?.code).toBe('TOOLCHAIN_NOT_WRITTEN')
    expect(story.failure?.message).toContain(machine.tools)
    expect(story.failure?.hint).toContain('RUNNER_TOOL_CACHE')
  })

  test('a checksum database that fails now and then is asked again', async () => {
    const failed = new Set<string>()
    const flaky = await proxy({
      fault: ({ path }) => {
        if (!path.startsWith(SUMDB.slice(1)) || failed.has(path)) return undefined
        failed.add(path)
        return faults.status(503)
      },
    })
    const patient = { ...POLICY, toolchain: { ...POLICY.toolchain, againForMs: 30_000 } }
    const options = { proxies: flaky.url, 'go-version': VERSION }
    const { story } = await run(machineWithoutGo(), options, { policy: patient })
    expect(story.failure).toBeUndefined()
    expect(failed.size).toBeGreaterThan(0)
  })

  test('where there is no directory for Go, none is fetched', async () => {
    const machine = machineWithoutGo()
    const good = await proxy()
    const { HOME: _, RUNNER_TOOL_CACHE: __, XDG_CACHE_HOME: ___, ...env } = machine.env
    const { story } = await run({ ...machine, env }, { proxies: good.url, 'go-version': VERSION })
    expect(story.failure?.code).toBe('TOOLCHAIN_NO_PLACE')
    expect(pathsOf(good, '.zip')).toEqual([])
  })

  test('a version that is listed, and whose zip no proxy has: a range takes the next lower one, and says so', async () => {
    const newer = VERSION.replace(/\d+$/, patch => String(Number(patch) + 1))
    const name = (version: string) => toolchain.version.replace(VERSION, version)
    const records = [toolchain, buildToolchain(newer)]
    const log = makeLog(records.map(recordOf), makeKey('sum.corp.example'))
    const extra = (path: string) => {
      if (path.endsWith(`${name(newer)}.info`)) return Buffer.from(JSON.stringify({ Version: name(newer) }))
      const question = path.replace(SUMDB, '')
      const asked = records.findIndex(({ version }) => question.endsWith(`@${version}`))
      return asked < 0 ? log.tile(question) : Buffer.from(log.lookup(asked, records.length))
    }
    const list = faults.status(200, `${toolchain.version}\n${name(newer)}\n`)
    const claiming = await proxy({ extra, fault: ({ path }) => (path.endsWith('/list') ? list : undefined) })
    const machine = machineWithoutGo()
    const believing = { ...machine, env: { ...machine.env, GOSUMDB: log.key.verifierKey } }
    const exact = await run(believing, { proxies: claiming.url, 'go-version': newer })
    expect(exact.story.failure?.code).toBe('TOOLCHAIN_UNREACHABLE')
    const range = await run(believing, { proxies: claiming.url, 'go-version': MINOR })
    expect([range.story.failure, range.story.toolchain?.version]).toEqual([undefined, VERSION])
    expect(range.story.warnings).toEqual([
      expect.objectContaining({ code: 'TOOLCHAIN_WITHOUT_ZIP', message: expect.stringContaining(newer.slice(2)) }),
    ])
  })

  test('its zip is kept where Go is to be: a temporary directory may be small', async () => {
    const machine = machineWithoutGo()
    const parent = join(machine.tools, 'go', VERSION.slice(2))
    let seen: readonly string[] = []
    const good = await proxy({
      fault: ({ path }) => {
        if (zip(path)) seen = readdirSync(parent)
        return undefined
      },
    })
    const { story } = await run(machine, { proxies: good.url, 'go-version': VERSION })
    expect([story.failure, seen.length]).toEqual([undefined, 1])
    expect(readdirSync(parent).sort()).toEqual([process.arch, `${process.arch}.complete`])
  })

  test('another Go in its marked directory is told at once, and the next place has it', async () => {
    const machine = machineWithoutGo()
    const goroot = join(machine.tools, 'go', VERSION.slice(2), process.arch)
    mkdirSync(join(goroot, 'bin'), { recursive: true })
    writeFileSync(join(goroot, 'bin', 'go'), '')
    writeFileSync(join(goroot, 'VERSION'), 'go1.22.0\n')
    writeFileSync(`${goroot}.complete`, '')
    const good = await proxy()
    const { story, log } = await run(machine, { proxies: good.url, 'go-version': VERSION })
    expect([story.failure, story.toolchain?.from]).toEqual([undefined, 'proxy'])
    expect(story.toolchain?.goroot).toContain(join('.cache', 'go-proxy-setup'))
    expect(log).toMatch(/marked as complete, and is 1\.22\.0 by its VERSION file.*Trying the next place/)
  })

  test('a database that lies lets none come; nor does none at all, but what is installed is used', async () => {
    const machine = machineWithoutGo()
    const good = await proxy()
    const options = { proxies: good.url, 'go-version': VERSION }
    const { verifierKey } = makeDatabase('sum.corp.example', toolchain)
    const lying = await run(
      { ...machine, env: { ...machine.env, GOSUMDB: `${verifierKey} ${good.url}${SUMDB}` } },
      options,
    )
    expect(lying.story.failure?.code).toBe('TOOLCHAIN_UNPROVEN')
    const off = { ...machine, env: { ...machine.env, GOSUMDB: 'off' } }
    expect((await run(off, options)).story.failure?.code).toBe('TOOLCHAIN_WITHOUT_DATABASE')
    expect(existsSync(join(machine.tools, 'go', VERSION.slice(2), process.arch))).toBe(false)
    await run(machine, options)
    expect((await run(off, options)).story.toolchain?.from).toBe('tool cache')
  })

  test('a database that contradicts what go believed of it here lets none come', async () => {
    const machine = machineWithoutGo()
    const good = await proxy()
    const { head, verifierKey } = database
    const remembered = join(machine.env['GOPATH'] ?? '', 'pkg', 'sumdb', 'sum.corp.example', 'latest')
    mkdirSync(dirname(remembered), { recursive: true })
    writeFileSync(remembered, makeDatabase('sum.corp.example', toolchain).head)
    const options = { proxies: good.url, 'go-version': VERSION }
    const url = { ...machine, env: { ...machine.env, GOSUMDB: `${verifierKey} ${good.url}${SUMDB}` } }
    const wrong = await run(url, options)
    expect([wrong.story.failure?.code, wrong.story.failure?.hint]).toEqual([
      'TOOLCHAIN_UNPROVEN',
      expect.stringContaining('pkg/sumdb/sum.corp.example/latest'),
    ])
    writeFileSync(remembered, head)
    expect((await run(url, options)).story.failure).toBeUndefined()
  })

  test('a Go that lies there broken is passed over, and told of', async () => {
    const machine = machineWithoutGo()
    const good = await proxy()
    const options = { proxies: good.url, 'go-version': VERSION }
    const first = await run(machine, options)
    const { goroot = '' } = first.story.toolchain ?? {}
    writeFileSync(join(goroot, 'bin', 'go'), '')
    const { story } = await run(machine, options)
    expect([story.failure, story.warnings.map(({ code }) => code)]).toEqual([undefined, ['TOOLCHAIN_BROKEN']])
    expect(story.warnings[0]?.message).toContain(goroot)
    expect(story.toolchain?.goroot).toContain(join('.cache', 'go-proxy-setup'))
    expect(story.settings?.version).toBe(VERSION)
  })

  test('where the tool cache cannot be written to, the user’s cache directory has it', async () => {
    const machine = machineWithoutGo()
    writeFileSync(machine.tools, 'a file')
    const good = await proxy()
    const { story } = await run(machine, { proxies: good.url, 'go-version': VERSION })
    expect([story.failure, story.toolchain?.goroot]).toEqual([
      undefined,
      join(machine.env['HOME'] ?? '', '.cache/go-proxy-setup/go', VERSION.slice(2), process.arch),
    ])
  })
})

describe('a file that does not name a version', () => {
  test.each<readonly [string, Readonly<Record<string, string>>, Readonly<Record<string, string>>, RegExp]>([
    [
      'is not there',
      {},
      { 'go-version-file': 'go.mod' },
      /--go-version-file: go\.mod is not in the current directory\..*Name a go\.mod/,
    ],
    [
      'is a directory',
      { 'app/go.mod': '' },
      { 'go-version-file': 'app' },
      /app is a directory\..*Did you mean app\/go\.mod\?/,
    ],
    ['is a version', {}, { 'go-version-file': '1.26' }, /1\.26 is not in .*given as go-version: 1\.26\./],
    [
      'lies in the working directory',
      { 'app/go.mod': 'module m\n\ngo 1.26\n' },
      { 'go-version-file': 'go.mod', 'working-directory': 'app' },
      /Did you mean app\/go\.mod\?/,
    ],
  ])('because it %s, is named with what to write', async (_, files, options, words) => {
    const { story } = await run(machineWithoutGo(files), { proxies: 'http://127.0.0.1:9', ...options })
    expect(story.failure?.code).toBe('INPUT_GO_VERSION_FILE')
    expect(`${story.failure?.message} ${story.failure?.hint}`).toMatch(words)
  })
})

describe('whom Go is asked of', () => {
  const sources = (goproxy: string, proxies: readonly string[] = [], fallback?: 'direct' | 'off') => {
    const inputs = {
      proxies: proxies.map(url => ({ kind: 'url', url, preset: undefined }) as const),
      privateProxy: undefined,
      fallback,
    }
    const candidates = findCandidates(inputs, { GOPROXY: { value: goproxy, from: 'environment' } })
    if (!candidates.ok) throw new Error()
    return goSources(candidates.value, goproxy, inputs).map(({ name, closes }) => [
      name,
      closes.map(one => one.name).join(),
    ])
  }
  const DIRECT = ['https://go.dev/dl/mod', '']

  test('those that are named, in their order, and where go goes itself; never a mirror that stands by', async () => {
    expect(sources('https://proxy.golang.org,direct')).toEqual([['https://proxy.golang.org', ''], DIRECT])
    expect(sources('https://proxy.golang.org,direct', ['https://goproxy.cn'], 'off')).toEqual([
      ['https://goproxy.cn', ''],
    ])
    expect(sources('https://a.corp,https://b.corp|https://c.corp')).toEqual([
      ['https://a.corp', 'https://b.corp,https://c.corp'],
      ['https://b.corp', ''],
      ['https://c.corp', ''],
    ])
    expect(sources('direct')).toEqual([DIRECT])
    expect(sources('off')).toEqual([])
  })
})
