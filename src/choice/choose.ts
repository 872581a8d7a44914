import type { Candidate } from '../candidates/candidate.ts'
import type { Problem } from '../errors.ts'
import { joinPatterns } from '../go/patterns.ts'
import type { Carried } from '../settings/original.ts'
import type { Sourced } from '../settings/settings.ts'
import type { Ending } from './chain.ts'
import { type Choice, type ChoiceFacts, type Setting, type SettingName, TOOLCHAIN_MODULE } from './choice.ts'
import { findToolchainHoles } from './holes.ts'
import { findBrokenLookups, warnOfLookups } from './lookups.ts'
import { ruleOnMirrors } from './mirrors.ts'
import { findReserve, orderCandidates } from './order.ts'
import { joinPrivatePatterns, type PrivatePatterns } from './private.ts'
import { endingOf, type GoproxyPlan, hasMirror, planRounds } from './rounds.ts'
import { chooseSumdb, type SumdbChoice } from './sumdb.ts'
import { whyGoproxy } from './why.ts'

/** Chooses go's settings from the facts, with a reason for each value. Pure: the same facts give the same choice. */
export function choose(facts: ChoiceFacts): Choice {
  const ending = endingOf(facts)
  const sumdb = chooseSumdb(facts)
  const patterns = joinPrivatePatterns(facts)
  const mirrors = ruleOnMirrors(facts, sumdb, patterns, ending)
  const broken = findBrokenLookups(facts, sumdb)
  const allowsInChain = (candidate: Candidate) => mirrors.allows(candidate) && !broken.has(candidate)
  const order = orderCandidates(facts, mirrors.allows)
  const sound = orderCandidates(facts, allowsInChain)
  const plan = planRounds(facts, { order, sound, allows: mirrors.allows, allowsInChain }, ending)
  const sheltered = shelter(facts, patterns, plan, ending)
  return {
    proxy: (sound[0] ?? order[0])?.name,
    settings: [
      goproxySetting(facts, plan),
      ...patternSettings(facts, sheltered),
      sumdbSetting(facts, sumdb),
      ...modulesSetting(facts),
    ],
    rounds: plan.rounds,
    upstreams: [...order, ...findReserve(facts, order, mirrors.allows)],
    tail: plan.tail,
    laterTail: facts.candidates.mode === 'default' ? plan.tail : plan.goproxy,
    lastTry: plan.lastTry,
    usable: plan.rounds.length > 0,
    carried: carriedOn(facts),
    warnings: [
      ...sumdb.warnings,
      ...mirrors.warnings,
      ...warnOfLookups(order, broken, plan),
      ...officialFailed(facts, plan.exported),
      ...namedFailed(facts, plan),
      ...toolchainWarning(facts),
    ],
  }
}

/**
 * No mirror is asked for what looks private, nor serves a toolchain to a Go whose check of it is weak: such modules go
 * direct. Only these, by exact path; GONOPROXY then no longer follows GOPRIVATE, so it takes that in.
 */
function shelter(facts: ChoiceFacts, patterns: PrivatePatterns, plan: GoproxyPlan, ending: Ending): PrivatePatterns {
  // Without `direct` mirrors were ruled out beforehand where there is something to shelter.
  if (ending !== 'direct') return patterns
  const hears = hasMirror([...plan.inRounds, ...plan.lastResort])
  const serves = hasMirror(plan.inRounds) && findToolchainHoles(facts).length > 0
  const paths = [
    ...(hears ? [...(facts.shelteredBefore ?? []), ...facts.privacy.looksPrivate.map(module => module.path)] : []),
    ...(serves ? [TOOLCHAIN_MODULE] : []),
  ]
  return paths.length === 0
    ? patterns
    : { ...patterns, gonoproxy: joinPatterns(patterns.gonoproxy ?? patterns.goprivate, ...paths) }
}

/** Sheltered whether or not a mirror is in play now: it may be in the next use. */
function carriedOn(facts: ChoiceFacts): Carried {
  const { privateDomains, privateProxy, sumdb, fallback } = facts.inputs
  const sheltered = [
    ...(facts.shelteredBefore ?? []),
    ...facts.privacy.looksPrivate.map(module => module.path),
    ...(findToolchainHoles(facts).length > 0 ? [TOOLCHAIN_MODULE] : []),
  ]
  return {
    privateDomains,
    sheltered: [...new Set(sheltered)],
    privateProxy: privateProxy === undefined ? undefined : { url: privateProxy, sumdb, fallback },
  }
}

