import type { Candidate } from '../candidates/candidate.ts'
import type { ModuleVersion } from '../go/module.ts'

/** The files of one module version that a GOPROXY serves. Source: go.dev/ref/mod#goproxy-protocol. */
export type ObjectKind = 'info' | 'mod' | 'zip'

/** What a GOPROXY can be asked about modules. `target` is the path below its URL, made only from checked parts. */
export type ModuleRoute =
  | { readonly kind: 'list' | 'latest'; readonly path: string; readonly target: string }
  | { readonly kind: ObjectKind; readonly module: ModuleVersion; readonly target: string }

/** Content that matched its go.sum line (or the pinned hash): its bytes need not be fetched again. */
export interface VerifiedObject {
  readonly module: ModuleVersion
  readonly kind: 'mod' | 'zip'
  readonly bytes: Buffer
  readonly from: Candidate
}

/**
 * How far a download may go: only go.mod files, each of which go.sum proves; then also all other small files and the
 * zips of a first round trip; everything.
 */
export type Extent = 'go.mod files' | 'first zips' | 'everything'
