/**
 * A value as JSON for a file or a terminal, with a newline at the end. What a terminal or a runner could obey is escaped
 * so that JSON parsers restore it: control and invisible characters, and `##[`, with which a runner's command may begin
 * anywhere in a line.
 */
export function renderJson(value: unknown): string {
  return `${defuse(JSON.stringify(value, null, 2))}\n`
}

/** A report as its file holds it: each request on a line of its own, so that thousands stay readable. */
export function renderReport(report: object): string {
  const { requests, ...rest } = report as { readonly requests?: unknown }
  const text = JSON.stringify(rest, null, 2)
  if (!Array.isArray(requests) || requests.length === 0 || text === '{}') return renderJson(report)
  const lines = requests.map(one => `    ${JSON.stringify(one)}`).join(',\n')
  return `${defuse(`${text.slice(0, -2)},\n  "requests": [\n${lines}\n  ]\n}`)}\n`
}

/** Values as JSON, each on a line of its own, with a comma between them. */
export function renderJsonLines(values: readonly unknown[]): string {
  return defuse(values.map(value => JSON.stringify(value)).join(',\n'))
}

/** The same on one line, without the newline: for an output's value. */
export function renderJsonLine(value: unknown): string {
  return defuse(JSON.stringify(value))
}

/** JSON.stringify itself escapes what is below U+0020 and lone surrogates. The newlines that it writes must stay. */
const UNSAFE = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu

function defuse(json: string): string {
  return json.replace(NOT_PLAIN, defuseSome).replaceAll('##[', '#\\u0023[')
}

/** A few characters of thousands: only these are worth the look into Unicode's tables. */
const NOT_PLAIN = /[^\n -~]+/g

function defuseSome(text: string): string {
  return text.replace(UNSAFE, char => char.split('').map(escapeUnit).join(''))
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
