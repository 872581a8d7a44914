import type { Candidates } from '../../candidates/candidate.ts'
import { type GoproxyEntry, goproxyEntry, parseGoproxy, redactGoproxy } from '../../go/goproxy.ts'
import type { Inputs } from '../../inputs/inputs.ts'
import { trustOfProxy } from '../../inputs/presets.ts'

/** A proxy that Go itself may come from. */
export interface GoSource {
  /** As it may be shown. */
  readonly name: string
  readonly entry: GoproxyEntry
  readonly publicUpstream: boolean
  /** It stands behind the proxies: many networks do not let it pass. */
  readonly isLast: boolean
  /** Those behind it are not asked after it has refused (401, 403): a `,` of the user's GOPROXY stands between them. */
  readonly closes: readonly GoSource[]
}

/**
 * Where go itself gets golang.org/toolchain with `direct`: the module's page names it as its proxy.
 * Source: https://golang.org/toolchain?go-get=1
 */
const DIRECT = 'https://go.dev/dl/mod'

/**
 * In the order of the candidates. No mirror that stands by is asked: what comes is proven, but the user has not named
 * it. `direct` at the end of GOPROXY, or as fallback, means for go itself the host of its own downloads.
 */
export function goSources(
  { list, mode }: Pick<Candidates, 'list' | 'mode'>,
  goproxy: string,
  { fallback }: Pick<Inputs, 'fallback'>,
): readonly GoSource[] {
  const chains = list
    .filter(({ starts }) => starts === 'at once')
    .map(candidate => withClosed(candidate.list.entries.filter(({ url }) => /^https?:/.test(url))))
  const current = parseGoproxy(goproxy)
  const ending = fallback ?? (current.ok ? current.value.ending : undefined)
  const direct =
    ending === 'direct' || (mode === 'none' && ending !== 'off') ? [sourceOf(goproxyEntry(DIRECT, undefined))] : []
  return [...chains.flat(), ...direct]
}

function withClosed(entries: readonly GoproxyEntry[]): readonly GoSource[] {
  const sources: GoSource[] = []
  for (const entry of entries.toReversed())
    sources.unshift({ ...sourceOf(entry), closes: entry.separator === ',' ? [...sources] : [] })
  return sources
}

function sourceOf(entry: GoproxyEntry): GoSource {
  const publicUpstream = entry.url === DIRECT || trustOfProxy(entry.url) !== 'own'
  return { name: redactGoproxy(entry.text), entry, publicUpstream, isLast: entry.url === DIRECT, closes: [] }
}
