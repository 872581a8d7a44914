import { sumKey } from '../go/gosum.ts'
import type { ModuleVersion } from '../go/module.ts'
import { planOrder, type WantedObject } from '../objects/wanted.ts'

/** One file of `cache/download` that may be stored. */
export interface CacheFile extends WantedObject {
  /** Its line in go.sum; `.info` has none of its own and stands on the zip's. */
  readonly hash: string | undefined
  /** Whether a set without it is incomplete: go reads the go.mod files of the graph only as far as it must. */
  readonly required: boolean
}

export interface Selection {
  readonly sums: ReadonlyMap<string, string>
  readonly modules: readonly ModuleVersion[]
  /** More that the project may need: stored and restored where they are there. */
  readonly perhaps?: readonly ModuleVersion[]
  /** Modules that must stay out. */
  readonly isLeftOut: (modulePath: string) => boolean
}

/** What may be stored and restored: `.mod`, `.zip` and `.info` that go.sum vouches for, and nothing else. */
export function selectFiles({ sums, modules, perhaps = [], isLeftOut }: Selection): readonly CacheFile[] {
  const own = modules.filter(({ path }) => !isLeftOut(path))
  const downloaded = new Set(own.map(({ path, version }) => `${path}@${version}`))
  return planOrder({ sums, modules: [...own, ...perhaps], toolchain: undefined })
    .filter(({ module }) => !isLeftOut(module.path))
    .map(object => ({
      ...object,
      hash: object.kind === 'info' ? undefined : sums.get(sumKey(object.module, object.kind)),
      required: downloaded.has(`${object.module.path}@${object.module.version}`),
    }))
}
