/**
 * Escaping of module paths and versions in URLs and in the module cache: a capital becomes `!` and its lower case.
 * Source: go.dev/ref/mod#goproxy-protocol, golang.org/x/mod/module.
 */

/** The escaped form, or undefined when `path` is not a valid module path and must not become part of a URL or file name. */
export function escapeModulePath(path: string): string | undefined {
  return isModulePath(path) ? escapeCapitals(path) : undefined
}

/** The escaped form, or undefined when `version` could not be a file name. */
export function escapeVersion(version: string): string | undefined {
  return isVersionText(version) ? escapeCapitals(version) : undefined
}

/** The module path behind its escaped form, or undefined when it is none. */
export function unescapeModulePath(escaped: string): string | undefined {
  const path = unescapeCapitals(escaped)
  return path !== undefined && isModulePath(path) ? path : undefined
}

export function unescapeVersion(escaped: string): string | undefined {
  const version = unescapeCapitals(escaped)
  return version !== undefined && isVersionText(version) ? version : undefined
}

function escapeCapitals(text: string): string {
  return text.replace(/[A-Z]/g, capital => `!${capital.toLowerCase()}`)
}

function unescapeCapitals(escaped: string): string | undefined {
  if (/[A-Z]|!(?![a-z])/.test(escaped)) return undefined
  return escaped.replace(/!([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** Names that Windows keeps for devices; Go refuses them as file names on every system, and its short names too. */
const DEVICE_NAME = /^(con|prn|aux|nul|com[1-9]|lpt[1-9])$/i
const SHORT_NAME = /~[0-9]+$/

/** Whether every system can have a file of this name, of those characters that a path or version is made of. */
function isFileName(name: string): boolean {
  const stem = name.split('.')[0] ?? ''
  return !name.endsWith('.') && !DEVICE_NAME.test(stem) && !SHORT_NAME.test(stem)
}

/**
 * Whether this can be a module path: elements of ASCII letters, digits and `-._~`, none empty, none beginning or
 * ending with a dot, the first one beginning with no dash. `golang.org/x/mod/module.CheckImportPath`'s rules, which
 * also hold for paths without a dot in the first element (private modules replaced or served by a GOPROXY).
 */
export function isModulePath(path: string): boolean {
  if (path === '' || path.length > 1024 || path.startsWith('-')) return false
  return path
    .split('/')
    .every(element => /^[A-Za-z0-9._~-]+$/.test(element) && !element.startsWith('.') && isFileName(element))
}

/**
 * Whether this can be a version in a request, branches included: one file name without surprises, of the characters
 * that module.EscapeVersion lets stand (but for percent and number signs, which mean something in a URL).
 */
function isVersionText(version: string): boolean {
  if (version.length > 512 || version.includes('..')) return false
  return /^[A-Za-z0-9$&()+,=@[\]^_{}~-][A-Za-z0-9$&()+,.=@[\]^_{}~ -]*$/.test(version) && isFileName(version)
}

/** `github.com/!burnt!sushi/toml/@v/v1.4.0.zip`: the object's path below a proxy's URL; undefined for hostile names. */
export function objectPath(
  module: { readonly path: string; readonly version: string },
  extension: 'info' | 'mod' | 'zip',
): string | undefined {
  const path = escapeModulePath(module.path)
  const version = escapeVersion(module.version)
  return path === undefined || version === undefined ? undefined : `${path}/@v/${version}.${extension}`
}

/** The path of the module that a request below a proxy's URL is for, lists included. */
export function requestedModule(target: string): string | undefined {
  return unescapeModulePath(target.replace(/\/@(v\/[^/]+|latest)$/, ''))
}

/** The module of an object's path below a proxy's URL, the other way round than `objectPath`. */
export function parseObjectPath(target: string): { readonly path: string; readonly version: string } | undefined {
  const [, escapedPath = '', escapedVersion = ''] = /^(.+)\/@v\/([^/]+)\.(?:info|mod|zip)$/.exec(target) ?? []
  const [path, version] = [unescapeModulePath(escapedPath), unescapeVersion(escapedVersion)]
  return path === undefined || version === undefined ? undefined : { path, version }
}
