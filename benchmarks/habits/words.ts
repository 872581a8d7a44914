import type { Cell } from './cell.ts'
import { WAY_TITLES } from './habit.ts'
import type { Run } from './judge.ts'
import { knownFailure } from './known.ts'
import { isExpected, nameOf } from './round.ts'

/** One line for the terminal. */
export function describeCell(cell: Cell): string {
  const name = `${nameOf(cell.habit, cell.way).padEnd(32)}`
  if ('skipped' in cell) return `- ${name} skipped: ${cell.skipped}`
  if ('error' in cell) return `✗ ${name} could not be played: ${cell.error}`
  const { plain, ours, broken } = cell
  const mark = broken.length > 0 ? '✗' : ' '
  const known = knownFailure(cell.habit.id, cell.way)
  const notes = [
    ...broken,
    ...(plain.worked ? [] : [`plain go: ${plain.words}`]),
    ...(known === undefined ? [] : [`known${known.sometimes ? ', by chance' : ''}: ${known.reason}`]),
  ]
  return `${mark} ${name} plain go ${describeRun(plain)}; ours ${describeRun(ours)}${notes.map(note => `\n    ${note}`).join('')}`
}

/** `2.1 s`, `14.0 s, 22 refused of 170`, `fails after 2.0 s`. */
export function describeRun({ worked, seconds, refused, requests }: Run): string {
  const time = `${worked ? '' : 'fails after '}${seconds.toFixed(1)} s`
  return refused === 0 ? time : `${time}, ${refused} of ${requests} refused`
}

/** The last lines: how many hold, and what to do about those that do not. */
export function describeAll(cells: readonly Cell[]): string {
  const skipped = cells.filter(cell => 'skipped' in cell)
  const holding = cells.filter(cell => 'broken' in cell && cell.broken.length === 0)
  const wrong = cells.filter(cell => !isExpected(cell))
  const known = cells.filter(cell => 'broken' in cell && cell.broken.length > 0 && isExpected(cell)).length
  const counts = `${holding.length} cells as promised, ${known} known not to be, ${skipped.length} skipped.`
  return ['', counts, ...wrong.map(cell => `✗ ${complaintOf(cell)}`)].join('\n')
}

function complaintOf(cell: Cell): string {
  const name = `${nameOf(cell.habit, cell.way)} (${cell.habit.title}, ${WAY_TITLES[cell.way]})`
  if ('error' in cell) return `${name} could not be played.`
  if ('broken' in cell && cell.broken.length > 0) return `${name} is not as promised.`
  return `${name} holds: take it out of benchmarks/habits/known.ts.`
}
