import { type BuiltModule, buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import type { ModuleVersion } from '../../src/go/module.ts'

/** Public modules that are as they should be. */
export const greet = buildModule({ path: 'example.com/greet', version: 'v1.0.0', paddingBytes: 20_000 })
export const words = buildModule({ path: 'example.com/words', version: 'v1.2.0', paddingBytes: 20_000 })
export const PUBLIC: readonly BuiltModule[] = [greet, words]

/** go.mod and go.sum of a project that requires these. @param lacking without lines in go.sum */
export function projectOf(
  modules: readonly BuiltModule[],
  lacking: readonly ModuleVersion[] = [],
  goLine = '1.21',
): { readonly 'go.mod': string; readonly 'go.sum': string } {
  return { 'go.mod': goModOf('example.com/project', [...modules, ...lacking], goLine), 'go.sum': goSumOf(modules) }
}

/** The project that nothing is wrong with. */
export const PROJECT = projectOf(PUBLIC)

/** go.sum with another hash for this module's content. */
export function withWrongLine(goSum: string, { h1 }: BuiltModule): string {
  return goSum.replace(h1, `h1:${'A'.repeat(43)}=`)
}
