import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { renderOriginals } from '../../src/settings/original.ts'
import { readGoSettings } from '../../src/settings/read.ts'
import type { GoSettings, SettingOrigin, SourcedName } from '../../src/settings/settings.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { realCommands, realFiles } from '../support/worlds/effects.ts'
import { runGo } from '../support/worlds/go-command.ts'
import { createProject, goEnvironment } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()

type Env = Readonly<Record<string, string>>

/** An empty home; `go env -w` writes where `GOENV` says. */
function newHome(files: Readonly<Record<string, string>> = {}) {
  const project = cleanUp(createProject(files))
  const root = dirname(project.directory)
  const { GOFLAGS: _, ...env } = goEnvironment(project, { GOENV: join(root, 'goenv') })
  return { root, directory: project.directory, env: env as Env }
}

function read(env: Env, directory: string, timeoutMs = 30_000) {
  return readGoSettings({ env, directory, timeoutMs, processors: 3, commands: realCommands, files: realFiles })
}

async function settingsOf(env: Env, directory: string): Promise<GoSettings> {
  const settings = await read(env, directory)
  if (!settings.ok) throw new Error(JSON.stringify(settings.problems))
  return settings.value
}

async function codeOf(env: Env, directory: string, timeoutMs?: number): Promise<string | undefined> {
  const settings = await read(env, directory, timeoutMs)
  return settings.ok ? undefined : settings.problems.map(problem => problem.code).join()
}

/** The machine's own GOROOT with another go.env, as distributions ship it. */
async function gorootWith(goEnv: string, { root, directory, env }: ReturnType<typeof newHome>): Promise<string> {
  const real = (await runGo(['env', 'GOROOT'], { cwd: directory, env })).stdout.trim()
  const own = join(root, 'goroot')
  mkdirSync(own)
  for (const name of readdirSync(real)) if (name !== 'go.env') symlinkSync(join(real, name), join(own, name))
  writeFileSync(join(own, 'go.env'), goEnv)
  return own
}

const SHIPPED = 'GOPROXY=https://proxy.golang.org,direct\nGOSUMDB=sum.golang.org\nGOTOOLCHAIN=auto\n'

/** A program in the place of go; not for Windows, which starts no scripts. */
function fakeGo(script: string, home: ReturnType<typeof newHome>): Env {
  const bin = join(home.root, 'bin')
  mkdirSync(bin)
  writeFileSync(join(bin, 'go'), `#!/bin/sh\n${script}\n`)
  chmodSync(join(bin, 'go'), 0o755)
  return { ...home.env, PATH: bin + delimiter + home.env['PATH'] }
}

const onPosix = process.platform === 'win32' ? test.skip : test

