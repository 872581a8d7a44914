import type { Measurement, Ranking } from '../benchmark/ranking.ts'
import { WRONG_CONTENT } from '../benchmark/sample.ts'
import type { Candidate, Candidates } from '../candidates/candidate.ts'
import type { Choice, ChoiceFacts } from '../choice/choice.ts'
import { choose } from '../choice/choose.ts'
import type { Download } from '../download/download.ts'
import type { GatewayFigures } from '../gateway/telling/events.ts'
import type { Chosen } from './measure.ts'
import type { Ready } from './ready.ts'
import { sparingRefused } from './refused.ts'

/**
 * Chooses for later steps, with what was learned while go ran. The winner, from which modules came, stays first unless
 * it may not be used any more.
 */
export async function chooseAgain(
  { prepared }: Ready,
  { facts, choice, asking, completeRanking }: Chosen,
  { download, gateway }: { readonly download: Download | undefined; readonly gateway: GatewayFigures | undefined },
): Promise<Pick<ChoiceFacts, 'ranking'> & { readonly choice: Choice }> {
  const { candidates } = prepared
  const ranking = sparing(await completeRanking(), download?.spared ?? [])
  const isUnasked = asking === undefined && ranking === undefined
  const learned: ChoiceFacts = {
    ...facts,
    ranking,
    answered: isUnasked ? undefined : [...((await asking) ?? []), ...sourcesIn(candidates, download, gateway)],
    winner: choice.usable ? choice.upstreams[0] : undefined,
    excluded: download === undefined ? [] : misbehaved(candidates, download),
  }
  return { ranking, choice: choose(sparingRefused(learned, prepared)) }
}

/** Candidates whose wrong content was settled in their favour count as good. */
function sparing(ranking: Ranking | undefined, spared: Download['spared']): Ranking | undefined {
  if (ranking === undefined || spared.length === 0) return ranking
  const isSpared = ({ candidate, verdict, probes }: Measurement) =>
    verdict === 'tampered' &&
    probes
      .filter(({ outcome }) => outcome === WRONG_CONTENT)
      .every(({ object }) => spared.some(({ target, except }) => target === object && !except.includes(candidate.name)))
  const measurements = ranking.measurements.map(one =>
    isSpared(one)
      ? { ...one, verdict: 'ok' as const, usable: true, reason: 'the different line in go.sum is not its fault' }
      : one,
  )
  return { ...ranking, measurements }
}

function misbehaved({ list }: Candidates, { quarantined }: Download): readonly string[] {
  return list
    .filter(({ name, list }) => quarantined.includes(name) || list.entries.some(({ url }) => quarantined.includes(url)))
    .map(({ name }) => name)
}

/** The candidates that gave modules, to the gateway or to go itself. */
function sourcesIn(
  { list }: Candidates,
  download: Download | undefined,
  gateway: GatewayFigures | undefined,
): readonly Candidate[] {
  const given = (gateway?.upstreams ?? []).filter(({ requests, failures }) => requests > failures)
  const names = new Set(given.map(({ name }) => name))
  const urls = new Set(download?.answered.values())
  return list.filter(({ name, list: { entries } }) => names.has(name) || entries.some(({ url }) => urls.has(url)))
}
