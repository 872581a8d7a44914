import type { Candidate } from '../candidates/candidate.ts'
import type { Problem } from '../errors.ts'
import type { Ending } from './chain.ts'
import { type ChoiceFacts, TOOLCHAIN_MODULE } from './choice.ts'
import { findContentHoles, findToolchainHoles } from './holes.ts'
import { exposedPatterns, type PrivatePatterns, uncheckedPatterns } from './private.ts'
import type { SumdbChoice } from './sumdb.ts'

/** Which candidates may stand in a chain of ours. */
export interface MirrorRule {
  readonly allows: (candidate: Candidate) => boolean
  /** Why not, when one was left out. */
  readonly warnings: readonly Problem[]
}

/**
 * A public mirror is only as good as the check behind it. No mirror is allowed without the checksum database, if go would
 * ask it for unchecked modules, or with a Go whose check it could defeat. If GOPROXY does not end in `direct`, none is
 * allowed either if go would ask it for modules that look private, or for a toolchain that this Go does not check
 * reliably. A mirror in a configured GOPROXY stays, with a warning: that is the user's decision.
 */
export function ruleOnMirrors(
  facts: ChoiceFacts,
  sumdb: SumdbChoice,
  patterns: PrivatePatterns,
  ending: Ending,
): MirrorRule {
  const { mode, list } = facts.candidates
  const reason = findReason(facts, sumdb, patterns, ending)
  if (reason === undefined) return { allows: () => true, warnings: [] }
  // The official proxy is trusted with everything but private paths; in the default mode Go chose it, not the user.
  const official = reason.code === 'PUBLIC_PRIVATE_MODULES' && mode === 'named'
  const isMeant = ({ trust }: Candidate) => trust === 'mirror' || (official && trust === 'official')
  // Standby mirrors that were not asked need no warning.
  const asked = mode !== 'default' || facts.ranking?.joined !== undefined
  const names = list.filter(candidate => asked && isMeant(candidate)).map(candidate => candidate.name)
  const fate =
    mode === 'policy' ? `${names.join(', ')} stays, because GOPROXY names it.` : `Left out: ${names.join(', ')}.`
  const warning = { ...reason, message: `${fate} ${reason.message}` }
  return {
    allows: candidate => mode === 'policy' || !isMeant(candidate),
    warnings: names.length === 0 ? [] : [warning],
  }
}

function findReason(
  facts: ChoiceFacts,
  sumdb: SumdbChoice,
  patterns: PrivatePatterns,
  ending: Ending,
): Problem | undefined {
  // First, since it concerns more candidates than the others.
  const exposed = exposedPatterns(patterns)
  if (exposed.length > 0) {
    return {
      code: 'PUBLIC_PRIVATE_MODULES',
      message: `GONOPROXY sends private modules to proxies: ${exposed.join(', ')}. Public proxies must not see their names.`,
      hint: 'Name only proxies of your own, or unset GONOPROXY.',
    }
  }
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
      message: `GONOSUMDB exempts ${unchecked.join(', ')} from the check, but go asks proxies for these modules.`,
      hint: 'Add the same patterns to GONOPROXY or private-domains.',
    }
  }
  const holes = findContentHoles(facts)
  if (holes.length > 0 && !sumdb.bypassesProxies) {
    return {
      code: 'MIRROR_VULNERABLE_GO',
      message: `${facts.toolchain ?? facts.settings.version} can be deceived by a proxy (${holes.map(hole => hole.id).join(', ')}), and no checksum database could be reached directly.`,
      hint: 'Update Go, or let this machine reach sum.golang.org.',
    }
  }
  const missing = [...facts.privacy.missingPatterns, ...shelteredModules(facts)]
  if (missing.length > 0 && ending !== 'direct') {
    return {
      code: 'MIRROR_PRIVATE_MODULES',
      message: 'It would be asked for modules that look private.',
      hint: `Add to private-domains: ${missing.join(', ')}`,
    }
  }
  if (findToolchainHoles(facts).length > 0 && ending !== 'direct') {
    return {
      code: 'MIRROR_TOOLCHAIN',
      message: `It would serve ${facts.toolchain}, and ${facts.settings.version} does not check toolchains reliably.`,
      hint: 'Install the Go that go.mod asks for, update Go, or let the chain end with direct.',
    }
  }
  return undefined
}

/** Modules of earlier uses in the job, without their toolchains: how those are checked does not concern this project. */
function shelteredModules({ shelteredBefore = [] }: ChoiceFacts): readonly string[] {
  return shelteredBefore.filter(path => path !== TOOLCHAIN_MODULE)
}
