import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from './root.ts'
import type { Sides } from './sides.ts'

/** A build of this project that is measured. */
export interface Program {
  /** `the work tree`, or the commit that it is committed at. */
  readonly name: string
  /** The directory of its index.js. */
  readonly dist: string
  /** What every program in this run knows: all of them get the same arguments. */
  readonly options: KnownOptions
}

/** By the option's name, without dashes: the values that its help lists, or none where it takes others, too. */
export type KnownOptions = ReadonlyMap<string, readonly string[]>

/** Where `dist/` of another commit was put. */
export type Other = Pick<Program, 'name' | 'dist'>

export function openPrograms(other: Other | undefined): Sides<Program> {
  const all = [{ name: 'the work tree', dist: join(root, 'dist') }, ...(other === undefined ? [] : [other])]
  const options = commonOptions(all.map(({ dist }) => parseHelp(readHelp(dist))))
  const [ours, theirs] = all.map(program => ({ ...program, options })) as [Program, Program?]
  return theirs === undefined ? { ours } : { ours, theirs }
}

/** Whether two directories hold the same files. */
export function isSameBuild(one: string, other: string): boolean {
  const [ours, theirs] = [one, other].map(filesOf) as [string[], string[]]
  return (
    ours.join('\n') === theirs.join('\n') &&
    ours.every(path => readFileSync(join(one, path)).equals(readFileSync(join(other, path))))
  )
}

function filesOf(directory: string): string[] {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  return entries.map(({ parentPath, name }) => relative(directory, join(parentPath, name))).sort()
}

/** All verbs have the inputs as options, and the action has the same inputs. */
function readHelp(dist: string): string {
  return execFileSync(process.execPath, [join(dist, 'index.js'), 'run', '--help'], { encoding: 'utf8' })
}

/** The options in a help text as commander prints it: `  -C, --working-directory <directory>  Where …`. */
export function parseHelp(text: string): KnownOptions {
  const lines = text.matchAll(/^ {2}(?:-\w, )?--([a-z][a-z-]*)(?: [<[]([^>\]]*)[>\]])?/gm)
  return new Map([...lines].map(([, name = '', values = '']) => [name, values.includes('|') ? values.split('|') : []]))
}

/** What all have, with the values that all have. */
export function commonOptions([first = new Map(), ...rest]: readonly KnownOptions[]): KnownOptions {
  const shared = [...first].filter(([name]) => rest.every(known => known.has(name)))
  return new Map(
    shared.map(([name, values]) => [name, rest.map(known => known.get(name) ?? []).reduce(commonValues, values)]),
  )
}

/** An empty list admits everything. */
function commonValues(some: readonly string[], others: readonly string[]): readonly string[] {
  if (some.length === 0) return others
  return others.length === 0 ? some : some.filter(value => others.includes(value))
}

export function accepts({ options }: Program, name: string, value: string): boolean {
  const values = options.get(name)
  return values !== undefined && (values.length === 0 || values.includes(value))
}

/** Without what one of the programs does not know. */
export function acceptedOf(program: Program, wanted: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(wanted).filter(([name, value]) => accepts(program, name, value))
}
