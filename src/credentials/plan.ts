import { createHash } from 'node:crypto'
import type { Environment } from '../effects.ts'
import { ok, type Problem, type Result } from '../errors.ts'
import { isModulePath } from '../go/escape.ts'
import { isOlder } from '../go/version.ts'
import type { KnownHost } from '../inputs/known-hosts.ts'
import type { SshKey } from '../inputs/ssh-keys.ts'
import { covers, type Place, placeOfModule, showPlace } from '../places/place.ts'
import type { Credential } from './credential.ts'
import { renderAnswer, renderGitConfig, type UsersGit } from './git-config.ts'
import { appendGitConfig, exportGitConfig } from './git-environment.ts'
import { askBeforeNetrc, type GitVersion, readsNetrcVariable } from './git-version.ts'
import { literalPatterns, type PlacedKey, placeKeys, warnOfKeys } from './key-places.ts'
import { isKnownHost, renderKnownHosts } from './known-hosts.ts'
import { foundByGit, GOAUTH_WITHOUT_NETRC, netrcFormOf, planNetrc, renderNetrc } from './netrc.ts'
import { type Claim, planRewrites } from './rewrites.ts'
import {
  parseSshHost,
  renderSshConfig,
  type SshAlias,
  type SshHost,
  sshCommand,
  sshProgram,
  usersSshCommand,
} from './ssh.ts'

/** All that a plan is made from; nothing in it was written yet. */
export interface Facts {
  /** Absolute, of our own, with slashes: where the files will be. */
  readonly directory: string
  readonly credentials: readonly Credential[]
  readonly keys: readonly SshKey[]
  readonly knownHosts: readonly KnownHost[]
  /** Modules that the project needs: as go.mod says, so each is checked before it is part of a file. */
  readonly modules: readonly string[]
  /** GOPRIVATE patterns with this use's `private-domains`: an earlier use in the job has credentials for its own. */
  readonly privatePatterns: string
  /** As `go env GOVERSION` prints it. */
  readonly goVersion: string
  /** The same of the go that is installed, which may have to fetch the other one. */
  readonly installedGo: string
  /** Whether go looks for logins in the netrc file, too. */
  readonly goReadsNetrc: boolean
  /** The environment of the job. */
  readonly env: Environment
  /** Who uses the credentials beside our own go: later steps, the command that `exec` runs, or nobody. */
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
}

/** What is to be written, and what tells go and git of it. */
export interface Plan {
  /** By path below `directory`. */
  readonly files: Readonly<Record<string, string>>
  /** For our own go. */
  readonly download: Environment
  /** For who comes later: go's clones see it, and no other git does. */
  readonly later: Environment
  readonly places: readonly Claim[]
  readonly warnings: readonly Problem[]
}

export const GIT_CONFIG = 'git.config'
/** For later steps, where it says less. */
const LATER_GIT_CONFIG = 'git-later.config'
const EARLIER_GIT_CONFIG = /\/credentials\/git(-later)?\.config$/
export const SSH_CONFIG = 'ssh.config'
const NETRC = 'netrc'
const KNOWN_HOSTS = 'known_hosts'
/** go keeps its clones there and nobody else does. */
const IN_CLONES_OF_GO = 'includeIf.gitdir:**/cache/vcs/**.path'

/** What go before 1.25 cannot do: look for a login by path, and leave GIT_SSH_COMMAND to git's configuration. */
const MODERN_GO = 'go1.25'

export function planCredentials(unchecked: Facts): Result<Plan> {
  const facts = { ...unchecked, modules: unchecked.modules.filter(isModulePath) }
  const { credentials, directory, env } = facts
  const modern = !isOlder(facts.goVersion, MODERN_GO)
  const logins = planNetrc(credentials, netrcFormOf(facts.goVersion, facts.installedGo))
  if (!logins.ok) return logins
  const placed = placeKeys(facts)
  const aliases = planAliases(placed, facts)
  const claims: readonly Claim[] = [
    ...credentials.map((place): Claim => ({ kind: 'token', place })),
    ...aliases.map(({ place, alias }): Claim => ({ kind: 'key', place, alias })),
  ]
  const path = (name: string) => `${directory}/${name}`
  const command = sshCommand(path(SSH_CONFIG), usersSshCommand(env, facts.usersGit.sshCommand))
  const configOf = (those: readonly Claim[]) =>
    renderGitConfig({
      helpers: credentials.map((place, i) => ({
        place,
        file: path(`token-${i}`),
        http: facts.inNetrc.includes(place.host) ? askBeforeNetrc(facts.git) : undefined,
      })),
      rewrites: planRewrites(
        those,
        [...facts.modules, ...literalPatterns(facts.privatePatterns)],
        facts.usersGit.rewrites,
      ),
      sshCommand: those.some(({ kind }) => kind === 'key') ? command : undefined,
    })
  // git asks nothing else where this is set. In later steps it is the user's, and their git works as before; of a
  // command that we start it is ours, which takes to the user's whatever is not for our keys.
  const overruled = aliases.length > 0 && Boolean(env['GIT_SSH_COMMAND'])
  const overruledLater = overruled && facts.later === 'steps'
  const variables = {
    ...(logins.value.length > 0 && { NETRC: path(NETRC) }),
    ...(aliases.length > 0 && !modern && sshProgram(env)),
  }
  // Only a key's rewrites lead elsewhere than those of an earlier use for the same place.
  const isEarlier = (value: string) => aliases.length > 0 && EARLIER_GIT_CONFIG.test(value)
  const laterFile = path(overruledLater ? LATER_GIT_CONFIG : GIT_CONFIG)
  const laterConfig = [IN_CLONES_OF_GO, laterFile, env, isEarlier] as const
  const exported =
    facts.later === 'steps'
      ? exportGitConfig(...laterConfig)
      : { variables: appendGitConfig(...laterConfig), warnings: [] }
  return ok({
    files: {
      ...Object.fromEntries(credentials.map(({ user, token }, i) => [`token-${i}`, renderAnswer(user, token)])),
      ...(logins.value.length > 0 && { [NETRC]: renderNetrc(logins.value, facts.netrc) }),
      ...(aliases.length > 0 && sshFiles(aliases, placed, facts)),
      [GIT_CONFIG]: configOf(claims),
      ...(overruledLater && { [LATER_GIT_CONFIG]: configOf(claims.filter(({ kind }) => kind === 'token')) }),
    },
    download: {
      ...variables,
      ...(overruled && { GIT_SSH_COMMAND: command }),
      ...appendGitConfig('include.path', path(GIT_CONFIG), env, isEarlier),
    },
    later: {
      ...variables,
      ...(overruled && !overruledLater && { GIT_SSH_COMMAND: command }),
      ...exported.variables,
    },
    places: claims,
    warnings: [
      ...warnOfKeys(facts, placed),
      ...(overruledLater ? [SSH_COMMAND_SET] : []),
      ...(logins.value.length > 0 && !facts.goReadsNetrc ? [GOAUTH_WITHOUT_NETRC] : []),
      ...(facts.later !== 'nobody' && readsNetrcVariable(facts.git) ? foundByGit(logins.value) : []),
      ...exported.warnings,
      ...probedModules(facts, claims),
    ],
  })
}

