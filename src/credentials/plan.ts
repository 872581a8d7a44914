import type { Environment } from '../effects.ts'
import { ok, type Problem, type Result } from '../errors.ts'
import { isModulePath } from '../go/escape.ts'
import { isOlder } from '../go/version.ts'
import { covers, placeOfModule, showPlace } from '../places/place.ts'
import { sanitizeLine } from '../text/sanitiser.ts'
import { type PlacedAlias, planAliases, SSH_CONFIG, sshFiles } from './aliases.ts'
import type { Credential } from './credential.ts'
import type { CredentialFacts } from './facts.ts'
import { type Rewrite, renderAnswer, renderGitConfig } from './git-config.ts'
import { appendGitConfig, type ExportedGitConfig, exportGitConfig } from './git-environment.ts'
import { type GitUrl, showGitUrl } from './git-url.ts'
import { askBeforeNetrc, type HttpVariable, readsNetrcVariable, sendBeforeNetrc } from './git-version.ts'
import { literalPatterns, type PlacedKey, placeKeys, placeLed, warnOfKeys } from './key-places.ts'
import { findLayouts, type Layouts, serverOf } from './layouts.ts'
import { foundByGit, GOAUTH_WITHOUT_NETRC, type NetrcEntry, netrcFormOf, planNetrc, renderNetrc } from './netrc.ts'
import type { Claim } from './owners.ts'
import { type Overruled, type PlannedRewrites, planRewrites } from './rewrites.ts'
import { sshCommand, sshProgram, usersSshCommand } from './ssh.ts'
import type { KnownKey } from './tried.ts'

/** The files to write, and the variables that point go and git to them. */
export interface CredentialPlan {
  /** By path below `directory`. */
  readonly files: Readonly<Record<string, string>>
  /** For our own go. */
  readonly download: Environment
  /** For later commands: git uses it in go's clones and nowhere else. */
  readonly later: Environment
  readonly places: readonly Claim[]
  /** To say later which key was tried. */
  readonly keys: readonly KnownKey[]
  /** Ours alone. */
  readonly rewrites: readonly Rewrite[]
  readonly warnings: readonly Problem[]
}

export const GIT_CONFIG = 'git.config'
/** For later steps, where it says less. */
const LATER_GIT_CONFIG = 'git-later.config'
const EARLIER_GIT_CONFIG = /\/credentials\/git(-later)?\.config$/
const NETRC = 'netrc'
/** Only go keeps its clones there. */
const IN_CLONES_OF_GO = 'includeIf.gitdir:**/cache/vcs/**.path'

/** Before it, go sets GIT_SSH_COMMAND itself and so overrules git's configuration. */
const MODERN_GO = 'go1.25'

export function planCredentials(unchecked: CredentialFacts): Result<CredentialPlan> {
  const facts = { ...unchecked, modules: unchecked.modules.filter(isModulePath) }
  const { credentials, env } = facts
  const logins = planNetrc(credentials, netrcFormOf(facts.goVersion, facts.installedGo))
  if (!logins.ok) return logins
  const { placed, aliases, claims } = claimPlaces(facts)
  const { rewrites, overruled: overruledRewrites } = rewritesOf(claims, facts)
  const hasKeys = aliases.length > 0
  const command = sshCommand(pathOf(SSH_CONFIG, facts), usersSshCommand(env, facts.usersGit.sshCommand))
  // git asks nothing else where this is set. In later steps it is the user's, and their git works as before; of a
  // command that we start it is ours, which takes to the user's whatever is not for our keys.
  const overruled = hasKeys && Boolean(env['GIT_SSH_COMMAND'])
  const overruledLater = overruled && facts.later === 'steps'
  const variables = {
    ...(logins.value.length > 0 && { NETRC: pathOf(NETRC, facts) }),
    ...(hasKeys && isOlder(facts.goVersion, MODERN_GO) && sshProgram(env)),
  }
  const exported = exportLater(overruledLater ? LATER_GIT_CONFIG : GIT_CONFIG, hasKeys, facts)
  return ok({
    files: {
      ...Object.fromEntries(credentials.map(({ user, token }, i) => [`token-${i}`, renderAnswer(user, token)])),
      ...(logins.value.length > 0 && { [NETRC]: renderNetrc(logins.value, facts.netrc) }),
      ...(hasKeys && sshFiles(aliases, placed, facts)),
      [GIT_CONFIG]: configOf(rewrites, hasKeys ? command : undefined, facts),
      ...(overruledLater && {
        [LATER_GIT_CONFIG]: configOf(
          rewritesOf(
            claims.filter(({ kind }) => kind === 'token'),
            facts,
          ).rewrites,
          undefined,
          facts,
        ),
      }),
    },
    download: {
      ...variables,
      ...(overruled && { GIT_SSH_COMMAND: command }),
      ...appendGitConfig('include.path', pathOf(GIT_CONFIG, facts), env, isEarlierOf(hasKeys)),
    },
    later: {
      ...variables,
      ...(overruled && !overruledLater && { GIT_SSH_COMMAND: command }),
      ...exported.variables,
    },
    // What only a URL that names another port leads to is the same key's.
    places: claims.filter(claim => claim.kind === 'token' || claim.onlyLed !== true),
    keys: aliases.map(alias => toKnownKey(alias, layoutsOf(facts))),
    rewrites,
    warnings: [
      ...warnOfKeys(facts, placed),
      ...warnOfRewrites(overruledRewrites),
      ...(overruledLater ? [SSH_COMMAND_SET] : []),
      ...warnOfNetrc(logins.value, facts),
      ...exported.warnings,
      ...probedModules(facts, claims),
    ],
  })
}

