/**
 * Makes any text harmless for a log that the runner reads: no line of the result can be a workflow command, and no
 * control character reaches a terminal. Ordinary text comes out unchanged.
 *
 * The runner obeys `::name::` after leading white space (.NET's, which has U+0085) and `##[name]` anywhere in a line;
 * it ends lines at CR, LF and CRLF; its comparisons may skip zero-width characters. Hence: lines are split at
 * everything anyone takes for a line's end, invisible characters are dropped before looking, and both marks are
 * broken by a visible character. Source: actions/runner, ActionCommand.cs.
 */
export function sanitizeLines(
  text: string,
  limits: { readonly lineLength: number; readonly lines: number } = LIMITS,
): readonly string[] {
  const lines = text.split(LINE_END)
  const kept = lines.slice(0, limits.lines).map(line => sanitizeLine(line, limits.lineLength))
  const left = lines.length - kept.length
  return left > 0 ? [...kept, `… (${left} more lines)`] : kept
}

/** One line of foreign text, line ends in it shown as spaces. */
export function sanitizeLine(line: string, lineLength: number = LIMITS.lineLength): string {
  // Cut first: what a peer sent may be megabytes long, and each step below reads it once more.
  const clean = line
    .slice(0, lineLength * 2)
    .replace(ANSI, '')
    .replace(LINE_ENDS, ' ')
    .replace(CONTROL, '')
    .replace(INVISIBLE, '')
  const cut = clean.length > lineLength ? `${clean.slice(0, lineLength)}…` : clean
  return cut.replaceAll('##[', '## [').replace(COMMAND_START, '$1: :')
}

const LIMITS = { lineLength: 4096, lines: 1000 }
const LINE_END = /\r\n|[\n\r\u0085\u2028\u2029]/
const LINE_ENDS = /[\n\r\u0085\u2028\u2029]+/g
/** CSI and OSC sequences, and other escapes of two characters. */
const ANSI =
  /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[@-Z\\-_]?|\u009b[0-?]*[ -/]*[@-~]/g
/** C0 without TAB, DEL, C1. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g
/** Zero-width, bidirectional and other format characters, variation selectors, and unassigned tags. */
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufff0-\ufff8]/gu
/** White space as .NET trims it. */
const COMMAND_START = /^([\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*)::/
