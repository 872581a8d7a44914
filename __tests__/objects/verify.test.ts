import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { buildModule, goSumOf } from '../../src/demo/modules.ts'
import { parseRoute } from '../../src/gateway/serving/route.ts'
import { parseGoSum } from '../../src/go/gosum.ts'
import { bufferSource } from '../../src/go/zip.ts'
import type { ModuleRoute } from '../../src/objects/object.ts'
import { type Content, verify } from '../../src/objects/verify.ts'
import { tampered } from '../support/servers/faults.ts'

const module = buildModule({ path: 'example.com/m', version: 'v1.2.0', paddingBytes: 5_000 })
const sums = parseGoSum(goSumOf([module])).hashes
const none: ReadonlyMap<string, string> = new Map()
const HTML = Buffer.from('<!doctype html>\n<title>Please log in</title>\nmodule of this hotel\n')

function route(path: string): ModuleRoute {
  const parsed = parseRoute(`/s/${path}`, 's')
  if (parsed === undefined || parsed.kind === 'sumdb') throw new Error(path)
  return parsed
}

function content(bytes: Buffer): Content {
  return { ...bufferSource(bytes), whole: async () => bytes }
}

const check = (path: string, bytes: Buffer | string, known = sums, unpack = true) =>
  verify(route(`example.com/m/${path}`), content(Buffer.from(bytes)), known, unpack)

describe('what a branch or a commit is', () => {
  const pseudo = '{"Version":"v0.0.0-20240102030405-abcdefabcdef","Time":"2024-01-02T03:04:05Z"}'
  test.each(['@v/main.info', '@v/abcdefabcdef.info', '@v/v1.info', '@latest'])(
    'is said by its .info: %s',
    async path => {
      expect(await check(path, pseudo)).toEqual({ ok: true, proof: 'structure' })
    },
  )

  test.each(['{"Version":"main"}', '{"Version":"v1"}', '{}'])('is left to go to make sense of: %s', async text => {
    expect(await check('@v/main.info', text)).toEqual({ ok: true, proof: 'structure' })
  })
})

describe('half a go.mod is an accident, a whole other one is a lie', () => {
  const whole = 'module example.com/m\n\nrequire (\n\texample.com/a v1.0.0\n)\n'
  test.each([
    ['cut in a line', whole.slice(0, -12), 'invalid'],
    ['cut within a block', whole.slice(0, -2), 'invalid'],
    ['a login page', HTML.toString(), 'invalid'],
    ['another one', whole, 'wrong'],
  ])('%s', async (_, text, fault) => {
    expect(await check('@v/v1.2.0.mod', text)).toMatchObject({ ok: false, fault })
  })
})

describe('content that may pass', () => {
  test('what go.sum has is told apart from what only has the right shape', async () => {
    expect(await check('@v/v1.2.0.zip', module.zip)).toEqual({ ok: true, proof: 'go.sum' })
    expect(await check('@v/v1.2.0.mod', module.mod)).toEqual({ ok: true, proof: 'go.sum' })
    expect(await check('@v/v1.2.0.zip', module.zip, none)).toEqual({ ok: true, proof: 'structure' })
    expect(await check('@v/v1.2.0.mod', module.mod, none)).toEqual({ ok: true, proof: 'structure' })
    expect(await check('@v/v1.2.0.info', module.info)).toEqual({ ok: true, proof: 'structure' })
    expect(await check('@latest', module.info)).toEqual({ ok: true, proof: 'structure' })
    expect(await check('@v/list', 'v1.0.0\nv1.2.0\nv2.0.0+incompatible\n')).toEqual({ ok: true, proof: 'structure' })
    expect(await check('@v/list', '')).toEqual({ ok: true, proof: 'structure' })
  })
})

describe('content that may not pass', () => {
  const half = module.zip.subarray(0, module.zip.length >> 1)
  const other = buildModule({ path: 'example.com/other', version: 'v1.2.0' })
  const rows: Readonly<Record<string, [string, Buffer | string, 'wrong' | 'invalid']>> = {
    'a zip with one file more': ['@v/v1.2.0.zip', tampered(module).zip, 'wrong'],
    'a go.mod with one line more': ['@v/v1.2.0.mod', `${module.mod}\nrequire evil.example/x v1.0.0\n`, 'wrong'],
    'half a zip': ['@v/v1.2.0.zip', half, 'invalid'],
    'another module’s zip': ['@v/v1.2.0.zip', other.zip, 'invalid'],
    'a login page as zip': ['@v/v1.2.0.zip', HTML, 'invalid'],
    'nothing as zip': ['@v/v1.2.0.zip', '', 'invalid'],
    'another version’s info': ['@v/v1.2.0.info', '{"Version":"v1.3.0"}', 'invalid'],
    'info without a version': ['@v/v1.2.0.info', '{"Time":"2024-01-02T03:04:05Z"}', 'invalid'],
    'info that is null': ['@v/v1.2.0.info', 'null', 'invalid'],
    'a login page as info': ['@v/v1.2.0.info', HTML, 'invalid'],
    'a login page as @latest': ['@latest', HTML, 'invalid'],
    'a login page as list': ['@v/list', HTML, 'invalid'],
  }
  test.each(Object.entries(rows))('%s', async (_, [path, bytes, fault]) => {
    expect(await check(path, bytes)).toMatchObject({ ok: false, fault })
  })

  test('without a line in go.sum a page is still no go.mod, nor are bytes that are no text', async () => {
    expect(await check('@v/v1.2.0.mod', HTML, none)).toMatchObject({ ok: false, fault: 'invalid' })
    expect(await check('@v/v1.2.0.mod', Buffer.from([0x6d, 0xff, 0xfe]), none)).toMatchObject({ ok: false })
  })

  test('where unpacking is left to go, half a zip and another module’s are still noticed', async () => {
    expect(await check('@v/v1.2.0.zip', module.zip, sums, false)).toEqual({ ok: true, proof: 'structure' })
    expect(await check('@v/v1.2.0.zip', half, sums, false)).toMatchObject({ ok: false, fault: 'invalid' })
    expect(await check('@v/v1.2.0.zip', other.zip, sums, false)).toMatchObject({ ok: false, fault: 'invalid' })
    expect(await check('@v/v1.2.0.zip', HTML, sums, false)).toMatchObject({ ok: false, fault: 'invalid' })
  })

  test('a wrong hash is told with both digests', async () => {
    const wrong = tampered(module)
    const verified = await check('@v/v1.2.0.zip', wrong.zip)
    expect(verified).toMatchObject({ what: expect.stringContaining(wrong.h1) })
    expect(verified).toMatchObject({ what: expect.stringContaining(module.h1) })
  })
})

test('whatever the bytes are, there is an answer, and only the right ones have the right hash', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('@v/v1.2.0.zip', '@v/v1.2.0.mod', '@v/v1.2.0.info', '@latest', '@v/list'),
      fc.uint8Array({ maxLength: 300 }),
      async (path, bytes) => {
        const verified = await check(path, Buffer.from(bytes))
        expect(verified.ok && verified.proof === 'go.sum').toBe(false)
      },
    ),
    { numRuns: 500 },
  )
})

test('one changed byte anywhere in a zip is noticed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(module.zip.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const bytes = Buffer.from(module.zip)
      bytes[at] = (bytes[at] ?? 0) ^ change
      const verified = await check('@v/v1.2.0.zip', bytes)
      // What no reader looks at (times, versions) may differ: then the content is the same, as the hash proves.
      if (verified.ok) expect(verified.proof).toBe('go.sum')
    }),
    { numRuns: 300 },
  )
})
