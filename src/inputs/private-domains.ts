import { failed, ok, type Problem, type Result } from '../errors.ts'
import { findPatternFault, findPatternGap } from '../go/patterns.ts'
import { type Given, inputProblem, splitWords } from './given.ts'

export interface PrivateDomains {
  readonly patterns: readonly string[]
  readonly warnings: readonly Problem[]
}

const USER = { fault: 'module paths have no user', instead: undefined }

/** GOPRIVATE patterns. One that can match nothing would leave private modules unprotected without a word. */
export function parsePrivateDomains(given: Given): Result<PrivateDomains> {
  const words = splitWords(given.text)
  const problems = words.flatMap(({ text, shown, line }) => {
    const found = text.includes('@') ? USER : findPatternFault(text)
    if (found === undefined) return []
    // A proposal is made of the pattern, which may hold a password.
    const advice = found.instead === undefined || shown !== text ? undefined : `Write \`${found.instead}\` instead.`
    return [inputProblem(given, 'PATTERN', `\`${shown}\` can match no module: ${found.fault}`, line, advice)]
  })
  if (problems.length > 0) return failed(...problems)
  const patterns = [...new Set(words.map(({ text }) => text))]
  const warnings = words.flatMap(({ text, line }) => {
    const missing = findPatternGap(text, patterns)
    if (missing === undefined) return []
    const what = `\`${text}\` does not cover ${missing} itself`
    return [inputProblem(given, 'PATTERN_GAP', what, line, `Add \`${missing}\` if modules live there too.`)]
  })
  return ok({ patterns, warnings })
}
