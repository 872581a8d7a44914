import type { Problem } from '../../errors.ts'
import type { Variable } from '../variables.ts'
import { obstructed } from './refusal.ts'

/**
 * Lines for `| source` in fish: `set -gx NAME 'value'`. Between single quotes only `\\` and `\'` are escapes, and all else
 * stands for itself, line breaks included. fish makes a list of PATH's colons by itself. Source: fish-doc, Quotes, and
 * Path variables.
 */
export function renderFish(variables: readonly Variable[]): string {
  return variables.map(({ name, value }) => `set -gx ${name} '${value.replace(/[\\']/g, '\\$&')}'\n`).join('')
}

/**
 * fish 3 keeps bytes that are no UTF-8, and its own marks, in these ranges, so that their characters do not come through.
 * Source: fish-shell, src/common.h.
 */
export const FISH_OWN_MARKS = {
  found: /[\uf600-\uf73f\ufdd0-\ufdef]/,
  what: 'a character for private use',
  why: 'fish reserves for itself',
}

export function fishObstacles(variables: readonly Variable[]): readonly Problem[] {
  return obstructed('fish', variables, [FISH_OWN_MARKS], '--format shell')
}
