import type { Environment } from '../effects.ts'
import type { Problem } from '../errors.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { findAccess } from '../transfer/access.ts'

/** What this run does with the cache. */
export interface CacheMode {
  /** `race`: beside benchmark and download, abandoned when the download will end first; `wait`: before any module is asked for. */
  readonly restore: 'race' | 'wait' | 'no'
  readonly save: boolean
  /** Why something is not done, in plain words; undefined when all is. */
  readonly why: string | undefined
  /** Something that the user may want to change. */
  readonly notice: Problem | undefined
}

export interface CacheFacts {
  readonly input: Inputs['cache']
  readonly env: Environment
  /** Modules that would be downloaded, and of these those that are not in the module cache. */
  readonly modules: number
  readonly missing: number
  readonly download: boolean
  readonly vendored: boolean
  /** The module cache held something before this step. */
  readonly moduleCacheInUse: boolean
  /** setup-go stores the module cache in this job. */
  readonly setupGoCaches: boolean
}

/** Whether to restore and to save. Decided from facts alone, before the service is asked. */
export function decideMode(facts: CacheFacts): CacheMode {
  const { input, env } = facts
  const why = input === 'false' ? 'switched off by the input cache' : whyUseless(facts)
  if (why !== undefined) return off(why)
  const { readable, writable, why: limit, notice } = findAccess(env)
  if (!readable && !writable) return { ...off(limit), notice }
  if (input === 'auto') {
    const unfit = whyNotHere(env)
    if (unfit !== undefined) return off(unfit)
    const other = otherCache(facts)
    if (other !== undefined) return { ...off(other.message), notice: other }
  }
  const readOnly = input === 'read-only'
  return {
    restore: readable && facts.missing > 0 ? (input === 'auto' ? 'race' : 'wait') : 'no',
    save: writable && !readOnly,
    why: readOnly ? 'the input cache is read-only' : limit,
    notice: undefined,
  }
}

function off(why: string | undefined): CacheMode {
  return { restore: 'no', save: false, why, notice: undefined }
}

function whyUseless({ download, modules, vendored }: CacheFacts): string | undefined {
  if (!download) return 'nothing is downloaded'
  if (vendored) return 'the modules are vendored'
  return modules === 0 ? 'there are no modules' : undefined
}

/**
 * What is released should come from its sources; what others' code can reach with this repository's rights should
 * neither read nor fill its caches.
 */
function whyNotHere(env: Environment): string | undefined {
  const event = env['GITHUB_EVENT_NAME'] ?? ''
  if (['release', 'pull_request_target', 'workflow_run'].includes(event)) return `the event is ${event}`
  return env['GITHUB_REF']?.startsWith('refs/tags/') || env['GITHUB_REF_TYPE'] === 'tag'
    ? 'the job builds a tag'
    : undefined
}

function otherCache({ setupGoCaches, moduleCacheInUse, env }: CacheFacts): Problem | undefined {
  if (setupGoCaches) {
    return {
      code: 'CACHE_SETUP_GO',
      message: 'setup-go stores the module cache in this job.',
      hint: 'Give actions/setup-go `cache: false`: this action’s cache is smaller and verified.',
    }
  }
  if (env['RUNNER_ENVIRONMENT'] !== 'self-hosted' || !moduleCacheInUse) return undefined
  return {
    code: 'CACHE_KEPT_BY_RUNNER',
    message: 'This self-hosted runner keeps its module cache.',
    hint: 'You need not do anything; `cache: true` would use the cache service anyway.',
  }
}
