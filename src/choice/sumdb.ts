import type { Problem } from '../errors.ts'
import { ALIAS_SUMDB, OFFICIAL_SUMDB, parseGosumdb } from '../go/gosumdb.ts'
import type { ChoiceFacts } from './choice.ts'
import { findContentHoles } from './holes.ts'

export interface SumdbChoice {
  readonly value: string
  readonly why: string
  readonly off: boolean
  /** Names a URL, so go never asks a proxy for `/sumdb/`. */
  readonly bypassesProxies: boolean
  readonly warnings: readonly Problem[]
}

export const OFFICIAL_SUMDB_URL = `https://${OFFICIAL_SUMDB}`
export const ALIAS_SUMDB_URL = `https://${ALIAS_SUMDB}`

/**
 * GOSUMDB is kept, never weakened. Only three things change it: the user's input; Google's own alias, where only that
 * one answers; and the database's URL spelled out on a Go that a proxy's `/sumdb/` could deceive.
 */
export function chooseSumdb(facts: ChoiceFacts): SumdbChoice {
  const { sumdb } = facts.inputs
  if (sumdb !== 'auto') return given(sumdb, 'set by the input sumdb')
  const { value } = facts.settings.GOSUMDB
  const parsed = parseGosumdb(value)
  const isDefault = value === '' || value === OFFICIAL_SUMDB
  if (!isDefault || !parsed.ok) return given(value, 'as it was')
  const answering = facts.answeringSumdbs ?? []
  const [official, alias] = [answering.includes(OFFICIAL_SUMDB_URL), answering.includes(ALIAS_SUMDB_URL)]
  if (alias && !official) return plain(ALIAS_SUMDB, 'sum.golang.org does not answer here, but its alias does', true)
  const deceivable = findContentHoles(facts).length > 0
  const mirrorInPlay = facts.candidates.list.some(candidate => candidate.trust === 'mirror')
  if (deceivable && mirrorInPlay && official) {
    return plain(
      `${OFFICIAL_SUMDB} ${OFFICIAL_SUMDB_URL}`,
      'this Go can be deceived by a proxy, so it must ask the database itself',
      true,
    )
  }
  return plain(OFFICIAL_SUMDB, 'as it was', false)
}

function plain(value: string, why: string, bypassesProxies: boolean): SumdbChoice {
  return { value, why, off: false, bypassesProxies, warnings: [] }
}

function given(value: string, why: string): SumdbChoice {
  const parsed = parseGosumdb(value)
  const off = parsed.ok && parsed.value.kind === 'off'
  const warnings = off ? [OFF_WARNING] : []
  // A database with a URL was not asked just now, but the user vouches for it.
  return {
    value,
    why,
    off,
    bypassesProxies: parsed.ok && parsed.value.kind === 'database' && parsed.value.url !== undefined,
    warnings,
  }
}

/** What is said of GOSUMDB=off, wherever it is set. */
export const OFF_WARNING: Problem = {
  code: 'SUMDB_OFF',
  message: 'GOSUMDB is off: nothing checks modules that have no go.sum line.',
  hint: 'Leave it on and list private modules in private-domains: those are never looked up.',
}
