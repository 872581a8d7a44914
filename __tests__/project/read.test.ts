import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import type { Result } from '../../src/errors.ts'
import type { Project } from '../../src/project/project.ts'
import { readProject } from '../../src/project/read.ts'
import { goSettings, type SettingsOverrides } from '../support/builders/settings.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { contentOf } from '../support/worlds/download.ts'
import { realCommands, realFiles } from '../support/worlds/effects.ts'
import { runGo } from '../support/worlds/go-command.ts'
import { cachedFiles, createProject, goEnvironment, type TestProject } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()

function create(files: Readonly<Record<string, string>>): TestProject {
  return cleanUp(createProject(files))
}

/** The directories `names` of a project as the inputs would have found them. */
function read(
  project: TestProject,
  {
    names = ['.'],
    env = {},
    settings = {},
    workspace,
    askedIn,
  }: {
    names?: string[]
    env?: Record<string, string>
    settings?: SettingsOverrides
    workspace?: string
    askedIn?: string
  } = {},
): Promise<Result<Project>> {
  const all = goEnvironment(project, env)
  return readProject(
    names.map(name => ({
      path: join(project.directory, name),
      name,
      askedIn: askedIn && join(project.directory, askedIn),
    })),
    goSettings({ env: all, gomodcache: all['GOMODCACHE'] ?? '', ...settings }),
    { commands: realCommands, files: realFiles, timeoutMs: 30_000, workspace },
  )
}

async function projectOf(...args: Parameters<typeof read>): Promise<Project> {
  const result = await read(...args)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value
}

async function problemsOf(...args: Parameters<typeof read>) {
  const result = await read(...args)
  return result.ok ? [] : result.problems
}

const names = (modules: readonly { path: string; version: string }[]) => modules.map(m => `${m.path}@${m.version}`)
const module = (path: string, version = 'v1.0.0') => buildModule({ path, version })
const [a, b, c] = [module('example.com/a'), module('example.com/b'), module('example.com/c', 'v1.2.0')]

describe('one module', () => {
  test('what go.mod requires, with its sums, go line and toolchain line', async () => {
    const project = create({
      'go.mod': `${goModOf('example.com/main', [a, b], '1.24')}\ntoolchain go1.24.3\n`,
      'go.sum': goSumOf([a, b]),
    })
    const value = await projectOf(project)
    expect(names(value.modules)).toEqual(['example.com/a@v1.0.0', 'example.com/b@v1.0.0'])
    expect([value.goLine, value.toolchainLine]).toEqual(['1.24', 'go1.24.3'])
    expect(value.mainModules).toEqual(['example.com/main'])
    expect(value.vendored).toBe(false)
    expect([...value.sums.keys()].sort()).toEqual([
      'example.com/a v1.0.0',
      'example.com/a v1.0.0/go.mod',
      'example.com/b v1.0.0',
      'example.com/b v1.0.0/go.mod',
    ])
    expect(value.directories).toEqual([
      {
        path: project.directory,
        name: '.',
        kind: 'module',
        vendored: false,
        modFiles: [join(project.directory, 'go.mod')],
        sumFiles: [join(project.directory, 'go.sum')],
      },
    ])
  })

  test('after `replace`: another module, any version of it, and nothing for a local directory', async () => {
    const text = `${goModOf('example.com/main', [a, b, c])}
replace example.com/a v1.0.0 => example.com/fork v1.9.0
replace example.com/b => ../b
replace example.com/c v1.1.0 => example.com/never v1.0.0
`
    const value = await projectOf(create({ 'go.mod': text }))
    expect(names(value.modules)).toEqual(['example.com/fork@v1.9.0', 'example.com/c@v1.2.0'])
  })

  test('before go 1.17 go.mod does not list everything, and go.sum tells what may come', async () => {
    const value = await projectOf(
      create({ 'go.mod': goModOf('example.com/main', [a], '1.16'), 'go.sum': goSumOf([a, b]) }),
    )
    // Whether b is needed, only the go.mod of a tells.
    expect([names(value.modules), value.openEnded]).toEqual([['example.com/a@v1.0.0'], true])
    expect(names(value.perhaps.modules)).toEqual(['example.com/b@v1.0.0'])
  })

  test('the same without go.sum: what it requires', async () => {
    const project = create({ 'go.mod': goModOf('example.com/project', [a, b], '1.16') })
    expect(names((await projectOf(project)).modules)).toEqual(['example.com/a@v1.0.0', 'example.com/b@v1.0.0'])
  })

  test('no requirements and no go.sum', async () => {
    const value = await projectOf(create({ 'go.mod': 'module example.com/main\n\ngo 1.22\n' }))
    expect([value.modules, value.sums.size, value.missing]).toEqual([[], 0, []])
  })

  test('no directory at all', async () => {
    expect(await projectOf(create({}), { names: [] })).toMatchObject({ directories: [], modules: [], vendored: false })
  })

  test('flags, a workspace, a toolchain and GO111MODULE=off of the user’s do not hinder the reading', async () => {
    const project = create({ 'go.mod': goModOf('example.com/main', [a], '1.99.0') })
    const env = { GOFLAGS: '-mod=vendor -modfile=/nowhere', GOTOOLCHAIN: 'go1.98.0', GO111MODULE: 'off', GOWORK: '/x' }
    expect((await projectOf(project, { env })).goLine).toBe('1.99.0')
  })
})

