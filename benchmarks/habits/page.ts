import type { Cell } from './cell.ts'
import { type Habit, WAY_TITLES, WAYS, type Way } from './habit.ts'
import type { Run } from './judge.ts'
import { KNOWN } from './known.ts'

/** What stands in a row behind its title: plain go, then each way. By title. */
export type Figures = ReadonlyMap<string, readonly string[]>

const NOT_YET = 'not played'
const NO_SUCH_WAY = '–'

/** The figures of docs/habits.md as it is. */
export function readFigures(page: string): Figures {
  const rows = page.split('\n').filter(line => line.startsWith('| ') && !line.startsWith('| ---'))
  return new Map(
    rows.slice(1).map(row => {
      const [title = '', ...cells] = row.slice(2, -2).split(' | ')
      return [title, cells]
    }),
  )
}

/** The row of a habit of which all ways were played. */
export function figuresOf(cells: readonly Cell[]): readonly string[] {
  const plain = cells.flatMap(cell => ('plain' in cell ? [renderRun(cell.plain)] : []))[0]
  const cellOf = (way: Way) => cells.find(cell => cell.way === way)
  return [plain ?? NOT_YET, ...WAYS.map(way => renderCell(cellOf(way)))]
}

function renderCell(cell: Cell | undefined): string {
  if (cell === undefined) return NO_SUCH_WAY
  if (!('broken' in cell)) return NOT_YET
  return `${cell.broken.length > 0 ? '✗ ' : ''}${renderRun(cell.ours)}`
}

function renderRun({ worked, seconds, refused, banned }: Run): string {
  const parts = [worked ? `${seconds.toFixed(1)} s` : 'fails', ...(refused > 0 ? [`${refused} refused`] : [])]
  return [...parts, ...(banned ? ['banned'] : [])].join(', ')
}

/** The whole page, in the order of the rows; a row without figures says so. */
export function renderPage(habits: readonly Habit[], figures: Figures): string {
  const rows = habits.map(({ title }) => [title, ...(figures.get(title) ?? ['', ...WAYS].map(() => NOT_YET))])
  const head = ['what the job meets', 'plain go', ...WAYS.map(way => WAY_TITLES[way])]
  const table = [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')
  return `# Servers, networks and machines as they are

Real \`go mod download\` and this project, each with four ways to name the proxies. The proxies limit their clients, are slow, or fail; some jobs are behind other proxies or on small machines. Everything is on loopback, with 50 modules of 20 kB; where an answer takes long, with 3 such modules or one of 4 MB; where the row says so, with 40 modules of 20 files.

Wherever plain go works, this works: in at most 1.2 times plain go's time plus 2 s, with at most 1.5 times as many refused requests plus 6, and without being banned. Where all proxies answer 503 at first, plain go fails and this works. ✗ marks what does not hold yet; *not played* marks what the machine of the last run could not play. For the rows with answers of seconds and minutes, all delays and deadlines are divided by up to ten (\`--scale 1\` divides by nothing).

${table}

*two candidates* are two such servers, and plain go has the first of them with \`|\`; elsewhere GOPROXY ends with \`,off\`. *refused* counts all answers that refuse a request; *fails* includes what has not ended in three times the allowed time. The figures of a run depend on the machine: this one had two processors.

\`npm run habits -- --write\` plays all rows and writes this page; with \`--only\` it renews some of them. \`--sample\` plays a part in which each pair of values (a limit, a status, a way, …) occurs: CI does so. \`npm run habits -- --help\` says more.

${renderKnown(habits)}`
}

function renderKnown(habits: readonly Habit[]): string {
  const lines = habits.flatMap(({ id, title }) => {
    const failure = KNOWN[id]
    if (failure === undefined) return []
    return [
      `- ${title}; ${failure.ways.map(way => WAY_TITLES[way]).join(', ')}: ${failure.reason}${failure.sometimes ? ' (not always)' : ''}`,
    ]
  })
  return lines.length === 0 ? 'No row is known to fail.\n' : `## Known to fail\n\n${lines.join('\n')}\n`
}
