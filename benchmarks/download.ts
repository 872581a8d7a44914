import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { median } from '../src/benchmark/sample.ts'
import { fetchOnce, projects, store } from './modules.ts'
import { type Origin, type OriginOptions, startOrigin } from './origin.ts'
import { type Command, plainGo, thisProgram, timeStep } from './step.ts'
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
const MOST_MEMORY_BYTES = 200e6

const SECTIONS = { rtt, ranked, link, faults, memory } as const

interface Options {
  readonly names: readonly string[]
  readonly rtts: readonly number[]
  readonly runs: number
  readonly origin: Pick<OriginOptions, 'http' | 'requestsPerConnection'>
}

/**
 * The whole step beside plain `go mod download` and the floor (`GOPROXY=file://`), from origins on loopback with a
 * simulated round trip. @param args `--only rtt,ranked,link,faults,memory`, `--project act`, `--rtt 1,20,80,200`, `--runs 3`,
 * `--http 1` for origins without HTTP/2, `--requests-per-connection 1000` for some that end a connection after so many
 */
export async function main(args: readonly string[]): Promise<number> {
  const options: Options = {
    names: valueAfter('--project', args)?.split(',') ?? ['act'],
    rtts: (valueAfter('--rtt', args) ?? '1,20,80,200').split(',').map(Number),
    runs: Number(valueAfter('--runs', args) ?? 3),
    origin: {
      http: valueAfter('--http', args) === '1' ? 1 : 2,
      requestsPerConnection: Number(valueAfter('--requests-per-connection', args) ?? 0),
    },
  }
  for (const name of options.names) {
    if (!existsSync(join(projects, name))) throw new Error(`no project ${name}; there are ${readdirSync(projects)}`)
    fetchOnce(name)
  }
  const wanted = valueAfter('--only', args)?.split(',') ?? Object.keys(SECTIONS)
  let ok = true
  for (const section of wanted) {
    if (!(section in SECTIONS)) throw new Error(`no section ${section}; there are ${Object.keys(SECTIONS)}`)
    ok = (await SECTIONS[section as keyof typeof SECTIONS](options)) && ok
  }
  return ok ? 0 : 1
}

async function rtt({ names, rtts, runs, origin }: Options): Promise<boolean> {
  let ok = true
  for (const name of names) {
    console.log(`\n${name}, one candidate: seconds of the whole step, medians of ${runs}`)
    console.log('  RTT      plain go   this   floor   times faster   above the floor')
    for (const rttMs of rtts) {
      const promised = PROMISED[name]?.[rttMs]
      const row = await withOrigins([{ ...origin, directory: served, rttMs }], async origins =>
        sideBySide(name, origins, runs, {
          floor: plainGo(`file://${served}`),
          plain: plainGo(urlOf(origins)),
          ours: thisProgram([urlOf(origins)]),
        }),
      )
      const times = row.plain / row.ours
      const holds = promised === undefined ? row.ours - row.plain <= MOST_BEHIND_SECONDS : times >= promised
      const note = promised === undefined ? `at most ${MOST_BEHIND_SECONDS} s behind` : `promised ${promised}`
      console.log(
        `${mark(holds)} ${`${rttMs} ms`.padEnd(8)} ${fixed(row.plain, 8)} ${fixed(row.ours, 6)} ${fixed(row.floor, 7)} ${times.toFixed(1).padStart(14)} ${fixed(row.ours - row.floor, 15)} s   (${note})`,
      )
      ok &&= holds
    }
  }
  return ok
}

/** Ten candidates of which seven are of no use, ranked first. */
async function ranked({ names: [name = ''], rtts, runs }: Options): Promise<boolean> {
  console.log(`\n${name}, ten candidates ranked first, medians of ${runs}`)
  console.log('  RTT      plain go   this   times faster')
  let ok = true
  for (const rttMs of rtts.filter(rttMs => PROMISED_RANKED[rttMs] !== undefined)) {
    const good = (times: number): OriginOptions => ({ directory: served, rttMs: rttMs * times })
    const bad = (['silent', 'tampering', 'absent', 'silent', 'absent'] as const).map(
      (fault): OriginOptions => ({ directory: served, rttMs: 5, fault }),
    )
    const row = await withOrigins([good(1), good(1.5), good(2.5), ...bad], async origins => {
      const closed = ['https://127.0.0.1:1', 'https://127.0.0.1:2']
      const urls = origins.map(({ url }) => url)
      return sideBySide(name, origins, runs, {
        plain: plainGo(urlOf(origins)),
        ours: thisProgram([...urls.slice(3), ...closed, ...urls.slice(0, 3)]),
      })
    })
    const times = row.plain / row.ours
    const holds = times >= (PROMISED_RANKED[rttMs] ?? 0)
    console.log(
      `${mark(holds)} ${`${rttMs} ms`.padEnd(8)} ${fixed(row.plain, 8)} ${fixed(row.ours, 6)} ${times.toFixed(1).padStart(14)}   (promised ${PROMISED_RANKED[rttMs]})`,
    )
    ok &&= holds
  }
  return ok
}

