import { failed, type Result } from '../errors.ts'
import { describeAllowed } from './allowed.ts'
import type { Given } from './given.ts'
import { mendValue } from './mend.ts'
import { rowOf } from './table.ts'

/**
 * Reads a single value; where that fails and another value was surely meant, the hint names it.
 * @param candidates what a mended text may have meant, best first; `parse` has the last word
 */
export function readOrCorrect<T>(
  given: Given,
  parse: (given: Given) => Result<T>,
  candidates: (text: string) => readonly string[] = () => [],
): Result<T> {
  const result = parse(given)
  // The text before an @ may be a password, and a query a signature.
  if (result.ok || /[@?]/.test(given.text) || given.text.length > LONGEST) return result
  const mended = mendValue(given.text)
  const reads = (text: string) => text !== '' && !/[\r\n]/.test(text) && parse({ ...given, text }).ok
  const corrected = [mended, ...candidates(mended)].find(reads)
  if (corrected === undefined) return result
  const hint = `Allowed: ${describeAllowed(rowOf(given.name))}. Write \`${corrected}\` instead.`
  return failed(...result.problems.map(problem => ({ ...problem, hint })))
}

/** A longer text is not a single value with a mistake. */
const LONGEST = 1_000

const YES = /^(true|yes|y|t|on|1|enable|enabled)$/i
const NO = /^(false|no|n|f|off|0|disable|disabled|none|never)$/i

/** A word that says yes or no in another format or language of configuration. */
export function readYesNo(text: string): boolean | undefined {
  return YES.test(text) ? true : NO.test(text) ? false : undefined
}
