import type { Failure, Read } from './failure.ts'

/** The minor versions of Go that each failure is read with; the newest one's words are the page. */
export const GO_VERSIONS = ['1.22.12', '1.23.12', '1.24.9', '1.25.13', '1.26.8'] as const

/** The summary's beginning: what is seen before scrolling, without tables. */
const SUMMARY_LINES = 12
const OTHERWISE = '\n## With Go '

/** What a user reads of one failure. */
export interface Page {
  /** Markdown, to be read aloud. */
  readonly text: string
  /** By minor version of Go: the lines that differ there, each with `-` or `+` before it. */
  readonly otherwise: ReadonlyMap<string, string>
}

/** `1.26.8` is `1.26`. */
export function minorOf(version: string): string {
  return version.split('.').slice(0, 2).join('.')
}

export function render({ title }: Failure, { call, log, places, summary, output, exit }: Read): string {
  const beginning = summary.split('\n').slice(0, SUMMARY_LINES)
  // What is folded is not seen, and go's own words in it are not the same in every version.
  const table = beginning.findIndex(line => line.startsWith('#### ') || line.startsWith('<pre>'))
  const parts = [
    `# ${title}`,
    block(call),
    '## The log',
    block(log.join('\n')),
    ...(output.length > 0 ? ['## Standard output', block(output.join('\n'))] : []),
    ...(places.length > 0 ? [`Annotated: ${places.join(', ')}.`] : []),
    ...(summary === ''
      ? []
      : ['## The job summary begins', block((table < 0 ? beginning : beginning.slice(0, table)).join('\n').trimEnd())]),
    `The end: ${exit}.`,
  ]
  return `${parts.join('\n\n')}\n`
}

function block(text: string): string {
  const fence = text.includes('```') ? '````' : '```'
  return `${fence}text\n${text}\n${fence}`
}

/** A file of `__tests__/failures/`. */
export function writePage({ text, otherwise }: Page): string {
  const versions = [...otherwise].filter(([, lines]) => lines !== '').sort()
  const different = [...new Set(versions.map(([, lines]) => lines))]
  const sections = different.map(lines => {
    const these = versions.filter(([, theirs]) => theirs === lines).map(([version]) => version)
    return `${OTHERWISE}${these.join(', ')}\n\n\`\`\`diff\n${lines}\n\`\`\`\n`
  })
  return [text, ...sections].join('')
}

export function readPage(file: string): Page {
  const [text = '', ...sections] = file.split(OTHERWISE)
  const otherwise = sections.flatMap(section => {
    const [, versions = '', lines = ''] = /^([\d., ]+)\n\n```diff\n(.*)\n```\n$/s.exec(section) ?? []
    return versions.split(', ').map(version => [version, lines] as const)
  })
  return { text, otherwise: new Map(otherwise) }
}

/** The lines of one text that the other has not, in order; empty: they are the same. */
export function difference(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')]
  // lengths[i][j]: of the longest common subsequence of what follows from there.
  const lengths = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0))
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      (lengths[i] as number[])[j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const lines: string[] = []
  for (let i = 0, j = 0; i < old.length || j < now.length; ) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      i++
      j++
    } else if (j >= now.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) lines.push(`-${old[i++]}`)
    else lines.push(`+${now[j++]}`)
  }
  return lines.join('\n')
}
