/** What common ones are called. Source: The Unicode Standard, names list. */
const NAMES: Readonly<Record<string, string>> = {
  '\u00a0': 'no-break space',
  '\u00ad': 'soft hyphen',
  '\u200b': 'zero width space',
  '\u200c': 'zero width non-joiner',
  '\u200d': 'zero width joiner',
  '\u2010': 'hyphen',
  '\u2011': 'non-breaking hyphen',
  '\u2012': 'figure dash',
  '\u2013': 'en dash',
  '\u2014': 'em dash',
  '\u2018': 'quotation mark',
  '\u2019': 'quotation mark',
  '\u201c': 'quotation mark',
  '\u201d': 'quotation mark',
  '\u201e': 'quotation mark',
  '\u2026': 'ellipsis',
  '\u202f': 'narrow no-break space',
  '\u2060': 'word joiner',
  '\u2212': 'minus sign',
  '\u3000': 'ideographic space',
  '\ufeff': 'byte order mark',
}

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u
/** Also what looks like one: prime, acute accent, low quotation marks. */
const QUOTE = /[\p{Pi}\p{Pf}\u201a\u201e\u2032\u2033\u00b4\u02bc]/u
const DASH = /[\p{Pd}\u2212]/u
const SLASHES = '\u2044\u2215'
/** Alphabets that share letters with ours. */
const SHARING = /[\p{Script=Cyrillic}\p{Script=Greek}]/u

/** The ASCII that a character stands for: empty for what cannot be seen; undefined where it stands for itself. */
function foldOne(char: string): string | undefined {
  if (/[\t\r\n\x20-\x7e]/.test(char)) return undefined
  if (INVISIBLE.test(char)) return ''
  if (/\s/.test(char)) return ' '
  if (QUOTE.test(char)) return '"'
  if (DASH.test(char)) return '-'
  if (SLASHES.includes(char)) return '/'
  const compatible = char.normalize('NFKC')
  return /^[\x20-\x7e]+$/.test(compatible) ? compatible : undefined
}

/**
 * A text as it was probably meant: without characters that cannot be seen, and with the ASCII ones in the place of
 * those that only look like them (dashes, quotation marks, spaces, full-width letters).
 */
export function foldCharacters(text: string): string {
  return [...text].map(char => foldOne(char) ?? char).join('')
}

/** The characters of a text that `foldCharacters` changes, each once: `U+200B (zero width space)`. */
export function foldedIn(text: string): readonly string[] {
  const found = [...new Set(text)].filter(char => foldOne(char) !== undefined)
  return found.map(char => {
    const name = NAMES[char] ?? (/[\uff01-\uff5e]/.test(char) ? `full-width ${foldOne(char)}` : undefined)
    return name === undefined ? codePointOf(char) : `${codePointOf(char)} (${name})`
  })
}

/** A text in which nothing is hidden: what cannot be seen or looks like another character becomes `<U+200B>`. */
export function showCharacters(text: string): string {
  return [...text]
    .map(char => (foldOne(char) === undefined && !SHARING.test(char) ? char : `<${codePointOf(char)}>`))
    .join('')
}

/** One character for a message: `é` (U+00E9). */
export function describeCharacter(char: string): string {
  return /[!-~]/.test(char)
    ? `\`${char}\``
    : foldOne(char) === undefined
      ? `\`${char}\` (${codePointOf(char)})`
      : codePointOf(char)
}

function codePointOf(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
