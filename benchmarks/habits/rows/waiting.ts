import { startModuleServer } from '../../../__tests__/support/servers/module-server.ts'
import type { Habit } from '../habit.ts'
import { opened, serving } from '../serving.ts'

const BODY_SECONDS = 180
const UNWELL_MS = 3_000

/** Servers that take their time, or are not well at first. */
export const WAITING: readonly Habit[] = [
  ...[5, 12, 25].map(
    (seconds): Habit => ({
      id: `cold-${seconds}`,
      title: `each answer begins after ${seconds} s`,
      factors: { family: 'cold', seconds: String(seconds) },
      project: 'few',
      // With less, the second that is allowed beyond plain go's time would be too large a part of it.
      scaledBy: seconds < 10 ? 4 : 10,
      open: serving(({ scale }) => ({ delayMs: (seconds * 1000) / scale })),
    }),
  ),
  {
    id: 'body',
    title: `a zip's body takes ${BODY_SECONDS / 60} min`,
    factors: { family: 'body' },
    project: 'large',
    scaledBy: 10,
    open: serving(({ scale }) => ({ bodyMs: (BODY_SECONDS * 1000) / scale })),
  },
  {
    id: 'flap-one',
    title: `the first of two answers 503 for ${UNWELL_MS / 1000} s`,
    factors: { family: 'flapping', which: 'one' },
    ways: ['configured', 'two'],
    project: 'many',
    open: async ({ library: { objects } }) => {
      const servers = [await startModuleServer({ objects, unwellMs: UNWELL_MS }), await startModuleServer({ objects })]
      return opened(servers)
    },
  },
  {
    id: 'flap-all',
    title: `all answer 503 for ${UNWELL_MS / 1000} s`,
    factors: { family: 'flapping', which: 'all' },
    project: 'many',
    alwaysWorks: true,
    open: serving(() => ({ unwellMs: UNWELL_MS })),
  },
]
