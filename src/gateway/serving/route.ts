import { escapeModulePath, objectPath, unescapeModulePath, unescapeVersion } from '../../go/escape.ts'
import type { ModuleRoute, ObjectKind } from '../../objects/object.ts'

/**
 * What go asks a GOPROXY for. `target` is the path below an upstream's URL, rebuilt from its checked parts: nothing
 * that a client sent is forwarded as it is. Source: go.dev/ref/mod#goproxy-protocol.
 */
export type GatewayRoute = ModuleRoute | SumdbRoute

/** A file of the checksum database of this name. */
export interface SumdbRoute {
  readonly kind: 'sumdb'
  readonly name: string
  readonly request: string
  readonly target: string
}

const MAX_TARGET = 4096

/**
 * Reads a request target of the gateway: `/<secret>/…`.
 * @returns undefined for anything that is not exactly the protocol: it is refused, and no upstream is asked
 */
export function parseRoute(requestTarget: string, secret: string): GatewayRoute | undefined {
  const prefix = `/${secret}/`
  if (!requestTarget.startsWith(prefix) || requestTarget.length > MAX_TARGET) return undefined
  const path = decodePath(requestTarget.slice(prefix.length))
  if (path === undefined) return undefined
  return path.startsWith('sumdb/') ? parseSumdb(path.slice('sumdb/'.length)) : parseModule(path)
}

/**
 * The protocol needs `!` and the characters of paths and versions; anything else is refused, percent-encoded, too. An
 * encoded slash is not a separator, so it is refused.
 */
function decodePath(raw: string): string | undefined {
  if (!/^[A-Za-z0-9!$&'()*+,;=:@._~%/-]+$/.test(raw) || /%(2f|5c|00)/i.test(raw)) return undefined
  try {
    const path = decodeURIComponent(raw)
    return path.split('/').some(element => element === '' || element === '.' || element === '..') ? undefined : path
  } catch {
    return undefined
  }
}

function parseModule(path: string): GatewayRoute | undefined {
  if (path.endsWith('/@latest')) return listing('latest', path.slice(0, -'/@latest'.length), '@latest')
  const [escaped, file, ...more] = path.split('/@v/')
  if (escaped === undefined || file === undefined || more.length > 0) return undefined
  if (file === 'list') return listing('list', escaped, '@v/list')
  const [, escapedVersion, kind] = /^([^/]+)\.(info|mod|zip)$/.exec(file) ?? []
  const modulePath = unescapeModulePath(escaped)
  const version = escapedVersion === undefined ? undefined : unescapeVersion(escapedVersion)
  if (modulePath === undefined || version === undefined) return undefined
  const module = { path: modulePath, version }
  const target = objectPath(module, kind as ObjectKind)
  return target === undefined ? undefined : { kind: kind as ObjectKind, module, target }
}

function listing(kind: 'list' | 'latest', escaped: string, suffix: string): GatewayRoute | undefined {
  const path = unescapeModulePath(escaped)
  const again = path === undefined ? undefined : escapeModulePath(path)
  return path === undefined || again === undefined ? undefined : { kind, path, target: `${again}/${suffix}` }
}

const SUMDB_REQUEST =
  /^(supported|latest|lookup\/[A-Za-z0-9!._~/-]+@[A-Za-z0-9!._~+-]+|tile\/\d{1,2}\/(data|\d{1,2})\/(x\d{3}\/)*\d{3}(\.p\/\d{1,3})?)$/

/** A database's name may have slashes, for go takes it for a part of a URL: the first request that fits ends it. */
function parseSumdb(path: string): GatewayRoute | undefined {
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
    const [name, request] = [path.slice(0, end), path.slice(end + 1)]
    if (!/^[A-Za-z0-9._~/-]+$/.test(name) || !SUMDB_REQUEST.test(request)) continue
    if (request.startsWith('lookup/') && !isLookup(request.slice('lookup/'.length))) return undefined
    return { kind: 'sumdb', name, request, target: `sumdb/${name}/${request}` }
  }
  return undefined
}

function isLookup(text: string): boolean {
  const [path = '', version = '', ...more] = text.split('@')
  return more.length === 0 && unescapeModulePath(path) !== undefined && unescapeVersion(version) !== undefined
}
