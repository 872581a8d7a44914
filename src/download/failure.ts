import { basename } from 'node:path'
import type { Environment } from '../effects.ts'
import { type Problem, STOPPED_CODE } from '../errors.ts'
import type { PlaceAnswer } from '../gateway/telling/answers.ts'
import { classifyGoError, type GoFailure } from '../go/failure.ts'
import { redactUrl } from '../go/goproxy.ts'
import type { NamedLine } from '../project/lines.ts'
import { coveringPattern } from '../project/privacy.ts'
import type { ModuleDirectory } from '../project/project.ts'
import { count } from '../text/count.ts'
import { writeDuration } from '../text/duration.ts'
import { sanitizeLine } from '../text/sanitiser.ts'
import { type Ahead, nameAhead } from './ahead.ts'
import { wantsLogin } from './answers.ts'
import type { AttemptEnd } from './attempt.ts'
import { fitHint, type ProxySetup } from './setup.ts'

/** Where we ended go, its words do not say why. */
export function failureOf(end: AttemptEnd, ahead: Ahead | undefined): GoFailure {
  const base = { module: undefined, text: '' }
  switch (end.how) {
    case 'stalled':
      return {
        ...base,
        code: 'DOWNLOAD_STALLED',
        retry: 'rounds',
        message: 'The download stalled.',
        hint: SILENCE_HINT,
      }
    case 'timed out':
      return {
        ...base,
        code: 'DOWNLOAD_TIMEOUT',
        // Where there is still time, it was kept for the last try.
        retry: 'rounds',
        message: end.silent
          ? 'The download did not finish in time, and no more data was arriving.'
          : 'The download timed out.',
        // More time brings nothing from a proxy that is silent.
        hint: end.silent ? SILENCE_HINT : 'Raise `timeout`, or {another}.',
      }
    case 'cancelled':
      return { ...base, code: STOPPED_CODE, retry: 'never', message: 'The download was stopped.', hint: '' }
    default:
      return cleaned(classifyGoError(nameAhead(end.words, ahead)))
  }
}

const SILENCE_HINT = 'A proxy accepted the connection and then sent nothing: {another}.'

/** go's words quote peers: one harmless line of them, without the signatures of URLs, nor the mark that it is go's. */
function cleaned(failure: GoFailure): GoFailure {
  const own = withoutFileLines(failure.text).replace(/^go: /, '')
  // The sentence before it names the module.
  const text =
    failure.module !== undefined && own.startsWith(`${failure.module}: `) ? own.slice(failure.module.length + 2) : own
  return { ...failure, text: redactUrl(sanitizeLine(text, WORDS_BYTES)) }
}

/**
 * go quotes the line of a go.mod that it cannot read. The project's own were read before; a module that stands in a
 * directory may have a link there, to any file of this machine.
 */
function withoutFileLines(text: string): string {
  return text.replace(/(\.(?:mod|work):\d+(?::\d+)?:)[\s\S]*$/, '$1 …')
}

const WORDS_BYTES = 500

/** All that go said, line by line. Foreign text; what must not be shown is cut. */
export function saidLines(words: string, ahead: Ahead | undefined): readonly string[] {
  return nameAhead(words, ahead)
    .split('\n')
    .map(line => redactUrl(withoutFileLines(line)).trimEnd())
    .filter(line => line !== '')
}

/** What is known of a failure beside go's decisive line. */
export interface FailureFacts {
  /** Of each place that was asked for the module. */
  readonly answers: readonly PlaceAnswer[]
  /** The line of go.mod that requires it. */
  readonly line: NamedLine | undefined
  readonly route?: Route | undefined
  /** How many other modules failed with it. */
  readonly others: number
  readonly setup: ProxySetup
  readonly env: Environment
  /** Where we ended go. */
  readonly unfinished?: Unfinished | undefined
}

/** How a module that failed is connected with go.mod. */
export interface Route {
  /** What was asked for, as `path@version`: the module, or what replaces it. */
  readonly asked: string
  /** What go.mod names. */
  readonly named: string
  /** In words; undefined: go.mod names the module itself. */
  readonly through: string | undefined
}

/** What a download lacked when it was ended. */
export interface Unfinished {
  /** Modules, as `path version`. */
  readonly left: readonly string[]
  readonly of: number
  /** The GOPROXY that was asked, without passwords. */
  readonly from: string
  readonly timeoutMs: number
}

