import type { Problem } from '../errors.ts'
import { count } from '../text/count.ts'
import type { Restored } from './cache.ts'

/** Files that a warning names. */
const NAMED = 5

/** What the user should know about a restore that failed or brought wrong content. */
export function warningsOfRestore({ how, what, rejected }: Restored): readonly Problem[] {
  const bad = rejected.slice(0, NAMED).map(({ target, what }) => `${target} (${what})`)
  return [
    ...(how === 'failed'
      ? [
          {
            code: 'CACHE_NOT_RESTORED',
            message: `The module cache could not be restored: ${what ?? 'unknown reason'}.`,
            hint: 'The modules were downloaded instead.',
          },
        ]
      : []),
    ...(rejected.length > 0
      ? [
          {
            code: 'CACHE_WRONG_CONTENT',
            message: `${count(rejected.length, 'file')} of the cache entry did not match go.sum and were not used: ${bad.join(', ')}${rejected.length > NAMED ? ', …' : ''}.`,
            hint: 'They were downloaded instead. The entry may have been tampered with: delete this repository’s caches.',
          },
        ]
      : []),
  ]
}
