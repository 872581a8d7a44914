import type { Candidate } from '../candidates/candidate.ts'
import { type GoproxyEntry, type GoproxyList, printGoproxy, type Separator } from '../go/goproxy.ts'

/** What ends an exported chain; `off` prints nothing, which keeps the last proxy's own 404 for the user to see. */
export type Ending = 'direct' | 'off'

/**
 * One GOPROXY value from candidates in order: `|` after a public proxy, so that any failure leads on; `,` after what
 * the user owns, whose refusal may be policy, and before `direct`. A configured chain keeps its own separators.
 */
export function composeChain(candidates: readonly Candidate[], ending: Ending): GoproxyList {
  const entries = candidates.flatMap((candidate, i): GoproxyEntry[] => {
    const last = i === candidates.length - 1
    return withLastSeparator(candidate.list.entries, last || candidate.trust === 'own' ? ',' : '|')
  })
  return { entries: withoutRepeats(entries), ending: ending === 'direct' ? 'direct' : undefined }
}

export function printChain(candidates: readonly Candidate[], ending: Ending): string {
  return printGoproxy(composeChain(candidates, ending))
}

function withLastSeparator(entries: readonly GoproxyEntry[], separator: Separator): GoproxyEntry[] {
  return entries.map((entry, i) =>
    i === entries.length - 1 ? { ...entry, separator } : { ...entry, separator: entry.separator ?? ',' },
  )
}

/** The same proxy twice would only be asked twice for what it does not have. */
function withoutRepeats(entries: readonly GoproxyEntry[]): GoproxyEntry[] {
  return entries.filter((entry, i) => entries.findIndex(other => other.url === entry.url) === i)
}
