/**
 * The name that `go install` gives a program: the last element of its package's path, or the one before where that is a
 * major version. Source: cmd/go/internal/load (DefaultExecName, isVersionElement).
 */
export function commandName(packagePath: string): string {
  const elements = packagePath.split('/')
  const last = elements.at(-1) ?? ''
  return /^v([2-9]|[1-9]\d+)$/.test(last) && elements.length > 1 ? (elements.at(-2) ?? last) : last
}

/** Every path that a package's module may have, the longest first, as go asks for them. */
export function modulePathsOf(packagePath: string): readonly string[] {
  const elements = packagePath.split('/')
  return elements.map((_, i) => elements.slice(0, elements.length - i).join('/'))
}

/** What `go version -m` says of a program. */
export interface ProgramInfo {
  /** Its main package. */
  readonly package: string
  /** The module of that package. */
  readonly module: { readonly path: string; readonly version: string }
  /** Every module that is in it, that one too. */
  readonly modules: readonly string[]
}

/** @returns undefined where the output is not about a program that was built from a version of a module */
export function parseProgramInfo(output: string): ProgramInfo | undefined {
  const lines = output.split(/\r?\n/).map(line => line.split('\t').slice(1))
  const [, packagePath] = lines.find(([kind]) => kind === 'path') ?? []
  const [, path, version] = lines.find(([kind]) => kind === 'mod') ?? []
  if (packagePath === undefined || path === undefined || version === undefined) return undefined
  const modules = lines.flatMap(([kind, of]) => ((kind === 'mod' || kind === 'dep' || kind === '=>') && of ? [of] : []))
  return { package: packagePath, module: { path, version }, modules: [...new Set(modules)] }
}
