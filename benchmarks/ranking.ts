import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runBenchmark } from '../src/benchmark/benchmark.ts'
import { predictSeconds } from '../src/benchmark/prediction.ts'
import { planProbes } from '../src/benchmark/probes.ts'
import type { Ranking } from '../src/benchmark/ranking.ts'
import { median } from '../src/benchmark/sample.ts'
import type { Candidate } from '../src/candidates/candidate.ts'
import { goSumOf } from '../src/demo/modules.ts'
import { parseGoSum } from '../src/go/gosum.ts'
import { parsePolicy } from '../src/policy.ts'
import { systemClock } from '../src/runner/clock.ts'
import { openConnections } from '../src/upstream/connection.ts'
import { createGenerator } from './random.ts'
import { MODULES, type Origin, type World, worldOf } from './ranking-world.ts'

const RUNS = 50
const PARALLEL = 2
const PROMISED = { medianSeconds: 1, maximumSeconds: 2, goodShare: 0.9, distBytes: 5e6, startMs: 120 }

/**
 * Ten candidates on loopback: three good ones of changing latency and rate, seven that fail each in its own way, in
 * changing order. Prints how long ranking took and how good the choice was, then the size and start of `dist/`.
 * @param args `--runs N`, `--seed N`
 */
export async function main(args: readonly string[]): Promise<number> {
  const runs = numberAfter('--runs', args) ?? RUNS
  const seed = numberAfter('--seed', args) ?? Math.floor(Math.random() * 2 ** 31)
  console.log(`ranking: ten candidates, ${runs} runs, seed ${seed}`)
  const random = createGenerator(seed)
  const results: Result[] = []
  for (let run = 0; run < runs; run++) {
    const world = worldOf(random)
    results.push(judge(await rankOnce(world), world))
  }
  const ok = [tellRanking(results), tellDist()]
  return ok.every(Boolean) ? 0 : 1
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
async function rankOnce(world: World): Promise<{ ranking: Ranking; origins: readonly Origin[] }> {
  const child = fork(new URL('./ranking-world.js', import.meta.url), ['serve'], { serialization: 'advanced' })
  try {
    child.send(world)
    const [origins] = (await once(child, 'message')) as [readonly Origin[]]
    return { ranking: await rank(origins), origins }
  } finally {
    child.disconnect()
    await once(child, 'exit')
  }
}

async function rank(origins: readonly Origin[]): Promise<Ranking> {
  const connections = openConnections({
    env: {},
    trustedRoots: undefined,
    connectMs: 3_000,
    connectionsPerOrigin: 8,
    clock: systemClock,
  })
  const { objects, ranking } = runBenchmark({
    candidates: origins.map(({ url }) => candidateOf(url)),
    plan: planProbes({
      publicModules: MODULES,
      missing: MODULES,
      sums: parseGoSum(goSumOf(MODULES)).hashes,
      sumdb: undefined,
      isPrivate: () => false,
      isUnchecked: () => false,
      otherBytes: 0,
      nonce: 'benchmark',
    }),
    capMs: 2_000,
    policy: parsePolicy(process.env).benchmark,
    deadlines: { headMs: 10_000, stallMs: 10_000, totalMs: 2_000 },
    mode: { parallel: PARALLEL, prefetch: undefined },
    transport: { connections, clock: systemClock, userAgent: 'benchmark' },
    clock: systemClock,
  })
  for await (const _ of objects);
  try {
    return await ranking
  } finally {
    await connections.close()
  }
}

function candidateOf(url: string): Candidate {
  return {
    name: url,
    list: { entries: [{ text: url, url, separator: undefined }], ending: undefined },
    configured: false,
    trust: 'mirror',
    from: 'input',
    incumbent: false,
    starts: 'at once',
  }
}

/** Good is within 10 % of the best; within 20 % where the best two are less than 10 % apart and noise decides. */
function judge({ ranking, origins }: { ranking: Ranking; origins: readonly Origin[] }, world: World): Result {
  const seconds = origins.map(({ good }) => (good === undefined ? Number.POSITIVE_INFINITY : trueSeconds(good)))
  const [best = 0, second = 0] = [...seconds].sort((a, b) => a - b)
  const winner = ranking.measurements.find(({ usable }) => usable)?.candidate.name
  const at = origins.findIndex(({ url }) => url === winner)
  const ratio = (seconds[at] ?? Number.POSITIVE_INFINITY) / best
  return {
    seconds: ranking.seconds,
    ratio,
    good: ratio <= (second < best * 1.1 ? 1.2 : 1.1),
    chosen: world.origins[at]?.kind ?? 'none',
    wrongContent: ranking.measurements.some(
      ({ usable, candidate }) =>
        usable && origins.some(({ url, wrongContent }) => url === candidate.name && wrongContent),
    ),
  }
}

/** What `go mod download` takes from an origin of this round trip and rate. */
function trueSeconds({ latencyMs, bytesPerSecond }: { latencyMs: number; bytesPerSecond: number }): number {
  const bytes = MODULES.reduce((sum, module) => sum + module.zip.length, 0)
  const speed = { connectMs: latencyMs, latencyMs, bytesPerSecond, errorRate: 0 }
  const mode = { parallel: PARALLEL, prefetch: undefined }
  return predictSeconds(speed, { graphFiles: MODULES.length, modules: MODULES, otherBytes: 0 }, bytes, mode)
}

function tellRanking(results: readonly Result[]): boolean {
  const seconds = results.map(result => result.seconds)
  const middle = median(seconds) ?? 0
  const longest = Math.max(...seconds)
  const good = results.filter(result => result.good).length
  const wrong = results.filter(result => result.wrongContent).length
  return [
    tell('seconds, median', middle.toFixed(2), middle <= PROMISED.medianSeconds, `at most ${PROMISED.medianSeconds}`),
    tell(
      'seconds, longest',
      longest.toFixed(2),
      longest <= PROMISED.maximumSeconds,
      `at most ${PROMISED.maximumSeconds}`,
    ),
    tell(
      'good choices',
      `${good} of ${results.length}`,
      good >= results.length * PROMISED.goodShare,
      `at least ${PROMISED.goodShare * 100} %`,
    ),
    tell('wrong content taken for good', String(wrong), wrong === 0, 'never'),
    ...results
      .filter(result => !result.good)
      .map(({ ratio, chosen }) => tell('  not good', `${chosen}, ${ratio.toFixed(2)} times the best`, true, '')),
  ].every(Boolean)
}

/** Sizes and start-up of what is committed in `dist/`, an empty script's start-up subtracted. */
function tellDist(): boolean {
  const dist = new URL('../../../dist/', import.meta.url)
  const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const bytes = files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0)
  const directory = mkdtempSync(join(tmpdir(), 'start-'))
  try {
    const empty = join(directory, 'empty.mjs')
    writeFileSync(empty, '')
    const { empty: emptyMs, ours: oursMs } = startTimes(empty, new URL('index.js', dist).pathname)
    const ms = oursMs - emptyMs
    return [
      tell('dist/, bytes', String(bytes), bytes <= PROMISED.distBytes, `at most ${PROMISED.distBytes}`),
      tell('start, ms beyond empty Node', ms.toFixed(0), ms <= PROMISED.startMs, `at most ${PROMISED.startMs}`),
    ].every(Boolean)
  } finally {
    rmSync(directory, { recursive: true })
  }
}

/** Alternating, so that the machine's moods meet both. `env --help` loads all that the main step loads. */
function startTimes(empty: string, ours: string): { empty: number; ours: number } {
  const times: { empty: number[]; ours: number[] } = { empty: [], ours: [] }
  for (let i = 0; i < 15; i++) {
    times.empty.push(timed([empty]))
    times.ours.push(timed([ours, 'env', '--help']))
  }
  return { empty: median(times.empty) ?? 0, ours: median(times.ours) ?? 0 }
}

function timed(args: readonly string[]): number {
  const start = performance.now()
  execFileSync(process.execPath, [...args], { stdio: 'ignore' })
  return performance.now() - start
}

function tell(what: string, figure: string, holds: boolean, promised: string): boolean {
  console.log(`${holds ? ' ' : '✗'} ${what.padEnd(30)} ${figure.padEnd(28)} ${promised}`)
  return holds
}

function numberAfter(option: string, args: readonly string[]): number | undefined {
  const value = Number(args[args.indexOf(option) + 1])
  return args.includes(option) && Number.isInteger(value) ? value : undefined
}
