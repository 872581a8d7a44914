import type { Ranking } from '../benchmark/ranking.ts'
import type { Candidates } from '../candidates/candidate.ts'
import type { Choice } from '../choice/choice.ts'
import type { Download } from '../download/download.ts'
import type { Problem } from '../errors.ts'
import type { Project } from '../project/project.ts'
import type { GoSettings } from '../settings/settings.ts'

/** Everything the faces know at the end, each part missing when its stage was not reached: what the report is made of. */
export interface Story {
  readonly toolVersion: string
  readonly settings: GoSettings | undefined
  readonly project: Project | undefined
  readonly candidates: Candidates | undefined
  readonly ranking: Ranking | undefined
  /** Why there was no benchmark, in plain words; undefined when there was one. */
  readonly benchmarkSkipped: string | undefined
  readonly choice: Choice | undefined
  readonly download: Download | undefined
  readonly phases: readonly Phase[]
  /** Every warning of every room, in order. */
  readonly warnings: readonly Problem[]
  /** Set when the step fails. */
  readonly failure: Problem | undefined
}

/** A stretch of the step's time, measured from the process's first work. Phases may overlap. */
export interface Phase {
  readonly name: string
  readonly startMs: number
  readonly ms: number
}
