import type { Choice } from '../../choice/choice.ts'
import type { Environment } from '../../effects.ts'
import type { Problem } from '../../errors.ts'
import { loginsIn, parseGoproxy } from '../../go/goproxy.ts'
import { ORIGINAL_VARIABLE, parseOriginals } from '../../settings/original.ts'
import { ALWAYS, type Variable, withOriginals } from '../variables.ts'
import type { WrittenForm } from './target.ts'

/** Who reads settings later: the developer of this machine, or an image or server elsewhere, on another day. */
export type SettingsPurpose = 'development' | 'production'
export const PURPOSES: readonly SettingsPurpose[] = ['development', 'production']

/**
 * What a file says for good: every setting that is not go’s own default, wherever it came from, since the file is
 * read where the environment of today is not. go's own file has the user's lines already.
 */
export function planWritten(choice: Choice, env: Environment, form: WrittenForm): readonly Variable[] {
  const list = choice.settings
    .filter(({ scope }) => scope === 'job')
    .filter(({ changed, from }) => form !== 'go-env' || changed || from !== 'go env -w')
    .filter(
      ({ name, value, changed, from }) => changed || (value !== '' && (from !== 'default' || ALWAYS.includes(name))),
    )
    .map(({ name, value }) => ({ name, value }))
  return form === 'go-env' ? list : withOriginals(list, env, choice.carried)
}

/** Settings for a purpose, and what the user should know of them. */
export interface ForPurpose {
  readonly variables: readonly Variable[]
  readonly warnings: readonly Problem[]
}

/**
 * The same for production: no mirror that the user did not name, for it was the best only here and today, and nothing
 * that is for this machine or for this program's next use on it.
 * @param how what the user asked for: `env --write go-env`
 */
export function forProduction(how: string, variables: readonly Variable[], { laterTail }: Choice): ForPurpose {
  const elsewhere = variables.filter(({ name }) => name !== ORIGINAL_VARIABLE && !OF_THIS_MACHINE.includes(name))
  const unnamed = elsewhere.filter(({ name, value }) => name === 'GOPROXY' && laterTail !== '' && value !== laterTail)
  return {
    variables: elsewhere.map(one => (unnamed.includes(one) ? { ...one, value: laterTail } : one)),
    warnings: [
      ...variables.filter(({ name }) => OF_THIS_MACHINE.includes(name)).map(({ name }) => leftOut(how, name)),
      ...unnamed.map(() => unnamedMirror(how, laterTail)),
    ],
  }
}

const OF_THIS_MACHINE: readonly string[] = ['PATH', 'GOROOT']

/** What is known of this run when something is written. */
export interface RunFacts {
  /** Hides the secrets that this run knows. */
  readonly redact: (text: string) => string
  /** Where this run keeps its files. */
  readonly temporaryDirectory: string
}

/**
 * What must not stand in a file, with the remedy: a login, and what ends with this run. All of it, not the variable alone,
 * is kept back: without GOPROXY the others would send private names to go's default.
 * @param how what the user asked for: `env --write go-env`
 */
export function findEphemeral(how: string, variables: readonly Variable[], facts: RunFacts): readonly Problem[] {
  const before = variables.filter(({ name }) => name === ORIGINAL_VARIABLE).flatMap(({ value }) => originalsIn(value))
  const withLogins = [...variables, ...before].filter(
    ({ name, value }) => hasLogin(name, value) || facts.redact(value) !== value,
  )
  const names = [...new Set(withLogins.map(({ name }) => name))]
  // Where the variable itself can be named, the JSON around it is no help.
  const told = names.length > 1 ? names.filter(name => name !== ORIGINAL_VARIABLE) : names
  if (told.length > 0) return told.map(name => withLogin(how, name))
  return variables.flatMap(({ name, value }) => {
    if (/\bhttp:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32,}/.test(value)) return [ofGateway(how, name)]
    return value.includes(facts.temporaryDirectory) ? [ofThisRun(how, name)] : []
  })
}

/** What the environment held, as variables of their own names. */
function originalsIn(value: string): readonly Variable[] {
  return Object.entries(parseOriginals(value)).flatMap(([name, { original }]) =>
    original === null ? [] : [{ name, value: original }],
  )
}

/** In front of an `@`; for go, in GOPROXY, with or without a scheme. */
function hasLogin(name: string, value: string): boolean {
  return (name === 'GOPROXY' && loginsIn(value).length > 0) || /:\/\/[^/?#\s,|"]*@/.test(value)
}

/** What holds on this machine only. */
export function findLocal(how: string, variables: readonly Variable[]): readonly Problem[] {
  return variables.flatMap(({ name, value }) =>
    urlsOf(name, value)
      .filter(isLocal)
      .map(() => local(how, name))
      .slice(0, 1),
  )
}

function urlsOf(name: string, value: string): readonly string[] {
  if (name === 'GOSUMDB') return value.split(/\s+/).filter(word => word.includes('://'))
  if (name !== 'GOPROXY') return []
  const list = parseGoproxy(value)
  return list.ok ? list.value.entries.map(({ url }) => url) : []
}

function isLocal(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'file:' || /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
}

/** Of a value that a file takes, and that something else goes before. */
export function findOverridden(variables: readonly Variable[], env: Environment, file: string): readonly Problem[] {
  return variables
    .filter(({ name, value }) => (env[name] ?? '') !== '' && env[name] !== value)
    .map(({ name }) => ({
      code: 'ENV_WRITE_OVERRIDDEN',
      message: `${name} is set in the environment to something else, and go takes that before what stands in ${file}.`,
      hint: `Unset ${name} where your shell or CI system sets it.`,
    }))
}

function withLogin(how: string, name: string): Problem {
  return {
    code: 'ENV_WRITE_LOGIN',
    message: `${how}: ${name} has a login, and a login is never written to a file.`,
    hint: `Take it out of ${name}, and give it where go runs: in ~/.netrc, by GOAUTH, or as a secret variable of the CI system or server.`,
  }
}

function ofGateway(how: string, name: string): Problem {
  return {
    code: 'ENV_WRITE_GATEWAY',
    message: `${how}: ${name} has the address of a gateway that ends with this job, so it is never written to a file.`,
    hint: 'Run it outside of exec, and in a job before the step with `gateway: job`.',
  }
}

function ofThisRun(how: string, name: string): Problem {
  return {
    code: 'ENV_WRITE_OF_THIS_RUN',
    message: `${how}: ${name} names a file that is removed when this run ends, so it is never written to a file.`,
    hint: `Give ${name} where go runs.`,
  }
}

function leftOut(how: string, name: string): Problem {
  return {
    code: 'ENV_STAYS_HERE',
    message: `${how} leaves out ${name}: it names directories of this machine, where Go was installed.`,
    hint: 'Install Go where it is needed, or use an image that has it.',
  }
}

function unnamedMirror(how: string, goproxy: string): Problem {
  return {
    code: 'ENV_PRODUCTION_UNNAMED',
    message: `${how}: GOPROXY is ${goproxy}, without the mirror that was best here, which no input names.`,
    hint: 'If production is to use it, name it: --proxies public, or its URL.',
  }
}

function local(how: string, name: string): Problem {
  return {
    code: 'ENV_PRODUCTION_LOCAL',
    message: `${how}: ${name} names this machine (a loopback address or a file), which is another one in production.`,
    hint: 'Name proxies that production reaches: --proxies https://…',
  }
}
