import { objectPath } from '../go/escape.ts'
import { sumKey } from '../go/gosum.ts'
import type { ModuleVersion } from '../go/module.ts'
import type { ObjectKind } from './object.ts'

/** One file of the module protocol. */
export interface WantedObject {
  readonly module: ModuleVersion
  readonly kind: ObjectKind
  /** Below an upstream's URL, and below `cache/download`. */
  readonly target: string
  /** Set where go may never ask for it: go.sum keeps the lines of what is needed no more. */
  readonly mayBeUnneeded?: boolean
}

export interface OrderInput {
  /** Line keys of go.sum: `path version` and `path version/go.mod`. */
  readonly sums: ReadonlyMap<string, string>
  /** Modules whose `.info` and `.zip` go will ask for, in its order. */
  readonly modules: readonly ModuleVersion[]
  /** The toolchain that go will switch to before anything else. */
  readonly toolchain: ModuleVersion | undefined
}

/**
 * What go will ask for, in its order: the toolchain's zip, the go.mod files of the graph, each module's `.info`, the
 * zips. Only what has a line in go.sum is fetched ahead: the rest may change. Of the go.mod files those come first whose
 * modules are certainly needed.
 */
export function planOrder({ sums, modules, toolchain }: OrderInput): readonly WantedObject[] {
  const needed = new Set(modules.map(keyOf))
  const mods = planGoMods(modulesWithGoMod(sums), sums)
  return [
    ...(toolchain === undefined ? [] : wanted(toolchain, 'zip')),
    ...mods.filter(({ module }) => needed.has(keyOf(module))),
    ...mods.filter(({ module }) => !needed.has(keyOf(module))).map(one => ({ ...one, mayBeUnneeded: true })),
    ...planModules(modules, sums),
  ]
}

/** The go.mod files of these modules that have a line in go.sum. */
export function planGoMods(modules: readonly ModuleVersion[], sums: Sums): readonly WantedObject[] {
  return modules.filter(module => sums.has(sumKey(module, 'mod'))).flatMap(module => wanted(module, 'mod'))
}

/** The `.info` and the zips of these modules that have a line in go.sum. */
export function planModules(modules: readonly ModuleVersion[], sums: Sums): readonly WantedObject[] {
  const known = modules.filter(module => sums.has(sumKey(module, 'zip')))
  return [...known.flatMap(module => wanted(module, 'info')), ...known.flatMap(module => wanted(module, 'zip'))]
}

type Sums = ReadonlyMap<string, string>

const SMALL_FOR_EACH_ZIP = 3

/**
 * The order in which to fetch. go asks for zips when it has all the rest; here one is fetched with every three small
 * files, so that it can be hashed in the meantime. A toolchain stays first.
 */
export function fetchOrder(objects: readonly WantedObject[]): readonly WantedObject[] {
  const isToolchain = ({ module }: WantedObject) => module.path === 'golang.org/toolchain'
  const zips = objects.filter(object => object.kind === 'zip' && !isToolchain(object))
  const small = objects.filter(({ kind }) => kind !== 'zip')
  return [
    ...objects.filter(object => object.kind === 'zip' && isToolchain(object)),
    ...small.flatMap((one, i) => [
      ...(i % SMALL_FOR_EACH_ZIP === 0 ? zips.slice(i / SMALL_FOR_EACH_ZIP, i / SMALL_FOR_EACH_ZIP + 1) : []),
      one,
    ]),
    ...zips.slice(Math.ceil(small.length / SMALL_FOR_EACH_ZIP)),
  ]
}

function keyOf({ path, version }: ModuleVersion): string {
  return `${path} ${version}`
}

function modulesWithGoMod(sums: ReadonlyMap<string, string>): readonly ModuleVersion[] {
  return [...sums.keys()].flatMap(key => {
    const [path, version] = key.split(' ')
    return path && version?.endsWith('/go.mod') ? [{ path, version: version.slice(0, -'/go.mod'.length) }] : []
  })
}

/** A version as go writes it into go.sum: never the name of a branch. Source: golang.org/x/mod/semver. */
const VERSION = /^v\d+\.\d+\.\d+[0-9A-Za-z.+-]*$/

function wanted(module: ModuleVersion, kind: ObjectKind): readonly WantedObject[] {
  const target = objectPath(module, kind)
  return target === undefined || !VERSION.test(module.version) ? [] : [{ module, kind, target }]
}
