import type { Paint } from '../effects.ts'
import type { Screen } from '../report/screen.ts'
import { formatMs, UNKNOWN } from '../report/units.ts'
import { padStartTo, padTo, wrapWords } from '../text/columns.ts'
import { count } from '../text/count.ts'
import { judge, type LineVerdict, type PlayedLine, type PlayedRun } from './judge.ts'

/** A drill that was played. */
export interface PlayedDrill {
  readonly seed: number
  readonly modules: number
  readonly played: readonly PlayedLine[]
  readonly seconds: number
}

interface TableColumn {
  readonly head: string
  readonly cell: (one: PlayedLine) => string
  /** Figures stand to the right. */
  readonly isFigure?: true
}

const COLUMNS: readonly TableColumn[] = [
  { head: 'trouble', cell: ({ label }) => label },
  { head: 'plain go', cell: ({ plain }) => plain.outcome },
  { head: '', cell: ({ plain }) => formatMs(plain.ms), isFigure: true },
  { head: 'ours', cell: ({ ours }) => ours.outcome },
  { head: '', cell: ({ ours }) => formatMs(ours.ms), isFigure: true },
  { head: 'met', cell: ({ ours }) => String(ours.met), isFigure: true },
  { head: 'held up', cell: ({ ours }) => heldUp(ours), isFigure: true },
]

function heldUp({ met, recoverMs }: PlayedRun): string {
  if (met === 0) return UNKNOWN
  return recoverMs === null ? 'never' : formatMs(recoverMs)
}

const STYLES: Readonly<Record<LineVerdict, Parameters<Paint>[0]>> = {
  better: 'green',
  'as plain go': 'dim',
  worse: 'red',
}

/** The table beside plain go, and what it comes to. */
export function renderDrill(drill: PlayedDrill, { columns = Number.POSITIVE_INFINITY, paint }: Screen): string {
  const widths = COLUMNS.map(({ head, cell }) => Math.max(head.length, ...drill.played.map(one => cell(one).length)))
  const write = (textOf: (column: TableColumn) => string) =>
    COLUMNS.map((column, i) => (column.isFigure ? padStartTo : padTo)(textOf(column), widths[i] ?? 0)).join('  ')
  const lines = [
    paint(
      'bold',
      write(({ head }) => head),
    ),
    ...drill.played.map(one => `${write(({ cell }) => cell(one))}  ${paint(STYLES[judge(one)], judge(one))}`),
    '',
    ...saidOf(drill).flatMap(line => wrapWords(line, columns)),
  ]
  return `${lines.join('\n')}\n`
}

/** Sentences below the table. */
function saidOf({ played, seed, seconds }: PlayedDrill): readonly string[] {
  const survived = (who: 'plain' | 'ours') => played.filter(one => one[who].outcome === 'done').length
  const notMet = played.filter(({ ours, label }) => label !== 'sound' && ours.met === 0).map(({ label }) => label)
  const wrong = played.flatMap(({ ours }) => ours.wrong).length
  return [
    `Ours succeeded in ${survived('ours')} of ${count(played.length, 'run')}, plain go in ${survived('plain')}; wrong files in our module cache: ${wrong} (${formatMs(seconds * 1000)}).`,
    ...(notMet.length === 0
      ? []
      : [`Not met, because nothing was asked of the faulty proxy while the trouble lasted: ${notMet.join(', ')}.`]),
    `To play the same again: --seed ${seed}`,
  ]
}

/** For a program. Times in milliseconds. */
export function drillToJson(drill: PlayedDrill) {
  const { seed, modules, played, seconds } = drill
  return {
    version: 1,
    seed,
    modules,
    result: played.every(one => judge(one) !== 'worse') ? 'ok' : 'failed',
    runs: played.map(one => ({ ...one, verdict: judge(one) })),
    seconds,
  }
}
