import { join } from 'node:path'
import { median } from '../src/benchmark/sample.ts'
import type { Report } from '../src/report/report.ts'
import { type Contest, openContest } from './contest.ts'
import type { MeasuredRun } from './measured.ts'
import { fetchOnce, projects, store } from './modules.ts'
import { type Origin, type OriginOptions, startOrigin } from './origin.ts'
import type { Other } from './program.ts'
import { inRounds, medians, pick } from './rounds.ts'
import { each, type Like, type Sides } from './sides.ts'
import { type Command, plainGo, programUnderTest, timeStep } from './step.ts'
import { makeSynthetic } from './synthetic.ts'

const served = join(store, 'cache', 'download')

/** How many times faster than plain go the whole step has to be, by project and round trip. */
const PROMISED: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  act: { 20: 3, 80: 9, 200: 17 },
  helm: { 80: 10 },
}
/** The same with ten candidates ranked first. */
const PROMISED_RANKED: Readonly<Record<number, number>> = { 80: 8, 200: 15 }
const MOST_BEHIND_SECONDS = 0.5
const LINK_BYTES_PER_SECOND = 100e6 / 8
const LEAST_LINK_SHARE = 0.85
const MOST_WITH_FAULT = 1.5
const MOST_MEMORY_BYTES = 180e6

const SECTIONS = { rtt, ranked, link, faults, memory } as const

/** What `benchmarks/options.mjs` reads. */
export interface Options {
  readonly only: readonly (keyof typeof SECTIONS)[]
  readonly project: readonly string[]
  readonly rtt: readonly number[]
  readonly runs: number
  readonly http: '1' | '2'
  /** Of an HTTP/2 connection, before the origin ends it; 0: no end. */
  readonly requestsPerConnection: number
}

/**
 * The whole step beside plain `go mod download` and the floor (`GOPROXY=file://`), from origins on loopback with a
 * simulated round trip.
 */
export async function main(options: Options, other?: Other): Promise<number> {
  for (const name of options.project) fetchOnce(name)
  const contest = openContest(other)
  let ok = true
  for (const section of options.only) ok = (await SECTIONS[section](options, contest)) && ok
  return contest.conclude(ok)
}

async function rtt(options: Options, contest: Contest): Promise<boolean> {
  const { project, runs } = options
  const origin = { http: options.http === '1' ? 1 : 2, requestsPerConnection: options.requestsPerConnection } as const
  let ok = true
  for (const name of project) {
    console.log(`\n${name}, one candidate: seconds of the whole step, medians of ${runs}`)
    console.log('  RTT      plain go   this   floor   times faster   above the floor   estimate of plain go')
    for (const rttMs of options.rtt) {
      const promised = PROMISED[name]?.[rttMs]
      const steps = await withOrigins([{ ...origin, directory: served, rttMs }], async origins =>
        stepsOf(name, origins, runs, {
          floor: plainGo(`file://${served}`),
          plain: plainGo(urlOf(origins)),
          ...each(contest.programs, program => programUnderTest(program, [urlOf(origins)], 'run', '--report', '-')),
        }),
      )
      const seconds = secondsOf(steps)
      const row = medians(seconds)
      const times = row.plain / row.ours
      const holds = promised === undefined ? row.ours - row.plain <= MOST_BEHIND_SECONDS : times >= promised
      const note = promised === undefined ? `at most ${MOST_BEHIND_SECONDS} s behind` : `promised ${promised}`
      console.log(
        `${mark(holds)} ${`${rttMs} ms`.padEnd(8)} ${fixed(row.plain, 8)} ${fixed(row.ours, 6)} ${fixed(row.floor, 7)} ${times.toFixed(1).padStart(14)} ${fixed(row.ours - row.floor, 15)} s   ${renderEstimate(steps.ours, row.plain)} (${note})`,
      )
      contest.compare(`${name}, ${rttMs} ms`, seconds, 'seconds')
      ok &&= holds
    }
  }
  return ok
}

/** What the reports say that plain go would need, and how far that is from what it needed. */
function renderEstimate(steps: readonly MeasuredRun[], plainSeconds: number): string {
  const estimates = steps.map(({ output }) => (JSON.parse(output) as Report).download?.plainGoSeconds ?? Number.NaN)
  const seconds = median(estimates) ?? Number.NaN
  const error = Math.round((seconds / plainSeconds - 1) * 100)
  return `${seconds.toFixed(2)} s, ${error < 0 ? '' : '+'}${error} %`.padEnd(20)
}

