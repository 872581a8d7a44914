import type { Environment } from '../../effects.ts'
import { failed, ok, type Problem, type Result } from '../../errors.ts'
import { ORIGINAL_VARIABLE } from '../../settings/original.ts'
import type { Variable } from '../variables.ts'
import { azureObstacles, renderAzure } from './azure.ts'
import { renderBuildkite } from './buildkite.ts'
import { renderCircleci } from './circleci.ts'
import { cmdObstacles, renderCmd } from './cmd.ts'
import { dockerObstacles, renderDocker } from './docker.ts'
import { dotenvObstacles, renderDotenv } from './dotenv.ts'
import { fishObstacles, renderFish } from './fish.ts'
import { renderGithub } from './github.ts'
import { gitlabObstacles, gitlabWarnings, renderGitlab } from './gitlab.ts'
import { jenkinsObstacles, renderJenkins } from './jenkins.ts'
import { renderJson } from './json.ts'
import { renderPowershell } from './powershell.ts'
import { renderShell } from './shell.ts'
import { renderTeamcity, teamcityObstacles } from './teamcity.ts'

/** A way to print variables. */
interface Format {
  readonly render: (variables: readonly Variable[]) => string
  /** Why it cannot print them; absent: it carries every value that an environment can hold. */
  readonly obstacles?: (variables: readonly Variable[]) => readonly Problem[]
  /** What the user should know of what is printed. */
  readonly warnings?: (variables: readonly Variable[], env: Environment) => readonly Problem[]
  /** What is printed is for another machine or an image: what names directories of this one stays out, with a warning. */
  readonly elsewhere?: true
  /** It cannot carry the JSON of `ORIGINAL_VARIABLE`, or its reader has no use for it. */
  readonly withoutOriginals?: true
}

const BY_NAME = {
  shell: { render: renderShell },
  fish: { render: renderFish, obstacles: fishObstacles },
  powershell: { render: renderPowershell },
  cmd: { render: renderCmd, obstacles: cmdObstacles, withoutOriginals: true },
  dotenv: { render: renderDotenv, obstacles: dotenvObstacles },
  github: { render: renderGithub },
  gitlab: {
    render: renderGitlab,
    obstacles: gitlabObstacles,
    warnings: gitlabWarnings,
    elsewhere: true,
    withoutOriginals: true,
  },
  azure: { render: renderAzure, obstacles: azureObstacles },
  circleci: { render: renderCircleci },
  buildkite: { render: renderBuildkite },
  teamcity: { render: renderTeamcity, obstacles: teamcityObstacles },
  jenkins: { render: renderJenkins, obstacles: jenkinsObstacles },
  docker: { render: renderDocker, obstacles: dockerObstacles, elsewhere: true, withoutOriginals: true },
  json: { render: renderJson },
} as const satisfies Readonly<Record<string, Format>>

/** How `env` can print the settings. */
export type FormatName = keyof typeof BY_NAME
export const FORMAT_NAMES = Object.keys(BY_NAME) as readonly FormatName[]

/** What `env` prints, and what the user should know of it. */
export interface RenderedVariables {
  readonly text: string
  readonly warnings: readonly Problem[]
}

/** Variables as text. Fails with `ENV_FORMAT_VALUE` where the format cannot carry a value, and with what it says itself. */
export function renderVariables(
  name: FormatName,
  variables: readonly Variable[],
  env: Environment,
): Result<RenderedVariables> {
  const format: Format = BY_NAME[name]
  const carried = variables.filter(one => format.withoutOriginals !== true || one.name !== ORIGINAL_VARIABLE)
  const left = format.elsewhere === true ? carried.filter(one => OF_THIS_MACHINE.includes(one.name)) : []
  const taken = carried.filter(one => !left.includes(one))
  const problems = format.obstacles?.(taken) ?? []
  if (problems.length > 0) return failed(...problems)
  const warnings = [...left.map(one => staysHere(name, one)), ...(format.warnings?.(taken, env) ?? [])]
  return ok({ text: format.render(taken), warnings })
}

const OF_THIS_MACHINE: readonly string[] = ['PATH', 'GOROOT']

function staysHere(format: string, { name }: Variable): Problem {
  return {
    code: 'ENV_STAYS_HERE',
    message: `env --format ${format} leaves out ${name}: it names directories of this machine, where Go was installed.`,
    hint: 'Use an image that has Go, or run env again in the job that needs it.',
  }
}
