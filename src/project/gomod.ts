import { objectPath } from '../go/escape.ts'
import { readStatements } from '../go/mod-file.ts'
import type { ModuleVersion } from '../go/module.ts'

/** What `go mod edit -json` says of a go.mod, as far as a download needs it. */
export interface GoMod {
  readonly path: string
  /** `1.24`; undefined when there is no go line. */
  readonly goLine: string | undefined
  readonly toolchainLine: string | undefined
  readonly requires: readonly ModuleVersion[]
  readonly replaces: readonly Replace[]
  /** Versions that no requirement counts of. */
  readonly excludes: readonly ModuleVersion[]
}

export interface Replace {
  readonly path: string
  /** undefined: every version. */
  readonly version: string | undefined
  /** A module, or a local directory as it is written. */
  readonly by: ModuleVersion | { readonly directory: string }
}

/** Reads the JSON; whatever has not the expected form counts as absent. undefined when it is no JSON at all. */
export function parseGoModJson(json: string): GoMod | undefined {
  const value = parseObject(json)
  if (value === undefined) return undefined
  return {
    path: text(record(value['Module'])['Path']) ?? '',
    goLine: text(value['Go']),
    toolchainLine: text(value['Toolchain']),
    requires: list(value['Require']).flatMap(entry => toModule(entry) ?? []),
    replaces: list(value['Replace']).flatMap(toReplace),
    excludes: list(value['Exclude']).flatMap(entry => toModule(entry) ?? []),
  }
}

/** What a go.work says, as far as a download needs it. */
export interface GoWork {
  readonly goLine: string | undefined
  readonly toolchainLine: string | undefined
  /** The directories used, as written. */
  readonly use: readonly string[]
  readonly replaces: readonly Replace[]
}

/**
 * Reads what `go work edit -json` says, which lacks the toolchain line (Go 1.26, although its help promises it).
 * @param source the file itself, for that line; go has no other form of it than a line of its own
 */
export function parseGoWorkJson(json: string, source: string): GoWork | undefined {
  const value = parseObject(json)
  if (value === undefined) return undefined
  return {
    goLine: text(value['Go']),
    toolchainLine: linesOf(source).toolchainLine,
    use: list(value['Use']).flatMap(entry => text(entry['DiskPath']) ?? []),
    replaces: list(value['Replace']).flatMap(toReplace),
  }
}

/**
 * The modules whose zip `go mod download` fetches in one module whose go.mod lists all that a build needs, as it does
 * since go 1.17.
 */
export function modulesToDownload(mod: GoMod): readonly ModuleVersion[] {
  return mod.requires.flatMap(required => {
    const replace =
      mod.replaces.find(({ path, version }) => path === required.path && version === required.version) ??
      mod.replaces.find(({ path, version }) => path === required.path && version === undefined)
    if (replace === undefined) return [required]
    return 'directory' in replace.by ? [] : [replace.by]
  })
}

/** Every module of which go.sum has the zip's hash. */
export function modulesInSums(sums: ReadonlyMap<string, string>): readonly ModuleVersion[] {
  return [...sums.keys()].flatMap(key => {
    const [path, version] = key.split(' ')
    return path === undefined || version === undefined || version.endsWith('/go.mod') ? [] : [{ path, version }]
  })
}

/** The lines that choose a toolchain, as go looks for them in a go.mod that it does not parse. Source: cmd/go/internal/gover. */
export function linesOf(source: string): Pick<GoMod, 'goLine' | 'toolchainLine'> {
  const find = (key: string) => new RegExp(`^[ \\t]*${key}[ \\t]+([^\\s/]+)`, 'm').exec(source)?.[1]
  return { goLine: find('go'), toolchainLine: find('toolchain') }
}

/**
 * What a go.mod says that a newer go is needed for: this one refuses what it does not know, though it would switch to the
 * newer one first. Read laxly; what makes no sense counts as absent.
 */
export function readGoModText(source: string): GoMod {
  const find = statementsOf(source)
  return {
    path: find('module')[0]?.[0] ?? '',
    ...linesOf(source),
    requires: find('require').flatMap(toNamed),
    replaces: find('replace').flatMap(toReplacement),
    excludes: find('exclude').flatMap(toNamed),
  }
}

/** How a go.mod is read. */
export const GO_MOD = { ofJson: parseGoModJson, ofText: readGoModText } as const

/** The same of a go.work. */
export function readGoWorkText(source: string): GoWork {
  const find = statementsOf(source)
  return {
    ...linesOf(source),
    use: find('use').flatMap(([directory]) => defined(directory)),
    replaces: find('replace').flatMap(toReplacement),
  }
}

/** By verb: what stands behind it, of each line. */
function statementsOf(source: string): (verb: string) => readonly (readonly string[])[] {
  const statements = readStatements(source)
  return verb => statements.flatMap(([first, ...words]) => (first === verb ? [words] : []))
}

/** go has not looked at it: a path or version that could not be a module's leads to no file. */
function toNamed([path = '', version = '']: readonly string[]): readonly ModuleVersion[] {
  const module = { path, version }
  return objectPath(module, 'zip') === undefined ? [] : [module]
}

/** `OLD [VERSION] => NEW [VERSION]`: without a version the new one is a directory. */
function toReplacement(words: readonly string[]): readonly Replace[] {
  const arrow = words.indexOf('=>')
  const [path, version] = words.slice(0, Math.max(0, arrow))
  const [by, byVersion] = words.slice(arrow + 1)
  if (path === undefined || by === undefined) return []
  if (byVersion === undefined) return [{ path, version, by: { directory: by } }]
  return toNamed([by, byVersion]).map(module => ({ path, version, by: module }))
}

export function defined<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value]
}

type JsonObject = Readonly<Record<string, unknown>>

function parseObject(json: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null ? (value as JsonObject) : undefined
  } catch {
    return undefined
  }
}

function record(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? (value as JsonObject) : {}
}

function list(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.map(record) : []
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function toReplace(entry: JsonObject): readonly Replace[] {
  const [old, by] = [record(entry['Old']), record(entry['New'])]
  const [path, directory] = [text(old['Path']), text(by['Path'])]
  if (path === undefined || directory === undefined) return []
  return [{ path, version: text(old['Version']), by: toModule(by) ?? { directory } }]
}

/** undefined for a local directory, which has no version. */
function toModule(value: JsonObject): ModuleVersion | undefined {
  const [path, version] = [text(value['Path']), text(value['Version'])]
  return path === undefined || version === undefined ? undefined : { path, version }
}
