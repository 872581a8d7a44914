/** As undici gives them: by lower-case name. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>

/** A body that was begun, and whose rest can be asked for. */
export interface PartialBody {
  /** Takes the rest, too. */
  readonly body: { write(chunk: Buffer): void }
  /** Bytes that are there already. */
  readonly received: number
  /** Bytes of the whole; undefined where the head did not say. */
  readonly total: number | undefined
  readonly etag: string | undefined
  readonly lastModified: string | undefined
  /** The server says that it sends parts, or has a name for this content, which is there for that. */
  readonly announced: boolean
}

/** @returns undefined where the server says that it sends no parts. */
export function partialOf(headers: Headers, body: PartialBody['body']): PartialBody | undefined {
  const ranges = header(headers, 'accept-ranges')?.toLowerCase()
  if (ranges === 'none') return undefined
  const etag = header(headers, 'etag')
  const lastModified = header(headers, 'last-modified')
  return {
    body,
    received: 0,
    total: lengthOf(headers),
    etag,
    lastModified,
    announced: ranges === 'bytes' || etag !== undefined || lastModified !== undefined,
  }
}

/** What asks for the rest, of the same content only. A weak tag does not vouch for bytes (RFC 9110, 13.1.5). */
export function rangeHeaders({ received, etag, lastModified }: PartialBody): Readonly<Record<string, string>> {
  const validator = etag?.startsWith('"') ? etag : lastModified
  return { range: `bytes=${received}-`, ...(validator === undefined ? {} : { 'if-range': validator }) }
}

/**
 * Whether an answer is exactly the rest: from the next byte to the last one, of the same whole. Anything else (another
 * range or total, several ranges, an encoding, a changed tag, the whole anew) is not. Source: RFC 9110, 14.4 and 15.3.7.
 * @returns how many bytes come; undefined where it is not the rest
 */
export function restOf({ received, total, etag }: PartialBody, status: number, headers: Headers): number | undefined {
  if (status !== 206 || !isIdentity(header(headers, 'content-encoding'))) return undefined
  const [, first, last, whole] =
    /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(header(headers, 'content-range') ?? '') ?? []
  if (Number(first) !== received || Number(last) !== Number(whole) - 1) return undefined
  if (total !== undefined && Number(whole) !== total) return undefined
  const tag = header(headers, 'etag')
  if (etag !== undefined && tag !== undefined && tag !== etag) return undefined
  const bytes = Number(whole) - received
  const length = header(headers, 'content-length')
  return bytes > 0 && (length === undefined || Number(length) === bytes) ? bytes : undefined
}

export function header(headers: Headers, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : value?.join(',')
}

/** The bytes of a whole body; undefined where the head does not say. */
export function lengthOf(headers: Headers): number | undefined {
  const length = header(headers, 'content-length')
  return length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : undefined
}

export function isIdentity(encoding: string | undefined): boolean {
  return encoding === undefined || encoding === '' || encoding.toLowerCase() === 'identity'
}
