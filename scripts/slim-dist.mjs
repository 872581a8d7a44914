// Rewrites the JavaScript in dist/, just built, so that it is small and starts sooner: without comments (the licences
// are in licenses.txt), and in ASCII. One other character, in a comment or a message, makes V8 keep and read the whole
// file as two bytes a character. Names stay, so that stack traces can be read. Runs in the repository's root.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const compilerOptions = {
  allowJs: true,
  // What is no module stays as lax as it is.
  alwaysStrict: false,
  module: ts.ModuleKind.ESNext,
  newLine: ts.NewLineKind.LineFeed,
  removeComments: true,
  target: ts.ScriptTarget.ESNext,
}

/**
 * @param {string} text JavaScript  @param {string} path for errors
 * @returns {string} the same program
 */
export function slim(text, path) {
  const unclear = UNCLEAR.exec(text)
  if (unclear !== null) throw new Error(`${path}: ${JSON.stringify(unclear[0])} cannot be written in ASCII`)
  return toAscii(ts.transpileModule(text, { fileName: path, compilerOptions }).outputText)
}

/** Where an escape would mean its six characters: behind a backslash, and in a raw template. */
const UNCLEAR = /\\[^\0-\x7f]|String\.raw`[^`]*[^\0-\x7f]/

/** In strings, templates, regular expressions and names an escape means the character itself. @param {string} text */
function toAscii(text) {
  return text.replace(/[^\0-\x7f]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const entry of readdirSync('dist', { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.[cm]?js$/.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    writeFileSync(path, slim(readFileSync(path, 'utf8'), path))
  }
}