const SSH_COMMAND_SET: Problem = {
  code: 'CREDENTIALS_SSH_COMMAND',
  message:
    'GIT_SSH_COMMAND is set, and git then looks at no configuration: this step uses the keys of ssh-key, later steps use what GIT_SSH_COMMAND says.',
  hint: 'Where later steps need the keys, put that command into git’s configuration instead: git config --global core.sshCommand "…".',
}

/** The hosts that keys are for: what ssh is asked about before the plan is made. */
export function hostsOfKeys(facts: Facts): readonly string[] {
  return [...new Set(placeKeys(facts).map(({ place }) => place.host))]
}

/**
 * A path with `.git` in it is no host's that go knows, nor does go ask for its page: it runs `git ls-remote` wherever it
 * stands, which sees nothing of a configuration for go's clones alone. Source: cmd/go/internal/vcs, vcsPaths.
 */
function probedModules({ modules, later }: Facts, claims: readonly Claim[]): readonly Problem[] {
  const probed = modules.filter(
    module =>
      /\.git(\/|$)/.test(module) &&
      claims.some(({ place }) => covers(place, { ...placeOfModule(module), port: place.port })),
  )
  if (probed.length === 0 || later === 'nobody') return []
  const [who, what] =
    later === 'steps'
      ? ['later steps have', 'This step downloads them; `go get` of another version in a later step will fail.']
      : ['the command has', '`go-proxy-setup download` before it fetches them.']
  return [
    {
      code: 'CREDENTIALS_GIT_SUFFIX',
      message: `go looks for modules with .git in their path outside its own clones, where ${who} no credentials: ${probed.slice(0, 3).join(', ')}. ${what}`,
      hint: 'Where the host serves go-get pages (GitLab, Gitea), leave .git out of the module path.',
    },
  ]
}

type PlacedAlias = SshAlias & { readonly place: Place; readonly keys: readonly string[] }

function planAliases(placed: readonly PlacedKey[], facts: Facts): readonly PlacedAlias[] {
  const { directory, knownHosts, sshHosts } = facts
  const places = [...new Map(placed.map(({ place }) => [showPlace(place), place])).values()]
  const pems = [...new Set(placed.map(({ pem }) => pem))]
  return places.map((place, i) => {
    const keys = placed.filter(key => showPlace(key.place) === showPlace(place)).map(({ pem }) => pem)
    const host = sshHosts.get(place.host) ?? parseSshHost(place.host, '')
    const name = host.hostKeyAlias ?? place.host
    const known = isKnownHost(name, knownHosts)
    return {
      place,
      keys,
      // The host's name first, for ssh's messages show the alias.
      alias: `${place.host}.${tagOf(directory)}-${i}`,
      host: { ...host, port: place.port ?? host.port, hostKeyAlias: known ? name : host.hostKeyAlias },
      keyFiles: keys.map(pem => `${directory}/key-${pems.indexOf(pem)}`),
      knownHostsFile: known ? `${directory}/${KNOWN_HOSTS}` : undefined,
    }
  })
}

/** In every alias of one use, and in no other's. */
function tagOf(directory: string): string {
  return `go-proxy-setup-${createHash('sha256').update(directory).digest('hex').slice(0, 8)}`
}

function sshFiles(
  aliases: readonly PlacedAlias[],
  placed: readonly PlacedKey[],
  { knownHosts, sshUsersFile }: Facts,
): Readonly<Record<string, string>> {
  const pems = [...new Set(placed.map(({ pem }) => pem))]
  return {
    ...Object.fromEntries(pems.map((pem, i) => [`key-${i}`, pem])),
    [KNOWN_HOSTS]: renderKnownHosts(knownHosts),
    [SSH_CONFIG]: renderSshConfig(aliases, sshUsersFile),
  }
}
