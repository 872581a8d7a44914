// `npm run benchmark -- NAME [ARGUMENTS]`: compiles src/ and benchmarks/ below .cache/ and runs benchmarks/NAME.ts,
// whose `main(args)` prints figures and gives the exit code: 1 when one of them is not what the project promises.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [name = '', ...args] = process.argv.slice(2)
const names = readdirSync(join(root, 'benchmarks'))
  .filter(file => file.endsWith('.ts'))
  .map(file => file.slice(0, -3))
const out = join(root, '.cache', 'benchmarks')
const compiled = join(out, 'benchmarks', `${name}.js`)

if (!names.includes(name)) {
  console.error(`npm run benchmark -- NAME, where NAME is one of: ${names.join(', ')}`)
  process.exit(2)
}
rmSync(out, { recursive: true, force: true })
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.test.json', '--noEmit', 'false', '--outDir', out], {
  cwd: root,
  stdio: 'inherit',
})
writeFileSync(join(out, 'package.json'), '{"type":"module"}\n')
if (!existsSync(compiled)) throw new Error(`${compiled} was not compiled`)
const { main } = await import(pathToFileURL(compiled).href)
if (typeof main !== 'function') {
  console.error(`benchmarks/${name}.ts is a part of other benchmarks and exports no main`)
  process.exit(2)
}
process.exit(await main(args))
