// `npm run benchmark -- NAME [OPTIONS]`: compiles src/ and benchmarks/ below .cache/ and runs benchmarks/NAME.ts, whose
// `main(options, other)` prints figures and gives the exit code: 1 when one of them is not what the project promises, or,
// with --against, when this dist/ is worse than the other.
import { readdirSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { CommanderError } from 'commander'
import { checkOutDist } from './checkout.mjs'
import { describeBenchmarks } from './options.mjs'

const WRONG_USAGE = 2
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const projects = readdirSync(join(root, 'benchmarks', 'projects'))

try {
  await describeBenchmarks(projects, act).parseAsync(process.argv.slice(2), { from: 'user' })
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  // commander has said what is wrong, or printed the help that was asked for.
  process.exit(error.exitCode === 0 ? 0 : WRONG_USAGE)
}

async function act(name, { against, ...options }) {
  const other = against === undefined ? undefined : checkOut(against)
  // It loads the TypeScript compiler, which takes longer than all that a wrong usage needs.
  const { compile } = await import('./compile.mjs')
  const { main } = await import(pathToFileURL(join(compile(root), 'benchmarks', `${name}.js`)).href)
  process.exit(await main(options, other))
}

function checkOut(ref) {
  const checkout = checkOutDist(ref, root)
  if (!checkout.ok) {
    for (const { message, hint } of checkout.problems) console.error(`error: ${message}\n${hint}`)
    process.exit(WRONG_USAGE)
  }
  const { remove, ...other } = checkout.value
  process.once('exit', remove)
  // Else a signal ends the process without its exit's handlers.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.once(signal, () => process.exit(128 + constants.signals[signal]))
  return other
}
