import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { whyGiveUp } from '../../src/build-cache/bound.ts'
import {
  type BuildKeyMaterial,
  buildEntryKey,
  buildKeys,
  figuresInKey,
  ownInstructions,
} from '../../src/build-cache/key.ts'
import { type BuildCacheFacts, decideBuildCache, isKeptByEarlierUse } from '../../src/build-cache/mode.ts'
import type { BuildRestored } from '../../src/build-cache/restore.ts'
import { replacesEntry, type SaveBuildFacts, whyNeverSaved, whyNotSaved } from '../../src/build-cache/save.ts'
import { reachedBy, variablesForLaterUses } from '../../src/build-cache/story.ts'
import { cacheKeys } from '../../src/cache/key.ts'
import { defaultPolicy } from '../../src/policy.ts'

const material: BuildKeyMaterial = {
  os: 'linux',
  arch: 'amd64',
  goVersion: 'go1.26.8',
  parts: {
    workflow: 'ci.yml',
    job: 'test',
    matrix: 'null',
    suffix: '',
    GOFLAGS: '',
    gomodcache: '/m',
    workspace: '/w',
  },
  sums: new Map([['example.com/m v1.0.0', 'h1:x']]),
  compiler: 'gcc (Debian 12.2.0-14) 12.2.0',
  commit: 'a'.repeat(40),
}

describe('the key', () => {
  const keys = buildKeys(material)

  test('goes from the commit over go.sum to what every build result needs', () => {
    expect([keys.exact.startsWith(keys.sums), keys.sums.startsWith(keys.base)]).toEqual([true, true])
    const commit = buildKeys({ ...material, commit: 'b'.repeat(40) })
    expect([commit.sums, commit.exact === keys.exact]).toEqual([keys.sums, false])
    const sums = buildKeys({ ...material, sums: new Map([['example.com/m v1.0.0', 'h1:y']]) })
    expect([sums.base, sums.sums === keys.sums]).toEqual([keys.base, false])
    // What cgo makes is a small part: another C compiler finds the rest.
    const compiler = buildKeys({ ...material, compiler: 'gcc (Debian 14.2.0-19) 14.2.0' })
    expect([compiler.base, compiler.sums === keys.sums]).toEqual([keys.base, false])
  })

  test.each<[string, Partial<BuildKeyMaterial>]>([
    ['system', { os: 'darwin' }],
    ['architecture', { arch: 'arm64' }],
    ['Go', { goVersion: 'go1.26.9' }],
    ...Object.keys(material.parts).map((name): [string, Partial<BuildKeyMaterial>] => [
      name,
      { parts: { ...material.parts, [name]: 'other' } },
    ]),
  ])('%s: another one shares nothing', (_name, change) => {
    const { base } = buildKeys({ ...material, ...change })
    expect(base.startsWith(keys.base) || keys.base.startsWith(base)).toBe(false)
  })

  test('C code for the processor at hand is for processors with the same instructions', () => {
    const cpuinfo = (flags: string) => `processor\t: 0\nflags\t\t: ${flags}\n\nprocessor\t: 1\nflags\t\t: ${flags}\n`
    const [old, other] = ['sse2 avx', 'sse2 avx avx512f']
    expect(ownInstructions('-O2 -march=native', cpuinfo(old))).toBe(`native\nflags\t\t: ${old}`)
    expect(ownInstructions('-mcpu=native', cpuinfo(other))).not.toBe(ownInstructions('-mcpu=native', cpuinfo(old)))
    for (const flags of ['', '-O2 -g', '-march=x86-64-v3', '-DX=native', '-march=nativest'])
      expect(ownInstructions(flags, cpuinfo(old))).toBe('')
    expect(ownInstructions('-march=native', '')).toBe('native')
  })

  test('no two lists of values give one digest', () => {
    const ofParts = (parts: Readonly<Record<string, string>>) => buildKeys({ ...material, parts }).base
    expect(ofParts({ a: '1 b 1 2' })).not.toBe(ofParts({ a: '1', b: '2' }))
  })

  test('an entry’s name tells its figures, is found by its prefixes, and is one that the service takes', () => {
    fc.assert(
      fc.property(
        fc.nat(2 ** 40),
        fc.double({ min: 0, max: 20_000, noNaN: true }),
        fc.string(),
        (bytes, seconds, version) => {
          const own = buildKeys({ ...material, goVersion: version })
          const key = buildEntryKey(own, { bytes, savedSeconds: seconds })
          expect(figuresInKey(key, own)).toEqual({ bytes, savedSeconds: Math.ceil(seconds) })
          expect(key.startsWith(own.exact)).toBe(true)
          expect(figuresInKey(buildEntryKey(own, { bytes, savedSeconds: seconds }, '0a1b'), own)).toEqual(
            figuresInKey(key, own),
          )
          expect(key).toMatch(/^[\w.-]{1,512}$/)
        },
      ),
    )
  })

  test('a clock that was set right during the job makes no name that nobody can read', () => {
    const key = buildEntryKey(keys, { bytes: 1, savedSeconds: 1.8e9 })
    expect(figuresInKey(key, keys)).toEqual({ bytes: 1, savedSeconds: 999_999 })
  })

  test('names that are none of ours have no figures; the module cache’s are none', () => {
    const modules = cacheKeys({ lines: [], withPrivate: false })
    expect(keys.base.startsWith(modules.prefix) || modules.prefix.startsWith('go-proxy-setup-build-')).toBe(false)
    for (const key of ['', keys.exact, `${keys.exact}12`, `${keys.exact}1-2-x`, `${keys.base}x-1-2`, modules.exact]) {
      expect(figuresInKey(key, keys)).toBeUndefined()
    }
  })
})

