import { sanitizeLines } from '../text/sanitiser.ts'
import type { Report } from './report.ts'

/** Hides secrets before anything is rendered: a proxy's answer may quote what it was sent. */
export function redactReport(report: Report, redact: (text: string) => string): Report {
  // Thousands of requests say the same few words.
  const known = new Map<string, string>()
  const clean = (text: string) => {
    const redacted = known.get(text) ?? redactShown(text, redact)
    known.set(text, redacted)
    return redacted
  }
  return mapTexts(report, clean) as Report
}

const WHOLE = { lineBytes: 1 << 20, totalBytes: 1 << 22 }

/** Characters that take no place go when a text is shown, which puts a secret together that they had broken apart. */
function redactShown(text: string, redact: (text: string) => string): string {
  const redacted = redact(text)
  if (/^[\n -~]*$/.test(redacted)) return redacted
  const shown = sanitizeLines(redacted, WHOLE).join('\n')
  const again = redact(shown)
  return again === shown ? redacted : again
}

/** A copy of what JSON can hold, with each text in a member's or an entry's place replaced. */
function mapTexts(value: unknown, of: (text: string) => string): unknown {
  if (typeof value === 'string') return of(value)
  if (Array.isArray(value)) return value.map(one => mapTexts(one, of))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, mapTexts(one, of)]))
}
