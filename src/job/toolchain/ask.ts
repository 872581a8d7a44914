import type { Clock } from '../../effects.ts'
import { failed, ok, type Problem, type Result } from '../../errors.ts'
import type { Policy } from '../../policy.ts'
import type { Outcome } from '../../upstream/outcome.ts'
import { fetchForGo, type GoFetchWorld } from './fetch.ts'
import { firstInTurn } from './in-turn.ts'
import type { GoSource } from './sources.ts'

/** The proxies that Go may come from, and what is known of them so far. The first to answer is asked first. */
export interface GoProxies {
  /** Those that are left, best first. */
  order(): readonly GoSource[]
  /** Never asks it again: it sent something wrong. */
  exclude(source: GoSource, reason: string): void
  /** Asks for a small file: the next one joins where the first keeps silent. @returns undefined: none has it */
  ask(path: string, isSound: (body: Buffer) => boolean): Promise<Result<Buffer | undefined>>
  /** Notes how an answer ended. @returns why the source did not help; undefined: it did */
  note(source: GoSource, outcome: Outcome): string | undefined
  /** Whether one that is left may answer otherwise when it is asked again: a refusal, or 404, is its last word. */
  mayChange(): boolean
  /** What each of them did wrong. */
  reasons(): readonly string[]
}

export interface AskWorld extends GoFetchWorld {
  readonly clock: Clock
  readonly policy: Policy['toolchain']
  readonly signal: AbortSignal
  /** Until then proxies that do not answer are asked again: the clock's reading. */
  readonly untilMs: number
}

const SMALL_BYTES = 4 << 20

/** In one piece: a table of methods on the state of a few proxies. */
export function openGoProxies(sources: readonly GoSource[], world: AskWorld): GoProxies {
  const { clock, policy, signal, untilMs } = world
  let left = [...sources]
  const reasons = new Map<string, string>()
  const decided = new Set<GoSource>()
  const told = () => [...reasons].map(([name, reason]) => `${name}: ${reason}`)
  const prefer = (source: GoSource) => {
    if (left[0] !== source && left.includes(source)) left = [source, ...left.filter(one => one !== source)]
  }
  const exclude = (source: GoSource, reason: string) => {
    reasons.set(source.name, reason)
    left = left.filter(one => one !== source)
  }
  /** Those that had something of golang.org/toolchain, and those that gave no answer when they were asked last. */
  const [known, down] = [new Set<GoSource>(), new Set<GoSource>()]
  const note = (source: GoSource, { kind, reason }: Outcome): string | undefined => {
    decided.delete(source)
    down.delete(source)
    if (kind === 'found') known.add(source)
    if (kind === 'found') return undefined
    if (!ANSWERS.includes(kind)) down.add(source)
    reasons.set(source.name, reason)
    if (LAST_WORDS.includes(kind)) decided.add(source)
    if (kind === 'forbidden' || kind === 'unauthorized') left = left.filter(one => !source.closes.includes(one))
    return reason
  }
  const mayChange = () => left.some(source => !decided.has(source))
  const deadlines = { headMs: policy.headMs, stallMs: policy.stallMs, totalMs: policy.smallMs }
  const askOne = (source: GoSource, path: string, stop: AbortSignal): Promise<Outcome> =>
    fetchForGo(
      { entry: source.entry, name: source.name, path },
      { deadlines, maxBytes: SMALL_BYTES, publicUpstream: source.publicUpstream, signal: stop },
      world,
    )

  /** Each of them once. */
  const askEach = async (path: string, isSound: (body: Buffer) => boolean) => {
    let isAbsent = false
    // One that knows the module says that there is no such version: what hardly answers need not be waited for.
    const settled = new AbortController()
    const found = await firstInTurn(
      [...left],
      async (source, stop) => {
        // A refusal may have closed the way to it.
        if (!left.includes(source)) return undefined
        const isWeak = source.isLast || down.has(source)
        const until = isWeak ? AbortSignal.any([stop, settled.signal]) : stop
        if (until.aborted) return undefined
        const outcome = await askOne(source, path, until)
        if (until.aborted) return undefined
        if (note(source, outcome) !== undefined) {
          const lacks = ABSENT.includes(outcome.kind)
          isAbsent ||= lacks
          if (lacks && known.has(source)) settled.abort()
          return undefined
        }
        if (isSound(outcome.body)) return { source, body: outcome.body }
        reasons.set(source.name, 'what it sent is not what was asked for')
        decided.add(source)
        return undefined
      },
      { clock, hedgeMs: policy.hedgeMs, signal },
    )
    if (found !== undefined) prefer(found.source)
    return { body: found?.body, isAbsent }
  }

  return {
    order: () => left,
    exclude,
    note,
    mayChange,
    reasons: told,
    async ask(path, isSound) {
      for (;;) {
        const { body, isAbsent } = await askEach(path, isSound)
        if (body !== undefined || isAbsent) return ok(body)
        const isLate = clock.now() + policy.pauseMs >= untilMs
        if (isLate || signal.aborted || !mayChange()) return failed(unreachable(told()))
        await clock.sleep(policy.pauseMs, signal)
      }
    },
  }
}

/** As the proxies of golang.org/toolchain say that there is no such version; some forbid what they do not have. */
const ABSENT: readonly Outcome['kind'][] = ['absent', 'forbidden']
/** Asked again, a server says the same. */
export const LAST_WORDS: readonly Outcome['kind'][] = [
  ...ABSENT,
  'unauthorized',
  'too large',
  'redirect refused',
  'bad certificate',
  'http proxy refuses',
]

export const REMEDY =
  'Let this job reach one of them, name a proxy that it can reach in `proxies`, or install Go before this step.'

const ANSWERS: readonly Outcome['kind'][] = ['absent', 'forbidden', 'unauthorized']

function unreachable(reasons: readonly string[]): Problem {
  return {
    code: 'TOOLCHAIN_UNREACHABLE',
    message: `No proxy says which versions of Go there are: ${reasons.join('; ') || 'there is no proxy to ask'}.`,
    hint: REMEDY,
  }
}
