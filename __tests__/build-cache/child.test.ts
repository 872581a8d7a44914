import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, expect, test } from '@jest/globals'
import { performBuildTask } from '../../src/build-cache/child.ts'
import { entryName } from '../../src/build-cache/entry.ts'
import { type BuildKeys, buildEntryKey } from '../../src/build-cache/key.ts'
import { systemClock } from '../../src/runner/clock.ts'
import { entryFiles } from '../../src/runner/entry-files.ts'
import type { CacheMessage } from '../../src/transfer/messages.ts'
import type { Service } from '../../src/transfer/service.ts'
import { actionFile, hashOf } from '../support/builders/build-cache.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { realFiles } from '../support/worlds/effects.ts'

const cleanUp = cleanUpAfterEach()
const keys: BuildKeys = { base: 'b-', sums: 'b-0000000000000000-', exact: 'b-0000000000000000-x-' }
const nowMs = 1_790_000_000_000
const stampMs = nowMs - 7_200_000

let gocache: string
let directory: string
let told: CacheMessage[]
beforeEach(() => {
  const root = cleanUp.directory('build-child-')
  ;[gocache, directory] = [join(root, 'gocache'), join(root, 'stored')]
  for (const path of [gocache, directory]) mkdirSync(path)
  told = []
})

const write = (root: string, name: string, content: string | Uint8Array) => {
  mkdirSync(dirname(join(root, name)), { recursive: true })
  writeFileSync(join(root, name), content)
}
const world = () => ({
  files: realFiles,
  clock: systemClock,
  emit: (message: CacheMessage) => void told.push(message),
  store: entryFiles(gocache, '.pending'),
  // The system's tar unpacks, and the child puts everything into its place.
  platform: 'win32' as const,
  nowMs,
})
const serviceThat = (unpack: () => void): Service => ({
  isFeatureAvailable: () => true,
  restoreCache: async (_paths, _key, _more, options) => {
    if (!options?.lookupOnly) unpack()
    return buildEntryKey(keys, { bytes: 1, savedSeconds: 1 })
  },
  saveCache: async () => 1,
})
const task = () => ({ about: 'build' as const, mark: '', directory, gocache, pending: '.pending', keys })

const content = 'an output'
const output = hashOf(content)
const id = hashOf('an action')
const [actionName, outputName] = [entryName({ kind: 'action', hash: id }), entryName({ kind: 'output', hash: output })]
const action = actionFile({ id, output, bytes: content.length, madeMs: 1 })

test('modules that are waited for are fetched first, and no longer than allowed', async () => {
  const file = join(directory, '..', 'modules-fetched')
  const fetchAfter = async (longestMs: number, ticks: number): Promise<[number, boolean]> => {
    rmSync(file, { force: true })
    let [now, slept, there] = [0, 0, false]
    const clock = {
      ...systemClock,
      now: () => now,
      sleep: async (ms: number) => {
        now += ms
        if (++slept === ticks) writeFileSync(file, '')
      },
    }
    const service = serviceThat(() => {
      there = existsSync(file)
    })
    const restore = { ...task(), kind: 'restore' as const, stampMs, turn: { file, longestMs } }
    await performBuildTask(restore, service, { ...world(), clock })
    return [slept, there]
  }
  expect(await fetchAfter(2_000, 3)).toEqual([3, true])
  expect((await fetchAfter(50, 1_000))[1]).toBe(false)
})

test('where the system’s tar unpacks, the same is checked: what is right gets its place and time', async () => {
  const service = serviceThat(() => {
    write(directory, actionName, action)
    write(directory, outputName, content)
    write(directory, 'ab/other', 'x')
    symlinkSync('/etc/passwd', join(directory, 'link'))
  })
  await performBuildTask({ ...task(), kind: 'restore', stampMs }, service, world())
  expect(told.at(-1)).toEqual({ kind: 'finished' })
  const rejected = told.flatMap(message => (message.kind === 'rejected' ? [message.target] : []))
  expect(rejected.sort()).toEqual(['ab/other', 'link'])
  expect(readFileSync(join(gocache, outputName), 'utf8')).toBe(content)
  expect(readFileSync(join(gocache, actionName)).equals(action)).toBe(true)
  expect(statSync(join(gocache, actionName)).mtimeMs).toBe(stampMs)
  expect(readdirSync(gocache).sort()).toEqual([id.slice(0, 2), output.slice(0, 2), 'trim.txt'].sort())
  expect(readFileSync(join(gocache, 'trim.txt'), 'utf8')).toBe(String(nowMs / 1000))
})

test('what lies in GOCACHE already stays as it is, trim.txt too', async () => {
  write(gocache, actionName, 'another job’s')
  write(gocache, 'trim.txt', '1')
  const service = serviceThat(() => {
    write(directory, actionName, action)
    write(directory, outputName, content)
  })
  await performBuildTask({ ...task(), kind: 'restore', stampMs }, service, world())
  expect(readFileSync(join(gocache, actionName), 'utf8')).toBe('another job’s')
  expect(readFileSync(join(gocache, 'trim.txt'), 'utf8')).toBe('1')
})

