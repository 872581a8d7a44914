import type { Effects } from '../effects.ts'
import type { Problem } from '../errors.ts'
import { untilStopped } from '../runner/stop.ts'
import { makeTemporary, removeTemporary, sweepTemporary } from '../runner/temporary.ts'
import { effectsForTerminal, type TerminalWorld } from '../runner/terminal.ts'
import { FAILED, refuse } from './exit-code.ts'

/** What a verb that does a job works with. */
export interface VerbWorld {
  readonly effects: Effects
  /** Ours alone; removed when the verb ends. */
  readonly temporaryDirectory: string
  /** What the user should know of these. */
  readonly warnings: readonly Problem[]
  /** Aborts when the user stops the program. */
  readonly signal: AbortSignal
  /** The directory that the user's relative paths start from. */
  readonly cwd: string
}

/**
 * Gives a verb its world and cleans up after it.
 * @param refusedCode the exit code when there is no room for a temporary directory
 * @returns the verb's exit code, or that of the signal that stopped it
 */
export async function inWorld(
  work: (world: VerbWorld) => Promise<number>,
  refusedCode: number = FAILED,
  { effects, children }: TerminalWorld = effectsForTerminal(process),
): Promise<number> {
  const { env, files, log } = effects
  await sweepTemporary(env, effects)
  const made = await makeTemporary({ env, files, processId: process.pid, maker: 'command' })
  if (!made.ok) return refuse(made.problems, log, refusedCode)
  const { path: temporaryDirectory, warnings } = made.value
  try {
    return await untilStopped(process, children, signal =>
      work({ effects, temporaryDirectory, warnings, signal, cwd: process.cwd() }),
    )
  } finally {
    await removeTemporary(temporaryDirectory, env, files)
  }
}
