import type { Environment } from '../effects.ts'
import { detectSystem } from './system.ts'

/** The run of a pipeline that this process is part of, in its CI system's words. '' where that does not say. */
export interface PipelineRun {
  /** The system's name, as `detectSystem` has it. */
  readonly system: string
  readonly pipeline: string
  readonly runId: string
  /** From 1; '' where a run that is tried again is a new run. */
  readonly attempt: string
  readonly url: string
  /** The job. */
  readonly task: string
  readonly worker: string
  /** An URL, with a login if the system put one there. */
  readonly repository: string
  /** Branch or tag. In a pull request its author chose the name. */
  readonly ref: string
  readonly isTag: boolean
  readonly revision: string
  readonly names: PipelineNames
}

/**
 * Which job of which repository it is, by names that the repository's own files fix: their number is bounded, that of runs,
 * branches and commits is not. '' where the system has no such name.
 */
export interface PipelineNames {
  readonly repository: string
  readonly workflow: string
  readonly workflow_job: string
}

type PipelineFacts = Omit<PipelineRun, 'system'>

/** Which CI run this is; undefined: none of a system that is known, or one that does not number its runs. */
export function pipelineRunOf(env: Environment): PipelineRun | undefined {
  const run = factsOf(env)
  return run?.runId === '' ? undefined : run
}

/** Names for what outlives a run. All are '' where no system is known. */
export function pipelineNamesOf(env: Environment): PipelineNames {
  return factsOf(env)?.names ?? { repository: '', workflow: '', workflow_job: '' }
}

function factsOf(env: Environment): PipelineRun | undefined {
  const system = detectSystem(env)?.name
  const facts = system === undefined ? undefined : FACTS_OF[system]?.(name => env[name]?.trim() ?? '')
  return system === undefined || facts === undefined ? undefined : { system, ...facts }
}

type ValueOf = (name: string) => string

function names(repository: string, job: string, workflow = ''): PipelineNames {
  return { repository, workflow, workflow_job: job }
}

const gitHub = (of: ValueOf): PipelineFacts => {
  const repository = [of('GITHUB_SERVER_URL'), of('GITHUB_REPOSITORY')].join('/')
  const run = `${repository}/actions/runs/${of('GITHUB_RUN_ID')}`
  return {
    pipeline: of('GITHUB_WORKFLOW'),
    runId: of('GITHUB_RUN_ID'),
    attempt: of('GITHUB_RUN_ATTEMPT'),
    url: of('GITHUB_RUN_ATTEMPT') === '' ? run : `${run}/attempts/${of('GITHUB_RUN_ATTEMPT')}`,
    task: of('GITHUB_JOB'),
    worker: of('RUNNER_NAME'),
    repository,
    ref: of('GITHUB_HEAD_REF') || of('GITHUB_REF_NAME'),
    isTag: of('GITHUB_REF_TYPE') === 'tag',
    revision: of('GITHUB_SHA'),
    names: names(of('GITHUB_REPOSITORY'), of('GITHUB_JOB'), of('GITHUB_WORKFLOW')),
  }
}

/** Sources: each system's list of variables, as in system.ts. */
const FACTS_OF: Readonly<Record<string, (of: ValueOf) => PipelineFacts>> = {
  'GitHub Actions': gitHub,
  'Gitea Actions': gitHub,
  'Forgejo Actions': gitHub,
  'GitLab CI': of => ({
    pipeline: of('CI_PIPELINE_NAME') || of('CI_PROJECT_PATH'),
    runId: of('CI_PIPELINE_ID'),
    attempt: '',
    url: of('CI_PIPELINE_URL'),
    task: of('CI_JOB_NAME'),
    worker: of('CI_RUNNER_DESCRIPTION'),
    repository: of('CI_PROJECT_URL'),
    ref: of('CI_COMMIT_REF_NAME'),
    isTag: of('CI_COMMIT_TAG') !== '',
    revision: of('CI_COMMIT_SHA'),
    // A pipeline may have its branch in its name.
    names: names(of('CI_PROJECT_PATH'), of('CI_JOB_NAME')),
  }),
  'Azure Pipelines': of => ({
    pipeline: of('BUILD_DEFINITIONNAME'),
    runId: of('BUILD_BUILDID'),
    attempt: '',
    url: `${of('SYSTEM_COLLECTIONURI')}${of('SYSTEM_TEAMPROJECT')}/_build/results?buildId=${of('BUILD_BUILDID')}`,
    task: of('SYSTEM_JOBDISPLAYNAME'),
    worker: of('AGENT_NAME'),
    repository: of('BUILD_REPOSITORY_URI'),
    ref: of('BUILD_SOURCEBRANCHNAME'),
    isTag: of('BUILD_SOURCEBRANCH').startsWith('refs/tags/'),
    revision: of('BUILD_SOURCEVERSION'),
    names: names(of('BUILD_REPOSITORY_NAME'), of('SYSTEM_JOBNAME'), of('BUILD_DEFINITIONNAME')),
  }),
  Buildkite: of => ({
    pipeline: of('BUILDKITE_PIPELINE_NAME'),
    runId: of('BUILDKITE_BUILD_ID'),
    attempt: '',
    url: of('BUILDKITE_BUILD_URL'),
    task: of('BUILDKITE_LABEL'),
    worker: of('BUILDKITE_AGENT_NAME'),
    repository: of('BUILDKITE_REPO'),
    ref: of('BUILDKITE_BRANCH'),
    isTag: of('BUILDKITE_TAG') !== '',
    revision: of('BUILDKITE_COMMIT'),
    names: names(of('BUILDKITE_PIPELINE_SLUG'), of('BUILDKITE_LABEL')),
  }),
  CircleCI: of => ({
    pipeline: of('CIRCLE_PROJECT_REPONAME'),
    runId: of('CIRCLE_WORKFLOW_ID'),
    attempt: '',
    url: of('CIRCLE_BUILD_URL'),
    task: of('CIRCLE_JOB'),
    worker: '',
    repository: of('CIRCLE_REPOSITORY_URL'),
    ref: of('CIRCLE_TAG') || of('CIRCLE_BRANCH'),
    isTag: of('CIRCLE_TAG') !== '',
    revision: of('CIRCLE_SHA1'),
    names: names(
      ['CIRCLE_PROJECT_USERNAME', 'CIRCLE_PROJECT_REPONAME']
        .map(of)
        .filter(part => part !== '')
        .join('/'),
      of('CIRCLE_JOB'),
    ),
  }),
  Jenkins: of => ({
    pipeline: of('JOB_NAME'),
    runId: of('BUILD_TAG'),
    attempt: '',
    url: of('BUILD_URL'),
    task: of('STAGE_NAME'),
    worker: of('NODE_NAME'),
    repository: of('GIT_URL'),
    ref: of('GIT_BRANCH'),
    isTag: of('TAG_NAME') !== '',
    revision: of('GIT_COMMIT'),
    // The last part of the name of a multibranch job is the branch.
    names: names('', of('BRANCH_NAME') === '' ? of('JOB_NAME') : of('JOB_NAME').replace(/\/[^/]*$/, '')),
  }),
}
