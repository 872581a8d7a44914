import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect } from '@jest/globals'
import fc from 'fast-check'
import { buildModule } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { failed, ok, type Result } from '../../src/errors.ts'
import type { ModuleVersion } from '../../src/go/module.ts'
import { findVulnerabilities } from '../../src/go/version.ts'
import { type ProvenRecord, proveRecord } from '../../src/sumdb/prove.ts'
import { testBeside } from '../support/clean-up.ts'
import { digest, headText, makeKey, makeLog, recordOf, signNote } from '../support/servers/log.ts'
import { runGo } from '../support/worlds/go-command.ts'
import { createProject, goEnvironment } from '../support/worlds/project.ts'

const { test, cleanUp } = testBeside()

const NAME = 'sum.corp.example'
const key = makeKey(NAME)
const otherKey = makeKey(NAME)
const anotherKey = makeKey('sum.other.example')

const module = buildModule({ path: 'example.com/Proven', version: 'v1.2.3', files: { 'a.go': 'package a\n' } })
const forged = { ...module, h1: `h1:${'A'.repeat(43)}=` }
const record = recordOf(module)
const other = (i: number, name = 'm') => ({
  path: `example.com/${name}${i}`,
  version: 'v1.0.0',
  h1: `h1:${String(i).padStart(43, name.toUpperCase())}=`,
  goModH1: `h1:${'G'.repeat(43)}=`,
})
const filler = (i: number, name = 'm') => recordOf(other(i, name))

/** Three levels of tiles, full ones and parts of them: the record in the tile 0/001, below 1/000, below 2/000. */
const ID = 300
const ALL = 66_400
const SIZE = 66_000
const records = Array.from({ length: ALL }, (_, i) => (i === ID ? record : filler(i)))
const log = makeLog(records, key)
/** The same up to the record, then another history. */
const fork = makeLog(
  records.map((text, i) => (i > ID + 1 ? filler(i, 'f') : text)),
  key,
)
/** A log of the attacker's own, with his record, and the key of another. */
const forgedLog = makeLog(
  records.map((text, i) => (i === ID ? recordOf(forged) : text)),
  key,
)

/** A tree of 2 ** 40 records before those of a small one; what they are does not matter. */
const HUGE = 2 ** 40
const small = makeLog([...records.slice(0, ID + 1)], key)
const before = Buffer.alloc(32, 'before')
const hugeTiles: Readonly<Record<string, Buffer | undefined>> = {
  '/tile/8/5/000.p/1': before,
  '/tile/8/1/x016/x777/216.p/1': small.tile('/tile/8/1/000.p/1'),
  '/tile/8/0/x004/x294/x967/297.p/45': small.tile('/tile/8/0/001.p/45'),
}
const hugeHead = signNote(headText(HUGE + ID + 1, digest(1, before, small.root(ID + 1))), key)
const huge =
  (id: number): Answers =>
  path =>
    path === LOOKUP ? Buffer.from(`${id}\n${record}\n${hugeHead}`) : hugeTiles[path]

type Answers = (path: string) => Buffer | undefined
const LOOKUP = '/lookup/example.com/!proven@v1.2.3'
const LEAF_TILE = '/tile/8/0/001'
const EDGE_TILE = `/tile/8/0/257.p/${SIZE % 256}`

/** An answer to the lookup, and tiles of a log. */
const serve =
  (lookup: string | Buffer, from = log): Answers =>
  path =>
    path === LOOKUP ? Buffer.from(lookup) : from.tile(path)
/** One tile otherwise, or not at all. */
const withTile =
  (tile: string, change: (good: Buffer) => Buffer | undefined): Answers =>
  path =>
    path === tile ? change(log.tile(path) as Buffer) : serve(log.lookup(ID, SIZE))(path)
