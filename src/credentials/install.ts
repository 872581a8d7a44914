import { dirname, join } from 'node:path'
import type { Commands, Environment, Files, Log } from '../effects.ts'
import { codeOf, failed, ok, type Problem, type Result } from '../errors.ts'
import type { ModuleVersion } from '../go/module.ts'
import { closest, httpsUrl, type Place, placeOfModule, placeOfWebUrl } from '../places/place.ts'
import type { Login } from '../upstream/fetch.ts'
import { type Admitted, admitCredentials, type CredentialInputs } from './admit.ts'
import { SSH_CONFIG } from './aliases.ts'
import type { OwnProxy } from './credential.ts'
import type { CredentialFacts } from './facts.ts'
import { NO_USERS_GIT, parseUsersGit, USERS_GIT_NAMES, type UsersGit } from './git-config.ts'
import { asksFirst, type GitVersion, parseGitVersion, whyTooOld } from './git-version.ts'
import { machinesIn } from './netrc.ts'
import { type CredentialPlan, GIT_CONFIG, hostsOfKeys, planCredentials } from './plan.ts'
import { parseSshHost, renderUsersConfig, type SshHost } from './ssh.ts'
import type { KnownCredentials } from './tried.ts'

export interface CredentialsWorld {
  readonly files: Files
  readonly commands: Commands
  readonly log: Log
  readonly platform: NodeJS.Platform
  /** For one question to ssh, or to a host through git. */
  readonly timeoutMs: number
  /** Between SIGTERM and SIGKILL, for a git that got no answer. */
  readonly graceMs: number
}

/** What the job is about, as far as credentials go. */
export interface CredentialsOptions {
  readonly inputs: CredentialInputs
  /** The environment of the job. */
  readonly env: Environment
  /** The environment of commands that we start: without the job's own secrets. */
  readonly childEnv: Environment
  /** GOPRIVATE patterns as they will be in force. */
  readonly patterns: string
  /** The same without those of earlier uses in the job: what a key that names no place is for. */
  readonly keyPatterns: string
  /** What go.mod says; an attacker may have written it. */
  readonly modules: readonly ModuleVersion[]
  /** URLs of the user's own proxies. */
  readonly ownProxies: readonly string[]
  /** Whether go or git will use them; else only we do, and nothing is written. */
  readonly toFiles: boolean
  /** Of the go that will ask, as `go env GOVERSION` prints it. */
  readonly goVersion: string
  /** The same of the go that is installed, which may have to fetch the other one. */
  readonly installedGo: string
  /** Whether it looks for logins in the netrc file, too. */
  readonly goReadsNetrc: boolean
  readonly later: CredentialFacts['later']
  /** Where the files go: below our temporary directory, whose removal is arranged already. Absolute. */
  readonly directory: string
}

/** Credentials that go, git and ssh use now. */
export interface Credentials {
  /** For our own go. */
  readonly download: Environment
  /** For later steps, or the command that is run. */
  readonly later: Environment
  /** For what we fetch ourselves, and to say what was tried. */
  readonly known: KnownCredentials
  readonly warnings: readonly Problem[]
  /** What the user should know and cannot change; undefined: nothing. */
  readonly notice: string | undefined
}

/** Writes what go, git and ssh need to use the credentials given; nothing where there are none to use. */
export async function installCredentials(
  options: CredentialsOptions,
  world: CredentialsWorld,
): Promise<Result<Credentials>> {
  const { inputs, env, patterns, directory } = options
  const proxies = options.ownProxies.flatMap(url => toOwnProxy(url) ?? [])
  const payload = await readPayload(env, world.files)
  const admitted = admitCredentials(inputs, { env, payload, patterns, proxies })
  const { credentials, keys, warnings, notice, empty, withheldIn } = admitted
  const known: KnownCredentials = { logins: credentials, keys: [], empty, withheldIn, own: proxies, patterns }
  if (!options.toFiles || (credentials.length === 0 && keys.length === 0))
    return ok({ download: {}, later: {}, known, warnings, notice })
  const facts = await gatherFacts(options, admitted, world)
  try {
    const users = { [SSH_USERS]: renderUsersConfig(findSshFiles(env, world.platform)) }
    await write(keys.length > 0 ? users : {}, directory, world.files)
    const asked = { ...facts, sshHosts: await askSsh(facts, options, world) }
    const first = planCredentials(asked)
    if (!first.ok) return first
    await write(first.value.files, directory, world.files)
    const refusingEmptyLogin = await findRefusing(asked, first.value, options, world)
    const plan = refusingEmptyLogin.length === 0 ? first : planCredentials({ ...asked, refusingEmptyLogin })
    if (!plan.ok) return plan
    await write(plan.value.files, directory, world.files)
    const { download, later, keys: knownKeys, rewrites } = plan.value
    const tooOld = whyTooOld(facts.git)
    return ok({
      download,
      later,
      known: { ...known, keys: knownKeys, rewrites: [...facts.usersGit.rewrites, ...rewrites] },
      warnings: [...warnings, ...plan.value.warnings, ...(tooOld === undefined ? [] : [tooOld])],
      notice,
    })
  } catch (error) {
    await world.files.remove(directory)
    return failed(unwritten(error))
  }
}

