import { secretsOf } from '../credentials/admit.ts'
import type { Credentials } from '../credentials/install.ts'
import type { Problem } from '../errors.ts'
import { isOlder } from '../go/version.ts'
import { type Phases, startPhases } from '../report/phases.ts'
import { type GoRequest, requestsForGo } from '../report/requests.ts'
import { type Story, untoldStory, withWarnings } from '../report/story.ts'
import { OLDEST_GO } from '../settings/read.ts'
import { secretsInTraceSettings } from '../tracing/settings.ts'
import type { Transport } from '../upstream/fetch.ts'
import { VERSION } from '../version.ts'
import { openBuildCache } from './build-cache.ts'
import { connectAhead, openConnections } from './connect.ts'
import { installFor, outlivesStep, removeWithStep } from './credentials.ts'
import type { Defer } from './defer.ts'
import { describeEarlier, readEarlier, withEarlier } from './earlier.ts'
import type { Job } from './job.ts'
import { findLeftToGo } from './left-to-go.ts'
import { openModuleCache } from './module-cache.ts'
import { type Prepared, prepare, sayProject, warningsOf } from './prepare.ts'
import type { Ready } from './ready.ts'
import { findShared } from './sharing.ts'
import { equip, sayGo } from './toolchain/equip.ts'
import { openTools, type ToolShop } from './tools/open.ts'
import { refuseToolQueries } from './tools/remedies.ts'

/** The story so far. Without `ready` it ends here, with its failure. */
export interface Preparation {
  readonly story: Story
  readonly ready: Ready | undefined
  /** undefined where no tool is asked for. */
  readonly tools: ToolShop | undefined
}

/** Reads the project, installs the credentials, and opens what the other stages fetch with. */
export async function getReady(given: Job, defer: Defer): Promise<Preparation> {
  const { clock, env, log } = given.effects
  // Reading the machine's certificates takes as long as go's first answer.
  const opening = openConnections(given)
  defer(async () => (await opening).connections.close())
  const earlier = readEarlier(env)
  const shared = findShared(given)
  const unequipped: Job = {
    ...given,
    inputs: withEarlier(given.inputs, earlier),
    shared: shared.ok ? shared.value : undefined,
  }
  for (const secret of [...secretsOf(unequipped.inputs), ...secretsInTraceSettings(env)]) log.mask(secret)
  log.conceal(given.temporaryDirectory)
  defer(() => removeWithStep(unequipped))
  const phases = startPhases(clock, given.startMs)
  const untold: Story = {
    ...untoldStory(VERSION, given.startMs, phases.list, given.warnings),
    exported: given.inputs.export,
  }
  if (!shared.ok) return failedWith(untold, shared.problems)

  const asked: GoRequest[] = []
  const equipped = await equip(unequipped, opening, { phases, onRequest: request => asked.push(request) })
  const told: Story = { ...untold, requests: requestsForGo(asked, given.startMs) }
  if (!equipped.ok) return failedWith(told, equipped.problems)
  const { job, toolchain } = equipped.value
  const started = withWarnings({ ...told, toolchain }, equipped.value.warnings)
  sayGo(toolchain, log)
  // Later steps can use this Go, but it is too old for us.
  if (toolchain !== undefined && job.command === undefined && isOlder(toolchain.version, OLDEST_GO))
    return { story: started, ready: undefined, tools: undefined }

  const read = await phases.time('read the project', () =>
    prepare(job, earlier, candidates => {
      // If opening fails, the first request says so.
      connectAhead(job, candidates, opening).catch(() => {})
    }),
  )
  if (!read.ok) return failedWith(started, read.problems)
  const { settings, project, candidates } = read.value
  const known = withWarnings({ ...started, settings, project, candidates }, warningsOf(read.value, job))
  sayProject(read.value, job.effects)
  const kept = describeEarlier(given.inputs, earlier)
  if (kept !== undefined) log.info(kept)

  const installed = await installFor(job, read.value, given.inputs.privateDomains)
  if (!installed.ok) return failedWith(known, installed.problems)
  const credentials = installed.value
  const later = outlivesStep(job) ? credentials.later : undefined
  const notices = credentials.notice === undefined ? [] : [credentials.notice]
  const story = withWarnings({ ...known, credentials: later, notices }, credentials.warnings)

  const refused = await refuseToolQueries({ job, prepared: read.value, means: { credentials } })
  if (refused.length > 0) return failedWith(story, refused)

  const opened = await open(job, read.value, { credentials, opening, phases }, defer)
  return { ...opened, story: withWarnings(story, opened.warnings) }
}

/** What `getReady` has prepared before it opens the caches. */
interface Preliminaries {
  readonly credentials: Credentials
  readonly opening: Promise<Transport>
  readonly phases: Phases
}

/** Opens what the other stages fetch with. */
async function open(job: Job, prepared: Prepared, { credentials, opening, phases }: Preliminaries, defer: Defer) {
  const cache = await openModuleCache(job, prepared, phases)
  defer(cache.close)
  const buildCache = await openBuildCache(job, prepared, { phases, modulesFetched: cache.fetched })
  defer(buildCache.close)
  const tools = await openTools(job, prepared, phases)
  defer(async () => tools?.close())
  // If both have a login for a place, the inputs' wins over the netrc file's. go gets them in the same order.
  const transport = { ...(await opening), logins: [...credentials.known.logins, ...prepared.logins] }
  const cached = await cache.beforeBenchmark(prepared)
  const left = await findLeftToGo(job, cached, transport)
  const means = { transport, credentials }
  return {
    ready: { job, prepared: { ...cached, leftToGo: left.candidates }, means, cache, buildCache, phases },
    tools,
    warnings: left.warnings,
  }
}

/** The first problem fails the step; the others become warnings, after the earlier ones. */
function failedWith(story: Story, [first, ...rest]: readonly Problem[]): Preparation {
  return { story: { ...withWarnings(story, rest), failure: first }, ready: undefined, tools: undefined }
}
