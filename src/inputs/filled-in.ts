import type { Environment } from '../effects.ts'

/**
 * Inputs of the action that no user gives: the runner evaluates their defaults, for main and again for post, and tells so
 * what it puts into no variable. Absent where something else than a runner starts us.
 */
export const FILLED_IN = {
  'job-matrix': {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the runner's
    default: '${{ toJSON(matrix) }}',
    description:
      'Filled in by the runner: the values of the matrix, which tell its jobs’ build caches apart. Do not set it.',
  },
  'job-status': {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the runner's
    default: '${{ job.status }}',
    description:
      'Filled in by the runner: whether the job failed, in which case no build cache is saved. Do not set it.',
  },
} as const

/** What the runner filled in; '' where it did not. */
export function readFilledIn(name: keyof typeof FILLED_IN, env: Environment): string {
  return env[`INPUT_${name.toUpperCase()}`]?.trim() ?? ''
}
