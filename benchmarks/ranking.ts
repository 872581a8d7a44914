import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { predictSeconds } from '../src/benchmark/prediction.ts'
import { median } from '../src/benchmark/sample.ts'
import { type Contest, openContest } from './contest.ts'
import { bytesOf, startTimes } from './dist.ts'
import type { Other, Program } from './program.ts'
import { createGenerator } from './random.ts'
import { MODULES, type Origin, type World, worldOf } from './ranking-world.ts'
import { byName, inRound, pick } from './rounds.ts'
import { each, type Sides } from './sides.ts'
import { programUnderTest, timeStep } from './step.ts'
import { writeProject } from './synthetic.ts'

const PARALLEL = 2
const PROMISED = { medianSeconds: 1, maximumSeconds: 2, goodShare: 0.9, distBytes: 6.5e6, startMs: 120 }

/** What `benchmarks/options.mjs` reads. */
export interface Options {
  readonly runs: number
  /** For the same worlds again. */
  readonly seed?: number
}

/**
 * Ten candidates on loopback: three good ones of changing latency and rate, seven that fail each in its own way, in
 * changing order. Prints how long ranking took and how good the choice was, then the size and start of `dist/`.
 */
export async function main(
  { runs, seed = Math.floor(Math.random() * 2 ** 31) }: Options,
  other?: Other,
): Promise<number> {
  const contest = openContest(other)
  console.log(`ranking: ten candidates, ${runs} runs, seed ${seed}`)
  const ok = [tellRanking(await rankAll(runs, seed, contest.programs), contest), await tellDist(contest)]
  return contest.conclude(ok.every(Boolean))
}

async function rankAll(runs: number, seed: number, programs: Sides<Program>): Promise<Sides<readonly Result[]>> {
  const directory = mkdtempSync(join(tmpdir(), 'ranking-'))
  const project = join(directory, 'project')
  try {
    writeProject(MODULES, project)
    const random = createGenerator(seed)
    const rounds: Sides<Result>[] = []
    for (let round = 0; round < runs; round++) {
      const world = worldOf(random)
      const rankIn = (origins: readonly Origin[]) =>
        inRound(
          round,
          each(programs, program => async () => judge(await rank(program, project, origins), origins, world)),
        )
      rounds.push(await serving(world, rankIn))
    }
    return byName(rounds)
  } finally {
    rmSync(directory, { recursive: true })
  }
}

interface Result {
  readonly seconds: number
  /** The chosen one's true download time over the best one's. */
  readonly ratio: number
  readonly good: boolean
  readonly chosen: string
  readonly wrongContent: boolean
}

/** The servers run in a process of their own: the ranking's times are not to be those of their work. */
async function serving<T>(world: World, work: (origins: readonly Origin[]) => Promise<T>): Promise<T> {
  const child = fork(new URL('./ranking-world.js', import.meta.url), ['serve'], { serialization: 'advanced' })
  try {
    child.send(world)
    const [origins] = (await once(child, 'message')) as [readonly Origin[]]
    return await work(origins)
  } finally {
    child.disconnect()
    await once(child, 'exit')
  }
}

/** What the report says, as far as it is looked at. */
interface Ranked {
  readonly candidates: readonly { readonly url: string; readonly verdict: string }[]
  readonly choice: { readonly proxy: string | null }
  readonly benchmark: { readonly seconds: number }
}

async function rank(program: Program, project: string, origins: readonly Origin[]): Promise<Ranked> {
  const urls = origins.map(({ url }) => url)
  // As a job chooses: `bench` measures each candidate to its end, which takes longer.
  const command = programUnderTest(program, urls, 'run', '--download', 'false', '--report-file', '-')
  return JSON.parse((await timeStep(project, [], command)).output)
}

