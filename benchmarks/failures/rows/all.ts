import type { Failure } from '../failure.ts'
import { OF_THE_MACHINE } from './machine.ts'
import { OF_PRIVATE_MODULES } from './private.ts'
import { OF_THE_PROJECT } from './project.ts'
import { OF_PROXIES } from './proxies.ts'
import { OF_USAGE } from './usage.ts'

/** Every failure, by what is wrong. */
export const FAMILIES = {
  project: OF_THE_PROJECT,
  proxies: OF_PROXIES,
  private: OF_PRIVATE_MODULES,
  machine: OF_THE_MACHINE,
  usage: OF_USAGE,
} as const satisfies Readonly<Record<string, readonly Failure[]>>

export const FAILURES: readonly Failure[] = Object.values(FAMILIES).flat()
