import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { median } from '../src/benchmark/sample.ts'
import { type FirstJob, simulate } from './job-bytes.ts'
import { type Commit, historyOf, type ProjectName, RELEASE, SOURCES, sourceOf } from './job-projects.ts'
import { type JobRunner, openJobRunner, type Played, SERVICE, WAYS, type Way } from './job-runner.ts'
import { fetchOnce, store } from './modules.ts'
import { startOrigin } from './origin.ts'
import { makeToolchainFiles } from './toolchain-files.ts'

const PROXY_RTT_MS = 20

/** What a job finds, and how many times faster than setup-go’s way it has to be. */
const ROWS: Readonly<Record<Row, { readonly name: string; readonly timesFaster?: number }>> = {
  nothing: { name: 'nothing stored' },
  same: { name: 'the same commit' },
  leaf: { name: 'a leaf package edited' },
  central: { name: 'a central package edited' },
  'leaf-dependency': { name: 'a leaf dependency raised', timesFaster: 3 },
  'root-dependency': { name: 'a root dependency raised' },
  ten: { name: 'ten commits, mean of 4 jobs', timesFaster: 1.3 },
}
type Row = 'nothing' | 'same' | 'leaf' | 'central' | 'leaf-dependency' | 'root-dependency' | 'ten'

/** Of the ten commits those that were pushed, each with the ones before it: only for them a job runs. */
const PUSHED = [2, 5, 8, 10]

/** What `benchmarks/options.mjs` reads. */
export interface Options {
  readonly project: readonly ProjectName[]
  readonly only: readonly (Row | 'stored')[]
  readonly ways: readonly Way[]
  readonly runs: number
}

/** Of the best other way; and the share of setup-go's bytes that may be stored. */
const MOST_BEHIND = { seconds: 0.5, share: 0.05 }
const MOST_BYTES = 0.6

/**
 * Whole jobs: our step or what stands in its place, `go build ./...`, `go vet ./...`, and post. The first job finds
 * nothing stored; each row begins with what that one stored. Without the row `nothing` it is played once for all runs.
 */
export async function main({ project, only, ways, runs }: Options): Promise<number> {
  let ok = true
  for (const name of project) {
    fetchOnce(name)
    sourceOf(name)
    const figures = await measure(name, { only, ways, runs })
    console.log(
      `\n${name}: seconds of the whole job (packages compiled), medians of ${runs}; proxy at ${PROXY_RTT_MS} ms,`,
    )
    console.log(`cache service at ${SERVICE.bytesPerSecond / 1e6} MB/s and ${SERVICE.latencyMs} ms`)
    for (const row of Object.keys(ROWS) as Row[]) if (only.includes(row)) ok = judgeRow(row, figures, ways) && ok
    if (only.includes('stored')) ok = judgeBytes(name, figures) && ok
  }
  return ok ? 0 : 1
}

interface Figures {
  readonly jobs: Map<string, readonly Played[]>
  first: Partial<FirstJob>
}

async function measure(
  name: ProjectName,
  { only, ways, runs }: Pick<Options, 'only' | 'ways' | 'runs'>,
): Promise<Figures> {
  const figures: Figures = { jobs: new Map(), first: {} }
  const commits = commitsOf(name, only)
  // The one that the other ways find: another version would build other packages.
  const version = execFileSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }).trim()
  const files = ways.includes('brought') ? makeToolchainFiles(version) : undefined
  const go = files && { version, verifierKey: files.verifierKey }
  const directory = join(store, 'cache', 'download')
  const beside = files && { beside: files.directory }
  const origin = await startOrigin({ directory, rttMs: PROXY_RTT_MS, ...beside })
  const open = (way: Way) => openJobRunner(way, { project: name, origin, go })
  let opened: Opened = []
  try {
    for (let round = 0; round < runs; round++) {
      if (round === 0 || only.includes('nothing')) {
        await closeAll(opened)
        opened = await Promise.all(ways.map(async way => [way, await open(way)] as const))
        await playFirst(inTurn(opened, round), { name, figures })
      }
      await playRound(inTurn(opened, round), commits, { name, figures })
    }
  } finally {
    await closeAll(opened)
    await origin.close()
    files?.remove()
  }
  return figures
}

/** The commits that are pushed one after another, each with a job of its own. */
function commitsOf(name: ProjectName, only: Options['only']): ReadonlyMap<Row, readonly Commit[]> {
  const { leaf, central, leafDependency, rootDependency } = SOURCES[name]
  const sha = '1'.repeat(40)
  const ten = historyOf(name, 10)
  const all: readonly (readonly [Row, readonly Commit[]])[] = [
    ['same', [RELEASE]],
    ['leaf', [{ ...RELEASE, sha, edits: new Map([[leaf, 1]]) }]],
    ['central', [{ ...RELEASE, sha, edits: new Map([[central, 1]]) }]],
    ['leaf-dependency', [{ ...RELEASE, sha, raised: [leafDependency] }]],
    ['root-dependency', [{ ...RELEASE, sha, raised: [rootDependency] }]],
    ['ten', ten.filter((_, i) => PUSHED.includes(i + 1))],
  ]
  return new Map(all.filter(([row]) => only.includes(row)))
}

type Opened = readonly (readonly [Way, JobRunner])[]

async function closeAll(opened: Opened): Promise<void> {
  for (const [, runner] of opened) await runner.close()
}

/** So that no way is always the first. */
function inTurn(opened: Opened, round: number): Opened {
  return round % 2 === 0 ? opened : [...opened].reverse()
}

