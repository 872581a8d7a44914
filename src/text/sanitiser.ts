/**
 * Makes any text harmless for a log that the runner reads: no line of the result can be a workflow command, and no
 * control character reaches a terminal. Ordinary text comes out unchanged, and so does what was sanitised before.
 *
 * The runner obeys `::name::` after leading white space (.NET's, which has U+0085) and `##[name]` anywhere in a line, as
 * those of Azure Pipelines and TeamCity do `##vso[name]` and `##teamcity[name]`; it ends lines at CR, LF and CRLF; its
 * comparisons may skip zero-width characters. Hence: lines are split at everything anyone takes for a line's end,
 * invisible characters are dropped before looking, and both marks are broken by a visible character. Source:
 * actions/runner, ActionCommand.cs.
 */
export interface TextLimits {
  /** Most bytes (UTF-8) of one line; a longer one is cut and ends in `…`. */
  readonly lineBytes: number
  /** Most bytes of all lines with their line ends; of the rest only the number of lines is given. */
  readonly totalBytes: number
}

export const TEXT_LIMITS: TextLimits = { lineBytes: 4096, totalBytes: 1 << 20 }

/** The lines of a foreign text, each fit to be printed. */
export function sanitizeLines(text: string, limits: TextLimits = TEXT_LIMITS): readonly string[] {
  const lines = text.split(LINE_END)
  const kept: string[] = []
  let bytes = 0
  for (const line of lines) {
    const clean = clip(defuse(strip(line, limits.lineBytes)), limits.lineBytes)
    bytes += Buffer.byteLength(clean) + 1
    if (bytes > limits.totalBytes - NOTE_BYTES) break
    kept.push(clean)
  }
  // A note that an earlier pass left fits into the room kept for it, so a second pass changes nothing.
  const left = lines.slice(kept.length)
  if (left.length === 0) return kept
  return [...kept, left.length === 1 && NOTE.test(left[0] ?? '') ? (left[0] ?? '') : `… (${left.length} more lines)`]
}

/** A foreign text as one line, line ends in it shown as spaces: for titles, cells and parts of a sentence. */
export function sanitizeLine(text: string, lineBytes: number = TEXT_LIMITS.lineBytes): string {
  // Most texts are names and numbers, of which a report has tens of thousands.
  if (text.length <= lineBytes && PLAIN.test(text)) return text
  const line = strip(text.slice(0, lineBytes * 4).replace(LINE_ENDS, ' '), lineBytes)
  return clip(defuse(line), lineBytes)
}

/** Nothing but printable ASCII, and neither of the marks. */
const PLAIN = /^(?! *::|.*##\w*\[)[ -~]*$/
const LINE_END = /\r\n|[\n\r\u0085\u2028\u2029]/
const LINE_ENDS = /[\n\r\u0085\u2028\u2029]+/g
const NOTE = /^… \(\d+ more lines\)$/
const NOTE_BYTES = 40

/** CSI sequences; OSC, DCS and their like up to their end, or the bare introducer when they have none. */
const ANSI =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])(?:[^\u0007\u001b\u0090-\u009f]*(?:\u0007|\u001b\\|\u009c))?|\u001b[ -/]*[0-~]/g
/** All controls but TAB; format characters; what Unicode says may be ignored when shown; halves of pairs; noncharacters. */
const INVISIBLE =
  /(?!\t)[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\p{Variation_Selector}]/gu
/** White space as .NET trims it, then the mark. */
const COMMAND_START = /^([\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*)::/

/** Without escape sequences and invisible characters. What a peer sent may be megabytes long, so it is cut first. */
function strip(line: string, lineBytes: number): string {
  return line
    .slice(0, lineBytes * 4)
    .replace(ANSI, '')
    .replace(INVISIBLE, '')
}

/** Every insertion stands inside a mark and makes no new one: `###[` gives `###\[`. Each word is looked through once. */
function defuse(line: string): string {
  return line.replace(/##(\w*)\[/g, '##$1\\[').replace(COMMAND_START, '$1\\::')
}

/** At most `limit` bytes, cut between characters. A beginning of a harmless line is harmless. */
function clip(line: string, limit: number): string {
  if (line.length * 3 <= limit || bytesOf(line) <= limit) return line
  const room = limit - bytesOf('…')
  let bytes = 0
  let end = 0
  for (const char of line) {
    bytes += bytesOf(char)
    if (bytes > room) break
    end += char.length
  }
  return `${line.slice(0, end)}…`
}

/** The page's script has no `Buffer`. */
const UTF8 = new TextEncoder()

function bytesOf(text: string): number {
  return UTF8.encode(text).length
}
