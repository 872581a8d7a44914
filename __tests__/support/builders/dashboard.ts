/** What a query of a panel is asked of. */
export interface DashboardTarget {
  readonly refId: string
  readonly expr: string
  readonly datasource: { readonly type: string; readonly uid: string }
}

export interface DashboardPanel {
  readonly id: number
  readonly type: string
  readonly title: string
  readonly description: string
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  readonly targets: readonly DashboardTarget[]
  readonly fieldConfig: { readonly defaults: { readonly unit: string }; readonly overrides: readonly unknown[] }
  readonly options: { readonly legend?: { readonly calcs?: readonly string[] } }
}

export interface Dashboard {
  readonly title: string
  readonly uid: string
  readonly schemaVersion: number
  readonly panels: readonly DashboardPanel[]
  readonly templating: { readonly list: readonly { readonly name: string; readonly type: string }[] }
  readonly time: { readonly from: string; readonly to: string }
}

const TYPES = ['stat', 'timeseries', 'table', 'bargauge']
const UNITS = ['short', 's', 'bytes', 'Bps', 'percentunit']
/** Grafana's grid. */
const COLUMNS = 24

/**
 * What of a dashboard Grafana would not show as it is meant. Grafana itself is not to be had for a test: this looks at the
 * parts of its dashboard model (grafana.com/docs, “Dashboard JSON model”) that we use, and at nothing else.
 */
export function findDashboardFaults({
  title,
  uid,
  schemaVersion,
  panels,
  templating,
  time,
}: Dashboard): readonly string[] {
  const variables = templating.list.map(({ name }) => name)
  const faults = [
    ...(title === '' || !/^[\w-]{1,40}$/.test(uid) ? ['title or uid'] : []),
    ...(schemaVersion >= 36 ? [] : ['its schema has data sources by name']),
    ...(/^now-\d+[hd]$/.test(time.from) && time.to === 'now' ? [] : ['time']),
    ...(new Set(panels.map(({ id }) => id)).size === panels.length ? [] : ['two panels with one id']),
  ]
  for (const { id, type, title: own, description, gridPos, targets, fieldConfig, options } of panels) {
    const where = `panel ${id} (${own})`
    const { x, y, w, h } = gridPos
    if (own === '' || description === '') faults.push(`${where} explains nothing`)
    if (!TYPES.includes(type) || typeof options !== 'object') faults.push(`${where} is of type ${type}`)
    if (![x, y, w, h].every(Number.isInteger) || x < 0 || y < 0 || w < 1 || h < 1 || x + w > COLUMNS)
      faults.push(`${where} is off the grid`)
    if (options.legend !== undefined && !Array.isArray(options.legend.calcs)) faults.push(`${where} has half a legend`)
    if (!UNITS.includes(fieldConfig.defaults.unit)) faults.push(`${where} has no unit`)
    const refs = targets.map(({ refId }) => refId)
    if (targets.length === 0 || new Set(refs).size !== refs.length) faults.push(`${where} has no queries of its own`)
    for (const { expr, datasource } of targets) {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as Grafana writes a variable
      if (datasource.type !== 'prometheus' || datasource.uid !== '${datasource}') faults.push(`${where} asks elsewhere`)
      for (const [, name = ''] of expr.matchAll(/\$\{?(\w+)/g))
        if (!variables.includes(name)) faults.push(`${where}: $${name} is no variable`)
    }
  }
  for (const [i, one] of panels.entries())
    for (const other of panels.slice(i + 1))
      if (overlap(one.gridPos, other.gridPos)) faults.push(`panels ${one.id} and ${other.id} overlap`)
  return faults
}

function overlap(a: DashboardPanel['gridPos'], b: DashboardPanel['gridPos']): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
}