/** Every place that something is given for, with the names under which ssh takes its keys. */
function claimPlaces(facts: CredentialFacts) {
  const placed = placeAllKeys(facts)
  const aliases = planAliases(placed, layoutsOf(facts), facts)
  const claims: readonly Claim[] = [
    ...facts.credentials.map((place): Claim => ({ kind: 'token', place })),
    ...aliases.map(({ place, alias, onlyLed }): Claim => ({ kind: 'key', place, alias, onlyLed })),
  ]
  return { placed, aliases, claims }
}

function placeAllKeys(facts: CredentialFacts): readonly PlacedKey[] {
  const placed = placeKeys(facts)
  return [...placed, ...placeLed(placed, facts.usersGit.rewrites, layoutsOf(facts))]
}

function warnOfNetrc(logins: readonly NetrcEntry[], { goReadsNetrc, later, git }: CredentialFacts): readonly Problem[] {
  return [
    ...(logins.length > 0 && !goReadsNetrc ? [GOAUTH_WITHOUT_NETRC] : []),
    ...(later !== 'nobody' && readsNetrcVariable(git) ? foundByGit(logins) : []),
  ]
}

function toKnownKey({ place, alias, lines }: PlacedAlias, layouts: Layouts): KnownKey {
  // Host and port that the user named: ssh's configuration may lead on from there.
  return { ...place, alias, lines, server: serverOf(place, layouts) }
}

function pathOf(name: string, { directory }: CredentialFacts): string {
  return `${directory}/${name}`
}

/** @param command what git runs as ssh; undefined: there are no keys */
function configOf(rewrites: readonly Rewrite[], command: string | undefined, facts: CredentialFacts): string {
  const layouts = layoutsOf(facts)
  return renderGitConfig({
    helpers: facts.credentials.map((place, i) => ({
      place,
      urlPath: layouts(place.host).httpsPath(place.path),
      file: pathOf(`token-${i}`, facts),
      http: httpOf(place, facts),
    })),
    rewrites,
    sshCommand: command,
  })
}

function httpOf(
  credential: Credential,
  { inNetrc, git, refusingEmptyLogin }: CredentialFacts,
): readonly HttpVariable[] {
  if (!inNetrc.includes(credential.host)) return []
  const { line, user, token } = credential
  return refusingEmptyLogin.includes(line) ? sendBeforeNetrc(user, token) : [askBeforeNetrc(git)]
}

function rewritesOf(claims: readonly Claim[], facts: CredentialFacts): PlannedRewrites {
  return planRewrites(claims, knownPaths(facts), facts.usersGit.rewrites, layoutsOf(facts))
}

function knownPaths({ modules, privatePatterns }: CredentialFacts): readonly string[] {
  return [...modules, ...literalPatterns(privatePatterns)]
}

function layoutsOf(facts: CredentialFacts): Layouts {
  const keys = facts.keys.flatMap(({ place }) => place ?? [])
  return findLayouts(
    knownPaths(facts),
    facts.usersGit.rewrites.flatMap(({ from }) => from),
    keys,
  )
}

/** The variables by which later commands find the git configuration. */
function exportLater(file: string, hasKeys: boolean, facts: CredentialFacts): ExportedGitConfig {
  const entry = [IN_CLONES_OF_GO, pathOf(file, facts), facts.env, isEarlierOf(hasKeys)] as const
  return facts.later === 'steps' ? exportGitConfig(...entry) : { variables: appendGitConfig(...entry), warnings: [] }
}

/** Only a key's rewrites lead elsewhere than those of an earlier use for the same place. */
function isEarlierOf(hasKeys: boolean): (value: string) => boolean {
  return value => hasKeys && EARLIER_GIT_CONFIG.test(value)
}

const SSH_COMMAND_SET: Problem = {
  code: 'CREDENTIALS_SSH_COMMAND',
  message:
    'GIT_SSH_COMMAND is set and overrides git’s configuration: this step uses the keys of ssh-key, later steps use GIT_SSH_COMMAND.',
  hint: 'If later steps need the keys, put that command into git’s configuration instead: git config --global core.sshCommand "…".',
}

/** The hosts that keys are for: what ssh is asked about before the plan is made. */
export function hostsOfKeys(facts: CredentialFacts): readonly string[] {
  const layouts = layoutsOf(facts)
  return [...new Set(placeAllKeys(facts).map(({ place }) => serverOf(place, layouts).host))]
}

/** Of the user's rewrites that go's clones do not take, each once. */
function warnOfRewrites(overruled: readonly Overruled[]): readonly Problem[] {
  return overruled.map(({ from, to, claim }) => ({
    code: 'CREDENTIALS_REWRITE',
    message: `git’s configuration rewrites ${showGitUrl(from)} to ${showGitUrl(to)}, for which no credentials are given here. go’s clones do not follow it: they use the ${claim.kind === 'token' ? 'token' : 'SSH key'} for ${showPlace(claim.place)}.`,
    hint: `If the rewrite is needed, give ${to.over === 'ssh' ? `an ssh-key with the line \`${placeForHeading(to)}:\` before it` : `a token for ${placeForHeading(to)} in credentials`}.`,
  }))
}

function placeForHeading({ host, port, path }: GitUrl): string {
  return showPlace({ host, port, path: sanitizeLine(path.replace(/^\/+|(\.git)?\/*$/g, '')) })
}

/**
 * A path with `.git` in it is no host's that go knows, nor does go ask for its page: it runs `git ls-remote` wherever it
 * stands, which sees nothing of a configuration for go's clones alone. Source: cmd/go/internal/vcs, vcsPaths.
 */
function probedModules({ modules, later }: CredentialFacts, claims: readonly Claim[]): readonly Problem[] {
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
