import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { type BuiltModule, writeZip } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { STOPPED_CODE } from '../../src/errors.ts'
import { bufferSource } from '../../src/go/zip.ts'
import { systemClock } from '../../src/runner/clock.ts'
import { openTree } from '../../src/runner/new-tree.ts'
import { makeStaging } from '../../src/runner/temporary.ts'
import { type InstallWorld, installToolchain } from '../../src/toolchain/install.ts'
import { findInstalled } from '../../src/toolchain/installed.ts'
import { goPlatformOf, toolPaths, toolPlaces } from '../../src/toolchain/places.ts'
import { unpackToolchain } from '../../src/toolchain/unpack.ts'
import { buildToolchain } from '../support/builders/toolchain.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { makeDatabase } from '../support/servers/database.ts'
import { inStaging, realFiles } from '../support/worlds/effects.ts'
import { runGo } from '../support/worlds/go-command.ts'
import { createProject, goEnvironment } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()
const VERSION = 'go1.99.1'

/** What is there, by path: the bits to execute it, and its content. */
function treeOf(root: string): Readonly<Record<string, string>> {
  const files = (readdirSync(root, { recursive: true }) as string[])
    .filter(name => statSync(join(root, name)).isFile())
    .sort()
  return Object.fromEntries(
    files.map(name => {
      const path = join(root, name)
      return [name, `${(statSync(path).mode & 0o111).toString(8)} ${readFileSync(path, 'utf8')}`]
    }),
  )
}

describe('what is unpacked', () => {
  test('is what go’s own switch unpacks', async () => {
    const toolchain = buildToolchain(VERSION)
    const proxy = cleanUp(await startProxy({ modules: [toolchain] }))
    const database = makeDatabase('sum.corp.example', toolchain)
    const sumdb = cleanUp(await startProxy({ modules: [], extra: path => database.answers.get(path) }))
    const project = cleanUp(createProject({}))
    const env = goEnvironment(project, {
      GOTOOLCHAIN: VERSION,
      GOPROXY: proxy.url,
      GOSUMDB: `${database.verifierKey} ${sumdb.url}`,
    })
    const go = await runGo(['version'], { cwd: project.directory, env })
    expect(go.stdout).toContain(VERSION)
    const ours = join(cleanUp.directory('unpack-'), 'go')
    const unpacked = await unpackToolchain(bufferSource(toolchain.zip), toolchain, openTree(ours))
    expect(unpacked).toEqual({ ok: true, value: toolchain.h1 })
    expect(treeOf(ours)).toEqual(treeOf(join(env['GOMODCACHE'] ?? '', `golang.org/toolchain@${toolchain.version}`)))
  })

  test.each([
    '../outside',
    'a/../../outside',
    '/etc/outside',
    'a\\b',
    'C:/outside',
    'nul',
    'src/Con.go',
    'dot./a',
    'bin/go/inner',
    'BIN/GO',
    'line\nbreak',
    'a//b',
    'star*',
  ])('a zip with the file %j is refused, and nothing lies outside', async name => {
    const { path, version } = buildToolchain(VERSION)
    const data = Buffer.from('x')
    const files = ['bin/go', name].map(file => ({ name: `${path}@${version}/${file}`, data }))
    const directory = cleanUp.directory('hostile-')
    const root = join(directory, 'go')
    const unpacked = await unpackToolchain(bufferSource(writeZip(files)), { path, version }, openTree(root))
    expect(unpacked.ok ? '' : unpacked.problems[0]?.code).toBe('ZIP_INVALID')
    expect(readdirSync(directory).filter(one => one !== 'go')).toEqual([])
    expect(existsSync('/etc/outside')).toBe(false)
  })
})

function installWorld(changes: Partial<InstallWorld> = {}): InstallWorld {
  return {
    files: realFiles,
    clock: systemClock,
    openTree,
    inStaging,
    arch: 'x64',
    signal: new AbortController().signal,
    ...changes,
  }
}

