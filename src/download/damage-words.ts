import type { Problem } from '../errors.ts'

/**
 * Files in the module cache that are not what go.sum says: cut by a full disk or a power loss, or brought by a broken
 * archive. go reads what is there and fails, without a request; it fetches again only what is not there.
 */
export interface DamagedFile {
  /** `path@version`. */
  readonly module: string
  /** Below `cache/download`: `example.com/m/@v/v1.0.0.zip`. */
  readonly target: string
  /** In plain words. */
  readonly what: string
  /** Why it is still there, as the system's code; undefined: it is removed. */
  readonly kept: string | undefined
}

const NAMED = 3

/** One warning for all files that were removed, whatever their number. */
export function damageWarning(removed: readonly DamagedFile[]): readonly Problem[] {
  const [first] = removed
  if (first === undefined) return []
  const named = removed.slice(0, NAMED).map(describe).join('; ')
  const rest = removed.length > NAMED ? `; and ${removed.length - NAMED} more` : ''
  const message =
    removed.length === 1
      ? `A file in the module cache was damaged: ${named}. It was removed, and go fetched it again.`
      : `${removed.length} files in the module cache were damaged: ${named}${rest}. They were removed, and go fetched them again.`
  return [
    {
      code: 'MODULE_CACHE_DAMAGED',
      message,
      hint: 'A full disk, a power loss or a broken cache entry leaves such files. If it happens again, delete the cache that they come from.',
    },
  ]
}

/** go cannot go on, and neither can we. */
export function damageFailure(kept: DamagedFile): Problem {
  return {
    code: 'MODULE_CACHE_DAMAGED',
    message: `go mod download failed. A file in the module cache is damaged, and it cannot be removed (${kept.kept}): ${describe(kept)}.`,
    hint: 'Remove it, or empty the module cache with `go clean -modcache`.',
  }
}

function describe({ module, target, what }: DamagedFile): string {
  const why = what.replace(/\.$/, '').replace(/^[A-Z](?=[a-z])/, first => first.toLowerCase())
  return `${module}, ${target.slice(target.lastIndexOf('/') + 1)} (${why})`
}
