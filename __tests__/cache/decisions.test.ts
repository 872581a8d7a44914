import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { bytesInKey, cacheKeys, entryKey } from '../../src/cache/key.ts'
import { type CacheFacts, decideMode } from '../../src/cache/mode.ts'
import { type RaceState, whyAbandon } from '../../src/cache/race.ts'
import { decideSave, isQuick, type SaveFacts } from '../../src/cache/save.ts'
import { selectFiles } from '../../src/cache/select.ts'
import { defaultPolicy } from '../../src/policy.ts'

const lines = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 10 })

describe('the key', () => {
  const keyOf = (of: readonly string[], withPrivate = false) => cacheKeys({ lines: of, withPrivate })

  test('does not depend on the order of lines and directories, nor on repetitions', () => {
    fc.assert(
      fc.property(lines, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (of, random) => {
        const order = new Map(of.map(line => [line, random.next().value as number]))
        const shuffled = [...of, ...of].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
        expect(keyOf(shuffled)).toEqual(keyOf(of))
      }),
    )
  })

  test('is another one for other lines, and with private modules', () => {
    fc.assert(
      fc.property(lines, lines, (a, b) => {
        const same = a.length === b.length && a.every(line => b.includes(line))
        expect(keyOf(a).exact === keyOf(b).exact).toBe(same)
      }),
    )
    expect(keyOf(['x']).exact).not.toBe(keyOf(['x'], true).exact)
    // The prefix of one is no prefix of the other: what is private stays among its own.
    expect(bytesInKey(entryKey(keyOf(['x'], true), 1), keyOf(['x']))).toBeUndefined()
  })

  test('tells the entry’s size, is found by its own prefixes, and is one that the service takes', () => {
    fc.assert(
      fc.property(
        lines,
        fc.nat(2 ** 31),
        fc.option(fc.stringMatching(/^[0-9a-f]{8}$/), { nil: undefined }),
        (of, bytes, again) => {
          const keys = keyOf(of)
          const key = entryKey(keys, bytes, again)
          expect(bytesInKey(key, keys)).toBe(bytes)
          expect(key.startsWith(keys.exact) && keys.exact.startsWith(keys.prefix)).toBe(true)
          expect(key).toMatch(/^[a-z0-9-]{1,512}$/)
        },
      ),
    )
  })

  test('a name that is none of ours has no size', () => {
    for (const key of ['', 'go-proxy-setup-2-', 'setup-go-Linux-x64-go-1.26.8-0123', `${keyOf(['x']).exact}12,5`]) {
      expect(bytesInKey(key, keyOf(['x']))).toBeUndefined()
    }
  })
})

const sums = new Map([
  ['example.com/a v1.0.0', 'h1:a'],
  ['example.com/a v1.0.0/go.mod', 'h1:am'],
  ['example.com/graph v0.1.0/go.mod', 'h1:gm'],
  ['corp.example/secret v1.0.0', 'h1:s'],
  ['corp.example/secret v1.0.0/go.mod', 'h1:sm'],
])
const modules = [
  { path: 'example.com/a', version: 'v1.0.0' },
  { path: 'corp.example/secret', version: 'v1.0.0' },
  { path: 'example.com/nosum', version: 'v1.0.0' },
]

