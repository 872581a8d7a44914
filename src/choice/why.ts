import type { Candidate } from '../candidates/candidate.ts'
import type { ChoiceFacts } from './choice.ts'
import { secondsOf } from './preference.ts'
import type { GoproxyPlan } from './rounds.ts'

/** Why GOPROXY is what it is, in plain words: only what was measured is called measured. */
export function whyGoproxy(facts: ChoiceFacts, { exported, goproxy, rounds, inRounds }: GoproxyPlan): string {
  const [first] = exported
  if (first !== undefined) return whyChosen(facts, first, inRounds)
  if (goproxy === 'off' && facts.candidates.mode === 'named') return 'no candidate can be used, and fallback is off'
  if (goproxy !== facts.settings.GOPROXY.value) return 'the input fallback sets its last entry'
  switch (facts.candidates.mode) {
    case 'none':
      return 'it names no proxy, so it stays as it was'
    case 'policy':
      return 'it was configured, so it is the only candidate'
    case 'named':
      return rounds.length === 0 ? 'no candidate can be used' : 'no candidate can be used by later steps'
    case 'default':
      return rounds.length === 0 ? 'no candidate can be used' : whyOfficial(facts)
  }
}

function whyOfficial({ ranking }: ChoiceFacts): string {
  if (ranking === undefined) return 'no other was named, and nothing was measured'
  const official = ranking.measurements.find(({ candidate }) => candidate.trust === 'official')
  if (official?.sumdb === 'broken') return 'no other was named'
  if (ranking.joined === undefined) return 'the official proxy is good here'
  return ranking.measurements.some(({ usable }) => usable)
    ? 'the official proxy is good enough here: no mirror saves 30 % and 2 s'
    : 'none that was measured can be used, so it stays as it was'
}

function whyChosen(
  { ranking, inputs, answered }: ChoiceFacts,
  first: Candidate,
  mayBeFirst: readonly Candidate[],
): string {
  const name = hostOf(first) ?? first.name
  if (ranking === undefined)
    return answered === undefined ? 'the candidates in the order given' : 'those that answered, in the order given'
  if (ranking.measurements.some(one => one.candidate === first && one.isCold))
    return inputs.selection === 'ordered'
      ? `${name} is the first that works`
      : `${name} has yet to fetch these modules, and no other can be used`
  if (!ranking.measurements.some(({ usable }) => usable))
    return `modules came from ${name}, although it failed when measured`
  if (inputs.selection === 'ordered') return `${name} is the first that works`
  const usable = ranking.measurements.filter(measurement => measurement.usable)
  if (usable.length === 1)
    return ranking.measurements.some(one => one.isCold)
      ? `${name} is the only one that has these modules`
      : `${name} is the only one that works`
  const own = usable.find(({ candidate }) => candidate === first)
  const faster = usable.filter(other => own === undefined || secondsOf(other) < secondsOf(own))
  if (faster.length === 0) return `${name} is the fastest measured`
  if (!faster.some(({ candidate }) => mayBeFirst.includes(candidate)))
    return `${name} is the fastest that later steps may use`
  const rank = first.incumbent
    ? 'GOPROXY named it before'
    : first.trust === 'official'
      ? 'it is the official one'
      : faster.some(({ candidate }) => candidate.trust === 'mirror') && first.trust !== 'mirror'
        ? 'it is more trusted'
        : 'the download has begun with it'
  return `${name} is as fast as the fastest within 10 %, and ${rank}`
}

function hostOf(candidate: Candidate): string | undefined {
  const [entry] = candidate.list.entries
  return entry !== undefined && !candidate.configured && URL.canParse(entry.url) ? new URL(entry.url).host : undefined
}
