import type { Environment } from '../effects.ts'

/** A stretch of a log that its system shows folded. Marks are whole lines without their end, made of safe titles. */
export interface Fold {
  readonly begin: (group: FoldedGroup) => string
  readonly end: (group: FoldedGroup) => string
}

/** One group as its marks name it. */
export interface FoldedGroup {
  /** Clean: one line, no control characters, no secrets. */
  readonly title: string
  /** From 1, of this log. */
  readonly number: number
  /** When the mark is printed, in whole seconds since 1970. */
  readonly second: number
}

/** The token that a system makes for one job, and the git server that it is for. */
export interface JobToken {
  readonly variable: string
  /** Beside the token; undefined: what the host expects. */
  readonly user: string | undefined
  /** The variables that name the server, for messages. */
  readonly serverVariable: string
  /** An URL as the system has it, unchecked; '' where it says none. */
  readonly server: (env: Environment) => string
  /** How a job gets the variable, where it does not have it by itself. */
  readonly remedy: string
}

/** A CI system by what it tells its jobs. */
export interface CiSystem {
  readonly name: string
  /** The variable with a directory that goes with the job. */
  readonly temporary?: string
  /** undefined: its log has no groups. */
  readonly fold?: Fold
  /** undefined: its jobs get no token for a git server. */
  readonly token?: JobToken
}

/** A system and how its jobs know it. */
interface SystemRow extends CiSystem {
  readonly variable: string
  /** undefined: any that is not empty. */
  readonly value?: RegExp
}

const TRUE = /^true$/i

const GITHUB_FOLD: Fold = {
  begin: ({ title }) => `::group::${title.replaceAll('%', '%25')}`,
  end: () => '::endgroup::',
}

const GITHUB_TOKEN: JobToken = {
  variable: 'GITHUB_TOKEN',
  user: 'x-access-token',
  serverVariable: 'GITHUB_SERVER_URL',
  server: env => env['GITHUB_SERVER_URL'] ?? '',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the runner's
  remedy: 'Give the step the token: `env:` with `GITHUB_TOKEN: ${{ github.token }}`.',
}

const GITHUB = { temporary: 'RUNNER_TEMP', fold: GITHUB_FOLD, token: GITHUB_TOKEN }

/**
 * The first that fits counts: Forgejo and Gitea call themselves GitHub, too.
 * Sources: docs.gitlab.com/ci/jobs/job_logs, learn.microsoft.com “Logging commands” and “Predefined variables”,
 * buildkite.com/docs/pipelines/configure/managing-log-output, jetbrains.com/help/teamcity/service-messages.html, and each
 * system's list of variables.
 */
const SYSTEMS: readonly SystemRow[] = [
  { name: 'Forgejo Actions', variable: 'FORGEJO_ACTIONS', value: TRUE, ...GITHUB },
  { name: 'Gitea Actions', variable: 'GITEA_ACTIONS', value: TRUE, ...GITHUB },
  { name: 'GitHub Actions', variable: 'GITHUB_ACTIONS', value: TRUE, ...GITHUB },
  {
    name: 'GitLab CI',
    variable: 'GITLAB_CI',
    value: TRUE,
    fold: {
      begin: ({ title, number, second }) =>
        `\u001b[0Ksection_start:${second}:go_proxy_setup_${number}[collapsed=true]\r\u001b[0K${title}`,
      end: ({ number, second }) => `\u001b[0Ksection_end:${second}:go_proxy_setup_${number}\r\u001b[0K`,
    },
    token: {
      variable: 'CI_JOB_TOKEN',
      user: 'gitlab-ci-token',
      serverVariable: 'CI_SERVER_HOST',
      server: gitlabServer,
      remedy: 'GitLab gives it to every job: pass it on where a container or sudo takes it away.',
    },
  },
  {
    name: 'Azure Pipelines',
    variable: 'TF_BUILD',
    value: TRUE,
    temporary: 'AGENT_TEMPDIRECTORY',
    fold: { begin: ({ title }) => `##[group]${title}`, end: () => '##[endgroup]' },
    token: {
      variable: 'SYSTEM_ACCESSTOKEN',
      // Any will do beside a token.
      user: undefined,
      serverVariable: 'SYSTEM_COLLECTIONURI',
      server: env => env['SYSTEM_COLLECTIONURI'] ?? '',
      remedy: 'Give the step the token: `env:` with `SYSTEM_ACCESSTOKEN: $(System.AccessToken)`.',
    },
  },
  {
    name: 'Buildkite',
    variable: 'BUILDKITE',
    value: TRUE,
    // A group has no end there but the next one's beginning; what follows is not to be hidden in it.
    fold: { begin: ({ title }) => `--- ${title}`, end: () => '+++ go-proxy-setup' },
  },
  {
    name: 'TeamCity',
    variable: 'TEAMCITY_VERSION',
    fold: {
      begin: ({ title }) => `##teamcity[blockOpened name='${escapeTeamCity(title)}']`,
      end: ({ title }) => `##teamcity[blockClosed name='${escapeTeamCity(title)}']`,
    },
  },
  { name: 'CircleCI', variable: 'CIRCLECI', value: TRUE },
  { name: 'Woodpecker', variable: 'CI', value: /^woodpecker$/ },
  { name: 'Bitbucket Pipelines', variable: 'BITBUCKET_BUILD_NUMBER' },
  { name: 'Drone', variable: 'DRONE', value: TRUE },
  { name: 'Travis CI', variable: 'TRAVIS', value: TRUE },
  { name: 'Jenkins', variable: 'JENKINS_URL', temporary: 'WORKSPACE_TMP' },
]

/** Which CI system runs this process; undefined: none that is known. */
export function detectSystem(env: Environment): CiSystem | undefined {
  return SYSTEMS.find(({ variable, value = /./ }) => value.test(env[variable] ?? ''))
}

/** CI_SERVER_PORT and CI_SERVER_PROTOCOL are there since GitLab 12.8; without them it is https as usual. */
function gitlabServer({ CI_SERVER_PROTOCOL, CI_SERVER_HOST, CI_SERVER_PORT }: Environment): string {
  if (!CI_SERVER_HOST) return ''
  return `${CI_SERVER_PROTOCOL || 'https'}://${CI_SERVER_HOST}${CI_SERVER_PORT ? `:${CI_SERVER_PORT}` : ''}`
}

/** Source: “Escaped values” of its service messages. Beyond ASCII the escape is by UTF-16 unit. */
function escapeTeamCity(text: string): string {
  return text
    .replace(/[|'[\]]/g, char => `|${char}`)
    .replace(/[^ -~]/g, unit => `|0x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`)
}
