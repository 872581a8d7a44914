import { compareVersions } from './semver.ts'

/** What a go.mod says against versions of its own module. */
export interface Withdrawal {
  /** Why its author retracted this version, in the author's words; empty: without any. undefined: it stands. */
  readonly retracted: string | undefined
  /** What the author says instead of the module; undefined: it is not deprecated. */
  readonly deprecated: string | undefined
}

const STANDS: Withdrawal = { retracted: undefined, deprecated: undefined }

/**
 * Reads a module's go.mod for what go would warn of. The words are foreign text.
 * Source: go.dev/ref/mod#go-mod-file-retract and #go-mod-file-module-deprecation; golang.org/x/mod/modfile.
 */
export function readWithdrawal(text: string, version: string): Withdrawal {
  // Nearly all files.
  if (!text.includes('retract') && !text.includes('Deprecated:')) return STANDS
  let retracted: string | undefined
  let deprecated: string | undefined
  let block: { readonly verb: string; readonly before: readonly string[] } | undefined
  let before: string[] = []
  for (const line of text.split('\n').map(one => one.trim())) {
    const at = line.indexOf('//')
    const code = (at < 0 ? line : line.slice(0, at)).trim()
    const comment = at < 0 ? [] : [line.slice(at + 2).trim()]
    if (code === '') {
      if (at < 0) before = []
      else before.push(...comment)
      continue
    }
    const said = [...before, ...comment]
    before = []
    const opened = /^(\w+)\s*\($/.exec(code)?.[1]
    if (opened !== undefined) block = { verb: opened, before: said }
    else if (code === ')') block = undefined
    else {
      const { verb, rest } = block === undefined ? split(code) : { verb: block.verb, rest: code }
      const words = said.length > 0 ? said : (block?.before ?? [])
      if (verb === 'module') deprecated ??= deprecationIn(words)
      if (verb === 'retract' && covers(rest.replace(/"/g, ''), version))
        retracted ??= words.filter(word => word !== '').join(' ')
    }
  }
  return { retracted, deprecated }
}

function split(code: string): { readonly verb: string; readonly rest: string } {
  const [verb = ''] = code.split(/\s/, 1)
  return { verb, rest: code.slice(verb.length).trim() }
}

/** The paragraph of a comment that begins so. */
function deprecationIn(comment: readonly string[]): string | undefined {
  const from = comment.findIndex((line, i) => line.startsWith('Deprecated:') && (i === 0 || comment[i - 1] === ''))
  if (from < 0) return undefined
  const end = comment.indexOf('', from)
  const lines = comment.slice(from, end < 0 ? undefined : end)
  return lines.join(' ').slice('Deprecated:'.length).trim()
}

/** @param range one version, or `[from, to]` */
function covers(range: string, version: string): boolean {
  const [, low, high] = /^\[\s*([^\s,]+)\s*,\s*([^\s,]+)\s*\]$/.exec(range) ?? []
  if (low === undefined || high === undefined) return range === version
  return compareVersions(low, version) <= 0 && compareVersions(version, high) <= 0
}
