import { isAbsolute } from 'node:path'
import type { Environment } from '../effects.ts'
import type { Problem } from '../errors.ts'
import { splitGoflags } from '../go/goflags.ts'
import { isWithin } from '../places/within.ts'

export interface UndeletableFacts {
  readonly env: Environment
  readonly platform: NodeJS.Platform
  /** Of the process's user; undefined where the system has none. */
  readonly userId: number | undefined
  readonly gomodcache: string
  readonly goflags: string
}

/**
 * A self-hosted runner empties its directories between jobs as its own user. It cannot where go made the module cache's
 * directories read-only, nor where root of a job container wrote them: the next checkout then fails.
 */
export function findUndeletable(facts: UndeletableFacts): readonly Problem[] {
  const { env, platform, userId, gomodcache, goflags } = facts
  if (platform === 'win32' || env['RUNNER_ENVIRONMENT'] !== 'self-hosted') return []
  const workspace = env['GITHUB_WORKSPACE'] ?? ''
  // The runner's directories, as a job container sees them.
  const inContainer = isBelow(workspace, '/__w')
  if (inContainer && userId === 0) {
    return ['/__w', '/github'].some(mount => isBelow(gomodcache, mount)) ? [undeletable(gomodcache, BY_ROOT)] : []
  }
  const emptied = [env['RUNNER_WORKSPACE'], workspace, env['RUNNER_TEMP']]
  const stays = userId !== 0 && !(splitGoflags(goflags) ?? []).some(flag => /^--?modcacherw(=true|=1)?$/.test(flag))
  return stays && emptied.some(place => isBelow(gomodcache, place)) ? [undeletable(gomodcache, READ_ONLY)] : []
}

const READ_ONLY = {
  why: 'go makes its directories read-only',
  hint: 'Set GOFLAGS to -modcacherw in the job’s env, or GOMODCACHE to a directory outside of the runner’s work directory. Run `chmod -R u+w` on the files that are there already.',
}
const BY_ROOT = {
  why: 'root of this container writes it',
  hint: 'Set GOMODCACHE to a directory of the container’s own, such as /go/pkg/mod, or start the container as the runner’s user (`options: --user`).',
}

function undeletable(gomodcache: string, { why, hint }: typeof READ_ONLY): Problem {
  return {
    code: 'SETTINGS_MODULE_CACHE_UNDELETABLE',
    message: `This self-hosted runner empties the directory that holds the module cache ${gomodcache} before a later job, but its user cannot delete these files: ${why}.`,
    hint,
  }
}

function isBelow(path: string, directory: string | undefined): boolean {
  return directory !== undefined && directory !== '' && isAbsolute(path) && isWithin(path, directory)
}
