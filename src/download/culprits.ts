import type { Files } from '../effects.ts'
import { objectPath } from '../go/escape.ts'
import type { GoFailure } from '../go/failure.ts'
import { ownText, readLines } from '../go/words.ts'
import type { Ahead } from './ahead.ts'
import { removeCached } from './arrivals.ts'
import type { AttemptEnd } from './attempt.ts'
import { proxiesOf, type RoundEnd, type Rounds } from './rounds.ts'

export type Blame = Pick<RoundEnd, 'culprits' | 'mended'>

interface BlameWorld {
  readonly gomodcache: string
  readonly ahead?: Ahead | undefined
  readonly files: Files
}

export const NO_BLAME: Blame = { culprits: [], mended: false }

/**
 * Finds the proxies that sent wrong content, by what go asked last: it checks before it writes into the module cache
 * (modfetch.hashZip, checkGoMod), so nothing of that is there. What was wrong in the cache before go asked any proxy is
 * removed, for go would not fetch it again by itself.
 */
export async function removeWrong(
  failure: GoFailure,
  end: AttemptEnd,
  rounds: Rounds,
  { gomodcache, ahead, files }: BlameWorld,
): Promise<Blame> {
  const { module } = failure
  const answered = [...end.trace.answered].filter(([key]) => module === undefined || isOf(key, module))
  if (module !== undefined && answered.length === 0) {
    await removeCached(objectsOf(module), gomodcache, files)
    ahead?.distrust(module, hashesIn(end.words))
    return { culprits: [], mended: true }
  }
  const asked = proxiesOf(rounds.goproxy)
  const culprits = [...new Set(answered.map(([, { proxy }]) => proxy))]
  if (
    ahead !== undefined &&
    module !== undefined &&
    culprits.includes(ahead.url) &&
    ahead.distrust(module, hashesIn(end.words))
  ) {
    return { culprits: [], mended: true }
  }
  // With one proxy in the list it can be no other.
  return { culprits: module !== undefined ? culprits : asked.length === 1 ? asked : [], mended: false }
}

/** `verifying …: checksum mismatch` is followed by both, each on a line of its own. */
function hashesIn(words: string): string {
  const own = ownText(readLines(words))
  const [, downloaded] = /^\s*downloaded:\s+(h1:[A-Za-z0-9+/=]+)/m.exec(own) ?? []
  const [, expected] = /^\s*go\.sum:\s+(h1:[A-Za-z0-9+/=]+)/m.exec(own) ?? []
  return downloaded && expected
    ? `its hash is ${downloaded}, go.sum has ${expected}`
    : 'go computed a hash that differs from go.sum'
}

function isOf(key: string, module: string): boolean {
  return objectsOf(module).includes(key)
}

/** Paths below cache/download of everything of one module. @param module `path@version`, as go names it */
function objectsOf(module: string): readonly string[] {
  const [path = '', version = ''] = module.replace(/\/go\.mod$/, '').split('@')
  return (['mod', 'zip', 'info'] as const).flatMap(kind => objectPath({ path, version }, kind) ?? [])
}
