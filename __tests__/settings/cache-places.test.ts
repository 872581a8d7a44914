import { describe, expect, test } from '@jest/globals'
import { type CachesJob, withCachesOnWorkDrive } from '../../src/job/work-drive.ts'
import type { GoSettings } from '../../src/settings/settings.ts'
import { findUndeletable, type UndeletableFacts } from '../../src/settings/undeletable.ts'
import { placesOnWorkDrive, type WorkDriveFacts } from '../../src/settings/work-drive.ts'

describe('a hosted Windows runner', () => {
  const hosted = {
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_TEMP: 'D:\\a\\_temp',
    USERPROFILE: 'C:\\Users\\runneradmin',
    LOCALAPPDATA: 'C:\\Users\\runneradmin\\AppData\\Local',
  }
  const facts: WorkDriveFacts = {
    env: hosted,
    platform: 'win32',
    gomodcache: 'C:\\Users\\runneradmin\\go\\pkg\\mod',
    gocache: 'C:\\Users\\runneradmin\\AppData\\Local\\go-build',
  }
  const moved = { GOMODCACHE: 'D:\\go\\pkg\\mod', GOCACHE: 'D:\\go-build' }

  test('has both caches on RUNNER_TEMP’s drive', () => {
    expect(placesOnWorkDrive(facts)).toEqual(moved)
    expect(placesOnWorkDrive({ ...facts, gomodcache: 'c:/users/RunnerAdmin/go/pkg/mod' })).toEqual(moved)
  })

  test.each<[string, Partial<WorkDriveFacts>]>([
    ['another system', { platform: 'linux' }],
    ['a runner of the user’s own', { env: { ...hosted, RUNNER_ENVIRONMENT: 'self-hosted' } }],
    ['one drive', { env: { ...hosted, RUNNER_TEMP: 'c:\\a\\_temp' } }],
    ['no RUNNER_TEMP', { env: { ...hosted, RUNNER_TEMP: undefined } }],
    ['places that the user set', { gomodcache: 'C:\\gopath\\pkg\\mod', gocache: 'E:\\build' }],
  ])('%s: nothing is moved', (_name, change) => {
    expect(placesOnWorkDrive({ ...facts, ...change })).toEqual({})
  })

  const settings = { ...facts, env: { PATH: 'x' } } as unknown as GoSettings
  const play = async (change: Partial<CachesJob> = {}, full: readonly string[] = []) => {
    const said: string[] = []
    const files = { list: async (path: string) => (full.includes(path) ? [{ name: 'x', kind: 'file' }] : []) }
    const effects = { env: hosted, platform: 'win32', log: { info: (line: string) => said.push(line) }, files }
    const job = { inputs: { export: true }, program: ['node', 'index.js'], effects, ...change } as unknown as CachesJob
    return { after: await withCachesOnWorkDrive(settings, job), said }
  }

  test('this step, go and later steps use the places, and the log says so', async () => {
    const { after, said } = await play()
    expect(after).toMatchObject({ gomodcache: moved.GOMODCACHE, gocache: moved.GOCACHE, moved })
    expect(after.env).toEqual({ PATH: 'x', ...moved })
    expect(said.join('\n')).toMatch(/GOMODCACHE is D:.*\n.*GOCACHE is D:/)
  })

  test('what holds something stays, and so does all where later steps are not told', async () => {
    expect((await play({}, [facts.gomodcache])).after.moved).toEqual({ GOCACHE: moved.GOCACHE })
    for (const change of [{ inputs: { export: false } }, { program: undefined }])
      expect(await play(change as Partial<CachesJob>)).toEqual({ after: settings, said: [] })
  })
})

describe('a module cache that the runner’s user cannot delete', () => {
  const own: UndeletableFacts = {
    env: {
      RUNNER_ENVIRONMENT: 'self-hosted',
      RUNNER_WORKSPACE: '/r/_work/p',
      GITHUB_WORKSPACE: '/r/_work/p/p',
      RUNNER_TEMP: '/r/_work/_temp',
    },
    platform: 'linux',
    userId: 1000,
    gomodcache: '/r/_work/p/p/.go/pkg/mod',
    goflags: '',
  }
  const container: UndeletableFacts = {
    ...own,
    env: { RUNNER_ENVIRONMENT: 'self-hosted', GITHUB_WORKSPACE: '/__w/p/p', RUNNER_TEMP: '/__w/_temp' },
    userId: 0,
    gomodcache: '/github/home/go/pkg/mod',
  }

  test.each<[string, UndeletableFacts, RegExp]>([
    ['in the workspace', own, /-modcacherw/],
    ['in RUNNER_TEMP', { ...own, gomodcache: '/r/_work/_temp/mod' }, /-modcacherw/],
    ['of root in a container', container, /--user/],
    ['the same, with -modcacherw', { ...container, goflags: '-modcacherw' }, /--user/],
  ])('%s: a warning with the remedy', (_name, facts, remedy) => {
    const [problem, ...more] = findUndeletable(facts)
    expect([problem?.code, more]).toEqual(['SETTINGS_MODULE_CACHE_UNDELETABLE', []])
    expect(problem?.message).toContain(facts.gomodcache)
    expect(problem?.hint).toMatch(remedy)
  })

  test.each<[string, UndeletableFacts]>([
    ['elsewhere', { ...own, gomodcache: '/home/runner/go/pkg/mod' }],
    ['beside the workspace, with a name that begins alike', { ...own, gomodcache: '/r/_work/pp/mod' }],
    ['with -modcacherw', { ...own, goflags: '-trimpath -modcacherw' }],
    ['of a runner that is root', { ...own, userId: 0 }],
    ['on a hosted runner', { ...own, env: { ...own.env, RUNNER_ENVIRONMENT: 'github-hosted' } }],
    ['in a directory of the container’s own', { ...container, gomodcache: '/go/pkg/mod' }],
    ['on Windows', { ...own, platform: 'win32' }],
  ])('%s: nothing to say', (_name, facts) => {
    expect(findUndeletable(facts)).toEqual([])
  })
})
