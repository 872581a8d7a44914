import { failed, ok, type Problem, type Result } from '../errors.ts'
import { findPatternFault } from '../go/pattern-fault.ts'
import { findPatternGap } from '../go/patterns.ts'
import { type Given, inputProblem, type Word } from './given.ts'
import { parseWords } from './lists.ts'

export interface PrivateDomains {
  readonly patterns: readonly string[]
  readonly warnings: readonly Problem[]
}

/** GOPRIVATE patterns. One that can match nothing would silently leave private modules unprotected. */
export function parsePrivateDomains(given: Given): Result<PrivateDomains> {
  const parsed = parseWords(given, {
    parse: word => parsePattern(given, word),
    correct: text => {
      const instead = findPatternFault(text)?.instead
      return instead === undefined ? [] : [instead]
    },
  })
  if (!parsed.ok) return parsed
  const patterns = [...new Set(parsed.value.map(({ text }) => text))]
  const warnings = parsed.value.flatMap(({ text, line }) => {
    const missing = findPatternGap(text, patterns)
    if (missing === undefined) return []
    const what = `\`${text}\` does not cover ${missing} itself`
    return [inputProblem(given, 'PATTERN_GAP', what, { line, advice: `Add \`${missing}\` if modules live there too.` })]
  })
  return ok({ patterns, warnings })
}

function parsePattern(given: Given, word: Word): Result<Word> {
  if (isNothing(word.text)) {
    const what = `\`${word.shown}\` can match no module: it would be a host without a dot`
    return failed(
      inputProblem(given, 'PATTERN', what, {
        line: word.line,
        advice: 'Omit the input if nothing is private.',
      }),
    )
  }
  const found = findPatternFault(word.text)
  if (found === undefined) return ok(word)
  // A fault may quote more of the word than a character, and the word may be a part of a password with spaces.
  const mayTell = !word.shown.includes('***') || !/`[^`]{2,}/.test(found.fault)
  const fault = mayTell ? found.fault : 'no module path begins with it'
  return failed(
    inputProblem(
      given,
      'PATTERN',
      `\`${word.shown}\` ${found.matches ? 'matches other modules than it seems to' : 'can match no module'}: ${fault}`,
      { line: word.line },
    ),
  )
}

/** Words that mean “no value” to other programs and formats. */
function isNothing(text: string): boolean {
  return /^(none|null|nil|~|false|no|off|undefined|""|'')$/i.test(text)
}
