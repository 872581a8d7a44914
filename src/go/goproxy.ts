import { failed, ok, type Result } from '../errors.ts'

/** One proxy of a GOPROXY list. */
export interface GoproxyEntry {
  /** As written in the list, trimmed. */
  readonly text: string
  /** The URL go will ask, with `https://` added where go adds it. */
  readonly url: string
  /** What stands after it and says when go goes on: `,` on 404 and 410 only, `|` on any error; undefined at the end. */
  readonly separator: Separator | undefined
}

export type Separator = ',' | '|'

/** A GOPROXY value as go understands it. */
export interface GoproxyList {
  readonly entries: readonly GoproxyEntry[]
  /** `direct` or `off` ends the list; what follows it is never used. */
  readonly ending: 'direct' | 'off' | undefined
}

/** What go uses when GOPROXY is unset or empty. */
export const DEFAULT_GOPROXY = 'https://proxy.golang.org,direct'

/**
 * Reads a GOPROXY value as `proxyList` of cmd/go does: entries end at `,` or `|`, which belongs to the entry
 * before it; entries are trimmed and empty ones skipped; nothing after `direct` or `off` counts.
 * Source: go.dev/ref/mod#goproxy-protocol and cmd/go/internal/modfetch/proxy.go.
 */
export function parseGoproxy(text: string): Result<GoproxyList> {
  const entries: GoproxyEntry[] = []
  for (const [, raw = '', separator] of (text || DEFAULT_GOPROXY).matchAll(/([^,|]*)([,|]|$)/g)) {
    const entry = raw.trim()
    if (entry === '') continue
    if (entry === 'direct' || entry === 'off') return ok({ entries, ending: entry })
    const url = addsScheme(entry) ? `https://${entry}` : entry
    const fault = findUrlFault(url)
    if (fault)
      return failed({
        code: 'GOPROXY_SYNTAX',
        message: `GOPROXY entry ${redactGoproxy(entry)}: ${fault}.`,
        hint: HINT,
      })
    entries.push({ text: entry, url, separator: (separator || undefined) as Separator | undefined })
  }
  if (entries.length === 0) {
    return failed({ code: 'GOPROXY_EMPTY', message: 'GOPROXY is not empty but has no entries.', hint: HINT })
  }
  return ok({ entries, ending: undefined })
}

/** A host without a scheme gets one; a bare word and an absolute file name do not. */
function addsScheme(entry: string): boolean {
  return /[.:/]/.test(entry) && !entry.includes(':/') && !entry.startsWith('/')
}

const HINT =
  'Write URLs with https:// separated by commas or |, and end with direct or off: https://proxy.golang.org,direct'

function findUrlFault(url: string): string | undefined {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(url)?.[1]?.toLowerCase()
  if (scheme === undefined) return 'the scheme is missing (https://…)'
  if (scheme !== 'https' && scheme !== 'http' && scheme !== 'file')
    return `the scheme ${scheme} is not https, http or file`
  if (!URL.canParse(url)) return 'it is not a URL'
  return undefined
}

/** The list as go would read it again; `printGoproxy(parseGoproxy(x))` asks the same servers in the same way as x. */
export function printGoproxy(list: GoproxyList): string {
  const last = list.entries.length - 1
  const parts = list.entries.map((entry, i) => {
    const more = i < last || list.ending !== undefined
    return entry.text + (more ? (entry.separator ?? ',') : '')
  })
  return parts.join('') + (list.ending ?? '')
}

/** The entry of a list for one URL. */
export function goproxyEntry(url: string, separator: Separator | undefined): GoproxyEntry {
  return { text: url, url, separator }
}

/** Same server for go's purposes: trailing slashes and the case of scheme and host do not matter. */
export function normalizeProxyUrl(url: string): string {
  if (!URL.canParse(url)) return url.replace(/\/+$/, '')
  const parsed = new URL(url)
  return `${parsed.protocol}//${parsed.host}${parsed.pathname.replace(/\/+$/, '')}${parsed.search}`
}

/**
 * A GOPROXY value as it may be shown. Everything before an entry's last `@` is a login, whatever characters it has and
 * with or without a scheme, because go accepts all of these.
 */
export function redactGoproxy(list: string): string {
  const redacted = list.split(/([,|])/).map(entry => {
    const found = findLogin(entry)
    return found === undefined ? entry : `${found.scheme}***@${found.rest}`
  })
  return redactUrl(redacted.join(''))
}

/** The logins of a GOPROXY value, as they are written. */
export function loginsIn(list: string): readonly string[] {
  return list.split(/[,|]/).flatMap(entry => findLogin(entry)?.login ?? [])
}

interface EntryLogin {
  readonly scheme: string
  readonly login: string
  /** What stands behind its `@`. */
  readonly rest: string
}

/** The login of one entry. Such a value may be long and of any characters: each is looked at a few times at most. */
function findLogin(entry: string): EntryLogin | undefined {
  const end = entry.lastIndexOf('@')
  if (end < 0) return undefined
  const before = entry.slice(0, end).trimStart()
  const [scheme = ''] = /^[a-z][a-z0-9+.-]*:\/\//i.exec(before) ?? []
  return { scheme, login: before.slice(scheme.length), rest: entry.slice(end + 1) }
}

/** Hides the user name and password of every URL in a text, and query strings, which may be signatures. */
export function redactUrl(text: string): string {
  return text.replace(/:\/\/[^/\s,|"']*@/g, '://***@').replace(/[^\s,|"']+/g, withoutQuery)
}

function withoutQuery(word: string): string {
  const host = word.indexOf('://')
  const query = host < 0 ? -1 : word.indexOf('?', host)
  return query < 0 ? word : `${word.slice(0, query)}?***`
}
