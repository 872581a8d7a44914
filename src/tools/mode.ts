import { whyNotHere, whyNotStored } from '../build-cache/trust.ts'
import type { Environment } from '../effects.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { findAccess } from '../transfer/access.ts'

/** What this run does with programs in the cache service. */
export interface ToolCacheMode {
  readonly restore: boolean
  readonly save: boolean
  /** Why something is not done, in plain words; undefined when all is. */
  readonly why: string | undefined
}

export interface ToolCacheFacts {
  readonly inputs: Pick<Inputs, 'cache' | 'buildCache'>
  readonly env: Environment
  /** The job may run code of a stranger. */
  readonly isForeign: boolean
}

/** Whether to restore and to save: programs are build results, and trusted by the same rules. `cache` can only forbid. */
export function decideToolCache({ inputs, env, isForeign }: ToolCacheFacts): ToolCacheMode {
  const { cache, buildCache } = inputs
  if (buildCache === 'false') return off('switched off by the input build-cache')
  if (cache === 'false' && buildCache === 'auto') return off('switched off by the input cache')
  const { readable, writable, why: limit } = findAccess(env)
  if (!readable && !writable) return off(limit)
  const unfit = buildCache === 'auto' ? whyNotHere(env, isForeign) : undefined
  if (unfit !== undefined) return off(unfit)
  const isReadOnly = buildCache === 'read-only' || cache === 'read-only'
  const whyReadOnly = isReadOnly ? 'an input says read-only' : whyNotStored(isForeign)
  return { restore: readable, save: writable && whyReadOnly === undefined, why: whyReadOnly ?? limit }
}

function off(why: string | undefined): ToolCacheMode {
  return { restore: false, save: false, why }
}
