/** @param {ReadonlyMap<string, import('./results.mjs').ScriptResult>} results */
export function describePass(results) {
  /** @type {Map<string, number>} */
  const counts = new Map()
  for (const { outcome } of results.values()) counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  return [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ')
}

/**
 * Rows as columns, each as wide as its widest cell but the last.
 * @param {readonly (readonly string[])[]} rows
 */
export function renderTable(rows) {
  const widths = rows.reduce(
    (/** @type {number[]} */ most, row) => row.map((cell, at) => Math.max(cell.length, most[at] ?? 0)),
    [],
  )
  return rows
    .map(row => row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join('  '))
    .join('\n')
}

/**
 * The whole comparison as text.
 * @param {object} findings
 * @param {number} findings.compared
 * @param {ReturnType<typeof import('./compare.mjs').sortDifferences>} findings.sorted
 * @param {readonly (readonly [string, string])[]} findings.unsteady script, and what it once had
 * @param {readonly string[]} findings.failing fail directly, and in the same way behind exec
 */
export function renderFindings({ compared, sorted: { listed, unlisted, gone }, unsteady, failing }) {
  const rows = [
    ...unlisted.map(({ script, what }) => ['✗', script, what]),
    ...gone.map(({ script, kind, reason }) => [
      '✗',
      script,
      `expected.json lists a different ${kind}, and it is the same now. Take the entry out: ${reason}`,
    ]),
    ...unsteady.map(([script, what]) => ['~', script, `once: ${what}`]),
    ...listed.map(({ script, what, reason }) => ['·', script, `${what}\n      listed: ${reason}`]),
  ]
  const lines = rows.length === 0 ? [] : [renderTable(rows)]
  if (failing.length > 0) lines.push(`Fail both ways, as they need what is not here: ${failing.join(', ')}`)
  lines.push(
    `${compared} scripts compared: ${unlisted.length} unlisted differences, ${listed.length} listed, ${gone.length} listed that are gone`,
  )
  return lines.join('\n')
}