/** Ten candidates of which seven are of no use, ranked first. */
async function ranked({ project: [name = ''], rtt, runs }: Options, contest: Contest): Promise<boolean> {
  console.log(`\n${name}, ten candidates ranked first, medians of ${runs}`)
  console.log('  RTT      plain go   this   times faster')
  let ok = true
  for (const rttMs of rtt.filter(rttMs => PROMISED_RANKED[rttMs] !== undefined)) {
    const good = (times: number): OriginOptions => ({ directory: served, rttMs: rttMs * times })
    const bad = (['silent', 'tampering', 'absent', 'silent', 'absent'] as const).map(
      (fault): OriginOptions => ({ directory: served, rttMs: 5, fault }),
    )
    const steps = await withOrigins([good(1), good(1.5), good(2.5), ...bad], async origins => {
      const closed = ['https://127.0.0.1:1', 'https://127.0.0.1:2']
      const urls = origins.map(({ url }) => url)
      const candidates = [...urls.slice(3), ...closed, ...urls.slice(0, 3)]
      return stepsOf(name, origins, runs, {
        plain: plainGo(urlOf(origins)),
        ...each(contest.programs, program => programUnderTest(program, candidates)),
      })
    })
    const seconds = secondsOf(steps)
    const row = medians(seconds)
    const times = row.plain / row.ours
    const holds = times >= (PROMISED_RANKED[rttMs] ?? 0)
    console.log(
      `${mark(holds)} ${`${rttMs} ms`.padEnd(8)} ${fixed(row.plain, 8)} ${fixed(row.ours, 6)} ${times.toFixed(1).padStart(14)}   (promised ${PROMISED_RANKED[rttMs]})`,
    )
    contest.compare(`${name} ranked, ${rttMs} ms`, seconds, 'seconds')
    ok &&= holds
  }
  return ok
}

/** A link of 100 Mbit/s that all connections share. */
async function link({ project: [name = ''], runs }: Options, contest: Contest): Promise<boolean> {
  console.log(`\n${name} over a shared link of 100 Mbit/s at 80 ms, medians of ${runs}`)
  const options = { directory: served, rttMs: 80, bytesPerSecond: LINK_BYTES_PER_SECOND }
  const measure = (command: (url: string) => Command) => (): Promise<Measured> =>
    // An origin of its own each time: it counts from its first request to its last.
    withOrigins([options], async origins => {
      const { seconds } = await timeStep(join(projects, name), certificatesOf(origins), command(urlOf(origins)))
      const traffic = await (origins[0] as Origin).traffic()
      return { seconds, share: traffic.bytes / LINK_BYTES_PER_SECOND / traffic.seconds }
    })
  const { plain, ...measured } = await inRounds(runs, {
    plain: measure(plainGo),
    ...each(contest.programs, program => measure(url => programUnderTest(program, [url]))),
  })
  const plainSeconds = median(plain.map(({ seconds }) => seconds)) ?? 0
  const seconds = median(measured.ours.map(one => one.seconds)) ?? 0
  const share = median(measured.ours.map(one => one.share)) ?? 0
  const holds = share >= LEAST_LINK_SHARE && seconds <= plainSeconds
  console.log(
    `${mark(holds)} plain go ${plainSeconds.toFixed(2)} s, this ${seconds.toFixed(2)} s; ${(share * 100).toFixed(0)} % of the link used while downloading (at least ${LEAST_LINK_SHARE * 100} %)`,
  )
  contest.compare(
    `${name}, 100 Mbit/s`,
    pick(measured, one => one.seconds),
    'seconds',
  )
  return holds
}

interface Measured {
  readonly seconds: number
  /** Of the link, while downloading. */
  readonly share: number
}

