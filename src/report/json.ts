import { defuseJson, safeJson } from '../text/json.ts'

/** A value as JSON for a file or a terminal, with a newline at the end. */
export function renderJson(value: unknown): string {
  return `${safeJson(value, 2)}\n`
}

/** A report as its file holds it: each request on a line of its own, so that thousands stay readable. */
export function renderReport(report: object): string {
  const { requests, ...rest } = report as { readonly requests?: unknown }
  const text = JSON.stringify(rest, null, 2)
  if (!Array.isArray(requests) || requests.length === 0 || text === '{}') return renderJson(report)
  const lines = requests.map(one => `    ${JSON.stringify(one)}`).join(',\n')
  return `${defuseJson(`${text.slice(0, -2)},\n  "requests": [\n${lines}\n  ]\n}`)}\n`
}

/** A value as JSON on one line, without the newline: for an output's value. */
export function renderJsonLine(value: unknown): string {
  return safeJson(value)
}
