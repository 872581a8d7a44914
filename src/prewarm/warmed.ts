import type { Problem } from '../errors.ts'
import type { ModuleVersion } from '../go/module.ts'
import { count } from '../text/count.ts'
import type { WarmCode } from './answer.ts'
import type { LeftOutProxy } from './audience.ts'
import type { FailedFile, FailedFileAt, ProxyWarmth } from './tally.ts'
import type { WarmRun } from './warm.ts'

/** How warm the proxies are now. */
export interface WarmResult {
  readonly proxies: readonly ProxyWarmth[]
  /** Proxies that are named and were not asked. */
  readonly leftOut: readonly LeftOutProxy[]
  /** Modules that go asks no proxy for. */
  readonly noProxy: readonly ModuleVersion[]
  /** The user stopped it, or `timeout` did. */
  readonly stopped: 'by the user' | 'by timeout' | undefined
  readonly seconds: number
}

/**
 * The figures of each proxy. What one lacks counts as a failure unless a proxy behind it in GOPROXY is there for that.
 * @param isSheltered whether a module is private or looks so: no proxy that was left out may be there for it
 */
export function toWarmth(
  runs: readonly WarmRun[],
  leftOut: readonly LeftOutProxy[],
  isSheltered: (modulePath: string) => boolean,
): readonly ProxyWarmth[] {
  return runs.map(({ target, tally, notAsked, gaveUp, lowestRate, ms }) => {
    const isElsewhere = ({ code, module, target: file }: FailedFileAt) =>
      code === 'PREWARM_MISSING' &&
      target.behind.some(
        name =>
          (!isSheltered(module.path) && leftOut.some(one => one.name === name)) ||
          runs.some(run => run.target.name === name && run.tally.right().has(file)),
      )
    const failures = tally.failures()
    return {
      name: target.name,
      trust: target.trust,
      ...tally.figures(),
      lowestRate,
      failed: failures
        .filter(one => !isElsewhere(one))
        .map(({ module, kind, code, reason }) => ({ module, kind, code, reason })),
      elsewhere: failures.filter(isElsewhere).length,
      notAsked,
      gaveUp,
      ms,
    }
  })
}

/** Whether the first job finds everything there. */
export function isWarm({ proxies, stopped }: WarmResult): boolean {
  return stopped === undefined && proxies.every(({ failed, notAsked }) => failed.length === 0 && notAsked === 0)
}

/** Most failures that are named; of the rest only the number is given. */
export const MOST_NAMED = 20

/** A failure with the proxy that it is of. */
export interface NamedFailure extends FailedFile {
  readonly proxy: string
}

/** All failures, in the order of the proxies. */
export function failuresOf({ proxies }: WarmResult): readonly NamedFailure[] {
  return proxies.flatMap(({ name, failed }) => failed.map(one => ({ ...one, proxy: name })))
}

/** What is wrong, one problem for each kind of failure and for each proxy that was given up. */
export function problemsOf(result: WarmResult): readonly Problem[] {
  const failures = failuresOf(result)
  const codes = [...new Set(failures.map(({ code }) => code))]
  return [
    ...codes.map(code =>
      problemOf(
        code,
        failures.filter(one => one.code === code),
      ),
    ),
    ...result.proxies.flatMap(({ name, gaveUp, notAsked }) =>
      gaveUp === undefined ? [] : [givenUp(name, gaveUp, notAsked)],
    ),
    ...(result.stopped === 'by timeout' ? [OUT_OF_TIME] : []),
  ]
}

function problemOf(code: WarmCode, failures: readonly NamedFailure[]): Problem {
  const [first] = failures
  const more = failures.length > 1 ? `, and ${count(failures.length - 1, 'more file')}` : ''
  const what = first === undefined ? '' : `${nameOf(first)} from ${first.proxy}: ${first.reason}`
  return { code, message: `${what}${more}.`, hint: HINTS[code] }
}

/** `example.com/a@v1.0.0 (zip)`. */
export function nameOf({ module, kind }: Pick<FailedFile, 'module' | 'kind'>): string {
  return `${module.path}@${module.version} (${kind})`
}

const HINTS: Readonly<Record<WarmCode, string>> = {
  PREWARM_MISSING:
    'Does the proxy reach the source of the module, and may it read it? List private modules that it should not serve in GONOPROXY.',
  PREWARM_DENIED:
    'Give the login that jobs use, in GO_PROXY_SETUP_CREDENTIALS or a netrc file. A login that only a command of GOAUTH has cannot be used here.',
  PREWARM_REFUSED: 'Run it again with a lower --rate or --at-once, or raise the proxy’s limit for this machine.',
  PREWARM_WRONG_CONTENT:
    'Jobs will refuse this file. If `go-proxy-setup run` finds that go.sum is right, remove the module from the proxy’s storage and let it fetch it anew.',
  PREWARM_NO_ANSWER: 'Can this machine reach it? `go-proxy-setup doctor` looks at each step on the way.',
  PREWARM_FAILED: 'Look at the proxy’s log, and run it again: the proxy keeps what it has fetched.',
  PREWARM_NOT_STORED: 'Free space in the temporary directory, or name another one with TMPDIR.',
}

function givenUp(name: string, why: string, notAsked: number): Problem {
  return {
    code: 'PREWARM_GIVEN_UP',
    message: `${name} was given up: ${why}. ${count(notAsked, 'file was', 'files were')} not asked for.`,
    hint: 'Fix that, and run it again: the proxy keeps what it has fetched.',
  }
}

const OUT_OF_TIME: Problem = {
  code: 'PREWARM_TIMEOUT',
  message: '`timeout` ended before every proxy had everything.',
  hint: 'Raise --timeout, or run it again: the proxies keep what they have fetched.',
}
