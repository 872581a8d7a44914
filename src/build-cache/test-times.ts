/**
 * A cached test result counts the times of what the test opened (cmd/go/internal/test, `hashOpen`, `hashStat`), and a
 * checkout sets them anew. Times from object ids are equal for equal content, and different for any other.
 */
export interface TrackedObject {
  /** Relative to the repository's top, with slashes; '' is the top itself. */
  readonly path: string
  readonly timeMs: number
}

/** What `git ls-tree -r -t -z --full-tree HEAD` says. @param top the id of the commit's tree */
export function trackedObjects(listing: string, top: string): readonly TrackedObject[] {
  const inner = listing.split('\0').flatMap((line): readonly TrackedObject[] => {
    const [, type, id = '', path = ''] = /^\d{6} (blob|tree|commit) ([0-9a-f]{40,64})\t(.+)$/s.exec(line) ?? []
    // A submodule has a checkout of its own.
    return type === undefined || type === 'commit' ? [] : [{ path, timeMs: timeOf(id) }]
  })
  // What lies deeper first, though a time that is set changes no directory.
  return [...inner.reverse(), { path: '', timeMs: timeOf(top) }]
}

/** 2001-09-09: from here to 2019, so that every time is in the past and older than the two seconds that go asks for. */
const FROM_MS = 1_000_000_000_000

/** One of 2^49 microseconds. File systems keep them; those that keep seconds still tell 2^29 apart. */
function timeOf(id: string): number {
  return FROM_MS + Number(BigInt(`0x${id.slice(0, 16)}`) & ((1n << 49n) - 1n)) / 1_000
}
