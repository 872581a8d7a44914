import type { Problem } from '../errors.ts'
import { showCharacters } from '../text/characters.ts'
import { describeAllowed } from './allowed.ts'
import { type InputName, rowOf } from './table.ts'

/** What was written for one input, unchecked. */
export interface Given {
  readonly name: InputName
  /** How the user knows it: `proxies`, `--proxies`, `GO_PROXY_SETUP_PROXIES`. */
  readonly label: string
  /**
   * Trimmed; of `credentials` the end is kept, where a blank shows that a secret is empty. Empty: not given, and no
   * default either.
   */
  readonly text: string
}

/** A word of a list, or a line. */
export interface Word {
  readonly text: string
  /** From 1. */
  readonly line: number
  /** Whether white space follows on its line. */
  readonly blankAfter: boolean
  /** The text as messages may hold it: what may be a user name or password is hidden, and nothing else is. */
  readonly shown: string
  /** Whether its line holds what is hidden. */
  readonly hidden: boolean
}

/** A line of a list of words. */
export interface ListLine {
  /** Without its comment. */
  readonly text: string
  /** From 1. */
  readonly line: number
  readonly words: readonly Word[]
  readonly shown: string
}

/**
 * The words of a list: commas, white space and line ends separate them; `#` at the beginning of a word makes the rest of
 * its line a comment.
 */
export function splitWords(text: string): readonly Word[] {
  return linesOf(text).flatMap(({ words }) => words)
}

/** The same by lines, without those that have no word. */
export function linesOf(text: string): readonly ListLine[] {
  return text.split(LINE_END).flatMap((raw, index) => {
    const line = raw.replace(/(?<=^|[\s,])#.*$/, '')
    const words = wordsOf(raw, line, index + 1, /[^\s,]+/g)
    const start = line.search(/\S/)
    return words.length === 0
      ? []
      : [{ text: line, line: index + 1, words, shown: show(raw, start, line.trimEnd().length) }]
  })
}

/** The lines that are neither empty nor comments, trimmed; `#` begins a comment only at a line's start. */
export function splitLines(text: string): readonly Word[] {
  return text
    .split(LINE_END)
    .flatMap((raw, index) => wordsOf(raw, raw.replace(/^\s*#.*$/, ''), index + 1, /\S.*(?<=\S)/g))
}

const LINE_END = /\r\n|\r|\n/

/** @param line the raw one without its comment */
function wordsOf(raw: string, line: string, number: number, pattern: RegExp): readonly Word[] {
  return [...line.matchAll(pattern)].map(match => ({
    text: match[0],
    line: number,
    blankAfter: /^\s/.test(raw.slice(match.index + match[0].length)),
    shown: show(raw, match.index, match.index + match[0].length),
    hidden: raw.includes('@'),
  }))
}

const SHOWN_LENGTH = 120

/**
 * A stretch of a line for a message. A password may hold separators, so everything between the scheme (or the line's
 * beginning, where a `:` or `@` comes before it) and the last `@` of the line counts as one and is hidden; so is a
 * query, which may be a signature.
 */
function show(line: string, start: number, end: number): string {
  const secretStart = /^[^:@]*:\/\//.exec(line)?.[0].length ?? 0
  const secretEnd = line.lastIndexOf('@')
  const before = line.slice(start, Math.min(end, secretStart))
  const after = line.slice(Math.max(start, secretEnd), end)
  const hidden = start < secretEnd && end > secretStart
  const shown = (hidden ? `${before}***${after}` : line.slice(start, end)).replace(/(:\/\/[^?]*\?).+/, '$1***')
  return showCharacters(shown.length > SHOWN_LENGTH ? `${shown.slice(0, SHOWN_LENGTH)}…` : shown)
}

/** The value of a whole input for a message. */
export function showGiven(given: Given): string {
  const [first, second] = splitLines(given.text)
  return (first?.shown ?? '') + (second === undefined ? '' : ' …')
}

/** Advice for a word that is not known. */
export function didYouMean({ name }: Given, nearest: string | undefined): string | undefined {
  return nearest && `Did you mean ${nearest}? Allowed: ${describeAllowed(rowOf(name))}.`
}

/** What is wrong with an input: where, what, and what to do (what is allowed, unless there is better advice). */
export function inputProblem(
  given: Given,
  code: string,
  what: string,
  { line, advice }: { readonly line?: number; readonly advice?: string | undefined } = {},
): Problem {
  const several = /[\r\n]/.test(given.text)
  const where = line !== undefined && several ? `${given.label}, line ${line}` : given.label
  return {
    code: `INPUT_${code}`,
    message: `${where}: ${what}.`,
    hint: advice ?? `Allowed: ${describeAllowed(rowOf(given.name))}.`,
  }
}
