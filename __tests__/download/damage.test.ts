import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { buildModule, goSumOf } from '../../src/demo/modules.ts'
import { type DemoProxy, startProxy } from '../../src/demo/proxy.ts'
import { removeDamaged } from '../../src/download/damage.ts'
import type { Download } from '../../src/download/download.ts'
import { parseGoSum } from '../../src/go/gosum.ts'
import { systemClock } from '../../src/runner/clock.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { download } from '../support/worlds/download.ts'
import { realFiles } from '../support/worlds/effects.ts'
import { goEnvironment, projectOf, type TestProject } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()

const modules = ['alpha', 'Beta', 'gamma', 'delta', 'epsilon'].map(name =>
  buildModule({ path: `example.com/${name}`, version: 'v1.0.0', paddingBytes: 3_000 }),
)

interface World {
  readonly target: TestProject
  readonly proxy: DemoProxy
  readonly modcache: string
}

/** A project whose modules are all there, as go left them. */
async function filled(): Promise<World> {
  const target = cleanUp(projectOf(modules))
  const proxy = cleanUp(await startProxy({ modules }))
  await download(target, { modules, rounds: [proxy.url] })
  return { target, proxy: cleanUp(await startProxy({ modules })), modcache: goEnvironment(target)['GOMODCACHE'] ?? '' }
}

/** Paths of a module's files without their ending, and of what go unpacked. */
function placesOf({ modcache }: World, name = 'alpha') {
  return {
    at: join(modcache, 'cache', 'download', 'example.com', name, '@v', 'v1.0.0'),
    unpacked: join(modcache, 'example.com', `${name}@v1.0.0`),
  }
}

async function again({ target, proxy }: World): Promise<{ result: Download; asked: readonly string[]; log: string }> {
  const { download: result, lines } = await download(target, { modules, rounds: [proxy.url] })
  return { result, asked: proxy.requests.map(({ path }) => path.replace('example.com/', '')), log: lines.join('\n') }
}

const empty = (path: string) => writeFileSync(path, '')
const remove = (path: string) => rmSync(path, { recursive: true, force: true })
/** The size stays. @param at a share of the file */
function flip(path: string, at: number): void {
  const bytes = readFileSync(path)
  const i = Math.floor(at * bytes.length)
  bytes[i] = (bytes[i] ?? 0) ^ 0xff
  writeFileSync(path, bytes)
}
const WRONG_HASH = `h1:${'A'.repeat(43)}=`

type Damage = (at: string, unpacked: string) => void

/** What plain go fails of (each tried with Go 1.26.8), the files that are removed, and what is asked for. */
const damages: Record<string, [Damage, removed: string, asked: readonly string[]]> = {
  'a cut zip': [at => truncateSync(`${at}.zip`, 700), 'v1.0.0.zip', ['alpha/@v/v1.0.0.zip']],
  'an empty zip without its hash': [
    at => {
      empty(`${at}.zip`)
      remove(`${at}.ziphash`)
    },
    'v1.0.0.zip',
    ['alpha/@v/v1.0.0.zip'],
  ],
  'a flipped byte in the data': [at => flip(`${at}.zip`, 0.3), 'v1.0.0.zip', ['alpha/@v/v1.0.0.zip']],
  'a flipped byte, without the hash': [
    at => {
      flip(`${at}.zip`, 0.3)
      remove(`${at}.ziphash`)
    },
    'v1.0.0.zip',
    ['alpha/@v/v1.0.0.zip'],
  ],
  'the zip of another module': [
    at => cpSync(at.replace('alpha', 'gamma').concat('.zip'), `${at}.zip`),
    'v1.0.0.zip',
    ['alpha/@v/v1.0.0.zip'],
  ],
  'a hash that disagrees': [at => writeFileSync(`${at}.ziphash`, WRONG_HASH), 'v1.0.0.ziphash', []],
  'a hash that disagrees with a cut zip': [
    at => {
      writeFileSync(`${at}.ziphash`, WRONG_HASH)
      truncateSync(`${at}.zip`, 700)
    },
    'v1.0.0.zip',
    ['alpha/@v/v1.0.0.zip'],
  ],
  'a cut go.mod': [at => truncateSync(`${at}.mod`, 9), 'v1.0.0.mod', ['alpha/@v/v1.0.0.mod']],
  'an empty go.mod': [at => empty(`${at}.mod`), 'v1.0.0.mod', ['alpha/@v/v1.0.0.mod']],
  'an .info of another version': [
    at => writeFileSync(`${at}.info`, '{"Version":"v9.9.9","Time":"2020-01-01T00:00:00Z"}'),
    'v1.0.0.info',
    ['alpha/@v/v9.9.9.info', 'alpha/@v/v1.0.0.info'],
  ],
  'a cut zip and a mark of unpacking': [
    at => {
      truncateSync(`${at}.zip`, 700)
      empty(`${at}.partial`)
    },
    'v1.0.0.zip',
    ['alpha/@v/v1.0.0.zip'],
  ],
}

