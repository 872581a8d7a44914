import type { ModuleVersion } from './module.ts'
import { isOlder } from './version.ts'

/** What the go.mod of a dependency contributes to a module graph. */
export interface ModFile {
  readonly requires: readonly ModuleVersion[]
  /** Since go 1.17 it lists all that its packages need, so that go need not look into the go.mod files behind it. */
  readonly isPruned: boolean
}

/** Longer ones are cut: no go.mod in use comes near it. */
const MAX_REQUIRES = 20_000

/**
 * Reads a dependency's go.mod as go does: laxly, only for its requirements and its go line; what it cannot make sense of
 * counts as absent. Source: golang.org/x/mod/modfile (ParseLax), go.dev/ref/mod#graph-pruning.
 */
export function parseModFile(text: string): ModFile {
  const requires: ModuleVersion[] = []
  let goLine: string | undefined
  let block: string | undefined
  for (const line of text.split('\n')) {
    const words = wordsOf(line)
    if (words.length === 0) continue
    if (block !== undefined && words[0] === ')') {
      block = undefined
      continue
    }
    const [verb, path, version] = block === undefined ? words : [block, ...words]
    if (block === undefined && words[1] === '(') block = verb
    else if (verb === 'go' && block === undefined) goLine ??= path
    else if (verb === 'require' && path !== undefined && version !== undefined && requires.length < MAX_REQUIRES)
      requires.push({ path, version })
  }
  return { requires, isPruned: isPruned(goLine) }
}

/** Whether a module with this go line lists all that its packages need. */
export function isPruned(goLine: string | undefined): boolean {
  return goLine !== undefined && !isOlder(goLine, '1.17')
}

/** A line outside blocks: what stands behind its verb, and where it is, from 1. */
export interface Directive {
  readonly words: readonly string[]
  readonly line: number
}

/** All lines of a go.mod or go.work that begin with this verb, outside blocks, as `go` and `toolchain` lines stand. */
export function readDirectives(text: string, verb: string): readonly Directive[] {
  let isInBlock = false
  return text.split('\n').flatMap((line, i) => {
    const [first, ...words] = wordsOf(line)
    if (isInBlock) {
      isInBlock = first !== ')'
      return []
    }
    isInBlock = words[0] === '('
    return first === verb && !isInBlock ? [{ words, line: i + 1 }] : []
  })
}

/** All lines, those of blocks as if each stood alone: a line's first word is its verb. */
export function readStatements(text: string): readonly (readonly string[])[] {
  let block: string | undefined
  return text.split('\n').flatMap(line => {
    const words = wordsOf(line)
    const [first] = words
    if (first === undefined) return []
    if (block === undefined) {
      if (words[1] !== '(') return [words]
      block = first
      return []
    }
    if (first !== ')') return [[block, ...words]]
    block = undefined
    return []
  })
}

/** Words, quoted or not; a comment ends the line. */
function wordsOf(line: string): readonly string[] {
  // Nearly all lines, and there may be hundreds of thousands.
  if (!/["`()]/.test(line)) {
    const comment = line.indexOf('//')
    const code = (comment < 0 ? line : line.slice(0, comment)).trim()
    return code === '' ? [] : code.split(/\s+/)
  }
  const code = /^(?:"[^"]*"|`[^`]*`|(?!\/\/)[^"`])*/.exec(line)?.[0] ?? ''
  return [...code.matchAll(/"([^"]*)"|`([^`]*)`|[()]|[^\s()"`]+/g)].map(([word, a, b]) => a ?? b ?? word)
}
