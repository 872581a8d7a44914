type Environment = Readonly<Record<string, string | undefined>>

/** The variable that carries the user's own values to a second use in the same job. */
export const ORIGINAL_VARIABLE = 'GOPROXYSETUP_ORIGINAL'

/** By variable: what we exported, and what the environment held before (null: nothing). */
export type Originals = Readonly<Record<string, { readonly exported: string; readonly original: string | null }>>

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

export function renderOriginals(originals: Originals): string {
  return JSON.stringify(originals)
}

/** Any step can write the variable, so only what is well-formed and about go's settings counts. */
export function parseOriginals(text: string | undefined): Originals {
  if (!text) return {}
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return {}
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  const entries = Object.entries(value).filter((entry): entry is [string, Originals[string]] => {
    const [name, pair] = entry as [string, { exported?: unknown; original?: unknown } | null]
    return (
      /^GO[A-Z0-9]+$/.test(name) &&
      typeof pair?.exported === 'string' &&
      (pair.original === null || typeof pair.original === 'string')
    )
  })
  return Object.fromEntries(entries)
}
