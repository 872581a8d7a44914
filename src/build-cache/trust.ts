import type { Environment } from '../effects.ts'

/**
 * Why a job should not use what it has not built itself, where the user did not ask for it: a build cache is as trusted as
 * those who may write it. What is released should come from its sources; and where others' code runs with this
 * repository's rights, it should not read what they may have written elsewhere.
 * @param isForeign the job may run code of a stranger
 */
export function whyNotHere(env: Environment, isForeign: boolean): string | undefined {
  const event = env['GITHUB_EVENT_NAME'] ?? ''
  if (['release', 'deployment', 'deployment_status', 'pull_request_target'].includes(event))
    return `the event is ${event}`
  if (event !== 'pull_request' && isForeign) return `the event is ${event}, about code from outside this repository`
  return env['GITHUB_REF']?.startsWith('refs/tags/') || env['GITHUB_REF_TYPE'] === 'tag'
    ? 'the job builds a tag'
    : undefined
}

/** Why what this job built is not stored, whatever the input says. */
export function whyNotStored(isForeign: boolean): string | undefined {
  return isForeign ? 'the job may run code from outside this repository' : undefined
}

/**
 * Why no later job could read what this one stores: caches belong to a branch, and a merge group's is made for one run.
 * Source: docs.github.com, “Dependency caching reference”, restrictions for accessing a cache.
 */
export function whyNeverRead(env: Environment): string | undefined {
  return env['GITHUB_EVENT_NAME'] === 'merge_group' ? 'no later job can read what a merge group stores' : undefined
}
