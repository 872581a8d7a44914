import type { Log } from '../../effects.ts'
import { goVariables } from '../../environment/variables.ts'
import { failed, ok, type Problem, type Result } from '../../errors.ts'
import type { Phases } from '../../report/phases.ts'
import { describeGo } from '../../report/toolchain-text.ts'
import { findExecutable } from '../../runner/executable.ts'
import { findGoOnPath, findInstalled, type GoOnPathWorld, type InstalledGo, runsAs } from '../../toolchain/installed.ts'
import { type ToolPlace, toolPlaces } from '../../toolchain/places.ts'
import { type Catalogue, toolchainModule } from '../../toolchain/resolve.ts'
import type { ToolchainStory } from '../../toolchain/story.ts'
import type { WantedGo } from '../../toolchain/wanted.ts'
import type { Transport } from '../../upstream/fetch.ts'
import type { Job } from '../job.ts'
import { type ChosenGo, chooseGo, warnOfBroken } from './choose.ts'
import { type FetchedGo, STOPPED } from './fetch-go.ts'
import { fetchFrom, type GoMeans, type OpenedSource, openSource, PLATFORM } from './open-source.ts'
import { startPatience } from './patience.ts'
import { type AskedGo, findAsked, findInProject } from './wanted.ts'
import { givenUp, warnOfLacking, warnOfOld, warnOfSwitch, withoutGo } from './words.ts'

/** The job with the Go that was asked for. */
export interface Equipped {
  /** Its PATH begins with that Go, where another one or none was there. */
  readonly job: Job
  /** undefined: none was asked for, and there was one. */
  readonly toolchain: ToolchainStory | undefined
  readonly warnings: readonly Problem[]
}

/** Who is told of it. */
interface EquipReporting extends Pick<GoMeans, 'onRequest'> {
  readonly phases: Phases
}

/** Finds the Go that was asked for, or else the one that the project needs; fetches it if it is not installed. */
export async function equip(
  job: Job,
  opening: Promise<Transport>,
  { phases, onRequest }: EquipReporting,
): Promise<Result<Equipped>> {
  const asIs: Equipped = { job, toolchain: undefined, warnings: [] }
  if (job.installsGo === false) return ok(asIs)
  const asked = await findAsked(job)
  if (!asked.ok) return asked
  if (asked.value === undefined && hasGo(job)) return ok(asIs)
  const wanted = asked.value === undefined ? await findInProject(job) : ok(asked.value)
  if (!wanted.ok) return wanted
  const equipped = await phases.time('Go', () => equipWith(wanted.value, job, { opening, onRequest }))
  return equipped.ok || asked.value !== undefined ? equipped : failed(...equipped.problems.map(withoutGo))
}

/** Which Go it is, and where it came from. */
export function sayGo(toolchain: ToolchainStory | undefined, log: Pick<Log, 'info'>): void {
  if (toolchain !== undefined) log.info(describeGo(toolchain))
}

function hasGo({ effects: { env, platform }, inputs: { workingDirectory } }: Job): boolean {
  return findExecutable('go', { env, cwd: workingDirectory.base }, platform) !== undefined
}

/** Offline, or where proxies hardly answer, it ends within a minute. */
async function equipWith(
  wanted: AskedGo,
  job: Job,
  given: Pick<GoMeans, 'opening' | 'onRequest'>,
): Promise<Result<Equipped>> {
  const { inputs, policy, effects, signal } = job
  const longestMs = inputs.timeoutGiven ? inputs.timeoutMs : policy.toolchain.longestMs
  const patience = startPatience(effects.clock, policy.toolchain, longestMs)
  const means: GoMeans = { ...given, patience, signal: AbortSignal.any([signal, patience.signal]) }
  try {
    const equipped = await findOrFetch(wanted, job, means)
    const lost = patience.lost()
    return equipped.ok || lost === undefined || signal.aborted ? equipped : failed(givenUp(wanted, lost))
  } finally {
    patience.stop()
  }
}

