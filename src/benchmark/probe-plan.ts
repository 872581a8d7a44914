import { escapeModulePath, escapeVersion, objectPath } from '../go/escape.ts'
import { sumKey } from '../go/gosum.ts'
import { OFFICIAL_SUMDB } from '../go/gosumdb.ts'
import type { ModuleVersion } from '../go/module.ts'
import { PINNED } from './pinned.ts'

/** An object to ask every candidate for, whose right hash is known beforehand. */
export interface PlannedObject {
  readonly module: ModuleVersion
  readonly kind: 'mod' | 'zip'
  /** Below a proxy's URL. */
  readonly path: string
  readonly h1: string
}

/** What the benchmark will ask, the same of every candidate. */
export interface ProbePlan {
  /** go.mod files: small, so that time is round trips. */
  readonly mods: readonly PlannedObject[]
  /** Zips, in the order to fetch them: a middling one whose hash is soon known, then large ones for the rate. */
  readonly zips: readonly PlannedObject[]
  /** A path that no proxy can have: one that answers 200 to it answers 200 to everything. */
  readonly controlPath: string
  /** What to ask of `/sumdb/`; undefined when GOSUMDB is off, or the database may be asked about none of the modules. */
  readonly sumdb:
    | {
        readonly name: string
        readonly verifierKey: string
        readonly module: ModuleVersion
        readonly lookupPath: string
        /** It is of the built-in set, which every proxy may be asked for. */
        readonly isBuiltIn: boolean
      }
    | undefined
  /** Objects that go will fetch for this project. */
  readonly work: Work
  /** The objects are not the project's own but a built-in set: it has no go.sum or nothing public in it. */
  readonly pinned: boolean
}

/** The size of a download, for the prediction. */
export interface Work {
  /** go.mod files of the module graph. */
  readonly graphFiles: number
  /** Modules whose `.info` and `.zip` go will fetch. */
  readonly modules: readonly ModuleVersion[]
  /** What comes besides: a toolchain. */
  readonly otherBytes: number
}

export interface PlanInput {
  /** The project's public modules: none that is private or looks so. */
  readonly publicModules: readonly ModuleVersion[]
  /** Those of them that are not in the module cache. */
  readonly missing: readonly ModuleVersion[]
  /** More that may be fetched: only a size to reckon with, never asked for. */
  readonly perhapsMissing?: readonly ModuleVersion[]
  readonly sums: ReadonlyMap<string, string>
  readonly sumdb: { readonly name: string; readonly verifierKey: string } | undefined
  /** Whether no proxy may be asked for a module path: even the built-in set may be private (`GOPRIVATE=*`). */
  readonly isPrivate: (modulePath: string) => boolean
  /** Whether the checksum database may not be asked about it (GONOSUMDB). */
  readonly isUnchecked: (modulePath: string) => boolean
  /** Bytes that go will fetch besides modules. */
  readonly otherBytes: number
  /** Distinguishes this run's control path, so that no cache knows it. */
  readonly nonce: string
}

const MODS = 3
const ZIPS = 4

/**
 * Chooses the probes from the project's own modules, or from the built-in set where it has none with a go.sum line.
 * Without `mods` nothing may be asked.
 */
export function planProbes(input: PlanInput): ProbePlan {
  const own = input.publicModules.filter(module => input.sums.has(sumKey(module, 'mod')))
  const pinned = own.length === 0
  const builtIn = PINNED.modules.filter(({ path }) => !input.isPrivate(path))
  const sums = pinned ? PINNED.sums : input.sums
  const modules = pinned ? builtIn : own
  const wanted = pinned || input.missing.length === 0 ? modules : input.missing
  // The public database is asked for no module of the project: which of them are private is not known yet.
  const looksUpBuiltIn = pinned || input.sumdb?.name === OFFICIAL_SUMDB
  const lookedUp = (looksUpBuiltIn ? builtIn : own).find(({ path }) => !input.isUnchecked(path))
  return {
    mods: spread(modules, MODS).flatMap(module => plan(module, 'mod', sums)),
    zips: chooseZips(wanted).flatMap(module => plan(module, 'zip', sums)),
    controlPath: `go-proxy-setup.invalid/${input.nonce}/@v/v0.0.0.mod`,
    sumdb: input.sumdb &&
      lookedUp && {
        ...input.sumdb,
        module: lookedUp,
        lookupPath: lookupPath(input.sumdb.name, lookedUp),
        isBuiltIn: looksUpBuiltIn,
      },
    work: pinned
      ? { graphFiles: modules.length, modules, otherBytes: 0 }
      : {
          graphFiles: [...input.sums.keys()].filter(key => key.endsWith('/go.mod')).length,
          modules: [...input.missing, ...(input.perhapsMissing ?? [])],
          otherBytes: input.otherBytes,
        },
    pinned,
  }
}

function lookupPath(name: string, module: ModuleVersion): string {
  return `sumdb/${name}/lookup/${escapeModulePath(module.path)}@${escapeVersion(module.version)}`
}

function plan(module: ModuleVersion, kind: 'mod' | 'zip', sums: ReadonlyMap<string, string>): readonly PlannedObject[] {
  const path = objectPath(module, kind)
  const h1 = sums.get(sumKey(module, kind))
  return path === undefined || h1 === undefined ? [] : [{ module, kind, path, h1 }]
}

/** `count` members, evenly over the list. */
function spread<T>(list: readonly T[], count: number): readonly T[] {
  if (list.length <= count) return list
  return Array.from({ length: count }, (_, i) => list[Math.floor((i * list.length) / count)] as T)
}

/** Middling first, so that a hash is known early; then the largest, which tell the rate. */
function chooseZips(modules: readonly ModuleVersion[]): readonly ModuleVersion[] {
  const bySize = [...modules].sort((a, b) => guessZipBytes(b.path) - guessZipBytes(a.path))
  const large = bySize.slice(0, ZIPS - 1)
  const middle = bySize[Math.floor(bySize.length / 2)]
  return middle === undefined || large.includes(middle) ? large : [middle, ...large]
}

/** A module's zip when nothing is known of it: about the median of public modules. */
const USUAL_ZIP_BYTES = 150_000

/** Typical zip sizes of modules that many projects have, in bytes: only to choose probes and to weigh the rest. */
const KNOWN_SIZES: readonly (readonly [RegExp, number])[] = [
  [/^google\.golang\.org\/api$/, 20e6],
  [/^golang\.org\/x\/text$/, 9e6],
  [/^(k8s\.io\/(client-go|api|kubernetes)|github\.com\/Azure\/azure-sdk-for-go)/, 8e6],
  [/^github\.com\/(aws\/aws-sdk-go|googleapis\/)/, 6e6],
  [/^(modernc\.org\/|github\.com\/mattn\/go-sqlite3)/, 5e6],
  [/^golang\.org\/x\/tools$/, 3.5e6],
  [/^(google\.golang\.org\/(genproto|grpc)|golang\.org\/x\/(sys|crypto|net)|github\.com\/klauspost\/compress)/, 2e6],
  [/^(google\.golang\.org\/protobuf|github\.com\/(docker|moby|containerd|prometheus|envoyproxy)\/)/, 1.5e6],
]

/** A guess from the module's path alone. */
export function guessZipBytes(path: string): number {
  return KNOWN_SIZES.find(([pattern]) => pattern.test(path))?.[1] ?? USUAL_ZIP_BYTES
}
