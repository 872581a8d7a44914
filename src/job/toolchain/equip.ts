import { endianness } from 'node:os'
import { join } from 'node:path'
import { findCandidates, secretsInGoproxy } from '../../candidates/find.ts'
import { loginsFor, usesNetrc } from '../../candidates/logins.ts'
import { findLogins as findGivenLogins, readNetrc } from '../../credentials/install.ts'
import type { Log } from '../../effects.ts'
import { goVariables } from '../../environment/variables.ts'
import { failed, ok, type Problem, type Result } from '../../errors.ts'
import { parseGosumdb } from '../../go/gosumdb.ts'
import { parseNetrc } from '../../go/netrc.ts'
import { isOlder } from '../../go/version.ts'
import type { Phases } from '../../report/phases.ts'
import { describeGo } from '../../report/toolchain-text.ts'
import { formatMs } from '../../report/units.ts'
import { findExecutable } from '../../runner/executable.ts'
import { OLDEST_GO } from '../../settings/read.ts'
import { type FetchSettings, readSettingsWithoutGo } from '../../settings/without-go.ts'
import { findGoOnPath, findInstalled, type InstalledGo, runsAs } from '../../toolchain/installed.ts'
import { goPlatformOf, type ToolPlace, toolPlaces } from '../../toolchain/places.ts'
import type { Catalogue } from '../../toolchain/resolve.ts'
import type { ToolchainStory } from '../../toolchain/story.ts'
import type { Transport } from '../../upstream/fetch.ts'
import type { Job } from '../job.ts'
import { type GoProxies, openGoProxies, REMEDY } from './ask.ts'
import { fetchGo, STOPPED } from './bring.ts'
import { chooseGo, warnOfBroken } from './choose.ts'
import { type LostPatience, type Patience, startPatience } from './patience.ts'
import { goSources } from './sources.ts'
import { type AskedGo, findAsked, findInProject } from './wanted.ts'

/** The job with the Go that was asked for. */
export interface Equipped {
  /** Its PATH begins with that Go, where another one or none was there. */
  readonly job: Job
  /** undefined: none was asked for, and there was one. */
  readonly toolchain: ToolchainStory | undefined
  readonly warnings: readonly Problem[]
}

/** Finds the Go that was asked for, or where there is none the one that the project needs; brings it if it is not there. */
export async function equip(job: Job, opening: Promise<Transport>, phases: Phases): Promise<Result<Equipped>> {
  const asIs: Equipped = { job, toolchain: undefined, warnings: [] }
  if (job.bringsGo === false) return ok(asIs)
  const asked = await findAsked(job)
  if (!asked.ok) return asked
  if (asked.value === undefined && hasGo(job)) return ok(asIs)
  const wanted = asked.value === undefined ? await findInProject(job) : ok(asked.value)
  if (!wanted.ok) return wanted
  const equipped = await phases.time('Go', () => equipWith(wanted.value, job, opening))
  return equipped.ok || asked.value !== undefined ? equipped : failed(...equipped.problems.map(withoutGo))
}

/** The user has not asked for any Go: what is wrong first of all is that there is none. */
function withoutGo(problem: Problem): Problem {
  if (problem.code === STOPPED.code) return problem
  return {
    ...problem,
    code: 'GO_NOT_FOUND',
    message: `There is no \`go\` command on PATH, and none could be brought. ${problem.message}`,
    hint: /install Go/.test(problem.hint) ? problem.hint : `${problem.hint} Or install Go before this step.`.trim(),
  }
}

/** Which Go it is, and where it came from. */
export function sayGo(toolchain: ToolchainStory | undefined, log: Pick<Log, 'info'>): void {
  if (toolchain !== undefined) log.info(describeGo(toolchain))
}

function hasGo({ effects: { env, platform }, inputs: { workingDirectory } }: Job): boolean {
  return findExecutable('go', { env, cwd: workingDirectory.base }, platform) !== undefined
}

/** Offline, or where proxies hardly answer, it ends within a minute. */
async function equipWith(wanted: AskedGo, job: Job, opening: Promise<Transport>): Promise<Result<Equipped>> {
  const { inputs, policy, effects, signal } = job
  const longestMs = inputs.timeoutGiven ? inputs.timeoutMs : policy.toolchain.longestMs
  const patience = startPatience(effects.clock, policy.toolchain, longestMs)
  const means: Means = { opening, patience, signal: AbortSignal.any([signal, patience.signal]) }
  try {
    const equipped = await findOrFetch(wanted, job, means)
    const lost = patience.lost()
    return equipped.ok || lost === undefined || signal.aborted ? equipped : failed(givenUp(wanted, lost))
  } finally {
    patience.stop()
  }
}

