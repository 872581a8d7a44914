import { constants } from 'node:fs'
import { access, lstat, mkdtemp, open, rm, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Clock } from '../effects.ts'
import { codeOf } from '../errors.ts'

/** What a directory is like that go writes to, or the nearest one above that is there. */
export interface DiskState {
  readonly path: string
  /** undefined: the file system does not say. */
  readonly freeBytes: number | undefined
  /** How many more files it takes; undefined: it does not say, or has no such limit. */
  readonly freeFiles: number | undefined
  /** The file system of another machine: `NFS`, `SMB`, `FUSE`, `9P`; undefined: none of these. */
  readonly remote: string | undefined
  /** Why no file can be made there: Node's code, or `NO_ANSWER`. */
  readonly fault: string | undefined
  /** What is there instead of a directory, or what is above it, for that fault. */
  readonly at: string
  /** For 1 MiB, up to the disk itself. */
  readonly writeMs: number | undefined
  /** The first of `inner` that is there and that this user may not write to. */
  readonly closed: string | undefined
}

/** Source: linux/magic.h. */
const REMOTE_TYPES: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0x65735546, 'FUSE'],
  [0x01021997, '9P'],
])

const PROBE_BYTES = 1 << 20

/**
 * Looks at a directory by writing a file into it, which is removed again. Nothing is made above it.
 * @param inner names below it that go keeps writing to  @param timeoutMs a file system that answers later is silent
 */
export function lookAtDisk(
  path: string,
  inner: readonly string[],
  timeoutMs: number,
  clock: Clock,
): Promise<DiskState> {
  return new Promise(resolve => {
    const stop = clock.after(timeoutMs, () => resolve({ ...UNKNOWN, path, at: path, fault: 'NO_ANSWER' }))
    // It never rejects: what fails is what it says.
    void look(path, inner, clock).then(state => {
      stop()
      resolve(state)
    })
  })
}

const UNKNOWN = {
  freeBytes: undefined,
  freeFiles: undefined,
  remote: undefined,
  writeMs: undefined,
  closed: undefined,
} as const

async function look(path: string, inner: readonly string[], clock: Clock): Promise<DiskState> {
  const at = await nearest(path)
  const space = await statfs(at).catch(() => undefined)
  const known = {
    path,
    at,
    freeBytes: space === undefined ? undefined : space.bavail * space.bsize,
    freeFiles: space === undefined || space.files === 0 ? undefined : space.ffree,
    remote: process.platform === 'linux' && space !== undefined ? REMOTE_TYPES.get(space.type >>> 0) : undefined,
    closed: await findClosed(path, inner),
  }
  try {
    return { ...known, fault: undefined, writeMs: await writeOnce(at, clock) }
  } catch (error) {
    return { ...known, fault: codeOf(error), writeMs: undefined }
  }
}

/** The path, or what is above it; a file in the place of a directory too. */
async function nearest(path: string): Promise<string> {
  for (let at = path; ; at = dirname(at)) {
    if ((await lstat(at).catch(() => undefined)) !== undefined || dirname(at) === at) return at
  }
}

async function findClosed(path: string, inner: readonly string[]): Promise<string | undefined> {
  for (const name of inner) {
    const there = join(path, name)
    const code = await access(there, constants.W_OK).then(() => '', codeOf)
    if (code === 'EACCES' || code === 'EPERM') return there
  }
  return undefined
}

async function writeOnce(directory: string, clock: Clock): Promise<number> {
  const startMs = clock.now()
  const own = await mkdtemp(join(directory, '.go-proxy-setup-'))
  try {
    const file = await open(join(own, 'probe'), 'wx', 0o600)
    try {
      await file.writeFile(Buffer.alloc(PROBE_BYTES, 1))
      await file.sync()
    } finally {
      await file.close()
    }
    return clock.now() - startMs
  } finally {
    await rm(own, { recursive: true, force: true })
  }
}