describe('what is missing', () => {
  test('is what the real go has not put into its cache', async () => {
    const project = create({ 'go.mod': goModOf('example.com/main', [a, b, c]), 'go.sum': goSumOf([a, b, c]) })
    const proxy = cleanUp(await startProxy({ modules: [a, b, c] }))
    const env = goEnvironment(project, { GOPROXY: proxy.url, GONOSUMDB: '*' })
    expect(names((await projectOf(project)).missing)).toHaveLength(3)
    const run = await runGo(['mod', 'download', 'example.com/b@v1.0.0'], { cwd: project.directory, env })
    expect(run).toMatchObject({ exitCode: 0 })
    expect(names((await projectOf(project)).missing)).toEqual(['example.com/a@v1.0.0', 'example.com/c@v1.2.0'])
    await runGo(['mod', 'download'], { cwd: project.directory, env })
    expect((await projectOf(project)).missing).toEqual([])
    // A half-written one has another name.
    rmSync(join(env['GOMODCACHE'] ?? '', 'cache', 'download', cachedFiles(env, '.zip')[0] ?? ''))
    expect(names((await projectOf(project)).missing)).toHaveLength(1)
  })
})

describe('-modfile in GOFLAGS', () => {
  const ci = { 'ci.mod': goModOf('example.com/main', [a, b], '1.24'), 'ci.sum': goSumOf([a, b]) }
  const main = { 'go.mod': `${goModOf('example.com/main', [c], '1.22')}\ntoolchain go1.23.1\n`, 'go.sum': goSumOf([c]) }

  test.each<[string, string, Readonly<Record<string, string>>]>([
    ['beside go.mod', '-modfile=ci.mod', ci],
    ['with two dashes, quoted, after another', `-mod=mod -modfile=go.mod "--modfile=ci.mod"`, ci],
    ['in another directory', "'-modfile=my ci/ci.mod'", { 'my ci/ci.mod': ci['ci.mod'], 'my ci/ci.sum': ci['ci.sum'] }],
  ])('names what is built with, and what choses the toolchain is go.mod: %s', async (_, flags, files) => {
    const project = create({ ...main, ...files })
    const value = await projectOf(project, { settings: { GOFLAGS: flags } })
    expect(names(value.modules)).toEqual(['example.com/a@v1.0.0', 'example.com/b@v1.0.0'])
    expect([...value.sums.keys()].filter(key => key.includes('/c '))).toEqual([])
    const modFile = join(project.directory, Object.keys(files)[0] ?? '')
    expect(value.directories).toMatchObject([{ modFiles: [modFile], sumFiles: [modFile.replace(/mod$/, 'sum')] }])
    expect([value.goLine, value.toolchainLine]).toEqual(['1.22', 'go1.23.1'])
  })

  test('go.mod itself is not read then, only looked at, as go does', async () => {
    const project = create({ 'go.mod': 'no go.mod at all\ngo 1.23 // like this\n', ...ci })
    const value = await projectOf(project, { settings: { GOFLAGS: '-modfile=ci.mod' } })
    expect([value.modules.length, value.goLine]).toEqual([2, '1.23'])
  })

  test('begins where go is asked, in each of several directories', async () => {
    const project = create({
      'x/go.mod': main['go.mod'],
      'x/ci.mod': goModOf('example.com/x', [a]),
      'y/go.mod': main['go.mod'],
      'y/ci.mod': goModOf('example.com/y', [b]),
      'y/deep/ci.mod': goModOf('example.com/y', [c]),
    })
    const settings = { GOFLAGS: '-modfile=ci.mod' }
    const both = await projectOf(project, { names: ['x', 'y'], settings })
    expect(names(both.modules)).toEqual(['example.com/a@v1.0.0', 'example.com/b@v1.0.0'])
    const below = await read(project, { names: ['y'], askedIn: 'y/deep', settings })
    expect(below.ok && names(below.value.modules)).toEqual(['example.com/c@v1.2.0'])
  })

  test.each([
    [
      'no.mod',
      'PROJECT_MODFILE_MISSING',
      /^GOFLAGS \(from environment\) has -modfile=no\.mod, but there is no no\.mod for \./,
    ],
    ['ci.sum', 'PROJECT_MODFILE_NAME', /^GOFLAGS \(from environment\) has -modfile=ci\.sum, which go refuses/],
    ['bad.mod', 'PROJECT_GO_MOD_UNREADABLE', /^bad\.mod cannot be read: [\s\S]*unknown directive/],
  ])('that go cannot use is named: %s', async (file, code, words) => {
    const project = create({ ...main, ...ci, 'bad.mod': 'modul x\n' })
    const problems = await problemsOf(project, { settings: { GOFLAGS: `-modfile=${file}` } })
    expect(problems).toMatchObject([{ code, message: expect.stringMatching(words) }])
  })

  test('is go’s own to refuse in a workspace, whose modules are those of go.work', async () => {
    const project = create({ ...main, ...ci, 'go.work': 'go 1.22\nuse .\n' })
    const value = await projectOf(project, { settings: { GOFLAGS: '-modfile=ci.mod' } })
    expect(names(value.modules)).toEqual(['example.com/c@v1.2.0'])
  })
})

