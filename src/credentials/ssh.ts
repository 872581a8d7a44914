import type { Environment } from '../effects.ts'
import { quoteForShell } from './git-config.ts'

/** How a host is reached: what the user's own configuration of ssh says about it. */
export interface SshHost {
  readonly hostName: string
  readonly port: number
  /** Under which name its key is looked up. */
  readonly hostKeyAlias: string
  readonly proxyCommand: string | undefined
  readonly proxyJump: string | undefined
}

/** A name of ours for a host, under which ssh takes certain keys and no others. */
export interface SshAlias {
  readonly alias: string
  readonly host: SshHost
  /** Absolute paths. */
  readonly keyFiles: readonly string[]
  /** undefined: the user's and the system's own files. */
  readonly knownHostsFile: string | undefined
}

/** Reads what `ssh -G host` prints. */
export function parseSshHost(host: string, printed: string): SshHost {
  const values = new Map(
    printed.split(/\r?\n/).map((line): [string, string] => {
      const [, name = '', value = ''] = /^(\S+) (.*)$/.exec(line) ?? []
      return [name.toLowerCase(), value]
    }),
  )
  const read = (name: string) => (values.get(name) === 'none' ? undefined : values.get(name) || undefined)
  const port = Number(read('port') ?? 22)
  return {
    hostName: read('hostname') ?? host,
    port: Number.isInteger(port) && port > 0 ? port : 22,
    hostKeyAlias: read('hostkeyalias') ?? host,
    proxyCommand: read('proxycommand'),
    proxyJump: read('proxyjump'),
  }
}

/** How long a connection may take to be made; ssh itself would wait for minutes. */
const CONNECT_SECONDS = 10

/** @param paths the files that ssh would read by itself, and those of an earlier use in this job */
export function renderUsersConfig(paths: readonly string[]): string {
  return paths.map(path => `Include ${quotePath(path)}\n`).join('')
}

/**
 * A configuration file for `ssh -F`: our aliases, and for every other host what would hold without it.
 * @param usersFile path of the file with `renderUsersConfig`
 */
export function renderSshConfig(aliases: readonly SshAlias[], usersFile: string): string {
  const except = aliases.map(({ alias }) => ` !${alias}`).join('')
  return [...aliases.flatMap(renderAlias), `Host *${except}`, `  Include ${quotePath(usersFile)}`, ''].join('\n')
}

function renderAlias({ alias, host, keyFiles, knownHostsFile }: SshAlias): readonly string[] {
  const options: readonly (readonly [string, string] | undefined)[] = [
    ['HostName', host.hostName],
    ['Port', String(host.port)],
    ['HostKeyAlias', host.hostKeyAlias],
    host.proxyCommand === undefined ? undefined : ['ProxyCommand', host.proxyCommand],
    host.proxyJump === undefined ? undefined : ['ProxyJump', host.proxyJump],
    ...keyFiles.map(path => ['IdentityFile', quotePath(path)] as const),
    ['IdentitiesOnly', 'yes'],
    ['IdentityAgent', 'none'],
    ['PreferredAuthentications', 'publickey'],
    ['BatchMode', 'yes'],
    ['StrictHostKeyChecking', 'yes'],
    ['UpdateHostKeys', 'no'],
    knownHostsFile === undefined ? undefined : ['UserKnownHostsFile', quotePath(knownHostsFile)],
    knownHostsFile === undefined ? undefined : ['GlobalKnownHostsFile', 'none'],
    ['ControlMaster', 'no'],
    ['ControlPath', 'none'],
    ['ForwardAgent', 'no'],
    ['ConnectTimeout', String(CONNECT_SECONDS)],
  ]
  return [`Host ${alias}`, ...options.flatMap(option => (option === undefined ? [] : [`  ${option.join(' ')}`]))]
}

/** ssh replaces `%` and a letter in the names of files. */
function quotePath(path: string): string {
  return `"${path.replaceAll('%', '%%')}"`
}

/** The command for `core.sshCommand`. */
export function sshCommand(configFile: string): string {
  return `ssh -F ${quoteForShell(configFile)}`
}

/**
 * A shell script for GIT_SSH_COMMAND, which goes before `core.sshCommand`: our aliases are taken to our configuration,
 * everything else to what git would have used without us.
 * @param tag what every alias of ours holds
 */
export function renderSshWrapper(tag: string, configFile: string, env: Environment): string {
  return [
    'for word in "$@"; do',
    `  case $word in *${tag}*) exec ssh -F ${quoteForShell(configFile)} "$@" ;; esac`,
    'done',
    renderUsersOwn(env),
    '',
  ].join('\n')
}

/**
 * The command that calls the script. Variables outlive post: once our files are gone, git is as it was before.
 * @param script its path
 */
export function wrapperCommand(script: string, env: Environment): string {
  const path = quoteForShell(script)
  return `f() { if test -f ${path}; then sh ${path} "$@"; else ${renderUsersOwn(env)}; fi; }; f`
}

/** The order in which git looks. Source: git(1), GIT_SSH_COMMAND; git-config(1), core.sshCommand. */
function renderUsersOwn(env: Environment): string {
  const command = env['GIT_SSH_COMMAND']
  if (command) return `${command} "$@"`
  const program = env['GIT_SSH']
  if (program) return `${quoteForShell(program)} "$@"`
  return 'command=$(git config --get core.sshCommand); test -n "$command" || command=ssh; eval "$command \\"\\$@\\""'
}
