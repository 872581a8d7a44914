import type { FrontFigures } from './events.ts'

/** How a run ended, and what it left. */
export interface PlayedRun extends FrontFigures {
  readonly outcome: RunOutcome
  readonly ms: number
  /** Files of the module cache that contradict go.sum: always none. Paths below `cache/download`. */
  readonly wrong: readonly string[]
  /** Why it failed, in one line; foreign text, sanitised. */
  readonly why: string | null
}

export type RunOutcome = 'done' | 'failed' | 'not done in time'

/** A line of the plan as it was played. */
export interface PlayedLine {
  /** As in the plan, with what the seed decided. */
  readonly line: string
  readonly label: string
  readonly plain: PlayedRun
  readonly ours: PlayedRun
}

/** `worse`: plain go succeeds and we do not, or something wrong came into the module cache. */
export type LineVerdict = 'better' | 'as plain go' | 'worse'

/** Where plain go fails too, how long it took to say so is no matter of survival. */
export function judge({ plain, ours }: Pick<PlayedLine, 'plain' | 'ours'>): LineVerdict {
  if (ours.wrong.length > 0) return 'worse'
  const [theirs, own] = [plain, ours].map(({ outcome }) => outcome === 'done')
  return theirs === own ? 'as plain go' : own ? 'better' : 'worse'
}
