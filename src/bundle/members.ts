import { objectPath, parseObjectPath, requestedModule } from '../go/escape.ts'
import { sumKey } from '../go/gosum.ts'
import type { ModuleVersion } from '../go/module.ts'
import type { ObjectKind } from '../objects/object.ts'
import { ENV_SH, README } from './texts.ts'

/** The first member of a bundle. */
export const MANIFEST = 'manifest.json'
/** For people, and for machines without this program. The same in every bundle, since a person may run them. */
export const TEXTS: ReadonlyMap<string, string> = new Map([
  ['README.txt', README],
  ['env.sh', ENV_SH],
])
/** Where a bundle has its modules, laid out as below a proxy's URL. */
export const MODULES = 'modules'

/** What a member's name says that it is. */
export type BundleMember =
  | { readonly kind: 'text'; readonly text: string }
  /** An answer of a checksum database about Go. */
  | { readonly kind: 'proof' }
  /** Of the versions of a module; `target` below the modules. */
  | { readonly kind: 'list'; readonly target: string }
  | { readonly kind: ObjectKind; readonly target: string; readonly module: ModuleVersion }

/** The name of the member that keeps an answer. @param path below the database's URL, from its slash on */
export function proofName(database: string, path: string): string {
  return `sumdb/${database}${path}`
}

const PROOF =
  /^sumdb\/[a-z0-9][a-z0-9.-]*\/(?:lookup\/golang\.org\/toolchain@v0\.0\.1-go1[a-z0-9.-]*|tile\/8\/\d{1,2}\/(?:x\d{3}\/){0,5}\d{3}(?:\.p\/\d{1,3})?)$/

/** undefined: no bundle has a member of this name. So none can lead anywhere. */
export function parseMember(name: string): BundleMember | undefined {
  const text = TEXTS.get(name)
  if (text !== undefined) return { kind: 'text', text }
  if (PROOF.test(name)) return { kind: 'proof' }
  const target = name.startsWith(`${MODULES}/`) ? name.slice(MODULES.length + 1) : ''
  if (target.endsWith('/@v/list')) return requestedModule(target) === undefined ? undefined : { kind: 'list', target }
  const module = parseObjectPath(target)
  const kind = (['info', 'mod', 'zip'] as const).find(one => target.endsWith(`.${one}`))
  if (module === undefined || kind === undefined || objectPath(module, kind) !== target) return undefined
  return { kind, target, module }
}

/** The key of the go.sum line that a member has to match; undefined where go.sum has no such lines. */
export function sumKeyOf(member: BundleMember): string | undefined {
  return member.kind === 'zip' || member.kind === 'mod' ? sumKey(member.module, member.kind) : undefined
}

/** A Go in a bundle: a module that no project requires. */
export interface BundledGo {
  /** As go says it: `go1.26.7`. */
  readonly version: string
  readonly os: string
  readonly arch: string
  readonly module: ModuleVersion
  readonly h1: string
}

export const TOOLCHAIN = 'golang.org/toolchain'

/** The Go whose line is among these; undefined: there is none. */
export function goIn(sums: ReadonlyMap<string, string>): BundledGo | undefined {
  for (const [key, h1] of sums) {
    const [path, version = ''] = key.split(' ')
    const [, name, os, arch] = /^v0\.0\.1-(go1[\w.]*)\.([a-z0-9]+)-([a-z0-9]+)$/.exec(version) ?? []
    if (path === TOOLCHAIN && name !== undefined && os !== undefined && arch !== undefined)
      return { version: name, os, arch, module: { path, version }, h1 }
  }
  return undefined
}
