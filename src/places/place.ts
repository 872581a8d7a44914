/** Where a secret may be used: a host, one port of it, and a path below which it counts. */
export interface Place {
  /** Lower case; an IPv6 address in brackets. */
  readonly host: string
  /** undefined: 443; of a place that ssh reaches, the one that ssh takes by itself. */
  readonly port: number | undefined
  /** Without slashes at its ends, without `.git`; empty: the whole host. */
  readonly path: string
}

const PLACE = /^(\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::(\d{1,5}))?((?:\/[\w.~+-]+)*)\/?$/i

/**
 * `host[:port][/path]`, or what is wrong with it, in words that do not repeat it: it may be a misplaced token.
 * @param over how the place is reached: 443 is the port that https has by itself, and one like any other for ssh
 */
export function parsePlace(text: string, over: 'https' | 'ssh' = 'https'): Place | string {
  if (text.includes('://')) return 'it begins with a scheme; write the host alone'
  if (text.includes('@')) return 'its first word contains an @; write the host first, then the user, then the token'
  const [, host = '', digits, rawPath = ''] = PLACE.exec(text) ?? []
  const port = digits === undefined ? undefined : Number(digits)
  // A word without a dot is rather a token in the wrong place than a host that go could ask.
  if (host === '' || (!/[.[]/.test(host) && port === undefined))
    return 'its first word is not a host; a name without a dot needs a port, as in athens:443'
  if (port !== undefined && (port < 1 || port > 65_535)) return 'there is no such port'
  const segments = rawPath
    .replace(/\.git$/, '')
    .split('/')
    .slice(1)
  if (segments.some(segment => segment === '.' || segment === '..')) return 'its path contains . or ..'
  return {
    host: host.toLowerCase(),
    port: over === 'https' && port === 443 ? undefined : port,
    path: segments.join('/'),
  }
}

/** Where a module path or the beginning of one leads: go asks its host by https. */
export function placeOfModule(path: string): Place {
  const [host = '', ...segments] = path.split('/')
  return { host: host.toLowerCase(), port: undefined, path: segments.join('/') }
}

export function showPlace({ host, port, path }: Place): string {
  return `${host}${port === undefined ? '' : `:${port}`}${path === '' ? '' : `/${path}`}`
}

/** Whether `inner` lies in `outer`: the same host and port, and the path or one below it. */
export function covers(outer: Place, inner: Place): boolean {
  const sameServer = outer.host === inner.host && outer.port === inner.port
  return sameServer && (outer.path === '' || outer.path === inner.path || inner.path.startsWith(`${outer.path}/`))
}

/** The one of several places that says most about `inner`; the first of equals. */
export function closest<T extends Place>(places: readonly T[], inner: Place): T | undefined {
  return places
    .filter(place => covers(place, inner))
    .reduce<T | undefined>(
      (best, place) => (best === undefined || place.path.length > best.path.length ? place : best),
      undefined,
    )
}

export function httpsUrl({ host, port, path }: Place): string {
  return `https://${host}${port === undefined ? '' : `:${port}`}/${path}`
}

/** Where an https URL leads; undefined for every other one. */
export function placeOfUrl(text: string): Place | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url?.protocol === 'https:' ? placeIn(url, undefined) : undefined
}

/** The same of an http URL, too, which has port 80 of itself: to name a server, not to tell who gets a secret. */
export function placeOfWebUrl(text: string): Place | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url?.protocol === 'http:' ? placeIn(url, 80) : placeOfUrl(text)
}

function placeIn(url: URL, ownPort: number | undefined): Place {
  const port = url.port === '' ? ownPort : Number(url.port)
  return { host: url.hostname, port, path: url.pathname.replace(/^\/+|\/+$/g, '') }
}