const replace = (from: string | RegExp, to: string) => serve(log.lookup(ID, SIZE).replace(from, to))
const noted = (note: string) => serve(`${ID}\n${record}\n${note}`)
const headOf = (size: number, root = log.root(SIZE), ...keys: readonly (typeof key)[]) =>
  signNote(headText(size, root), ...(keys.length > 0 ? keys : [key]))
const flipped = (bytes: Buffer, at: number) => {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] as number) ^ 1
  return copy
}

type Row = readonly [what: string, answers: Answers, code: string | undefined, remembered?: string]

const GOOD: readonly Row[] = [
  ['an honest database', serve(log.lookup(ID, SIZE)), undefined],
  ['the record last in its tree', serve(log.lookup(ID, ID + 1)), undefined],
  ['a tree of one full tile and the record', serve(log.lookup(ID, 512)), undefined],
  ['a tree of 65,536', serve(log.lookup(ID, 65_536)), undefined],
  ['a tree of 65,537', serve(log.lookup(ID, 65_537)), undefined],
  [
    'a part of a tile that the tree has since grown over: the full tile is there',
    path => (path === '/tile/8/0/001.p/45' ? undefined : serve(log.lookup(ID, ID + 1))(path)),
    undefined,
  ],
  ['a tree of more than 32 bits', huge(HUGE + ID), undefined],
  ['another signature before its own', noted(headOf(SIZE, undefined, anotherKey, key)), undefined],
  [
    'a head with lines that are not known yet',
    noted(signNote(`${headText(SIZE, log.root(SIZE))}new\n`, key)),
    undefined,
  ],
  ['a plus before the number', replace(/^/, '+'), undefined],
  ['zeros before the number', replace(/^/, '00'), undefined],
]

