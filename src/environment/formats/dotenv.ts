import type { Problem } from '../../errors.ts'
import type { Variable } from '../variables.ts'
import { LINE_BREAK, obstructed } from './refusal.ts'

/**
 * A line a variable for the many readers of `.env` files (docker compose, node --env-file, direnv, dotenv of JavaScript,
 * Ruby and Python), and for `. FILE` in a shell: bare where nothing could be read otherwise, else between single quotes,
 * where all of them take everything but the quote and, some, the backslash as it is. Only what they all read the same is
 * printed. Source: the READMEs of motdotla/dotenv, bkeepers/dotenv and theskumar/python-dotenv; Compose’s env file syntax.
 */
export function renderDotenv(variables: readonly Variable[]): string {
  return variables.map(variable => `${dotenvLine(variable)}\n`).join('')
}

/** Without the line's end. */
export function dotenvLine({ name, value }: Variable): string {
  return /^[\w.,:/@%+-]+$/.test(value) ? `${name}=${value}` : `${name}='${value}'`
}

export const DOTENV_OBSTACLES = [
  { ...LINE_BREAK, why: 'readers of .env files read differently' },
  { found: /'/, what: 'a single quotation mark', why: 'readers of .env files read differently' },
  {
    found: /\\\\|\\$/,
    what: 'a backslash before another or at its end',
    why: 'readers of .env files read differently',
  },
]

export function dotenvObstacles(variables: readonly Variable[]): readonly Problem[] {
  return obstructed('dotenv', variables, DOTENV_OBSTACLES, '--format shell')
}
