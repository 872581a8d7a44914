import { failed, ok, type Result } from '../errors.ts'
import { parseGosumdb } from '../go/gosumdb.ts'
import { didYouMean, type Given, inputProblem, showGiven, splitLines } from './given.ts'
import { findNearest } from './nearest.ts'

/** As YAML 1.2 and the runner's own toolkit read it: `yes`, `1` and `on` would be guesses. */
export function parseBoolean(given: Given): Result<boolean> {
  if (/^(true|True|TRUE)$/.test(given.text)) return ok(true)
  if (/^(false|False|FALSE)$/.test(given.text)) return ok(false)
  return failed(inputProblem(given, 'BOOLEAN', `\`${showGiven(given)}\` is neither true nor false`))
}

/** One of some words, in lower case. */
export function parseChoice<const T extends string>(given: Given, allowed: readonly T[]): Result<T> {
  const found = allowed.find(word => word === given.text)
  if (found !== undefined) return ok(found)
  const advice = didYouMean(given, findNearest(given.text, allowed))
  return failed(inputProblem(given, 'CHOICE', `there is no \`${showGiven(given)}\``, undefined, advice))
}

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const

/** Milliseconds of `1500ms`, `1.5s`, `1h30m`; undefined for anything else. */
export function readDuration(text: string): number | undefined {
  if (!/^(\d{1,9}(\.\d{1,9})?(ms|s|m|h))+$/.test(text)) return undefined
  const parts = [...text.matchAll(/([\d.]+)(ms|s|m|h)/g)]
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS], 0)
}

/** Milliseconds. A bare number is refused: Go and GitHub count in seconds, Node in milliseconds. */
export function parseDuration(
  given: Given,
  { minimum, maximum }: { readonly minimum: string; readonly maximum: string },
): Result<number> {
  const ms = readDuration(given.text)
  if (ms !== undefined && ms >= (readDuration(minimum) ?? 0) && ms <= (readDuration(maximum) ?? 0)) return ok(ms)
  const shown = showGiven(given)
  if (ms !== undefined)
    return failed(inputProblem(given, 'DURATION_RANGE', `${shown} is outside ${minimum} to ${maximum}`))
  if (/^\d+(\.\d+)?$/.test(given.text)) {
    return failed(inputProblem(given, 'DURATION_UNIT', `\`${shown}\` has no unit`))
  }
  return failed(inputProblem(given, 'DURATION', `\`${shown}\` is no duration`))
}

export function parseInteger(
  given: Given,
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
): Result<number> {
  const value = /^\d{1,9}$/.test(given.text) ? Number(given.text) : undefined
  if (value !== undefined && value >= minimum && value <= maximum) return ok(value)
  return failed(
    inputProblem(given, 'INTEGER', `\`${showGiven(given)}\` is no whole number from ${minimum} to ${maximum}`),
  )
}

/** `auto`, or what GOSUMDB takes. A user name in its URL would be shown by every `go env`. */
export function parseSumdb(given: Given): Result<string> {
  const [value, second] = splitLines(given.text)
  if (value === undefined || second !== undefined) {
    return failed(inputProblem(given, 'SUMDB', 'it has to be one value on one line'))
  }
  if (value.text === 'auto') return ok('auto')
  if (value.text.includes('@')) {
    return failed(inputProblem(given, 'URL_USERINFO', `${value.shown} carries a user name, and GOSUMDB gets into logs`))
  }
  const parsed = parseGosumdb(value.text)
  if (parsed.ok) return ok(value.text)
  return failed(...parsed.problems.map(({ message }) => inputProblem(given, 'SUMDB', withoutFullStop(message))))
}

function withoutFullStop(sentence: string): string {
  return sentence.replace(/\.$/, '')
}

/** @param standardOutput whether `-` may be given for it, of which `/dev/stdout` is another name */
export function parsePath(given: Given, standardOutput: boolean): Result<string> {
  if (/[\0\r\n]/.test(given.text)) return failed(inputProblem(given, 'PATH', 'a path holds no line break and no NUL'))
  if (given.text !== '-' && given.text !== '/dev/stdout') return ok(given.text)
  if (standardOutput) return ok('-')
  const what = `\`${given.text}\` stands for standard output, which in a job is the log`
  return failed(inputProblem(given, 'PATH_STDOUT', what, undefined, 'Name a file.'))
}