const LIES: readonly Row[] = [
  ['a forged record', serve(log.lookup(ID, SIZE).replace(module.h1, forged.h1)), 'SUMDB_PROOF'],
  ['a forged record and a forged leaf', forgedTile(), 'SUMDB_PROOF'],
  [
    'a forged log below the true head',
    serve(`${ID}\n${recordOf(forged)}\n${log.head(SIZE)}`, forgedLog),
    'SUMDB_PROOF',
  ],
  [
    'a forged log, signed by another key',
    serve(`${ID}\n${recordOf(forged)}\n${headOf(SIZE, forgedLog.root(SIZE), otherKey)}`, forgedLog),
    'SUMDB_LOOKUP',
  ],
  ['a head that is not signed', noted(`${headText(SIZE, log.root(SIZE))}\n`), 'SUMDB_LOOKUP'],
  ['a head signed by another key of that name', noted(headOf(SIZE, undefined, otherKey)), 'SUMDB_LOOKUP'],
  ['a head signed by another database', noted(headOf(SIZE, undefined, anotherKey)), 'SUMDB_LOOKUP'],
  [
    'its own signature spoilt, and then a good one',
    noted(
      headOf(SIZE, undefined, key).replace(
        /(?=— )/,
        `— ${NAME} ${Buffer.concat([key.hash, Buffer.alloc(64)]).toString('base64')}\n`,
      ),
    ),
    'SUMDB_LOOKUP',
  ],
  ['another size under the same signature', replace(`\n${SIZE}\n`, `\n${SIZE + 1}\n`), 'SUMDB_LOOKUP'],
  ['another size, signed', noted(headOf(SIZE + 1)), 'SUMDB_PROOF'],
  ['a smaller size, signed', noted(headOf(SIZE - 1)), 'SUMDB_PROOF'],
  ['an absurd size, signed', noted(headOf(2 ** 53 - 1)), 'NOT_FOUND'],
  [
    'a size beyond 64 bits, signed',
    noted(signNote(headText(SIZE, log.root(SIZE)).replace(`${SIZE}`, '99999999999999999999'), key)),
    'SUMDB_LOOKUP',
  ],
  [
    'a size with a zero before it, signed',
    noted(signNote(headText(SIZE, log.root(SIZE)).replace(`${SIZE}`, `0${SIZE}`), key)),
    'SUMDB_LOOKUP',
  ],
  ['a negative size, signed', noted(signNote(headText(-5, log.root(SIZE)), key)), 'SUMDB_LOOKUP'],
  ['an empty tree, signed', noted(headOf(0, log.root(0))), 'SUMDB_PROOF'],
  ['a root of 31 bytes, signed', noted(headOf(SIZE, log.root(SIZE).subarray(1))), 'SUMDB_LOOKUP'],
  ['a tree without the record', noted(log.head(ID)), 'SUMDB_PROOF'],
  ['a number beyond the tree', replace(/^\d+/, `${SIZE}`), 'SUMDB_PROOF'],
  ['a number that is the right one in 32 bits', replace(/^\d+/, `${2 ** 32 + ID}`), 'SUMDB_PROOF'],
  ['a number that is the right one in 32 bits, in a tree that reaches so far', huge(2 ** 32 + ID), 'NOT_FOUND'],
  ['a number beyond 64 bits', replace(/^\d+/, `${2n ** 64n + BigInt(ID)}`), 'SUMDB_LOOKUP'],
  ['the number of another record', replace(/^\d+/, '301'), 'SUMDB_PROOF'],
  ['a negative number', replace(/^\d+/, '-1'), 'SUMDB_LOOKUP'],
  ['no number', replace(/^\d+\n/, ''), 'SUMDB_LOOKUP'],
  ['the true record of another module', serve(log.lookup(301, SIZE)), 'SUMDB_LOOKUP'],
  ['no record, as in CVE-2026-42501', serve(`${ID}\n\n${log.head(SIZE)}`), 'SUMDB_LOOKUP'],
  ['nothing', serve(''), 'SUMDB_LOOKUP'],
  ['a login page', serve('<!doctype html><title>Please log in</title>'), 'SUMDB_LOOKUP'],
  ['line breaks of Windows', serve(log.lookup(ID, SIZE).replaceAll('\n', '\r\n')), 'SUMDB_LOOKUP'],
  [
    'bytes that are no text',
    serve(Buffer.concat([Buffer.from(`${ID}\n`), Buffer.of(0xff), Buffer.from(`\n${record}\n${log.head(SIZE)}`)])),
    'SUMDB_LOOKUP',
  ],
  ['a hash beside the record’s changed', withTile(LEAF_TILE, good => flipped(good, 7)), 'SUMDB_PROOF'],
  ['the record’s own hash changed', withTile(LEAF_TILE, good => flipped(good, (ID % 256) * 32)), 'SUMDB_PROOF'],
  ['a hash of the middle level changed', withTile('/tile/8/1/000', good => flipped(good, 200 * 32)), 'SUMDB_PROOF'],
  ['the top changed', withTile('/tile/8/2/000.p/1', good => flipped(good, 0)), 'SUMDB_PROOF'],
  ['the edge changed', withTile(EDGE_TILE, good => flipped(good, 0)), 'SUMDB_PROOF'],
  ['another tile in its place', withTile(LEAF_TILE, () => log.tile('/tile/8/0/002')), 'SUMDB_PROOF'],
  ['a tile without its last hash', withTile(LEAF_TILE, good => good.subarray(32)), 'SUMDB_PROOF'],
  ['a tile without its last byte', withTile(LEAF_TILE, good => good.subarray(0, -1)), 'SUMDB_PROOF'],
  ['an empty tile', withTile(LEAF_TILE, () => Buffer.alloc(0)), 'SUMDB_PROOF'],
  ['a tile that is too long', withTile(LEAF_TILE, good => Buffer.concat([good, good.subarray(0, 32)])), 'SUMDB_PROOF'],
  [
    'a part that is the full tile',
    withTile(EDGE_TILE, good => Buffer.concat([good, Buffer.alloc(8192 - good.length)])),
    'SUMDB_PROOF',
  ],
  ['a part of another width', withTile(EDGE_TILE, good => good.subarray(32)), 'SUMDB_PROOF'],
  ['no tile', withTile(LEAF_TILE, () => undefined), 'NOT_FOUND'],
  [
    'no part of a tile, and no full one',
    path => (path.startsWith('/tile/8/0/257') ? undefined : serve(log.lookup(ID, SIZE))(path)),
    'NOT_FOUND',
  ],
  ['no lookup', path => (path === LOOKUP ? undefined : log.tile(path)), 'NOT_FOUND'],
]

