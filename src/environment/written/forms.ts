import { failed, ok, type Result } from '../../errors.ts'
import { DOTENV_OBSTACLES, dotenvLine } from '../formats/dotenv.ts'
import { FISH_OWN_MARKS, renderFish } from '../formats/fish.ts'
import { LINE_BREAK, type Obstacle, obstructedBy } from '../formats/refusal.ts'
import { renderShell } from '../formats/shell.ts'
import type { Variable } from '../variables.ts'
import type { WrittenForm, WrittenPlace } from './target.ts'

interface Form {
  /** One line without its end. */
  readonly lineOf: (variable: Variable) => string
  readonly obstacles: readonly Obstacle[]
  /** Whether a line of the user's, behind ours, sets this variable again. */
  readonly sets: (name: string) => RegExp
}

const BROKEN = { ...LINE_BREAK, why: 'would end the line' }
/** No environment can hold one. */
const NUL = { found: /\0/, what: 'a NUL', why: 'would end the value' }

const FORMS: Readonly<Record<WrittenForm, Form>> = {
  'go-env': {
    lineOf: ({ name, value }) => `${name}=${value}`,
    obstacles: [BROKEN, NUL],
    sets: name => new RegExp(`^${name}=`),
  },
  dotenv: {
    lineOf: dotenvLine,
    obstacles: [...DOTENV_OBSTACLES, NUL],
    sets: name => new RegExp(`^\\s*(export\\s+)?${name}\\s*=`),
  },
  shell: {
    lineOf: one => renderShell([one]).trimEnd(),
    obstacles: [BROKEN, NUL],
    sets: name => new RegExp(`^[^#]*\\b${name}=`),
  },
  fish: {
    lineOf: one => renderFish([one]).trimEnd(),
    obstacles: [BROKEN, NUL, FISH_OWN_MARKS],
    sets: name => new RegExp(`^[^#]*\\bset\\b.*\\s${name}\\s`),
  },
}

/** The lines that say these variables, in go's own order, one character a byte. */
export function linesFor({ name, form }: WrittenPlace, variables: readonly Variable[]): Result<readonly string[]> {
  const { lineOf, obstacles } = FORMS[form]
  const problems = obstructedBy(`--write ${name}`, variables, obstacles, '`eval "$(… env)"` where it is needed')
  if (problems.length > 0) return failed(...problems)
  const sorted = variables.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return ok(sorted.map(one => toBytes(lineOf(one))))
}

/** Which of these variables a line sets. */
export function setIn(line: string, form: WrittenForm, names: readonly string[]): readonly string[] {
  return names.filter(name => FORMS[form].sets(name).test(line))
}

/** A text with one character a byte of its UTF-8. */
export function toBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}

/** And back, for people. */
export function fromBytes(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8')
}
