import type { Screen } from '../report/screen.ts'
import { formatMs } from '../report/units.ts'
import { padStartTo, padTo, wrapWords } from '../text/columns.ts'
import type { Timings } from '../upstream/outcome.ts'
import { causeOf, type ProbeAnswer } from './answer.ts'

/** A file of a module, where it came from, and how long each place took. */
export interface WatchedFile {
  readonly file: 'info' | 'mod' | 'zip'
  /** What gave it: the module cache, or a proxy; null: nothing did. */
  readonly from: string | null
  readonly steps: readonly WatchedStep[]
}

/** One place that was asked. */
export interface WatchedStep {
  readonly place: string
  /** In words: what it answered. */
  readonly answer: string
  /** null of the module cache. */
  readonly timings: Timings | null
}

/** One request of go's, followed. */
export interface FollowedModule {
  readonly module: string
  readonly version: string
  /** GOPROXY as it was walked; a pattern that keeps the module from proxies. */
  readonly route: string
  readonly files: readonly WatchedFile[]
  /** Everything came. */
  readonly found: boolean
}

/** What a proxy answered, as a step. */
export function stepOf(answer: ProbeAnswer): WatchedStep {
  const cause = causeOf(answer)
  const given = `${answer.status} and ${answer.bytes} bytes`
  return { place: answer.proxy, answer: cause === undefined ? given : `it ${cause.does}`, timings: answer.timings }
}

const PHASES = [
  ['lookup', 'lookupMs'],
  ['connect', 'connectMs'],
  ['TLS', 'tlsMs'],
  ['first byte', 'firstByteMs'],
  ['body', 'bodyMs'],
  ['total', 'totalMs'],
] as const

/** Where most of the time went: `first byte 1.2 s of 1.3 s`. */
function longestPhase(timings: Timings): string | undefined {
  const { totalMs } = timings
  const [longest] = PHASES.slice(0, -1)
    .map(([name, key]) => ({ name, ms: timings[key] ?? 0 }))
    .sort((a, b) => b.ms - a.ms)
  return longest === undefined || longest.ms <= 0
    ? undefined
    : `${longest.name} ${formatMs(longest.ms)} of ${formatMs(totalMs)}`
}

export function renderWatched({ module, version, route, files, found }: FollowedModule, screen: Screen): string {
  const { columns, paint } = screen
  const room = columns ?? Number.POSITIVE_INFINITY
  const rows = files.flatMap(({ file, from, steps }) => [
    `${paint(from === null ? 'red' : 'green', `.${file}`)}  ${from === null ? 'nothing gave it' : `from ${from}`}`,
    ...steps.flatMap(step => [...wrapWords(`  ${step.place}: ${step.answer}`, room), ...phasesOf(step)]),
  ])
  const slowest = files
    .flatMap(({ steps }) => steps)
    .sort((a, b) => (b.timings?.totalMs ?? 0) - (a.timings?.totalMs ?? 0))[0]
  const waits = slowest?.timings && longestPhase(slowest.timings)
  return `${[
    ...wrapWords(`${module}@${version}, by ${route}`, room),
    ...rows,
    ...(waits === undefined || waits === null
      ? []
      : wrapWords(`It waited longest for ${slowest?.place}: ${waits}.`, room)),
    found ? 'All of it came.' : 'It did not come.',
  ].join('\n')}\n`
}

function phasesOf({ timings }: WatchedStep): readonly string[] {
  if (timings === null) return []
  const columns = PHASES.map(([name]) => Math.max(8, name.length))
  const head = PHASES.map(([name], i) => padStartTo(name, columns[i] ?? 0)).join('  ')
  const figures = PHASES.map(([, key], i) => padStartTo(formatMs(timings[key]), columns[i] ?? 0)).join('  ')
  return [`    ${padTo(head, 0)}`, `    ${figures}`]
}
