import { describe, expect, test } from '@jest/globals'
import { judgeClock } from '../../src/doctor/clock.ts'
import { judgeDisks } from '../../src/doctor/disks.ts'
import { judgementOf } from '../../src/doctor/finding.ts'
import { layerOf } from '../../src/doctor/layer-of.ts'
import type { NamedDisk } from '../../src/doctor/setup-facts.ts'
import { parseGodebugs } from '../../src/doctor/toolchain.ts'
import { GO_MESSAGES } from '../../src/go/messages.ts'
import { placeSettings } from '../../src/settings/places.ts'

const disk: NamedDisk = {
  name: 'GOMODCACHE',
  path: '/home/me/go/pkg/mod',
  at: '/home/me/go/pkg/mod',
  freeBytes: 80e9,
  freeFiles: 1e6,
  remote: undefined,
  fault: undefined,
  writeMs: 12,
  closed: undefined,
}

describe('a disk', () => {
  test.each<[string, Partial<NamedDisk>, string]>([
    ['is full', { fault: 'ENOSPC', freeBytes: 0 }, 'fault disk GO_DISK_FULL'],
    ['has used up its quota', { fault: 'EDQUOT' }, 'fault disk GO_DISK_FULL'],
    ['is nearly full', { freeBytes: 10e6 }, 'fault disk GO_DISK_FULL'],
    ['has little room', { freeBytes: 400e6 }, 'warning disk GO_DISK_FULL'],
    ['takes few files', { freeFiles: 100 }, 'warning disk DOCTOR_FEW_FILES'],
    ['is slow', { writeMs: 3_000 }, 'warning disk DOCTOR_DISK_SLOW'],
    ['is another machine’s', { remote: 'NFS' }, 'warning disk DOCTOR_DISK_REMOTE'],
    ['does not answer', { fault: 'NO_ANSWER' }, 'fault disk GO_CACHE_UNWRITABLE'],
    ['is read-only', { fault: 'EROFS' }, 'fault caches GO_CACHE_UNWRITABLE'],
    ['is closed to this user', { fault: 'EACCES' }, 'fault caches GO_CACHE_UNWRITABLE'],
    ['has what root made', { closed: '/home/me/go/pkg/mod/cache' }, 'fault caches GO_CACHE_UNWRITABLE'],
  ])('%s', (_, overrides, wrong) => {
    const found = judgeDisks([{ ...disk, ...overrides }]).filter(({ judgement }) => judgement !== 'ok')
    expect(found.map(({ judgement, layer, code }) => `${judgement} ${layer} ${code}`)).toEqual([wrong])
    expect(found[0]?.hint).not.toMatch(/^$|\{/)
    expect(found[0]?.message).not.toContain('{')
  })

  test.each<[string, Partial<NamedDisk>, string, string]>([
    [
      'is slow',
      { writeMs: 3_000 },
      'The temporary directory /tmp needs 3000 ms for 1 MB: unpacking modules will be slow.',
      'Set TMPDIR to a directory on a faster disk.',
    ],
    [
      'has little room',
      { freeBytes: 400e6 },
      'The disk of TMPDIR (/tmp) has 400 MB left.',
      'Free some space: `go clean -cache` and `go clean -modcache` empty Go’s caches. Or set TMPDIR to a directory on a larger disk.',
    ],
    [
      'is a file',
      { fault: 'ENOTDIR', at: '/tmp' },
      'The temporary directory /tmp cannot be written: /tmp is a file.',
      'Remove that file, or set TMPDIR to a directory.',
    ],
  ])('for temporary files %s: the words name the variable that moves it', (_, overrides, message, hint) => {
    const found = judgeDisks([{ ...disk, name: 'temporary directory', path: '/tmp', ...overrides }])
    expect(found).toContainEqual(expect.objectContaining({ message, hint }))
  })

  test('is well', () => expect(judgementOf(judgeDisks([disk]))).toBe('ok'))
})

describe('clocks', () => {
  const told = (...skews: readonly (number | undefined)[]) =>
    judgeClock(skews.map((skewMs, i) => ({ proxy: `https://p${i}`, skewMs })))[0]

  test.each<[string, readonly (number | undefined)[], string, RegExp]>([
    ['agree', [900, -2_000], 'ok', /2 servers/],
    ['are told by none', [undefined], 'skipped', /No server/],
    ['differ by days', [-3 * 86_400_000], 'warning', /3 days behind/],
    ['differ from all', [7_200_000, 7_201_000], 'warning', /2 hours ahead of .* other servers agree/],
    [
      'differ from one',
      [600_000, 0, 0],
      'warning',
      /^The clock of https:\/\/p0 is 10 minutes ahead of .* other servers agree\.$/,
    ],
    ['differ, one from the other', [600_000, 0], 'warning', /, with which another server agrees\.$/],
  ])('%s', (_, skews, judgement, words) => {
    expect(told(...skews)).toMatchObject({ judgement, message: expect.stringMatching(words) })
  })
})

test('every code of the catalogue has a layer of its own', () => {
  const unknown = GO_MESSAGES.map(({ code }) => code).filter(code => layerOf(code) === 'project' && !/^GO_/.test(code))
  expect(unknown).toEqual([])
})

test('tables of GODEBUG of another form say nothing', () => {
  expect(parseGodebugs('{Name: "a"}', '')).toBeUndefined()
})

describe('settings', () => {
  const files = (user: Record<string, string>, distribution: Record<string, string> = {}) => ({
    user: new Map(Object.entries(user)),
    distribution: new Map(Object.entries(distribution)),
  })
  const shipped = { GOPROXY: 'https://proxy.golang.org,direct', GOSUMDB: 'sum.golang.org', GOTOOLCHAIN: 'auto' }

  test('have all places that name them, in go’s order', () => {
    const env = { GOPROXY: 'https://me:a-password@a.test.dev', GOFLAGS: '' }
    const placed = placeSettings(
      env,
      files({ GOPROXY: 'https://b.test.dev' }, { ...shipped, GOPROXY: 'https://c.test.dev' }),
      {},
    )
    expect(placed.find(({ name }) => name === 'GOPROXY')?.places).toEqual([
      { place: 'environment', value: 'https://***@a.test.dev' },
      { place: 'go env -w', value: 'https://b.test.dev' },
      { place: 'go.env', value: 'https://c.test.dev' },
      { place: 'default', value: 'https://proxy.golang.org,direct' },
    ])
    expect(placed.find(({ name }) => name === 'GOFLAGS')).toBeUndefined()
  })

  test('that follow GOPRIVATE are told of by it', () => {
    const placed = placeSettings({ GOPRIVATE: 'git.test.dev' }, files({}), { GONOPROXY: 'git.test.dev' })
    expect(placed.map(({ name }) => name)).toEqual(['GOPROXY', 'GOPRIVATE', 'GOSUMDB', 'GOTOOLCHAIN'])
  })

  test('come from Go’s default where nothing else has them', () => {
    const placed = placeSettings({}, files({}, shipped), {
      GOROOT: '/usr/local/go',
      GOPROXY: 'https://proxy.golang.org,direct',
    })
    expect(placed.find(({ name }) => name === 'GOPROXY')?.places).toEqual([
      { place: 'default', value: 'https://proxy.golang.org,direct' },
    ])
    expect(placed.find(({ name }) => name === 'GOROOT')?.places).toEqual([{ place: 'default', value: '/usr/local/go' }])
  })
})
