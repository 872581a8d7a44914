import { join, relative } from 'node:path'
import type { FileLine } from '../errors.ts'
import type { ModuleDirectory } from './project.ts'

/** A line of a file, with the file's name as the user would write it. */
export interface NamedLine extends FileLine {
  readonly name: string
}

/** A go.mod, go.work or go.sum as it is. */
export interface ProjectFile {
  /** Absolute. */
  readonly file: string
  /** As the user would write it. */
  readonly name: string
  readonly text: string
}

/** A file below a directory as the user would write it. */
export function nameIn({ name, path }: Pick<ModuleDirectory, 'name' | 'path'>, file: string): string {
  return join(name, relative(path, file)).replaceAll('\\', '/')
}

/**
 * The first line about a module: of `require (…)`, `replace … => …` or go.sum. An `exclude` asks for nothing.
 * @param version undefined: any
 */
export function findModuleLine(
  { path, version }: { readonly path: string; readonly version?: string },
  files: readonly ProjectFile[],
): NamedLine | undefined {
  for (const { file, name, text } of files) {
    const at = text.split('\n').findIndex(line => isAbout(line, path, version))
    if (at >= 0) return { file, name, line: at + 1 }
  }
  return undefined
}

/**
 * The line about a module in each go.mod and go.work that has one, the first places first; where none has, that of the
 * first go.sum. Of projects with several go.mod files, each is to be changed.
 */
export function findModuleLines(
  module: { readonly path: string; readonly version?: string },
  files: readonly ProjectFile[],
): readonly NamedLine[] {
  const isSum = ({ name }: ProjectFile) => name.endsWith('.sum')
  const inMods = files.filter(one => !isSum(one)).flatMap(one => findModuleLine(module, [one]) ?? [])
  return inMods.length > 0 ? inMods : [findModuleLine(module, files.filter(isSum)) ?? []].flat()
}

/** So many places are named. */
const SHOWN_PLACES = 3

/** Such as `a/go.mod:5, b/go.mod:7`; '' for none. */
export function namePlaces(lines: readonly NamedLine[]): string {
  const more = lines.length > SHOWN_PLACES ? ` and ${lines.length - SHOWN_PLACES} more` : ''
  const shown = lines.slice(0, SHOWN_PLACES).map(({ name, line }) => `${name}:${line}`)
  return `${shown.join(', ')}${more}`
}

/** The path is a word of the line, quoted or not, and the version the next one. */
function isAbout(line: string, path: string, version: string | undefined): boolean {
  if (!line.includes(path)) return false
  const words = withoutComment(line)
    .trim()
    .split(/\s+/)
    .map(word => /^(["`])(.*)\1$/.exec(word)?.[2] ?? word)
  if (words[0] === 'exclude') return false
  return words.some((word, i) => word === path && (version === undefined || words[i + 1] === version))
}

function withoutComment(line: string): string {
  const at = line.indexOf('//')
  return at < 0 ? line : line.slice(0, at)
}
