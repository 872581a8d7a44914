import type { Problem } from '../errors.ts'
import { count } from '../text/count.ts'
import type { TransferEnd } from './transfer.ts'

/** Files that a warning names. */
const NAMED = 5

/** What a cache calls itself, and what happens to what it did not give. */
interface CacheWords {
  /** The codes of the two warnings. */
  readonly codes: { readonly failed: string; readonly wrong: string }
  /** `The module cache`. */
  readonly name: string
  /** `of the cache entry did not match go.sum`, after a number of files. */
  readonly wrong: string
  /** What becomes of a cache that was not restored, and of files that were wrong: each a sentence. */
  readonly instead: string
  readonly insteadOfWrong: string
}

/** What the user should know about a restore that failed or brought wrong content. */
export function warningsOf({ how, what, rejected }: TransferEnd, words: CacheWords): readonly Problem[] {
  const warnings: Problem[] = []
  if (how === 'failed') {
    warnings.push({
      code: words.codes.failed,
      message: `${words.name} could not be restored: ${what ?? 'unknown reason'}.`,
      hint: words.instead,
    })
  }
  if (rejected.length > 0) {
    const named = rejected.slice(0, NAMED).map(({ target, what }) => `${target} (${what})`)
    const more = rejected.length > NAMED ? ', …' : ''
    warnings.push({
      code: words.codes.wrong,
      message: `${count(rejected.length, 'file')} ${words.wrong} and ${rejected.length === 1 ? 'was' : 'were'} not used: ${named.join(', ')}${more}.`,
      hint: `${words.insteadOfWrong} The entry may have been tampered with: delete this repository’s caches.`,
    })
  }
  return warnings
}
