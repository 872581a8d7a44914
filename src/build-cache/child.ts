import { join } from 'node:path'
import type { Files } from '../effects.ts'
import { type ChildWorld, performIn } from '../transfer/child.ts'
import { type Service, STORED } from '../transfer/service.ts'
import { readAnyTar, type TarEvent } from '../transfer/tar.ts'
import { entryName, parseAction } from './entry.ts'
import { buildEntryKey, figuresInKey } from './key.ts'
import { placeEntries } from './place.ts'
import { NOT_USED_HERE, replacesEntry, whyNotSaved } from './save.ts'
import type { EntryStore } from './store.ts'
import type { BuildTask, RestoreBuildTask, SaveBuildTask } from './tasks.ts'
import { type CacheEntry, usedActions, usedEntries } from './used.ts'

export interface BuildWorld extends ChildWorld {
  readonly store: EntryStore
  readonly platform: NodeJS.Platform
  /** By the calendar; milliseconds. */
  readonly nowMs: number
}

/** The child's work for the build cache. */
export function performBuildTask(task: BuildTask, service: Service, world: BuildWorld): Promise<void> {
  return performIn(service, world, () =>
    task.kind === 'restore' ? restore(task, service, world) : save(task, service, world),
  )
}

async function restore(task: RestoreBuildTask, service: Service, world: BuildWorld): Promise<void> {
  const { keys, directory } = task
  const { emit, store, files, platform, nowMs } = world
  const key = await service.restoreCache(STORED, keys.exact, [keys.exact, keys.sums, keys.base], { lookupOnly: true })
  if (key === undefined || figuresInKey(key, keys) === undefined) return emit({ kind: 'missed' })
  emit({ kind: 'found', key })
  await waitForTurn(task, world)
  if ((await service.restoreCache(STORED, key)) === undefined) {
    return emit({ kind: 'failed', what: 'the archive could not be fetched or unpacked' })
  }
  emit({ kind: 'unpacked' })
  // Elsewhere our own tar has put all in its place.
  if (platform === 'win32') await place(readDirectory(directory, files), task, world)
  // Entries are two hours old now: nothing is to be trimmed for a day. (cmd/go/internal/cache, `Trim`)
  store.writeNew('trim.txt', `${Math.floor(nowMs / 1000)}`)
  emit({ kind: 'finished' })
}

const TICK_MS = 25

async function waitForTurn({ turn }: RestoreBuildTask, { files, clock }: BuildWorld): Promise<void> {
  if (turn === undefined) return
  const untilMs = clock.now() + turn.longestMs
  while (clock.now() < untilMs && (await files.kind(turn.file)) === undefined) await clock.sleep(TICK_MS)
}

/** Takes an archive as our own tar is given it. @throws TarError */
export function placeArchive(
  archive: AsyncIterable<Buffer>,
  task: RestoreBuildTask,
  world: Pick<BuildWorld, 'store' | 'emit'>,
): Promise<void> {
  return place(readAnyTar(archive), task, world)
}

function place(
  events: AsyncIterable<TarEvent>,
  { stampMs }: RestoreBuildTask,
  { store, emit }: Pick<BuildWorld, 'store' | 'emit'>,
): Promise<void> {
  return placeEntries(events, {
    store,
    stampMs,
    onDropped: ({ name, what }) => emit({ kind: 'rejected', target: name, what }),
    onPlaced: ({ files, bytes }) => emit({ kind: 'placed', files, bytes }),
  })
}

const CHUNK = 1 << 20

/** What the system's tar has unpacked, as if it came from the archive. */
async function* readDirectory(root: string, files: Pick<Files, 'list' | 'open'>, below = ''): AsyncGenerator<TarEvent> {
  for (const { name: own, kind } of await files.list(join(root, below))) {
    const name = below === '' ? own : `${below}/${own}`
    if (kind === 'directory') yield* readDirectory(root, files, name)
    const opened = kind === 'file' ? await files.open(join(root, name)) : undefined
    if (opened === undefined) {
      if (kind !== 'directory') yield { kind: 'unfit', name, what: 'is not a regular file' }
      continue
    }
    try {
      yield { kind: 'file', name, bytes: opened.size }
      for (let at = 0; at < opened.size; at += CHUNK) yield { kind: 'data', chunk: await opened.read(at, CHUNK) }
      yield { kind: 'end of file' }
    } finally {
      await opened.close()
    }
  }
}

/** So many files between two reports, and so many places of a cache, which may hold thousands each. */
const REPORTED_FILES = 200
const REPORTED_PLACES = 16

async function save(task: SaveBuildTask, service: Service, world: BuildWorld): Promise<void> {
  const { store, emit } = world
  const { keys, directory, stampMs, sinceMs, savedSeconds, reached, again, isDefaultBranch, policy } = task
  const entries = await listEntries(world)
  const actions = usedActions(entries, stampMs).flatMap(id => {
    const content = store.read(entryName({ kind: 'action', hash: id }))
    const action = content === undefined ? undefined : parseAction(content, id)
    return action === undefined ? [] : [action]
  })
  const used = usedEntries(actions, entries, sinceMs)
  const why = whyNotSaved({ ...used, reached, isDefaultBranch }, policy)
  if (why !== undefined) return emit({ kind: 'missed', what: why })
  // Where main got no answer, an entry of another commit may be there after all.
  const wanted = reached.unknown ? [keys.exact, keys.sums, keys.base] : [keys.exact]
  const there = await service.restoreCache(STORED, keys.exact, wanted, { lookupOnly: true })
  if (there !== undefined && !replacesEntry(reached)) {
    const isOfCommit = there.startsWith(keys.exact)
    return emit({ kind: 'missed', what: isOfCommit ? 'another job has stored one for this commit' : NOT_USED_HERE })
  }
  for (const [at, name] of used.names.entries()) {
    store.link(name, directory)
    // Where they have to be copied, it takes a while.
    if (at % REPORTED_FILES === 0) await reportPlaced(at, world)
  }
  emit({ kind: 'placed', files: used.names.length, bytes: used.bytes })
  const id = await service.saveCache(STORED, buildEntryKey(keys, { bytes: used.bytes, savedSeconds }, again))
  emit(id === -1 ? { kind: 'failed', what: 'the cache service did not accept it' } : { kind: 'finished' })
}

/** A cache that a runner keeps may hold a million of them. */
async function listEntries(world: BuildWorld): Promise<readonly CacheEntry[]> {
  const lists: (readonly CacheEntry[])[] = []
  for (const [at, place] of world.store.places().entries()) {
    lists.push(world.store.list(place))
    if (at % REPORTED_PLACES === REPORTED_PLACES - 1) await reportPlaced(0, world)
  }
  return lists.flat()
}

/** On Windows nothing is sent before this thread rests. */
async function reportPlaced(files: number, { emit, clock }: Pick<BuildWorld, 'emit' | 'clock'>): Promise<void> {
  emit({ kind: 'placed', files, bytes: 0 })
  await clock.sleep(0)
}
