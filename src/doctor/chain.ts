import type { Candidates } from '../candidates/candidate.ts'
import type { GoproxyList } from '../go/goproxy.ts'
import { type Finding, good, notNeeded, warnOf } from './finding.ts'
import type { JudgedProxy } from './proxies.ts'

/** A list of proxies as go asks them, and what comes of it. */
export interface JudgedChain {
  /** What is asked: a candidate's name. */
  readonly name: string
  readonly works: boolean
  /** The proxy that serves; undefined: none, or the repositories themselves. */
  readonly via: string | undefined
  readonly findings: readonly Finding[]
}

/** Walks the list as go does: on after 404, and after any failure behind `|`. */
export function judgeChain(name: string, proxies: readonly JudgedProxy[], ending: GoproxyList['ending']): JudgedChain {
  const stopAt = proxies.findIndex(
    ({ state, separator }) => !(state === 'lacks' || (state === 'fails' && separator === '|')),
  )
  const stop = proxies[stopAt]
  if (stop === undefined) return judgeEnd(name, proxies, ending)
  const findings = proxies.flatMap((proxy, i) => {
    if (i === stopAt) return withWayOut(proxy, proxies.slice(stopAt + 1))
    if (i > stopAt)
      return asUnneeded(
        proxy,
        stop.state === 'works' ? `${stop.name}, which go asks first, works.` : `go never reaches it.`,
      )
    if (proxy.state === 'lacks') return asLack(proxy, stop)
    return asUnneeded(proxy, 'Each request tries it first and then goes on, which makes each one slower.')
  })
  const works = stop.state === 'works'
  return { name, works, via: works ? stop.name : undefined, findings }
}

/** No proxy of the list has it. */
function judgeEnd(name: string, proxies: readonly JudgedProxy[], ending: GoproxyList['ending']): JudgedChain {
  const direct = ending === 'direct'
  const why = 'go then asks the modules’ repositories, by git.'
  const findings = proxies.flatMap(proxy => (direct ? asUnneeded(proxy, why) : proxy.findings))
  return { name, works: direct, via: undefined, findings }
}

function asUnneeded({ findings }: JudgedProxy, why: string): readonly Finding[] {
  return findings.map(finding => notNeeded(finding, why))
}

/** That a private proxy has no public modules is as it should be. */
function asLack({ findings, name }: JudgedProxy, stop: JudgedProxy): readonly Finding[] {
  return findings.map(finding =>
    finding.judgement === 'fault'
      ? stop.state === 'works'
        ? good(finding.layer, `${name} has none of the public modules asked for; ${stop.name}, after it, does`)
        : { ...finding, judgement: 'warning' as const }
      : finding,
  )
}

/** Where one behind it works, another separator is a remedy. */
function withWayOut(stop: JudgedProxy, rest: readonly JudgedProxy[]): readonly Finding[] {
  const other = rest.find(({ state }) => state === 'works')
  if (stop.state !== 'fails' || other === undefined) return stop.findings
  const way = `${other.name}, after it in GOPROXY, works: put it first, or write \`|\` between the two.`
  return stop.findings.map(finding =>
    finding.judgement === 'fault' ? { ...finding, hint: `${finding.hint} ${way}`.trim() } : finding,
  )
}

/** The candidates and the list in force together: where one of the candidates works, the others are not needed. */
export function judgeChains(
  candidates: readonly JudgedChain[],
  inForce: JudgedChain | undefined,
  mode: Candidates['mode'],
): readonly Finding[] {
  const best = candidates.find(({ works }) => works)
  const findings = candidates.flatMap(one =>
    best === undefined || one === best
      ? one.findings
      : one.findings.map(finding => notNeeded(finding, `It is not needed: ${best.via ?? best.name} works.`)),
  )
  // Where proxies are named, GOPROXY as it stands is what go without this program would use.
  const plain = (inForce?.findings ?? []).map(finding =>
    mode === 'named'
      ? notNeeded(finding, 'It is what go alone uses in this shell; the proxies that you named are others.')
      : finding,
  )
  return [...findings, ...plain]
}

/** A dead official proxy, where a mirror that nobody named answers. */
export function withMirror(findings: readonly Finding[], mirror: string | undefined): readonly Finding[] {
  if (mirror === undefined) return findings
  const way = `${mirror} answers from here: \`go env -w GOPROXY=${mirror},direct\`. It is a public mirror, and learns the names of the modules that you use.`
  return findings.map(finding =>
    finding.judgement === 'fault' && /^https:\/\/proxy\.golang\.org /.test(finding.message)
      ? { ...finding, hint: `${finding.hint} ${way}`.trim() }
      : finding,
  )
}

/** So slow that a person notices, in milliseconds: a far proxy needs a tenth of it. */
const SLOW_MS = 1_000

/** Proxies that work, and take long over it. @param waits the longest first byte of each, by name */
export function findSlow(waits: ReadonlyMap<string, number>): readonly Finding[] {
  return [...waits].flatMap(([name, ms]) =>
    ms < SLOW_MS
      ? []
      : [
          warnOf('HTTP', {
            code: 'DOCTOR_PROXY_SLOW',
            message: `${name} takes ${Math.round(ms)} ms to begin a small answer.`,
            hint: '`go-proxy-setup bench --proxies "current public"` measures it beside others.',
          }),
        ],
  )
}
