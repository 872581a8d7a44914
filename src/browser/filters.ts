import { classOf, type NumberedRequest, nameOfRequest, numberRequests } from '../report/page/timeline.ts'
import type { Report } from '../report/report.ts'
import { element } from './dom.ts'

/** What the controls above the chart ask for. */
export interface Wanted {
  readonly requests: readonly NumberedRequest[]
  /** Part of a module's name, in small letters. */
  readonly module: string
}

export function startFilters(report: Report, show: (wanted: Wanted) => void): void {
  const all = numberRequests(report)
  if (all.length === 0) return
  const proxies = [...new Set(all.map(({ request }) => request.proxy))]
  const search = element<HTMLInputElement>('search')
  const proxy = element<HTMLSelectElement>('proxy')
  const apply = () => {
    const module = search.value.trim().toLowerCase()
    const [files, classes] = [checkedIn('files'), checkedIn('classes')]
    const from = proxies[proxy.selectedIndex - 1]
    const requests = all.filter(
      ({ request }) =>
        files.has(request.file) &&
        classes.has(classOf(request)) &&
        (from === undefined || request.proxy === from) &&
        nameOfRequest(request).toLowerCase().includes(module),
    )
    show({ requests, module })
  }
  for (const id of ['search', 'proxy', 'files', 'classes']) element(id).addEventListener('input', apply)
}

function checkedIn(id: string): ReadonlySet<string> {
  const boxes = [...element(id).querySelectorAll('input')]
  return new Set(boxes.filter(({ checked }) => checked).map(({ value }) => value))
}
