import { createHash } from 'node:crypto'

// Texts here have one character a byte (latin1), so that what is not ours comes out as it went in, whatever it is.

const BEGIN = '# BEGIN go-proxy-setup'
const END = '# END go-proxy-setup'
const REMEDY = ' (env --remove takes this away)'
/**
 * Before a line of the user's that does not count while ours does. `go env -w` keeps comments, but of several lines for one
 * variable the last alone: a line that is a comment comes back with `--remove`. Source: cmd/go/internal/envcmd, updateEnvFile.
 */
const ASIDE = '# before go-proxy-setup: '

/** What the first mark says of the file as it was: not there, or with a last line that had no end. */
type Before = 'new' | 'open' | ''

/** A file with our lines in it, between two marks. */
export interface MarkedText {
  /** The file without them: what was there before, and what the user has put there since. */
  readonly without: string
  /** How many lines of that stand above ours. */
  readonly position: number
  /** The file was made for ours. */
  readonly isNew: boolean
  /** Its last line had no end, and has one since something was put behind ours. */
  readonly wasOpen: boolean
  /** Lines between the marks that are not as we wrote them: the user's by now. */
  readonly kept: readonly string[]
}

/** What is wrong with the marks of a file: the numbers of their lines, from 1. */
export interface BrokenMarks {
  readonly lines: readonly number[]
}

/** Finds our lines. @returns undefined where there are none */
export function parseMarked(text: string): MarkedText | BrokenMarks | undefined {
  const lines = splitLines(text)
  const bare = lines.map(bareOf)
  const indexes = lines.map((_, i) => i)
  const begins = indexes.filter(i => bare[i]?.startsWith(BEGIN))
  const ends = indexes.filter(i => bare[i]?.startsWith(END))
  const asides = indexes.filter(i => bare[i]?.startsWith(ASIDE))
  const [begin = -1, end = -1] = [begins[0], ends[0]]
  const first = parseBegin(bare[begin] ?? '')
  const isWhole = begins.length === 1 && ends.length === 1 && begin < end && bare[end] === END
  if (first !== undefined && isWhole) return takeOut(lines, begin, end, first)
  const marks = [...begins, ...ends, ...asides].sort((a, b) => a - b)
  return marks.length === 0 ? undefined : { lines: marks.map(i => i + 1) }
}

export interface Insertion {
  /** One line each, without its end. */
  readonly body: readonly string[]
  /** Lines of the text above ours; undefined: at its end. */
  readonly position: number | undefined
  /** There was no file. */
  readonly isNew: boolean
  readonly wasOpen: boolean
  /** Where the reader takes the last line of a variable: which of the user's lines do not count beside ours. */
  readonly setsAside: (line: string) => boolean
  /** Lines end as the file's do; else with LF alone. */
  readonly followsLineEnds: boolean
}

/** Puts our lines into a text that has none. `parseMarked` gives the text back, byte by byte. */
export function insertMarked(text: string, insertion: Insertion): string {
  const { body, position, isNew, wasOpen, setsAside, followsLineEnds } = insertion
  const lines = splitLines(text)
  const at = Math.min(position ?? lines.length, lines.length)
  const lineEnd = followsLineEnds && /\r\n/.test(text) && !/(^|[^\r])\n/.test(text) ? '\r\n' : '\n'
  const isOpen = at === lines.length && text !== '' && !text.endsWith('\n')
  const before: Before = isNew ? 'new' : isOpen || wasOpen ? 'open' : ''
  const block = [renderBegin(before, body), ...body, END].map(line => `${line}${lineEnd}`)
  const others = lines.map(line => (setsAside(bareOf(line)) ? `${ASIDE}${line}` : line))
  return [...others.slice(0, at), ...(isOpen ? [lineEnd] : []), ...block, ...others.slice(at)].join('')
}

/** Lines with their ends. */
export function splitLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

/** A line without its end. */
export function bareOf(line: string): string {
  return line.replace(/\r?\n$/, '')
}

interface FirstMark {
  readonly before: Before
  readonly digests: readonly string[]
}

function renderBegin(before: Before, body: readonly string[]): string {
  return [`${BEGIN}${REMEDY}`, ...(before === '' ? [] : [before]), ...body.map(digestOf)].join(' ')
}

function parseBegin(line: string): FirstMark | undefined {
  if (!line.startsWith(`${BEGIN}${REMEDY}`)) return undefined
  const [, before = '', digests = ''] =
    /^( new| open)?((?: [0-9a-f]{8})*)$/.exec(line.slice(`${BEGIN}${REMEDY}`.length)) ?? []
  if (digests === '' && before === '' && line !== `${BEGIN}${REMEDY}`) return undefined
  return { before: before.trim() as Before, digests: digests.split(' ').filter(one => one !== '') }
}

/** Tells a line of ours from one that `go env -w` or the user has changed. */
function digestOf(line: string): string {
  return createHash('sha256').update(line, 'latin1').digest('hex').slice(0, 8)
}

function takeOut(lines: readonly string[], begin: number, end: number, { before, digests }: FirstMark): MarkedText {
  const ours = [...digests]
  const kept = lines.slice(begin + 1, end).filter(line => {
    const found = ours.indexOf(digestOf(bareOf(line)))
    if (found < 0) return true
    ours.splice(found, 1)
    return false
  })
  const above = [...lines.slice(0, begin), ...kept]
  const below = lines.slice(end + 1)
  const without = [...above, ...below].map(line => (line.startsWith(ASIDE) ? line.slice(ASIDE.length) : line)).join('')
  const lineEnd = lines[begin]?.endsWith('\r\n') ? '\r\n' : '\n'
  const isOpen = before === 'open' && kept.length === 0
  const opensAgain = isOpen && below.length === 0 && without.endsWith(lineEnd)
  return {
    without: opensAgain ? without.slice(0, -lineEnd.length) : without,
    position: above.length,
    isNew: before === 'new',
    wasOpen: isOpen && !opensAgain,
    kept: kept.map(bareOf),
  }
}
