import { failed, ok, type Problem, type Result } from '../errors.ts'
import { sanitizeLine } from '../text/sanitiser.ts'

/** What a proxy in front can do wrong, and `sound`: nothing. */
export const DRILL_KINDS = {
  sound: 'nothing is wrong: how long it takes without any trouble',
  killed: 'connections are reset, those under way and new ones',
  closed: 'the port is closed, and connections under way are reset',
  slow: 'answers come late and trickle',
  cut: 'bodies end in the middle',
  'wrong-zip': 'zips of other content than go.sum says',
  'wrong-mod': 'go.mod files of other content than go.sum says',
  limited: 'every request gets 429',
  unavailable: 'every request gets a 5xx',
  silent: 'requests are taken and never answered',
  expired: 'the certificate is past its end',
} as const

export type DrillKind = keyof typeof DRILL_KINDS

/** When a trouble begins: after so many answers of the front, or so long after its first request. */
export type TroubleStart = { readonly answers: number } | { readonly ms: number }

/** One line of a plan. What is undefined is left to the seed. Times in milliseconds. */
export interface PlanLine {
  readonly kind: DrillKind
  /** Which fronts, from 1; they stand in the order of the user's candidates. */
  readonly on: 'all' | number
  readonly after: TroubleStart | undefined
  /** Infinity: until the run ends. */
  readonly forMs: number | undefined
  /** How often it comes; between two times it is away for as long as it lasted. */
  readonly times: number
  /** A run that takes longer is ended. */
  readonly limitMs: number
  /** Of `slow`. */
  readonly latencyMs: number
  readonly bytesPerSecond: number
  /** Of `limited`; undefined: no Retry-After is sent. */
  readonly retryAfterSeconds: number | undefined
  /** Of `unavailable`. */
  readonly status: number | undefined
}

/** A line with nothing left open. */
export type Scheduled = PlanLine & { readonly after: TroubleStart; readonly forMs: number; readonly status: number }

const DEFAULTS = {
  on: 1,
  after: undefined,
  forMs: undefined,
  times: 1,
  limitMs: 30_000,
  latencyMs: 500,
  bytesPerSecond: 50_000,
  retryAfterSeconds: undefined,
  status: undefined,
} as const

/** Every kind once; `limited` with and without Retry-After. */
export const DEFAULT_PLAN: readonly PlanLine[] = [
  ...(Object.keys(DRILL_KINDS) as DrillKind[]).map(kind => ({ kind, ...DEFAULTS })),
  { kind: 'limited', ...DEFAULTS, retryAfterSeconds: 1 },
]

const MOST_LINES = 50

/** What one option may be, in the words of an error, and its value; undefined: it is none of these. */
interface PlanOption {
  readonly kinds?: readonly DrillKind[]
  readonly allowed: string
  readonly read: (text: string) => Partial<PlanLine> | undefined
}

const OPTIONS: Readonly<Record<string, PlanOption>> = {
  on: {
    allowed: 'first, all, or the number of a proxy in GOPROXY, from 1',
    read: text => (text === 'first' ? { on: 1 } : text === 'all' ? { on: 'all' } : whole(text, 1, 20, on => ({ on }))),
  },
  after: {
    allowed: 'a number of answers to 10000, or a time such as 300ms or 2s, to 5m',
    read: text =>
      whole(text, 0, 10_000, answers => ({ after: { answers } })) ?? time(text, 0, ms => ({ after: { ms } })),
  },
  for: {
    allowed: 'a time such as 500ms or 2s, from 1ms to 5m, or ever',
    read: text => (text === 'ever' ? { forMs: Number.POSITIVE_INFINITY } : time(text, 1, forMs => ({ forMs }))),
  },
  times: { allowed: 'a number from 1 to 100', read: text => whole(text, 1, 100, times => ({ times })) },
  limit: {
    allowed: 'a time from 1s to 5m',
    read: text => time(text, 1_000, limitMs => ({ limitMs })),
  },
  latency: {
    kinds: ['slow'],
    allowed: 'a time such as 300ms, to 5m',
    read: text => time(text, 0, latencyMs => ({ latencyMs })),
  },
  rate: {
    kinds: ['slow'],
    allowed: 'a rate such as 50kB/s, from 1kB/s to 999MB/s',
    read: readRate,
  },
  'retry-after': {
    kinds: ['limited'],
    allowed: 'whole seconds, from 0s to 3600s, or none',
    read: text =>
      text === 'none'
        ? { retryAfterSeconds: undefined }
        : whole(text.replace(/s$/, ''), 0, 3600, retryAfterSeconds => ({ retryAfterSeconds })),
  },
  status: {
    kinds: ['unavailable'],
    allowed: 'a number from 500 to 599',
    read: text => whole(text, 500, 599, status => ({ status })),
  },
}

