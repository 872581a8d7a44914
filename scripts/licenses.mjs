// Writes dist/licenses.txt: every package that the bundle may hold, by package-lock.json, with its licence. ncc's own
// list leaves out modules that it joined.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const parts = Object.entries(packages)
  .filter(([path, { dev, optional }]) => path !== '' && !dev && !optional && existsSync(path))
  .map(([path, { version }]) => describe(path, version))
writeFileSync(join('dist', 'licenses.txt'), [...new Set(parts)].sort().join('\n'))

function describe(path, version) {
  const { name, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
  const file = readdirSync(path).find(entry => /^licen[cs]e/i.test(entry))
  const text = file === undefined ? '' : `\n${readFileSync(join(path, file), 'utf8').replace(/\r\n/g, '\n').trim()}\n`
  return `${name} ${version}\n${license}\n${text}`
}
