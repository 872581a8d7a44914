import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type BuiltModule, buildModule, goModOf, goSumOf } from '../src/demo/modules.ts'
import { objectPath } from '../src/go/escape.ts'

export interface Synthetic {
  /** go.mod and go.sum. */
  readonly project: string
  /** What a proxy serves. */
  readonly store: string
  remove(): void
}

/** A project of so many modules of about this size each, incompressible. */
export function makeSynthetic(count: number, bytesEach: number): Synthetic {
  const directory = mkdtempSync(join(tmpdir(), 'synthetic-'))
  const [project, store] = [join(directory, 'project'), join(directory, 'store')]
  const modules = Array.from({ length: count }, (_, i) =>
    buildModule({ path: `example.com/module${i}`, version: 'v1.0.0', paddingBytes: bytesEach }),
  )
  for (const module of modules) writeModule(module, store)
  writeProject(modules, project)
  return { project, store, remove: () => rmSync(directory, { recursive: true }) }
}

/** go.mod and go.sum of a project that needs these modules. */
export function writeProject(modules: readonly BuiltModule[], directory: string): void {
  mkdirSync(directory)
  writeFileSync(join(directory, 'go.mod'), goModOf('example.com/project', modules, '1.21'))
  writeFileSync(join(directory, 'go.sum'), goSumOf(modules))
}

function writeModule(module: BuiltModule, store: string): void {
  for (const kind of ['info', 'mod', 'zip'] as const) {
    const path = join(store, objectPath(module, kind) ?? '')
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, module[kind])
  }
}
