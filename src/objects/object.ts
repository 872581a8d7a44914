import type { Candidate } from '../candidates/candidate.ts'
import type { ModuleVersion } from '../go/module.ts'

/** The files of one module version that a GOPROXY serves. Source: go.dev/ref/mod#goproxy-protocol. */
export type ObjectKind = 'info' | 'mod' | 'zip'

/** What can be asked of a GOPROXY about modules. `target` is the path below its URL, made from checked parts alone. */
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
 * How far a download may go: files of which nobody has to be believed; besides, all other small files and what a first
 * round trip brings of zips; everything.
 */
export type Extent = 'go.mod files' | 'first zips' | 'everything'