describe('vendor', () => {
  const files = { 'go.mod': goModOf('example.com/main', [a], '1.20'), 'vendor/modules.txt': '# example.com/a v1.0.0\n' }

  test.each<[string, Record<string, string>, string, boolean]>([
    ['is used where go would use it', files, '', true],
    ['a directory of that name alone is not enough', { ...files, 'vendor/modules.txt/x': '' }, '', false],
    ['not with -mod=mod', files, '-mod=mod', false],
    ['not with -mod=readonly among other flags', files, '-v -mod=readonly', false],
    ['with -modcacherw', files, '-modcacherw', true],
    ['where the last of two flags says so', files, "-mod=mod '--mod=vendor'", true],
    ['before go 1.14 with -mod=vendor', { ...files, 'go.mod': goModOf('m', [a], '1.13') }, '-mod=vendor', true],
    ['not before go 1.14', { ...files, 'go.mod': goModOf('example.com/main', [a], '1.13') }, '', false],
    [
      'not one that was made for a workspace',
      { ...files, 'vendor/modules.txt': '## workspace\n# example.com/a v1.0.0\n' },
      '',
      false,
    ],
    ['which -mod=vendor does not ask', { ...files, 'vendor/modules.txt': '## workspace\n' }, '-mod=vendor', true],
  ])('%s', async (_, { 'vendor/modules.txt': list, ...rest }, flags, vendored) => {
    const all: Record<string, string> =
      'vendor/modules.txt/x' in rest ? rest : { ...rest, 'vendor/modules.txt': list ?? '' }
    const value = await projectOf(create(all), { settings: { GOFLAGS: flags } })
    expect([value.vendored, value.directories[0]?.vendored]).toEqual([vendored, vendored])
  })

  test('of one of two modules spares only that one', async () => {
    const project = create({
      'x/go.mod': files['go.mod'],
      'x/vendor/modules.txt': files['vendor/modules.txt'],
      'y/go.mod': goModOf('example.com/y', [b]),
    })
    const value = await projectOf(project, { names: ['x', 'y'] })
    expect([value.vendored, value.directories.map(directory => directory.vendored)]).toEqual([false, [true, false]])
    // Nothing is fetched of what go takes from the vendor directory.
    expect([names(value.modules), names(value.missing)]).toEqual([['example.com/b@v1.0.0'], ['example.com/b@v1.0.0']])
  })
})