/** Good is within 10 % of the best; within 20 % where the best two are less than 10 % apart and noise decides. */
function judge({ candidates, choice, benchmark }: Ranked, origins: readonly Origin[], world: World): Result {
  const seconds = origins.map(({ good }) => (good === undefined ? Number.POSITIVE_INFINITY : trueSeconds(good)))
  const [best = 0, second = 0] = [...seconds].sort((a, b) => a - b)
  const usable = candidates.filter(({ verdict }) => verdict === 'ok' || verdict === 'slow')
  const at = origins.findIndex(({ url }) => url === choice.proxy)
  const ratio = (seconds[at] ?? Number.POSITIVE_INFINITY) / best
  return {
    seconds: benchmark.seconds,
    ratio,
    good: ratio <= (second < best * 1.1 ? 1.2 : 1.1),
    chosen: world.origins[at]?.kind ?? 'none',
    wrongContent: usable.some(({ url }) => origins.some(origin => origin.url === url && origin.wrongContent)),
  }
}

/** Requests that the gateway has in flight on average; the program predicts for as many. */
const IN_FLIGHT = 64

/** What the download through the gateway takes from an origin of this round trip and rate. */
function trueSeconds({ latencyMs, bytesPerSecond }: { latencyMs: number; bytesPerSecond: number }): number {
  const bytes = MODULES.reduce((sum, module) => sum + module.zip.length, 0)
  const speed = { connectMs: latencyMs, latencyMs, bytesPerSecond, errorRate: 0 }
  const mode = { parallel: PARALLEL, prefetch: IN_FLIGHT }
  return predictSeconds(speed, { graphFiles: MODULES.length, modules: MODULES, otherBytes: 0 }, bytes, mode)
}

function tellRanking(measured: Sides<readonly Result[]>, contest: Contest): boolean {
  const { ours } = measured
  const seconds = ours.map(result => result.seconds)
  const middle = median(seconds) ?? 0
  const longest = Math.max(...seconds)
  const good = ours.filter(result => result.good).length
  const wrong = ours.filter(result => result.wrongContent).length
  const holds = [
    tell('seconds, median', middle.toFixed(2), middle <= PROMISED.medianSeconds, `at most ${PROMISED.medianSeconds}`),
    tell(
      'seconds, longest',
      longest.toFixed(2),
      longest <= PROMISED.maximumSeconds,
      `at most ${PROMISED.maximumSeconds}`,
    ),
    tell(
      'good choices',
      `${good} of ${ours.length}`,
      good >= ours.length * PROMISED.goodShare,
      `at least ${PROMISED.goodShare * 100} %`,
    ),
    tell('wrong content taken for good', String(wrong), wrong === 0, 'never'),
    ...ours
      .filter(result => !result.good)
      .map(({ ratio, chosen }) => tell('  not good', `${chosen}, ${ratio.toFixed(2)} times the best`, true, '')),
  ].every(Boolean)
  contest.compare(
    'ranking',
    pick(measured, result => result.seconds),
    'seconds',
  )
  contest.compareOutcomes(
    'good choices',
    pick(measured, result => result.good),
  )
  return holds
}

/** Sizes and start-up of `dist/`, an empty script's start-up subtracted. */
async function tellDist(contest: Contest): Promise<boolean> {
  const bytes = each(contest.programs, ({ dist }) => bytesOf(dist))
  // `env --help` loads all that the main step loads.
  const { empty, ...starts } = await startTimes(contest.programs, 'env', '--help')
  const ms = (median(starts.ours) ?? 0) - (median(empty) ?? 0)
  const holds = [
    tell('dist/, bytes', String(bytes.ours), bytes.ours <= PROMISED.distBytes, `at most ${PROMISED.distBytes}`),
    tell('start, ms beyond empty Node', ms.toFixed(0), ms <= PROMISED.startMs, `at most ${PROMISED.startMs}`),
  ].every(Boolean)
  contest.compareExact('dist/', bytes, 'bytes')
  contest.compare('start, Node’s own included', starts, 'ms')
  return holds
}

function tell(what: string, figure: string, holds: boolean, promised: string): boolean {
  console.log(`${holds ? ' ' : '✗'} ${what.padEnd(30)} ${figure.padEnd(28)} ${promised}`)
  return holds
}
