import type { Paint } from '../effects.ts'
import { columnsOf, padStartTo, padTo, shortenTo, wrapWords } from '../text/columns.ts'
import { sanitizeLine } from '../text/sanitiser.ts'
import { nameOf, shortName } from './headline.ts'
import { formatPredicted } from './predicted.ts'
import type { CandidateReport, Report } from './report.ts'
import type { Screen } from './screen.ts'
import { formatMs, formatRate } from './units.ts'

/** The candidates as a table that fits the screen, with a bar for each prediction. */
export function renderTable(report: Report, { columns = Number.POSITIVE_INFINITY, paint }: Screen): readonly string[] {
  const all = rowsOf(report)
  const rows = all.map(row => withShortName(row, columns - least(all)))
  const layout = LAYOUTS.map(titles => layOut(titles, rows)).find(
    ({ width, titles }) => width <= columns - (titles.includes('trust') ? BAR.good : BAR.least),
  )
  if (layout === undefined) return rows.flatMap(row => stack(row, columns, paint))
  const { titles, widths, width } = layout
  const heading = titles.map(title => align(title, title, widths)).join(GAP)
  const beside = rows.every(({ share, reason }) => share !== undefined || width + columnsOf(GAP + reason) <= columns)
  const cells = Math.min(BAR.most, columns - width) - GAP.length
  return [
    paint('dim', `  ${heading}`),
    ...rows.flatMap(row => {
      const line = titles.map(title => paintCell(row, title, align(row.cells[title], title, widths), paint))
      const left = `${row.marker} ${line.join(GAP)}`
      const { share, reason } = row
      // What cannot be predicted has no bar: there is room for the reason.
      if (share === undefined && beside) return [(left + GAP + reason).trimEnd()]
      const bar = share === undefined ? '' : GAP + paint('cyan', drawBar(share, cells))
      return [(left + bar).trimEnd(), ...(reason === '' ? [] : below(reason, columns))]
    }),
  ]
}

const TITLES = ['proxy', 'trust', 'verdict', 'first byte', 'rate', 'predicted'] as const
type Title = (typeof TITLES)[number]

/** What is left out where the screen is narrow, the least telling first. */
const LEFT_OUT: readonly Title[] = ['trust', 'first byte', 'rate']
const LAYOUTS = [0, 1, 2, 3].map(count => TITLES.filter(title => !LEFT_OUT.slice(0, count).includes(title)))
/** Figures stand on the right of their column. */
const FIGURES: readonly Title[] = ['first byte', 'rate', 'predicted']
const GAP = '  '
/** Columns of a bar, and the gap before it. */
const BAR = { least: 8, good: 14, most: 26 }

/** What a download may use. */
export const CARRIES: readonly CandidateReport['verdict'][] = ['ok', 'slow', 'cold']

/** A shorter name tells one proxy no longer from another. */
const SHORTEST_NAME = 20

/** What the narrowest table needs besides the names. */
function least(rows: readonly CandidateRow[]): number {
  const { width, widths } = layOut(LAYOUTS.at(-1) ?? [], rows)
  return width - widths.proxy + BAR.least
}

function withShortName(row: CandidateRow, columns: number): CandidateRow {
  if (columns < SHORTEST_NAME) return row
  return { ...row, cells: { ...row.cells, proxy: shortenTo(row.cells.proxy, columns) } }
}

interface CandidateRow {
  readonly marker: string
  readonly cells: Readonly<Record<Title, string>>
  readonly verdict: CandidateReport['verdict']
  readonly isChosen: boolean
  /** Share of the longest prediction; undefined where nothing is predicted. */
  readonly share: number | undefined
  /** What is to be said of it; empty of a good one. */
  readonly reason: string
}

function rowsOf({ candidates, choice }: Report): readonly CandidateRow[] {
  const longest = Math.max(0, ...candidates.map(({ predictedSeconds }) => predictedSeconds ?? 0))
  return candidates.map(candidate => {
    const { trust, verdict, firstByteMs, bytesPerSecond, predictedSeconds, reason } = candidate
    const isChosen = choice?.proxy === nameOf(candidate)
    return {
      marker: isChosen ? '>' : ' ',
      cells: {
        proxy: sanitizeLine(shortName(nameOf(candidate))),
        trust,
        verdict,
        'first byte': formatMs(firstByteMs),
        // What a failure sent says nothing of a download.
        rate: formatRate(CARRIES.includes(verdict) ? bytesPerSecond : null),
        predicted: formatPredicted(candidate),
      },
      verdict,
      isChosen,
      share: predictedSeconds === null || longest === 0 ? undefined : predictedSeconds / longest,
      reason: verdict === 'ok' ? '' : sanitizeLine(reason),
    }
  })
}

interface TableLayout {
  readonly titles: readonly Title[]
  readonly widths: Readonly<Record<Title, number>>
  /** Of a row without bar and reason, the marker included. */
  readonly width: number
}

function layOut(titles: readonly Title[], rows: readonly CandidateRow[]): TableLayout {
  const widthOf = (title: Title) => Math.max(...[title, ...rows.map(({ cells }) => cells[title])].map(columnsOf))
  const widths = Object.fromEntries(TITLES.map(title => [title, widthOf(title)])) as Record<Title, number>
  const width = 2 + titles.reduce((sum, title) => sum + widths[title], 0) + GAP.length * (titles.length - 1)
  return { titles, widths, width }
}

function align(text: string, title: Title, widths: TableLayout['widths']): string {
  return FIGURES.includes(title) ? padStartTo(text, widths[title]) : padTo(text, widths[title])
}

function paintCell({ verdict, isChosen }: CandidateRow, title: Title, text: string, paint: Paint): string {
  if (title === 'verdict') return paint(colourOf(verdict), text)
  return title === 'proxy' && isChosen ? paint('bold', text) : text
}

function colourOf(verdict: CandidateRow['verdict']): 'green' | 'yellow' | 'red' {
  return verdict === 'ok' ? 'green' : verdict === 'slow' || verdict === 'cold' ? 'yellow' : 'red'
}

/** @param share of the longest bar, which has so many cells */
export function drawBar(share: number, cells: number): string {
  return '█'.repeat(Math.max(1, Math.round(share * cells)))
}

function below(text: string, columns: number): readonly string[] {
  return wrapWords(`    ${text}`, columns)
}

/** A row as several lines, where the screen is too narrow for a table. */
function stack(
  { marker, cells, verdict, isChosen, share, reason }: CandidateRow,
  columns: number,
  paint: Paint,
): readonly string[] {
  const name = shortenTo(cells.proxy, columns - 2)
  const figures =
    share === undefined ? '' : `, predicted ${cells.predicted}, ${cells['first byte']} to the first byte, ${cells.rate}`
  const [first = '', ...rest] = below(`${verdict}${figures}`, columns)
  return [
    `${marker} ${isChosen ? paint('bold', name) : name}`,
    first.replace(verdict, paint(colourOf(verdict), verdict)),
    ...rest,
    ...(share === undefined ? [] : [`    ${paint('cyan', drawBar(share, Math.min(BAR.most, columns - 4)))}`]),
    ...(reason === '' ? [] : below(reason, columns)),
  ]
}
