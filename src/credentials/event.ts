import type { Environment } from '../effects.ts'

/**
 * Whether the job runs with the repository's secrets on code that a stranger may have written, judged by the
 * event's payload alone. What the payload leaves open counts as a stranger's.
 * Source: docs.github.com, “Events that trigger workflows” and “Webhook events and payloads”.
 */
export function hasForeignHead(event: string | undefined, payload: unknown): boolean {
  switch (event) {
    case 'pull_request_target':
      return isForeign(at(payload, 'pull_request', 'head', 'repo'), payload)
    case 'workflow_run':
      return isForeign(at(payload, 'workflow_run', 'head_repository'), payload)
    case 'issue_comment':
      // The payload says that it is a pull request, and not whose.
      return payload === undefined || at(payload, 'issue', 'pull_request') !== undefined
    default:
      return false
  }
}

/** In place of an event's name, where the system has none: “this fork’s run”. */
export const FORKS_RUN = 'fork’s'

/**
 * The run in which credentials are withheld, as messages name it: an event of GitHub's with a stranger's code, a build of
 * a fork in Azure Pipelines, where SYSTEM_ACCESSTOKEN is this repository's, or a pipeline of GitLab's for a fork's merge
 * request that runs in the parent project, whose CI_JOB_TOKEN it has. undefined: none is known here.
 * Source: learn.microsoft.com, “Predefined variables”, System.PullRequest.IsFork; docs.gitlab.com, “Merge request
 * pipelines”, “Use with forked projects”.
 */
export function unsafeRun(env: Environment, payload: unknown): string | undefined {
  const event = env['GITHUB_EVENT_NAME']
  if (event !== undefined && hasForeignHead(event, payload)) return event
  const [isAzure, isFork] = ['TF_BUILD', 'SYSTEM_PULLREQUEST_ISFORK'].map(name => /^true$/i.test(env[name] ?? ''))
  const source = env['GITLAB_CI'] === 'true' ? env['CI_MERGE_REQUEST_SOURCE_PROJECT_ID'] : undefined
  const isOfFork = Boolean(source) && source !== env['CI_PROJECT_ID']
  return (isAzure && isFork) || isOfFork ? FORKS_RUN : undefined
}

/** Whether GitHub gives this run no secrets at all: pull requests from forks, and everything of Dependabot's. */
export function getsNoSecrets(env: Environment, payload: unknown): boolean {
  return env['GITHUB_ACTOR'] === 'dependabot[bot]' || isForkPullRequest(env, payload)
}

/** Whether the job builds a pull request from a fork, without this repository's rights. */
export function isForkPullRequest(env: Environment, payload: unknown): boolean {
  const isPullRequest = /^pull_request(_review(_comment)?)?$/.test(env['GITHUB_EVENT_NAME'] ?? '')
  return isPullRequest && isForeign(at(payload, 'pull_request', 'head', 'repo'), payload)
}

/**
 * Whether this is the branch whose caches all other branches can read. The payload of `schedule` need not name it, but
 * that event runs on it alone; where another one does not name it, the usual names count.
 * Source: docs.github.com, “Events that trigger workflows”, schedule.
 */
export function isDefaultBranch(env: Environment, payload: unknown): boolean {
  const named = at(payload, 'repository', 'default_branch')
  if (named === undefined && env['GITHUB_EVENT_NAME'] === 'schedule') return true
  const names = typeof named === 'string' ? [named] : ['main', 'master']
  return names.some(name => env['GITHUB_REF'] === `refs/heads/${name}`)
}

/** A fork that was deleted since is null. */
function isForeign(repository: unknown, payload: unknown): boolean {
  const [theirs, ours] = [at(repository, 'id'), at(payload, 'repository', 'id')]
  return theirs === undefined || theirs !== ours
}

function at(value: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>(
    (inner, name) =>
      (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[name] : undefined) ?? undefined,
    value,
  )
}
