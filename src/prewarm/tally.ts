import type { WantedObject } from '../objects/wanted.ts'
import type { WarmAnswer, WarmCode } from './answer.ts'
import type { WarmTarget } from './audience.ts'

/** A file that a proxy did not give. */
export interface FailedFile extends Pick<WantedObject, 'module' | 'kind'> {
  readonly code: WarmCode
  readonly reason: string
}

/** What one proxy gave. Times in milliseconds. */
export interface ProxyWarmth extends Pick<WarmTarget, 'name' | 'trust'> {
  /** Modules of which every file that was asked for came. */
  readonly modules: number
  readonly files: number
  readonly bytes: number
  /** Those of them that it seems to have had: its first answer for them began within `WARM_MS`. */
  readonly alreadyWarm: number
  /** From a request to the first byte of its answer, connecting included; undefined where nothing came. */
  readonly firstByteMs: Quantiles | undefined
  /** Answers that asked for fewer requests. */
  readonly refused: number
  /** Requests a second, at its slowest. */
  readonly lowestRate: number
  readonly failed: readonly FailedFile[]
  /** Files that it does not have, but that a proxy behind it in GOPROXY is asked for. */
  readonly elsewhere: number
  /** Files that were not asked for, because it was given up, or we were stopped. */
  readonly notAsked: number
  /** Why it was given up, in plain words; undefined: it was not. */
  readonly gaveUp: string | undefined
  readonly ms: number
}

export interface Quantiles {
  readonly median: number
  /** Nineteen of twenty were no slower. */
  readonly most: number
  readonly longest: number
}

/** A proxy that has a module sends its first byte sooner than this; one that must fetch it seldom does. */
const WARM_MS = 1_000

/** Counts what one proxy answers. */
export interface WarmTally {
  note(object: WantedObject, answer: Extract<WarmAnswer, { kind: 'right' }>): void
  fail(object: WantedObject, failure: Pick<FailedFile, 'code' | 'reason'>): void
  /** It was not asked for, so its module is not whole. */
  leave(object: WantedObject): void
  refuse(): void
  /** Files that came or failed for good. */
  done(): number
  /** Targets of the files that came. */
  right(): ReadonlySet<string>
  /** Those that failed. */
  failures(): readonly FailedFileAt[]
  figures(): Pick<ProxyWarmth, 'modules' | 'files' | 'bytes' | 'alreadyWarm' | 'firstByteMs' | 'refused'>
}

/** With its place below the proxy's URL. */
export interface FailedFileAt extends FailedFile {
  readonly target: string
}

export function openTally(): WarmTally {
  const right = new Set<string>()
  const failures: FailedFileAt[] = []
  const waits: number[] = []
  const firstWaits = new Map<string, number>()
  const spoilt = new Set<string>()
  let [bytes, refused] = [0, 0]
  return {
    note({ module, target }, answer) {
      right.add(target)
      bytes += answer.bytes
      waits.push(answer.waitedMs)
      const key = `${module.path} ${module.version}`
      if (!firstWaits.has(key)) firstWaits.set(key, answer.waitedMs)
    },
    fail({ module, kind, target }, { code, reason }) {
      failures.push({ module, kind, target, code, reason })
      spoilt.add(`${module.path} ${module.version}`)
    },
    leave({ module }) {
      spoilt.add(`${module.path} ${module.version}`)
    },
    refuse() {
      refused++
    },
    done: () => right.size + failures.length,
    right: () => right,
    // Not in the order in which the answers came: that changes from run to run.
    failures: () => failures.toSorted((a, b) => (a.target < b.target ? -1 : 1)),
    figures: () => ({
      modules: [...firstWaits.keys()].filter(key => !spoilt.has(key)).length,
      files: right.size,
      bytes,
      alreadyWarm: [...firstWaits].filter(([key, ms]) => ms < WARM_MS && !spoilt.has(key)).length,
      firstByteMs: quantilesOf(waits),
      refused,
    }),
  }
}

/** By the nearest rank. @returns undefined where there is no value */
export function quantilesOf(values: readonly number[]): Quantiles | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  const [median, most, longest] = [at(0.5), at(0.95), at(1)]
  return median === undefined || most === undefined || longest === undefined ? undefined : { median, most, longest }
}