async function faults({ project: [name = ''], runs }: Options, contest: Contest): Promise<boolean> {
  console.log(`\n${name} from three upstreams at 80 ms of which one fails, medians of ${runs}`)
  const good: OriginOptions = { directory: served, rttMs: 80 }
  const timeOf = async (fault: OriginOptions['fault'] | undefined) => {
    // The failing one is the nearest: what fails is what was chosen.
    const failing = fault === undefined ? good : { ...good, rttMs: 60, fault }
    const steps = await withOrigins([failing, good, good], origins => {
      const urls = origins.map(({ url }) => url)
      return stepsOf(
        name,
        origins,
        runs,
        each(contest.programs, program => programUnderTest(program, urls)),
      )
    })
    const seconds = secondsOf(steps)
    return { seconds, median: medians(seconds).ours }
  }
  const without = await timeOf(undefined)
  console.log(`  no fault                  ${fixed(without.median, 6)} s`)
  contest.compare(`${name}, no fault`, without.seconds, 'seconds')
  let ok = true
  for (const fault of ['silent', 'falling silent', 'tampering', 'cutting every fifth body'] as const) {
    const { seconds, median } = await timeOf(fault)
    const holds = median <= MOST_WITH_FAULT * without.median
    console.log(
      `${mark(holds)} ${fault.padEnd(25)} ${fixed(median, 6)} s, ${(median / without.median).toFixed(2)} times (at most ${MOST_WITH_FAULT})`,
    )
    contest.compare(`${name}, ${fault}`, seconds, 'seconds')
    ok &&= holds
  }
  return ok
}

/** Few large zips, and many modules of all sizes. */
async function memory({ runs }: Options, contest: Contest): Promise<boolean> {
  console.log(`\nPeak memory of the process, medians of ${runs}`)
  const synthetic = makeSynthetic(30, 10_000_000)
  try {
    const large = await peaksOf('300 MB of zips', synthetic, runs, contest)
    fetchOnce('helm')
    const many = await peaksOf('helm', { store: served, project: join(projects, 'helm') }, runs, contest)
    return large && many
  } finally {
    synthetic.remove()
  }
}

async function peaksOf(
  name: string,
  { store: directory, project }: { readonly store: string; readonly project: string },
  runs: number,
  contest: Contest,
): Promise<boolean> {
  const steps = await withOrigins([{ directory, rttMs: 20 }], origins =>
    inRounds(
      runs,
      each(contest.programs, program => {
        const command = programUnderTest(program, [urlOf(origins)])
        return () => timeStep(project, certificatesOf(origins), command)
      }),
    ),
  )
  const peaks = pick(steps, ({ peakBytes }) => peakBytes)
  const peak = median(peaks.ours) ?? 0
  const holds = peak > 0 && peak < MOST_MEMORY_BYTES
  console.log(`${mark(holds)} ${name.padEnd(15)} ${(peak / 1e6).toFixed(0)} MB (under ${MOST_MEMORY_BYTES / 1e6} MB)`)
  contest.compare(`${name}, peak memory`, peaks, 'bytes')
  contest.compare(
    `${name}, 20 ms`,
    pick(steps, ({ seconds }) => seconds),
    'seconds',
  )
  return holds
}

async function withOrigins<T>(
  options: readonly OriginOptions[],
  work: (origins: readonly Origin[]) => Promise<T>,
): Promise<T> {
  const origins = await Promise.all(options.map(startOrigin))
  try {
    return await work(origins)
  } finally {
    for (const origin of origins) await origin.close()
  }
}

/** Seconds of the whole step, round by round. */
function secondsOf<R extends Sides<readonly MeasuredRun[]>>(steps: R): Like<R, readonly number[]> {
  return each(steps, list => (list as readonly MeasuredRun[]).map(one => one.seconds))
}

async function stepsOf<R extends Sides<Command>>(
  name: string,
  origins: readonly Origin[],
  runs: number,
  commands: R,
): Promise<Like<R, readonly MeasuredRun[]>> {
  const step = (command: Command) => () => timeStep(join(projects, name), certificatesOf(origins), command)
  return inRounds(runs, each(commands as Sides<Command>, step)) as Promise<Like<R, readonly MeasuredRun[]>>
}

function certificatesOf(origins: readonly Origin[]): readonly string[] {
  return origins.map(({ cert }) => cert)
}

function urlOf([origin]: readonly Origin[]): string {
  return origin?.url ?? ''
}

function mark(holds: boolean): string {
  return holds ? ' ' : '✗'
}

function fixed(seconds: number, width: number): string {
  return seconds.toFixed(2).padStart(width)
}
