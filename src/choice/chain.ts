import type { Candidate } from '../candidates/candidate.ts'
import { type GoproxyEntry, type GoproxyList, normalizeProxyUrl, printGoproxy, type Separator } from '../go/goproxy.ts'

/** What ends an exported chain; `off` prints nothing, which keeps the last proxy's own 404 for the user to see. */
export type Ending = 'direct' | 'off'

/**
 * One GOPROXY value from candidates in order: `|` after a public proxy, so that any failure leads on; `,` after what
 * the user owns or configured, whose refusal may be policy, and before `direct`. Within a configured chain its own
 * separators stay.
 */
function composeChain(candidates: readonly Candidate[], ending: Ending): GoproxyList {
  const entries = candidates.flatMap(candidate =>
    withLastSeparator(candidate.list.entries, candidate.configured || candidate.trust === 'own' ? ',' : '|'),
  )
  // The end is settled last: a repeat that was left out may have stood there.
  return {
    entries: withLastSeparator(withoutRepeats(entries), ','),
    ending: ending === 'direct' ? 'direct' : undefined,
  }
}

export function printChain(candidates: readonly Candidate[], ending: Ending): string {
  return printGoproxy(composeChain(candidates, ending))
}

function withLastSeparator(entries: readonly GoproxyEntry[], separator: Separator): readonly GoproxyEntry[] {
  return entries.map((entry, i) =>
    i === entries.length - 1 ? { ...entry, separator } : { ...entry, separator: entry.separator ?? ',' },
  )
}

/** The same proxy twice would only be asked twice for what it does not have. */
function withoutRepeats(entries: readonly GoproxyEntry[]): readonly GoproxyEntry[] {
  const urls = entries.map(entry => normalizeProxyUrl(entry.url))
  return entries.filter((_, i) => urls.indexOf(urls[i] as string) === i)
}
