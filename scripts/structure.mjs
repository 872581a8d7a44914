// What the sources look like from above: rooms, imports, circles, long functions, names. Read by `npm run structure`,
// which prints it, by `npm run docs`, which draws it, and by the import test. `--root DIR` reads another checkout.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/** The longest function that needs no comment of the form `In one piece: REASON`; the most parameters by position. */
export const LONG_FUNCTION = 60
export const MANY_PARAMETERS = 4

/**
 * @typedef {{ file: string, target: string, ours: boolean, typeOnly: boolean, names: string[] }} Import `target` is
 *   `go/escape.ts` for one of our files, else the package's name; `names` are those in braces
 * @typedef {{ file: string, name: string, line: number, lines: number, parameters: number, reason: boolean }} SourceFunction `reason`:
 *   a comment says why it is long
 * @typedef {{ file: string, lines: number, imports: Import[], functions: SourceFunction[], types: string[] }} Source
 */

/** Every file of `src` below `root`. @returns {Source[]} */
export function readSources(root) {
  const src = join(root, 'src')
  return readdirSync(src, { recursive: true })
    .map(name => name.replaceAll('\\', '/'))
    .filter(name => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .sort()
    .map(file => readSource(file, readFileSync(join(src, file), 'utf8')))
}

/** @returns {Source} */
export function readSource(file, text) {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const lineOf = position => tree.getLineAndCharacterOfPosition(position).line + 1
  const source = { file, lines: text.trimEnd().split('\n').length, imports: [], functions: [], types: [] }
  const visit = node => {
    const imported = importIn(node)
    if (imported !== undefined)
      source.imports.push({
        file,
        ...resolve(file, imported.name),
        typeOnly: imported.typeOnly,
        names: importedNames(node),
      })
    if (node.parent === tree && (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)))
      source.types.push(node.name.text)
    if (ts.isFunctionLike(node) && node.body !== undefined) {
      const [first, last] = [lineOf(node.getStart()), lineOf(node.end)]
      source.functions.push({
        file,
        name: nameOf(node),
        line: first,
        lines: last - first + 1,
        parameters: node.parameters.length,
        reason: commentsBefore(node, text).some(comment => /\bIn one piece: /.test(comment)),
      })
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return source
}

function importIn(node) {
  if (ts.isImportDeclaration(node)) return { name: node.moduleSpecifier.text, typeOnly: isTypeOnly(node.importClause) }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined)
    return { name: node.moduleSpecifier.text, typeOnly: node.isTypeOnly }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [name] = node.arguments
    return name !== undefined && ts.isStringLiteral(name) ? { name: name.text, typeOnly: false } : undefined
  }
  return undefined
}

function importedNames(node) {
  const bindings = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : undefined
  if (bindings === undefined || !ts.isNamedImports(bindings)) return []
  return bindings.elements.map(one => (one.propertyName ?? one.name).text)
}

function isTypeOnly(clause) {
  if (clause === undefined) return false
  if (clause.isTypeOnly) return true
  const named = clause.namedBindings
  return (
    clause.name === undefined &&
    named !== undefined &&
    ts.isNamedImports(named) &&
    named.elements.every(one => one.isTypeOnly)
  )
}

function resolve(file, name) {
  return name.startsWith('.') ? { target: posix.join(dirname(file), name), ours: true } : { target: name, ours: false }
}

/** The comments before a function, or before the statement that it is part of. */
function commentsBefore(node, text) {
  const statement = ts.findAncestor(node, one => ts.isStatement(one) || ts.isClassElement(one)) ?? node
  return [node, statement].flatMap(one =>
    (ts.getLeadingCommentRanges(text, one.getFullStart()) ?? []).map(({ pos, end }) => text.slice(pos, end)),
  )
}

function nameOf(node) {
  if (node.name !== undefined) return node.name.getText()
  const { parent } = node
  return ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) ? parent.name.getText() : '(callback)'
}

/** The folder below `src`; '' for the root. */
export function roomOf(file) {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : ''
}

/** Groups of files that import each other, types included. @param {Source[]} sources @returns {string[][]} */
export function findCircles(sources) {
  const next = new Map(
    sources.map(({ file, imports }) => [file, imports.filter(({ ours }) => ours).map(({ target }) => target)]),
  )
  return components(next).filter(group => group.length > 1)
}

