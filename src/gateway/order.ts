import { objectPath } from '../go/escape.ts'
import { sumKey } from '../go/gosum.ts'
import type { ModuleVersion } from '../go/module.ts'
import type { ObjectKind } from './route.ts'

/** One file of the module protocol. */
export interface WantedObject {
  readonly module: ModuleVersion
  readonly kind: ObjectKind
  /** Below an upstream's URL, and below `cache/download`. */
  readonly target: string
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
 * What go will ask for: the toolchain's zip, the go.mod files of the graph, each module's `.info`, the zips. go asks for
 * zips only when it has all the rest; here they come along from the start, so that they can be hashed in the meantime.
 * Only what has a line in go.sum comes before it is asked for: the rest might be something else tomorrow.
 */
export function planOrder({ sums, modules, toolchain }: OrderInput): readonly WantedObject[] {
  const known = modules.filter(module => sums.has(sumKey(module, 'zip')))
  const small = [
    ...modulesWithGoMod(sums).flatMap(module => wanted(module, 'mod')),
    ...known.flatMap(module => wanted(module, 'info')),
  ]
  const zips = known.flatMap(module => wanted(module, 'zip'))
  return [...(toolchain === undefined ? [] : wanted(toolchain, 'zip')), ...interleave(small, zips, SMALL_FOR_EACH_ZIP)]
}

const SMALL_FOR_EACH_ZIP = 3

/** So many of the first for each of the second, as long as there are both. */
function interleave<T>(many: readonly T[], few: readonly T[], ratio: number): readonly T[] {
  const rest = few.slice(Math.ceil(many.length / ratio))
  return [
    ...many.flatMap((one, i) => (i % ratio === 0 ? [...few.slice(i / ratio, i / ratio + 1), one] : [one])),
    ...rest,
  ]
}

function modulesWithGoMod(sums: ReadonlyMap<string, string>): readonly ModuleVersion[] {
  return [...sums.keys()].flatMap(key => {
    const [path, version] = key.split(' ')
    return path && version?.endsWith('/go.mod') ? [{ path, version: version.slice(0, -'/go.mod'.length) }] : []
  })
}

function wanted(module: ModuleVersion, kind: ObjectKind): readonly WantedObject[] {
  const target = objectPath(module, kind)
  return target === undefined ? [] : [{ module, kind, target }]
}
