import type { Environment } from '../../effects.ts'
import type { Problem } from '../../errors.ts'
import type { Variable } from '../variables.ts'
import { LINE_BREAK, obstructed, PUBLIC_LOGIN } from './refusal.ts'

/**
 * A file for `artifacts:reports:dotenv` of GitLab CI, for later jobs: `NAME=value`, and no more. Quotes are kept as they
 * are, there are no escapes, no comments and no empty lines, and the file must be smaller than 5 kB. Source: GitLab's page
 * of artifacts reports; gitlabhq, parse_dotenv_artifact_service.rb.
 */
export function renderGitlab(variables: readonly Variable[]): string {
  return variables.map(({ name, value }) => `${name}=${value}\n`).join('')
}

/** `$` is expanded when a later job begins, and what stands around a value is trimmed. */
const OBSTACLES = [
  { ...LINE_BREAK, why: 'a dotenv report cannot hold' },
  { found: /^\s|\s$/, what: 'a space around it', why: 'GitLab removes' },
  { found: /\$/, what: 'a dollar sign', why: 'GitLab reads as the beginning of a variable' },
  { found: /["']/, what: 'a quotation mark', why: 'a dotenv report cannot hold' },
  { found: /\0/, what: 'a NUL', why: 'GitLab removes' },
  PUBLIC_LOGIN,
]
const LIMIT_BYTES = 5 * 1024

export function gitlabObstacles(variables: readonly Variable[]): readonly Problem[] {
  const problems = obstructed('gitlab', variables, OBSTACLES, '`eval "$(… env)"` in the job that needs it')
  const bytes = Buffer.byteLength(renderGitlab(variables))
  return bytes < LIMIT_BYTES ? problems : [...problems, tooLarge(bytes)]
}

function tooLarge(bytes: number): Problem {
  return {
    code: 'ENV_FORMAT_SIZE',
    message: `env --format gitlab: the settings are ${bytes} bytes, and GitLab takes a dotenv report only below ${LIMIT_BYTES}.`,
    hint: 'Shorten GOPRIVATE, or use `eval "$(… env)"` in the job that needs it.',
  }
}

/**
 * A variable of the pipeline, project, group or instance goes before a report's. Those of .gitlab-ci.yml do not, but a job
 * cannot tell them apart, so the warning says both. Source: GitLab's page of CI/CD variable precedence.
 */
export function gitlabWarnings(variables: readonly Variable[], env: Environment): readonly Problem[] {
  if (!env['GITLAB_CI']) return []
  return variables
    .filter(({ name, value }) => env[name] !== undefined && env[name] !== value)
    .map(({ name }) => ({
      code: 'ENV_GITLAB_OVERRIDDEN',
      message: `${name} is set in this job already; if that is a variable of the project, its group, the instance or the pipeline, it goes before the dotenv report in later jobs.`,
      hint: `Remove ${name} from Settings > CI/CD > Variables, or use \`eval "$(… env)"\` in each job.`,
    }))
}
