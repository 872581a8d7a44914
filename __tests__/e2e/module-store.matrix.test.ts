import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { addRepository, moduleFiles } from '../support/servers/git-hosting.ts'
import { checkOut, checkOutProject, createJob, QUICK_POLICY, useAction } from '../support/worlds/action.ts'
import { buildAsDocker } from '../support/worlds/docker-build.ts'
import { readDocument } from '../support/worlds/documents.ts'
import { createPrivateWorld } from '../support/worlds/private-world.ts'
import { WITHOUT_NETWORK } from '../support/worlds/without-network.ts'

const cleanUp = cleanUpAfterEach()

const library = buildModule({ path: 'modules.test.io/library', version: 'v1.2.0' })
const upper = buildModule({ path: 'modules.test.io/Upper', version: 'v0.1.0', requires: [library] })
const secret = buildModule({ path: 'git.corp.example/secret', version: 'v1.0.0' })
const modules = [library, upper, secret]
const PROGRAM = {
  'main.go':
    'package main\n\nimport "modules.test.io/library"\n\nfunc main() { println("library", library.Version) }\n',
  'main_test.go': 'package main\n\nimport "testing"\n\nfunc TestIt(*testing.T) {}\n',
}

async function openWorld() {
  const job = cleanUp(createJob({ GO_PROXY_SETUP_POLICY: QUICK_POLICY }))
  const proxy = cleanUp(await startProxy({ modules }))
  checkOutProject(job, modules)
  checkOut(job, PROGRAM)
  const inputs = { 'private-proxy': proxy.url, fallback: 'off', 'private-domains': 'git.corp.example' }
  return { job, proxy, inputs }
}

function filesIn(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => !entry.isDirectory())
    .map(entry => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort()
}

const OF_LIBRARY = ['list', 'v1.2.0.info', 'v1.2.0.mod', 'v1.2.0.zip'].map(name => `modules.test.io/library/@v/${name}`)
const OF_UPPER = ['list', 'v0.1.0.info', 'v0.1.0.mod', 'v0.1.0.zip'].map(name => `modules.test.io/!upper/@v/${name}`)

