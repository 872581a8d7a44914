import type { Environment } from '../effects.ts'
import { quoteForShell } from '../text/shell.ts'

/** How a host is reached: what the user's own configuration of ssh says about it. */
export interface SshHost {
  readonly hostName: string
  readonly port: number
  /** Under which name its key is looked up; undefined: `hostName`, with the port where it is not 22. */
  readonly hostKeyAlias: string | undefined
  /** Names of files, as a configuration has them; undefined: ssh's own. */
  readonly userKnownHosts: string | undefined
  readonly globalKnownHosts: string | undefined
  readonly proxyCommand: string | undefined
  readonly proxyJump: string | undefined
}

/** A name of ours for a host, under which ssh takes certain keys and no others. */
export interface SshAlias {
  readonly alias: string
  readonly host: SshHost
  /** Absolute paths. */
  readonly keyFiles: readonly string[]
  /** undefined: those of `host`. */
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
  // They are printed without quotes, so a home directory with a space in its name is better left to ssh.
  const files = (name: string) => {
    const value = values.get(name)
    return !value || /^(.*)known_hosts \1known_hosts2$/.test(value) ? undefined : value.replaceAll('%', '%%')
  }
  const port = Number(read('port') ?? 22)
  return {
    hostName: read('hostname') ?? host,
    port: Number.isInteger(port) && port > 0 ? port : 22,
    hostKeyAlias: read('hostkeyalias'),
    userKnownHosts: files('userknownhostsfile'),
    globalKnownHosts: files('globalknownhostsfile'),
    proxyCommand: read('proxycommand'),
    proxyJump: read('proxyjump'),
  }
}

/** How long a connection may take to be made; ssh itself would wait for minutes. */
const CONNECT_SECONDS = 10

/** @param paths the files that ssh would read by itself, and those of an earlier use in this job, with slashes */
export function renderUsersConfig(paths: readonly string[]): string {
  return paths
    .flatMap(writings)
    .map(path => `Include ${quotePath(path)}\n`)
    .join('')
}

/**
 * The ssh that comes with git for Windows takes a path that begins with neither `/` nor `~` as one below ~/.ssh, and
 * calls drives `/d`; that of Windows knows `D:`. What either does not find is left out. Source: OpenSSH, readconf.c.
 */
function writings(path: string): readonly string[] {
  const [, drive, rest] = /^([a-z]):(\/.*)$/i.exec(path) ?? []
  return drive === undefined ? [path] : [path, `/${drive.toLowerCase()}${rest}`]
}

/**
 * A configuration file for `ssh -F`: our aliases, and for every other host what would hold without it.
 * @param usersFile path of the file with `renderUsersConfig`
 */
export function renderSshConfig(aliases: readonly SshAlias[], usersFile: string): string {
  const except = aliases.map(({ alias }) => ` !${alias}`).join('')
  return [...aliases.flatMap(renderAlias), `Host *${except}`, renderUsersConfig([usersFile])].join('\n')
}

function renderAlias({ alias, host, keyFiles, knownHostsFile }: SshAlias): readonly string[] {
  const [users, globals] =
    knownHostsFile === undefined ? [host.userKnownHosts, host.globalKnownHosts] : [quotePath(knownHostsFile), 'none']
  const options: readonly (readonly [string, string | undefined])[] = [
    ['HostName', host.hostName],
    ['Port', String(host.port)],
    ['HostKeyAlias', host.hostKeyAlias],
    ['ProxyCommand', host.proxyCommand],
    ['ProxyJump', host.proxyJump],
    ...keyFiles.map(path => ['IdentityFile', quotePath(path)] as const),
    ['IdentitiesOnly', 'yes'],
    ['IdentityAgent', 'none'],
    ['PreferredAuthentications', 'publickey'],
    ['BatchMode', 'yes'],
    ['StrictHostKeyChecking', 'yes'],
    ['UpdateHostKeys', 'no'],
    ['UserKnownHostsFile', users],
    ['GlobalKnownHostsFile', globals],
    ['ControlMaster', 'no'],
    ['ControlPath', 'none'],
    ['ForwardAgent', 'no'],
    ['ConnectTimeout', String(CONNECT_SECONDS)],
  ]
  return [`Host ${alias}`, ...options.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name} ${value}`]))]
}

/** ssh replaces `%` and a letter in the names of files. */
function quotePath(path: string): string {
  return `"${path.replaceAll('%', '%%')}"`
}

/** In every name of ours for a host: `github.com.go-proxy-setup-0123abcd-0`. */
const ALIAS_GLOB = `*.go-proxy-setup-${'[0-9a-f]'.repeat(8)}-*`

/**
 * The command for `core.sshCommand` of go's git: our aliases, an earlier use's too, are taken to our configuration, and
 * everything else to what git would have used. It asks no questions, and no shared connection is started: its background
 * process would keep go waiting. Before 1.25 go itself saw to that.
 * @param users the user's own command; undefined: none, and `configFile` knows what holds for other hosts
 */
export function sshCommand(configFile: string, users: string | undefined): string {
  const ours = `ssh -F ${quoteForShell(configFile)} -o BatchMode=yes -o ControlMaster=no`
  if (users === undefined) return ours
  return `f() { case " $*" in ${ALIAS_GLOB}) ${ours} "$@" ;; *) ${users} "$@" ;; esac; }; f`
}

/** The user's own command for ssh, in git's order. Source: git(1), GIT_SSH_COMMAND; git-config(1), core.sshCommand. */
export function usersSshCommand(env: Environment, configured: string | undefined): string | undefined {
  return env['GIT_SSH_COMMAND'] || configured || (namesProgram(env) ? quoteForShell(env['GIT_SSH'] ?? '') : undefined)
}

/**
 * What keeps go before 1.25 from setting GIT_SSH_COMMAND, which overrules `core.sshCommand`: go sets it only where no
 * program is named. The one named here is git's default, so every other git in the job works as before.
 * Source: cmd/go/internal/modload, Init; git, get_ssh_command in connect.c.
 */
export function sshProgram(env: Environment): Environment {
  return env['GIT_SSH'] || env['GIT_SSH_COMMAND'] ? {} : { GIT_SSH: PROGRAM }
}

const PROGRAM = 'ssh'

/** An earlier use of ours may have named git's own. */
function namesProgram({ GIT_SSH }: Environment): boolean {
  return Boolean(GIT_SSH) && GIT_SSH !== PROGRAM
}
