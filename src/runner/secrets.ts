/**
 * Every form in which a secret may turn up in a text. The runner itself masks base64 at three shifts, URI, JSON and
 * XML forms of what it is told; these are the ones it does not know: base64url, strict percent-encoding, basic
 * authentication, each line alone.
 */
export function formsOfSecret(secret: string, users: readonly string[] = []): readonly string[] {
  const lines = secret.split(/[\r\n]+/).map(line => line.trim())
  const forms = [secret, secret.trim(), ...lines].flatMap(text => [
    text,
    base64(text),
    base64url(text),
    encodeURIComponent(text),
    strictPercentEncoding(text),
    ...users.map(user => base64(`${user}:${text}`)),
  ])
  // What is shorter would blot out ordinary words.
  return [...new Set(forms)].filter(form => form.length >= MINIMUM_LENGTH).sort((a, b) => b.length - a.length)
}

/** Values shorter than this cannot be masked without making the log unreadable. */
export const MINIMUM_LENGTH = 5

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url')
}

/** RFC 3986: also `!'()*`, which encodeURIComponent leaves as they are. */
function strictPercentEncoding(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** A value that remembers secrets and hides them in any text. */
export interface Redactor {
  add(secret: string): readonly string[]
  redact(text: string): string
}

export function createRedactor(): Redactor {
  let known: readonly string[] = []
  return {
    add(secret) {
      const forms = formsOfSecret(secret)
      known = [...new Set([...known, ...forms])].sort((a, b) => b.length - a.length)
      return forms
    },
    redact: text => known.reduce((result, form) => result.replaceAll(form, '***'), text),
  }
}
