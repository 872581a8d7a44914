import { type Cell, playCell, type Stage } from './cell.ts'
import type { Habit, Way } from './habit.ts'
import { isFarOff } from './judge.ts'
import { knownFailure } from './known.ts'
import { inLanes } from './lanes.ts'

/** Cells at a time: two for two processors, and beside them those that only wait. */
const BUSY_LANES = 2
const WAITING_LANES = 4

export type Pair = readonly [Habit, Way]

export function nameOf(habit: Habit, way: Way): string {
  return `${habit.id} ${way}`
}

/**
 * Plays these cells. One whose outcome is not the expected one is played again, alone: a busy moment of the machine is no
 * finding, and the second outcome counts. Far too many refused requests are one at once. @param tell is told of each cell once, when its outcome is there
 */
export async function playAll(
  pairs: readonly Pair[],
  stage: Stage,
  tell: (cell: Cell) => void,
): Promise<readonly Cell[]> {
  const cells = new Map<string, Cell>()
  const again: Pair[] = []
  const play = async ([habit, way]: Pair) => {
    const cell = await playCell(habit, way, stage)
    cells.set(nameOf(habit, way), cell)
    if (isExpected(cell) || ('plain' in cell && isFarOff(cell.plain, cell.ours))) tell(cell)
    else again.push([habit, way])
  }
  // A cell with a control group for itself has the processors to share, too.
  const [waiting, busy] = [pairs.filter(([{ scaledBy }]) => scaledBy), pairs.filter(([{ scaledBy }]) => !scaledBy)]
  await Promise.all([inLanes(BUSY_LANES, busy, play), inLanes(WAITING_LANES, waiting, play)])
  for (const [habit, way] of again) {
    const cell = await playCell(habit, way, stage)
    cells.set(nameOf(habit, way), cell)
    tell(cell)
  }
  return pairs.flatMap(([habit, way]) => cells.get(nameOf(habit, way)) ?? [])
}

/** It holds what is promised, or is known not to; one that could not be played says nothing. */
export function isExpected(cell: Cell): boolean {
  if ('error' in cell) return false
  if ('skipped' in cell) return true
  const known = knownFailure(cell.habit.id, cell.way)
  return known?.sometimes === true || cell.broken.length > 0 === (known !== undefined)
}