describe('several modules', () => {
  test('each once, sums together, the newest go and toolchain lines', async () => {
    const project = create({
      'x/go.mod': `${goModOf('example.com/x', [a, b], '1.22')}\ntoolchain go1.25.1\n`,
      'x/go.sum': goSumOf([a]),
      'y/go.mod': `${goModOf('example.com/y', [b, c], '1.23.4')}\ntoolchain go1.24.9\n`,
      'y/go.sum': goSumOf([c]),
    })
    const value = await projectOf(project, { names: ['x', 'y', 'x'] })
    expect(value.directories.map(directory => directory.name)).toEqual(['x', 'y'])
    expect(names(value.modules)).toEqual(['example.com/a@v1.0.0', 'example.com/b@v1.0.0', 'example.com/c@v1.2.0'])
    expect([value.goLine, value.toolchainLine]).toEqual(['1.23.4', 'go1.25.1'])
    expect(value.sums.has('example.com/a v1.0.0') && value.sums.has('example.com/c v1.2.0')).toBe(true)
  })

  test('all that is wrong in any of them is told together', async () => {
    const project = create({
      'x/go.mod': 'modul example.com/x\n',
      'y/go.mod': goModOf('example.com/y', [a]),
      'y/go.sum': 'one two\n<<<<<<< HEAD\n',
    })
    const problems = await problemsOf(project, { names: ['x', 'y'] })
    expect(problems.map(({ code }) => code)).toEqual([
      'PROJECT_GO_MOD_UNREADABLE',
      'PROJECT_GO_SUM_MALFORMED',
      'PROJECT_GO_SUM_MALFORMED',
    ])
    expect(problems[0]?.message).toContain('x cannot be read')
    expect(problems[1]?.message).toContain('y/go.sum:1: ')
    expect(problems.map(({ at }) => at?.line)).toEqual([1, 1, 2])
  })
})

