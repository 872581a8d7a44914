/**
 * Something that went wrong, or that the user should know: the same shape for errors and warnings.
 * `code` is stable and what code matches on; `message` says what and where; `hint` says what to do.
 * None of the three ever holds a secret; foreign text in them is sanitised where it is printed.
 */
export interface Problem {
  /** Upper case, prefixed by its room: `INPUT_DURATION_UNIT`, `DOWNLOAD_CHECKSUM_MISMATCH`. */
  readonly code: string
  readonly message: string
  readonly hint: string
  /** The line of the user's own files that it is about, if there is one: a runner shows it there. */
  readonly at?: FileLine
}

/** The code of a problem that is the user's own wish, or the runner's: the job was stopped. Nothing is at fault. */
export const STOPPED_CODE = 'DOWNLOAD_CANCELLED'

/** The problem of stopped work. @param done what did not happen, such as `the bundle was checked` */
export function stoppedBefore(done: string): Problem {
  return { code: STOPPED_CODE, message: `Stopped before ${done}.`, hint: '' }
}

/** A line of a file, from 1. The path is absolute. */
export interface FileLine {
  readonly file: string
  readonly line: number
}

/** The message of anything that was thrown. May hold paths and foreign text. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The system's code for a failure, such as ENOSPC: short, and free of paths and foreign text. */
export function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : 'unknown reason'
}

/** No descriptor is free, in this process or in the system: it passes. */
export function isFull(error: unknown): boolean {
  return codeOf(error) === 'EMFILE' || codeOf(error) === 'ENFILE'
}

/** Why a file that the user named was not written, from Node's error or that of `Files.deliver`. */
export function whyNotWritten(error: unknown): string {
  const code = codeOf(error)
  return WHY_NOT_WRITTEN[code] ?? code
}

const WHY_NOT_WRITTEN: Readonly<Record<string, string>> = {
  LEADS_OUT: 'a link on the way to it leads out of the workspace',
  ENOENT: 'there is no such directory',
  ENOTDIR: 'there is a file where a directory should be',
  EISDIR: 'it is a directory',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ELOOP: 'its links lead nowhere',
  ENXIO: 'nothing reads from it',
  EPIPE: 'its reader has closed it',
  READER_STALLED: 'its reader accepts no data',
}

/** Why a file that the user named was not read, from Node's error code or that of `readBounded`. */
export function whyNotRead(code: string): string {
  return WHY_NOT_READ[code] ?? code
}

const WHY_NOT_READ: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
  ELOOP: 'its links lead nowhere',
  TOO_LARGE: 'it is too large',
  NOTHING_CAME: 'no program writes to it',
}

/** A value, or every reason why there is none: problems are collected and reported together. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] }

export function ok<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function failed(...problems: readonly Problem[]): {
  readonly ok: false
  readonly problems: readonly Problem[]
} {
  return { ok: false, problems }
}
