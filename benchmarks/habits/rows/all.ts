import type { Habit } from '../habit.ts'
import { LIMITS } from './limits.ts'
import { MACHINE } from './machine.ts'
import { NETWORK } from './network.ts'
import { PROGRAMS } from './programs.ts'
import { WAITING } from './waiting.ts'

/** Every row of docs/habits.md, in its order. */
export const HABITS: readonly Habit[] = [...LIMITS, ...WAITING, ...NETWORK, ...MACHINE, ...PROGRAMS]
