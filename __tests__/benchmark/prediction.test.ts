import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { estimateBytes, predictSeconds, type Speed } from '../../src/benchmark/prediction.ts'
import { planProbes } from '../../src/benchmark/probe-plan.ts'
import { buildModule, goSumOf } from '../../src/demo/modules.ts'
import { parseGoSum } from '../../src/go/gosum.ts'

const modules = Array.from({ length: 30 }, (_, i) => ({ path: `example.com/m${i}`, version: 'v1.0.0' }))
const work = { graphFiles: 60, modules, otherBytes: 0 }
const alone = { parallel: 2, prefetch: undefined }
const speed: Speed = { connectMs: 100, latencyMs: 50, bytesPerSecond: 10e6, errorRate: 0 }

describe('predicted seconds', () => {
  test('plain go: the graph in parallel, one .info after another, zips in parallel, then the bytes', () => {
    // 0.1 + 0.05 · (60/2 + 30 + 30/2) + 20e6/10e6
    expect(predictSeconds(speed, work, 20e6, alone)).toBeCloseTo(0.1 + 0.05 * 75 + 2)
  })

  test('fetched ahead: all requests share what is in flight', () => {
    expect(predictSeconds(speed, work, 20e6, { parallel: 2, prefetch: 40 })).toBeCloseTo(0.1 + 0.05 * 3 + 2)
  })

  test('it grows with latency, errors and bytes, and falls with the rate', () => {
    const positive = fc.double({ min: 0.1, max: 1e4, noNaN: true })
    fc.assert(
      fc.property(positive, positive, positive, (latencyMs, megabytes, rate) => {
        const at = (change: Partial<Speed>, bytes = megabytes * 1e6) =>
          predictSeconds({ ...speed, latencyMs, bytesPerSecond: rate * 1e6, ...change }, work, bytes, alone)
        expect(at({ latencyMs: latencyMs * 2 })).toBeGreaterThan(at({}))
        expect(at({ errorRate: 0.1 })).toBeGreaterThan(at({}))
        expect(at({}, megabytes * 2e6)).toBeGreaterThan(at({}))
        expect(at({ bytesPerSecond: rate * 2e6 })).toBeLessThan(at({}))
      }),
    )
  })

  test('bytes are the measured ones, and guesses scaled by how far guesses were off', () => {
    expect(estimateBytes(modules, new Map())).toBe(30 * 150_000)
    const measured = new Map([
      ['example.com/m0', 300_000],
      ['example.com/m1', 300_000],
    ])
    expect(estimateBytes(modules, measured)).toBe(600_000 + 28 * 150_000 * 2)
    expect(estimateBytes(modules, new Map(modules.map(({ path }) => [path, 1])))).toBe(30)
  })
})

describe('what is asked', () => {
  const built = [
    buildModule({ path: 'example.com/a', version: 'v1.0.0' }),
    buildModule({ path: 'golang.org/x/text', version: 'v0.3.0' }),
    buildModule({ path: 'example.com/b', version: 'v1.0.0' }),
  ]
  const sums = parseGoSum(goSumOf(built)).hashes
  const plan = (input: Partial<Parameters<typeof planProbes>[0]> = {}) =>
    planProbes({
      publicModules: built,
      missing: built,
      sums,
      sumdb: undefined,
      isPrivate: () => false,
      isUnchecked: () => false,
      otherBytes: 0,
      nonce: 'n1',
      ...input,
    })

  test('only modules that it was given, each with the hash that go.sum has', () => {
    const { mods, zips, pinned } = plan()
    expect(pinned).toBe(false)
    for (const object of [...mods, ...zips]) {
      const module = built.find(({ path }) => path === object.module.path)
      expect(object.h1).toBe(object.kind === 'zip' ? module?.h1 : module?.goModH1)
    }
  })

  test('a large zip is among them, and not the first', () => {
    const zips = plan().zips.map(({ module }) => module.path)
    expect(zips).toContain('golang.org/x/text')
  })

  test('zips are of what is missing, so that none is fetched for nothing', () => {
    const missing = built.slice(0, 1)
    expect(plan({ missing }).zips.map(({ module }) => module.path)).toEqual(['example.com/a'])
  })

  test('without a go.sum, the built-in set', () => {
    const { pinned, mods, zips } = plan({ sums: new Map() })
    expect(pinned).toBe(true)
    expect(mods.length).toBeGreaterThan(0)
    expect(zips.length).toBeGreaterThan(0)
    for (const { module } of [...mods, ...zips]) expect(module.path).not.toMatch(/^example\.com/)
  })

  test('without a go.sum, none of the built-in set that is private here', () => {
    const { mods, zips } = plan({ sums: new Map(), isPrivate: path => path.startsWith('github.com/') })
    expect([...mods, ...zips].map(({ module }) => module.path)).toEqual(['golang.org/x/sys', 'golang.org/x/sys'])
    const none = plan({ sums: new Map(), isPrivate: () => true, sumdb: { name: 's', verifierKey: 'k' } })
    expect([none.mods, none.zips, none.sumdb]).toEqual([[], [], undefined])
  })

  describe('the checksum database', () => {
    const sumdb = { name: 'sum.example', verifierKey: 'k' }
    test('is asked for a module that it may hear of', () => {
      expect(plan({ sumdb }).sumdb?.module.path).toBe('example.com/a')
      const { sumdb: asked } = plan({ sumdb, isUnchecked: path => path === 'example.com/a' })
      expect(asked?.lookupPath).toBe('sumdb/sum.example/lookup/golang.org/x/text@v0.3.0')
    })

    test('of the world is asked for a module of the built-in set alone: it hears of no name of the project’s', () => {
      const world = { name: 'sum.golang.org', verifierKey: 'k' }
      expect(plan({ sumdb: world }).sumdb).toMatchObject({
        module: { path: 'github.com/spf13/pflag' },
        isBuiltIn: true,
      })
      const isPrivate = (path: string) => path.startsWith('github.com/')
      expect(plan({ sumdb: world, isPrivate }).sumdb?.module.path).toBe('golang.org/x/sys')
      expect(plan({ sumdb: world, isPrivate: () => true }).sumdb).toBeUndefined()
    })

    test('is not asked when it may hear of none', () => {
      expect(plan({ sumdb, isUnchecked: () => true }).sumdb).toBeUndefined()
      expect(plan({ sumdb, isUnchecked: () => true, sums: new Map() }).sumdb).toBeUndefined()
    })
  })

  test('a toolchain is part of the download, but not of the built-in set', () => {
    expect(plan({ otherBytes: 70e6 }).work.otherBytes).toBe(70e6)
    expect(plan({ otherBytes: 70e6, sums: new Map() }).work.otherBytes).toBe(0)
  })

  test('the path that cannot exist differs from run to run', () => {
    expect(plan().controlPath).not.toBe(plan({ nonce: 'n2' }).controlPath)
  })
})