interface Notebook {
  readonly name: ProjectName
  readonly figures: Figures
}

/** Nothing is stored yet. Plain go stores nothing: this job is all of its rows. */
async function playFirst(opened: Opened, notebook: Notebook): Promise<void> {
  for (const [way, runner] of opened) {
    note(way, 'nothing', await runner.play(RELEASE), notebook)
    Object.assign(notebook.figures.first, storedBy(way, runner))
    runner.mark()
  }
}

/** Each row for all ways, in turn, so that a busy moment of the machine meets all of them. */
async function playRound(
  opened: Opened,
  commits: ReadonlyMap<Row, readonly Commit[]>,
  notebook: Notebook,
): Promise<void> {
  for (const [row, pushed] of commits) {
    for (const [way, runner] of opened.filter(([way]) => way !== 'plain')) {
      runner.goBack()
      const jobs: Played[] = []
      for (const commit of pushed) jobs.push(await runner.play(commit))
      note(way, row, meanOf(jobs), notebook)
    }
  }
}

function note(way: Way, row: Row, played: Played, { name, figures: { jobs } }: Notebook): void {
  jobs.set(`${way} ${row}`, [...(jobs.get(`${way} ${row}`) ?? []), played])
  const parts = Object.entries(played.parts).map(([part, seconds]) => `${part} ${seconds.toFixed(1)}`)
  const words = `${played.seconds.toFixed(1)} s (${parts.join(', ')}), ${played.compiled} compiled`
  console.log(`  ${name}, ${way}, ${ROWS[row].name}: ${words}`)
}

function meanOf(jobs: readonly Played[]): Played {
  const mean = (of: (played: Played) => number) => jobs.reduce((sum, job) => sum + of(job), 0) / jobs.length
  const parts = Object.keys(jobs[0]?.parts ?? {}).map(part => [part, mean(job => job.parts[part] ?? 0)])
  return {
    seconds: mean(job => job.seconds),
    compiled: Math.round(mean(job => job.compiled)),
    parts: Object.fromEntries(parts),
  }
}

function storedBy(way: Way, runner: JobRunner): Partial<FirstJob> {
  const stored = runner.stored()
  if (way === 'setup-go') return { setupGo: stored.reduce((sum, { bytes }) => sum + bytes, 0) }
  if (way !== 'ours') return {}
  const build = stored.find(({ key }) => key.startsWith('go-proxy-setup-build-'))
  const modules = stored.filter(one => one !== build).reduce((sum, { bytes }) => sum + bytes, 0)
  const used = Number(/-(\d+)-\d+$/.exec(build?.key ?? '')?.[1] ?? 0)
  return { modules, build: build?.bytes ?? 0, used }
}

function judgeRow(row: Row, { jobs }: Figures, ways: readonly Way[]): boolean {
  const played = (way: Way) => jobs.get(`${way} ${way === 'plain' ? 'nothing' : row}`) ?? []
  const seconds = (way: Way) => median(played(way).map(one => one.seconds)) ?? Number.NaN
  const others = [seconds('plain'), seconds('setup-go')].filter(value => !Number.isNaN(value))
  const best = Math.min(...others)
  const behind = seconds('ours') - best
  const timesFaster = seconds('setup-go') / seconds('ours')
  const wanted = ROWS[row].timesFaster
  // Not a number where a way was not played.
  const holds =
    !(behind > Math.max(MOST_BEHIND.seconds, MOST_BEHIND.share * best)) &&
    !(wanted !== undefined && timesFaster < wanted)
  const cells = WAYS.filter(way => ways.includes(way)).map(way => {
    const compiled = median(played(way).map(one => one.compiled)) ?? Number.NaN
    return `${way} ${seconds(way).toFixed(1)} (${compiled})`.padEnd(21)
  })
  const ratio = Number.isNaN(timesFaster)
    ? ''
    : `${timesFaster.toFixed(1)} times setup-go’s${wanted === undefined ? '' : ` (wanted ${wanted})`}`
  const later = seconds('brought') - seconds('ours')
  const bringing = Number.isNaN(later) ? '' : `; Go brought: ${later < 0 ? '−' : '+'}${Math.abs(later).toFixed(1)} s`
  console.log(`${holds ? ' ' : '✗'} ${ROWS[row].name.padEnd(28)} ${cells.join(' ')} ${ratio}${bringing}`)
  return holds
}

function judgeBytes(name: ProjectName, { first }: Figures): boolean {
  const { setupGo, modules, build, used } = first
  if (setupGo === undefined || modules === undefined || build === undefined || used === undefined) return true
  const mb = (bytes: number) => `${Math.round(bytes / 1e6)} MB`
  const one = modules + build
  const holds = one <= MOST_BYTES * setupGo
  console.log(
    `${holds ? ' ' : '✗'} ${'stored by the first job'.padEnd(28)} setup-go ${mb(setupGo)}, ours ${mb(one)} (modules ${mb(modules)}, build ${mb(build)} of ${mb(used)})`,
  )
  const all = simulate(name, { setupGo, modules, build, used })
  const allHold = all.ours <= MOST_BYTES * all.setupGo && !(name === 'act' && all.ours > MOST_ACT_BYTES)
  console.log(
    `${allHold ? ' ' : '✗'} ${'50 commits (simulated)'.padEnd(28)} setup-go ${mb(all.setupGo)}, ours ${mb(all.ours)} (${all.builds} build entries), one entry a run ${mb(all.eachRun)}; ${all.raised} of them raise a dependency`,
  )
  return holds && allHold
}

const MOST_ACT_BYTES = 2e9