function goproxySetting(facts: ChoiceFacts, plan: GoproxyPlan): Setting {
  const { value, from } = facts.settings.GOPROXY
  const changed = plan.goproxy !== value
  return {
    name: 'GOPROXY',
    value: plan.goproxy,
    from: changed ? 'go-proxy-setup' : from,
    why: whyGoproxy(facts, plan),
    changed,
    scope: plan.forLaterSteps ? 'job' : 'download',
  }
}

function patternSettings(facts: ChoiceFacts, patterns: PrivatePatterns): readonly Setting[] {
  const { settings, inputs } = facts
  const domains = inputs.privateDomains.length > 0 ? 'with private-domains' : 'as it was'
  const make = (name: 'GOPRIVATE' | 'GONOPROXY' | 'GONOSUMDB', value: string | undefined, why: string): Setting[] =>
    value === undefined || value === '' ? [] : [settingOf(name, value, settings[name], why)]
  const proxied = inputs.privateProxy !== undefined
  const sheltering = patterns.gonoproxy !== undefined && settings.GONOPROXY.from === 'default'
  return [
    ...make('GOPRIVATE', patterns.goprivate, domains),
    ...make(
      'GONOPROXY',
      patterns.gonoproxy,
      proxied
        ? 'private-proxy serves private modules'
        : sheltering
          ? 'modules that no mirror may see or serve'
          : domains,
    ),
    ...make('GONOSUMDB', patterns.gonosumdb, domains),
  ]
}

function settingOf(name: SettingName, value: string, before: Sourced<string>, why: string): Setting {
  // GONOPROXY shows GOPRIVATE's value while it is unset.
  const changed = value !== before.value || (before.from === 'default' && name !== 'GOSUMDB')
  return {
    name,
    value,
    from: changed ? 'go-proxy-setup' : before.from,
    why: changed ? why : 'as it was',
    changed,
    scope: 'job',
  }
}

function sumdbSetting(facts: ChoiceFacts, sumdb: SumdbChoice): Setting {
  return settingOf('GOSUMDB', sumdb.value, facts.settings.GOSUMDB, sumdb.why)
}

function modulesSetting(facts: ChoiceFacts): readonly Setting[] {
  if (facts.settings.GO111MODULE.value !== 'off') return []
  const why = 'GO111MODULE=off would forbid the download; later steps keep it'
  return [{ name: 'GO111MODULE', value: 'on', from: 'go-proxy-setup', why, changed: true, scope: 'download' }]
}

/** Warns whenever a mirror that the user did not name takes the official proxy's place. */
function officialFailed(facts: ChoiceFacts, exported: readonly Candidate[]): readonly Problem[] {
  if (facts.candidates.mode !== 'default' || exported[0]?.trust !== 'mirror') return []
  return [
    {
      code: 'MIRROR_INSTEAD_OF_OFFICIAL',
      message: `${exported[0].name} is used although you did not name it: ${facts.ranking?.joined ?? 'the official proxy fails here'}.`,
      hint: 'Name the candidates you want: `proxies: public`, or `proxies: official` to use no mirror.',
    },
  ]
}

/** Warns where proxies were named and later steps get none of them. */
function namedFailed({ candidates, answered, ranking, inputs }: ChoiceFacts, plan: GoproxyPlan): readonly Problem[] {
  if (candidates.mode !== 'named' || plan.exported.length > 0) return []
  const names = candidates.list.map(({ name }) => name).join(', ')
  const failed = ranking !== undefined ? 'can be used' : answered === undefined ? 'may be used' : 'answered'
  const fate =
    plan.goproxy === 'off' && plan.forLaterSteps
      ? 'Later steps get GOPROXY=off because of `fallback: off`'
      : 'GOPROXY stays as it was for later steps'
  return [
    {
      code: 'NO_CANDIDATE_EXPORTED',
      message: `None of the candidates ${failed}: ${names}. ${fate}.`,
      hint:
        inputs.privateProxy === undefined
          ? failed === 'may be used'
            ? 'Name another proxy in `proxies`; the other messages say what is wrong with this one.'
            : 'Name a proxy that this machine can reach; the table of candidates says what failed.'
          : 'Is the URL of `private-proxy` right, and may this machine reach it?',
    },
  ]
}

function toolchainWarning(facts: ChoiceFacts): readonly Problem[] {
  const holes = findToolchainHoles(facts)
  if (holes.length === 0) return []
  return [
    {
      code: 'TOOLCHAIN_CHECK_WEAK',
      message: `${facts.settings.version} will fetch ${facts.toolchain}, and its check of toolchains can be bypassed (${holes.map(hole => hole.id).join(', ')}).`,
      hint: 'Install the Go that go.mod asks for, or update Go.',
    },
  ]
}
