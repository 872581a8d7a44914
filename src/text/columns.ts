/** Characters that take two columns of a terminal: those of East Asian scripts, full-width forms, emoji. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u
/** Characters that stand above or below the one before. */
const MARK = /\p{M}/u
/** Neither: Latin letters, typographic quotes and dashes, and what bars are drawn with. */
const NARROW = /^[ -~\u00a1-\u00ac\u00ae-\u024f\u2010-\u2027\u2580-\u259f]*$/

/** How many columns of a terminal a text without control characters takes. */
export function columnsOf(text: string): number {
  // Most texts, and several times as fast as a look into Unicode's tables for each character.
  if (NARROW.test(text)) return text.length
  let columns = 0
  for (const char of text) columns += WIDE.test(char) ? 2 : MARK.test(char) ? 0 : 1
  return columns
}

/** The text with spaces behind it, up to so many columns. */
export function padTo(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)))
}

/** The same with spaces before it. */
export function padStartTo(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - columnsOf(text))) + text
}

/** The beginning of a text that fits. */
export function firstColumns(text: string, columns: number): string {
  let used = 0
  let fitting = ''
  for (const char of text) {
    used += columnsOf(char)
    if (used > columns) break
    fitting += char
  }
  return fitting
}

/** A name that fits: of a longer one, beginning and end, which tell it from others, with `…` between. */
export function shortenTo(name: string, columns: number): string {
  const chars = [...name]
  if (columnsOf(name) <= columns) return name
  const room = Math.max(0, columns - 1)
  const first = firstColumns(name, Math.ceil(room / 2))
  const last = firstColumns(chars.reverse().join(''), Math.floor(room / 2))
  return `${first}…${[...last].reverse().join('')}`
}

/** What the following lines of a wrapped one are set in by, beyond its own indentation. */
const HANGING = 2

/**
 * A line as several that fit, broken between words only; those after the first are set in. A word that is longer than a
 * line is broken behind the commas and bars of a list of proxies, and else stays whole.
 */
export function wrapWords(line: string, columns: number): readonly string[] {
  if (columnsOf(line) <= columns) return [line]
  const own = /^ */.exec(line)?.[0] ?? ''
  const indent = ' '.repeat(Math.min(own.length + HANGING, Math.floor(columns / 2)))
  const lines: string[] = []
  let current = own
  let isEmpty = true
  const put = (piece: string, space: string) => {
    if (!isEmpty && columnsOf(current + space + piece) > columns) {
      lines.push(current)
      // At a line's beginning it would be a command to a runner.
      current = indent + (piece.startsWith('::') ? '\\' : '') + piece
    } else current += (isEmpty ? '' : space) + piece
    isEmpty = false
  }
  // Spaces at the end are none of a word's, and would be looked through from each of them.
  const words = line.slice(own.length).replace(/(?<! ) +$/, '')
  for (const [, space = '', word = ''] of words.matchAll(/( *)([^ ]+)/g)) {
    const isLong = columnsOf(indent + word) > columns
    const pieces = isLong ? (word.match(/[^,|]+[,|]*|[,|]+/g) ?? [word]) : [word]
    for (const [i, piece] of pieces.entries()) put(piece, i === 0 ? space : '')
  }
  return [...lines, current]
}