describe('the mode', () => {
  const service = { ACTIONS_CACHE_SERVICE_V2: 'True', ACTIONS_RESULTS_URL: 'http://c/', ACTIONS_RUNTIME_TOKEN: 't' }
  const push = { ...service, GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/main', GITHUB_REF_TYPE: 'branch' }
  const facts: BuildCacheFacts = {
    input: 'auto',
    env: push,
    hasProject: true,
    gocache: '/c',
    gocacheprog: '',
    inUse: false,
    isForeign: false,
    keptByEarlierUse: false,
    setupGoCaches: false,
  }
  const modeOf = (change: Partial<BuildCacheFacts>) => {
    const { restore, save } = decideBuildCache({ ...facts, ...change })
    return [restore, save]
  }
  const OFF = ['no', false]

  test('auto restores within bounds and saves; true waits; read-only saves nothing; false does nothing', () => {
    expect(modeOf({})).toEqual(['bounded', true])
    expect(modeOf({ input: 'true' })).toEqual(['wait', true])
    expect(modeOf({ input: 'read-only' })).toEqual(['wait', false])
    expect(modeOf({ input: 'false' })).toEqual(OFF)
  })

  test.each<[string, Partial<BuildCacheFacts>]>([
    ['a tag', { env: { ...push, GITHUB_REF: 'refs/tags/v1.0.0' } }],
    ['a tag by its type', { env: { ...push, GITHUB_REF_TYPE: 'tag' } }],
    ['a release', { env: { ...push, GITHUB_EVENT_NAME: 'release' } }],
    ['a deployment', { env: { ...push, GITHUB_EVENT_NAME: 'deployment' } }],
    ['its status', { env: { ...push, GITHUB_EVENT_NAME: 'deployment_status' } }],
    ['pull_request_target', { env: { ...push, GITHUB_EVENT_NAME: 'pull_request_target' } }],
    ['workflow_run with foreign code', { env: { ...push, GITHUB_EVENT_NAME: 'workflow_run' }, isForeign: true }],
    ['issue_comment with foreign code', { env: { ...push, GITHUB_EVENT_NAME: 'issue_comment' }, isForeign: true }],
    ['setup-go’s cache', { setupGoCaches: true }],
    ['a runner that keeps it', { env: { ...push, RUNNER_ENVIRONMENT: 'self-hosted' }, inUse: true }],
  ])('auto is off for %s, and true is not', (_name, change) => {
    expect(modeOf(change)).toEqual(OFF)
    expect(modeOf({ ...change, input: 'true' })[0]).toBe('wait')
  })

  test.each<[string, Partial<BuildCacheFacts>]>([
    ['GOCACHEPROG', { gocacheprog: 'prog' }],
    ['GOCACHE=off', { gocache: 'off' }],
    ['no project', { hasProject: false }],
    ['an earlier use in the job, which looks after it', { keptByEarlierUse: true }],
    ['no service', { env: { GITHUB_EVENT_NAME: 'push' } }],
    ['a job that may not use caches', { env: { ...push, ACTIONS_CACHE_MODE: 'none' } }],
  ])('%s: off, whatever the input says', (_name, change) => {
    expect(modeOf(change)).toEqual(OFF)
    expect(modeOf({ ...change, input: 'true' })).toEqual(OFF)
  })

  test('workflow_run with this repository’s own code is like a push', () => {
    expect(modeOf({ env: { ...push, GITHUB_EVENT_NAME: 'workflow_run' } })).toEqual(['bounded', true])
  })

  test('others’ code saves nothing, whatever the input says', () => {
    const fork = { env: { ...push, GITHUB_EVENT_NAME: 'pull_request' }, isForeign: true }
    expect(modeOf(fork)).toEqual(['bounded', false])
    expect(modeOf({ ...fork, input: 'true' })).toEqual(['wait', false])
    const target = { env: { ...push, GITHUB_EVENT_NAME: 'pull_request_target' }, isForeign: true }
    expect(modeOf({ ...target, input: 'true' })).toEqual(['wait', false])
  })

  test('a use tells later ones in its job that it looks after GOCACHE, unless it was told to save nothing', () => {
    const restored: BuildRestored = {
      ...{ how: 'missed', what: undefined, key: undefined, refused: false, verified: new Map(), rejected: [] },
      ...{ placed: { files: 0, bytes: 0 }, startedMs: 0, seconds: 1, figures: undefined, match: undefined },
    }
    const kept = (input: BuildCacheFacts['input'], ...done: readonly 'restored'[]) => {
      const story = { plan: undefined, restored: done.length > 0 ? restored : undefined }
      return isKeptByEarlierUse('/c', variablesForLaterUses(story, '/c', input))
    }
    // As for a pull request from a fork, which no use may save for.
    expect([kept('auto', 'restored'), kept('true', 'restored')]).toEqual([true, true])
    expect([kept('read-only', 'restored'), kept('auto')]).toEqual([false, false])
    const told = variablesForLaterUses({ plan: undefined, restored }, '/c', 'auto')
    expect([isKeptByEarlierUse('/other', told), isKeptByEarlierUse('', {})]).toEqual([false, false])
  })

  test('a merge group restores, and stores nothing: no later job could read it', () => {
    const group = { ...push, GITHUB_EVENT_NAME: 'merge_group', GITHUB_REF: 'refs/heads/gh-readonly-queue/main/pr-1-0a' }
    expect(modeOf({ env: group })).toEqual(['bounded', false])
    expect(modeOf({ env: group, input: 'true' })).toEqual(['wait', false])
  })

  test('what the job’s cache-mode says', () => {
    expect(modeOf({ env: { ...push, ACTIONS_CACHE_MODE: 'read' } })).toEqual(['bounded', false])
    expect(modeOf({ env: { ...push, ACTIONS_CACHE_MODE: 'write-only' } })).toEqual(['no', true])
  })
})

describe('whether saving pays', () => {
  const facts: SaveBuildFacts = {
    names: ['x'],
    bytes: 100e6,
    newBytes: 50e6,
    reached: { found: true, unknown: false, exact: false, whole: true, failed: false, spoiled: false },
    isDefaultBranch: true,
  }
  const saves = (change: Partial<SaveBuildFacts>) =>
    whyNotSaved({ ...facts, ...change }, defaultPolicy.buildCache) === undefined
  const reached = (change: Partial<SaveBuildFacts['reached']>) => ({ reached: { ...facts.reached, ...change } })

  test('on the default branch: more than 40 MB and more than 15 % made anew', () => {
    expect(saves({})).toBe(true)
    expect([saves({ newBytes: 40e6 }), saves({ newBytes: 40e6 + 1 })]).toEqual([false, true])
    expect([saves({ bytes: 400e6, newBytes: 60e6 }), saves({ bytes: 400e6, newBytes: 60e6 + 1 })]).toEqual([
      false,
      true,
    ])
  })

  test('on other branches only where no entry can be reached', () => {
    expect(saves({ isDefaultBranch: false })).toBe(false)
    const first = reached({ found: false, whole: false })
    expect(saves({ ...first, isDefaultBranch: false })).toBe(true)
    expect(saves({ ...first, isDefaultBranch: false, newBytes: 1 })).toBe(true)
  })

  test('never twice for one commit, unless what is there is wrong', () => {
    expect(saves(reached({ exact: true }))).toBe(false)
    expect(saves(reached({ exact: true, spoiled: true }))).toBe(true)
  })

  test('one that cannot be taken is followed by another one on the default branch, if enough is new', () => {
    const failed = reached({ whole: false, failed: true })
    expect([saves(failed), saves({ ...failed, newBytes: 1 }), saves({ ...failed, isDefaultBranch: false })]).toEqual([
      true,
      false,
      false,
    ])
    const exact = reached({ exact: true, whole: false, failed: true })
    expect([saves(exact), replacesEntry(exact.reached), replacesEntry(failed.reached)]).toEqual([true, true, false])
  })

  test('main tells an entry that no job may be able to take from one that only this job did not take', () => {
    const end: BuildRestored = {
      ...{ how: 'done', what: undefined, key: 'k', refused: false, verified: new Map(), rejected: [] },
      ...{ placed: { files: 0, bytes: 0 }, startedMs: 0, seconds: 1, figures: undefined, match: 'sums' },
    }
    const told = (change: Partial<BuildRestored>) =>
      Object.entries(reachedBy({ ...end, ...change })).flatMap(([name, is]) => (is ? [name] : []))
    expect(told({})).toEqual(['found', 'whole'])
    expect(told({ match: 'commit' })).toEqual(['found', 'exact', 'whole'])
    expect(told({ how: 'abandoned' })).toEqual(['found'])
    expect(told({ how: 'failed' })).toEqual(['found', 'failed'])
    expect(told({ how: 'failed', unwritten: true })).toEqual(['found'])
    expect(told({ how: 'failed', refused: true })).toEqual(['found', 'failed', 'spoiled'])
    const nothing = { key: undefined, match: undefined }
    expect(told({ ...nothing, how: 'missed' })).toEqual([])
    // The look-up had no answer, or none in time.
    expect(told({ ...nothing, how: 'abandoned' })).toEqual(['unknown'])
    expect(told({ ...nothing, how: 'failed' })).toEqual(['unknown', 'failed'])
    expect(reachedBy(undefined)).toMatchObject({ found: false, unknown: false })
  })

  test('what is known beforehand needs no look into GOCACHE', () => {
    const isKnown = (change: Partial<SaveBuildFacts>) => whyNeverSaved({ ...facts, ...change }) !== undefined
    expect([isKnown(reached({ exact: true })), isKnown({ isDefaultBranch: false })]).toEqual([true, true])
    expect([isKnown({}), isKnown({ ...reached({ found: false }), isDefaultBranch: false })]).toEqual([false, false])
  })

  test('never where nothing was made, and not beside an entry that only this job could not use', () => {
    expect(saves({ names: [], bytes: 0, newBytes: 0 })).toBe(false)
    expect(saves({ ...reached({ found: false }), newBytes: 0 })).toBe(false)
    expect(saves(reached({ whole: false }))).toBe(false)
  })
})

describe('giving a restore up', () => {
  const progress = {
    key: 'key',
    bytes: 0,
    total: undefined,
    placedBytes: 0,
    fetchingMs: undefined,
    unpacked: false,
    verifiedBytes: 0,
    movedMs: 0,
  }
  const givesUp = (
    change: Partial<typeof progress> | object,
    nowMs: number,
    figures = { bytes: 80e6, savedSeconds: 10 },
  ) =>
    whyGiveUp(
      { progress: { ...progress, movedMs: nowMs, ...change }, figures, startMs: 0, nowMs },
      defaultPolicy.cache,
    ) !== undefined

  test('once it has taken, or will take, longer than the job that stored the entry', () => {
    expect([givesUp({}, 1_000), givesUp({}, 10_000)]).toEqual([false, true])
    expect(givesUp({}, 100, { bytes: 80e6, savedSeconds: 0 })).toBe(true)
    const slow = { bytes: 1e6, total: 40e6, fetchingMs: 0 }
    expect([givesUp(slow, 100), givesUp(slow, 1_000)]).toEqual([false, true])
  })

  test('once nothing has moved for a while, the look-up included', () => {
    const of = (nowMs: number) =>
      whyGiveUp({ progress, figures: undefined, startMs: 0, nowMs }, defaultPolicy.cache) !== undefined
    expect([of(2_999), of(3_000)]).toEqual([false, true])
  })

  test('not while no entry is found, and not when all of it is there', () => {
    expect(
      whyGiveUp(
        { progress: { ...progress, movedMs: 99_999 }, figures: undefined, startMs: 0, nowMs: 99_999 },
        defaultPolicy.cache,
      ),
    ).toBeUndefined()
    expect(givesUp({ unpacked: true }, 99_999)).toBe(false)
  })
})