describe('what is stored', () => {
  const targets = (isLeftOut: (path: string) => boolean) =>
    selectFiles({ sums, modules, isLeftOut }).map(({ target, required }) => `${required ? '' : '? '}${target}`)

  test('files with a go.sum line, of what is not private', () => {
    expect(targets(path => path.startsWith('corp.example'))).toEqual([
      'example.com/a/@v/v1.0.0.mod',
      '? example.com/graph/@v/v0.1.0.mod',
      'example.com/a/@v/v1.0.0.info',
      'example.com/a/@v/v1.0.0.zip',
    ])
  })

  test('private ones when they are asked for', () => {
    expect(targets(() => false)).toContain('corp.example/secret/@v/v1.0.0.zip')
  })

  test('never anything but .mod, .info and .zip below a module’s own directory, whatever go.sum says', () => {
    const path = fc.oneof(fc.string(), fc.constantFrom('../../x', '/etc', 'a/../b', 'example.com/a', 'EXAMPLE.com/A'))
    const version = fc.oneof(fc.string(), fc.constantFrom('v1.0.0', '../v1', 'v1/../../x'))
    fc.assert(
      fc.property(fc.array(fc.record({ path, version })), list => {
        const hostile = new Map(
          list.flatMap(({ path, version }) => [
            [`${path} ${version}`, 'h1:x'],
            [`${path} ${version}/go.mod`, 'h1:y'],
          ]),
        )
        for (const { target, hash, kind } of selectFiles({ sums: hostile, modules: list, isLeftOut: () => false })) {
          expect(target).toMatch(/^[a-z0-9!._~/+-]+\/@v\/[A-Za-z0-9!._~+-]+\.(mod|info|zip)$/)
          expect(target).not.toMatch(/(^|\/)\.\.?(\/|$)|^\//)
          expect(hash === undefined).toBe(kind === 'info')
        }
      }),
    )
  })
})

describe('whether to save', () => {
  const files = selectFiles({ sums, modules: modules.slice(0, 1), isLeftOut: path => path.startsWith('corp.example') })
  const all = new Map(files.map(({ target }) => [target, 10]))
  const facts = (change: Partial<SaveFacts> = {}): SaveFacts => ({
    files,
    sizes: all,
    downloadDone: true,
    downloaded: 1,
    quick: false,
    restored: undefined,
    ...change,
  })
  const found = (change: Partial<NonNullable<SaveFacts['restored']>> = {}) => ({
    exact: true,
    unknown: false,
    spoiled: false,
    verified: all,
    ...change,
  })

  test('auto: a download that restoring would hardly beat needs no entry', () => {
    const quick = (seconds: number, bytes: number, beatRestore = false) =>
      isQuick({ seconds, bytes, beatRestore }, defaultPolicy.cache)
    // 99 modules at 20 ms, and over 100 Mbit/s.
    expect([quick(2.4, 124e6), quick(10, 124e6)]).toEqual([true, false])
    expect([quick(0.3, 1e5), quick(3, 1e5)]).toEqual([true, false])
    expect(quick(10, 124e6, true)).toBe(true)
  })

  test('a complete new set, with its size', () => {
    expect(decideSave(facts())).toMatchObject({ save: 'planned', bytes: 40, again: false })
  })

  test.each([
    ['after a failed download', facts({ downloadDone: false }), 'incomplete'],
    [
      'with a zip missing',
      facts({ sizes: new Map([...all].filter(([target]) => !target.endsWith('.zip'))) }),
      'incomplete',
    ],
    ['with nothing there', facts({ sizes: new Map() }), 'incomplete'],
    ['of nothing', facts({ files: [], sizes: new Map() }), 'incomplete'],
    ['after the entry of these sums was restored', facts({ restored: found(), downloaded: 0 }), 'unchanged'],
    [
      'when it was there and we gave up',
      facts({ restored: found({ unknown: true, verified: new Map() }) }),
      'unchanged',
    ],
    ['when all was there before us', facts({ downloaded: 0 }), 'unchanged'],
    ['when restoring would be no faster', facts({ quick: true }), 'needless'],
    ['after an older entry helped', facts({ restored: found({ exact: false }) }), 'planned'],
    [
      'when more is there than in the entry',
      facts({ restored: found({ verified: new Map([...all].slice(1)) }) }),
      'planned',
    ],
  ])('%s', (_name, of, expected) => {
    expect(decideSave(of).save).toBe(expected)
  })

  test('a go.mod of the graph that go did not read makes no set incomplete', () => {
    const sizes = new Map([...all].filter(([target]) => !target.includes('graph')))
    expect(decideSave(facts({ sizes }))).toMatchObject({ save: 'planned', bytes: 30 })
  })

  test('again, under another name, when the entry was spoiled: entries cannot be replaced', () => {
    expect(decideSave(facts({ restored: found({ spoiled: true }) }))).toMatchObject({ save: 'planned', again: true })
  })
})

describe('whether the cache is used', () => {
  const service = {
    ACTIONS_CACHE_SERVICE_V2: 'True',
    ACTIONS_RUNTIME_TOKEN: 't',
    ACTIONS_RESULTS_URL: 'https://results.example/',
  }
  const facts = ({ env, ...change }: Partial<CacheFacts> = {}): CacheFacts => ({
    input: 'auto',
    env: { ...service, GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/main', ...env },
    modules: 3,
    missing: 3,
    download: true,
    vendored: false,
    moduleCacheInUse: false,
    setupGoCaches: false,
    ...change,
  })
  const [racing, waiting, reading] = [
    { restore: 'race', save: true },
    { restore: 'wait', save: true },
    { restore: 'wait', save: false },
  ]
  const off = { restore: 'no', save: false }

  test.each<[string, Partial<CacheFacts>, object]>([
    ['auto', {}, racing],
    ['auto, a pull request', { env: { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/1/merge' } }, racing],
    ['auto, a tag', { env: { GITHUB_REF: 'refs/tags/v1.0.0' } }, off],
    ['auto, a release', { env: { GITHUB_EVENT_NAME: 'release' } }, off],
    ['auto, pull_request_target', { env: { GITHUB_EVENT_NAME: 'pull_request_target' } }, off],
    ['auto, workflow_run', { env: { GITHUB_EVENT_NAME: 'workflow_run' } }, off],
    ['auto, setup-go caches', { setupGoCaches: true }, off],
    ['auto, the runner keeps its cache', { env: { RUNNER_ENVIRONMENT: 'self-hosted' }, moduleCacheInUse: true }, off],
    ['auto, a fresh self-hosted runner', { env: { RUNNER_ENVIRONMENT: 'self-hosted' } }, racing],
    ['auto, cache-mode read', { env: { ACTIONS_CACHE_MODE: 'read' } }, { restore: 'race', save: false }],
    ['auto, cache-mode write-only', { env: { ACTIONS_CACHE_MODE: 'write-only' } }, { restore: 'no', save: true }],
    ['auto, cache-mode none', { env: { ACTIONS_CACHE_MODE: 'none' } }, off],
    ['true', { input: 'true' }, waiting],
    ['true, a tag', { input: 'true', env: { GITHUB_REF: 'refs/tags/v1.0.0' } }, waiting],
    ['true, setup-go caches', { input: 'true', setupGoCaches: true }, waiting],
    ['true, cache-mode none', { input: 'true', env: { ACTIONS_CACHE_MODE: 'none' } }, off],
    ['true, no service', { input: 'true', env: { ACTIONS_RESULTS_URL: '' } }, off],
    ['true, no token', { input: 'true', env: { ACTIONS_RUNTIME_TOKEN: '' } }, off],
    [
      'true, the first version of the service',
      {
        input: 'true',
        env: {
          ACTIONS_CACHE_SERVICE_V2: '',
          ACTIONS_RUNTIME_TOKEN: '',
          ACTIONS_RESULTS_URL: '',
          ACTIONS_CACHE_URL: 'u',
        },
      },
      waiting,
    ],
    ['true, vendored', { input: 'true', vendored: true }, off],
    ['true, nothing downloaded', { input: 'true', download: false }, off],
    ['true, no modules', { input: 'true', modules: 0, missing: 0 }, off],
    ['true, all there', { input: 'true', missing: 0 }, { restore: 'no', save: true }],
    ['read-only', { input: 'read-only' }, reading],
    ['false', { input: 'false' }, off],
  ])('%s', (_name, change, expected) => {
    const mode = decideMode(facts(change))
    expect(mode).toMatchObject(expected)
    // Whatever is not done has a reason; what another setting would change is told.
    if (mode.restore === 'no' && !mode.save) expect(mode.why).toBeTruthy()
    expect(mode.notice !== undefined).toBe(
      (change.setupGoCaches === true || change.moduleCacheInUse === true) && change.input === undefined,
    )
  })

  test('behind a SOCKS proxy it is off, and says what to do', () => {
    const mode = (extra: Readonly<Record<string, string>>) => {
      const { env } = facts({})
      return decideMode(facts({ env: { ...env, ACTIONS_RESULTS_URL: 'https://results.example/', ...extra } }))
    }
    const behind = mode({ HTTPS_PROXY: 'socks5://u:hush@proxy.example' })
    expect(behind).toMatchObject({ restore: 'no', save: false, notice: { code: 'CACHE_BEHIND_SOCKS' } })
    expect(behind.why).toBe(
      'The cache service cannot be used through the SOCKS proxy socks5://proxy.example (HTTPS_PROXY).',
    )
    for (const env of [
      { HTTPS_PROXY: 'http://proxy.example' },
      { HTTPS_PROXY: 'socks5://p', NO_PROXY: 'results.example' },
    ])
      expect(mode(env).notice?.code).not.toBe('CACHE_BEHIND_SOCKS')
  })
})

describe('the race', () => {
  const state = (change: Partial<RaceState> = {}): RaceState => ({
    elapsedMs: 1_000,
    size: 100_000_000,
    bytes: 50_000_000,
    unpacked: false,
    verifiedBytes: 0,
    download: { elapsedMs: 1_000, bytes: 10_000_000, bytesBefore: 0 },
    predictedMs: undefined,
    ...change,
  })
  const abandoned = (change: Partial<RaceState>) => whyAbandon(state(change), defaultPolicy.cache) !== undefined

  test.each<[string, Partial<RaceState>, boolean]>([
    ['half there, a tenth downloaded', {}, false],
    [
      'half there, half downloaded: the rest has to be unpacked',
      { download: { elapsedMs: 1_000, bytes: 50_000_000, bytesBefore: 0 } },
      true,
    ],
    ['a twentieth there, a tenth downloaded', { bytes: 5_000_000 }, true],
    [
      'nearly checked',
      { unpacked: true, verifiedBytes: 99_000_000, download: { elapsedMs: 1_000, bytes: 90_000_000, bytesBefore: 0 } },
      false,
    ],
    [
      'no entry found yet',
      { size: undefined, download: { elapsedMs: 5_000, bytes: 90_000_000, bytesBefore: 0 } },
      false,
    ],
    [
      'nothing there, and unpacking alone takes longer than is predicted',
      { bytes: 0, download: undefined, predictedMs: 500 },
      true,
    ],
    ['nothing there, a long download predicted', { bytes: 0, download: undefined, predictedMs: 20_000 }, false],
    [
      'too little downloaded to say more than was predicted',
      { download: { elapsedMs: 900, bytes: 1_000, bytesBefore: 0 }, predictedMs: 20_000 },
      false,
    ],
    [
      'what came before the time was counted says nothing of the rate',
      { bytes: 25_000_000, download: { elapsedMs: 100, bytes: 60_000_000, bytesBefore: 59_000_000 } },
      false,
    ],
    ['nothing is known of the download', { bytes: 1, download: undefined }, false],
    [
      'a burst at the download’s beginning says nothing yet',
      { bytes: 5_000_000, download: { elapsedMs: 500, bytes: 50_000_000, bytesBefore: 0 } },
      false,
    ],
    [
      'a little more than predicted: the benchmark saw a burst',
      { bytes: 0, download: undefined, predictedMs: 1_000 },
      false,
    ],
  ])('%s', (_name, change, expected) => {
    expect(abandoned(change)).toBe(expected)
  })

  test('the more is restored and the less downloaded, the rather it goes on', () => {
    const bytes = fc.integer({ min: 1, max: 100_000_000 })
    fc.assert(
      fc.property(bytes, bytes, bytes, (a, b, downloaded) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)]
        const download = { elapsedMs: 1_000, bytes: downloaded, bytesBefore: 0 }
        if (abandoned({ bytes: more, download })) expect(abandoned({ bytes: less, download })).toBe(true)
        const beside = (n: number) =>
          abandoned({ bytes: downloaded, download: { elapsedMs: 1_000, bytes: n, bytesBefore: 0 } })
        if (less > 5_000_000 && beside(less)) expect(beside(more)).toBe(true)
      }),
    )
  })
})