describe('module-store', () => {
  test('holds the public modules of the project, and nothing else; post removes it', async () => {
    const { job, inputs } = await openWorld()
    const main = await useAction(job, { ...inputs, 'module-store': 'true' })
    expect([main.outcome, main.log]).toEqual(['success', main.log])
    const store = main.outputs['module-store'] ?? ''
    expect(filesIn(store)).toEqual([...OF_UPPER, ...OF_LIBRARY])
    const [zip, list, info] = ['v1.2.0.zip', 'list', 'v1.2.0.info'].map(name =>
      join(store, 'modules.test.io/library/@v', name),
    )
    expect(readFileSync(zip ?? '')).toEqual(library.zip)
    expect(readFileSync(list ?? '', 'utf8')).toBe('v1.2.0\n')
    expect(JSON.parse(readFileSync(info ?? '', 'utf8'))).toEqual({ Version: 'v1.2.0', Time: '2024-01-02T03:04:05Z' })
    const cached = join(job.base['GOMODCACHE'] ?? '', 'cache/download/modules.test.io/library/@v/v1.2.0.zip')
    expect(statSync(zip ?? '').ino).toBe(statSync(cached).ino)
    const report = JSON.parse(readFileSync(main.outputs['report'] ?? '', 'utf8'))
    expect(report.moduleStore).toMatchObject({ modules: 2, files: 6, leftOut: 1 })
    expect(main.log.join('\n')).toContain('because it is private: 1 module (git.corp.example/secret@v1.0.0)')
    expect(main.summary).toContain('Module store: 2 modules')
    await job.finish()
    expect([existsSync(store), readdirSync(job.temp)]).toEqual([false, []])
  })

  test('has private modules where the inputs say so, stays where it was named, and is replaced by the next', async () => {
    const { job, inputs } = await openWorld()
    const given = { ...inputs, 'module-store': '.modules', 'module-store-private': 'true' }
    const first = await useAction(job, given)
    const store = join(job.workspace, '.modules')
    expect([first.outcome, first.outputs['module-store']]).toEqual(['success', store])
    expect(filesIn(store)).toContain('git.corp.example/secret/@v/v1.0.0.zip')
    writeFileSync(join(store, 'modules.test.io/library/@v/v9.9.9.zip'), '')
    await job.finish()
    const second = await useAction(job, { ...given, 'module-store-private': 'false' })
    expect([second.outcome, filesIn(store)]).toEqual(['success', [...OF_UPPER, ...OF_LIBRARY]])
    expect(readdirSync(job.workspace).filter(name => name.startsWith('go-proxy-setup'))).toEqual([])
  })

  test('what stands in its place and is none stays, and the step fails', async () => {
    const { job, inputs } = await openWorld()
    checkOut(job, { 'vendor-like/notes.txt': 'mine' })
    const main = await useAction(job, { ...inputs, 'module-store': 'vendor-like' })
    expect([main.outcome, main.log.join('\n')]).toEqual(['failure', expect.stringContaining('[MODULE_STORE_TAKEN]')])
    expect(readFileSync(join(job.workspace, 'vendor-like/notes.txt'), 'utf8')).toBe('mine')
    expect([main.outputs['module-store'], readdirSync(join(job.workspace, 'vendor-like'))]).toEqual(['', ['notes.txt']])
  })

  const onPosix = process.platform === 'win32' ? test.skip : test
  onPosix('a link of the repository does not lead it out of the workspace', async () => {
    const { job, inputs } = await openWorld()
    const outside = join(job.root, 'outside')
    mkdirSync(outside)
    symlinkSync(outside, join(job.workspace, 'way'))
    const main = await useAction(job, { ...inputs, 'module-store': 'way/modules' })
    expect([main.outcome, main.log.join('\n')]).toEqual([
      'failure',
      expect.stringContaining('leads out of the workspace'),
    ])
    expect(readdirSync(outside)).toEqual([])
  })

  test('a module cache that was poisoned gives no store', async () => {
    const { job, inputs } = await openWorld()
    await useAction(job, inputs)
    const cached = join(job.base['GOMODCACHE'] ?? '', 'cache/download/modules.test.io/library/@v/v1.2.0.zip')
    execFileSync('chmod', ['u+w', cached])
    const poisoned = buildModule({ ...library, files: { 'library.go': 'package library\n\nconst Version = "evil"\n' } })
    writeFileSync(cached, poisoned.zip)
    const main = await useAction(job, { ...inputs, 'module-store': '.modules' })
    expect([main.outcome, main.log.join('\n')]).toEqual(['failure', expect.stringContaining('[MODULE_STORE_WRONG]')])
    expect(existsSync(join(job.workspace, '.modules'))).toBe(false)
  })
})

