/** @typedef {import('./results.mjs').ScriptResult} ScriptResult */
/** @typedef {{ direct: ReadonlyMap<string, ScriptResult>, gateway: ReadonlyMap<string, ScriptResult> }} BothPasses */
/** @typedef {{ direct: ScriptResult[], gateway: ScriptResult[] }} Tries what each pass had, the first one first */
/** @typedef {{ script: string, kind: 'result' | 'time', reason: string, alone?: true }} Expected `alone`: only with --alone */
/** @typedef {{ script: string, kind: 'result' | 'time', what: string, reason?: string }} Difference */

/** No script is to be slower behind `exec` than this many times its own time, plus a constant. */
const SLOWER_TIMES = 2
const SLOWER_SECONDS = 2
/** How often a script that differs is run in all: a busy moment of the machine must not count. */
const MOST_TRIES = 3
/** @type {ScriptResult} */
const UNFINISHED = { outcome: 'UNFINISHED', seconds: 0 }

/**
 * Runs scripts both ways, and those that differ again.
 * @param {readonly string[]} names
 * @param {(names: readonly string[], attempt: number) => Promise<BothPasses>} runBoth `attempt`: from 1
 * @param {(difference: Difference) => boolean} isListed its reason is known, so that one try is enough
 * @returns {Promise<Map<string, Tries>>}
 */
export async function tryScripts(names, runBoth, isListed) {
  /** @type {Map<string, Tries>} */
  const tries = new Map(names.map(name => [name, { direct: [], gateway: [] }]))
  const still = (/** @type {string} */ name) =>
    judge(name, tries.get(name) ?? { direct: [], gateway: [] }).differences.some(one => !isListed(one))
  for (let attempt = 1, some = names; attempt <= MOST_TRIES && some.length > 0; attempt++, some = some.filter(still)) {
    const { direct, gateway } = await runBoth(some, attempt)
    for (const name of some) {
      tries.get(name)?.direct.push(direct.get(name) ?? UNFINISHED)
      tries.get(name)?.gateway.push(gateway.get(name) ?? UNFINISHED)
    }
  }
  return tries
}

/** How a script ended: two failures at different lines are different results. @param {ScriptResult | undefined} result */
function ending(result) {
  if (result === undefined) return UNFINISHED.outcome
  return result.line === undefined || result.outcome !== 'FAIL' ? result.outcome : `FAIL at line ${result.line}`
}

/** @param {ScriptResult | undefined} direct @param {ScriptResult | undefined} gateway */
function differs(direct, gateway) {
  return ending(direct) !== ending(gateway)
}

/** @param {number} direct @param {number} gateway seconds */
function isSlow(direct, gateway) {
  return gateway > SLOWER_TIMES * direct + SLOWER_SECONDS
}

/**
 * What a script's tries say. A result differs when it did in every try; the times that count are the shortest.
 * @param {string} script
 * @param {Tries} tries
 * @returns {{ differences: Difference[], unsteady: string | undefined }}
 */
export function judge(script, { direct, gateway }) {
  /** @type {Difference[]} */
  const differences = []
  const each = direct.map((one, index) => differs(one, gateway[index]))
  const [last, behind] = [direct.at(-1), gateway.at(-1)]
  const says = `${ending(last)}, behind exec ${ending(behind)}`
  const cause = behind?.cause ?? last?.cause
  if (each.every(Boolean))
    differences.push({ script, kind: 'result', what: cause === undefined ? says : `${says}: ${cause}` })
  else {
    const [plain, slow] = [direct, gateway].map(tries => Math.min(...tries.map(one => one.seconds)))
    if (isSlow(plain ?? 0, slow ?? 0))
      differences.push({ script, kind: 'time', what: `${plain?.toFixed(1)} s, behind exec ${slow?.toFixed(1)} s` })
  }
  const some = each.indexOf(true)
  const unsteady =
    some < 0 || each.every(Boolean)
      ? undefined
      : `${ending(direct[some])}, behind exec ${ending(gateway[some])} in try ${some + 1} of ${each.length}`
  return { differences, unsteady }
}

/** @param {Difference} difference @param {readonly Expected[]} expected */
export function isExpected(difference, expected) {
  return expected.some(entry => isSame(entry, difference))
}

/** @param {Expected} entry @param {Difference} difference */
function isSame(entry, difference) {
  return entry.script === difference.script && entry.kind === difference.kind
}

/**
 * The differences beside those that are expected, both ways.
 * @param {readonly Difference[]} differences
 * @param {readonly Expected[]} expected
 * @param {readonly string[]} passed the scripts that pass directly in this run: of others nothing is known
 * @returns {{ listed: Difference[], unlisted: Difference[], gone: Expected[] }} `gone`: expected, and no longer so
 */
export function sortDifferences(differences, expected, passed) {
  return {
    listed: differences.flatMap(one => {
      const entry = expected.find(entry => isSame(entry, one))
      return entry === undefined ? [] : [{ ...one, reason: entry.reason }]
    }),
    unlisted: differences.filter(one => !isExpected(one, expected)),
    gone: expected.filter(entry => passed.includes(entry.script) && !differences.some(one => isSame(entry, one))),
  }
}
