import { availableParallelism } from 'node:os'
import type { CheckedInputs } from '../inputs/read.ts'
import type { Job } from '../job/job.ts'
import { parsePolicy } from '../policy.ts'
import type { VerbWorld } from './world.ts'

/** A job as a command of a shell does it. It begins now. */
export function jobHere(
  { inputs, warnings }: CheckedInputs,
  { effects, temporaryDirectory, warnings: ofWorld, signal }: VerbWorld,
): Job {
  return {
    effects,
    // There are no later steps, and our directory is removed when we end.
    inputs: { ...inputs, credentialsScope: 'download' },
    warnings: [...ofWorld, ...warnings],
    temporaryDirectory,
    signal,
    startMs: effects.clock.now(),
    policy: parsePolicy(effects.env),
    processors: availableParallelism(),
    parentProcessId: process.ppid,
    onBackup: () => {},
  }
}
