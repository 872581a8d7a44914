import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Authority } from '../../__tests__/support/builders/certificates.ts'
import { switchTelemetryOff } from '../../__tests__/support/worlds/project.ts'
import type { Habit, Opened, Way } from './habit.ts'
import { findBroken, mostSeconds, type Run } from './judge.ts'
import type { Library } from './library.ts'
import type { Ended, Processes } from './process.ts'
import { type Call, plainGo, product } from './ways.ts'

/** Plain go has this long, and the product three times what it is allowed. */
const PLAIN_SECONDS = 600
const OURS_TIMES = 3
const OURS_LEAST_SECONDS = 20

/** One way of use against one habit, or why it is not played on this machine, or could not be. */
export type Cell = { readonly habit: Habit; readonly way: Way } & (
  | Played
  | { readonly skipped: string }
  | { readonly error: string }
)

interface Played {
  readonly plain: Run
  readonly ours: Run
  /** What of the promise does not hold. */
  readonly broken: readonly string[]
}

export interface Stage {
  readonly library: Library
  readonly authority: Authority
  readonly processes: Processes
  /** Where the runs have their directories. */
  readonly directory: string
  readonly scale: number
}

/** Real go and then the product, each with servers of its own. */
export async function playCell(habit: Habit, way: Way, stage: Stage): Promise<Cell> {
  const skipped = habit.skip?.()
  if (skipped !== undefined) return { habit, way, skipped }
  try {
    return { habit, way, ...(await playBoth(habit, way, stage)) }
  } catch (error) {
    return { habit, way, error: error instanceof Error ? error.message : String(error) }
  }
}

async function playBoth(habit: Habit, way: Way, stage: Stage): Promise<Played> {
  const scale = scaleOf(habit, stage)
  const plain = await play(habit, way, stage, plainGo, PLAIN_SECONDS)
  const most = Math.max(OURS_LEAST_SECONDS, OURS_TIMES * mostSeconds(plain, scale))
  const ours = await play(habit, way, stage, urls => product(way, urls, scale), most)
  return { plain, ours, broken: findBroken(plain, ours, scale, habit.alwaysWorks) }
}

function scaleOf(habit: Habit, { scale }: Stage): number {
  return Math.min(scale, habit.scaledBy ?? 1)
}

async function play(
  habit: Habit,
  way: Way,
  stage: Stage,
  callOf: (urls: readonly string[]) => Call,
  deadlineSeconds: number,
): Promise<Run> {
  const { library, authority } = stage
  const directory = mkdtempSync(join(stage.directory, 'run-'))
  const servers = join(directory, 'servers')
  mkdirSync(servers)
  const opened = await habit.open({ library, way, authority, scale: scaleOf(habit, stage), directory: servers })
  const confined = habit.confine?.(servers)
  try {
    const project = library.projects[habit.project]
    const work = join(directory, 'work')
    cpSync(project.directory, work, { recursive: true })
    const { command, env } = callOf(opened.urls)
    const ended = await stage.processes.run([...(confined?.prefix ?? []), ...command], {
      cwd: work,
      env: { ...jobEnvironment(directory), ...opened.env, ...env },
      deadlineSeconds,
    })
    return { ...outcomeOf(ended, countZips(directory), project.modules), ...trafficOf(opened) }
  } finally {
    await opened.close()
    await confined?.close()
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** A clean job of a CI system: nothing of this machine but PATH. */
function jobEnvironment(directory: string): Record<string, string> {
  const [home, temporary] = [join(directory, 'home'), join(directory, 'temporary')]
  for (const each of [home, temporary]) mkdirSync(each)
  switchTelemetryOff(home)
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    TMPDIR: temporary,
    RUNNER_TEMP: temporary,
    GOMODCACHE: cacheIn(directory),
    GOFLAGS: '-modcacherw',
    GOTOOLCHAIN: 'local',
    // Requests at once of plain go: the same on every machine.
    GOMAXPROCS: '2',
    GOENV: 'off',
    // All sums are in go.sum; no database is on loopback.
    GOSUMDB: 'off',
  }
}

function cacheIn(directory: string): string {
  return join(directory, 'modules')
}

function countZips(directory: string): number {
  try {
    const files = readdirSync(join(cacheIn(directory), 'cache', 'download'), { recursive: true }) as string[]
    return files.filter(file => file.endsWith('.zip')).length
  } catch {
    return 0
  }
}

function outcomeOf({ code, seconds, late, words }: Ended, zips: number, modules: number) {
  const worked = code === 0 && zips === modules
  if (worked) return { worked, seconds }
  const why = late ? 'not finished' : code === 0 ? `exit code 0 with ${zips} of ${modules} zips` : lastLine(words)
  return { worked, seconds, words: why }
}

/** Where the product explains itself in several lines, its error is the one that says so. */
function lastLine(words: string): string {
  const lines = words.split('\n').filter(line => line.trim() !== '')
  return (lines.findLast(line => /error/i.test(line)) ?? lines.at(-1) ?? 'no word').trim().slice(0, 200)
}

function trafficOf({ ledgers }: Opened) {
  const all = ledgers()
  const refused = all.flatMap(ledger => ledger.refused)
  return {
    requests: all.reduce((sum, { requests }) => sum + requests, 0),
    refused: refused.length,
    refusals: refused,
    mostAtOnce: Math.max(0, ...all.map(ledger => ledger.mostAtOnce)),
    banned: all.some(({ banned }) => banned),
  }
}
