import { type Finding, faultOf, good } from '../../doctor/finding.ts'
import { layerOf } from '../../doctor/layer-of.ts'
import { fitHint } from '../../download/setup.ts'
import { withoutSecrets } from '../../go/child-environment.ts'
import { classifyGoError } from '../../go/failure.ts'
import { redactUrl } from '../../go/goproxy.ts'
import type { ModuleDirectory } from '../../project/project.ts'
import { sanitizeLine } from '../../text/sanitiser.ts'
import type { Job } from '../job.ts'
import { QUERY_MS } from './machine.ts'
import type { Setup } from './setup.ts'

/** More than that are looked at by go only in a download. */
const MOST_DIRECTORIES = 3

/** Without the network, go must stop there: that is no fault of the project's. A too old Go is told elsewhere. */
const EXPECTED = ['GO_LOOKUP_DISABLED', 'GO_TOOLCHAIN_UNAVAILABLE', 'GO_TOO_OLD', 'HTTP_NOT_FOUND']

/**
 * Has go itself read the project, without the network and without changing anything: what it cannot read it says best. A go
 * that is slow over it says nothing.
 */
export async function askGo(job: Job, { facts, hasGo }: Setup): Promise<readonly Finding[]> {
  const { settings, project } = facts
  if (!hasGo || project === undefined || settings.GO111MODULE.value === 'off') return []
  const asked = project.directories.slice(0, MOST_DIRECTORIES)
  return (await Promise.all(asked.map(directory => askIn(directory, job, facts.env)))).flat()
}

async function askIn(
  directory: ModuleDirectory,
  { effects }: Job,
  env: Setup['facts']['env'],
): Promise<readonly Finding[]> {
  const { vendored, kind, path, name } = directory
  // -mod is no flag for a workspace, and a vendor directory does not tell of all modules.
  const mode = kind === 'workspace' ? [] : ['-mod=readonly']
  const args = vendored ? ['list', '-m'] : ['list', ...mode, '-m', 'all']
  const own = { GOPROXY: 'off', GOTOOLCHAIN: 'local', GOPRIVATE: NO_MODULE, GONOPROXY: NO_MODULE, GOVCS: '*:off' }
  const { exitCode, stderr, timedOut } = await effects.commands.run('go', args, {
    cwd: path,
    env: { ...withoutSecrets(env), ...own },
    timeoutMs: QUERY_MS,
  })
  if (timedOut) return []
  if (exitCode === 0) return [good('project', `go reads ${name === '.' ? 'the project' : name}`)]
  const { code, message, hint, text } = classifyGoError(stderr)
  if (EXPECTED.includes(code)) return []
  const words = redactUrl(sanitizeLine(text, WORDS_BYTES)).replace(/^go: /, '')
  const where = name === '.' ? '' : ` (in ${name})`
  const said = words === '' ? '' : ` go says: ${words}`
  return [faultOf(layerOf(code), { code, message: `${message}${where}${said}`, hint: fitHint(hint, 'plain go') })]
}

/** A pattern that matches none, for an empty variable leaves it to the other places. */
const NO_MODULE = 'none.invalid'
const WORDS_BYTES = 400
