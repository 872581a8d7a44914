// Rewrites the JavaScript in dist/, just built, so that it is small and starts sooner: without comments (the licences
// are in licenses.txt), and in ASCII. One other character, in a comment or a message, makes V8 keep and read the whole
// file as two bytes a character. Names stay, so that stack traces can be read. Modules of ours are made functions that V8
// compiles when it meets them: nearly all of them run at the start. Runs in the repository's root.
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
  const transformers = { before: [compileModulesAtOnce] }
  return toAscii(ts.transpileModule(text, { fileName: path, compilerOptions, transformers }).outputText)
}

/**
 * V8 skims functions and compiles them when they are called, except those that begin with `(function`: of webpack's
 * modules, which are arrow functions, it would read all that run twice.
 * @type {ts.TransformerFactory<ts.SourceFile>}
 */
function compileModulesAtOnce(context) {
  /** @type {ts.Visitor} */
  const visit = node => {
    const arrow = moduleIn(node)
    return arrow === undefined
      ? ts.visitEachChild(node, visit, context)
      : context.factory.createPropertyAssignment(node.name, asFunction(arrow, context.factory))
  }
  return file => (file.text.includes(EXPORTS) ? ts.visitEachChild(file, visit, context) : file)
}

/** What webpack calls the exports of an ES module. `this` and `arguments` mean nothing in one. */
const EXPORTS = '__webpack_exports__'

/** @param {ts.Node} node  @returns {ts.ArrowFunction | undefined} of the property of webpack's table of modules that this is */
function moduleIn(node) {
  if (!ts.isPropertyAssignment(node) || !ts.isNumericLiteral(node.name)) return undefined
  const { initializer } = node
  const inner = ts.isParenthesizedExpression(initializer) ? initializer.expression : initializer
  const isModule = ts.isArrowFunction(inner) && inner.parameters.some(({ name }) => name.getText() === EXPORTS)
  return isModule && ts.isBlock(inner.body) ? inner : undefined
}

/** @param {ts.ArrowFunction} arrow  @param {ts.NodeFactory} factory */
function asFunction({ modifiers, parameters, body }, factory) {
  const made = factory.createFunctionExpression(modifiers, undefined, undefined, undefined, parameters, undefined, body)
  return factory.createParenthesizedExpression(made)
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
