import type { Problem } from '../../errors.ts'
import type { Variable } from '../variables.ts'

/** What a format cannot hold of a value. */
export interface Obstacle {
  /** What stands in the value. */
  readonly found: RegExp
  /** Its name in a message: `a line break`. */
  readonly what: string
  /** Why the format cannot hold it: ends the sentence `…, which`. */
  readonly why: string
}

/** Every variable that a format cannot carry, with the reason. Values are not shown: they may be long, or hold a login. */
export function obstructed(
  format: string,
  variables: readonly Variable[],
  obstacles: readonly Obstacle[],
  instead: string,
): readonly Problem[] {
  return obstructedBy(`--format ${format}`, variables, obstacles, instead)
}

/** The same for any option. @param option as the user writes it: `--write go-env` */
export function obstructedBy(
  option: string,
  variables: readonly Variable[],
  obstacles: readonly Obstacle[],
  instead: string,
): readonly Problem[] {
  return variables.flatMap(({ name, value }) => {
    const obstacle = obstacles.find(({ found }) => found.test(value))
    if (obstacle === undefined) return []
    const { what, why } = obstacle
    return [
      {
        code: 'ENV_FORMAT_VALUE',
        message: `env ${option}: the value of ${name} has ${what}, which ${why}.`,
        hint: `Change ${name}, or use ${instead}.`,
      },
    ]
  })
}

/** A user name or password in a URL: `https://user:password@host`. */
const LOGIN = /:\/\/[^/?#\s,|@]*@/

/** A format that others can read what it carries in: a log, an artifact, the history of an image. */
export const PUBLIC_LOGIN = {
  found: LOGIN,
  what: 'a login in a URL',
  why: 'others could read there',
} as const satisfies Obstacle

export const LINE_BREAK = { found: /[\r\n]/, what: 'a line break' } as const
