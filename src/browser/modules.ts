import { MOST_SHOWN, type ModuleRequests, modulesIn } from '../report/modules.ts'
import type { Report } from '../report/report.ts'

type Key = string | number

/** By what each column is put in order; names A to Z first, figures the greatest first. */
const KEYS: readonly ((one: ModuleRequests) => Key)[] = [
  one => `${one.module}@${one.version ?? ''}`,
  one => one.proxy ?? '',
  one => one.requests,
  one => one.bytes,
  one => one.startMs,
  one => one.ms,
]

interface ModuleRow {
  readonly row: HTMLTableRowElement
  readonly keys: readonly Key[]
}

/** Puts the modules in the order of a column whose title is pressed, and shows those of a name. */
export function startModuleTable(report: Report): { readonly show: (part: string) => void } | undefined {
  const table = document.getElementById('module-table') as HTMLTableElement | null
  const body = table?.tBodies[0]
  if (table === null || body === undefined) return undefined
  // The page has them in this order.
  const modules = modulesIn(report.requests ?? [])
  const rows: readonly ModuleRow[] = [...body.rows].map((row, i) => ({
    row,
    keys: KEYS.map(of => of(modules[i] as ModuleRequests)),
  }))
  const heads = [...table.querySelectorAll('th')]
  for (const [column, head] of heads.entries()) {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = head.textContent
    head.replaceChildren(button)
    button.addEventListener('click', () => {
      const before = head.getAttribute('aria-sort')
      const isText = typeof rows[0]?.keys[column] === 'string'
      const isUp = before === null ? isText : before === 'descending'
      for (const one of heads) one.removeAttribute('aria-sort')
      head.setAttribute('aria-sort', isUp ? 'ascending' : 'descending')
      body.append(...sortRows(rows, column, isUp).map(({ row }) => row))
    })
  }
  heads.at(-1)?.setAttribute('aria-sort', 'descending')
  const more = startShowingAll(table)
  more.tell(rows.length)
  return {
    show: part => {
      for (const { row, keys } of rows) row.hidden = !String(keys[0]).toLowerCase().includes(part)
      more.tell(rows.filter(({ row }) => !row.hidden).length)
    },
  }
}

/** A button below a table of which the style shows the beginning. */
function startShowingAll(table: HTMLTableElement): { readonly tell: (count: number) => void } {
  const button = document.getElementById('all-modules')
  button?.addEventListener('click', () => {
    table.classList.add('all')
    button.hidden = true
  })
  return {
    tell: count => {
      if (button === null) return
      button.textContent = `Show all ${count}, not only the first ${MOST_SHOWN}`
      button.hidden = count <= MOST_SHOWN || table.classList.contains('all')
    },
  }
}

function sortRows(rows: readonly ModuleRow[], column: number, isUp: boolean): readonly ModuleRow[] {
  const sign = isUp ? 1 : -1
  return [...rows].sort((a, b) => {
    const [one, other] = [a.keys[column] ?? '', b.keys[column] ?? '']
    return one < other ? -sign : one > other ? sign : 0
  })
}
