import { basename } from 'node:path'
import type { Problem } from '../errors.ts'
import { MINIMUM_SECRET_LENGTH, TOKEN_USERS } from '../places/logins.ts'

/**
 * Every form in which a secret may turn up in a text. The runner itself masks base64 at three shifts, URI, JSON and
 * XML forms of what it is told; base64url, strict percent-encoding and basic authentication it does not know, and a
 * terminal knows none. Longest first, so that no replacement leaves a rest of a longer form.
 *
 * @param users names that go with the secret in basic authentication
 */
export function formsOfSecret(secret: string, users: readonly string[] = [...TOKEN_USERS, '']): readonly string[] {
  // Of a key only the lines as they are: encoded one by one, they would be a thousand useless masks.
  const lines = secret.split(/[\r\n]+/).map(line => line.trim())
  const texts = [...new Set([secret, secret.trim()])].filter(isMaskable)
  const encoded = texts.flatMap(text => [
    text,
    ...base64Forms(text),
    percentEncode(text),
    strictPercentEncode(text),
    JSON.stringify(text).slice(1, -1),
    ...users.map(user => toBase64(`${user}:${text}`)),
  ])
  return [...new Set([...lines, ...encoded])].filter(isMaskable).sort((a, b) => b.length - a.length)
}

/** Whether a value can be masked: a shorter one would blot out ordinary words. */
function isMaskable(secret: string): boolean {
  return secret.trim().length >= MINIMUM_SECRET_LENGTH
}

/** For a log that was asked to hide what it cannot. */
export const SECRET_TOO_SHORT: Problem = {
  code: 'SECRET_TOO_SHORT',
  message: `A secret of fewer than ${MINIMUM_SECRET_LENGTH} characters cannot be hidden in the log.`,
  hint: 'Use a longer one.',
}

/** Base64 of the text alone, and the middle of it wherever it stands in a longer text; both alphabets. */
function base64Forms(text: string): readonly string[] {
  const middles = [0, 1, 2].map(shift => {
    const encoded = toBase64('\0'.repeat(shift) + text).replace(/=+$/, '')
    // Characters that share bits with the neighbours are not the secret's own.
    const begin = Math.ceil((shift * 8) / 6)
    const rest = (shift + Buffer.byteLength(text)) % 3
    return encoded.slice(begin, rest === 0 ? undefined : -1)
  })
  return [toBase64(text), ...middles].flatMap(form => [form, form.replaceAll('+', '-').replaceAll('/', '_')])
}

function toBase64(text: string): string {
  return Buffer.from(text).toString('base64')
}

/** Half a surrogate pair cannot be encoded; it travels as U+FFFD, which the detour through bytes makes of it. */
function percentEncode(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString())
}

/** RFC 3986: also `!'()*`, which encodeURIComponent leaves as they are. */
function strictPercentEncode(text: string): string {
  return percentEncode(text).replace(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** A value that remembers secrets and hides them in any text. */
export interface Redactor {
  /** The forms of the secret that are hidden from now on; none when it is too short to be hidden. */
  add(secret: string): readonly string[]
  /** Hides the path of a directory of ours in every text, however it is written: only we know the directory's name. */
  conceal(directory: string): void
  redact(text: string): string
}

export function createRedactor(): Redactor {
  let known: readonly string[] = []
  let hidden: readonly string[] = []
  return {
    add(secret) {
      const forms = formsOfSecret(secret)
      known = [...new Set([...known, ...forms])].sort((a, b) => b.length - a.length)
      return forms
    },
    conceal(directory) {
      hidden = [...hidden, basename(directory)]
    },
    redact(text) {
      const redacted = known.reduce((result, form) => result.replaceAll(form, '***'), text)
      return hidden.reduce(withoutWays, redacted)
    },
  }
}

/** What stands before a path in a sentence. */
const BEFORE_PATH = /^[\s"'`=:(,;<>]$/

/**
 * The text without the ways to a directory of this name, which may begin with `..`: go shows the shortest. The name is
 * looked for first, and then where the path begins, for a server's words may be long.
 */
function withoutWays(text: string, name: string): string {
  let shown = ''
  let done = 0
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const end = at + name.length
    if (!/[\\/]/.test(text[at - 1] ?? '') || /[\w-]/.test(text[end] ?? '')) continue
    let start = at
    while (start > done && !BEFORE_PATH.test(text[start - 1] ?? '')) start--
    if (/(?:^|\W)[A-Za-z]:$/.test(text.slice(Math.max(done, start - 3), start))) start -= 2
    // A way may lead to it twice.
    if (start > done || done === 0) shown += `${text.slice(done, start)}<temporary>`
    done = end
  }
  return shown + text.slice(done)
}
