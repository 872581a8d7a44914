import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type BuiltModule, buildModule, goModOf, writeZip } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { parseGoSum, sumKey } from '../../src/go/gosum.ts'
import { hashGoMod, hashZip } from '../../src/go/h1.ts'
import { bufferSource } from '../../src/go/zip.ts'
import { cleanUpAfterAll, cleanUpAfterEach } from '../support/clean-up.ts'
import { runGo } from '../support/worlds/go-command.ts'
import { openGoOracle } from '../support/worlds/go-oracle.ts'
import { createProject, goEnvironment } from '../support/worlds/project.ts'

const cleanUpAtEnd = cleanUpAfterAll()
const directory = cleanUpAtEnd.directory('h1-')
const go = openGoOracle()

const cleanUp = cleanUpAfterEach()

async function h1Of(zip: Buffer, module: { readonly path: string; readonly version: string }): Promise<string> {
  const result = await hashZip(bufferSource(zip), module)
  return result.ok ? result.value : (result.problems[0]?.message ?? '')
}

/** go's own reader and hash of these bytes. */
function h1OfGo(zips: readonly Buffer[]): readonly (string | undefined)[] {
  const files = zips.map((zip, i) => {
    const file = join(directory, `${i}.zip`)
    writeFileSync(file, zip)
    return file
  })
  return go.ask(files.map(a => ({ ask: 'hashZip', a }))).map(answer => answer.match(/^= (.*)/)?.[1])
}

const MODULES: readonly BuiltModule[] = [
  buildModule({ path: 'example.com/plain', version: 'v1.0.0' }),
  buildModule({ path: 'example.com/Upper/Case', version: 'v0.0.0-20200101000000-abcdefabcdef' }),
  buildModule({
    path: 'example.com/names/v2',
    version: 'v2.3.4',
    // Sorted by bytes, not by UTF-16 units: the one beyond U+FFFF comes last.
    files: {
      'a-b.txt': 'x',
      'a/b.txt': 'y',
      'ａ.txt': 'fullwidth',
      '𠀀.txt': 'beyond the basic plane',
      'z.txt': '',
      'Z.TXT2': 'z',
      'sp ace.txt': 's',
    },
  }),
  buildModule({
    path: 'example.com/large',
    version: 'v1.0.0',
    files: { 'stored.bin': Buffer.alloc(0), 'zeros.bin': Buffer.alloc(9 << 20) },
    paddingBytes: 5 << 20,
  }),
]

describe('what the real go writes into go.sum', () => {
  test('is what we compute of the same zips and go.mod files', async () => {
    const proxy = cleanUp(await startProxy({ modules: MODULES }))
    const project = cleanUp(createProject({ 'go.mod': goModOf('example.com/project', MODULES) }))
    const env = goEnvironment(project, { GOPROXY: proxy.url, GOSUMDB: 'off' })
    const run = await runGo(['mod', 'download', 'all'], { cwd: project.directory, env })
    expect(run).toMatchObject({ exitCode: 0 })
    const { hashes } = parseGoSum(readFileSync(join(project.directory, 'go.sum'), 'utf8'))
    for (const module of MODULES) {
      expect(await h1Of(module.zip, module)).toBe(hashes.get(sumKey(module, 'zip')))
      expect(hashGoMod(module.mod)).toBe(hashes.get(sumKey(module, 'mod')))
    }
    expect(hashes.size).toBe(2 * MODULES.length)
  }, 60_000)

  test('go.mod files of any content', () => {
    const texts = fc.sample(fc.string({ unit: 'grapheme', maxLength: 200 }), 200)
    const answers = go.ask(texts.map(a => ({ ask: 'hashGoMod', a })))
    expect(texts.map(text => `= ${hashGoMod(Buffer.from(text))}`)).toEqual(answers)
  })

  test('a zip as go’s own writer makes it, with sizes and checksums behind the data', async () => {
    const file = join(directory, 'own.zip')
    go.ask([{ ask: 'writeZip', a: file, b: 'example.com/own@v1.0.0/' }])
    const [answer] = go.ask([{ ask: 'hashZip', a: file }])
    expect(`= ${await h1Of(readFileSync(file), { path: 'example.com/own', version: 'v1.0.0' })}`).toBe(answer)
  })
})