const onPosix = process.platform === 'win32' ? describe.skip : describe
onPosix('a file that is a link', () => {
  const SECRET = 'cAnArY-t0ken'
  /** In three forms: a token alone, netrc, and git's configuration. */
  const secrets = `${SECRET}\nmachine ${SECRET} login x\n${SECRET}-header = AUTHORIZATION: basic ${SECRET}\n`

  function linked(name: string, target: string, rest: Readonly<Record<string, string>> = {}): TestProject {
    const project = create({ 'repo/here/keep': '', 'repo/.git/config': secrets, 'outside/secret': secrets, ...rest })
    mkdirSync(dirname(join(project.directory, 'repo', name)), { recursive: true })
    symlinkSync(join(project.directory, target), join(project.directory, 'repo', name))
    return project
  }

  test.each([
    ['go.mod', 'outside/secret', {}, 'go.mod'],
    ['go.mod', 'repo/.git/config', {}, 'go.mod'],
    ['go.work', 'outside/secret', { 'repo/go.mod': goModOf('m', []) }, 'go.work'],
    ['x/go.mod', 'outside/secret', { 'repo/go.work': 'go 1.23\n\nuse ./x\n' }, 'go.mod'],
    ['here/go.mod', 'outside/secret', { 'repo/go.work': 'go 1.23\n\nuse ./here\n' }, 'go.mod'],
    ['here/link', 'outside', { 'outside/go.mod': secrets, 'repo/go.work': 'go 1.23\n\nuse ./here/link\n' }, 'go.mod'],
    ['here/unused', 'outside', { 'outside/go.mod': secrets, 'repo/go.work': 'go 1.23\n\nuse ../outside\n' }, 'go.mod'],
  ])('out of the workspace is not quoted: %s to %s', async (name, target, rest, file) => {
    const project = linked(name, target, rest as Readonly<Record<string, string>>)
    const problems = await problemsOf(project, { names: ['repo'], workspace: join(project.directory, 'repo') })
    expect(problems).toMatchObject([
      { message: expect.stringMatching(`^${file.replace('.', '\\.')} in .* go refuses line 1, 2, 3\\.`) },
    ])
    expect(JSON.stringify(problems)).not.toContain(SECRET)
  })

  test('is not quoted without a workspace either, where it leads out of its directory', async () => {
    const project = linked('go.mod', 'outside/secret')
    expect(JSON.stringify(await problemsOf(project, { names: ['repo'] }))).not.toContain(SECRET)
  })

  test.each([
    ['go.sum', 'outside/secret', { 'repo/go.mod': goModOf('m', []) }],
    ['go.work.sum', 'outside/secret', { 'repo/go.mod': goModOf('m', []), 'repo/go.work': 'go 1.23\n\nuse .\n' }],
  ])('whose lines are no sums is not quoted: %s', async (name, target, rest) => {
    const project = linked(name, target, rest as Readonly<Record<string, string>>)
    const problems = await problemsOf(project, { names: ['repo'], workspace: join(project.directory, 'repo') })
    expect(problems.map(({ code }) => code)).toContain('PROJECT_GO_SUM_MALFORMED')
    expect(JSON.stringify(problems)).not.toContain(SECRET)
  })

  test('within the workspace is quoted', async () => {
    const project = linked('go.mod', 'repo/here/go.mod', { 'repo/here/go.mod': 'modul x\n' })
    const problems = await problemsOf(project, { names: ['repo'], workspace: join(project.directory, 'repo') })
    expect(problems[0]?.message).toContain('unknown directive: modul')
  })

  test.each(['repo/here/go.mod', 'outside/go.mod'])(
    'to a go.mod that go can read is read, as by go: %s',
    async target => {
      const project = linked('go.mod', target, { [target]: goModOf('m', [a]), 'repo/go.sum': goSumOf([a]) })
      const where = { names: ['repo'], workspace: join(project.directory, 'repo') }
      expect(names((await projectOf(project, where)).modules)).toEqual(['example.com/a@v1.0.0'])
    },
  )

  test('of a whole workspace is no link out of it', async () => {
    const project = linked('.link', '.', { 'repo/go.mod': 'modul x\n' })
    const alias = join(project.directory, 'repo/.link/repo')
    expect((await problemsOf(project, { names: ['repo'], workspace: alias }))[0]?.message).toContain('modul')
  })
})