describe('each value with its origin', () => {
  onPosix('nothing is set: Go’s defaults', async () => {
    const home = newHome()
    const { directory, env } = home
    const { GOTOOLCHAIN: _, ...bare } = env
    // Images of Go ship a changed go.env.
    const settings = await settingsOf({ ...bare, GOROOT: await gorootWith(SHIPPED, home) }, directory)
    expect(settings.GOPROXY).toEqual({ value: 'https://proxy.golang.org,direct', from: 'default' })
    expect(settings.GOSUMDB).toEqual({ value: 'sum.golang.org', from: 'default' })
    // The query itself ran with `local`.
    expect(settings.GOTOOLCHAIN).toEqual({ value: 'auto', from: 'default' })
    for (const name of [
      'GOPRIVATE',
      'GONOPROXY',
      'GONOSUMDB',
      'GOFLAGS',
      'GO111MODULE',
      'GOINSECURE',
      'GOWORK',
    ] as const)
      expect([name, settings[name]]).toEqual([name, { value: '', from: 'default' }])
    expect(settings.gomodcache).toBe(env['GOMODCACHE'])
    expect(settings.version).toMatch(/^go1\.\d+/)
    expect([settings.goroot, settings.goos, settings.goarch].every(text => text !== '')).toBe(true)
    expect(settings.gomaxprocs).toBe(3)
  })

  const values: readonly (readonly [SourcedName, string, string])[] = [
    ['GOPROXY', 'https://a.example', 'https://b.example|direct'],
    ['GOPRIVATE', 'a.example', '*.b.example,c.example'],
    ['GONOPROXY', 'none', 'b.example'],
    ['GONOSUMDB', 'a.example', 'none'],
    ['GOSUMDB', 'off', 'sum.golang.google.cn'],
    ['GOTOOLCHAIN', 'go1.26.0+auto', 'path'],
    ['GOINSECURE', 'a.example', 'b.example'],
    ['GOFLAGS', '-mod=mod', '-modcacherw -v=true'],
    ['GO111MODULE', 'on', 'auto'],
    ['GOWORK', 'off', join(tmpdir(), 'dev.work')],
  ]
  test.each(values)('%s: from `go env -w`, and the environment before it', async (name, written, set) => {
    const { directory, env } = newHome()
    const { GOTOOLCHAIN: _, ...bare } = env
    const wrote = await runGo(['env', '-w', `${name}=${written}`], {
      cwd: directory,
      env: { ...bare, GOTOOLCHAIN: 'local' },
    })
    // go refuses to write the first while the environment overrides it, as it must here, and never writes the second.
    if (name === 'GOTOOLCHAIN' || name === 'GOWORK') writeFileSync(env['GOENV'] ?? '', `${name}=${written}\n`)
    else expect(wrote).toMatchObject({ exitCode: 0 })
    expect((await settingsOf(bare, directory))[name]).toEqual({ value: written, from: 'go env -w' })
    expect((await settingsOf({ ...bare, [name]: set }, directory))[name]).toEqual({ value: set, from: 'environment' })
    // Empty is unset, as for go.
    expect((await settingsOf({ ...bare, [name]: '' }, directory))[name]).toEqual({ value: written, from: 'go env -w' })
  })

  test('GONOPROXY and GONOSUMDB follow GOPRIVATE while they are unset', async () => {
    const { directory, env } = newHome()
    const settings = await settingsOf({ ...env, GOPRIVATE: 'a.example', GONOSUMDB: 'b.example' }, directory)
    expect(settings.GONOPROXY).toEqual({ value: 'a.example', from: 'default' })
    expect(settings.GONOSUMDB).toEqual({ value: 'b.example', from: 'environment' })
  })

  onPosix('a distribution’s own go.env is told from the one that Go ships', async () => {
    const home = newHome()
    const { GOTOOLCHAIN: _, ...bare } = home.env
    const own = await gorootWith(`# ours\n${SHIPPED}GOPROXY=https://distro.example,direct\nGOTOOLCHAIN=local\n`, home)
    const settings = await settingsOf({ ...bare, GOROOT: own }, home.directory)
    expect(settings.GOPROXY).toEqual({ value: 'https://distro.example,direct', from: 'go.env' })
    expect(settings.GOTOOLCHAIN).toEqual({ value: 'local', from: 'go.env' })
    expect(settings.GOSUMDB).toEqual({ value: 'sum.golang.org', from: 'default' })
    writeFileSync(home.env['GOENV'] ?? '', 'GOPROXY=https://user.example\n')
    const user = await settingsOf({ ...bare, GOROOT: own }, home.directory)
    expect(user.GOPROXY).toEqual({ value: 'https://user.example', from: 'go env -w' })
  })

  test.each([
    ['an indented line is none for go', '  GOPROXY=https://a.example\n'],
    ['nor is a comment', '#GOPROXY=https://a.example\n'],
    ['white space at the end is part of the value', 'GOPROXY=https://a.example \n'],
    ['so is a carriage return', 'GOPROXY=https://a.example\r\nGOPRIVATE=x.example\r\n'],
    ['the last line counts', 'GOPROXY=https://a.example\nGOPROXY=https://b.example'],
    ['`=` in a value', 'GOFLAGS=-ldflags=-X=a=b\n'],
  ])('a file written by hand is read as go reads it: %s', async (_, text) => {
    const { directory, env } = newHome()
    writeFileSync(env['GOENV'] ?? '', text)
    const settings = await settingsOf(env, directory)
    const go = JSON.parse((await runGo(['env', '-json'], { cwd: directory, env })).stdout)
    for (const name of ['GOPROXY', 'GOPRIVATE', 'GOFLAGS'] as const) expect(settings[name].value).toBe(go[name])
  })

  test('GOENV=off leaves the file unread', async () => {
    const { directory, env } = newHome()
    writeFileSync(env['GOENV'] ?? '', 'GOPROXY=https://a.example\n')
    expect((await settingsOf({ ...env, GOENV: 'off' }, directory)).GOPROXY.from).toBe('default')
  })

  test('GOMAXPROCS where it is a number, else the processors', async () => {
    const { directory, env } = newHome()
    expect((await settingsOf({ ...env, GOMAXPROCS: '7' }, directory)).gomaxprocs).toBe(7)
    expect((await settingsOf({ ...env, GOMAXPROCS: '-2' }, directory)).gomaxprocs).toBe(3)
  })

  test('a go.mod beside it that asks for another Go starts no toolchain', async () => {
    const { directory, env } = newHome({ 'go.mod': 'module example.com/x\n\ngo 1.99.0\n' })
    const settings = await settingsOf({ ...env, GOTOOLCHAIN: 'auto', GOPROXY: 'http://127.0.0.1:1' }, directory)
    expect(settings.GOTOOLCHAIN).toEqual({ value: 'auto', from: 'environment' })
  })
})

