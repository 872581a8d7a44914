// `npm run check`: what a commit needs, in at most 90 s on two cores. The static checks run two at a time; then come the
// tests of the rooms that changed since --since (default: the last commit), new files included. Everything: `.ci/run`.
import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { pathToFileURL } from 'node:url'
import { parseArgs, promisify } from 'node:util'

/** Quick, and about the whole tree. */
const ALWAYS = ['__tests__/architecture.test.ts', '__tests__/action.test.ts', '__tests__/package.test.ts']
const STATIC = [
  ['lint', 'npm run --silent lint'],
  ['types', 'npm run --silent typecheck'],
  ['documents', 'npm run --silent docs -- --check'],
]

/**
 * The tests that speak of these files: a room's folder below `__tests__`, a test file itself, and for a file in the root of
 * `src` the test of that name. What other rooms make of a change, and `dist/` from end to end, only `npm test` tells.
 * @param {readonly string[]} files paths from the project's root
 * @param {(path: string) => boolean} exists
 * @returns {string[]}
 */
export function testsOf(files, exists) {
  const tests = files.flatMap(file => {
    const [, room, rest] = /^src\/([^/]+?)(\/.*|\.ts)$/.exec(file) ?? []
    if (room !== undefined) return [rest.startsWith('/') ? `__tests__/${room}` : `__tests__/${room}.test.ts`]
    return /^__tests__\/.*\.test\.ts$/.test(file) ? [file] : []
  })
  return [...new Set([...ALWAYS, ...tests])].filter(exists)
}

/** On two cores. Source: CONTRIBUTING.md. */
const BUDGET_SECONDS = 90

async function main() {
  const start = performance.now()
  const { values } = parseArgs({ options: { since: { type: 'string', default: 'HEAD' } } })
  const changed = changedSince(values.since)
  const touched = prefix => changed.some(file => file.startsWith(prefix) || file === 'package-lock.json')
  const parts = touched('src/') ? [['dist/', 'npm run --silent build'], ...STATIC] : STATIC
  const failed = await inPairs(parts)
  const tests = testsOf(changed, existsSync)
  const { status } = spawnSync('npm', ['test', '--silent', '--', ...tests], { stdio: 'inherit' })
  if (status !== 0) failed.push('tests')
  if (touched('src/') && lines('git', 'diff', '--name-only', '--', 'dist').length > 0)
    console.log('dist/ is built anew: stage it with its sources.')
  const seconds = `${((performance.now() - start) / 1000).toFixed(0)} s of ${BUDGET_SECONDS}`
  console.log(failed.length === 0 ? `All checks passed, ${seconds}.` : `Failed: ${failed.join(', ')}; ${seconds}.`)
  process.exitCode = failed.length === 0 ? 0 : 1
}

function changedSince(ref) {
  const untracked = lines('git', 'ls-files', '--others', '--exclude-standard')
  return [...lines('git', 'diff', '--name-only', '--diff-filter=d', ref), ...untracked]
}

function lines(file, ...args) {
  return execFileSync(file, args, { encoding: 'utf8' }).split('\n').filter(Boolean)
}

/** @returns {Promise<string[]>} the names of the parts that failed */
async function inPairs(parts) {
  const failed = []
  const waiting = [...parts]
  const work = async () => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
      const [name, command] = part
      const start = performance.now()
      const error = await promisify(execFile)('sh', ['-c', command], { maxBuffer: 1 << 26 }).then(
        () => undefined,
        error => error,
      )
      const seconds = ((performance.now() - start) / 1000).toFixed(0)
      console.log(`${error === undefined ? 'passed' : 'FAILED'}  ${name}, ${seconds} s`)
      if (error === undefined) continue
      failed.push(name)
      console.log(error.stdout + error.stderr)
    }
  }
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work))
  return failed
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main()
