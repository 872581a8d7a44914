import type { Problem } from '../errors.ts'
import { findVulnerabilities } from '../go/version.ts'
import type { Ending } from './chain.ts'
import type { Facts } from './choice.ts'
import { type PrivatePatterns, uncheckedPatterns } from './private.ts'
import type { SumdbChoice } from './sumdb.ts'

/** Whether public mirrors may serve here at all. */
export interface MirrorRule {
  readonly allowed: boolean
  /** Why not, when one was left out. */
  readonly warnings: readonly Problem[]
}

/**
 * A public mirror is only as good as the check behind it: none without the checksum database, none where unchecked
 * modules would reach it, none on a Go whose check it could defeat, and none where it would hear of modules that
 * look private and nothing but a proxy could serve them.
 */
export function ruleOnMirrors(facts: Facts, sumdb: SumdbChoice, patterns: PrivatePatterns, ending: Ending): MirrorRule {
  const mirrors = facts.candidates.list.filter(
    candidate => candidate.trust === 'mirror' && isAsked(facts, candidate.name),
  )
  const reason = findReason(facts, sumdb, patterns, ending)
  if (reason === undefined) return { allowed: true, warnings: [] }
  if (mirrors.length === 0) return { allowed: false, warnings: [] }
  const names = mirrors.map(candidate => candidate.name).join(', ')
  return {
    allowed: false,
    warnings: [{ code: reason.code, message: `Left out: ${names}. ${reason.message}`, hint: reason.hint }],
  }
}

/** Standby mirrors that nobody asked need no words. */
function isAsked(facts: Facts, name: string): boolean {
  return (
    facts.candidates.mode !== 'default' ||
    facts.ranking?.joined !== undefined ||
    facts.candidates.list.every(c => c.name !== name)
  )
}

function findReason(facts: Facts, sumdb: SumdbChoice, patterns: PrivatePatterns, ending: Ending): Problem | undefined {
  if (sumdb.off) {
    return {
      code: 'MIRROR_WITHOUT_SUMDB',
      message: 'With GOSUMDB=off nothing would check what a public mirror sends.',
      hint: 'Leave GOSUMDB on, or name only proxies of your own.',
    }
  }
  const unchecked = uncheckedPatterns(patterns)
  if (unchecked.length > 0) {
    return {
      code: 'MIRROR_UNCHECKED_MODULES',
      message: `GONOSUMDB exempts ${unchecked.join(', ')} from the check, but these modules are asked of proxies.`,
      hint: 'Add the same patterns to GONOPROXY or private-domains.',
    }
  }
  const holes = findVulnerabilities(facts.settings.version).filter(({ kind }) => kind === 'sumdb')
  if (holes.length > 0 && !sumdb.bypassesProxies) {
    return {
      code: 'MIRROR_VULNERABLE_GO',
      message: `${facts.settings.version} can be deceived by a proxy (${holes.map(hole => hole.id).join(', ')}), and no checksum database could be reached directly.`,
      hint: 'Update Go, or let this machine reach sum.golang.org.',
    }
  }
  if (facts.privacy.looksPrivate.length > 0 && ending !== 'direct') {
    return {
      code: 'MIRROR_PRIVATE_MODULES',
      message: 'Modules that look private would be asked of it.',
      hint: `Add to private-domains: ${facts.privacy.missingPatterns.join(', ')}`,
    }
  }
  return undefined
}