/** What Go is brought with. */
interface Means {
  readonly opening: Promise<Transport>
  readonly patience: Patience
  /** Aborts when we are stopped, or patience is lost. */
  readonly signal: AbortSignal
}

async function findOrFetch(wanted: AskedGo, job: Job, means: Means): Promise<Result<Equipped>> {
  const { effects, policy, inputs } = job
  const { clock, env, files, platform } = effects
  const startedMs = clock.now()
  const places = toolPlaces(env, platform)
  const asking = { ...effects, directory: inputs.workingDirectory.base, timeoutMs: policy.goQueryMs }
  const onPath = await findGoOnPath(asking)
  const there = [...(onPath === undefined ? [] : [onPath]), ...(await findInstalled(places, process.arch, files))]
  const source = await openSource(job, means, onPath)
  if (!source.ok) return source
  const { settings } = source.value
  const chosen = await chooseGo(wanted.wanted, there, {
    platform: PLATFORM,
    catalogue: source.value.catalogue,
    works: go => runsAs(go, asking),
  })
  if (job.signal.aborted) return failed(STOPPED)
  if (!chosen.ok) return explained(chosen.problems, source.value)
  const { version, found, broken } = chosen.value
  const told = { version, wanted: wanted.wanted.text, by: wanted.by }
  const equipped = (go: InstalledGo, toolchain: ToolchainStory): Result<Equipped> => {
    const warnings = [
      ...wanted.warnings,
      ...warnOfBroken(broken),
      ...warnOfOld(version, wanted.wanted.text),
      ...warnOfSwitch(version, settings),
    ]
    return ok({ job: withGo(job, go), toolchain, warnings })
  }
  if (found !== undefined)
    return equipped(found, { ...told, goroot: found.goroot, from: found.where, fetched: undefined })
  // What is broken there is marked, and would be found there once more.
  const fit = places.filter(({ kind }) => !broken.some(one => one.version === version && one.where === kind))
  const fetched =
    fit.length === 0 && broken.length > 0
      ? failed(...warnOfBroken(broken))
      : await fetchFrom(version, source.value, { job, means, places: fit })
  if (!fetched.ok) return fetched
  const { installed, zip, proof } = fetched.value
  return equipped(installed, {
    ...told,
    goroot: installed.goroot,
    from: 'proxy',
    fetched: {
      proxy: zip.source.name,
      database: proof.place,
      bytes: zip.bytes,
      seconds: (clock.now() - startedMs) / 1000,
    },
  })
}

const PLATFORM = goPlatformOf(process.platform, process.arch, endianness())

/** Where Go may be fetched from. */
interface Source {
  readonly settings: FetchSettings
  /** GOSUMDB, or what the input says. */
  readonly gosumdb: string
  readonly proxies: GoProxies
  readonly catalogue: Catalogue
  readonly transport: Transport
  readonly untilMs: number
}

/** Nothing is asked yet. */
async function openSource(
  job: Job,
  { opening, signal }: Means,
  onPath: InstalledGo | undefined,
): Promise<Result<Source>> {
  const { effects, inputs, policy } = job
  const settings = await readSettingsWithoutGo({ ...effects, goroot: onPath?.goroot })
  for (const secret of secretsInGoproxy(settings.GOPROXY.value)) effects.log.mask(secret)
  const candidates = findCandidates(inputs, settings)
  if (!candidates.ok) return candidates
  const { list } = candidates.value
  const given = await findGivenLogins(inputs, settings.env, effects.files)
  const netrc = usesNetrc(settings) ? parseNetrc((await readNetrc(settings.env, effects)).forGo) : []
  // As the newest go would read it.
  const own = loginsFor(list, netrc, { version: '' })
  for (const { token } of own) effects.log.mask(token)
  const transport: Transport = { ...(await opening), logins: [...given, ...own] }
  const untilMs = effects.clock.now() + policy.toolchain.againForMs
  const sources = goSources(candidates.value, settings.GOPROXY.value, inputs)
  const world = { transport, clock: effects.clock, policy: policy.toolchain, signal, untilMs }
  const proxies = openGoProxies(sources, world)
  const gosumdb = inputs.sumdb === 'auto' ? settings.GOSUMDB.value : inputs.sumdb
  return ok({ settings, gosumdb, proxies, catalogue: catalogueOf(proxies), transport, untilMs })
}

