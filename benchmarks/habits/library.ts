import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type BuiltModule, buildModule } from '../../src/demo/modules.ts'
import { objectPath } from '../../src/go/escape.ts'
import { writeProject } from '../synthetic.ts'

/** Projects, and everything that a proxy serves for them. */
export interface Library {
  readonly projects: Readonly<Record<'many' | 'few' | 'large' | 'heavy', Project>>
  /** By path, with the leading slash. */
  readonly objects: ReadonlyMap<string, Buffer>
  /** The same as a static tree, as GOMODCACHE/cache/download is. */
  readonly tree: string
}

export interface Project {
  /** go.mod and go.sum. */
  readonly directory: string
  readonly modules: number
}

const MANY = 50
const FEW = 3
const LARGE_BYTES = 4_000_000
const HEAVY = 40
const [FILES_EACH, BYTES_A_FILE] = [20, 20_000]
const BYTES_EACH = 20_000

/** @param directory empty; the caller removes it */
export function makeLibrary(directory: string): Library {
  const modules = Array.from({ length: MANY }, (_, i) =>
    buildModule({ path: `example.com/module${i}`, version: 'v1.0.0', paddingBytes: BYTES_EACH }),
  )
  const large = buildModule({ path: 'example.com/large', version: 'v1.0.0', paddingBytes: LARGE_BYTES })
  const heavy = Array.from({ length: HEAVY }, (_, i) =>
    buildModule({ path: `example.com/heavy${i}`, version: 'v1.0.0', files: sourceFiles() }),
  )
  const tree = join(directory, 'tree')
  const objects = new Map([...modules, large, ...heavy].flatMap(objectsOf))
  for (const [path, body] of objects) {
    mkdirSync(dirname(join(tree, path)), { recursive: true })
    writeFileSync(join(tree, path), body)
  }
  const project = (name: string, needed: readonly BuiltModule[]): Project => {
    writeProject(needed, join(directory, name))
    return { directory: join(directory, name), modules: needed.length }
  }
  const projects = {
    many: project('many', modules),
    few: project('few', modules.slice(0, FEW)),
    large: project('large', [large]),
    heavy: project('heavy', heavy),
  }
  return { projects, objects, tree }
}

/** Text that compresses about as source code does. */
function sourceFiles(): Record<string, string> {
  const line = (i: number) => `func f${i}(a, b int) int { return a*${(i * 7919) % 10_007} + b<<${i % 31} }\n`
  const text = Array.from({ length: BYTES_A_FILE / 50 }, (_, i) => line(i)).join('')
  return Object.fromEntries(
    Array.from({ length: FILES_EACH }, (_, i) => [`file${i}.go`, `package heavy\n\n// ${i}\n${text}`]),
  )
}

function objectsOf(module: BuiltModule): readonly (readonly [string, Buffer])[] {
  return (['info', 'mod', 'zip'] as const).map(kind => [`/${objectPath(module, kind)}`, module[kind]] as const)
}
