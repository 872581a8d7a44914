import { failed, ok, type Result } from '../errors.ts'
import { parseGosumdb } from '../go/gosumdb.ts'
import { showCharacters } from '../text/characters.ts'
import { parseWanted, type WantedGo } from '../toolchain/wanted.ts'
import { describeAllowed } from './allowed.ts'
import { readOrCorrect, readYesNo } from './correct.ts'
import { didYouMean, type Given, inputProblem, showGiven, splitLines } from './given.ts'
import { formProblem } from './lists.ts'
import { mendPath } from './mend.ts'
import { findNearest } from './nearest.ts'
import { rowOf } from './table.ts'

/** As YAML 1.2 and the runner's own toolkit read it: `yes`, `1` and `on` would be guesses. */
export function parseBoolean(given: Given): Result<boolean> {
  return readOrCorrect(given, readBoolean, text => {
    const meant = readYesNo(text)
    return meant === undefined ? [] : [String(meant)]
  })
}

function readBoolean(given: Given): Result<boolean> {
  if (/^(true|True|TRUE)$/.test(given.text)) return ok(true)
  if (/^(false|False|FALSE)$/.test(given.text)) return ok(false)
  return failed(inputProblem(given, 'BOOLEAN', `\`${showGiven(given)}\` is neither true nor false`))
}

/** One of some words, in lower case; those that are YAML's booleans in any of its cases. */
export function parseChoice<const T extends string>(given: Given, allowed: readonly T[]): Result<T> {
  const read = (one: Given) => readChoice(one, allowed)
  return readOrCorrect(given, read, text => {
    const meant = readYesNo(text)
    const same = meant === undefined ? [] : meant ? ['true', 'auto'] : ['false', 'off']
    return [text.toLowerCase(), text.toLowerCase().replace(/[\s_]+/g, '-'), ...same]
  })
}

function readChoice<T extends string>(given: Given, allowed: readonly T[]): Result<T> {
  const text = /^(True|TRUE|False|FALSE)$/.test(given.text) ? given.text.toLowerCase() : given.text
  const found = allowed.find(word => word === text)
  if (found !== undefined) return ok(found)
  const advice = didYouMean(given, findNearest(given.text, allowed))
  return failed(inputProblem(given, 'CHOICE', `\`${showGiven(given)}\` is not an allowed value`, { advice }))
}

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const

/** Milliseconds of `1500ms`, `1.5s`, `1h30m`; undefined for anything else. */
function readDuration(text: string): number | undefined {
  if (!/^(\d{1,9}(\.\d{1,9})?(ms|s|m|h))+$/.test(text)) return undefined
  const parts = [...text.matchAll(/([\d.]+)(ms|s|m|h)/g)]
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS], 0)
}

interface Range {
  readonly minimum: string
  readonly maximum: string
}

/** Milliseconds. A bare number is refused: Go and GitHub count in seconds, Node in milliseconds. */
export function parseDuration(given: Given, range: Range): Result<number> {
  return readOrCorrect(given, one => readInRange(one, range), respellDuration)
}

function readInRange(given: Given, { minimum, maximum }: Range): Result<number> {
  const ms = readDuration(given.text)
  const isWithin = (one: number) => one >= (readDuration(minimum) ?? 0) && one <= (readDuration(maximum) ?? 0)
  if (ms !== undefined && isWithin(ms)) return ok(ms)
  const shown = showGiven(given)
  if (ms !== undefined)
    return failed(inputProblem(given, 'DURATION_RANGE', `${shown} is outside ${minimum} to ${maximum}`))
  if (/^\d+(\.\d+)?$/.test(given.text)) {
    const units = UNIT_NAMES.filter(([unit]) => isWithin(readDuration(given.text + unit) ?? Number.NaN))
    const each = units.map(([unit, name]) => `\`${given.text}${unit}\` for ${name}`)
    const allowed = describeAllowed(rowOf(given.name))
    const advice = each.length === 0 ? undefined : `Allowed: ${allowed}. Write ${each.join(', ')}.`
    return failed(inputProblem(given, 'DURATION_UNIT', `\`${shown}\` has no unit`, { advice }))
  }
  return failed(inputProblem(given, 'DURATION', `\`${shown}\` is not a duration`))
}

const UNIT_NAMES = [
  ['ms', 'milliseconds'],
  ['s', 'seconds'],
  ['m', 'minutes'],
  ['h', 'hours'],
] as const

/** Units as they are written elsewhere. */
const UNIT_WORDS: readonly (readonly [RegExp, keyof typeof UNIT_MS, number])[] = [
  [/^(ms|msecs?|millis|milliseconds?)$/i, 'ms', 1],
  [/^(s|secs?|seconds?)$/i, 's', 1],
  [/^(m|mins?|minutes?)$/i, 'm', 1],
  [/^(h|hrs?|hours?)$/i, 'h', 1],
  [/^(d|days?)$/i, 'h', 24],
]

