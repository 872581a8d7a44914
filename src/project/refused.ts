import type { Environment } from '../effects.ts'
import type { Problem } from '../errors.ts'
import { findModuleLines, namePlaces, type ProjectFile } from './lines.ts'
import { coveringPattern } from './privacy.ts'

/** So many are named; more would only repeat it. */
const SHOWN = 5

/**
 * Names the modules of this project that the official proxy refused, each with its line.
 * @param files go.mod files before go.sum files  @param refusals not of this project: go also asks for what may not exist
 */
export function warnOfRefused(
  refusals: readonly { readonly path: string; readonly status: number }[],
  files: readonly ProjectFile[],
  env: Environment,
): readonly Problem[] {
  const found = refusals.flatMap(({ path, status }) => {
    const lines = findModuleLines({ path }, files)
    const [line] = lines
    return line === undefined ? [] : [{ path, line, words: `${namePlaces(lines)}: ${path} (${status})` }]
  })
  const [first] = found
  if (first === undefined) return []
  const more = found.length > SHOWN ? `, and ${found.length - SHOWN} more` : ''
  const names = found.slice(0, SHOWN).map(({ words }) => words)
  const patterns = [...new Set(found.map(({ path }) => coveringPattern(path, env)))]
  return [
    {
      code: 'PRIVATE_UNCOVERED',
      message: `${names.join(', ')}${more}: the official proxy does not serve it, and no GOPRIVATE pattern covers it; mirrors that you did not name are not asked for it.`,
      hint: `If it is private, add to private-domains: ${patterns.join(', ')}`,
      at: { file: first.line.file, line: first.line.line },
    },
  ]
}