const REMEMBERED: readonly Row[] = [
  ['an older head of the same log', serve(log.lookup(ID, SIZE)), undefined, log.head(65_000)],
  ['one before the record', serve(log.lookup(ID, SIZE)), undefined, log.head(7)],
  ['one from before all records', serve(log.lookup(ID, SIZE)), undefined, log.head(0)],
  ['the same head', serve(log.lookup(ID, SIZE)), undefined, log.head(SIZE)],
  ['a newer head of the same log: an old lookup', serve(log.lookup(ID, ID + 1)), undefined, log.head(SIZE)],
  ['a split: its history is another one', serve(log.lookup(ID, SIZE)), 'SUMDB_FORK', fork.head(65_000)],
  ['a split of the same size', serve(log.lookup(ID, SIZE)), 'SUMDB_FORK', fork.head(SIZE)],
  [
    'a split, and the newer tree is the one that is remembered',
    serve(log.lookup(ID, SIZE), fork),
    'SUMDB_FORK',
    fork.head(SIZE + 100),
  ],
  [
    'an old tree that is kept in front of this user: the tiles of the newer one are withheld',
    path =>
      /\.p\//.test(path)
        ? log.tile(path) && /\/001\.p\/45$|\/1\/000\.p\/1$/.test(path)
          ? log.tile(path)
          : undefined
        : serve(log.lookup(ID, ID + 1))(path),
    'NOT_FOUND',
    log.head(SIZE),
  ],
  [
    'an old tree with a record that the newer one has otherwise',
    serve(`${ID}\n${recordOf(forged)}\n${forgedLog.head(ID + 1)}`),
    'SUMDB_FORK',
    log.head(SIZE),
  ],
  [
    'a record of the old tree forged, its head true',
    serve(log.lookup(ID, ID + 1).replace(module.h1, forged.h1)),
    'SUMDB_PROOF',
    log.head(SIZE),
  ],
  ['a head by another key', serve(log.lookup(ID, SIZE)), 'SUMDB_REMEMBERED', headOf(SIZE, undefined, otherKey)],
  ['no head at all', serve(log.lookup(ID, SIZE)), 'SUMDB_REMEMBERED', 'nonsense\n'],
]

/** The leaf changed with the record: its parent knows better. */
function forgedTile(): Answers {
  const leaf = digest(0, Buffer.from(recordOf(forged)))
  const answers = withTile(LEAF_TILE, good => {
    const tile = Buffer.from(good)
    leaf.copy(tile, (ID % 256) * 32)
    return tile
  })
  return path => (path === LOOKUP ? Buffer.from(log.lookup(ID, SIZE).replace(module.h1, forged.h1)) : answers(path))
}

/** Proves it with these answers in this process. */
async function prove(
  answers: Answers,
  remembered?: string,
  wanted: ModuleVersion = module,
): Promise<Result<ProvenRecord> & { readonly asked: readonly string[] }> {
  const asked: string[] = []
  const reader = {
    read: async (path: string) => {
      asked.push(path)
      const answer = answers(path)
      return answer === undefined ? failed({ code: 'NOT_FOUND', message: `404: ${path}`, hint: '-' }) : ok(answer)
    },
  }
  const { signal } = new AbortController()
  return { ...(await proveRecord(reader, key.verifierKey, wanted, { signal, remembered })), asked }
}

