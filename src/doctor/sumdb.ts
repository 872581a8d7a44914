import { ALIAS_SUMDB } from '../go/gosumdb.ts'
import { type AnswerCause, causeOf, type ProbeAnswer } from './answer.ts'
import { type Finding, faultOf, good, skipped, warnOf } from './finding.ts'
import type { AskedProxy } from './proxies.ts'

/** How the checksum database itself answered. */
export interface DatabaseAnswer {
  readonly url: string
  readonly answer: ProbeAnswer
}

export interface SumdbFacts {
  /** Its name; undefined: GOSUMDB is off, or cannot be read. */
  readonly name: string | undefined
  /** GOSUMDB names a URL, so that no proxy is asked for it. */
  readonly bypassesProxies: boolean
  /** go needs it: some module has no line in go.sum. */
  readonly isNeeded: boolean
  /** The list in force, in its order, as far as go gets. */
  readonly proxies: readonly AskedProxy[]
  /** undefined: it was not asked. */
  readonly database: DatabaseAnswer | undefined
}

/** Who answers for the checksum database, as go asks: each proxy once, and the database itself where all say no. */
export function judgeSumdb(facts: SumdbFacts): readonly Finding[] {
  const { name, bypassesProxies, proxies, database } = facts
  if (name === undefined) return [skipped('checksum database', 'No checksum database is in use.')]
  if (!bypassesProxies) {
    for (const { name: proxy, answers, separator } of proxies) {
      const supported = answers.find(({ purpose }) => purpose === 'supported')
      if (supported === undefined) continue
      if (supported.kind === 'found') return judgeLookup(facts, proxy, answers)
      // go's own rule: other failures end here, unless `|` follows.
      if (supported.kind !== 'absent' && separator !== '|') return [brokenAt(facts, proxy, causeOf(supported))]
    }
  }
  if (database === undefined) return [skipped('checksum database', `${name} was not asked.`)]
  const cause = causeOf(database.answer)
  if (cause === undefined)
    return [good('checksum database', `${database.url} answers, in ${Math.round(database.answer.timings.totalMs)} ms`)]
  return [unreachable(facts, database.url, cause)]
}

/** It binds all of go's questions to it. */
function judgeLookup(facts: SumdbFacts, proxy: string, answers: readonly ProbeAnswer[]): readonly Finding[] {
  const lookup = answers.find(({ purpose }) => purpose === 'lookup')
  const cause = lookup && causeOf(lookup)
  if (lookup === undefined || cause === undefined)
    return [good('checksum database', `${proxy} passes ${facts.name} on`)]
  // It may not know of the one module that it was asked for.
  if (lookup.kind === 'absent' && !facts.isNeeded)
    return [good('checksum database', `${proxy} passes ${facts.name} on`)]
  return [brokenAt(facts, proxy, cause)]
}

function brokenAt(facts: SumdbFacts, proxy: string, cause: AnswerCause | undefined): Finding {
  const problem = {
    code: 'SUMDB_MIRROR_BROKEN',
    message: `${proxy} says that it passes the checksum database ${facts.name} on, but it ${cause?.does ?? 'does not'}; go then asks no other.`,
    hint: `Have go ask the database itself: GOSUMDB="${facts.name} https://${facts.name}". Or put another proxy first.`,
  }
  return facts.isNeeded
    ? faultOf('checksum database', problem)
    : warnOf('checksum database', { ...problem, message: `${problem.message} ${NOT_NOW}` })
}

const ELSEWHERE = 'run `go mod tidy` on a machine that can reach it, and commit go.sum.'

const NOT_NOW = 'go.sum has a line for every module, so go asks it for nothing now.'

function unreachable(facts: SumdbFacts, url: string, { does }: AnswerCause): Finding {
  const alias = facts.name === 'sum.golang.org' && !url.includes(ALIAS_SUMDB)
  const problem = {
    code: 'GO_SUMDB_FAILED',
    message: `The checksum database ${url} ${does}.`,
    hint: alias
      ? `Where that name is blocked, GOSUMDB=${ALIAS_SUMDB} is the same database. Or ${ELSEWHERE}`
      : ELSEWHERE.replace(/^r/, 'R'),
  }
  return facts.isNeeded
    ? faultOf('checksum database', problem)
    : warnOf('checksum database', { ...problem, message: `${problem.message} ${NOT_NOW}` })
}