/** @returns undefined where it is no such number */
function whole(
  text: string,
  least: number,
  most: number,
  use: (value: number) => Partial<PlanLine>,
): Partial<PlanLine> | undefined {
  const value = /^\d{1,5}$/.test(text) ? Number(text) : -1
  return value >= least && value <= most ? use(value) : undefined
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 }
const LONGEST_MS = 300_000

function time(text: string, leastMs: number, use: (ms: number) => Partial<PlanLine>): Partial<PlanLine> | undefined {
  const [, amount = '', unit = ''] = /^(\d{1,6}(?:\.\d{1,3})?)(ms|s|m)$/.exec(text) ?? []
  const ms = Math.round(Number(amount || Number.NaN) * (UNIT_MS[unit] ?? Number.NaN))
  return ms >= leastMs && ms <= LONGEST_MS ? use(ms) : undefined
}

const RATE_UNITS: Readonly<Record<string, number>> = { kB: 1e3, MB: 1e6 }

function readRate(text: string): Partial<PlanLine> | undefined {
  const [, amount = '', unit = ''] = /^([1-9]\d{0,2})(kB|MB)\/s$/.exec(text) ?? []
  const bytesPerSecond = Number(amount) * (RATE_UNITS[unit] ?? Number.NaN)
  return bytesPerSecond > 0 ? { bytesPerSecond } : undefined
}

/**
 * Reads a plan: a kind of trouble on each line, and its options as `name=value` behind it; `#` begins a comment.
 * @param file as the user named it @returns every line that is wrong, with its number and what is allowed there
 */
export function parsePlan(text: string, file: string): Result<readonly PlanLine[]> {
  const lines: PlanLine[] = []
  const problems: Problem[] = []
  for (const [i, raw] of text.split(/\r?\n/).entries()) {
    const words = raw
      .replace(/(^|\s)#.*$/, '')
      .split(/\s+/)
      .filter(word => word !== '')
    if (words.length === 0) continue
    const read = readLine(words)
    if ('what' in read) problems.push(planProblem(file, i + 1, read))
    else lines.push(read)
  }
  if (problems.length > 0) return failed(...problems)
  if (lines.length === 0) return failed(planProblem(file, 1, { what: 'the plan has no line', allowed: ONE_LINE }))
  if (lines.length > MOST_LINES)
    return failed(
      planProblem(file, 1, { what: `the plan has ${lines.length} lines`, allowed: `at most ${MOST_LINES}` }),
    )
  return ok(lines)
}

/** What is wrong with a line, and what may stand there. */
interface LineFault {
  readonly what: string
  readonly allowed: string
}

const ONE_LINE = 'a kind on each line, such as `killed after=3 for=2s`'

function readLine([kind = '', ...words]: readonly string[]): PlanLine | LineFault {
  if (!isKind(kind))
    return { what: `${show(kind)} is not a kind of trouble`, allowed: Object.keys(DRILL_KINDS).join(', ') }
  let line: PlanLine = { kind, ...DEFAULTS }
  const seen = new Set<string>()
  for (const word of words) {
    const equals = word.indexOf('=')
    const name = equals < 0 ? word : word.slice(0, equals)
    const option = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined
    if (equals < 0 || option === undefined)
      return { what: `${show(word)} is not an option`, allowed: `${optionsOf(kind).join('=, ')}=` }
    if (option.kinds?.includes(kind) === false || (kind === 'sound' && name !== 'limit'))
      return { what: `${name} means nothing to ${kind}`, allowed: `${optionsOf(kind).join('=, ')}=` }
    if (seen.has(name)) return { what: `${name} is given twice`, allowed: 'each option once' }
    seen.add(name)
    const read = option.read(word.slice(equals + 1))
    if (read === undefined) return { what: `${show(word)} is not possible`, allowed: option.allowed }
    line = { ...line, ...read }
  }
  if (line.times > 1 && line.forMs === Number.POSITIVE_INFINITY)
    return { what: `for=ever ends only once, so times=${line.times} is not possible`, allowed: 'for=TIME, or times=1' }
  return line
}

function isKind(word: string): word is DrillKind {
  return Object.hasOwn(DRILL_KINDS, word)
}

function optionsOf(kind: DrillKind): readonly string[] {
  if (kind === 'sound') return ['limit']
  return Object.entries(OPTIONS)
    .filter(([, { kinds }]) => kinds?.includes(kind) !== false)
    .map(([name]) => name)
}

const SHOWN_BYTES = 60

function show(word: string): string {
  return `\`${sanitizeLine(word, SHOWN_BYTES).replaceAll('`', "'")}\``
}

function planProblem(file: string, line: number, { what, allowed }: LineFault): Problem {
  return { code: 'DRILL_PLAN', message: `${file}, line ${line}: ${what}.`, hint: `Allowed: ${allowed}.` }
}
