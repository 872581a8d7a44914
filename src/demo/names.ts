import type { Log } from '../effects.ts'
import type { Problem } from '../errors.ts'
import type { NamedProxy } from './project.ts'

/** Puts the proxies' names where a text has their addresses. */
export type Naming = (text: string) => string

export function namingOf(proxies: readonly NamedProxy[]): Naming {
  const names = new Map(proxies.map(({ name, url }) => [new URL(url).host, name]))
  return text => text.replace(/(?:http:\/\/)?(127\.0\.0\.1:\d+)/g, (address, host) => names.get(host) ?? address)
}

/** The same in every text of a value that is JSON. */
export function nameIn<T>(value: T, naming: Naming): T {
  if (typeof value === 'string') return naming(value) as T
  if (Array.isArray(value)) return value.map(one => nameIn(one, naming)) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, nameIn(one, naming)])) as T
}

/** A log that speaks of the proxies by name. */
export function namingLog(log: Log, naming: Naming): Log {
  const named = (problem: Problem) => nameIn(problem, naming)
  return {
    ...log,
    get columns() {
      return log.columns
    },
    debug: text => log.debug(naming(text)),
    info: (text, fact) => log.info(naming(text), fact && nameIn(fact, naming)),
    warning: problem => log.warning(named(problem)),
    warnings: problems => log.warnings(problems.map(named)),
    error: problem => log.error(named(problem)),
    notice: (title, text) => log.notice(title, naming(text)),
  }
}
