import { redactUrl } from './goproxy.ts'

/** One thing that `go … -x` reports on standard error. */
export type TraceEvent =
  | { readonly kind: 'request started'; readonly url: string }
  /** Time runs to the response's headers, redirects included; the body comes after. */
  | { readonly kind: 'request answered'; readonly url: string; readonly status: number; readonly ms: number }
  | { readonly kind: 'request failed'; readonly url: string; readonly reason: string }
  | { readonly kind: 'toolchain'; readonly version: string }
  /** Where go keeps its clone of a repository. */
  | { readonly kind: 'repository'; readonly directory: string; readonly url: string }
  /** A command that go runs (git): the same text twice. */
  | { readonly kind: 'command started' | 'command ended'; readonly text: string }
  /** A step of go's own, or any other line that it prints. */
  | { readonly kind: 'step' | 'words'; readonly text: string }

/** Reads the lines of `-x` one at a time. URLs come out without credentials and query strings. */
export function parseTraceLine(line: string): TraceEvent {
  const [, rawUrl, rest] = /^# get (\S+?)(?:: (.*))?$/.exec(line) ?? []
  if (rawUrl !== undefined) return requestEvent(redactUrl(rawUrl), rest)
  const toolchain = /^go: downloading (go1\.\S+) \(\S+\/\S+\)$/.exec(line)?.[1]
  if (toolchain !== undefined) return { kind: 'toolchain', version: toolchain }
  const [, made, known, url] = /^(?:mkdir -p (.+?) #|# (.+?) for) git\d* (\S+)$/.exec(line) ?? []
  const directory = made ?? known
  if (directory !== undefined && url !== undefined) return { kind: 'repository', directory, url: redactLogin(url) }
  const [, ended, text] = /^(\d+\.\d+s # )?(cd .*)$/.exec(line) ?? []
  if (text !== undefined) return { kind: ended === undefined ? 'command started' : 'command ended', text }
  if (/^(mkdir -p |# lock |\d+\.\d+s # )/.test(line)) return { kind: 'step', text: line }
  return { kind: 'words', text: line }
}

/** The user that every host has for ssh is no secret, and git's rewrites are of URLs with it. */
function redactLogin(url: string): string {
  return /^(?:git\+)?ssh:\/\/git@/.test(url) ? url : redactUrl(url)
}

function requestEvent(url: string, rest: string | undefined): TraceEvent {
  if (rest === undefined) return { kind: 'request started', url }
  const [, status, seconds] = /^(\d{3})\b.*\((\d+(?:\.\d+)?)s\)$/.exec(rest) ?? []
  if (status !== undefined) return { kind: 'request answered', url, status: Number(status), ms: Number(seconds) * 1000 }
  return { kind: 'request failed', url, reason: rest }
}

/** Cuts a stream of chunks into lines; an unfinished line waits, up to `maxLength` characters. */
export function lineSplitter(
  onLine: (line: string) => void,
  maxLength = 64 << 10,
): { push(text: string): void; end(): void } {
  let rest = ''
  return {
    push(text) {
      const lines = (rest + text).split('\n')
      rest = (lines.pop() ?? '').slice(0, maxLength)
      for (const line of lines) onLine(line.replace(/\r$/, '').slice(0, maxLength))
    },
    end() {
      if (rest !== '') onLine(rest)
      rest = ''
    },
  }
}

/** What an object's URL asks for: `https://proxy/github.com/!foo/bar/@v/v1.0.0.zip`. */
export interface ObjectUrl {
  readonly proxy: string
  readonly escapedPath: string
  readonly escapedVersion: string
  readonly extension: 'info' | 'mod' | 'zip'
}

/** Splits a request's URL at the proxy whose URL it begins with; undefined for other requests. */
export function parseObjectUrl(url: string, proxies: readonly string[]): ObjectUrl | undefined {
  const asked = comparable(url)
  const proxy = [...proxies].sort((a, b) => b.length - a.length).find(base => asked.startsWith(`${comparable(base)}/`))
  if (proxy === undefined) return undefined
  const path = asked.slice(comparable(proxy).length + 1).replaceAll('%21', '!')
  const [, escapedPath, escapedVersion, extension] = /^(.+)\/@v\/([^/]+)\.(info|mod|zip)$/.exec(path) ?? []
  if (escapedPath === undefined || escapedVersion === undefined) return undefined
  return { proxy, escapedPath, escapedVersion, extension: extension as ObjectUrl['extension'] }
}

/**
 * In go's request a proxy's scheme is in small letters, its password hidden, its query at the end, and of several slashes
 * one is left. Source: cmd/go/internal/modfetch, proxyRepo.getBody.
 */
function comparable(url: string): string {
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*:\/\/)?(?:[^/?#]*@)?([^?#]*)/is.exec(url) ?? []
  return `${scheme.toLowerCase()}${rest.replace(/\/{2,}/g, '/').replace(/\/$/, '')}`
}
