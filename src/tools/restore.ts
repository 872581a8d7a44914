import { join } from 'node:path'
import type { Effects } from '../effects.ts'
import type { Problem } from '../errors.ts'
import type { Tool } from '../inputs/tools.ts'
import type { Policy } from '../policy.ts'
import { followTransfer } from '../transfer/follow.ts'
import { startTransfer, type Transfer, type TransferEnd } from '../transfer/transfer.ts'
import { bytesInToolKey } from './key.ts'
import type { ToolTask } from './tasks.ts'
import type { openTurnsOf } from './turns.ts'

export interface ToolRestoreOptions {
  readonly tool: Tool
  readonly key: string
  /** The program's file name. */
  readonly file: string
  /** Where it is moved to. */
  readonly into: string
  readonly program: readonly [string, string]
  readonly policy: Policy['cache']
  /** Ours, and this restore's alone. */
  readonly temporaryDirectory: string
}

/** A restore under way. */
export interface ToolRestore {
  /** Waits for its end. Called again, answers the same. */
  settle(): Promise<TransferEnd>
  abandon(what: string): void
}

/** Restores once its turn has come: each is a process of its own. */
export function startToolRestore(
  options: ToolRestoreOptions,
  effects: Effects,
  inTurn: ReturnType<typeof openTurnsOf>,
): ToolRestore {
  const { tool, key, file, into } = options
  let begin: (transfer: Transfer | undefined) => void = () => {}
  const begun = new Promise<Transfer | undefined>(resolve => {
    begin = resolve
  })
  let transfer: Transfer | undefined
  let givenUp: string | undefined
  const settled = inTurn(async () => {
    if (givenUp === undefined) {
      const task = { about: 'tool', kind: 'restore', key, file, into } as const
      transfer = startTransfer<ToolTask>({ ...options, task, env: effects.env, platform: effects.platform }, effects)
    }
    begin(transfer)
    const end = transfer === undefined ? notBegun(givenUp, effects.clock.now()) : await transfer.ended
    await effects.files.remove(options.temporaryDirectory).catch(() => undefined)
    // What was moved while the child was ended is not used.
    if (end.how !== 'done') await effects.files.remove(join(into, file)).catch(() => undefined)
    return end
  })
  const sizesIn = (entry: string) => ({ unpacked: bytesInToolKey(entry, key) })
  return {
    async settle() {
      const running = await begun
      if (running === undefined) return settled
      const stop = followTransfer(running, { cache: tool.name, kind: 'restore', sizesIn }, effects)
      return settled.finally(stop)
    },
    abandon(what) {
      givenUp = what
      transfer?.abandon(what)
    },
  }
}

function notBegun(what: string | undefined, nowMs: number): TransferEnd {
  return {
    ...{ how: 'abandoned', what, key: undefined, refused: false, verified: new Map(), rejected: [] },
    ...{ placed: { files: 0, bytes: 0 }, startedMs: nowMs, seconds: 0 },
  }
}

/** What the user should know of a restore that failed. */
export function warningsOfToolRestore({ name }: Tool, { how, what, refused }: TransferEnd): readonly Problem[] {
  if (how !== 'failed') return []
  const advice = 'The entry may have been tampered with: delete this repository’s caches.'
  return [
    {
      code: refused ? 'TOOL_CACHE_WRONG_CONTENT' : 'TOOL_NOT_RESTORED',
      message: `The tool ${name} could not be restored: ${what ?? 'unknown reason'}.`,
      hint: `go install builds it instead.${refused ? ` ${advice}` : ''}`,
    },
  ]
}
