import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { otherProxy } from './front.mjs'

/**
 * @typedef {{ name: string, network: boolean, oneUrl: boolean, appended: string[] }} Script
 *   `network`: it asks the internet; `oneUrl`: it uses $GOPROXY as one URL, to append to or to find in messages;
 *   `appended`: what it appends to mean another proxy
 */

/**
 * The scripts below `testdata` (of cmd/go) that may download: all `mod_*`, and those that name a module of the test
 * proxy or a setting for downloads.
 * @param {string} testdata
 * @returns {Script[]}
 */
export function readScripts(testdata) {
  const names = list(join(testdata, 'script'))
  const served = list(join(testdata, 'mod')).flatMap(moduleOf)
  return names
    .map(name => ({ name, text: readFileSync(join(testdata, 'script', `${name}.txt`), 'utf8') }))
    .filter(({ name, text }) => name.startsWith('mod_') || downloads(text, served))
    .map(({ name, text }) => ({ name, ...describe(text) }))
}

/** @param {string} directory */
function list(directory) {
  return readdirSync(directory)
    .filter(name => name.endsWith('.txt'))
    .map(name => name.slice(0, -'.txt'.length))
    .sort()
}

/** The module's path for `rsc.io_quote_v1.5.2`, as testdata/mod/README describes it. @param {string} file */
export function moduleOf(file) {
  const end = file.lastIndexOf('_v')
  if (end < 1) return []
  return [
    file
      .slice(0, end)
      .replaceAll('_', '/')
      .replace(/!([a-z])/g, (_, letter) => letter.toUpperCase()),
  ]
}

/** @param {string} text @param {readonly string[]} served */
export function downloads(text, served) {
  if (/GOPROXY|GOSUMDB|GOTOOLCHAIN/.test(text)) return true
  // A module's path, or a package's below it; not a longer name that has it in the middle.
  const words = new Set(text.split(/[^\w./~-]+/).map(word => word.replace(/[./]+$/, '')))
  const isNamed = (/** @type {string} */ path) =>
    // Below example.com, which is a module too, scripts have their own.
    path.includes('/') && [...words].some(word => word === path || word.startsWith(`${path}/`))
  return served.some(isNamed)
}

/** @param {string} text */
export function describe(text) {
  const appended = [...text.matchAll(/\$\{?\w+\}?(\/[^\s,|']+)/g)].flatMap(
    ([, path = '']) => otherProxy(`${path}/`) ?? [],
  )
  return {
    network: /\[!?net\b/.test(text),
    oneUrl: /\$\{?GOPROXY\b/.test(text),
    appended: [...new Set(appended)],
  }
}

/**
 * @param {readonly Script[]} scripts
 * @param {{ run?: RegExp | undefined, sample?: readonly string[] | undefined, network: boolean }} choice
 * @returns {{ chosen: Script[], leftOut: Script[], unknown: string[] }} `leftOut`: for they ask the internet;
 *   `unknown`: named in the sample, and this Go does not have it
 */
export function choose(scripts, { run, sample, network }) {
  const named = scripts.filter(({ name }) => (sample?.includes(name) ?? true) && (run?.test(name) ?? true))
  return {
    chosen: named.filter(script => network || !script.network),
    leftOut: named.filter(script => !network && script.network),
    unknown: sample?.filter(name => !scripts.some(script => script.name === name)) ?? [],
  }
}