/** Everything that the plan needs but what ssh says of the hosts, which is asked with a file that is not there yet. */
async function gatherFacts(
  options: CredentialsOptions,
  { credentials, keys }: Admitted,
  world: CredentialsWorld,
): Promise<CredentialFacts> {
  const { env } = options
  const { forGo, forGit } = await readNetrc(env, world)
  const machines = [...machinesIn(forGo), ...machinesIn(forGit)]
  const hosts = credentials.map(({ host }) => host)
  const git = await askGit(options, world)
  return {
    directory: options.directory.replaceAll('\\', '/'),
    credentials,
    keys,
    knownHosts: options.inputs.sshKnownHosts,
    modules: options.modules.map(({ path }) => path),
    privatePatterns: options.keyPatterns,
    goVersion: options.goVersion,
    installedGo: options.installedGo,
    goReadsNetrc: options.goReadsNetrc,
    env,
    later: options.later,
    netrc: forGo,
    sshHosts: new Map(),
    usersGit: git.users,
    git: git.version,
    inNetrc: [...new Set(hosts.filter(host => machines.includes(host) || machines.includes('default')))],
    refusingEmptyLogin: [],
    sshUsersFile: join(options.directory, SSH_USERS).replaceAll('\\', '/'),
  }
}

const SSH_USERS = 'ssh-users.config'

function toOwnProxy(url: string): OwnProxy | undefined {
  const place = placeOfWebUrl(url)
  if (place === undefined) return undefined
  const { protocol, username, password } = new URL(url)
  return { ...place, overHttp: protocol === 'http:', withLogin: username !== '' || password !== '' }
}

async function write(files: CredentialPlan['files'], directory: string, system: Files): Promise<void> {
  await system.makeDirectory(directory, 0o700)
  for (const [name, text] of Object.entries(files)) await system.write(join(directory, name), text, 0o600)
}

function unwritten(error: unknown): Problem {
  return {
    code: 'CREDENTIALS_UNWRITTEN',
    message: `The files for the credentials could not be written (${codeOf(error)}).`,
    hint: 'Check that the disk of RUNNER_TEMP has space and that this user may write there.',
  }
}

/** The event as GitHub wrote it down for the job. */
export async function readPayload(env: Environment, files: Pick<Files, 'readText'>): Promise<unknown> {
  const path = env['GITHUB_EVENT_PATH']
  if (!path) return undefined
  try {
    return JSON.parse((await files.readText(path)) ?? '')
  } catch {
    return undefined
  }
}

/** The logins of the inputs for proxies, before anything is known of the project; no file is written for them. */
export async function findLogins(
  inputs: CredentialInputs,
  env: Environment,
  files: Pick<Files, 'readText'>,
): Promise<readonly Login[]> {
  const payload = await readPayload(env, files)
  return admitCredentials(inputs, { env, payload, patterns: '', proxies: [] }).credentials
}

/**
 * Go takes the one that NETRC names, or else the first in the home directory; git that one, and with libcurl from 8.16
 * the same as go. Source: cmd/go/internal/auth, netrcPath; libcurl, CURLOPT_NETRC.
 */
export async function readNetrc(
  env: Environment,
  { files, platform }: Pick<CredentialsWorld, 'files' | 'platform'>,
): Promise<{ readonly forGo: string; readonly forGit: string }> {
  const home = homeOf(env, platform)
  const names = [...(platform === 'win32' ? ['_netrc'] : []), '.netrc']
  const firstOf = async (paths: readonly string[]) => {
    const texts = await Promise.all(paths.map(path => files.readText(path).catch(() => undefined)))
    return texts.find(text => text !== undefined) ?? ''
  }
  const forGit = await firstOf(home === undefined ? [] : names.map(name => join(home, name)))
  return { forGo: env['NETRC'] ? await firstOf([env['NETRC']]) : forGit, forGit }
}

