import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Action, entryName, parseAction, parseEntryName } from '../../src/build-cache/entry.ts'
import { actionFile, hashOf } from '../support/builders/build-cache.ts'
import { buildTar, compressLike, type Member } from '../support/builders/tar.ts'
import { useAction } from '../support/worlds/action.ts'
import {
  ALL_PACKAGES,
  BUILD_INPUTS,
  type BuildLane,
  build,
  buildReportOf,
  type CacheService,
  entriesIn,
  gocacheOf,
  openBuildLane,
  PACKAGES,
  runWholeJob,
  storedFiles,
} from '../support/worlds/build-job.ts'

let lane: BuildLane
beforeAll(async () => {
  lane = await openBuildLane()
})
afterAll(() => lane.close())

const nameOf = (kind: 'action' | 'output', hash: string) => entryName({ kind, hash })

/** Actions of the entry whose outputs are no other's, and are large enough to be changed. */
function victimsIn(members: ReadonlyMap<string, Buffer>): readonly Action[] {
  const actions = [...members].flatMap(([name, content]) => {
    const entry = parseEntryName(name)
    const action = entry?.kind === 'action' ? parseAction(content, entry.hash) : undefined
    return action === undefined ? [] : [action]
  })
  return actions.filter(({ output, bytes }) => bytes > 100 && actions.filter(one => one.output === output).length === 1)
}

function store({ blobs }: CacheService, archive: Buffer): void {
  const [blob] = blobs.values()
  if (blob === undefined) throw new Error('nothing was stored')
  blob.data = compressLike(blob.data, archive)
}

const other = hashOf('other')
const foreign: readonly Member[] = [
  { name: `./${nameOf('output', other)}`, type: '2', linkTo: '/etc/passwd' },
  { name: `./${nameOf('action', other)}`, type: '1', linkTo: '/etc/passwd' },
  { name: './pipe', type: '6' },
  { name: '/tmp/go-proxy-setup-escaped', content: 'x' },
  { name: '../../go-proxy-setup-escaped', content: 'x' },
  { name: './trim.txt', content: '0' },
  { name: `./${nameOf('output', other)}/main`, content: 'x' },
  { name: `./${other}-d`, content: 'other' },
]

test('what is wrong in an entry is dropped and named; the rest is used', async () => {
  const service = await lane.service()
  const members = storedFiles(service)
  const [changed, nowhere, size, none, repeated] = victimsIn(members)
  if (!changed || !nowhere || !size || !none || !repeated) throw new Error('there are too few actions')
  const content = Buffer.from(members.get(nameOf('output', changed.output)) ?? '')
  content[50] = (content[50] ?? 0) ^ 1
  members.set(nameOf('output', changed.output), content)
  members.set(nameOf('action', nowhere.id), actionFile({ ...nowhere, output: other }))
  members.set(nameOf('action', size.id), actionFile({ ...size, bytes: 5 }))
  members.set(nameOf('action', none.id), Buffer.alloc(175, 'x'))
  const all = [...members].map(([name, content]): Member => ({ name: `./${name}`, content }))
  const twice: Member = { name: `./${nameOf('output', repeated.output)}`, content: 'another' }
  store(service, buildTar([...foreign, ...all, twice]))

  const main = await useAction(lane.job, BUILD_INPUTS)
  expect(main.outcome).toBe('success')
  const { buildCache, warnings } = buildReportOf(main)
  const plain = (name: string) => name.replace(/^\.\//, '')
  expect(buildCache.rejected.map(({ file }) => plain(file)).sort()).toEqual(
    [
      ...foreign.map(({ name }) => plain(name)),
      nameOf('output', changed.output),
      ...[changed, nowhere, size, none].map(({ id }) => nameOf('action', id)),
      nameOf('output', repeated.output),
    ].sort(),
  )
  expect(warnings.map(({ code }) => code)).toEqual(['BUILD_CACHE_WRONG_CONTENT'])
  checkGocache()
  // And the job goes on with the rest.
  const compiled = await build(lane.job)
  expect(compiled.length).toBeLessThan(PACKAGES)
  await lane.job.finish()
  // The spoiled entry cannot be replaced, but it is not the newest one any more.
  expect(service.entries.size).toBe(2)
})

/** All that is in GOCACHE is right, and nothing is elsewhere. */
function checkGocache(): void {
  const gocache = gocacheOf(lane.job)
  for (const name of entriesIn(gocache)) {
    const entry = parseEntryName(name)
    const content = readFileSync(join(gocache, name))
    if (entry?.kind === 'output') expect(hashOf(content)).toBe(entry.hash)
    else if (entry?.kind === 'action') {
      const action = parseAction(content, entry.hash)
      expect(statSync(join(gocache, nameOf('output', action?.output ?? ''))).size).toBe(action?.bytes)
    } else expect(['trim.txt', 'README']).toContain(name)
  }
  expect(Number(readFileSync(join(gocache, 'trim.txt'), 'utf8'))).toBeGreaterThan(1)
  for (const escaped of ['/tmp/go-proxy-setup-escaped', join(lane.job.temp, 'go-proxy-setup-escaped')])
    expect(existsSync(escaped)).toBe(false)
}

test.each([
  ['no archive at all', () => Buffer.from('rubbish'.repeat(100))],
  [
    'half an archive',
    (members: readonly Member[]) => {
      const whole = buildTar(members)
      return whole.subarray(0, whole.length >> 1)
    },
  ],
  [
    'more wrong files than can be an accident',
    (members: readonly Member[]) =>
      buildTar([...Array.from({ length: 101 }, (_, i) => ({ name: `./x${i}`, content: 'x' })), ...members]),
  ],
])('%s: no action of it is used, and a good entry takes its place', async (_name, archive) => {
  const service = await lane.service()
  const members = [...storedFiles(service)].map(([name, content]): Member => ({ name: `./${name}`, content }))
  store(service, archive(members))
  const { report, compiled } = await runWholeJob(lane.job)
  expect(report.buildCache.restore).toBe('failed')
  expect([...compiled].sort()).toEqual(ALL_PACKAGES)
  expect(service.entries.size).toBe(2)
})
