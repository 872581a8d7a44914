import { foldCharacters, foldedIn } from '../text/characters.ts'
import { splitWords } from './given.ts'

/** A text as it was probably meant, and what was wrong with it, each as the end of a sentence. */
export interface Mended {
  /** The words, or the lines; one text for a single value. */
  readonly parts: readonly string[]
  readonly faults: readonly string[]
}

interface Mending {
  readonly fault: (text: string) => string
  readonly mend: (text: string) => string
}

const CHARACTERS: Mending = { fault: text => `it contains ${nameAll(foldedIn(text))}`, mend: foldCharacters }
const DASH: Mending = {
  fault: () => 'lists have no dashes here',
  mend: text => text.replace(/^\s*[-•](\s+|$)/, ''),
}
const BRACKETS: Mending = { fault: () => 'lists have no brackets here', mend: text => withoutBrackets(text) }
const SEPARATORS: Mending = {
  fault: () => 'only commas, white space and line ends separate items',
  mend: text => text.replace(/;+|\\[nrt](?=[\w*-]*[.:/])/g, ' '),
}
/** In URLs they are a GOPROXY list's. */
const BARS: Mending = { ...SEPARATORS, mend: text => (text.includes('://') ? text : text.replace(/\|+/g, ' ')) }
const WORD_QUOTES: Mending = {
  fault: () => 'the quotation marks would be part of it',
  mend: text => text.replace(/(?<=^|[\s,])["'`<]+|["'`>]+(?=$|[\s,])/g, ''),
}
const WHOLE_QUOTES: Mending = {
  ...WORD_QUOTES,
  mend: text => text.replace(/^\s*(["'`])(.*)\1\s*,?\s*$/s, '$2'),
}

const BRACES: Mending = { fault: () => 'braces are not alternatives here', mend: text => expandBraces(text) }

/** A line of words, as `proxies` and `private-domains` have them. */
export function mendWords(line: string): Mended {
  const { text, faults } = take([CHARACTERS, DASH, BRACKETS, SEPARATORS, BARS, WORD_QUOTES, BRACES], line)
  return { parts: splitWords(text).map(word => word.text), faults }
}

/** A single value. */
export function mendValue(text: string): string {
  const { text: mended } = take([CHARACTERS, DASH, BRACKETS, WHOLE_QUOTES], text)
  return mended
    .trim()
    .replace(/[;,]+$/, '')
    .trim()
}

/** A line that is one entry of its own, all of it ASCII. */
export function mendEntry(line: string): Mended {
  const { text, faults } = take([CHARACTERS, DASH, WORD_QUOTES], line)
  return { parts: text.trim() === '' ? [] : [text.trim()], faults }
}

/** A path may hold any character that can be seen, so that only what surely is a mistake is one. */
const PATH_CHARACTERS = /[\p{Cc}\u00a0\u00ad\u2000-\u200b\u200e\u200f\u2028-\u202f\u2060\u2066-\u2069\ufeff]/gu
const PATH_STEPS: readonly Mending[] = [
  {
    fault: text => `it contains ${nameAll(foldedIn(text.match(PATH_CHARACTERS)?.join('') ?? ''))}`,
    mend: text => text.replace(PATH_CHARACTERS, char => foldCharacters(char)),
  },
  DASH,
  { ...WHOLE_QUOTES, mend: text => withoutQuotes(text) },
]

/** A line that is a path. */
export function mendPath(line: string): Mended {
  const list = /^[[\]],?$/.test(line) ? [] : (readJson(line) ?? splitBracketed(line))
  if (list !== undefined) return { parts: list, faults: [BRACKETS.fault(line)] }
  const { text, faults } = take(PATH_STEPS, line)
  const parts = splitSums(text)
  if (parts.length > 1) return { parts, faults: [...faults, 'write each file on its own line'] }
  const expanded = expandBraces(text)
  if (expanded !== text) return { parts: expanded.split('\n'), faults: [...faults, BRACES.fault(text)] }
  return { parts: text.trim() === '' ? [] : [text.trim()], faults }
}

function take(steps: readonly Mending[], line: string): { readonly text: string; readonly faults: readonly string[] } {
  let text = line
  const faults: string[] = []
  for (const { fault, mend } of steps) {
    const mended = mend(text)
    if (mended === text) continue
    faults.push(fault(text))
    text = mended
  }
  return { text, faults }
}

const NAMED = 3

function nameAll(characters: readonly string[]): string {
  return characters.slice(0, NAMED).join(', ') + (characters.length > NAMED ? ' and others' : '')
}

/** A list as JSON and YAML have it; in one of several lines also its first or last bracket alone. */
function withoutBrackets(line: string): string {
  const text = line.trim()
  const list = readJson(text)
  if (list !== undefined) return list.join(' ')
  // The address of a host in IPv6 stands in brackets.
  if (/^\[[0-9a-f:.]*:[0-9a-f:.]*\]/i.test(text)) return line
  const [, inner] = /^\[([^[\]]*)\],?$/.exec(text) ?? /^\[([^\]]*)$/.exec(text) ?? /^([^[]*)\],?$/.exec(text) ?? []
  return inner ?? line
}

function splitBracketed(line: string): readonly string[] | undefined {
  const [, inner] = /^\[([^[\]]*,[^[\]]*)\]$/.exec(line.trim()) ?? []
  return inner
    ?.split(',')
    .map(part => withoutQuotes(part.trim()))
    .filter(part => part !== '')
}

/** Each of the alternatives in full, one a line; the first braces alone, for more are beyond a message. */
function expandBraces(line: string): string {
  const [, before = '', inner, after = ''] =
    /^(?:.*[\s,])?([^\s,{}]*)\{([^{}]*,[^{}]*)\}([^\s,{}]*)$/.exec(line.trim()) ?? []
  if (inner === undefined || line.trim() !== `${before}{${inner}}${after}`) return line
  return inner
    .split(',')
    .map(part => before + part.trim() + after)
    .join('\n')
}

function withoutQuotes(text: string): string {
  return text.replace(/^\s*(["'`“”„«‘])(.*)(["'`“”»’])\s*,?\s*$/s, '$2')
}

/** Names of go's own files after each other. */
function splitSums(text: string): readonly string[] {
  const parts = text.split(/\s*[,;]\s*|\s+/).filter(part => part !== '')
  return parts.every(part => /(^|[/\\*])go\.(work\.)?(sum|mod|work)$/.test(part)) ? parts : [text]
}

function readJson(text: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(text.trim().replace(/,$/, ''))
    const isList = Array.isArray(value) && value.every(item => typeof item === 'string')
    return isList ? value : undefined
  } catch {
    return undefined
  }
}
