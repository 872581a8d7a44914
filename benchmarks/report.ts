import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Job } from '../__tests__/support/worlds/fake-runner.mjs'
import { median } from '../src/benchmark/sample.ts'
import type { Report } from '../src/report/report.ts'
import { type Contest, openContest } from './contest.ts'
import { bytesOf, startTimes } from './dist.ts'
import { type Origin, startOrigin } from './origin.ts'
import type { Other } from './program.ts'
import { type Cost, costsOf, inMs, type Mark, medianOf, NOTHING, tell, type Used } from './report-costs.ts'
import { tellLogs } from './report-logs.ts'
import { measurePage } from './report-page.ts'
import { makeSynthetic, type Synthetic } from './synthetic.ts'

const PROMISED = { costMs: 50, metricsMs: 10, distBytes: 6.5e6, pageBytes: 6e6, openMs: 2_000 }
const PAGES_OPENED = 5

/** What `benchmarks/options.mjs` reads. */
export interface Options {
  /** That the step downloads. */
  readonly modules: number
  /** That the commands download whose logs and traces are measured. */
  readonly logModules: number
  /** That the page is about. */
  readonly pageModules: number
  readonly runs: number
}

/**
 * Steps that write all that can be made of a report: what each part costs, as differences within one run; then the page
 * of a job of thousands of modules, and the size and start of `dist/`.
 */
export async function main({ modules, logModules, pageModules, runs }: Options, other?: Other): Promise<number> {
  const contest = openContest(other)
  console.log(`report: a step that downloads ${modules} modules, ${runs} runs, medians`)
  const steps = await playSteps(modules, runs, join(contest.programs.ours.dist, 'index.js'))
  const ok = [
    tellCosts(steps),
    await tellPage(steps, pageModules),
    await tellLogs(logModules, runs, contest.programs.ours),
    await tellDist(contest),
  ]
  return contest.conclude(ok.every(Boolean))
}

interface Step {
  readonly marks: readonly Mark[]
  readonly report: Report
}

async function playSteps(modules: number, runs: number, program: string): Promise<readonly Step[]> {
  const synthetic = makeSynthetic(modules, 20_000)
  const origin = await startOrigin({ directory: synthetic.store, rttMs: 5 })
  try {
    const steps: Step[] = []
    for (let run = 0; run < runs; run++) steps.push(await playStep(synthetic, origin, program))
    return steps
  } finally {
    await origin.close()
    synthetic.remove()
  }
}

/** On a fresh runner, with every file that can be made of the report. */
async function playStep({ project }: Synthetic, origin: Origin, program: string): Promise<Step> {
  const job = new Job()
  try {
    cpSync(project, job.workspace, { recursive: true })
    const paths = { marks: join(job.root, 'marks.json'), cert: join(job.root, 'cert.pem') }
    writeFileSync(paths.cert, origin.cert)
    mkdirSync(join(job.root, 'gopath'))
    Object.assign(job.base, {
      NODE_OPTIONS: `--import=${new URL('./report-marks.mjs', import.meta.url).href}`,
      BENCHMARK_MARKS: paths.marks,
      SSL_CERT_FILE: paths.cert,
      SSL_CERT_DIR: '/nonexistent',
      GOPATH: join(job.root, 'gopath'),
      GOFLAGS: '-modcacherw',
      GOTOOLCHAIN: 'local',
      GOENV: 'off',
      GOTELEMETRY: 'off',
      // Nothing but the origin is asked.
      GONOSUMDB: '*',
    })
    const { outcome, log, outputs } = await job.step(program, {
      timeout: 120_000,
      inputs: {
        proxies: origin.url,
        fallback: 'off',
        cache: 'false',
        'build-cache': 'false',
        'trace-file': 'trace.json',
        'html-file': 'page.html',
        'metrics-file': 'metrics.prom',
      },
    })
    if (outcome !== 'success' || !existsSync(paths.marks)) throw new Error(`the step: ${outcome}\n${log.join('\n')}`)
    return { marks: readJson(paths.marks), report: readJson(outputs['report'] ?? '') }
  } finally {
    job.dispose()
  }
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T
}

const METRICS = 'metrics'

/** The part that is complete with each mark. What is not here, such as the report and the outputs, every step has. */
const PARTS: Readonly<Record<string, string>> = {
  'trace.json': 'trace',
  'page.html': 'page',
  'metrics.prom': METRICS,
  summary: 'summary',
  log: 'annotations, and all other lines of the log',
}

function tellCosts(steps: readonly Step[]): boolean {
  const costs = steps.map(({ marks }) => costsOf(marks, Object.keys(PARTS)))
  const row = (of: (cost: Cost) => Used): Used => ({
    cpuMs: medianOf(costs, cost => of(cost).cpuMs),
    ms: medianOf(costs, cost => of(cost).ms),
  })
  const each = Object.entries(PARTS).map(([mark, part]) => {
    const used = row(cost => cost.parts[mark] ?? NOTHING)
    if (part !== METRICS) return tell(part, inMs(used), true, '')
    return tell(part, inMs(used), largest(used) <= PROMISED.metricsMs, `at most ${PROMISED.metricsMs} ms`)
  })
  const together = row(cost => cost.together)
  const all = tell('together', inMs(together), largest(together) <= PROMISED.costMs, `at most ${PROMISED.costMs} ms`)
  return all && each.every(Boolean)
}

function largest({ cpuMs, ms }: Used): number {
  return Math.max(cpuMs, ms)
}

async function tellPage(steps: readonly Step[], modules: number): Promise<boolean> {
  const report = steps[0]?.report
  if (report === undefined) throw new Error('no step was played')
  const { bytes, openMs } = await measurePage(report, modules, PAGES_OPENED)
  const what = `page of ${modules} modules`
  const small = tell(`${what}, bytes`, String(bytes), bytes < PROMISED.pageBytes, `under ${PROMISED.pageBytes}`)
  const ms = median(openMs ?? [])
  const figure = ms === undefined ? 'not measured: no chromium here' : `${ms.toFixed(0)} ms`
  return tell(`${what}, opened`, figure, (ms ?? 0) < PROMISED.openMs, `under ${PROMISED.openMs} ms`) && small
}

async function tellDist(contest: Contest): Promise<boolean> {
  const bytes = { ours: bytesOf(contest.programs.ours.dist) }
  const { empty, ...starts } = await startTimes(contest.programs, 'version')
  const ms = (median(starts.ours) ?? 0) - (median(empty) ?? 0)
  tell('start, ms beyond empty Node', ms.toFixed(0), true, 'not longer: --against')
  contest.compare('start, Node’s own included', starts, 'ms')
  return tell('dist/, bytes', String(bytes.ours), bytes.ours <= PROMISED.distBytes, `at most ${PROMISED.distBytes}`)
}
