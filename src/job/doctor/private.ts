import { join } from 'node:path'
import { diagnose } from '../../credentials/diagnose.ts'
import type { Credentials } from '../../credentials/install.ts'
import { type Finding, faultOf, good, skipped } from '../../doctor/finding.ts'
import { modulesByGit } from '../../doctor/git.ts'
import { layerOf } from '../../doctor/layer-of.ts'
import { fitHint } from '../../download/setup.ts'
import { childEnvironment } from '../../environment/variables.ts'
import { classifyGoError } from '../../go/failure.ts'
import { redactUrl } from '../../go/goproxy.ts'
import { joinPatterns } from '../../go/patterns.ts'
import { possible } from '../../project/project.ts'
import { sanitizeLine } from '../../text/sanitiser.ts'
import type { Job } from '../job.ts'
import type { Setup } from './setup.ts'

/** Of modules with one host and owner one is enough, and of such so many. */
const MOST_MODULES = 4

/** Has go list the versions of private modules with the credentials at hand: git lists the tags, and nothing is kept. */
export async function askForPrivate(
  job: Job,
  setup: Setup,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const paths = modulesByGit(setup.facts)
  if (!setup.hasGo || paths.length === 0)
    return [skipped('credentials', 'No module of this project is fetched from its repository.')]
  if (!setup.facts.git.isThere) return []
  const own = new Map([...paths].reverse().map(path => [path.split('/').slice(0, 2).join('/'), path]))
  const directory = join(job.temporaryDirectory, 'doctor')
  await job.effects.files.makeDirectory(directory, 0o700)
  await job.effects.files.write(join(directory, 'go.mod'), 'module doctor.invalid\n')
  const asked = [...own.values()].slice(0, MOST_MODULES)
  return (await Promise.all(asked.map(path => askFor(path, directory, { job, setup, credentials, signal })))).flat()
}

interface PrivateAsking {
  readonly job: Job
  readonly setup: Setup
  readonly credentials: Credentials
  readonly signal: AbortSignal
}

async function askFor(path: string, directory: string, asking: PrivateAsking): Promise<readonly Finding[]> {
  const { job, setup, credentials, signal } = asking
  const { settings, project } = setup.facts
  const patterns = joinPatterns(settings.GOPRIVATE.value, settings.GONOPROXY.value, job.inputs.privateDomains.join(','))
  const env = {
    ...childEnvironment(settings.env, []),
    ...credentials.download,
    GOPRIVATE: patterns,
    GONOPROXY: patterns,
    GOMODCACHE: join(directory, 'modules'),
    GOFLAGS: '-modcacherw',
    GOWORK: 'off',
    GOTOOLCHAIN: 'local',
    GO111MODULE: 'on',
    LC_ALL: 'C',
  }
  const { exitCode, stdout, stderr, timedOut } = await job.effects.commands.runOrEnd(
    'go',
    ['list', '-m', '-versions', path],
    {
      cwd: directory,
      env,
      timeoutMs: job.policy.download.hostMs,
      graceMs: job.policy.download.graceMs,
      signal,
    },
  )
  if (timedOut) return [faultOf('git', silent(path))]
  const wanted = project && possible(project).modules.find(one => one.path === path)?.version
  if (exitCode === 0)
    return lacksVersion(path, wanted, stdout) ?? [good('credentials', `${path} can be read from its repository`)]
  const failure = classifyGoError(stderr)
  const text = redactUrl(sanitizeLine(failure.text, WORDS_BYTES)).replace(/^go: /, '')
  const known = diagnose(stderr, text, credentials.known)
  const problem = known ?? {
    ...failure,
    message: `${failure.message} go says: ${text}`,
    hint: fitHint(failure.hint, 'plain go'),
  }
  const { code, message, hint } = problem
  const told = message.includes(path) ? message : `${path} cannot be read from its repository. ${message}`
  return [faultOf(layerOf(code), { code, message: told, hint })]
}

const WORDS_BYTES = 400

/** Pseudo-versions are no tags. */
function lacksVersion(path: string, wanted: string | undefined, stdout: string): readonly Finding[] | undefined {
  const versions = stdout.trim().split(/\s+/).slice(1)
  if (wanted === undefined || /-(0\.)?\d{14}-/.test(wanted) || versions.length === 0 || versions.includes(wanted))
    return undefined
  if (/[-+]/.test(wanted)) return undefined
  return [
    faultOf('module protocol', {
      code: 'GO_REVISION_UNKNOWN',
      message: `The repository of ${path} has no version ${wanted}; its newest is ${versions.at(-1)}.`,
      hint: 'Was its tag pushed? If the module is in a subdirectory, the tag begins with that directory (sub/v1.2.3).',
    }),
  ]
}

function silent(path: string) {
  const host = path.split('/')[0] ?? path
  return {
    code: 'CREDENTIALS_HOST_UNREACHABLE',
    message: `${host} does not answer: git waits for the repository of ${path}.`,
    hint: 'Is the host’s name right, and can this machine reach it (VPN, firewall, HTTPS_PROXY, NO_PROXY)?',
  }
}