function zipOf(toolchain: BuiltModule, h1 = toolchain.h1) {
  const path = join(cleanUp.directory('zip-'), 'toolchain.zip')
  writeFileSync(path, toolchain.zip)
  return { path, module: toolchain, version: VERSION, h1 }
}

const placeIn = (directory: string) => ({ kind: 'tool cache', directory }) as const

describe('installing', () => {
  test('two jobs at once leave one whole Go, as setup-go would, and nothing else', async () => {
    const place = placeIn(cleanUp.directory('tools-'))
    const zip = zipOf(buildToolchain(VERSION))
    const both = await Promise.all([1, 2, 3].map(() => installToolchain(zip, place, installWorld())))
    const { goroot, parent } = toolPaths(place, VERSION, 'x64')
    const one = { ok: true, value: { version: VERSION, goroot, where: 'tool cache' } }
    expect(both).toEqual([one, one, one])
    expect(goroot).toBe(join(place.directory, 'go', '1.99.1', 'x64'))
    expect(readdirSync(parent).sort()).toEqual(['x64', 'x64.complete'])
    expect(execFileSync(join(goroot, 'bin', 'go'), { encoding: 'utf8' })).toContain(VERSION)
    expect(await findInstalled([place], 'x64', realFiles)).toEqual([one.value])
    expect(await findInstalled([place], 'arm64', realFiles)).toEqual([])
  })

  test('another hash than the proven one leaves nothing', async () => {
    const place = placeIn(cleanUp.directory('tools-'))
    const wrong = await installToolchain(zipOf(buildToolchain(VERSION), 'h1:other'), place, installWorld())
    expect(wrong.ok ? '' : wrong.problems[0]?.code).toBe('TOOLCHAIN_WRONG')
    expect(readdirSync(join(place.directory, 'go', '1.99.1'))).toEqual([])
  })

  test('stopped in the middle it unpacks no further, and leaves nothing', async () => {
    const place = placeIn(cleanUp.directory('tools-'))
    const files = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`src/f${i}`, Buffer.alloc(3 << 20, 'x')]))
    const stop = new AbortController()
    let opened = 0
    const stopping: InstallWorld['openTree'] = root => {
      const tree = openTree(root)
      return {
        ...tree,
        open(name, executable) {
          if (++opened === 5) stop.abort()
          return tree.open(name, executable)
        },
      }
    }
    const world = installWorld({ openTree: stopping, signal: stop.signal })
    const stopped = await installToolchain(zipOf(buildToolchain(VERSION, files)), place, world)
    expect([stopped.ok ? '' : stopped.problems[0]?.code, opened]).toEqual([STOPPED_CODE, 5])
    expect(readdirSync(join(place.directory, 'go', '1.99.1'))).toEqual([])
  })

  test('what a killed job left is removed, and what another one is unpacking is not', async () => {
    const place = placeIn(cleanUp.directory('tools-'))
    const { parent } = toolPaths(place, VERSION, 'x64')
    mkdirSync(parent, { recursive: true })
    const gone = spawnSync(process.execPath, ['-e', '']).pid
    const left = await makeStaging(parent, { files: realFiles, processId: gone })
    const busy = await makeStaging(parent, { files: realFiles, processId: process.pid })
    mkdirSync(join(left, 'go', 'bin'), { recursive: true })
    const installed = await installToolchain(zipOf(buildToolchain(VERSION)), place, installWorld())
    expect(installed.ok).toBe(true)
    expect([existsSync(left), existsSync(busy)]).toEqual([false, true])
  })

  test('half of one without its mark is replaced once it is old; what is marked stays', async () => {
    const halves = placeIn(cleanUp.directory('tools-'))
    const { goroot, marker } = toolPaths(halves, VERSION, 'x64')
    mkdirSync(join(goroot, 'bin'), { recursive: true })
    const quick = installWorld({ clock: { ...systemClock, sleep: async () => {} } })
    const zip = zipOf(buildToolchain(VERSION))
    const young = await installToolchain(zip, halves, quick)
    expect(young.ok ? '' : young.problems[0]?.message).toContain('another job is writing there')
    utimesSync(goroot, new Date(0), new Date(0))
    writeFileSync(marker, '')
    expect((await installToolchain(zip, halves, quick)).ok).toBe(false)
    execFileSync('rm', [marker])
    expect((await installToolchain(zip, halves, quick)).ok).toBe(true)
    expect(existsSync(join(goroot, 'bin', 'go'))).toBe(true)
    expect(readdirSync(dirname(goroot)).sort()).toEqual(['x64', 'x64.complete'])
  })

  const mount = (directory: string, size: string) =>
    spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', directory]).status === 0
  const canMount = (() => {
    const directory = cleanUp.directory('mount-')
    const isMounted = mount(directory, '4k')
    if (isMounted) execFileSync('umount', [directory])
    return isMounted
  })()
  const onMounts = canMount ? test : test.skip
  onMounts('a full disk is said, and left clean', async () => {
    const directory = cleanUp.directory('full-')
    mount(directory, '300k')
    try {
      const large = buildToolchain(VERSION, { 'src/large': Buffer.alloc(1 << 20, 'x') })
      const full = await installToolchain(zipOf(large), placeIn(directory), installWorld())
      expect(full.ok ? '' : full.problems[0]?.message).toMatch(/the disk is full/)
      expect(readdirSync(join(directory, 'go', '1.99.1'))).toEqual([])
    } finally {
      execFileSync('umount', [directory])
    }
  })
})

