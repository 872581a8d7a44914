import { joinPatterns, matchesPatterns } from '../go/patterns.ts'
import type { ChoiceFacts } from './choice.ts'

/** GOPRIVATE and its two kin as they will be in force. */
export interface PrivatePatterns {
  readonly goprivate: string
  /** undefined: left unset, so that it follows GOPRIVATE. */
  readonly gonoproxy: string | undefined
  readonly gonosumdb: string | undefined
}

/**
 * GOPRIVATE joined with `private-domains`. GONOPROXY and GONOSUMDB stay unset unless the user set them, for unset they
 * follow GOPRIVATE; set ones get the domains too. `none` is a decision of the user's and stays.
 */
export function joinPrivatePatterns(facts: Pick<ChoiceFacts, 'settings' | 'inputs'>): PrivatePatterns {
  const { settings, inputs } = facts
  const domains = inputs.privateDomains.join(',')
  const explicit = (name: 'GONOPROXY' | 'GONOSUMDB') => {
    const { value, from } = settings[name]
    if (from === 'default') return undefined
    return value === 'none' ? value : joinPatterns(value, domains)
  }
  return {
    goprivate: joinPatterns(settings.GOPRIVATE.value, domains),
    // A private proxy is there to be asked for private modules.
    gonoproxy: inputs.privateProxy === undefined ? explicit('GONOPROXY') : 'none',
    gonosumdb: explicit('GONOSUMDB'),
  }
}

/** Patterns whose modules come from a proxy unchecked by the checksum database: a mirror must not serve them. */
export function uncheckedPatterns(patterns: PrivatePatterns): readonly string[] {
  return uncovered(patterns.gonosumdb ?? patterns.goprivate, noProxyPatterns(patterns))
}

/** Private patterns whose modules go to proxies all the same: no public proxy may be asked for them. */
export function exposedPatterns(patterns: PrivatePatterns): readonly string[] {
  return uncovered(patterns.goprivate, noProxyPatterns(patterns))
}

function noProxyPatterns({ goprivate, gonoproxy }: PrivatePatterns): string {
  return gonoproxy ?? goprivate
}

/** A plain prefix is covered where it matches; of two globs that cannot be told, so only the same one counts. */
function uncovered(list: string, by: string): readonly string[] {
  const same = new Set(by.split(','))
  return list.split(',').filter(pattern => {
    const prefix = pattern.replace(/\/$/, '')
    const covered = same.has(pattern) || (/^[^*?[\\]+$/.test(prefix) && matchesPatterns(by, prefix))
    return pattern !== '' && pattern !== 'none' && !covered
  })
}