const whereItCanBeCut = WITHOUT_NETWORK === undefined ? describe.skip : describe
whereItCanBeCut('a container build with nothing but the store', () => {
  test.each(['test', 'build'])('examples/containers/Dockerfile, stage %s', async target => {
    const { job, proxy, inputs } = await openWorld()
    const main = await useAction(job, { ...inputs, 'module-store': 'true', 'module-store-private': 'true' })
    await proxy.close()
    const root = cleanUp.directory('image-')
    // Without -modcacherw, as in an image.
    cleanUp(() => execFileSync('chmod', ['-R', 'u+w', root]))
    const { code, output, commands } = await buildAsDocker({
      dockerfile: readDocument('examples/containers/Dockerfile'),
      target,
      context: job.workspace,
      contexts: { modules: main.outputs['module-store'] ?? '' },
      root,
    })
    expect([code, output]).toEqual([0, output])
    expect(commands.length).toBe(2)
    if (target === 'build') {
      const said = execFileSync('sh', ['-c', `${root}/out/service 2>&1`], { encoding: 'utf8' })
      expect(said).toBe('library v1.2.0\n')
    }
  })

  test('fails where the store lacks a module: it has nothing else to ask', async () => {
    const { job, inputs } = await openWorld()
    const main = await useAction(job, { ...inputs, 'module-store': 'true' })
    const root = cleanUp.directory('image-')
    cleanUp(() => execFileSync('chmod', ['-R', 'u+w', root]))
    const { code, output } = await buildAsDocker({
      dockerfile: readDocument('examples/containers/Dockerfile'),
      target: 'build',
      context: job.workspace,
      contexts: { modules: main.outputs['module-store'] ?? '' },
      root,
    })
    expect([code, output]).toEqual([1, expect.stringMatching(/git\.corp\.example\/secret.*no such file/s)])
  })

  const TOKEN = 'cAnArY-t0ken-0123456789'
  const PRIVATE = 'github.com/my-org/lib'

  /** A job whose step has made a store without the private module that the project needs. */
  async function openPrivateWorld() {
    const hosts = { 'github.com': { logins: { '/my-org/': [`x-access-token:${TOKEN}`] } } }
    const world = cleanUp(await createPrivateWorld({ canaries: [TOKEN], hosts }))
    addRepository(world.hosts['github.com']?.root ?? '', 'my-org/lib', moduleFiles(PRIVATE))
    world.require([`${PRIVATE}@v1.0.0`])
    checkOut(world.job, {
      'main.go': `package main\n\nimport (\n\t"example.com/public"\n\t_ "${PRIVATE}"\n)\n\nfunc main() { println("public", public.Version) }\n`,
    })
    const inputs = { 'private-domains': 'github.com/my-org', credentials: `github.com/my-org ${TOKEN}` }
    expect(await world.use(inputs)).toMatchObject({ outcome: 'success' })
    // Adds the lines of go.sum.
    const get = await world.later('go', ['get', `${PRIVATE}@v1.0.0`], { GOFLAGS: '-modcacherw -mod=mod' })
    expect(get).toMatchObject({ exitCode: 0 })
    const main = await world.use({ ...inputs, 'module-store': 'true' })
    const store = main.outputs['module-store'] ?? ''
    expect(filesIn(store).filter(name => name.endsWith('.zip'))).toEqual(['example.com/public/@v/v1.0.0.zip'])
    const root = cleanUp.directory('image-')
    cleanUp(() => execFileSync('chmod', ['-R', 'u+w', root]))
    const { SSL_CERT_FILE = '', SSL_CERT_DIR = '', GIT_SSL_CAINFO = '' } = world.authority.env
    const build = {
      dockerfile: readDocument('examples/containers/Dockerfile.private'),
      target: 'build',
      context: world.job.workspace,
      contexts: { modules: store },
      env: { ...world.internet.env, SSL_CERT_FILE, SSL_CERT_DIR, GIT_SSL_CAINFO, GIT_CONFIG_NOSYSTEM: '1' },
      root,
    }
    return { world, build, root }
  }

  test('examples/containers/Dockerfile.private: the token is there for one command, and in no layer', async () => {
    const { world, build, root } = await openPrivateWorld()
    const netrc = join(cleanUp.directory('secret-'), 'netrc')
    writeFileSync(netrc, `machine github.com login x-access-token password ${TOKEN}\n`, { mode: 0o600 })
    const { code, output, commands } = await buildAsDocker({ ...build, secrets: { netrc } })
    expect([code, output, commands.length]).toEqual([0, output, 2])
    const said = execFileSync('sh', ['-c', `${root}/out/service 2>&1`], { encoding: 'utf8' })
    expect(said).toBe('public v1.0.0\n')
    // grep's code for nothing found.
    expect(spawnSync('grep', ['-rlF', TOKEN, root], { encoding: 'utf8' })).toMatchObject({ status: 1, stdout: '' })
    await world.finish()
    expect(world.leaks()).toEqual([])
  })

  test('examples/containers/Dockerfile.private fails without its secret, and with another’s', async () => {
    const { build } = await openPrivateWorld()
    expect(await buildAsDocker(build)).toMatchObject({ code: 1, output: 'secret netrc: not found\n' })
    const netrc = join(cleanUp.directory('secret-'), 'netrc')
    writeFileSync(netrc, 'machine github.com login x-access-token password another\n', { mode: 0o600 })
    const { code, output } = await buildAsDocker({ ...build, secrets: { netrc } })
    expect([code, output]).toEqual([1, expect.stringContaining(PRIVATE)])
  })
})
