import { fewDescriptors, smallMachine } from '../confine.ts'
import type { Habit } from '../habit.ts'
import { serving } from '../serving.ts'

const DESCRIPTORS = [64, 128]
const [SHARE, MEGABYTES] = [0.2, 256]

/** Machines that have little. The servers are outside. */
export const MACHINE: readonly Habit[] = [
  ...DESCRIPTORS.map(
    (most): Habit => ({
      id: `descriptors-${most}`,
      title: `${most} descriptors for each process`,
      factors: { family: 'descriptors', most: String(most) },
      project: 'many',
      open: serving(() => ({ delayMs: 20 })),
      ...fewDescriptors(most),
    }),
  ),
  ...(['many', 'heavy'] as const).map(
    (project): Habit => ({
      id: project === 'many' ? 'small' : 'small-heavy',
      title: `a fifth of a processor and ${MEGABYTES} MB of memory${project === 'many' ? '' : '; modules of 20 files'}`,
      factors: { family: 'small', project },
      project,
      open: serving(),
      ...smallMachine(SHARE, MEGABYTES << 20),
    }),
  ),
]
