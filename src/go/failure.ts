import type { GoMessage } from './message.ts'
import { GO_MESSAGES } from './messages.ts'
import { modulesIn, ownText, readLines, type SaidLine } from './words.ts'

/** What go's words mean, and which module they are about. */
export interface GoFailure {
  readonly code: string
  readonly retry: GoMessage['retry']
  readonly message: string
  readonly hint: string
  /** `path@version` as go names it, if it does. */
  readonly module: string | undefined
  /** The decisive line, at most 500 characters; foreign text. */
  readonly text: string
}

/**
 * The most telling line of what go printed. Unknown words are `GO_FAILED`, worth one more try.
 * @param output standard error, or the `Error` of a module in `-json`.
 */
export function classifyGoError(output: string): GoFailure {
  const lines = readLines(output)
  const own = lines.filter(line => line.said === 'by go')
  for (const { code, pattern, said, retry, message, hint } of GO_MESSAGES) {
    const line = lines.find(one => one.said === said && pattern.test(one.words))
    if (line === undefined) continue
    const module = moduleIn(line.words) ?? moduleIn(ownText(lines))
    return { code, retry, message, hint, module, text: whole(lines, line).slice(0, 500) }
  }
  // Behind `exit status 128:` git's own words stand, the last of which says most; else what is indented is advice.
  const outer = own.findLast(({ text }) => /^\S/.test(text))
  const last = outer === undefined || /: (exit status|signal)\b[^:]*:$/.test(outer.text) ? own.at(-1) : outer
  const said = last === undefined ? '' : withAdvice(own, last)
  return {
    code: 'GO_FAILED',
    retry: 'once',
    message: said === '' ? 'go exited without a message.' : 'go failed.',
    hint: 'The log has go’s output.',
    module: moduleIn(last?.words ?? '') ?? moduleIn(ownText(lines)),
    text: said.slice(0, 500),
  }
}

function whole(lines: readonly SaidLine[], line: SaidLine): string {
  return line.text.trimEnd().endsWith(':') ? withAdvice(lines, line) : withServerWords(lines, line)
}

/** Behind a line that ends in a colon, go indents what it announces: modules, or a command that mends it. */
function withAdvice(own: readonly SaidLine[], line: SaidLine): string {
  const behind = line.text.trimEnd().endsWith(':') ? own.slice(own.indexOf(line) + 1, own.indexOf(line) + 2) : []
  return [line, ...behind].map(({ text }) => text.trim()).join(' ')
}

/** A server's reason stands on the lines behind go's: `licence not allowed` says more than 403 does. */
function withServerWords(lines: readonly SaidLine[], line: SaidLine): string {
  const behind = lines.slice(lines.indexOf(line) + 1)
  const end = behind.findIndex(({ said }) => said === 'by go')
  return [line, ...behind.slice(0, end < 0 ? MAX_SERVER_LINES : Math.min(end, MAX_SERVER_LINES))]
    .map(({ text }) => text.trim())
    .join(' ')
}

const MAX_SERVER_LINES = 4

function moduleIn(text: string): string | undefined {
  return namedIn(text)[0]
}

/** Those that stand alone, and not in a URL. */
function namedIn(text: string): readonly string[] {
  return modulesIn(text).flatMap(({ module, before }) => (/^\s?$/.test(before) ? [module] : []))
}

/** All modules that go names, as `path@version`. @param output as for `classifyGoError` */
export function modulesNamedIn(output: string): readonly string[] {
  return [...new Set(namedIn(ownText(readLines(output))))]
}
