import type { Problem } from '../errors.ts'
import { type GoFailure, modulesNamedIn } from '../go/failure.ts'
import { count } from '../text/count.ts'
import type { AttemptEnd } from './attempt.ts'
import { removeDamaged } from './damage.ts'
import { damageFailure } from './damage-words.ts'
import type { DownloadOptions, DownloadWorld } from './download.ts'
import type { DownloadRecord } from './record.ts'

interface MendedRun {
  /** Zips that were there before; what is removed is taken from it. */
  readonly before: Set<string>
  readonly record: DownloadRecord
  readonly end: AttemptEnd
  readonly failure: GoFailure
}

/**
 * Looks in the module cache for the reason of a failure that go met without a request. @returns `mended`: go shall run
 * once more, from the same proxies; a problem: the reason is there, and it cannot be removed; undefined: it is elsewhere
 */
export async function mendCache(
  { before, record, end, failure }: MendedRun,
  { gomodcache, project, policy }: DownloadOptions,
  world: DownloadWorld,
): Promise<'mended' | Problem | undefined> {
  if (end.how !== 'failed') return undefined
  const suspects = [...new Set([...end.failedModules, ...modulesNamedIn(end.words)])]
  const found = await removeDamaged(
    {
      gomodcache,
      sums: project.sums,
      suspects,
      // What the network did is no reason to look at everything.
      all: failure.retry !== 'rounds',
      wasThere: target => before.has(target),
      lockMs: policy.lockMs,
    },
    world,
  )
  const known = new Set(record.damaged.map(({ target }) => target))
  // What is damaged again is not mended by this: a disk may be the reason.
  const removed = found.filter(({ kept, target }) => kept === undefined && !known.has(target))
  for (const { target } of removed) before.delete(target)
  record.damaged.push(...removed)
  if (removed.length > 0) {
    world.log.info(`${count(removed.length, 'damaged file')} removed from the module cache.`)
    return 'mended'
  }
  const kept = found.find(one => one.kept !== undefined && suspects.includes(one.module))
  return kept && damageFailure(kept)
}
