import type { Trust } from '../candidates/candidate.ts'
import { fitHint, type ProxySetup } from '../download/setup.ts'
import { GO_MESSAGES } from '../go/messages.ts'
import { sanitizeLine } from '../text/sanitiser.ts'
import { type AnswerCause, causeOf, type ProbeAnswer, type Purpose } from './answer.ts'
import { type Finding, faultOf, good, warnOf } from './finding.ts'
import { layerOf } from './layer-of.ts'

/** One proxy of a list, with all that it answered. */
export interface AskedProxy {
  /** Its URL, without a login. */
  readonly name: string
  readonly trust: Trust
  /** What stands behind it in the list. */
  readonly separator: ',' | '|' | undefined
  readonly answers: readonly ProbeAnswer[]
  /** It was asked for a built-in set of public modules, which it need not have, and not for the project's own. */
  readonly pinned: boolean
}

/**
 * `works`: what go asks for comes, and is right. `lacks`: it does not have it, and go asks the next one. `fails`: go asks the
 * next one only behind `|`. `lies`: go does not ask the next one.
 */
export interface JudgedProxy extends Pick<AskedProxy, 'name' | 'separator' | 'trust'> {
  readonly state: 'works' | 'lacks' | 'fails' | 'lies'
  /** What is wrong with it is a fault here; whether it is one for the user, the list decides. */
  readonly findings: readonly Finding[]
}

/** What go needs of a proxy for every module. */
const NEEDED: readonly Purpose[] = ['go.mod', 'info', 'zip']

/** @param setup where the user named the proxy: what he can change depends on it */
export function judgeProxy(proxy: AskedProxy, setup: ProxySetup): JudgedProxy {
  const needed = proxy.answers.filter(({ purpose }) => NEEDED.includes(purpose))
  const failing = needed.flatMap(answer => {
    const cause = causeOf(answer)
    return cause === undefined ? [] : [{ answer, cause }]
  })
  const goMods = needed.filter(({ purpose }) => purpose === 'go.mod')
  const lacks = goMods.length > 0 && goMods.every(({ kind }) => kind === 'absent')
  // Of a module that it lacks, go asks the next one: that says nothing of the others.
  const faults = failing.filter(({ answer }) => answer.kind !== 'absent' || answer.purpose !== 'go.mod')
  const told = unique(faults).map(({ answer, cause }) => tell(proxy, answer, cause, setup))
  const state = faults.some(({ cause }) => isLie(cause))
    ? 'lies'
    : faults.length > 0
      ? 'fails'
      : lacks
        ? 'lacks'
        : 'works'
  const absent =
    state === 'lacks' ? failing.slice(0, 1).map(({ answer, cause }) => tell(proxy, answer, cause, setup)) : []
  return {
    name: proxy.name,
    separator: proxy.separator,
    trust: proxy.trust,
    state,
    findings: [...reached(proxy), ...told, ...absent, ...(state === 'works' ? oddities(proxy) : [])],
  }
}

/** Content that contradicts go.sum, or a zip that is none, ends go's run whatever the separator. */
function isLie({ code }: AnswerCause): boolean {
  return code === 'GO_CHECKSUM_MISMATCH'
}

/** A proxy that fails alike three times is told of once. */
function unique<T extends { readonly cause: AnswerCause }>(list: readonly T[]): readonly T[] {
  return [...new Map([...list].reverse().map(one => [one.cause.code, one])).values()].reverse()
}

function tell({ name }: AskedProxy, { detail }: ProbeAnswer, cause: AnswerCause, setup: ProxySetup): Finding {
  const words = detail === '' ? '' : ` It says: ${sanitizeLine(detail, DETAIL_BYTES)}`
  const hint = cause.hint ?? GO_MESSAGES.find(({ code }) => code === cause.code)?.hint ?? ''
  const problem = { code: cause.code, message: `${name} ${cause.does}.${words}`, hint: fitHint(hint, setup) }
  return faultOf(layerOf(cause.code), problem)
}

const DETAIL_BYTES = 200

/** The layers that the first connection got through. */
function reached({ name, answers }: AskedProxy): readonly Finding[] {
  const [first] = answers
  if (first === undefined) return []
  const { lookupMs, connectMs, tlsMs, firstByteMs } = first.timings
  const through = (layer: Finding['layer'], ms: number | null, what: string) =>
    ms === null ? [] : [good(layer, `${name}: ${what} in ${Math.round(ms)} ms`)]
  return [
    ...through('name lookup', lookupMs, 'resolved'),
    ...through('TCP', connectMs, 'connected'),
    ...through('TLS', tlsMs, 'secure connection'),
    ...(first.status === null ? [] : through('HTTP', firstByteMs, `first byte (${first.status})`)),
    ...answers.flatMap(({ purpose, content, object, timings }) =>
      content === 'right' && NEEDED.includes(purpose)
        ? [good('module protocol', `${name}: ${purpose} of ${object} is right, in ${Math.round(timings.totalMs)} ms`)]
        : [],
    ),
  ]
}

/** What go does not fail for, with a proxy that works. */
function oddities({ name, answers }: AskedProxy): readonly Finding[] {
  return answers.flatMap((answer): readonly Finding[] => {
    if (answer.purpose === 'control' && answer.kind === 'found') return [warnOf('module protocol', saysYes(name))]
    const cause = answer.purpose === 'list' ? causeOf(answer) : undefined
    if (cause !== undefined && answer.kind !== 'absent') return [warnOf('module protocol', noList(name, cause))]
    const isOneOfSeveral = answer.purpose === 'go.mod' && answer.kind === 'absent'
    return isOneOfSeveral ? [warnOf('module protocol', lacksOne(name, answer))] : []
  })
}

function saysYes(name: string) {
  return {
    code: 'DOCTOR_PROXY_SAYS_YES',
    message: `${name} answers 200 to a path that cannot exist, so it never tells that a module is missing.`,
    hint: 'It is not a working module proxy, or a login page answers in its place. Prefer another one.',
  }
}

function noList(name: string, { does }: AnswerCause) {
  return {
    code: 'DOCTOR_PROXY_LIST',
    message: `${name} has the files of modules, but for the list of their versions it ${does}.`,
    hint: '`go get -u` and `go list -m -versions` fail with it; `go mod download` does not. Tell its operator.',
  }
}

function lacksOne(name: string, { object, status }: ProbeAnswer) {
  return {
    code: 'HTTP_NOT_FOUND',
    message: `${name} does not have ${object} (${status}), although it has other modules.`,
    hint: 'Check its path and version. If it is private, cover it by a pattern in GOPRIVATE.',
  }
}