/** A link of 100 Mbit/s that all connections share. */
async function link({ names: [name = ''], runs }: Options): Promise<boolean> {
  console.log(`\n${name} over a shared link of 100 Mbit/s at 80 ms, medians of ${runs}`)
  const options = { directory: served, rttMs: 80, bytesPerSecond: LINK_BYTES_PER_SECOND }
  const measure = (command: (url: string) => Command) =>
    // An origin of its own each time: it counts from its first request to its last.
    withOrigins([options], async origins => {
      const { seconds } = await timeStep(join(projects, name), certificatesOf(origins), command(urlOf(origins)))
      const traffic = await (origins[0] as Origin).traffic()
      return { seconds, share: traffic.bytes / LINK_BYTES_PER_SECOND / traffic.seconds }
    })
  const [plain, ours]: [Measured[], Measured[]] = [[], []]
  for (let run = 0; run < runs; run++) {
    plain.push(await measure(plainGo))
    ours.push(await measure(url => thisProgram([url])))
  }
  const [plainSeconds, seconds] = [plain, ours].map(all => median(all.map(one => one.seconds)) ?? 0) as [number, number]
  const share = median(ours.map(one => one.share)) ?? 0
  const holds = share >= LEAST_LINK_SHARE && seconds <= plainSeconds
  console.log(
    `${mark(holds)} plain go ${plainSeconds.toFixed(2)} s, this ${seconds.toFixed(2)} s; ${(share * 100).toFixed(0)} % of the link used while downloading (at least ${LEAST_LINK_SHARE * 100} %)`,
  )
  return holds
}

interface Measured {
  readonly seconds: number
  /** Of the link, while downloading. */
  readonly share: number
}

async function faults({ names: [name = ''], runs }: Options): Promise<boolean> {
  console.log(`\n${name} from three upstreams at 80 ms of which one fails, medians of ${runs}`)
  const good: OriginOptions = { directory: served, rttMs: 80 }
  const timeOf = (fault: OriginOptions['fault'] | undefined) =>
    // The failing one is the nearest: what fails is what was chosen.
    withOrigins([fault === undefined ? good : { ...good, rttMs: 60, fault }, good, good], async origins =>
      sideBySide(name, origins, runs, { ours: thisProgram(origins.map(({ url }) => url)) }),
    )
  const without = (await timeOf(undefined)).ours
  console.log(`  no fault                  ${fixed(without, 6)} s`)
  let ok = true
  for (const fault of ['silent', 'falling silent', 'tampering', 'cutting every fifth body'] as const) {
    const seconds = (await timeOf(fault)).ours
    const holds = seconds <= MOST_WITH_FAULT * without
    console.log(
      `${mark(holds)} ${fault.padEnd(25)} ${fixed(seconds, 6)} s, ${(seconds / without).toFixed(2)} times (at most ${MOST_WITH_FAULT})`,
    )
    ok &&= holds
  }
  return ok
}

async function memory(): Promise<boolean> {
  console.log('\n300 MB of zips: peak memory of the process')
  const synthetic = makeSynthetic(30, 10_000_000)
  try {
    const peak = await withOrigins([{ directory: synthetic.store, rttMs: 20 }], async origins => {
      const step = await timeStep(synthetic.project, certificatesOf(origins), thisProgram([urlOf(origins)]))
      return step.peakBytes
    })
    const holds = peak > 0 && peak < MOST_MEMORY_BYTES
    console.log(`${mark(holds)} ${(peak / 1e6).toFixed(0)} MB (under ${MOST_MEMORY_BYTES / 1e6} MB)`)
    return holds
  } finally {
    synthetic.remove()
  }
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

/** Medians of the whole step, each command in turn so that a busy moment of the machine hits all of them. */
async function sideBySide<Name extends string>(
  name: string,
  origins: readonly Origin[],
  runs: number,
  commands: Readonly<Record<Name, Command>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(commands) as Name[]
  const seconds = Object.fromEntries(names.map(one => [one, [] as number[]])) as Record<Name, number[]>
  for (let run = 0; run < runs; run++) {
    for (const one of names) {
      seconds[one].push((await timeStep(join(projects, name), certificatesOf(origins), commands[one])).seconds)
    }
  }
  return Object.fromEntries(names.map(one => [one, median(seconds[one]) ?? 0])) as Record<Name, number>
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

function valueAfter(name: string, args: readonly string[]): string | undefined {
  const at = args.indexOf(name)
  return at < 0 ? undefined : args[at + 1]
}
