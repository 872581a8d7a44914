/**
 * @typedef {'PASS' | 'FAIL' | 'SKIP' | 'UNFINISHED'} Outcome
 * @typedef {{ outcome: Outcome, seconds: number, line?: number, cause?: string }} ScriptResult
 *   `line`, `cause`: where the script failed and what go's test says of it
 */

const RUN = /^=== RUN\s+TestScript\/(\S+)$/
const CURRENT = /^=== (?:RUN|PAUSE|CONT|NAME)\s+(?:TestScript\/)?(\S+)$/
const END = /^\s*--- (PASS|FAIL|SKIP): TestScript\/(\S+) \((\d+(?:\.\d+)?)s\)$/
/** What scripttest prints when a command of the script does not do what the script says. */
const FAILURE = /FAIL: testdata[/\\]script[/\\](\S+)\.txt:(\d+): (.*)$/
const MOST_CAUSE = 160

/** Of -test.v=test2json: it stands before what the test binary itself says. */
const MARK = /\x16/g

/**
 * What `-test.v=test2json` printed, script by script. Unlike plain `-test.v` it tells of a script when that ends, not
 * when the last one has.
 * @param {string} output
 * @returns {Map<string, ScriptResult>}
 */
export function parseResults(output) {
  /** @type {Map<string, ScriptResult>} */
  const results = new Map()
  const change = (/** @type {string} */ name, /** @type {Partial<ScriptResult>} */ news) =>
    results.set(name, { outcome: 'UNFINISHED', seconds: 0, ...results.get(name), ...news })
  let current = ''
  for (const line of output.replace(MARK, '').split(/\r?\n/)) {
    const started = RUN.exec(line)?.[1]
    if (started !== undefined) change(started, {})
    current = CURRENT.exec(line)?.[1] ?? current
    const [, outcome, name, seconds] = END.exec(line) ?? []
    if (name !== undefined) change(name, { outcome: /** @type {Outcome} */ (outcome), seconds: Number(seconds) })
    const [, failed, at, cause = ''] = FAILURE.exec(line) ?? []
    if (failed !== undefined) change(failed, { line: Number(at), cause: cause.slice(0, MOST_CAUSE) })
    // A panic, or a failure outside the script's own lines.
    else if (/^panic: /.test(line) && results.has(current)) change(current, { cause: line.slice(0, MOST_CAUSE) })
  }
  return results
}

/** How many scripts have ended. @param {string} output */
export function countEnded(output) {
  return [...parseResults(output).values()].filter(({ outcome }) => outcome !== 'UNFINISHED').length
}
