import { basename, relative, sep } from 'node:path'
import type { Problem } from '../errors.ts'
import { lineBefore, remedyFor } from '../go/gosum.ts'
import type { ModuleDirectory } from '../project/project.ts'
import { count } from '../text/count.ts'
import type { WantedSums } from './sums.ts'

/** So many lines are told; more would only repeat it. */
const SHOWN = 3

/** That a sum file lacks lines which go needs: which lines, and where each belongs. */
export function warnOfWanted({ file, lines, before }: WantedSums, directory: ModuleDirectory | undefined): Problem {
  const name = nameOf(file, directory)
  const places = lines.map(line => lineBefore(before ?? '', line))
  const shown = lines.slice(0, SHOWN).map((line, i) => {
    const place = places[i] ?? 0
    return before === undefined ? line : `${line} (${place === 0 ? 'before line 1' : `after line ${place}`})`
  })
  const more = lines.length > SHOWN ? `; and ${lines.length - SHOWN} more` : ''
  const [what, stays] =
    before === undefined
      ? [`There is no ${name}, and go needs`, 'none was written']
      : [`${name}${places[0] === 0 ? '' : `:${places[0]}`} lacks`, 'it stays as it was']
  const number = lines.length === 1 ? 'a line' : count(lines.length, 'line')
  const needed = before === undefined ? number : `${number} that go needs`
  return {
    code: 'GO_SUM_INCOMPLETE',
    message: `${what} ${needed}; ${stays}: ${shown.join('; ')}${more}.`,
    hint: `Run \`${remedyFor(file)}\` and commit ${basename(file)}, so that every build checks the same content.`,
    ...(before === undefined ? {} : { at: { file, line: Math.max(1, places[0] ?? 1) } }),
  }
}

/** As the user would write it. */
function nameOf(file: string, directory: ModuleDirectory | undefined): string {
  if (directory === undefined) return basename(file)
  const way = relative(directory.path, file).split(sep).join('/')
  return directory.kind === 'workspace' || directory.name === '.' ? way : `${directory.name}/${way}`
}