describe('a second use in one job', () => {
  const exported = { GOPROXY: 'https://fast.example,direct', GOPRIVATE: 'a.example', GOSUMDB: 'sum.golang.org' }
  const original = (values: Readonly<Record<string, string | null>>): Env => ({
    ...exported,
    GOPROXYSETUP_ORIGINAL: renderOriginals(
      Object.fromEntries(
        Object.entries(exported).map(([name, value]) => [name, { exported: value, original: values[name] ?? null }]),
      ),
    ),
  })

  test('begins with the user’s own values, wherever they were set', async () => {
    const { directory, env } = newHome()
    writeFileSync(env['GOENV'] ?? '', 'GOPROXY=https://written.example\n')
    const second = { ...env, ...original({ GOPRIVATE: 'user.example' }) }
    const settings = await settingsOf(second, directory)
    const expected: Record<string, { value: string; from: SettingOrigin }> = {
      GOPROXY: { value: 'https://written.example', from: 'go env -w' },
      GOPRIVATE: { value: 'user.example', from: 'environment' },
      GOSUMDB: { value: 'sum.golang.org', from: 'default' },
    }
    expect(settings).toMatchObject(expected)
    expect('GOPROXYSETUP_ORIGINAL' in settings.env).toBe(false)
  })

  test('what a step in between set is the user’s', async () => {
    const { directory, env } = newHome()
    const second = { ...env, ...original({}), GOPROXY: 'https://between.example' }
    expect((await settingsOf(second, directory)).GOPROXY).toEqual({
      value: 'https://between.example',
      from: 'environment',
    })
  })
})

describe('no settings, and why', () => {
  test('no go on PATH', async () => {
    const { directory, env } = newHome()
    expect(await codeOf({ ...env, PATH: directory }, directory)).toBe('GO_NOT_FOUND')
  })

  onPosix('a go that hangs', async () => {
    const home = newHome()
    expect(await codeOf(fakeGo('exec sleep 0.5', home), home.directory, 100)).toBe('GO_HANGS')
  })

  onPosix.each([
    ['it fails', 'echo no home >&2; exit 2', 'GO_ENV_FAILED'],
    ['it answers no JSON', 'echo hello', 'GO_ENV_FAILED'],
    ['it answers no object', 'echo 5', 'GO_ENV_FAILED'],
    ['it is too old', `echo '{"GOVERSION":"go1.21.13"}'`, 'GO_TOO_OLD_FOR_US'],
  ])('%s', async (_, script, code) => {
    const home = newHome()
    expect(await codeOf(fakeGo(script, home), home.directory)).toBe(code)
  })

  onPosix('a Go of one’s own making has a version that is no number, and is taken', async () => {
    const home = newHome()
    const env = fakeGo(`echo '{"GOVERSION":"devel go1.28-abcdef","GOMODCACHE":"/m"}'`, home)
    const settings = await settingsOf(env, home.directory)
    expect([settings.version, settings.gomodcache]).toEqual(['devel go1.28-abcdef', '/m'])
  })
})
