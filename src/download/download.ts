import type { Choice } from '../choice/choice.ts'
import type { Clock, Commands, Environment, Files, Log, Random } from '../effects.ts'
import type { Problem } from '../errors.ts'
import type { GoFailure } from '../go/failure.ts'
import type { Mismatch } from '../go/mismatch.ts'
import type { ModuleVersion } from '../go/module.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { Policy } from '../policy.ts'
import type { Project } from '../project/project.ts'
import type { Ahead } from './ahead.ts'
import type { FetchedToolchain } from './attempt.ts'
import type { Witnesses } from './examine.ts'
import type { ProxySetup } from './setup.ts'
import type { Waiting } from './waiting.ts'

export interface DownloadOptions {
  readonly project: Project
  readonly choice: Choice
  readonly inputs: Pick<Inputs, 'timeoutMs' | 'timeoutGiven' | 'retries' | 'retryDelayMs'>
  readonly policy: Policy['download']
  readonly gomodcache: string
  /** The go command's environment without GOPROXY. */
  readonly env: Environment
  /** Ours, for copies of go.mod and go.sum; removed by the caller. */
  readonly temporaryDirectory: string
  readonly signal: AbortSignal
  /** What fetches ahead of go; undefined: nothing does. */
  readonly ahead?: Ahead | undefined
  /**
   * Finds a better explanation of a failure than go's; called before giving up, and when the network fails for long.
   * @param words everything that go printed  @param waiting what go waited for when it was ended
   * @returns a problem that a retry does not solve
   */
  readonly diagnose?: (failure: GoFailure, words: string, waiting: Waiting) => Promise<Problem | undefined>
  /** Where the user has named proxies; undefined: nowhere. */
  readonly setup?: ProxySetup
  /** Who can be asked about content that does not match. */
  readonly witnesses?: (mismatch: Mismatch) => Witnesses
  /** Called while go runs and nothing arrives. @returns the host that does not answer, as a problem; undefined: none */
  readonly findSilentHost?: (waiting: Waiting) => Promise<Problem | undefined>
}

export interface DownloadWorld {
  readonly clock: Clock
  readonly random: Random
  readonly files: Files
  readonly commands: Commands
  readonly log: Log
  /** Called before go may change a go.sum of a workspace, with the directory from which `restoreSums` restores it. */
  readonly onBackup: (directory: string) => void
}

/** The result of `go mod download` over all directories. */
export interface Download {
  readonly outcome: 'done' | 'failed' | 'nothing to do'
  readonly seconds: number
  /** Modules whose zip arrived in this step, and the bytes of these zips. */
  readonly modules: number
  readonly bytes: number
  readonly attempts: readonly Attempt[]
  /**
   * HTTP requests to proxies and other servers: go's own, from its `-x` output, and those made ahead of it. Of go's own,
   * those of an attempt after the first are `retries`.
   */
  readonly requests: number
  readonly retries: number
  /** How often a round started from another proxy than the one before. */
  readonly failovers: number
  /** Of the gateway's requests; undefined where go asked the proxies itself. */
  readonly pace?: {
    /** While at least one was under way. */
    readonly fetchingSeconds: number
    /** What plain go would have needed, estimated; undefined where that cannot be told. */
    readonly plainGoSeconds: number | undefined
  }
  /** Of the zips that go asked the proxies for itself: slowest first, at most ten. */
  readonly slowest: readonly SlowModule[]
  /** Proxies that sent wrong content, by entry of the GOPROXY list: not to be exported. */
  readonly quarantined: readonly string[]
  /** Content that does not match go.sum, and that is not its senders’ fault. */
  readonly spared: readonly Spared[]
  /** Set when go switched to another toolchain for the download. */
  readonly toolchain: FetchedToolchain | undefined
  /** Lines that go wanted to add to go.sum or go.work.sum, by file: these files are as they were. */
  readonly wantedSums: readonly { readonly file: string; readonly lines: readonly string[] }[]
  /**
   * Objects that a proxy gave go itself, by path below it, with its entry of GOPROXY. What came through the gateway or
   * from a module's own repository is not in it.
   */
  readonly answered: ReadonlyMap<string, string>
  readonly failure: Problem | undefined
  /** All that go said in the runs that failed, where the download failed. Foreign text. */
  readonly said: readonly string[]
  readonly warnings: readonly Problem[]
}

/** An object that sources gave otherwise than go.sum says, rightly. */
export interface Spared {
  /** Path below the proxies' URLs. */
  readonly target: string
  /** Names of the proxies that were wrong all the same. */
  readonly except: readonly string[]
}

export interface Attempt {
  readonly directory: string
  readonly goproxy: string
  /** The clock's reading when go was started. */
  readonly startedMs: number
  readonly seconds: number
  readonly outcome: 'done' | 'failed' | 'stalled' | 'timed out' | 'cancelled'
  /** The catalogue's code of what ended it, and go's own words, sanitised and short; undefined when done. */
  readonly failure: { readonly code: string; readonly text: string } | undefined
  /** Modules that arrived during it. */
  readonly arrived: number
  /** Those of all attempts are `Download.requests`: the first one has those that came before it, the last those after. */
  readonly requests: number
}

export interface SlowModule extends ModuleVersion {
  readonly seconds: number
  readonly bytes: number
  /** A source that is asked for public modules alone had it. */
  readonly isPublic: boolean
}
