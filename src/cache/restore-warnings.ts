import type { Problem } from '../errors.ts'
import { warningsOf } from '../transfer/warnings.ts'
import type { Restored } from './cache.ts'

/** What the user should know about a restore of the module cache that failed or brought wrong content. */
export function warningsOfRestore(restored: Restored): readonly Problem[] {
  return warningsOf(restored, {
    codes: { failed: 'CACHE_NOT_RESTORED', wrong: 'CACHE_WRONG_CONTENT' },
    name: 'The module cache',
    wrong: 'of the cache entry did not match go.sum',
    instead: 'The modules were downloaded instead.',
    insteadOfWrong: 'They were downloaded instead.',
  })
}