describe('hostile zips', () => {
  const module = { path: 'example.com/m', version: 'v1.0.0' }
  const prefix = 'example.com/m@v1.0.0/'
  const data = Buffer.from('x')
  const zip = (...names: string[]) => writeZip(names.map(name => ({ name, data })))

  test.each([
    ['another module’s files', zip(`${prefix}go.mod`, 'example.com/n@v1.0.0/x')],
    ['another version’s files', zip('example.com/m@v1.0.1/go.mod')],
    ['a path that leaves', zip(`${prefix}../../etc/passwd`)],
    ['a dot', zip(`${prefix}./x`)],
    ['a backslash', zip(`${prefix}..\\x`)],
    ['an empty element', zip(`${prefix}a//x`)],
    ['a directory', zip(`${prefix}a/`)],
    ['a line break in a name', zip(`${prefix}a\nb`)],
    ['the same name twice', zip(`${prefix}a`, `${prefix}a`)],
    ['two names that differ in case', zip(`${prefix}a`, `${prefix}A`)],
  ])('%s', async (_, bytes) => {
    const result = await hashZip(bufferSource(bytes), module)
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'ZIP_INVALID' }] })
  })

  test('a name that is not UTF-8', async () => {
    const bytes = zip(`${prefix}aa`)
    for (let at = bytes.indexOf('aa'); at >= 0; at = bytes.indexOf('aa', at)) bytes[at] = 0xff
    expect(await hashZip(bufferSource(bytes), module)).toMatchObject({ ok: false })
  })

  test('entries that share their data', async () => {
    const bytes = zip(`${prefix}a`, `${prefix}b`)
    // The second entry of the directory points to the first one's data.
    const second = bytes.lastIndexOf('PK\u0001\u0002')
    bytes.writeUInt32LE(0, second + 42)
    bytes.write('a', second + 46 + prefix.length)
    bytes.write('b', bytes.indexOf(`${prefix}a`) + prefix.length)
    expect(await hashZip(bufferSource(bytes), module)).toMatchObject({ ok: false })
  })

  test.each([10, 5 << 20])('content that is not as long as announced (%d bytes)', async length => {
    const content = Buffer.alloc(length, 'abc')
    const good = writeZip([{ name: `${prefix}a`, data: content }])
    for (const difference of [-1, 1]) {
      const bytes = Buffer.from(good)
      bytes.writeUInt32LE(length + difference, bytes.lastIndexOf('PK\u0001\u0002') + 24)
      expect(await hashZip(bufferSource(bytes), module)).toMatchObject({ ok: false })
    }
  })

  test.each([10, 5 << 20])('a wrong checksum, of which go would die (%d bytes)', async length => {
    const bytes = writeZip([{ name: `${prefix}a`, data: Buffer.alloc(length, 'abc') }])
    bytes.writeUInt32LE(1, bytes.lastIndexOf('PK\u0001\u0002') + 16)
    expect(await h1Of(bytes, module)).toMatch(/checksum is wrong/)
    expect(h1OfGo([bytes])).toEqual([undefined])
  })
})

describe('damage', () => {
  const modules = [
    buildModule({ path: 'example.com/m', version: 'v1.0.0', files: { 'a.go': 'package a\n'.repeat(50), empty: '' } }),
    buildModule({ path: 'example.com/m', version: 'v1.0.0', paddingBytes: 300 }),
  ]
  const own = () => {
    const file = join(directory, 'fuzz.zip')
    go.ask([{ ask: 'writeZip', a: file, b: 'example.com/m@v1.0.0/' }])
    return readFileSync(file)
  }

  /** Flips, cuts, insertions and moved bytes. */
  const damage = (zip: Buffer) =>
    fc.oneof(
      fc.tuple(fc.nat(zip.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, by]) => {
        const bytes = Buffer.from(zip)
        bytes[at] = (bytes[at] as number) ^ by
        return bytes
      }),
      fc.nat(zip.length).map(length => zip.subarray(0, length)),
      fc.nat(zip.length).map(from => zip.subarray(from)),
      fc
        .tuple(fc.nat(zip.length), fc.uint8Array({ minLength: 1, maxLength: 40 }))
        .map(([at, noise]) => Buffer.concat([zip.subarray(0, at), noise, zip.subarray(at)])),
      // The records at the end decide most: several flips there.
      fc
        .array(fc.tuple(fc.nat(Math.min(zip.length, 160) - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
        .map(flips => {
          const bytes = Buffer.from(zip)
          for (const [back, value] of flips) bytes[bytes.length - 1 - back] = value
          return bytes
        }),
    )

  test('gives a hash or a Problem, and a hash only where go computes the same', async () => {
    const damaged = [...modules.map(module => module.zip), own()].flatMap(zip => fc.sample(damage(zip), 700))
    const [module] = modules as [BuiltModule]
    const ours = await Promise.all(damaged.map(bytes => hashZip(bufferSource(bytes), module)))
    const accepted = ours.flatMap((result, i) => (result.ok ? [{ h1: result.value, bytes: damaged[i] as Buffer }] : []))
    const refused = ours.flatMap(result => (result.ok ? [] : result.problems.map(problem => problem.code)))
    expect(new Set(refused)).toEqual(new Set(['ZIP_INVALID']))
    // Dates and comments may change without harm.
    expect(accepted.length).toBeGreaterThan(20)
    const theirs = h1OfGo(accepted.map(({ bytes }) => bytes))
    const wrong = accepted.filter(({ h1 }, i) => theirs[i] !== h1)
    expect(wrong.slice(0, 3).map(({ bytes }) => bytes.toString('base64'))).toEqual([])
  }, 60_000)

  test('noise is never a zip, and never thrown at', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.boolean(), async (noise, ends) => {
        const bytes = Buffer.concat([noise, ends ? Buffer.from('PK\u0005\u0006') : Buffer.alloc(0), Buffer.alloc(18)])
        const result = await hashZip(bufferSource(bytes), { path: 'a.com', version: 'v1.0.0' })
        if (result.ok) expect(bytes.indexOf('PK\u0005\u0006')).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 500 },
    )
  })
})
