import { childEnvironment } from '../../environment/variables.ts'
import type { Problem } from '../../errors.ts'
import { parseGoproxy, printGoproxy } from '../../go/goproxy.ts'
import { modulePathsOf } from '../../go/tool.ts'
import type { ToolQuery } from '../../inputs/tools.ts'
import { unrankedChoice } from '../measure.ts'
import type { Ready } from '../ready.ts'
import { BESIDE_ANY_PROJECT } from './environment.ts'

type RemedyAsking = Pick<Ready, 'job' | 'prepared'> & { readonly means: Pick<Ready['means'], 'credentials'> }

/**
 * Refuses tools whose version is not a whole one, each with the version to write: the user's own proxies are asked for it,
 * by go, and for nothing else.
 */
export async function refuseToolQueries(asking: RemedyAsking): Promise<readonly Problem[]> {
  const { queries } = asking.job.inputs.tools
  return Promise.all(
    queries.map(async one => {
      const version = await findVersion(one, asking)
      return version === undefined ? one.problem : withRemedy(one, version)
    }),
  )
}

function withRemedy({ package: path, query, problem }: ToolQuery, version: string): Problem {
  const which = query === 'latest' ? 'the newest version' : `the newest of ${query}`
  return { ...problem, hint: `Write \`${path}@${version}\`, ${which}.` }
}

/** @returns undefined where no proxy knows one, or none answers in time */
async function findVersion(
  { package: path, query }: ToolQuery,
  { job, prepared, means }: RemedyAsking,
): Promise<string | undefined> {
  const { effects, policy, temporaryDirectory } = job
  const choice = unrankedChoice({ job, prepared })
  const goproxy = proxiesOnly(choice.lastTry)
  if (goproxy === undefined) return undefined
  const modules = modulePathsOf(path).filter(one => one.includes('.'))
  const { stdout } = await effects.commands.runOrEnd(
    'go',
    ['list', '-m', '-e', '-json', ...modules.map(module => `${module}@${query}`)],
    {
      cwd: temporaryDirectory,
      env: {
        ...childEnvironment(prepared.settings.env, choice.settings),
        ...means.credentials.download,
        ...BESIDE_ANY_PROJECT,
        GOFLAGS: '',
        GOPROXY: goproxy,
        GOTOOLCHAIN: 'local',
      },
      timeoutMs: policy.goQueryMs,
      graceMs: policy.download.graceMs,
      signal: job.signal,
    },
  )
  return stdout.split(/(?<=^\})\n/m).flatMap(versionIn)[0]
}

/** A module's own repository is not asked: that would take long where it is not there. */
function proxiesOnly(goproxy: string): string | undefined {
  const parsed = parseGoproxy(goproxy)
  if (!parsed.ok || parsed.value.entries.length === 0) return undefined
  return printGoproxy({ entries: parsed.value.entries, ending: undefined })
}

const WHOLE_VERSION = /^v\d+\.\d+\.\d+[\w.+-]*$/

function versionIn(json: string): readonly string[] {
  try {
    const { Version: version, Error: error } = JSON.parse(json) as {
      readonly Version?: unknown
      readonly Error?: unknown
    }
    return error === undefined && typeof version === 'string' && WHOLE_VERSION.test(version) ? [version] : []
  } catch {
    return []
  }
}