test('an archive that cannot be unpacked leaves nothing that go would find', async () => {
  const service: Service = {
    ...serviceThat(() => {}),
    restoreCache: async (_p, _k, _m, o) => (o ? 'b-none' : undefined),
  }
  await performBuildTask({ ...task(), kind: 'restore', stampMs }, service, world())
  // A name that is none of ours is no entry.
  expect(told).toEqual([{ kind: 'missed' }])
  expect(existsSync(join(gocache, 'trim.txt'))).toBe(false)
})

test('saving asks first whether another job has stored an entry for this commit', async () => {
  write(gocache, actionName, action)
  write(gocache, outputName, content)
  const save = {
    ...task(),
    kind: 'save' as const,
    stampMs,
    sinceMs: 0,
    savedSeconds: 1,
    reached: { found: false, unknown: false, exact: false, whole: false, failed: false, spoiled: false },
    isDefaultBranch: true,
    policy: { minimumNewBytes: 0, minimumNewShare: 0 },
  }
  await performBuildTask(
    save,
    serviceThat(() => {}),
    world(),
  )
  expect(told).toEqual([{ kind: 'missed', what: expect.stringContaining('another job') }])
  const stored: string[] = []
  const none: Service = {
    isFeatureAvailable: () => true,
    restoreCache: async () => undefined,
    saveCache: async (_paths, key) => stored.push(key),
  }
  await performBuildTask(save, none, world())
  expect(told.at(-1)).toEqual({ kind: 'finished' })
  expect(stored).toEqual([`${keys.exact}${175 + content.length}-1`])
  expect(readFileSync(join(directory, outputName), 'utf8')).toBe(content)
  // Nothing was built: go makes GOCACHE only when it builds.
  rmSync(gocache, { recursive: true })
  await performBuildTask(save, none, world())
  expect(told.at(-1)).toEqual({ kind: 'missed', what: 'the job built nothing' })
})

test('where main got no answer, saving asks for every entry that could be reached', async () => {
  write(gocache, actionName, action)
  write(gocache, outputName, content)
  const asked: unknown[] = []
  let there: string | undefined
  const service: Service = {
    isFeatureAvailable: () => true,
    restoreCache: async (_paths, _key, more) => {
      asked.push(more)
      return there
    },
    saveCache: async () => 1,
  }
  const save = async (unknown: boolean, failed = false, exact = false) => {
    const reached = { found: exact, unknown, exact, whole: false, failed, spoiled: false }
    const facts = { stampMs, sinceMs: 0, savedSeconds: 1, reached, isDefaultBranch: true }
    const policy = { minimumNewBytes: 0, minimumNewShare: 0 }
    await performBuildTask({ ...task(), kind: 'save', ...facts, policy }, service, world())
    rmSync(directory, { recursive: true, force: true })
    return told.at(-1)
  }
  there = `${keys.base}1111111111111111-x-1-1`
  expect(await save(true)).toEqual({ kind: 'missed', what: expect.stringContaining('there is one') })
  expect(asked).toEqual([[keys.exact, keys.sums, keys.base]])
  there = `${keys.exact}1-1`
  expect(await save(true)).toEqual({ kind: 'missed', what: expect.stringContaining('another job') })
  there = undefined
  expect(await save(true)).toEqual({ kind: 'finished' })
  // Where main was told that there is none, only this commit’s entry can have come meanwhile.
  expect([await save(false), asked.at(-1)]).toEqual([{ kind: 'finished' }, [keys.exact]])
  // One that could not be taken is no reason not to store another for the same commit.
  there = `${keys.exact}1-1`
  expect(await save(false, true, true)).toEqual({ kind: 'finished' })
})

test('saving says how far it is: another file system may take a copy of each of thousands', async () => {
  const files = 450
  for (let i = 0; i < files / 2; i++) {
    const [of, made] = [`output ${i}`, hashOf(`action ${i}`)]
    write(gocache, entryName({ kind: 'output', hash: hashOf(of) }), of)
    const file = actionFile({ id: made, output: hashOf(of), bytes: of.length, madeMs: 1 })
    write(gocache, entryName({ kind: 'action', hash: made }), file)
  }
  const service: Service = {
    isFeatureAvailable: () => true,
    restoreCache: async () => undefined,
    saveCache: async () => 1,
  }
  const reached = { found: false, unknown: false, exact: false, whole: false, failed: false, spoiled: false }
  const facts = { stampMs, sinceMs: 0, savedSeconds: 1, reached, isDefaultBranch: true }
  const policy = { minimumNewBytes: 0, minimumNewShare: 0 }
  await performBuildTask({ ...task(), kind: 'save', ...facts, policy }, service, world())
  const placed = told.flatMap(message => (message.kind === 'placed' ? [message.files] : []))
  expect(placed.filter(at => at > 0)).toEqual([200, 400, files])
  // And while it looks at what is there: a runner may keep a million entries.
  const places = readdirSync(gocache).length
  expect(placed.filter(at => at === 0).length).toBeGreaterThan(places / 16)
})
