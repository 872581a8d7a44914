// `npm run conformance`: the script tests that come with Go, directly and behind `exec`. What differs is printed, and is
// an error unless expected.json gives a reason.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CommanderError } from 'commander'
import { isExpected, judge, sortDifferences, tryScripts } from './compare.mjs'
import { compileTests, findGo } from './go.mjs'
import { describeConformance } from './options.mjs'
import { runBehindExec, runDirectly } from './passes.mjs'
import { describePass, renderFindings } from './report.mjs'
import { choose, readScripts } from './scripts.mjs'
import { cleanEnvironment, openWorkspace } from './workspace.mjs'

const WRONG_USAGE = 2
const root = dirname(import.meta.dirname)

try {
  await describeConformance(act).parseAsync(process.argv.slice(2), { from: 'user' })
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : WRONG_USAGE)
  console.error(`error: ${error instanceof Error ? error.message : error}`)
  process.exit(WRONG_USAGE)
}

/** @param {import('./options.mjs').Options} options */
async function act(options) {
  const program = join(root, 'dist', 'index.js')
  if (!existsSync(program)) return give({ message: `${program} is missing.`, hint: 'Run `npm run build`.' })
  const go = await findGo()
  if (!go.ok) return give(...go.problems)
  const { chosen, leftOut, unknown } = choose(readScripts(go.value.testdata), {
    run: options.run,
    sample: options.sample ? readData('sample.json') : undefined,
    network: options.network,
  })
  console.log(`${go.value.version}: ${chosen.length} scripts, ${leftOut.length} left out for they ask the internet`)
  if (unknown.length > 0) console.log(`Not in this version of Go: ${unknown.join(', ')}`)
  if (chosen.length === 0)
    return give({
      message: 'No script is left to run.',
      hint: 'Choose others with --run; --network adds those that ask the internet.',
    })

  const workspace = openWorkspace()
  const time = stopwatch()
  const binary = await compileTests(go.value, workspace.directory)
  if (!binary.ok) return give(...binary.problems)
  console.log(`compiled in ${time()} s`)
  const world = {
    workspace,
    go: go.value,
    binary: binary.value,
    program,
    logs: join(root, '.cache', 'conformance'),
    minutes: options.timeout,
    alone: options.alone,
    environment: { ...cleanEnvironment(process.env, workspace.directory), GOCACHE: go.value.cache },
  }
  process.exitCode = (await compare(world, chosen, time)) ? 0 : 1
}

/**
 * @param {import('./passes.mjs').World} world @param {readonly import('./scripts.mjs').Script[]} scripts
 * @param {() => string} time
 */
async function compare(world, scripts, time) {
  const names = scripts.map(({ name }) => name)
  /** @type {import('./compare.mjs').Expected[]} */
  const expected = readData('expected.json').filter(({ alone }) => world.alone || !alone)
  const runBoth = async (/** @type {readonly string[]} */ some, /** @type {number} */ attempt) => {
    const chosen = scripts.filter(({ name }) => some.includes(name))
    const log = attempt === 1 ? '' : `try-${attempt}-`
    if (attempt > 1) console.log(`once more: ${some.join(', ')}`)
    const direct = await runDirectly(world, chosen, log)
    console.log(`directly: ${describePass(direct)} in ${time()} s`)
    const gateway = await runBehindExec(world, chosen, log)
    console.log(`behind exec: ${describePass(gateway)} in ${time()} s`)
    return { direct, gateway }
  }
  const tries = await tryScripts(names, runBoth, one => isExpected(one, expected))
  const judged = [...tries].map(([name, both]) => ({ name, last: both.direct.at(-1)?.outcome, ...judge(name, both) }))
  const differences = judged.flatMap(one => one.differences)
  const passed = judged.filter(({ last }) => last === 'PASS').map(({ name }) => name)
  const sorted = sortDifferences(differences, expected, passed)
  const failing = judged.filter(one => one.last === 'FAIL' && one.differences.length === 0).map(({ name }) => name)
  const unsteady = judged.flatMap(({ name, unsteady }) => (unsteady === undefined ? [] : [[name, unsteady]]))
  console.log(renderFindings({ compared: scripts.length, sorted, unsteady, failing }))
  console.log(`What the scripts printed: ${world.logs}`)
  return sorted.unlisted.length === 0 && sorted.gone.length === 0
}

/** @param {string} name */
function readData(name) {
  return JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8'))
}

/** @param {readonly { message: string, hint: string }[]} problems */
function give(...problems) {
  for (const { message, hint } of problems) console.error(`error: ${message}\n${hint}`)
  process.exitCode = WRONG_USAGE
}

function stopwatch() {
  let last = performance.now()
  return () => {
    const now = performance.now()
    const seconds = ((now - last) / 1000).toFixed(0)
    last = now
    return seconds
  }
}