describe('a workspace', () => {
  const files = {
    'go.work': 'go 1.23\n\ntoolchain go1.23.5\n\nuse (\n\t./x\n\t./y\n)\n',
    'go.work.sum': goSumOf([c]),
    // Not obeyed in a workspace.
    'x/go.mod': `${goModOf('example.com/x', [a], '1.22')}\ntoolchain go1.99.1\n`,
    'x/go.sum': goSumOf([a]),
    'y/go.mod': goModOf('example.com/y', [b], '1.22'),
    'y/go.sum': goSumOf([b]),
  }

  test('is one run of go, which needs what its modules list, and may need what other sums name', async () => {
    const project = create(files)
    const at = (name: string) => join(project.directory, name)
    const value = await projectOf(project)
    expect(value.directories).toEqual([
      {
        path: project.directory,
        name: '.',
        kind: 'workspace',
        vendored: false,
        modFiles: [at('go.work'), at('x/go.mod'), at('y/go.mod')],
        sumFiles: [at('go.work.sum'), at('x/go.sum'), at('y/go.sum')],
      },
    ])
    expect(names(value.modules)).toEqual(['example.com/a@v1.0.0', 'example.com/b@v1.0.0'])
    expect([value.openEnded, names(value.perhaps.modules)]).toEqual([true, ['example.com/c@v1.2.0']])
    expect([value.goLine, value.toolchainLine, value.mainModules]).toEqual([
      '1.23',
      'go1.23.5',
      ['example.com/x', 'example.com/y'],
    ])
  })

  test('without go.sum: the newest of what its modules require, after its own `replace`', async () => {
    const [older, newer] = [module('example.com/d', 'v1.9.0'), module('example.com/d', 'v1.10.0')]
    const value = await projectOf(
      create({
        'go.work': 'go 1.23\n\nuse (\n\t./x\n\t./y\n)\n\nreplace example.com/c => example.com/b v1.0.0\n',
        'x/go.mod': `${goModOf('example.com/x', [a, newer, c], '1.22')}\nrequire example.com/y v0.0.0\n`,
        'y/go.mod': goModOf('example.com/y', [older], '1.22'),
      }),
    )
    const expected = ['example.com/a@v1.0.0', 'example.com/b@v1.0.0', 'example.com/d@v1.10.0']
    expect([names(value.modules).sort(), names(value.missing).sort()]).toEqual([expected, expected])
  })

  test('where one module has no go.sum yet: what the others’ do not tell', async () => {
    const { 'y/go.sum': _, ...rest } = files
    const other = goModOf('example.com/y', [module('example.com/a', 'v0.9.0'), b], '1.22')
    const { modules, perhaps } = await projectOf(create({ ...rest, 'y/go.mod': other }))
    expect(names(modules).sort()).toEqual(['example.com/a@v1.0.0', 'example.com/b@v1.0.0'])
    expect(names(perhaps.modules)).toEqual(['example.com/c@v1.2.0'])
  })

  test('above two modules is the same workspace, once', async () => {
    const value = await projectOf(create(files), { names: ['x', 'y'] })
    expect(value.directories.map(({ kind, name }) => [kind, name])).toEqual([['workspace', 'y (go.work above it)']])
  })

  test('is vendored from go 1.22 on', async () => {
    const vendored = { ...files, 'vendor/modules.txt': '## workspace\n' }
    expect((await projectOf(create(vendored))).vendored).toBe(true)
    const old = { ...vendored, 'go.work': files['go.work'].replace('go 1.23', 'go 1.21') }
    expect((await projectOf(create(old))).vendored).toBe(false)
  })

  test('is not vendored by the vendor directory of the module at its root, whose packages go then fetches', async () => {
    const root = {
      'go.mod': goModOf('example.com/root', [c], '1.23'),
      'vendor/modules.txt': '# example.com/c v1.2.0\n',
    }
    const value = await projectOf(create({ ...files, ...root, 'go.work': `${files['go.work']}use .\n` }))
    expect([value.vendored, names(value.modules)]).toEqual([
      false,
      ['example.com/a@v1.0.0', 'example.com/b@v1.0.0', 'example.com/c@v1.2.0'],
    ])
    const marked = { ...files, 'vendor/modules.txt': '## other; workspace\r\n' }
    expect((await projectOf(create(marked))).vendored).toBe(true)
  })

  test('GOWORK=off, wherever it is set', async () => {
    const value = await projectOf(create(files), { names: ['x'], settings: { GOWORK: 'off' } })
    expect(value.directories.map(({ kind, name }) => [kind, name])).toEqual([['module', 'x']])
  })

  test('named by GOWORK, as the real go takes it, its sum beside it', async () => {
    const project = create({ ...files, 'tools/dev.work': 'go 1.23\n\nuse ../x\n', 'tools/dev.work.sum': goSumOf([c]) })
    const GOWORK = join(project.directory, 'tools', 'dev.work')
    const value = await projectOf(project, { names: ['y'], settings: { GOWORK } })
    expect(value.mainModules).toEqual(['example.com/x'])
    expect(value.directories[0]?.sumFiles[0]).toBe(`${GOWORK}.sum`)
    expect(names(value.modules)).toEqual(['example.com/a@v1.0.0'])
    expect(names(value.perhaps.modules)).toEqual(['example.com/c@v1.2.0'])
  })

  test.each([
    ['go.work cannot be read', { 'go.work': 'go 1.23\nuse (\n' }, 'PROJECT_GO_WORK_UNREADABLE'],
    ['a used go.mod cannot be read', { 'x/go.mod': 'modul x\n' }, 'PROJECT_GO_MOD_UNREADABLE'],
  ])('%s', async (_, change, code) => {
    expect((await problemsOf(create({ ...files, ...change }))).map(problem => problem.code)).toEqual([code])
  })

  test.each<[string, string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      'is not there',
      'use (\n\t./x\n\t./nowhere // a submodule\n)\n',
      {},
      ['go.work names ./nowhere, which is not there (a submodule that was not checked out?): line 4.'],
    ],
    [
      'is empty',
      'use ./z\n',
      { 'z/README': '' },
      ['go.work names ./z, which has no go.mod (a submodule that was not checked out?): line 2.'],
    ],
    [
      'each of several',
      'use (\n\t"./no where"\n\t./never\n)\n',
      {},
      [
        'go.work names ./no where, which is not there (a submodule that was not checked out?): line 3.',
        'go.work names ./never, which is not there (a submodule that was not checked out?): line 4.',
      ],
    ],
  ])('a used directory that %s is named with its line', async (_, use, change, messages) => {
    const problems = await problemsOf(create({ ...files, ...change, 'go.work': `go 1.23\n${use}` }))
    expect(problems.map(({ message }) => message)).toEqual(messages)
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['PROJECT_GO_WORK_USE_MISSING']))
  })

  test('a used directory that is not there, of a go.work above', async () => {
    const project = create({ ...files, 'go.work': 'go 1.23\nuse ./gone\n' })
    expect((await problemsOf(project, { names: ['x'] }))[0]?.message).toMatch(/: line 2 in x \(go\.work above it\)\.$/)
  })
})