async function findOrFetch(wanted: AskedGo, job: Job, means: GoMeans): Promise<Result<Equipped>> {
  const { effects, policy, inputs } = job
  const { clock, env, files, platform } = effects
  const startedMs = clock.now()
  const places = toolPlaces(env, platform)
  const asking = { ...effects, directory: inputs.workingDirectory.base, timeoutMs: policy.goQueryMs }
  const onPath = await findGoOnPath(asking)
  const installed = [...(onPath === undefined ? [] : [onPath]), ...(await findInstalled(places, process.arch, files))]
  const there = job.keptGoZip === undefined ? installed : []
  const source = await openSource(job, means, onPath)
  if (!source.ok) return source
  const { settings } = source.value
  const chosen = await chooseAndFetch(wanted.wanted, { job, means, source: source.value, places, there, asking })
  if (!chosen.ok) return chosen
  const { version, found, broken, lacking, fetched } = chosen.value
  const told = { version, wanted: wanted.wanted.text, by: wanted.by }
  const equipped = (go: InstalledGo, toolchain: ToolchainStory): Result<Equipped> => {
    const warnings = [
      ...wanted.warnings,
      ...warnOfBroken(broken),
      ...warnOfLacking(lacking, version),
      ...warnOfOld(version, wanted.wanted.text),
      ...warnOfSwitch(version, settings),
    ]
    return ok({ job: withGo(job, go), toolchain, warnings })
  }
  if (fetched === undefined)
    return equipped(found, { ...told, goroot: found.goroot, from: found.where, fetched: undefined })
  const { zip, proof, kept } = fetched
  return equipped(fetched.installed, {
    ...told,
    goroot: fetched.installed.goroot,
    from: 'proxy',
    ...(kept === undefined ? {} : { zip: kept }),
    fetched: {
      proxy: zip.source.name,
      database: proof.place,
      bytes: zip.bytes,
      seconds: (clock.now() - startedMs) / 1000,
    },
  })
}

interface Choosing {
  readonly job: Job
  readonly means: GoMeans
  readonly source: OpenedSource
  readonly places: readonly ToolPlace[]
  readonly there: readonly InstalledGo[]
  readonly asking: GoOnPathWorld
}

/** A Go that was found, or fetched. */
type GoAtHand = Pick<ChosenGo, 'version' | 'broken'> & {
  /** Newer versions that a proxy claims, of which none has the zip. */
  readonly lacking: readonly string[]
} & (
    | { readonly found: InstalledGo; readonly fetched: undefined }
    | { readonly found: undefined; readonly fetched: FetchedGo }
  )

/** A proxy that claims more than it has is believed so many times. */
const MOST_LACKING = 3

async function chooseAndFetch(wanted: WantedGo, choosing: Choosing): Promise<Result<GoAtHand>> {
  const { job, means, source, places, there, asking } = choosing
  const lacking: string[] = []
  const catalogue: Catalogue = {
    ...source.catalogue,
    exists: async name =>
      lacking.some(version => toolchainModule(version, PLATFORM).version === name)
        ? ok(false)
        : source.catalogue.exists(name),
  }
  for (;;) {
    const works = (go: InstalledGo) => runsAs(go, asking)
    const chosen = await chooseGo(wanted, there, { platform: PLATFORM, catalogue, works })
    if (job.signal.aborted) return failed(STOPPED)
    if (!chosen.ok) return explained(chosen.problems, source)
    const { version, found, broken } = chosen.value
    if (found !== undefined) return ok({ version, broken, lacking, found, fetched: undefined })
    // What is broken there is marked, and would be found there once more.
    const fit = places.filter(({ kind }) => !broken.some(one => one.version === version && one.where === kind))
    const fetched =
      fit.length === 0 && broken.length > 0
        ? failed(...warnOfBroken(broken))
        : await fetchFrom(version, source, { job, means, places: fit, onLacking: () => lacking.push(version) })
    if (fetched.ok) return ok({ version, broken, lacking, found: undefined, fetched: fetched.value })
    const mayBeOlder = lacking.at(-1) === version && lacking.length <= MOST_LACKING
    if (!mayBeOlder || wanted.kind === 'exact') return fetched
  }
}

/** Where GOPROXY=off leaves no proxy to ask, that is the reason. */
function explained(problems: readonly Problem[], { settings, proxies }: OpenedSource): Result<never> {
  const { value, from } = settings.GOPROXY
  if (proxies.order().length > 0 || proxies.reasons().length > 0 || value !== 'off') return failed(...problems)
  return failed({
    code: 'TOOLCHAIN_GOPROXY_OFF',
    message: `The Go that was asked for is not installed, and GOPROXY=off (from ${from}) forbids fetching it.`,
    hint: 'Name a proxy in `proxies`, or install Go before this step.',
  })
}

/** The environment of everything that this job starts. A GOROOT of another Go would make this one use its files. */
function withGo(job: Job, { goroot, where }: InstalledGo): Job {
  if (where === 'PATH') return job
  const { env } = job.effects
  return { ...job, effects: { ...job.effects, env: { ...env, ...goVariables(goroot, env) } } }
}
