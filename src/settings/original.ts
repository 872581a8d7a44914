import type { Environment } from '../effects.ts'

/** The variable that carries the user's own values, and what is private, to a second use in the same job. */
export const ORIGINAL_VARIABLE = 'GOPROXYSETUP_ORIGINAL'

/** By variable: what we exported, and what the environment held before (null: nothing). */
export type Originals = Readonly<Record<string, { readonly exported: string; readonly original: string | null }>>

/**
 * What earlier uses in a job said about privacy. It holds for the whole job, as their credentials do: a later use that
 * says nothing about it must not ask public proxies for what an earlier one kept from them.
 */
export interface Carried {
  /** Every `private-domains` pattern, in the order given. */
  readonly privateDomains: readonly string[]
  /** Paths of modules that no public mirror may be asked for. */
  readonly sheltered: readonly string[]
  /** The last `private-proxy`, with the inputs that say how it is used; undefined: none. */
  readonly privateProxy: CarriedProxy | undefined
}

export interface CarriedProxy {
  readonly url: string
  readonly sumdb: string
  readonly fallback: 'direct' | 'off' | undefined
}

const NOTHING_CARRIED: Carried = { privateDomains: [], sheltered: [], privateProxy: undefined }

/** The variables that we export with an original value. A step that writes another one here changes nothing. */
const RESTORED: readonly string[] = ['GOPROXY', 'GOPRIVATE', 'GONOPROXY', 'GONOSUMDB', 'GOSUMDB']

/** What is carried stands beside the variables, under a name that none of them has. */
const CARRIED_KEY = 'private'

/**
 * The environment as the user made it: where a variable still holds what an earlier use in this job exported, its
 * original comes back; where a step in between changed it, the user's new value stays.
 */
export function restoreOriginals(env: Environment): Environment {
  const restored: Record<string, string | undefined> = { ...env }
  for (const [name, { exported, original }] of Object.entries(parseOriginals(env[ORIGINAL_VARIABLE]))) {
    if (env[name] === exported) restored[name] = original ?? undefined
  }
  delete restored[ORIGINAL_VARIABLE]
  return restored
}

export function renderOriginals(originals: Originals, carried: Carried = NOTHING_CARRIED): string {
  const { privateDomains, sheltered, privateProxy } = carried
  const isEmpty = privateDomains.length === 0 && sheltered.length === 0 && privateProxy === undefined
  return JSON.stringify(isEmpty ? originals : { ...originals, [CARRIED_KEY]: carried })
}

/** Any step can write the variable, so only what is well-formed and about the variables that we export counts. */
export function parseOriginals(text: string | undefined): Originals {
  const entries = Object.entries(parseObject(text)).filter((entry): entry is [string, Originals[string]] => {
    const [name, pair] = entry as [string, { exported?: unknown; original?: unknown } | null]
    return (
      RESTORED.includes(name) && isOneLine(pair?.exported) && (pair?.original === null || isOneLine(pair?.original))
    )
  })
  return Object.fromEntries(entries)
}

/** The same of what is carried: the shape alone, for what a pattern or URL must be is known where inputs are read. */
export function parseCarried(text: string | undefined): Carried {
  const carried = asObject(parseObject(text)[CARRIED_KEY])
  const proxy = asObject(carried['privateProxy'])
  const { url, sumdb, fallback } = proxy
  return {
    privateDomains: linesIn(carried['privateDomains']),
    sheltered: linesIn(carried['sheltered']),
    privateProxy:
      isOneLine(url) && isOneLine(sumdb)
        ? { url, sumdb, fallback: fallback === 'direct' || fallback === 'off' ? fallback : undefined }
        : undefined,
  }
}

function parseObject(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    return asObject(JSON.parse(text || '{}'))
  } catch {
    return {}
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

/** No variable of ours holds a line break or NUL: `exportVariable` refuses both. */
function isOneLine(value: unknown): value is string {
  return typeof value === 'string' && !/[\0\r\n]/.test(value)
}

function linesIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(isOneLine) : []
}