function homeOf(env: Environment, platform: NodeJS.Platform): string | undefined {
  return (platform === 'win32' ? env['USERPROFILE'] : env['HOME']) || undefined
}

/** What ssh reads when no -F is given, and what an earlier use in this job made. Source: ssh(1), FILES. */
function findSshFiles(env: Environment, platform: NodeJS.Platform): readonly string[] {
  const home = homeOf(env, platform)
  // Two programs on Windows: its own, and the one that comes with git.
  const system = [...(platform === 'win32' ? [`${env['PROGRAMDATA'] ?? 'C:/ProgramData'}/ssh`] : []), '/etc/ssh']
  const earlier = Object.entries(env).flatMap(([name, value]) =>
    /^GIT_CONFIG_VALUE_\d+$/.test(name) && value?.endsWith(`/credentials/${GIT_CONFIG}`)
      ? [value.replace(/[^/]+$/, SSH_CONFIG)]
      : [],
  )
  // ssh itself asks the system for the home directory, which in containers is another one than HOME says.
  const users = ['~/.ssh/config', ...(home === undefined ? [] : [join(home, '.ssh', 'config')])]
  return [...earlier, ...users, ...system.map(directory => `${directory}/ssh_config`)].map(path =>
    path.replaceAll('\\', '/'),
  )
}

/** What the user's git is configured to do, and what it can do. */
async function askGit(
  { childEnv, directory }: CredentialsOptions,
  { commands, timeoutMs }: CredentialsWorld,
): Promise<{ readonly users: UsersGit; readonly version: GitVersion }> {
  const options = { cwd: dirname(directory), env: childEnv, timeoutMs }
  const [config, version] = await Promise.all([
    commands.run('git', ['config', '--null', '--get-regexp', USERS_GIT_NAMES], options),
    commands.run('git', ['version', '--build-options'], options),
  ])
  return {
    users: config.exitCode === 0 ? parseUsersGit(config.stdout) : NO_USERS_GIT,
    version: parseGitVersion(version.stdout),
  }
}

/**
 * Which hosts answer 403 to the empty login that git before 2.46 sends where a netrc file has one for the host. git itself
 * asks, with all that it is configured to do but for the credentials, each place once. A private proxy's server is not asked
 * unless modules lie there: git does not go to it.
 * @returns lines of credentials
 */
async function findRefusing(
  { credentials, inNetrc, git, modules }: CredentialFacts,
  { download }: CredentialPlan,
  { childEnv, directory, ownProxies }: CredentialsOptions,
  { commands, timeoutMs, graceMs }: CredentialsWorld,
): Promise<readonly number[]> {
  if (asksFirst(git)) return []
  const proxies = ownProxies.flatMap(url => toOwnProxy(url) ?? [])
  const env = { ...childEnv, ...download, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' }
  const anyPort = credentials.map(credential => ({ ...credential, port: undefined }))
  const answers = credentials
    .filter(({ host }) => inNetrc.includes(host))
    .map(async credential => {
      const inside = modules.map(placeOfModule).find(place => closest(anyPort, place)?.line === credential.line)
      if (inside === undefined && proxies.some(proxy => isSameServer(proxy, credential))) return []
      const url = httpsUrl({ ...credential, path: inside?.path ?? credential.path })
      const silenced = `credential.${httpsUrl(credential).replace(/\/$/, '')}.helper=`
      const args = ['-c', silenced, 'ls-remote', '-q', url, 'HEAD']
      const options = { cwd: dirname(directory), env, timeoutMs, graceMs }
      const { exitCode, stderr } = await commands.runOrEnd('git', args, options)
      return exitCode !== 0 && / error: 403\b/.test(stderr) ? [credential.line] : []
    })
  return (await Promise.all(answers)).flat()
}

function isSameServer(a: Place, b: Place): boolean {
  return a.host === b.host && a.port === b.port
}

/** How the user's configuration reaches each host. Where ssh does not say, a host is reached by its name. */
async function askSsh(
  facts: CredentialFacts,
  { childEnv, directory }: CredentialsOptions,
  { commands, timeoutMs }: CredentialsWorld,
): Promise<ReadonlyMap<string, SshHost>> {
  const answers = await Promise.all(
    hostsOfKeys(facts).map(async host => {
      const options = { cwd: directory, env: childEnv, timeoutMs }
      const { exitCode, stdout } = await commands.run('ssh', ['-F', facts.sshUsersFile, '-G', host], options)
      return exitCode === 0 ? [[host, parseSshHost(host, stdout)] as const] : []
    }),
  )
  return new Map(answers.flat())
}