const TOOLCHAIN = 'golang.org/toolchain/@v'

/** What the proxies say of golang.org/toolchain. */
function catalogueOf(proxies: GoProxies): Catalogue {
  return {
    async list() {
      const answer = await proxies.ask(`${TOOLCHAIN}/list`, body => body.includes('v0.0.1-go'))
      return answer.ok ? ok(answer.value?.toString('utf8') ?? '') : answer
    },
    async exists(version) {
      const answer = await proxies.ask(`${TOOLCHAIN}/${version}.info`, body => body.includes(version))
      return answer.ok ? ok(answer.value !== undefined) : answer
    },
  }
}

interface Destination {
  readonly job: Job
  readonly means: Means
  readonly places: readonly ToolPlace[]
}

async function fetchFrom(version: string, source: Source, { job, means, places }: Destination) {
  const database = parseGosumdb(source.gosumdb)
  if (!database.ok) return database
  if (database.value.kind === 'off') return failed(unprovable(version))
  const { proxies, transport, untilMs, settings } = source
  const remembered = await readRemembered(database.value.name, settings, job)
  return fetchGo(version, {
    ...{ job, transport, proxies, places, platform: PLATFORM, untilMs, remembered },
    ...{ database: database.value, patience: means.patience, signal: means.signal },
  })
}

/** A tree head has some 200 bytes. */
const HEAD_BYTES = 16 << 10

/** Where go keeps the head that it believed last. Source: cmd/go/internal/modfetch, sumdb.go (ReadConfig). */
async function readRemembered(name: string, { gopath }: FetchSettings, { effects }: Job): Promise<string | undefined> {
  if (gopath === undefined) return undefined
  const [head] = await effects.files.readSmall([join(gopath, 'pkg', 'sumdb', name, 'latest')], HEAD_BYTES)
  return head
}

/** Where GOPROXY=off leaves no proxy to ask, that is the reason. */
function explained(problems: readonly Problem[], { settings, proxies }: Source): Result<never> {
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

function warnOfOld(version: string, wanted: string): readonly Problem[] {
  if (!isOlder(version, OLDEST_GO)) return []
  // Without quotes YAML takes 1.20 for a number.
  const unquoted = /^1\.[1-9]$/.test(wanted) ? `If ${wanted}0 was meant: write \`'${wanted}0'\`, in quotes. ` : ''
  return [
    {
      code: 'TOOLCHAIN_OLD',
      message: `Go ${version.slice(2)} is older than ${OLDEST_GO.slice(2)}: it is there for later steps, but no module is downloaded, no setting is exported and nothing is cached.`,
      hint: `${unquoted}Take a newer Go; Go itself supports the last two releases.`,
    },
  ]
}

/** With another version by name in GOTOOLCHAIN the go command runs that one, whatever is on PATH. */
function warnOfSwitch(version: string, { GOTOOLCHAIN: { value, from } }: FetchSettings): readonly Problem[] {
  const name = value.split('+')[0] ?? ''
  if (!name.startsWith('go1') || name === version) return []
  return [
    {
      code: 'TOOLCHAIN_SWITCHED',
      message: `GOTOOLCHAIN (from ${from}) is ${value}: go runs that version, although ${version} was asked for and is on PATH.`,
      hint: 'Unset GOTOOLCHAIN, or ask for the same version.',
    },
  ]
}

function givenUp({ wanted: { text } }: AskedGo, { afterMs, why }: LostPatience): Problem {
  return {
    code: 'TOOLCHAIN_TOO_SLOW',
    message: `Go ${text.replace(/^go/, '')} was given up after ${formatMs(afterMs)}: ${why}.`,
    hint: `${REMEDY} A longer \`timeout\` waits longer for a zip that moves.`,
  }
}

function unprovable(version: string): Problem {
  return {
    code: 'TOOLCHAIN_WITHOUT_DATABASE',
    message: `Go ${version.slice(2)} is not fetched: the checksum database is off, and nothing else proves that it is Go.`,
    hint: 'Remove GOSUMDB=off (or `sumdb: off`) for this step; GONOSUMDB keeps single modules from the database. Or install Go before this step.',
  }
}
