import { failed, ok, type Problem, type Result } from '../errors.ts'
import { type Given, inputProblem, type ListLine, linesOf, splitLines, type Word } from './given.ts'
import { type Mended, mendPath, mendWords } from './mend.ts'
import { rowOf } from './table.ts'

/** How the words of a list are read. */
export interface WordRules<T> {
  readonly parse: (word: Word) => Result<T>
  /** What a word that is refused was probably meant to be, best first; `parse` has the last word. */
  readonly correct: (text: string) => readonly string[]
}

/**
 * The values of all words. A line that was written as a list of another format, or holds what cannot be seen, is one
 * problem, with the whole line as it has to be; else each word is its own.
 */
export function parseWords<T>(given: Given, rules: WordRules<T>): Result<readonly T[]> {
  const results = linesOf(given.text).map(line => {
    const read = line.words.map(word => ({ word, result: rules.parse(word) }))
    const problems = read.flatMap(({ word, result }) => (result.ok ? [] : explainWord(word, result.problems, rules)))
    if (problems.length > 0) return failed(...(explainLine(given, line, rules) ?? problems))
    return ok(read.flatMap(({ result }) => (result.ok ? [result.value] : [])))
  })
  const problems = results.flatMap(result => (result.ok ? [] : result.problems))
  return problems.length > 0 ? failed(...problems) : ok(results.flatMap(result => (result.ok ? result.value : [])))
}

function explainLine<T>(given: Given, line: ListLine, rules: WordRules<T>): readonly Problem[] | undefined {
  const mended = mendWords(line.text)
  if (mended.faults.length === 0) return undefined
  const words = mended.parts.map(part => correctWord(part, line, rules))
  // The text before an @ may be a password.
  const told = line.text.includes('@') || words.includes(undefined)
  return [formProblem(given, line, mended, told ? undefined : words.map(String))]
}

function explainWord<T>(word: Word, problems: readonly Problem[], rules: WordRules<T>): readonly Problem[] {
  // Of a word with a login only what the message shows of it counts; of others on its line nothing, if any is hidden.
  const visible = word.hidden ? /\*\*\*@([^@]+)$/.exec(word.shown)?.[1] : word.text
  const isVersion = word.hidden && /^(v\d[\w.+-]*|latest)$/.test(visible ?? '')
  const corrected = visible === undefined || isVersion ? undefined : correctWord(visible, word, rules)
  if (corrected === undefined) return problems
  // The message also says where the login goes.
  const isTold = ({ code }: Problem) => code === 'INPUT_URL_USERINFO'
  return problems.map(problem => (isTold(problem) ? problem : { ...problem, hint: `Write \`${corrected}\` instead.` }))
}

function correctWord<T>(text: string, { line }: { readonly line: number }, rules: WordRules<T>): string | undefined {
  const reads = (one: string) => rules.parse({ text: one, line, blankAfter: false, shown: one, hidden: false }).ok
  return [text, ...rules.correct(text)].find(one => one !== '' && !/[\s,]/.test(one) && reads(one))
}

/** The paths of all lines. */
export function parsePaths(given: Given): Result<readonly string[]> {
  const lines = splitLines(given.text)
  const problems = lines.flatMap(line => {
    if (line.text.includes('\0'))
      return [inputProblem(given, 'PATH', 'a path cannot contain a NUL', { line: line.line })]
    const mended = mendPath(line.text)
    return mended.faults.length === 0 ? [] : [formProblem(given, line, mended, mended.parts)]
  })
  return problems.length > 0 ? failed(...problems) : ok(lines.map(({ text }) => text))
}

/** @param instead the words or lines to write; undefined: unknown */
export function formProblem(
  given: Given,
  line: Pick<ListLine, 'line' | 'shown'>,
  { faults }: Mended,
  instead: readonly string[] | undefined,
): Problem {
  const isPattern = rowOf(given.name).kind === 'patterns'
  const what = `\`${line.shown}\`${isPattern ? ' can match no module' : ''}: ${faults.join('; ')}`
  return inputProblem(given, isPattern ? 'PATTERN' : 'FORM', what, {
    line: line.line,
    advice: adviseOn(given, instead),
  })
}

function adviseOn({ name }: Given, instead: readonly string[] | undefined): string | undefined {
  if (instead === undefined) return undefined
  if (instead.length === 0) return 'Remove this line.'
  const { kind } = rowOf(name)
  if (instead.length > 1 && (kind === 'url' || kind === 'path')) return undefined
  if (instead.length === 1 || kind === 'proxies' || kind === 'patterns')
    return `Write \`${instead.join(', ')}\` instead.`
  return `Write ${instead.map(part => `\`${part}\``).join(' and ')} instead, each on its own line.`
}
