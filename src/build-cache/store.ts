import type { CacheEntry } from './used.ts'

/** GOCACHE, for thousands of small files: synchronous, since a promise for each costs more than the file itself. */
export interface EntryStore {
  /** The directories below it that hold entries. */
  places(): readonly string[]
  /** Files in one of these, whatever their names. */
  list(place: string): readonly CacheEntry[]
  /** The file's bytes; undefined when there is none. */
  read(name: string): Uint8Array | undefined
  /** The size of a regular file; undefined when there was none when its directory was first looked at. */
  size(name: string): number | undefined
  /** Begins a file that nothing sees until it is kept. */
  begin(): PendingFile
  /** Gives a file a second name below another directory; where the file system cannot, a copy. */
  link(name: string, directory: string): void
  /** Writes a file unless there is one. */
  writeNew(name: string, text: string): void
}

export interface PendingFile {
  write(chunk: Uint8Array): void
  /** Gives it its name and time, in place of what may be there. @param stampMs by the calendar */
  keep(name: string, stampMs: number): void
  discard(): void
}