describe('a damaged file in the module cache', () => {
  test.each(Object.entries(damages))('%s is removed, told and fetched again', async (_name, [damage, file, asked]) => {
    const world = await filled()
    const { at, unpacked } = placesOf(world)
    remove(unpacked)
    damage(at, unpacked)
    const { result, asked: requests } = await again(world)
    expect([result.outcome, result.failure, result.quarantined]).toEqual(['done', undefined, []])
    expect(result.warnings).toEqual([
      expect.objectContaining({
        code: 'MODULE_CACHE_DAMAGED',
        message: expect.stringContaining(`example.com/alpha@v1.0.0, ${file} (`),
      }),
    ])
    expect(new Set(requests)).toEqual(new Set(asked))
    expect(existsSync(unpacked)).toBe(true)
    expect(readdirSync(dirname(at)).filter(name => name.endsWith('.tmp'))).toEqual([])
    const last = await again({ ...world, proxy: cleanUp(await startProxy({ modules })) })
    expect([last.result.outcome, last.asked, last.result.warnings]).toEqual(['done', [], []])
  })

  /** What go mends by itself, or does not look at: as with plain go, no word is said. */
  const harmless: Record<string, [Damage, asked: readonly string[]]> = {
    'no zip beside what was unpacked': [at => remove(`${at}.zip`), ['alpha/@v/v1.0.0.zip']],
    'a mark of unpacking': [at => empty(`${at}.partial`), []],
    'an empty hash': [
      (at, unpacked) => {
        empty(`${at}.ziphash`)
        remove(unpacked)
      },
      [],
    ],
    'a cut .info': [at => truncateSync(`${at}.info`, 9), ['alpha/@v/v1.0.0.info']],
    'a cut zip beside what was unpacked': [at => truncateSync(`${at}.zip`, 700), []],
  }
  test.each(Object.entries(harmless))('%s: as go does it', async (_name, [damage, asked]) => {
    const world = await filled()
    const { at, unpacked } = placesOf(world)
    damage(at, unpacked)
    const { result, asked: requests } = await again(world)
    expect([result.outcome, result.warnings, result.attempts.length, requests]).toEqual(['done', [], 1, asked])
  })

  test('many: all in one more round, counted', async () => {
    const world = await filled()
    for (const name of ['alpha', '!beta', 'gamma', 'delta']) {
      const { at } = placesOf(world, name)
      empty(`${at}.mod`)
      empty(`${at}.zip`)
      remove(placesOf(world, name).unpacked)
    }
    const { result } = await again(world)
    expect([result.outcome, result.attempts.length, result.modules]).toEqual(['done', 2, 4])
    const [{ message } = { message: '' }, ...more] = result.warnings
    expect(message).toMatch(/^8 files in the module cache were damaged: .*; and 5 more\. /)
    expect(more).toEqual([])
  })

  test('where go.sum is what is wrong, it ends', async () => {
    const world = await filled()
    const sums = join(world.target.directory, 'go.sum')
    writeFileSync(sums, readFileSync(sums, 'utf8').replace(/(alpha v1.0.0 h1:).{8}/, '$1AAAAAAAA'))
    const { result } = await again(world)
    expect([result.outcome, result.failure?.code]).toEqual(['failed', 'GO_CHECKSUM_MISMATCH'])
  })

  test('a failure of the network touches nothing', async () => {
    const world = await filled()
    remove(`${placesOf(world).at}.zip`)
    empty(`${placesOf(world, 'gamma').at}.zip`)
    const { download: result } = await download(world.target, {
      modules,
      rounds: ['http://127.0.0.1:1'],
      inputs: { retries: 1 },
    })
    expect([result.failure?.code, result.warnings]).toEqual(['CONNECTION_REFUSED', []])
    expect(existsSync(`${placesOf(world, 'gamma').at}.zip`)).toBe(true)
  })
})

describe('a damaged file that go.sum has no line of', () => {
  /** Of alpha; the others have theirs. */
  const without = (pattern: RegExp) =>
    parseGoSum(
      goSumOf(modules)
        .split('\n')
        .filter(line => !pattern.test(line))
        .join('\n'),
    ).hashes

  const look = ({ modcache }: World, sums: ReadonlyMap<string, string>, suspects: readonly string[]) =>
    removeDamaged(
      { gomodcache: modcache, sums, suspects, all: false, wasThere: target => target.includes('/alpha/'), lockMs: 100 },
      { files: realFiles, clock: systemClock },
    )

  test.each<[string, Damage]>([
    ['zip', at => truncateSync(`${at}.zip`, 700)],
    ['zip', at => empty(`${at}.zip`)],
    ['mod', at => empty(`${at}.mod`)],
    ['info', at => writeFileSync(`${at}.info`, '{"Version":"v9.9.9","Time":"2020-01-01T00:00:00Z"}')],
  ])('is found where go named its module: %s', async (kind, damage) => {
    const world = await filled()
    const { at, unpacked } = placesOf(world)
    damage(at, unpacked)
    const sums = without(/\/alpha /)
    expect(await look(world, sums, [])).toEqual([])
    const named = ['example.com/alpha@v1.0.0', 'example.com/gamma@v1.0.0', 'example.com/nowhere@v1.0.0', 'none']
    expect(await look(world, sums, named)).toEqual([
      expect.objectContaining({ module: 'example.com/alpha@v1.0.0', kept: undefined }),
    ])
    expect(readdirSync(dirname(at)).filter(name => name === `v1.0.0.${kind}`)).toEqual([])
    expect(await look(world, sums, named)).toEqual([])
  })

  test('a right one stays', async () => {
    const world = await filled()
    const before = readdirSync(dirname(placesOf(world).at))
    expect(await look(world, without(/\/alpha v1\.0\.0 /), ['example.com/alpha@v1.0.0'])).toEqual([])
    expect(readdirSync(dirname(placesOf(world).at))).toEqual(before)
  })
})

