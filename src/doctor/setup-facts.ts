import type { Candidates } from '../candidates/candidate.ts'
import type { Rewrite } from '../credentials/git-config.ts'
import type { GitVersion } from '../credentials/git-version.ts'
import type { Environment } from '../effects.ts'
import type { GoproxyList } from '../go/goproxy.ts'
import type { Project } from '../project/project.ts'
import type { DiskState } from '../runner/disk.ts'
import type { GoSettings } from '../settings/settings.ts'

/** What is known of git, ssh and netrc files on this machine. */
export interface GitState {
  /** Whether there is a git to run. */
  readonly isThere: boolean
  readonly version: GitVersion
  /** The user's `url.*.insteadOf`, in the order in which git reads them. */
  readonly rewrites: readonly Rewrite[]
  /** What ssh-add says: keys, none, or that no agent answers; undefined: no agent is set, or there is no ssh-add. */
  readonly agent: 'keys' | 'empty' | 'silent' | undefined
  /** Whether ~/.ssh has a private key under one of ssh's own names. */
  readonly hasKeyFile: boolean
  /** Machines of the netrc files that go and git read. */
  readonly netrc: { readonly forGo: readonly string[]; readonly forGit: readonly string[] }
  /** NETRC names a file that is not there. */
  readonly isNetrcMissing: boolean
}

/** What files of Go itself say. */
export interface GorootState {
  /** The first line of GOROOT/VERSION; undefined: there is no such file. */
  readonly version: string | undefined
  /** The names that GODEBUG may have with this Go; undefined: its sources are not there. */
  readonly godebugs: ReadonlySet<string> | undefined
}

/** A file of certificates that a variable names. */
export interface CertificateFile {
  readonly variable: string
  readonly path: string
  readonly state: 'good' | 'missing' | 'no certificate'
}

/** Everything that the rules look at, before anything is asked of the network. */
export interface SetupFacts {
  /** As the user made it. */
  readonly env: Environment
  readonly platform: NodeJS.Platform
  readonly userId: number | undefined
  readonly settings: GoSettings
  readonly goroot: GorootState
  /** GODEBUG, wherever it is set. */
  readonly godebug: string
  /** GOSUMDB as it will be used. */
  readonly sumdb: string
  /** undefined: it cannot be read. */
  readonly inForce: GoproxyList | undefined
  /** undefined: there is none, or it cannot be read. */
  readonly project: Project | undefined
  readonly candidates: Candidates
  readonly privateDomains: readonly string[]
  readonly git: GitState
  readonly disks: readonly NamedDisk[]
  readonly certificates: readonly CertificateFile[]
}

/** A directory that go writes to. */
export interface NamedDisk extends DiskState {
  readonly name: 'GOMODCACHE' | 'GOCACHE' | 'temporary directory'
}
