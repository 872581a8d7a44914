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
}

/** Why a file that the user named was not written, from Node's error or that of `Files.deliver`. */
export function whyNotWritten(error: unknown): string {
  const { code = 'unknown reason' } = error as { code?: string }
  return code === 'LEADS_OUT' ? 'a link on the way to it leads out of the workspace' : code
}

/** A value, or every reason why there is none: problems are collected and told together. */
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
