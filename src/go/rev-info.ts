import { isModulePath } from './escape.ts'

/**
 * What the go command takes as an answer to a query: `@v/QUERY.info` and `@latest`. Source:
 * cmd/go/internal/modfetch/proxy.go (Stat, Latest), encoding/json, golang.org/x/mod/module and semver.
 */

/** Why go would refuse an answer. `form`: it is no answer at all. `meaning`: it is one, but not to this query. */
export type RevInfoFault = { readonly fault: 'form' | 'meaning'; readonly what: string }

/**
 * @param query undefined for `@latest`, which go takes at its word
 * @returns undefined when go takes it
 */
export function faultOfRevInfo(json: string, modulePath: string, query: string | undefined): RevInfoFault | undefined {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return { fault: 'form', what: 'it is not JSON' }
  }
  const version = versionIn(value)
  if (version === undefined) return { fault: 'meaning', what: 'it does not describe a version' }
  // A branch, a commit and `v2` of a module without a /v2 are asked for by name, and answered with the version they are.
  if (query === undefined || version === query || !isOwnVersion(modulePath, query)) return undefined
  return { fault: 'meaning', what: version === '' ? 'it names no version' : 'it names another version' }
}

const ORIGIN_FIELDS = ['VCS', 'URL', 'Subdir', 'Hash', 'TagPrefix', 'TagSum', 'Ref', 'RepoSum']

/** Empty when it names none, which go itself allows; undefined where go's decoder fails. */
function versionIn(value: unknown): string | undefined {
  if (value === null) return ''
  const fields = fieldsOf(value)
  if (fields === undefined) return undefined
  const [version, time, origin] = [fields('Version'), fields('Time'), fields('Origin')]
  const originFields = fieldsOf(origin ?? {})
  if (time !== undefined && !isTime(time)) return undefined
  if (originFields === undefined || !ORIGIN_FIELDS.every(name => isText(originFields(name)))) return undefined
  return isText(version) ? (version ?? '') : undefined
}

/** Field names match whatever their case; null leaves a field as it is. */
function fieldsOf(value: unknown): ((name: string) => unknown) | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const byName = new Map(Object.entries(value).map(([name, field]) => [name.toLowerCase(), field]))
  return name => byName.get(name.toLowerCase()) ?? undefined
}

function isText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string'
}

/** RFC 3339, as time.Time reads it from JSON. */
function isTime(value: unknown): boolean {
  const [, year, month, day, hour, minute, second, offsetHours = '0', offsetMinutes = '0'] =
    (typeof value === 'string'
      ? /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|[+-](\d\d):(\d\d))$/.exec(value)
      : null) ?? []
  if (year === undefined) return false
  const lastDay = new Date(Date.UTC(2000, Number(month), 0)).getUTCDate()
  const isLeap = new Date(Date.UTC(Number(year) || 2000, 1, 29)).getUTCDate() === 29
  const days = Number(month) === 2 && !isLeap ? 28 : lastDay
  const isDate = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= days
  const isClock = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60
  return isDate && isClock && Number(offsetHours) <= 24 && Number(offsetMinutes) < 60
}

const NUMBER = '(?:0|[1-9]\\d*)'
/** Nothing left out and no build metadata, but for what module.CanonicalVersion lets stand. */
const CANONICAL = new RegExp(
  `^(v${NUMBER})\\.${NUMBER}\\.${NUMBER}(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?(\\+incompatible)?$`,
)

/** Whether go means exactly this version when it asks for it: it is canonical, and the module's path may have it. */
function isOwnVersion(modulePath: string, version: string): boolean {
  const [, major, prerelease = '', incompatible] = CANONICAL.exec(version) ?? []
  // No number in it may begin with a zero.
  if (major === undefined || prerelease.split('.').some(part => /^0\d+$/.test(part))) return false
  const required = majorIn(modulePath)
  if (required === undefined) return false
  if (required === 'v1' && version.startsWith('v0.0.0-')) return true
  if (required !== '') return major === required
  return major === 'v0' || major === 'v1' || incompatible !== undefined
}

/** The major version that a module path calls for, empty for v0 and v1; undefined where it is no path that go knows. */
function majorIn(modulePath: string): string | undefined {
  const [host = ''] = modulePath.split('/')
  if (!isModulePath(modulePath) || !/^[a-z0-9][a-z0-9.-]*$/.test(host) || !host.includes('.')) return undefined
  if (host === 'gopkg.in') return /\.(v(?:0|[1-9]\d*))(?:-unstable)?$/.exec(modulePath)?.[1]
  const [, major] = /\/(v[0-9.]+)$/.exec(modulePath) ?? []
  if (major === undefined) return ''
  return /^v(?:[2-9]|[1-9]\d+)$/.test(major) ? major : undefined
}
