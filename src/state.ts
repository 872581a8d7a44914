/**
 * What main tells post, through the runner's state. Saved before the thing it promises to remove exists, so that post
 * finds it whatever happened in between.
 */
export interface SavedState {
  /** Our directory under RUNNER_TEMP, removed by post. */
  readonly directory: string | undefined
  /** Copies of go.sum and go.work.sum that must be put back: the directory that holds them. */
  readonly sumBackup: string | undefined
}

/** Saved first of all; its presence is what makes a run of this program the post step. */
export const STATE_IS_POST = 'isPost'
export const STATE_DIRECTORY = 'directory'
export const STATE_SUM_BACKUP = 'sumBackup'

/** Reads STATE_* as the runner hands them to post. Anything may be missing, when main died early. */
export function parseState(env: Readonly<Record<string, string | undefined>>): SavedState {
  const read = (name: string) => env[`STATE_${name}`] || undefined
  return { directory: read(STATE_DIRECTORY), sumBackup: read(STATE_SUM_BACKUP) }
}
