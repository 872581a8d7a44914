import type { Environment } from '../effects.ts'
import type { KnownHost } from '../inputs/known-hosts.ts'
import type { SshKey } from '../inputs/ssh-keys.ts'
import type { Credential } from './credential.ts'
import type { UsersGit } from './git-config.ts'
import type { GitVersion } from './git-version.ts'
import type { SshHost } from './ssh.ts'

/** Everything that the plan for the credentials is made from; nothing is written yet. */
export interface CredentialFacts {
  /** Absolute, of our own, with slashes: where the files will be. */
  readonly directory: string
  readonly credentials: readonly Credential[]
  readonly keys: readonly SshKey[]
  readonly knownHosts: readonly KnownHost[]
  /** Modules that the project needs: as go.mod says, so each is checked before it is part of a file. */
  readonly modules: readonly string[]
  /** GOPRIVATE patterns with this use's `private-domains`: an earlier use in the job has credentials for its own. */
  readonly privatePatterns: string
  /** Of the go that will ask, as `go env GOVERSION` prints it. */
  readonly goVersion: string
  /** The same of the go that is installed, which may have to fetch the other one. */
  readonly installedGo: string
  /** Whether go looks for logins in the netrc file, too. */
  readonly goReadsNetrc: boolean
  /** The environment of the job. */
  readonly env: Environment
  /** What uses the credentials besides our own go: later steps, the command that `exec` runs, or nothing. */
  readonly later: 'steps' | 'command' | 'nobody'
  /** The text of the user's netrc file; empty: none. */
  readonly netrc: string
  /** What the user's configuration of ssh says, by host. */
  readonly sshHosts: ReadonlyMap<string, SshHost>
  /** A configuration file that stands for those that ssh would read by itself, and an earlier use's. Absolute. */
  readonly sshUsersFile: string
  readonly usersGit: UsersGit
  readonly git: GitVersion
  /** Hosts that the netrc files have a login for which git may find. */
  readonly inNetrc: readonly string[]
  /** Lines of credentials whose host answers 403 to an empty login: see git-version.ts. */
  readonly refusingEmptyLogin: readonly number[]
}
