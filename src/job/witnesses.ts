import type { Candidate } from '../candidates/candidate.ts'
import type { SettingName } from '../choice/choice.ts'
import type { ModulePlace, Witnesses } from '../download/examine.ts'
import { databaseOf } from '../gateway/plan.ts'
import { normalizeProxyUrl, parseGoproxy, redactUrl } from '../go/goproxy.ts'
import type { Mismatch } from '../go/mismatch.ts'
import { joinPatterns, matchesPatterns } from '../go/patterns.ts'
import type { Chosen } from './measure.ts'
import type { Ready } from './ready.ts'

const REPOSITORY: ModulePlace = { name: 'its repository', kind: 'repository', goproxy: 'direct' }
/** Each of them costs a run of go. */
const MOST_PROXIES = 4

/** Who may be asked about a module whose content is disputed: only places that go could ask now. */
export function witnessesFor({ module: { path } }: Mismatch, ready: Ready, { choice, facts }: Chosen): Witnesses {
  const { settings, privacy, publicity, candidates } = ready.prepared
  const chosenValue = (name: SettingName) => choice.settings.find(setting => setting.name === name)?.value
  const goprivate = chosenValue('GOPRIVATE') ?? settings.GOPRIVATE.value
  const gonoproxy =
    chosenValue('GONOPROXY') ?? (settings.GONOPROXY.from === 'default' ? goprivate : settings.GONOPROXY.value)
  const gonosumdb = joinPatterns(chosenValue('GONOSUMDB') ?? settings.GONOSUMDB.value, privacy.patterns)
  const refused = publicity.refusals().some(one => one.path === path)
  const isSheltered = refused || privacy.isSheltered(path)
  const on = databaseOf(chosenValue('GOSUMDB') ?? settings.GOSUMDB.value) !== undefined
  const database = !on
    ? { why: 'GOSUMDB is off' }
    : matchesPatterns(gonosumdb, path)
      ? { why: 'GOPRIVATE or GONOSUMDB keeps its name from the checksum database' }
      : isSheltered
        ? { why: 'its name looks private, so the checksum database was not asked' }
        : ('may be asked' as const)
  if (matchesPatterns(gonoproxy, path)) return { sources: [REPOSITORY], database }
  const joined = facts.ranking?.measurements.map(({ candidate }) => candidate) ?? []
  const able = candidates.list.filter(one => one.starts === 'at once' || joined.includes(one))
  const heard = able.filter(({ trust }) => !isSheltered || trust !== 'mirror')
  const last = parseGoproxy(choice.tail || choice.lastTry)
  return {
    sources: sourcesOf(heard),
    ...(last.ok && last.value.ending === 'direct' ? { repository: REPOSITORY } : {}),
    database,
  }
}

function sourcesOf(candidates: readonly Candidate[]): readonly ModulePlace[] {
  const urls = candidates.flatMap(({ list }) => list.entries.map(({ url }) => url))
  const unique = new Map(urls.map(url => [normalizeProxyUrl(url), url]))
  return [...unique.values()].slice(0, MOST_PROXIES).map(url => ({ name: redactUrl(url), kind: 'proxy', goproxy: url }))
}
