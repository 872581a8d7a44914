import { sanitizeLine } from '../text/sanitiser.ts'

/** Most bytes of one foreign text. */
const TEXT_BYTES = 600
const ZERO_WIDTH_SPACE = '&#8203;'

/**
 * Foreign text as GitHub's Markdown that only shows it: no tag, comment, link, mention, emphasis, formula, list or table
 * cell can come of it. Every character with a meaning in Markdown becomes a character reference; parentheses have one
 * behind a bracket alone. That does not stop
 * mentions and mail links, which GitHub looks for in the rendered text, so an invisible character follows these.
 */
export function escapeMarkdown(text: string, bytes: number = TEXT_BYTES): string {
  return sanitizeLine(text, bytes)
    .trim()
    .replace(/\]\s*\(/.test(text) ? WITH_PARENTHESES : SPECIAL, reference)
    .replace(/@|(?<!&)#/g, char => reference(char) + ZERO_WIDTH_SPACE)
    .replace(/(?<=\bgh)-(?=\d)/gi, char => reference(char) + ZERO_WIDTH_SPACE)
    .replace(/:(?=\/\/)/g, reference)
    .replace(/(?<=www)\./gi, reference)
    .replace(/(?<=^\d+)\.|^[-+=]/g, reference)
}

const SPECIAL = /[&<>|`*_~[\]\\!${}^]/g
const WITH_PARENTHESES = /[&<>|`*_~[\]\\!${}^()]/g

/** A sentence of ours that may quote foreign text: what stands between backticks is code. */
export function prose(text: string, bytes: number = TEXT_BYTES): string {
  const parts = sanitizeLine(text, bytes).trim().split('`')
  if (parts.length % 2 === 0) return escapeMarkdown(text, bytes)
  return parts.map((part, i) => (i % 2 === 0 ? escapeWithin(part) : codeSpan(part))).join('')
}

/** The blanks beside code stay. */
function escapeWithin(text: string): string {
  const [before = '', after = ''] = [/^\s*/.exec(text)?.[0], /\S(\s*)$/.exec(text)?.[1]]
  return `${before}${escapeMarkdown(text)}${after}`
}

/** A foreign line within `<pre>`, its indentation kept. */
export function preformatted(line: string, bytes: number = TEXT_BYTES): string {
  const [indent = ''] = /^[ \t]*/.exec(line) ?? []
  return `${indent.replaceAll('\t', '    ').slice(0, 40)}${escapeMarkdown(line, bytes)}`
}

function reference(char: string): string {
  return `&#${char.codePointAt(0)};`
}

/** Foreign text as a code span whose delimiter is longer than any run of backticks within; `–` when it is empty. */
export function codeSpan(text: string, bytes: number = TEXT_BYTES): string {
  const clean = sanitizeLine(text, bytes).trim()
  if (clean === '') return '–'
  const longest = Math.max(0, ...[...clean.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const space = longest > 0 ? ' ' : ''
  return `${fence}${space}${clean}${space}${fence}`
}

/** The head of a Markdown table. @param align one character a column: `r` right, anything else left */
export function table(titles: readonly string[], align: string): string {
  return `${tableRow(titles)}\n${tableRow(titles.map((_, i) => (align[i] === 'r' ? '--:' : ':--')))}`
}

/** A row of a Markdown table. The cells are finished Markdown, in which only `|` is still to be escaped. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map(cell => (cell === '' ? ' ' : escapePipes(cell))).join(' | ')} |`
}

/** In a table, code too, `\|` becomes `|`; a backslash already before the `|` would undo our escape, so it is replaced. */
function escapePipes(cell: string): string {
  return cell.replace(/(\\*)\|/g, (_, backslashes: string) => `${'＼'.repeat(backslashes.length)}\\|`)
}

/** A figure with its unit, which a narrow column does not part. */
export function figure(text: string): string {
  return text.replaceAll(' ', '\u00a0')
}

/** What stands below a list that is not shown whole. @param count of what is left out; nothing below 1 */
export function more(count: number): readonly string[] {
  return count < 1 ? [] : ['', `… and ${count} more: see the report file.`]
}

const HTML_REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Foreign text for the text and the attributes of HTML and SVG. */
export function escapeHtml(text: string, bytes: number = TEXT_BYTES): string {
  return sanitizeLine(text, bytes).replace(/[&<>"']/g, char => HTML_REFERENCES[char] ?? char)
}
