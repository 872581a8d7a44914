import { basename, join, relative } from 'node:path'
import { nameIn, namingLog, namingOf } from '../../demo/names.ts'
import { type PlainGo, timePlainGo } from '../../demo/plain-go.ts'
import type { Demo, NamedProxy } from '../../demo/project.ts'
import type { Log, Paint } from '../../effects.ts'
import { drawBar } from '../../report/candidates.ts'
import { columnsOf, padStartTo, padTo } from '../../text/columns.ts'
import { performJob } from '../job-verb.ts'
import type { Options } from '../options.ts'
import type { VerbWorld } from '../world.ts'
import { RUN } from './run.ts'

/**
 * The verb `run` with a project and proxies that it makes itself, and the same by plain go.
 * @returns the exit code, which is that of `run`
 */
export async function demo(options: Options, world: VerbWorld): Promise<number> {
  const { effects, temporaryDirectory, signal } = world
  const { clock } = effects
  const { startDemo } = await import(/* webpackMode: "eager" */ '../../demo/project.ts')
  const made = await startDemo(temporaryDirectory, effects.env, effects.files)
  try {
    const { env, directory, proxies } = made
    introduce(proxies, effects.log)
    const naming = namingOf(proxies)
    const log = namingLog(effects.log, naming)
    const ours = { proxies: inOrder(proxies, '\n'), workingDirectory: directory, fallback: 'off' }
    const startMs = clock.now()
    const code = await performJob(
      { ...RUN, installsGo: false, toTell: report => nameIn(report, naming) },
      { ...options, ...ours },
      { ...world, effects: { ...effects, env, log }, cwd: directory },
    )
    const isForProgram = options['json'] === true || options['report'] === '-'
    if (code !== 0 || isForProgram) return code
    await compare(clock.now() - startMs, made, world)
    if (!signal.aborted) sayNext(effects.log)
    return code
  } finally {
    await made.close()
  }
}

function inOrder(proxies: readonly NamedProxy[], separator: string): string {
  return proxies.map(({ url }) => url).join(separator)
}

const SOUND: readonly string[] = ['near', 'far', 'farther']

function introduce(proxies: readonly NamedProxy[], log: Log): void {
  const widthOf = (texts: readonly string[]) => Math.max(...texts.map(columnsOf))
  const nameWidth = widthOf(proxies.map(({ name }) => name))
  const whatWidth = widthOf(proxies.map(({ what }) => what))
  const width = widthOf(proxies.map(({ url }) => url)) + nameWidth + whatWidth + 6
  const hasRoom = width <= (log.columns ?? width)
  log.info('24 modules and eight proxies, all on this machine:')
  log.lines(paint =>
    proxies.map(({ name, what, url }) => {
      const shown = `  ${paint(SOUND.includes(name) ? 'green' : 'red', padTo(name, nameWidth))}  `
      return shown + (hasRoom ? `${padTo(what, whatWidth)}  ${paint('dim', url)}` : what)
    }),
  )
}

/** What takes longer is ended: the demo is to take seconds. */
const LIMIT_MS = 6_000

interface TimedRun extends PlainGo {
  readonly who: string
  readonly why: string
}

/** Lets plain go do the same, and shows the times beside each other. */
async function compare(
  ourMs: number,
  { directory, env, proxies }: Demo,
  { effects, temporaryDirectory, signal }: VerbWorld,
): Promise<void> {
  const near = proxies.find(({ name }) => name === 'near')?.url ?? ''
  const plain = async (goproxy: string, cache: string): Promise<PlainGo> => {
    const sinceMs = effects.clock.now()
    const stop = effects.log.follow(() => ({ phase: cache, what: 'plain go downloads the same, to compare', sinceMs }))
    const gomodcache = join(temporaryDirectory, cache)
    const options = { goproxy, project: directory, env, gomodcache, limitMs: LIMIT_MS, signal }
    return timePlainGo(options, effects).finally(stop)
  }
  const inGivenOrder = await plain(inOrder(proxies, ','), 'plain-all')
  if (signal.aborted) return
  const nearAlone = await plain(near, 'plain-near')
  if (signal.aborted) return
  tellTimes(
    [
      { who: 'go-proxy-setup', why: 'all eight measured', how: 'done', ms: ourMs },
      { who: 'plain go', why: 'asks far, the first', ...inGivenOrder },
      { who: 'plain go', why: 'asks near only', ...nearAlone },
    ],
    effects.log,
  )
}

const BAR_CELLS = 14
const COLOURS = { done: 'cyan', failed: 'red', 'not done in time': 'yellow' } as const

function tellTimes(runs: readonly TimedRun[], log: Log): void {
  const longestMs = Math.max(...runs.map(({ ms }) => ms))
  const timeOf = ({ how, ms }: TimedRun) => {
    const time = `${(ms / 1000).toFixed(1)} s`
    return how === 'done' ? time : how === 'failed' ? 'failed' : `> ${time}`
  }
  const widthOf = (cell: (run: TimedRun) => string) => Math.max(...runs.map(cell).map(columnsOf))
  const [whoWidth, timeWidth] = [widthOf(({ who }) => who), widthOf(timeOf)]
  const row = (run: TimedRun, paint: Paint) => {
    const bar = paint(COLOURS[run.how], drawBar(run.ms / longestMs, BAR_CELLS))
    return `  ${padTo(run.who, whoWidth)}  ${padStartTo(timeOf(run), timeWidth)}  ${padTo(bar, BAR_CELLS)}  ${run.why}`
  }
  log.lines(paint => [
    paint('bold', 'Compared with plain go, each with an empty module cache'),
    ...runs.map(run => row(run, paint)),
  ])
}

function sayNext(log: Log): void {
  log.lines(paint => [
    paint('bold', 'Next: which public proxy is best from here?'),
    `  ${paint('green', `${callOf(process.argv[1] ?? '')} bench --proxies public`)}`,
    '  With -C DIR it measures with the modules of your project.',
  ])
}

/** How the user calls this program. @param path as Node knows it */
function callOf(path: string): string {
  if (!/\.[cm]?js$/.test(path)) return basename(path)
  const near = relative(process.cwd(), path)
  return `node ${near.startsWith('..') ? path : near}`
}
