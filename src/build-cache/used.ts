import { type Action, type EntryName, entryName, parseEntryName } from './entry.ts'

/** A file in GOCACHE. */
export interface CacheEntry {
  /** Relative to GOCACHE, with slashes. */
  readonly name: string
  readonly bytes: number
  readonly modifiedMs: number
}

/**
 * Restored entries get a time this long ago. go renews the time of what it uses only if that is older than an hour
 * (cmd/go/internal/cache, `mtimeInterval`), and trims what is five days old.
 */
export const BACKDATED_MS = 2 * 3_600_000

/** File systems may round times; this is the coarsest step to allow for. */
const TICK_MS = 1_000

/** The ids of actions that this job used or made: those whose time is newer than the one that restored ones were given. */
export function usedActions(entries: readonly CacheEntry[], stampMs: number): readonly string[] {
  return entries.flatMap(({ name, modifiedMs }) => {
    const entry = modifiedMs > stampMs + TICK_MS ? parseEntryName(name) : undefined
    return entry?.kind === 'action' ? [entry.hash] : []
  })
}

/** What an archive holds. */
export interface UsedEntries {
  readonly names: readonly string[]
  /** Of all of them. */
  readonly bytes: number
  /** Of outputs that this job made. */
  readonly newBytes: number
}

/**
 * The actions used and every output that they name: go does not renew an output's time where a new action has it too.
 * What misses its output is left out.
 * @param sinceMs the calendar's time when this step began: an action says when it was made
 */
export function usedEntries(actions: readonly Action[], entries: readonly CacheEntry[], sinceMs: number): UsedEntries {
  const sizes = new Map(entries.map(({ name, bytes }) => [name, bytes]))
  const outputOf = ({ output }: Action): EntryName => ({ kind: 'output', hash: output })
  const whole = actions.filter(action => sizes.get(entryName(outputOf(action))) === action.bytes)
  const old = new Set(whole.filter(({ madeMs }) => madeMs < sinceMs).map(({ output }) => output))
  const outputs = new Map(whole.map(action => [action.output, action]))
  const fresh = [...outputs.values()].filter(({ output }) => !old.has(output))
  const names = [
    ...whole.map(({ id }) => entryName({ kind: 'action', hash: id })),
    ...[...outputs.values()].map(action => entryName(outputOf(action))),
  ]
  return {
    names,
    bytes: names.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0),
    newBytes: fresh.reduce((sum, { bytes }) => sum + bytes, 0),
  }
}