describe('what is not ours to remove', () => {
  test('what a link in the module cache leads to outside of it', async () => {
    const world = await filled()
    const { at, unpacked } = placesOf(world)
    remove(unpacked)
    empty(`${at}.zip`)
    const outside = join(dirname(world.modcache), 'outside')
    renameSync(dirname(at), outside)
    symlinkSync(outside, dirname(at))
    const { result } = await again(world)
    expect(result.failure).toMatchObject({
      code: 'MODULE_CACHE_DAMAGED',
      message: expect.stringContaining('LEADS_OUT'),
    })
    expect(result.failure?.message).toContain('example.com/alpha@v1.0.0, v1.0.0.zip (')
    expect(existsSync(join(outside, 'v1.0.0.zip'))).toBe(true)
  })

  test('a link in the place of a file', async () => {
    const world = await filled()
    const { at, unpacked } = placesOf(world)
    remove(unpacked)
    const outside = join(dirname(world.modcache), 'outside.zip')
    empty(outside)
    remove(`${at}.zip`)
    symlinkSync(outside, `${at}.zip`)
    expect((await again(world)).result.outcome).toBe('failed')
    expect(existsSync(outside)).toBe(true)
  })

  const isRoot = process.getuid?.() === 0
  const unprivileged = isRoot || process.platform === 'win32' ? test.skip : test
  unprivileged('what this user may not remove: the failure says so', async () => {
    const world = await filled()
    const { at, unpacked } = placesOf(world)
    remove(unpacked)
    truncateSync(`${at}.zip`, 700)
    chmodSync(dirname(at), 0o500)
    const { result } = await again(world)
    chmodSync(dirname(at), 0o700)
    expect(result.failure).toMatchObject({ code: 'MODULE_CACHE_DAMAGED', hint: expect.stringContaining('go clean') })
  })

  const linux = process.platform === 'linux' ? test : test.skip
  linux('what another process has locked: it shows', async () => {
    const lock = join(cleanUp.directory('lock-'), 'v1.0.0.lock')
    empty(lock)
    expect(await realFiles.isLocked(lock)).toBe(false)
    const holder = spawn('flock', [lock, 'sh', '-c', 'echo locked; read line'], { stdio: ['pipe', 'pipe', 'inherit'] })
    await once(holder.stdout, 'data')
    expect(await realFiles.isLocked(lock)).toBe(true)
    holder.stdin.end('\n')
    await once(holder, 'exit')
    expect(await realFiles.isLocked(lock)).toBe(false)
  })

  /** @param isLocked asked again and again until it is free */
  async function removing({ modcache }: World, isLocked: () => boolean) {
    const options = {
      gomodcache: modcache,
      sums: parseGoSum(goSumOf(modules)).hashes,
      suspects: [],
      all: true,
      wasThere: () => true,
      lockMs: 100,
    }
    const files = { ...realFiles, isLocked: async () => isLocked() }
    return removeDamaged(options, { files, clock: systemClock })
  }

  test('what another go puts there while it has the lock', async () => {
    const world = await filled()
    const { at } = placesOf(world)
    const right = readFileSync(`${at}.mod`)
    empty(`${at}.mod`)
    let looks = 0
    await removing(world, () => {
      if (looks++ > 0) return false
      writeFileSync(`${at}.new`, right)
      renameSync(`${at}.new`, `${at}.mod`)
      return true
    })
    expect(readFileSync(`${at}.mod`).equals(right)).toBe(true)
    expect(readdirSync(dirname(at)).filter(name => name.endsWith('.tmp'))).toEqual([])
  })

  test('what stays locked', async () => {
    const world = await filled()
    const { at } = placesOf(world)
    empty(`${at}.mod`)
    expect(await removing(world, () => true)).toEqual([
      expect.objectContaining({ module: 'example.com/alpha@v1.0.0', kept: 'LOCKED' }),
    ])
    expect(existsSync(`${at}.mod`)).toBe(true)
  })
})