describe('a hostile go.mod', () => {
  test.each([
    ['a merge conflict', 'module example.com/x\n\n<<<<<<< HEAD\ngo 1.22\n'],
    ['noise', '\0\u0001\u0002'],
    ['workflow commands', 'module example.com/x\n::error::injected\n##[set-output name=a]b\n'],
    ['a path that leaves the cache', 'module example.com/x\n\nrequire ../../../etc/passwd v1.0.0\n'],
    ['a version that leaves the cache', 'module example.com/x\n\nrequire example.com/a v1.0.0/../../../x\n'],
  ])('%s: refused or harmless', async (_, text) => {
    const result = await read(create({ 'go.mod': text }))
    if (result.ok) for (const { path, version } of result.value.modules) expect(path + version).not.toMatch(/\.\.\//)
    else expect(result.problems.map(({ code }) => code)).toEqual(['PROJECT_GO_MOD_UNREADABLE'])
  })

  const onPosix = process.platform === 'win32' ? test.skip : test
  onPosix.each([
    ['no JSON', 'echo nothing', 'PROJECT_GO_MOD_UNREADABLE'],
    ['an error', 'echo broken >&2; exit 1', 'PROJECT_GO_MOD_UNREADABLE'],
  ])('a go that answers %s', async (_, script, code) => {
    const project = create({ 'go.mod': goModOf('example.com/x', [a]) })
    const bin = join(dirname(project.directory), 'bin')
    mkdirSync(bin)
    writeFileSync(join(bin, 'go'), `#!/bin/sh\n${script}\n`)
    chmodSync(join(bin, 'go'), 0o755)
    const env = { PATH: bin + delimiter + process.env['PATH'] }
    expect((await problemsOf(project, { env })).map(problem => problem.code)).toEqual([code])
  })
})

test('reading changes nothing', async () => {
  const project = create({
    'go.mod': 'module   example.com/x\nrequire ( example.com/a v1.0.0\n)\n',
    'go.sum': goSumOf([a]),
  })
  const files = ['go.mod', 'go.sum'].map(name => join(project.directory, name))
  const before = contentOf(files)
  await read(project)
  expect(contentOf(files)).toEqual(before)
})
