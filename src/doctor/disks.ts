import type { Problem } from '../errors.ts'
import { type Finding, faultOf, good, warnOf } from './finding.ts'
import type { NamedDisk } from './setup-facts.ts'

/** A module cache of a middling project does not fit into less. */
const FULL_BYTES = 50_000_000
const SCARCE_BYTES = 1_000_000_000
/** An archive of a middling project has as many files. */
const SCARCE_FILES = 20_000
/** 1 MiB, written through: a spinning disk needs a tenth of it. */
const SLOW_MS = 1_000

/** The directories that go writes to: whether it can, with how much room, and how fast. */
export function judgeDisks(disks: readonly NamedDisk[]): readonly Finding[] {
  return disks.flatMap(disk => [...judgeWriting(disk), ...judgeRoom(disk), ...judgePace(disk)])
}

function judgeWriting(disk: NamedDisk): readonly Finding[] {
  const { name, path, fault, closed } = disk
  if (fault !== undefined) {
    const layer = FULL.includes(fault) || fault === 'NO_ANSWER' ? 'disk' : 'caches'
    return [faultOf(layer, unwritable(disk, fault))]
  }
  if (closed !== undefined) return [faultOf('caches', foreign(name, closed))]
  return [good('caches', `${name} ${path} can be written`)]
}

const FULL = ['ENOSPC', 'EDQUOT']

const WHY: Readonly<Record<string, readonly [why: string, hint: string]>> = {
  ENOSPC: ['the disk is full', 'Free some space: `go clean -cache` and `go clean -modcache` empty Go’s caches.'],
  EDQUOT: [
    'the disk quota is used up',
    'Free some space: `go clean -cache` and `go clean -modcache` empty Go’s caches.',
  ],
  EROFS: ['the file system is read-only', 'Set {name} to a directory on another one.'],
  EACCES: [
    'this user may not write there',
    'Set {name} to a directory of this user’s, or change its owner: `sudo chown -R "$USER" {path}`.',
  ],
  EPERM: [
    'this user may not write there',
    'Set {name} to a directory of this user’s, or change its owner: `sudo chown -R "$USER" {path}`.',
  ],
  ENOTDIR: ['{at} is a file', 'Remove that file, or set {name} to a directory.'],
  NO_ANSWER: [
    'the file system does not answer',
    'Is it a network drive that is away? Set {name} to a local directory.',
  ],
}

function unwritable({ name, path, at }: NamedDisk, fault: string): Problem {
  const [why, hint] = WHY[fault] ?? [fault, 'Set {name} to a directory that this user may write to.']
  const fill = (text: string) =>
    text
      .replaceAll('{name}', () => (name === 'temporary directory' ? 'TMPDIR' : name))
      .replaceAll('{path}', () => path)
      .replaceAll('{at}', () => at)
  const isFull = FULL.includes(fault)
  return {
    code: isFull ? 'GO_DISK_FULL' : 'GO_CACHE_UNWRITABLE',
    message: `${name} ${path} cannot be written: ${fill(why)}.`,
    hint: fill(hint),
  }
}

function foreign(name: string, closed: string): Problem {
  return {
    code: 'GO_CACHE_UNWRITABLE',
    message: `${name} has ${closed}, which belongs to another user: go can neither add to it nor delete it.`,
    hint: `A \`sudo go …\` or a container made it: \`sudo chown -R "$USER" ${closed}\`.`,
  }
}

function judgeRoom({ name, path, freeBytes, freeFiles, fault }: NamedDisk): readonly Finding[] {
  if (fault !== undefined) return []
  if (freeFiles !== undefined && freeFiles < SCARCE_FILES) return [warnOf('disk', fewFiles(name, path, freeFiles))]
  if (freeBytes === undefined) return []
  const free = `${(freeBytes / 1e9).toFixed(1)} GB`
  if (freeBytes >= SCARCE_BYTES) return [good('disk', `${name}: ${free} free`)]
  const problem = {
    code: 'GO_DISK_FULL',
    message: `The disk of ${name} ${path} has ${Math.round(freeBytes / 1e6)} MB left.`,
    hint: 'Free some space: `go clean -cache` and `go clean -modcache` empty Go’s caches. Or set it to a larger disk.',
  }
  return [freeBytes < FULL_BYTES ? faultOf('disk', problem) : warnOf('disk', problem)]
}

function fewFiles(name: string, path: string, files: number): Problem {
  return {
    code: 'DOCTOR_FEW_FILES',
    message: `The file system of ${name} ${path} takes only ${files} more files.`,
    hint: 'Modules are many small files: remove some, or set it to another disk.',
  }
}

function judgePace({ name, path, writeMs, remote }: NamedDisk): readonly Finding[] {
  if (writeMs !== undefined && writeMs >= SLOW_MS)
    return [
      warnOf('disk', {
        code: 'DOCTOR_DISK_SLOW',
        message: `${name} ${path} needs ${Math.round(writeMs)} ms for 1 MB${remote === undefined ? '' : ` (${remote})`}: unpacking modules will be slow.`,
        hint: `Set ${name} to a faster disk.`,
      }),
    ]
  if (remote === undefined || name === 'temporary directory') return []
  return [
    warnOf('disk', {
      code: 'DOCTOR_DISK_REMOTE',
      message: `${name} ${path} is on a file system of another machine (${remote}): thousands of small files are slow there, and its locks may not hold.`,
      hint: `Set ${name} to a local directory.`,
    }),
  ]
}
