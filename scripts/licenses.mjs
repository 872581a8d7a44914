// Writes dist/licenses.txt: every package that the bundle may hold, with its licence: those that package.json calls
// `bundled`, and what they depend on by package-lock.json. ncc's own list leaves out modules that it joined.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const { bundled } = JSON.parse(readFileSync('package.json', 'utf8'))
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const found = new Set()
for (const name of bundled) add(name, '')
const parts = [...found].filter(path => existsSync(path)).map(path => describe(path, packages[path].version))
writeFileSync(join('dist', 'licenses.txt'), [...new Set(parts)].sort().join('\n'))

/** Adds a package, as Node finds it from another one's directory, and what it depends on. */
function add(name, from) {
  const path = `${from === '' ? '' : `${from}/`}node_modules/${name}`
  if (packages[path] === undefined) return from === '' ? undefined : add(name, parentOf(from))
  if (found.has(path)) return
  found.add(path)
  for (const dependency of Object.keys(packages[path].dependencies ?? {})) add(dependency, path)
}

/** `node_modules/a/node_modules/b` as `node_modules/a`, and that as the root. */
function parentOf(path) {
  return path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/')))
}

function describe(path, version) {
  const { name, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
  const file = readdirSync(path).find(entry => /^licen[cs]e/i.test(entry))
  const text = file === undefined ? '' : `\n${readFileSync(join(path, file), 'utf8').replace(/\r\n/g, '\n').trim()}\n`
  return `${name} ${version}\n${license}\n${text}`
}