/** The module and its line, the cause, what each place answered in a line of its own, and what to do. */
export function toProblem(failure: GoFailure, directory: ModuleDirectory, facts: FailureFacts): Problem {
  const { line, setup, env } = facts
  const { code, message, hint } = withQuestion(failure, facts)
  const path = (facts.route?.asked ?? failure.module)?.split('@')[0]
  const words = quote(failure, facts)
  return {
    code,
    message: [
      `${subject(failure, directory, facts)} ${withNames(message, directory)}${howFar(failure, facts)}${words}`.trim(),
      ...answerLines(failure, facts),
    ].join('\n'),
    hint: withNames(withVersion(fitHint(hint, setup, path && coveringPattern(path, env)), failure), directory),
    ...(line === undefined ? {} : { at: { file: line.file, line: line.line } }),
  }
}

/** How much was missing, of what, and where it was to come from. */
function howFar({ code }: GoFailure, { unfinished }: FailureFacts): string {
  if (unfinished === undefined || unfinished.left.length === 0) return ''
  const { left, of, from, timeoutMs } = unfinished
  const limit = code === 'DOWNLOAD_TIMEOUT' ? ` within \`timeout: ${writeDuration(timeoutMs)}\`` : ''
  const [first] = left
  const which = left.length === 1 ? ` (${first})` : `, ${first} among them`
  return ` ${left.length} of ${count(of, 'module')} had not arrived${limit}${which}. The download used GOPROXY=${from}.`
}

/** `Install that Go` with the version that go asks for. */
function withVersion(hint: string, { text }: GoFailure): string {
  const version = /requires go >= (\d[\w.]*)/.exec(text)?.[1]
  return version === undefined ? hint : hint.replace('that Go', `Go ${version}`)
}

function subject(
  { code, module }: GoFailure,
  { name }: ModuleDirectory,
  { line, others, route }: FailureFacts,
): string {
  const directory = name === '.' ? '' : ` (in ${name})`
  if (code === STOPPED_CODE) return ''
  if (module === undefined)
    return line === undefined
      ? `go mod download failed${directory}.`
      : `go mod download failed (${line.name}:${line.line}).`
  const through = route?.through === undefined ? [] : [route.through]
  const at = line === undefined ? [] : [`${line.name}:${line.line}`]
  const where = line === undefined && through.length === 0 ? directory : ` (${[...through, ...at].join(', ')})`
  const more = others === 0 ? '' : ` and ${count(others, 'other module')}`
  return `${module.replace('@', ' ')}${where}${more} could not be downloaded.`
}

/** A module that no proxy has, on a host that asks who we are. Public hosts ask so for what does not exist, too. */
function withQuestion(
  failure: GoFailure,
  { answers, line, setup, env, route }: FailureFacts,
): Pick<Problem, 'code' | 'message' | 'hint'> {
  const host = answers.find(wantsLogin)
  const proxies = answers.filter(one => one !== host)
  if (host === undefined || !proxies.every(({ absent }) => absent)) return failure
  const pattern = coveringPattern((route?.asked ?? failure.module ?? host.name).split('@')[0] ?? '', env)
  const wants = `${host.name} wants a login: a private module, or a typo?`
  const typo = line === undefined ? 'its path and version' : `path and version at ${line.name}:${line.line}`
  return {
    code: failure.code,
    message:
      proxies.length === 0 ? wants.replace(/^./, letter => letter.toUpperCase()) : `No proxy has it, and ${wants}`,
    hint:
      setup === 'private-proxy'
        ? `Check ${typo}. If it is private, may the login of \`private-proxy\` read it?`
        : `If it is private, set \`private-domains: ${pattern}\` and add a line \`${host.name} TOKEN\` to credentials. If not, check ${typo}.`,
  }
}

/** go's own words, where no answer of a place tells the same. */
function quote({ text }: GoFailure, { answers }: FailureFacts): string {
  return text === '' || answers.length > 0 ? '' : ` go says: ${text}`
}

/** What a server wrote about its failure stands behind its own answer. */
function answerLines({ text }: GoFailure, { answers }: FailureFacts): readonly string[] {
  const [, url = '', said = ''] = /reading (\S+): .*?server response: (.*)$/.exec(text) ?? []
  return answers.map(({ name, answer }) => {
    const isQuoted = url.startsWith(`${name}/`) && said !== '' && !answer.includes(said)
    return `  ${name}: ${answer}${isQuoted ? `: ${said}` : ''}`
  })
}

/** Our words say go.mod and go.sum also where `-modfile` names others. */
function withNames(text: string, { kind, modFiles: [modFile], sumFiles: [sumFile] }: ModuleDirectory): string {
  // There go keeps sums in several files, and `go mod tidy` works on one module alone.
  if (kind === 'workspace')
    return text.replace('`go mod tidy` and commit go.sum', '`go work sync` and commit what it changes')
  if (modFile === undefined || sumFile === undefined) return text
  return text.replace(/\bgo\.mod\b/g, () => basename(modFile)).replace(/\bgo\.sum\b/g, () => basename(sumFile))
}