/** What the real go makes of the same answers on loopback, with nothing cached: the module’s h1, or what it says. */
async function askGo(answers: Answers, remembered = '') {
  const project = cleanUp(createProject({}))
  const server = cleanUp(await startProxy({ modules: [module], extra: path => answers(path) }))
  const env = goEnvironment(project, { GOPROXY: server.url, GOSUMDB: `${key.verifierKey} ${server.url}` })
  const latest = join(env['GOPATH'] as string, 'pkg/sumdb', NAME, 'latest')
  mkdirSync(dirname(latest), { recursive: true })
  if (remembered !== '') writeFileSync(latest, remembered)
  const { stdout, stderr } = await runGo(['mod', 'download', '-json', `${module.path}@${module.version}`], {
    cwd: project.directory,
    env,
  })
  const { Sum, Error: reason } = JSON.parse(stdout || '{}') as { Sum?: string; Error?: string }
  const asked = server.requests.map(({ path }) => `/${path}`).filter(path => /^\/(lookup|tile)\//.test(path))
  return { said: Sum ?? reason ?? stderr, asked }
}

/** Some versions of go believe too much. */
const goVersion = execFileSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' })
const isSoundGo = findVulnerabilities(goVersion).every(({ kind }) => kind !== 'sumdb')

describe.each([
  ['what is true is proven', GOOD],
  ['a lie is refused', LIES],
  ['with a remembered tree head', REMEMBERED],
])('%s', (_, rows) => {
  test.each(rows.map(row => [row[0], row] as const))('%s', async (_, [, answers, code, remembered]) => {
    const proven = await prove(answers, remembered)
    if (code === undefined)
      expect(proven).toMatchObject({ ok: true, value: { h1: module.h1, goModH1: module.goModH1 } })
    else expect(proven).toMatchObject({ ok: false, problems: [{ code: expect.stringMatching(`^${code}`) }] })
    // Not one question more than the tiles of a tree that could be.
    expect(proven.asked.length).toBeLessThanOrEqual(28)
    if (!isSoundGo) return
    const { said, asked } = await askGo(answers, remembered)
    expect([said, said === module.h1]).toEqual([said, code === undefined])
    if (code === undefined && remembered === undefined) expect([...proven.asked].sort()).toEqual([...asked].sort())
  })
})

test('a number beyond the tree is refused before any tile is asked for', async () => {
  const proven = await prove(replace(/^\d+/, `${SIZE}`))
  expect([proven.ok, proven.asked]).toEqual([false, [LOOKUP]])
})

test('every record of every tree is proven, whatever head is remembered', async () => {
  const sizes = fc.oneof(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: ALL }))
  await fc.assert(
    fc.asyncProperty(sizes, sizes, fc.nat(), async (size, remembered, at) => {
      const id = at % size
      const wanted = id === ID ? module : other(id)
      const answers: Answers = path =>
        path.startsWith('/lookup/') ? Buffer.from(log.lookup(id, size)) : log.tile(path)
      const proven = await prove(answers, log.head(remembered), wanted)
      expect(proven).toMatchObject({ ok: true, value: { h1: wanted.h1, tree: { size: Math.max(size, remembered) } } })
    }),
    { numRuns: 100 },
  )
})

test('whatever any of the answers is, the hash is the recorded one or there is none', async () => {
  const honest = serve(log.lookup(ID, SIZE))
  const { asked } = await prove(honest)
  const change = fc.tuple(fc.constantFrom(...asked), fc.nat(), fc.uint8Array({ maxLength: 3 }), fc.nat(3))
  await fc.assert(
    fc.asyncProperty(change, async ([at, offset, noise, gone]) => {
      const answers: Answers = path => {
        const good = honest(path)
        if (path !== at || good === undefined) return good
        const start = offset % good.length
        return Buffer.concat([good.subarray(0, start), noise, good.subarray(start + gone)])
      }
      const proven = await prove(answers)
      expect(proven.ok ? proven.value.h1 : module.h1).toBe(module.h1)
    }),
    { numRuns: 200 },
  )
})
