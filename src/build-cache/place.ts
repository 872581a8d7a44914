import { createHash, type Hash } from 'node:crypto'
import { TarError, type TarEvent } from '../transfer/tar.ts'
import { admitActions, type DroppedEntry, MAX_DROPPED } from './admit.ts'
import { ACTION_BYTES, type EntryName, entryName, parseEntryName } from './entry.ts'
import type { EntryStore, PendingFile } from './store.ts'

/** No archive of ours is larger; unpacked. */
const MAX_BYTES = 20e9
const MAX_FILES = 2_000_000

export interface Placing {
  readonly store: EntryStore
  /** The time that entries get, by the calendar; milliseconds. */
  readonly stampMs: number
  readonly onDropped: (entry: DroppedEntry) => void
  /** Called now and then, and at the end. */
  readonly onPlaced: (placed: PlacedEntries) => void
}

export interface PlacedEntries {
  readonly files: number
  readonly bytes: number
}

/**
 * Puts an archive's entries into GOCACHE: outputs as they come, each only once its content was hashed; actions, without
 * which go finds no output, when all of the archive was read. What is there already stays.
 * @throws TarError where the archive is damaged, or mostly unfit: then no action of it is used
 */
export async function placeEntries(events: AsyncIterable<TarEvent>, placing: Placing): Promise<void> {
  const state = openState(placing)
  try {
    for await (const event of events) {
      if (event.kind === 'file') begin(event, state)
      else if (event.kind === 'unfit') drop({ name: event.name, what: `it ${event.what}` }, state)
      else if (event.kind === 'data') state.current?.take(event.chunk)
      else {
        const whole = state.current
        // What fails in there has closed the file.
        state.current = undefined
        whole?.end()
      }
    }
  } finally {
    state.current?.abandon()
  }
  const { actions, dropped } = admitActions(state.actions, state.outputs)
  for (const entry of dropped) drop(entry, state)
  for (const { id } of actions) {
    const name = entryName({ kind: 'action', hash: id })
    if (placing.store.size(name) === undefined) putAction(name, state.actions.get(id), placing)
    count(ACTION_BYTES, state)
  }
  placing.onPlaced(state.placed)
}

/** What is done with the content of the file that is being read. */
interface Current {
  take(chunk: Buffer): void
  end(): void
  abandon(): void
}

interface PlacingState extends Placing {
  readonly actions: Map<string, Uint8Array>
  readonly outputs: Map<string, number>
  current: Current | undefined
  placed: PlacedEntries
  /** All files of the archive, and their bytes. */
  read: PlacedEntries
  dropped: number
}

function openState(placing: Placing): PlacingState {
  const nothing = { files: 0, bytes: 0 }
  const [actions, outputs] = [new Map<string, Uint8Array>(), new Map<string, number>()]
  return { ...placing, actions, outputs, current: undefined, placed: nothing, read: nothing, dropped: 0 }
}

function begin({ name, bytes }: Extract<TarEvent, { kind: 'file' }>, state: PlacingState): void {
  state.read = { files: state.read.files + 1, bytes: state.read.bytes + bytes }
  if (state.read.bytes > MAX_BYTES || state.read.files > MAX_FILES) throw new TarError('it is larger than any of ours')
  const entry = parseEntryName(name)
  const what = entry === undefined ? 'it is not an entry of a build cache' : whyUnfit(entry, bytes, state)
  if (entry === undefined || what !== undefined) drop({ name, what: what ?? '' }, state)
  else state.current = entry.kind === 'action' ? takeAction(entry, state) : takeOutput(entry, bytes, state)
}

function whyUnfit({ kind, hash }: EntryName, bytes: number, { actions, outputs }: PlacingState): string | undefined {
  if (kind === 'action' && bytes !== ACTION_BYTES) return `it has ${bytes} bytes instead of ${ACTION_BYTES}`
  return (kind === 'action' ? actions : outputs).has(hash) ? 'it occurs twice' : undefined
}

function takeAction({ hash }: EntryName, { actions }: PlacingState): Current {
  const chunks: Buffer[] = []
  return {
    take: chunk => void chunks.push(Buffer.from(chunk)),
    end: () => void actions.set(hash, Buffer.concat(chunks)),
    abandon: () => {},
  }
}

function takeOutput(entry: EntryName, bytes: number, state: PlacingState): Current {
  const { store, stampMs, outputs } = state
  const name = entryName(entry)
  const hash: Hash = createHash('sha256')
  // What is there already stays, but only what the archive holds is known to be right.
  const file: PendingFile | undefined = store.size(name) === bytes ? undefined : store.begin()
  return {
    take(chunk) {
      hash.update(chunk)
      file?.write(chunk)
    },
    end() {
      if (hash.digest('hex') !== entry.hash) {
        file?.discard()
        return drop({ name, what: 'its content is not what its name says' }, state)
      }
      file?.keep(name, stampMs)
      outputs.set(entry.hash, bytes)
      count(bytes, state)
    },
    abandon: () => file?.discard(),
  }
}

function putAction(name: string, content: Uint8Array | undefined, { store, stampMs }: Placing): void {
  if (content === undefined) return
  const file = store.begin()
  file.write(content)
  file.keep(name, stampMs)
}

/** So many files between two reports. */
const REPORTED_FILES = 200
/** And so many bytes: large ones take time, too. */
const REPORTED_BYTES = 16e6

function count(bytes: number, state: PlacingState): void {
  const before = state.placed
  state.placed = { files: before.files + 1, bytes: before.bytes + bytes }
  const isDue =
    state.placed.files % REPORTED_FILES === 0 ||
    Math.floor(before.bytes / REPORTED_BYTES) !== Math.floor(state.placed.bytes / REPORTED_BYTES)
  if (isDue) state.onPlaced(state.placed)
}

function drop(entry: DroppedEntry, state: PlacingState): void {
  state.dropped++
  state.onDropped(entry)
  if (state.dropped > MAX_DROPPED) throw new TarError(`more than ${MAX_DROPPED} of its files are unfit`)
}