/** `10 sec`, `1,5 min`, `1_000ms`, `1h 30m`, `PT10M` in our own spelling. */
function respellDuration(text: string): readonly string[] {
  const plain = text
    .replace(/^P(?=[\dT])/i, '')
    .replace(/(?<=^|\d[dD])T(?=\d)/i, '')
    .replace(/(?<=\d)_(?=\d)/g, '')
    .replace(/(?<=\d),(?=\d{1,2}(\D|$))/, '.')
    .replace(/(?<!\d)\.(?=\d)/g, '0.')
    .replace(/^\+/, '')
    .replace(/\s+and\s+|[\s,]+/gi, '')
    .replace(/\.$/, '')
  if (!/^([\d.]+[a-z]+)+$/i.test(plain)) return []
  const parts = [...plain.matchAll(/([\d.]+)([a-z]+)/gi)].map(([, amount = '', word = '']) => {
    const [, unit, factor = 1] = UNIT_WORDS.find(([names]) => names.test(word)) ?? []
    return unit && (factor === 1 ? `${amount}${unit}` : `${Number(amount) * factor}${unit}`)
  })
  return parts.includes(undefined) ? [] : [parts.join('')]
}

interface Bounds {
  readonly minimum: number
  readonly maximum: number
}

export function parseInteger(given: Given, bounds: Bounds): Result<number> {
  return readOrCorrect(
    given,
    one => readInteger(one, bounds),
    text => [
      text
        .replace(/[_'\s](?=\d)/g, '')
        .replace(/^\+/, '')
        .replace(/\.0*$/, '')
        .replace(/(?<=\d)\s*(x|times|retries|rounds)$/i, ''),
    ],
  )
}

function readInteger(given: Given, { minimum, maximum }: Bounds): Result<number> {
  const value = /^\d{1,9}$/.test(given.text) ? Number(given.text) : undefined
  if (value !== undefined && value >= minimum && value <= maximum) return ok(value)
  return failed(
    inputProblem(
      given,
      'INTEGER',
      /^\d+$/.test(given.text)
        ? `${showGiven(given)} is outside ${minimum} to ${maximum}`
        : `\`${showGiven(given)}\` is not a whole number`,
    ),
  )
}

/** `auto`, or what GOSUMDB takes. A user name in its URL would be shown by every `go env`. */
export function parseSumdb(given: Given): Result<string> {
  return readOrCorrect(given, readSumdb, text => [
    text.toLowerCase(),
    ...sumdbOfUrl(text),
    text.split(/[\s,;]+/).join(' '),
  ])
}

/** go knows the databases by their names. */
function sumdbOfUrl(text: string): readonly string[] {
  const host = /^(?:https?:\/+)?(sum\.golang\.(?:org|google\.cn))\/?$/i.exec(text)?.[1]
  return host === undefined ? [] : [host.toLowerCase()]
}

function readSumdb(given: Given): Result<string> {
  const [value, second] = splitLines(given.text)
  if (value === undefined || second !== undefined) {
    return failed(inputProblem(given, 'SUMDB', 'it must be one value on one line'))
  }
  if (value.text === 'auto') return ok('auto')
  if (value.text.includes('@')) {
    return failed(
      inputProblem(given, 'URL_USERINFO', `${value.shown} contains a user name, and GOSUMDB appears in logs`),
    )
  }
  const parsed = parseGosumdb(value.text)
  if (parsed.ok) return ok(value.text)
  return failed(
    ...parsed.problems.map(({ message }) =>
      inputProblem(given, 'SUMDB', `\`${value.shown}\` is not a GOSUMDB value: ${reasonIn(message)}`),
    ),
  )
}

function reasonIn(sentence: string): string {
  return sentence.replace(/^[^:]*: /, '').replace(/\.$/, '')
}

/** @param standardOutput whether `-` may be given for it, of which `/dev/stdout` is another name */
export function parsePath(given: Given, standardOutput: boolean): Result<string> {
  if (/[\0\r\n]/.test(given.text))
    return failed(inputProblem(given, 'PATH', 'a path cannot contain a line break or a NUL'))
  if (given.text === '-' || given.text === '/dev/stdout') {
    if (standardOutput) return ok('-')
    const what = `\`${given.text}\` stands for standard output, which in a job is the log`
    return failed(inputProblem(given, 'PATH_STDOUT', what, { advice: 'Name a file.' }))
  }
  const mended = mendPath(given.text)
  if (mended.faults.length === 0) return ok(given.text)
  return failed(formProblem(given, { line: 1, shown: showCharacters(given.text) }, mended, mended.parts))
}

/** A word or a few; nothing that could be an address with a login. */
export function parseText(given: Given): Result<string> {
  if (/^[\w.,/+=() -]{0,100}$/.test(given.text)) return ok(given.text)
  return failed(inputProblem(given, 'TEXT', 'it contains a character that is not allowed, or is too long'))
}

/** `parseWanted` says what is wrong with it, and what is right. */
export function parseGoVersionInput(given: Given): Result<WantedGo> {
  return readOrCorrect(given, readGoVersion, text => [
    text.replaceAll(',', ' '),
    text.replace(/^(latest|newest|current)$/i, 'stable'),
    text.toLowerCase(),
  ])
}

/** Why it is none is the reader's to say; what was given may be a URL with a password, which is not to be shown. */
function readGoVersion(given: Given): Result<WantedGo> {
  const wanted = parseWanted(given.text)
  if (wanted.ok) return wanted
  return failed(
    ...wanted.problems.map(({ message, hint }) => {
      const why = message.slice(message.lastIndexOf(': ') + 2).replace(/\.$/, '')
      return inputProblem(given, 'GO_VERSION', `\`${showGiven(given)}\` is not a version of Go: ${why}`, {
        advice: hint,
      })
    }),
  )
}