describe('places', () => {
  test('the runner’s tool cache comes first, then the user’s cache directory', () => {
    const directories = (env: Readonly<Record<string, string>>, platform: NodeJS.Platform) =>
      toolPlaces(env, platform).map(({ kind, directory }) => `${kind}: ${directory}`)
    expect(directories({ RUNNER_TOOL_CACHE: '/tools', HOME: '/home/me' }, 'linux')).toEqual([
      'tool cache: /tools',
      'cache: /home/me/.cache/go-proxy-setup',
    ])
    expect(directories({ HOME: '/home/me', XDG_CACHE_HOME: '/c' }, 'linux')).toEqual(['cache: /c/go-proxy-setup'])
    expect(directories({ HOME: '/home/me', XDG_CACHE_HOME: 'c' }, 'linux')).toEqual([
      'cache: /home/me/.cache/go-proxy-setup',
    ])
    expect(directories({ HOME: '/Users/me' }, 'darwin')).toEqual(['cache: /Users/me/Library/Caches/go-proxy-setup'])
    expect(directories({ RUNNER_TOOL_CACHE: 'relative' }, 'linux')).toEqual([])
  })

  test('prereleases lie under their semantic version', () => {
    const parents = ['go1.27rc1', 'go1.21.0', 'go1.20'].map(
      version => toolPaths(placeIn('/t'), version, 'arm64').parent,
    )
    expect(parents).toEqual(['/t/go/1.27.0-rc.1', '/t/go/1.21.0', '/t/go/1.20.0'])
  })

  test('a machine has Go’s names', () => {
    const names = (...[platform, arch, order]: Parameters<typeof goPlatformOf>) =>
      Object.values(goPlatformOf(platform, arch, order)).join('/')
    expect([
      names('linux', 'x64', 'LE'),
      names('win32', 'ia32', 'LE'),
      names('darwin', 'arm64', 'LE'),
      names('linux', 'ppc64', 'LE'),
      names('aix', 'ppc64', 'BE'),
      names('linux', 'mipsel', 'LE'),
      names('linux', 's390x', 'BE'),
    ]).toEqual([
      'linux/amd64',
      'windows/386',
      'darwin/arm64',
      'linux/ppc64le',
      'aix/ppc64',
      'linux/mipsle',
      'linux/s390x',
    ])
  })
})
