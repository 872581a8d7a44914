import type { Ranking } from '../benchmark/ranking.ts'
import type { BuildCacheStory } from '../build-cache/story.ts'
import type { CacheStory } from '../cache/cache.ts'
import type { Candidates } from '../candidates/candidate.ts'
import type { Choice } from '../choice/choice.ts'
import type { Download } from '../download/download.ts'
import type { Environment } from '../effects.ts'
import type { Problem } from '../errors.ts'
import type { GatewayFigures } from '../gateway/telling/events.ts'
import type { Project } from '../project/project.ts'
import type { GoSettings } from '../settings/settings.ts'
import type { ModuleStoreStory } from '../store/story.ts'
import type { ToolchainStory } from '../toolchain/story.ts'
import type { ToolsStory } from '../tools/story.ts'
import type { RequestReport } from './requests.ts'

/** Our own copy of the report, below our temporary directory. */
export const REPORT_FILE = 'report.json'

/** What the report is made of: everything known at the job's end. A part is undefined when its stage was not reached. */
export interface Story {
  readonly toolVersion: string
  /** The clock's reading at the process's first work, from which the report's times count. */
  readonly startMs: number
  /** Which Go was found or fetched; undefined: none was asked for, and there was one already. */
  readonly toolchain: ToolchainStory | undefined
  readonly settings: GoSettings | undefined
  readonly project: Project | undefined
  readonly candidates: Candidates | undefined
  readonly ranking: Ranking | undefined
  /** Why there was no benchmark, in plain words; undefined when there was one. */
  readonly benchmarkSkipped: string | undefined
  readonly choice: Choice | undefined
  /** Whether later steps get the settings as variables. */
  readonly exported: boolean
  /** Variables through which later steps use the credentials: paths, no secrets. undefined: later steps get none. */
  readonly credentials: Environment | undefined
  readonly download: Download | undefined
  /** What the gateway did; undefined when there was none. */
  readonly gateway: GatewayFigures | undefined
  /** Every request of the benchmark and the gateway, in any order. */
  readonly requests: readonly RequestReport[]
  /** Exit code of the command that ran instead of the download. */
  readonly exitCode: number | undefined
  /** Address of the gateway that stays for later steps: a secret. */
  readonly residence: string | undefined
  /** Where containers of this machine reach that gateway: another secret. */
  readonly sharedUrl: string | undefined
  /** What happened to the module cache. */
  readonly cache: CacheStory | undefined
  /** What happened to the build cache. */
  readonly buildCache: BuildCacheStory | undefined
  /** What happened to the tools; undefined where none was asked for, or their turn did not come. */
  readonly tools: ToolsStory | undefined
  /** The module store that was made; undefined: none was asked for, or it could not be made. */
  readonly moduleStore: ModuleStoreStory | undefined
  readonly phases: readonly Phase[]
  /** What the user should know and cannot change: sentences. */
  readonly notices: readonly string[]
  /** Every stage's warnings, in order. */
  readonly warnings: readonly Problem[]
  /** Set when the step fails. */
  readonly failure: Problem | undefined
}

/** How long a stage took; `startMs` counts from the process's first work. Phases may overlap. */
export interface Phase {
  readonly name: string
  readonly startMs: number
  readonly ms: number
}

/** The story before anything is known. */
export function untoldStory(
  toolVersion: string,
  startMs: number,
  phases: readonly Phase[],
  warnings: readonly Problem[],
): Story {
  return {
    toolVersion,
    startMs,
    toolchain: undefined,
    settings: undefined,
    project: undefined,
    candidates: undefined,
    ranking: undefined,
    benchmarkSkipped: undefined,
    choice: undefined,
    exported: true,
    credentials: undefined,
    download: undefined,
    gateway: undefined,
    requests: [],
    exitCode: undefined,
    residence: undefined,
    sharedUrl: undefined,
    cache: undefined,
    buildCache: undefined,
    tools: undefined,
    moduleStore: undefined,
    phases,
    notices: [],
    warnings,
    failure: undefined,
  }
}

export function withWarnings(story: Story, warnings: readonly Problem[]): Story {
  return { ...story, warnings: [...story.warnings, ...warnings] }
}
