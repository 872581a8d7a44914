// The table of habits. One row, all four ways: `npm run build && npm run habits -- --only limit-8-429`; several:
// `--only limit,rate`; one cell: `--only limit-8-429 --ways two`; all rows and their names: `--list`. It measures
// dist/. A line for each cell says what plain go and the product needed, and what of the promise does not hold.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAuthority } from '../__tests__/support/builders/certificates.ts'
import type { Cell, Stage } from './habits/cell.ts'
import { type Habit, WAYS, type Way } from './habits/habit.ts'
import { knownFailure } from './habits/known.ts'
import { makeLibrary } from './habits/library.ts'
import { figuresOf, readFigures, renderPage } from './habits/page.ts'
import { createProcesses } from './habits/process.ts'
import { isExpected, type Pair, playAll } from './habits/round.ts'
import { HABITS } from './habits/rows/all.ts'
import { pairwise } from './habits/sample.ts'
import { describeAll, describeCell } from './habits/words.ts'
import { root } from './root.ts'

const WRONG_USAGE = 2
const document = join(root, 'docs', 'habits.md')

/** What `benchmarks/options.mjs` reads. */
export interface Options {
  readonly only?: readonly string[]
  readonly ways: readonly Way[]
  readonly scale: number
  readonly sample?: true
  readonly write?: true
  readonly list?: true
  readonly json?: true
}

/** @returns 1 when a cell fails that is not known to, or holds although it is listed */
export async function main({ only, ways, scale, ...options }: Options): Promise<number> {
  if (options.list) return list()
  const unknown = (only ?? []).filter(name => select([name]).length === 0)
  if (unknown.length > 0) {
    console.error(`error: --only: no row's name begins with ${unknown.join(', ')}.`)
    console.error('`npm run habits -- --list` names them all.')
    return WRONG_USAGE
  }
  const habits = select(only)
  const all = habits.flatMap(habit =>
    ways.filter(way => (habit.ways ?? WAYS).includes(way)).map((way): Pair => [habit, way]),
  )
  const pairs = options.sample ? pairwise(all, ([{ factors }, way]) => ({ ...factors, way })) : all
  const cells = await withStage(scale, stage => playAll(pairs, stage, cell => console.error(describeCell(cell))))
  console.error(describeAll(cells))
  if (options.write) writePage(habits, cells)
  if (options.json) console.log(JSON.stringify(cells.map(toJson), null, 2))
  return cells.every(isExpected) ? 0 : 1
}

/** A whole name stands for its row alone, the beginning of names for all of them. */
function select(only: readonly string[] | undefined): readonly Habit[] {
  if (only === undefined) return HABITS
  const wanted = (id: string, name: string) =>
    HABITS.some(habit => habit.id === name) ? id === name : id.startsWith(name)
  return HABITS.filter(({ id }) => only.some(name => wanted(id, name)))
}

async function withStage<T>(scale: number, work: (stage: Stage) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'habits-'))
  const processes = createProcesses()
  const cleanUp = () => {
    processes.killAll()
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
  }
  process.once('exit', cleanUp)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => process.exit(128 + constants.signals[signal]))
  const library = makeLibrary(directory)
  return await work({ library, authority: await createAuthority(directory), processes, directory, scale })
}

/** Renews the rows that were played, with all their ways. */
function writePage(habits: readonly Habit[], cells: readonly Cell[]): void {
  const before = existsSync(document) ? readFigures(readFileSync(document, 'utf8')) : new Map()
  const played = habits.map(habit => [habit.title, figuresOf(cells.filter(cell => cell.habit === habit))] as const)
  writeFileSync(document, renderPage(HABITS, new Map([...before, ...played])))
}

function toJson({ habit, ...cell }: Cell) {
  return { row: habit.id, title: habit.title, ...cell, known: knownFailure(habit.id, cell.way) }
}

function list(): number {
  for (const { id, title } of HABITS) console.log(`${id.padEnd(24)} ${title}`)
  return 0
}
