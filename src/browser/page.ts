import type { Report } from '../report/report.ts'
import { startChart } from './chart.ts'
import { startDetails } from './details.ts'
import { element } from './dom.ts'
import { startFilters } from './filters.ts'
import { startModuleTable } from './modules.ts'
import { startZoom } from './zoom.ts'

/**
 * The script of the page that `report/page.ts` writes: it adds to what is drawn already. `scripts/page-assets.mjs` bundles
 * it into `report/page/assets.json`. It never makes markup of a text, which the page's policy forbids.
 */
function start(): void {
  const report = JSON.parse(element('report').textContent ?? '') as Report
  // What is of no use without this script.
  for (const one of document.querySelectorAll('.scripted')) one.removeAttribute('hidden')
  const table = startModuleTable(report)
  if (document.getElementById('chart') !== null) {
    const chart = startChart(report)
    const details = startDetails(report, chart)
    const zoom = startZoom(chart)
    startFilters(report, wanted => {
      details.hide()
      chart.show(wanted.requests)
      table?.show(wanted.module)
      zoom.tell()
    })
  }
  document.documentElement.dataset['scripted'] = 'yes'
}

start()
