import { joinPatterns } from '../go/patterns.ts'
import type { Facts } from './choice.ts'

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
export function joinPrivatePatterns(facts: Facts): PrivatePatterns {
  const { settings, inputs } = facts
  const domains = inputs.privateDomains.join(',')
  const explicit = (name: 'GONOPROXY' | 'GONOSUMDB') => {
    const { value, from } = settings[name]
    if (from === 'default') return undefined
    return value === 'none' ? value : joinPatterns(value, domains)
  }
  return {
    goprivate: joinPatterns(settings.GOPRIVATE.value, domains),
    gonoproxy: explicit('GONOPROXY'),
    gonosumdb: explicit('GONOSUMDB'),
  }
}

/** Patterns whose modules go to a proxy without being checked against the checksum database: what a mirror must not serve. */
export function uncheckedPatterns(patterns: PrivatePatterns): readonly string[] {
  const noProxy = new Set((patterns.gonoproxy ?? patterns.goprivate).split(','))
  return (patterns.gonosumdb ?? patterns.goprivate)
    .split(',')
    .filter(pattern => pattern !== '' && pattern !== 'none' && !noProxy.has(pattern))
}
