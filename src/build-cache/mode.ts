import type { Environment } from '../effects.ts'
import type { Problem } from '../errors.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { findAccess } from '../transfer/access.ts'
import { whyNeverRead, whyNotHere, whyNotStored } from './trust.ts'

/** Holds the GOCACHE that a use of the action looks after, for later uses in the same job. */
export const KEPT_VARIABLE = 'GOPROXYSETUP_BUILD_CACHE'

/** Any step can write the variable: more than that this use leaves the build cache alone cannot come of it. */
export function isKeptByEarlierUse(gocache: string, env: Environment): boolean {
  return gocache !== '' && env[KEPT_VARIABLE] === gocache
}

/** What this run does with the build cache. */
export interface BuildCacheMode {
  /** `bounded`: given up where it does not pay; `wait`: waited for while it makes progress. */
  readonly restore: 'bounded' | 'wait' | 'no'
  readonly save: boolean
  /** Why something is not done, in plain words; undefined when all is. */
  readonly why: string | undefined
  /** Something that the user may want to change. */
  readonly notice: Problem | undefined
}

export interface BuildCacheFacts {
  readonly input: Inputs['buildCache']
  readonly env: Environment
  /** There is a go.mod or go.work. */
  readonly hasProject: boolean
  /** As `go env` says: a directory, or `off`. */
  readonly gocache: string
  /** As `go env` says: a program that takes GOCACHE's place; '' for none. */
  readonly gocacheprog: string
  /** GOCACHE held entries before this step. */
  readonly inUse: boolean
  /** The job may run code of a stranger. */
  readonly isForeign: boolean
  /** An earlier use of the action in this job restores and stores it. */
  readonly keptByEarlierUse: boolean
  /** setup-go stores GOCACHE in this job. */
  readonly setupGoCaches: boolean
}

/** Whether to restore and to save. Decided from facts alone, before the service is asked. */
export function decideBuildCache(facts: BuildCacheFacts): BuildCacheMode {
  const { input, env } = facts
  const why = input === 'false' ? 'switched off by the input build-cache' : whyUseless(facts)
  if (why !== undefined) return off(why)
  const { readable, writable, why: limit, notice } = findAccess(env)
  // The module cache says the same.
  if (!readable && !writable) return { ...off(limit), notice: input === 'auto' ? undefined : notice }
  if (input === 'auto') {
    const unfit = whyNotHere(env, facts.isForeign)
    if (unfit !== undefined) return off(unfit)
    const other = otherCache(facts)
    if (other !== undefined) return { ...off(other.message), notice: other }
  }
  const whyReadOnly =
    input === 'read-only' ? 'the input build-cache is read-only' : (whyNotStored(facts.isForeign) ?? whyNeverRead(env))
  return {
    restore: readable ? (input === 'auto' ? 'bounded' : 'wait') : 'no',
    save: writable && whyReadOnly === undefined,
    why: whyReadOnly ?? limit,
    notice: undefined,
  }
}

function off(why: string | undefined): BuildCacheMode {
  return { restore: 'no', save: false, why, notice: undefined }
}

function whyUseless({ hasProject, gocache, gocacheprog, keptByEarlierUse }: BuildCacheFacts): string | undefined {
  if (!hasProject) return 'there is no go.mod'
  if (gocacheprog !== '') return 'GOCACHEPROG keeps the build cache elsewhere'
  // What the whole job uses is stored once, after its last step.
  if (keptByEarlierUse) return 'an earlier use of the action in this job looks after it'
  return gocache === '' || gocache === 'off' ? 'go has no build cache (GOCACHE)' : undefined
}

function otherCache({ setupGoCaches, inUse, env }: BuildCacheFacts): Problem | undefined {
  if (setupGoCaches) {
    return {
      code: 'BUILD_CACHE_SETUP_GO',
      message: 'setup-go stores the build cache in this job.',
      hint: 'Give actions/setup-go `cache: false`: this action’s build cache also learns what later commits build.',
    }
  }
  if (env['RUNNER_ENVIRONMENT'] !== 'self-hosted' || !inUse) return undefined
  return {
    code: 'BUILD_CACHE_KEPT_BY_RUNNER',
    message: 'This self-hosted runner keeps its build cache.',
    hint: 'You need not do anything; `build-cache: true` would use the cache service anyway.',
  }
}
