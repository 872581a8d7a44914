import type { Clock, Commands, Environment } from '../effects.ts'

/** How plain go fared with a GOPROXY. */
export interface PlainGo {
  readonly how: 'done' | 'failed' | 'not done in time'
  readonly ms: number
}

export interface PlainGoOptions {
  readonly goproxy: string
  readonly project: string
  readonly env: Environment
  /** An empty module cache of its own. */
  readonly gomodcache: string
  readonly limitMs: number
  readonly signal: AbortSignal
}

const GRACE_MS = 500

/** Runs `go mod download` without anything of ours, and takes its time. */
export async function timePlainGo(
  { goproxy, project, env, gomodcache, limitMs, signal }: PlainGoOptions,
  { commands, clock }: { readonly commands: Commands; readonly clock: Clock },
): Promise<PlainGo> {
  const startMs = clock.now()
  const { exitCode, timedOut } = await commands.runOrEnd('go', ['mod', 'download'], {
    cwd: project,
    env: { ...env, GOPROXY: goproxy, GOMODCACHE: gomodcache },
    timeoutMs: limitMs,
    graceMs: GRACE_MS,
    signal,
  })
  return { how: timedOut ? 'not done in time' : exitCode === 0 ? 'done' : 'failed', ms: clock.now() - startMs }
}
