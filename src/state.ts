import { isAbsolute } from 'node:path'

/**
 * What main tells post through the runner's state. main saves each part before it creates the thing that post must remove,
 * so post finds it wherever main was killed.
 */
export interface SavedState {
  /** Our directory under RUNNER_TEMP, removed by post. Absolute. */
  readonly directory: string | undefined
  /** The directory with copies of go.sum and go.work.sum that must be put back. Absolute. */
  readonly sumBackup: string | undefined
  /** The report file that the user asked for. Absolute. */
  readonly report: string | undefined
  /** SHA-256, in hexadecimal, of the plan of what to store, which is in `directory`; undefined: store nothing. */
  readonly cachePlan: string | undefined
}

/** Saved before anything else. Where it is present, this run is the post step. */
export const STATE_IS_POST = 'isPost'
export const STATE_DIRECTORY = 'directory'
export const STATE_SUM_BACKUP = 'sumBackup'
export const STATE_REPORT = 'report'
export const STATE_CACHE_PLAN = 'cachePlan'

/**
 * Reads the STATE_* variables that the runner gives post. Any may be missing when main died early. A path that is not
 * absolute was not written by main and counts as missing.
 */
export function parseState(env: Readonly<Record<string, string | undefined>>): SavedState {
  const read = (name: string) => env[`STATE_${name}`] ?? env[`STATE_${name}`.toUpperCase()]
  const readPath = (name: string) => {
    const path = read(name)
    return path !== undefined && isAbsolute(path) && !/[\0\r\n]/.test(path) ? path : undefined
  }
  const cachePlan = read(STATE_CACHE_PLAN)
  return {
    directory: readPath(STATE_DIRECTORY),
    sumBackup: readPath(STATE_SUM_BACKUP),
    report: readPath(STATE_REPORT),
    cachePlan: cachePlan !== undefined && /^[0-9a-f]{64}$/.test(cachePlan) ? cachePlan : undefined,
  }
}
