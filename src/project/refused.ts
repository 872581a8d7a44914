import type { Environment } from '../effects.ts'
import type { Problem } from '../errors.ts'
import { coveringPattern } from './privacy.ts'

/** A go.mod or go.sum as it is, by the name that the user would give it. */
export interface NamedText {
  readonly name: string
  readonly text: string
}

/** So many are named; more would only repeat it. */
const SHOWN = 5

/**
 * Names the modules of this project that the official proxy refused, each with its line.
 * @param files go.mod files before go.sum files  @param refusals not of this project: go also asks for what may not exist
 */
export function warnOfRefused(
  refusals: readonly { readonly path: string; readonly status: number }[],
  files: readonly NamedText[],
  env: Environment,
): readonly Problem[] {
  const found = refusals.flatMap(({ path, status }) => {
    const place = findPlace(path, files)
    return place === undefined ? [] : [{ path, words: `${place}: ${path} (${status})` }]
  })
  if (found.length === 0) return []
  const more = found.length > SHOWN ? `, and ${found.length - SHOWN} more` : ''
  const names = found.slice(0, SHOWN).map(({ words }) => words)
  const patterns = [...new Set(found.map(({ path }) => coveringPattern(path, env)))]
  return [
    {
      code: 'PRIVATE_UNCOVERED',
      message: `${names.join(', ')}${more}: the official proxy does not serve it, and no GOPRIVATE pattern covers it; mirrors that you did not name are not asked for it.`,
      hint: `If it is private, add to private-domains: ${patterns.join(', ')}`,
    },
  ]
}

/** `file:line` of the first line about a module. */
function findPlace(path: string, files: readonly NamedText[]): string | undefined {
  for (const { name, text } of files) {
    const at = text.split('\n').findIndex(line => isAbout(line, path))
    if (at >= 0) return `${name}:${at + 1}`
  }
  return undefined
}

/** Of `require (…)`, `replace … => …` and go.sum: the path is a word of the line, quoted or not. */
function isAbout(line: string, path: string): boolean {
  const [code = ''] = line.split('//')
  return code.split(/\s+/).some(word => word === path || word === `"${path}"` || word === `\`${path}\``)
}
