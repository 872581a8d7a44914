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
  const { name, fault, closed } = disk
  if (fault !== undefined) {
    const layer = FULL.includes(fault) || fault === 'NO_ANSWER' ? 'disk' : 'caches'
    return [faultOf(layer, unwritable(disk, fault))]
  }
  if (closed !== undefined) return [faultOf('caches', foreign(name, closed))]
  return [good('caches', `${titleOf(disk)} can be written`)]
}

const FULL = ['ENOSPC', 'EDQUOT']

const NO_SPACE = 'Free some space: `go clean -cache` and `go clean -modcache` empty Go’s caches.'
const OF_ANOTHER_USER = [
  'this user may not write there',
  'Set {variable} to a directory of this user’s, or change its owner: `sudo chown -R "$USER" {path}`.',
] as const

/** By the system's codes. */
const WHY: Readonly<Record<string, readonly [why: string, hint: string]>> = {
  ENOSPC: ['the disk is full', NO_SPACE],
  EDQUOT: ['the disk quota is used up', NO_SPACE],
  EROFS: ['the file system is read-only', 'Set {variable} to a directory on another one.'],
  EACCES: OF_ANOTHER_USER,
  EPERM: OF_ANOTHER_USER,
  ENOTDIR: ['{at} is a file', 'Remove that file, or set {variable} to a directory.'],
  NO_ANSWER: [
    'the file system does not answer',
    'Is it a network drive that is away? Set {variable} to a local directory.',
  ],
}

/** What sets where it is. */
function variableOf(name: NamedDisk['name']): string {
  return name === 'temporary directory' ? 'TMPDIR' : name
}

/** At the beginning of a sentence. */
function titleOf({ name, path }: Pick<NamedDisk, 'name' | 'path'>): string {
  return `${name === 'temporary directory' ? 'The temporary directory' : name} ${path}`
}

function unwritable(disk: NamedDisk, fault: string): Problem {
  const { name, path, at } = disk
  const [why, hint] = WHY[fault] ?? [fault, 'Set {variable} to a directory that this user may write to.']
  const fill = (text: string) =>
    text
      .replaceAll('{variable}', () => variableOf(name))
      .replaceAll('{path}', () => path)
      .replaceAll('{at}', () => at)
  const isFull = FULL.includes(fault)
  return {
    code: isFull ? 'GO_DISK_FULL' : 'GO_CACHE_UNWRITABLE',
    message: `${titleOf(disk)} cannot be written: ${fill(why)}.`,
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

function judgeRoom(disk: NamedDisk): readonly Finding[] {
  const { name, path, freeBytes, freeFiles, fault } = disk
  if (fault !== undefined) return []
  if (freeFiles !== undefined && freeFiles < SCARCE_FILES) return [warnOf('disk', fewFiles(disk, freeFiles))]
  if (freeBytes === undefined) return []
  const free = `${(freeBytes / 1e9).toFixed(1)} GB`
  if (freeBytes >= SCARCE_BYTES) return [good('disk', `${name}: ${free} free`)]
  const problem = {
    code: 'GO_DISK_FULL',
    message: `The disk of ${variableOf(name)} (${path}) has ${Math.round(freeBytes / 1e6)} MB left.`,
    hint: `${NO_SPACE} Or set ${variableOf(name)} to a directory on a larger disk.`,
  }
  return [freeBytes < FULL_BYTES ? faultOf('disk', problem) : warnOf('disk', problem)]
}

function fewFiles({ name, path }: NamedDisk, files: number): Problem {
  return {
    code: 'DOCTOR_FEW_FILES',
    message: `The file system of ${variableOf(name)} (${path}) takes only ${files} more files.`,
    hint: `Modules are many small files: remove some, or set ${variableOf(name)} to a directory on another disk.`,
  }
}

function judgePace(disk: NamedDisk): readonly Finding[] {
  const { name, writeMs, remote } = disk
  if (writeMs !== undefined && writeMs >= SLOW_MS)
    return [
      warnOf('disk', {
        code: 'DOCTOR_DISK_SLOW',
        message: `${titleOf(disk)} needs ${Math.round(writeMs)} ms for 1 MB${remote === undefined ? '' : ` (${remote})`}: unpacking modules will be slow.`,
        hint: `Set ${variableOf(name)} to a directory on a faster disk.`,
      }),
    ]
  if (remote === undefined || name === 'temporary directory') return []
  return [
    warnOf('disk', {
      code: 'DOCTOR_DISK_REMOTE',
      message: `${titleOf(disk)} is on a file system of another machine (${remote}): thousands of small files are slow there, and its locks may not hold.`,
      hint: `Set ${variableOf(name)} to a local directory.`,
    }),
  ]
}