/** Strongly connected components (Tarjan). @param {Map<string, string[]>} next */
function components(next) {
  const [index, low, stack, found] = [new Map(), new Map(), [], []]
  const visit = one => {
    index.set(one, index.size)
    low.set(one, index.get(one))
    stack.push(one)
    for (const other of next.get(one) ?? []) {
      if (!next.has(other)) continue
      if (!index.has(other)) visit(other)
      if (stack.includes(other)) low.set(one, Math.min(low.get(one), low.get(other)))
    }
    if (low.get(one) === index.get(one)) found.push(stack.splice(stack.indexOf(one)))
  }
  for (const one of next.keys()) if (!index.has(one)) visit(one)
  return found
}

/** Type names that more than one room defines. @param {Source[]} sources @returns {[string, string[]][]} */
export function findSharedNames(sources) {
  const where = new Map()
  for (const { file, types } of sources) for (const name of types) where.set(name, [...(where.get(name) ?? []), file])
  return [...where].filter(([, files]) => files.length > 1).sort()
}

/** What every room may use: arrows to these say nothing. */
export const GROUND_FILES = ['effects.ts', 'errors.ts', 'policy.ts', 'version.ts', 'state.ts']

/**
 * Which room imports which, in the fewest arrows that still tell it: what a longer way says is left out. A face is a
 * room of its own. @param {Source[]} sources @returns {[string, string][]}
 */
export function arrowsBetweenRooms(sources) {
  const placeOf = file => roomOf(file) || file.replace(/\.ts$/, '')
  const next = new Map()
  for (const { file, imports } of sources) {
    const from = placeOf(file)
    if (GROUND_FILES.includes(file)) continue
    const others = next.get(from) ?? new Set()
    // What lies outside of src is data.
    for (const { target, ours } of imports)
      if (ours && !target.startsWith('..') && !GROUND_FILES.includes(target) && placeOf(target) !== from)
        others.add(placeOf(target))
    next.set(from, others)
  }
  const reaches = (from, to, seen) =>
    from === to ||
    (!seen.has(from) && seen.add(from) && [...(next.get(from) ?? [])].some(one => reaches(one, to, seen)))
  return [...next].flatMap(([from, tos]) =>
    [...tos]
      .filter(to => ![...tos].some(other => other !== to && reaches(other, to, new Set([from]))))
      .map(to => [from, to]),
  )
}

/** @param {Source[]} sources @returns {Map<string, Source[]>} */
function groupByRoom(sources) {
  const rooms = new Map()
  for (const one of sources) rooms.set(roomOf(one.file), [...(rooms.get(roomOf(one.file)) ?? []), one])
  return rooms
}

function print(root) {
  const sources = readSources(root)
  const rooms = groupByRoom(sources)
  console.log('room            files  lines')
  for (const [room, files] of [...rooms].sort()) {
    const lines = files.reduce((sum, one) => sum + one.lines, 0)
    console.log(`${(room || '(root)').padEnd(15)} ${String(files.length).padStart(5)} ${String(lines).padStart(6)}`)
  }
  const functions = sources.flatMap(one => one.functions)
  const list = (title, rows) => console.log(`\n${title}: ${rows.length}${rows.map(row => `\n  ${row}`).join('')}`)
  list(
    `functions over ${LONG_FUNCTION} lines without a reason`,
    functions
      .filter(({ lines, reason }) => lines > LONG_FUNCTION && !reason)
      .map(({ file, line, name, lines }) => `${file}:${line} ${name}, ${lines} lines`),
  )
  list(
    `functions with more than ${MANY_PARAMETERS} parameters`,
    functions
      .filter(({ parameters }) => parameters > MANY_PARAMETERS)
      .map(({ file, line, name, parameters }) => `${file}:${line} ${name}, ${parameters}`),
  )
  list(
    'circles of imports, types included',
    findCircles(sources).map(group => group.join(' ')),
  )
  list(
    'type names defined in more than one file',
    findSharedNames(sources).map(([name, files]) => `${name}: ${files.join(' ')}`),
  )
  const longest = sources.reduce((most, one) => (one.lines > most.lines ? one : most))
  console.log(`\nlongest file: ${longest.file}, ${longest.lines} lines`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const at = process.argv.indexOf('--root')
  print(at < 0 ? '.' : (process.argv[at + 1] ?? '.'))
}
