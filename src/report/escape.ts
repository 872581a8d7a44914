import { sanitizeLine } from '../runner/sanitiser.ts'

/** Longest foreign text in one cell. */
const CELL = 300

/**
 * Foreign text in GitHub's Markdown, tables included: no tag, link, mention, code span, comment or second cell can
 * come of it. What Markdown means is written as character references, which it shows and does not obey.
 */
export function escapeMarkdown(text: string, length = CELL): string {
  return (
    sanitizeLine(text, length)
      .replace(/[&<>|`@*_~[\]\\#!$()]/g, char => `&#${char.charCodeAt(0)};`)
      // GitHub links bare addresses; a reference within keeps the text and breaks the link.
      .replace(/:\/\//g, '&#58;//')
      .replace(/www\./gi, match => `${match.slice(0, 3)}&#46;`)
  )
}

/** A name in a code span, with what could end the span or the cell replaced. */
export function codeSpan(text: string, length = CELL): string {
  const clean = sanitizeLine(text, length).replaceAll('`', 'ˋ').replaceAll('|', '\\|').trim()
  return clean === '' ? '–' : `\`${clean}\``
}
