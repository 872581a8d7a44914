import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { findFreePort } from './ports.ts'

const SSHD = '/usr/sbin/sshd'
const WRAPPER = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib']
  .map(directory => join(directory, 'libnss_wrapper.so'))
  .find(file => existsSync(file))

/** Why there can be no ssh server here; undefined when there can. */
export const whyNoSshd = !existsSync(SSHD)
  ? `${SSHD} is missing: apt-get install openssh-server`
  : WRAPPER === undefined
    ? 'libnss_wrapper.so, which makes a user `git`, is missing: apt-get install libnss-wrapper'
    : undefined

export interface KeyPair {
  readonly private: string
  readonly public: string
}

export function generateKey(directory: string, name: string, type = 'ed25519'): KeyPair {
  const file = join(directory, name)
  execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', '', '-f', file])
  return { private: readFileSync(file, 'utf8'), public: readFileSync(`${file}.pub`, 'utf8').trim() }
}

/** Git repositories behind the real sshd, as the great hosts have them: everybody is `git`, and the key decides. */
export interface SshHosting {
  readonly port: number
  /** The directory of bare repositories. */
  readonly root: string
  /** `ssh-ed25519 AAAA…`. */
  readonly hostKey: string
  /** What ran: the key's name and the command, in order. */
  hits(): readonly string[]
  /** The text of a `~/.ssh/config` under which this server is that host. */
  config(host: string): string
  close(): Promise<void>
}

/** @param keys by name: the public key, and the repositories it opens (`acme/one`) */
export async function startSshHosting(
  keys: Readonly<Record<string, { readonly public: string; readonly opens: readonly string[] }>>,
): Promise<SshHosting> {
  const directory = mkdtempSync(join(tmpdir(), 'sshd-'))
  const root = join(directory, 'repositories')
  const log = join(directory, 'hits')
  mkdirSync(root)
  writeFileSync(log, '')
  const host = generateKey(directory, 'host')
  const { uid, gid } = userInfo()
  const own = { LD_PRELOAD: WRAPPER, NSS_WRAPPER_PASSWD: join(directory, 'passwd'), NSS_WRAPPER_GROUP: '/etc/group' }
  writeFileSync(
    own.NSS_WRAPPER_PASSWD,
    `git:x:${uid}:${gid}:git:${directory}:/bin/sh\n${readFileSync('/etc/passwd', 'utf8')}`,
  )
  const serve = join(directory, 'serve.sh')
  // As GitHub: who may not see a repository is told that there is none.
  writeFileSync(
    serve,
    `name=$1; shift; echo "$name $SSH_ORIGINAL_COMMAND" >>${log}
command=\${SSH_ORIGINAL_COMMAND%% *}; path=\${SSH_ORIGINAL_COMMAND#* }; path=\${path#\\'}; path=\${path%\\'}; path=\${path#/}; path=\${path%.git}
for open; do
  case $command in git-upload-pack|git-receive-pack) test "$open" = "$path" && exec "$command" "${root}/$path.git" ;; esac
done
echo 'ERROR: Repository not found.' >&2; exit 1
`,
  )
  const authorized = Object.entries(keys).map(
    ([name, key]) => `restrict,command="sh ${serve} ${[name, ...key.opens].join(' ')}" ${key.public}\n`,
  )
  writeFileSync(join(directory, 'authorized'), authorized.join(''))
  const port = await findFreePort()
  const config = {
    Port: port,
    ListenAddress: '127.0.0.1',
    HostKey: join(directory, 'host'),
    AuthorizedKeysFile: join(directory, 'authorized'),
    StrictModes: 'no',
    UsePAM: 'no',
    PasswordAuthentication: 'no',
    KbdInteractiveAuthentication: 'no',
    PermitRootLogin: 'yes',
    MaxStartups: '100',
    PidFile: 'none',
  }
  writeFileSync(
    join(directory, 'config'),
    Object.entries(config)
      .map(pair => `${pair.join(' ')}\n`)
      .join(''),
  )
  // Where it separates privileges it wants this directory.
  if (uid === 0) mkdirSync('/run/sshd', { recursive: true })
  const server = spawn(SSHD, ['-D', '-e', '-f', join(directory, 'config')], {
    env: { PATH: process.env['PATH'], ...own },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise<void>(resolve => server.on('exit', () => resolve()))
  await untilListening(server.stderr)
  return {
    port,
    root,
    hostKey: host.public,
    hits: () => readFileSync(log, 'utf8').split('\n').filter(Boolean),
    config: name => `Host ${name}\n  HostName 127.0.0.1\n  Port ${port}\n  HostKeyAlias ${name}\n`,
    async close() {
      server.kill()
      await ended
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** An agent with one key, as a developer's session has it. */
export interface Agent {
  /** For SSH_AUTH_SOCK. */
  readonly socket: string
  /** How often somebody asked it. */
  asked(): number
  close(): Promise<void>
}

export async function startAgent({ private: pem }: KeyPair): Promise<Agent> {
  const directory = mkdtempSync(join(tmpdir(), 'agent-'))
  const [own, socket, file] = ['own', 'socket', 'key'].map(name => join(directory, name)) as [string, string, string]
  writeFileSync(file, pem, { mode: 0o600 })
  const agent = spawn('ssh-agent', ['-D', '-a', own], { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = new Promise<void>(resolve => agent.on('exit', () => resolve()))
  // It names its socket when it listens there.
  await Promise.race([once(agent.stdout, 'data'), ended])
  execFileSync('ssh-add', ['-q', file], { env: { PATH: process.env['PATH'], SSH_AUTH_SOCK: own } })
  let asked = 0
  const server = createServer(client => {
    asked++
    const behind = connect(own)
    for (const one of [client, behind]) one.on('error', () => one.destroy())
    client.pipe(behind).pipe(client)
  })
  await new Promise<void>(resolve => server.listen(socket, resolve))
  return {
    socket,
    asked: () => asked,
    async close() {
      server.close()
      agent.kill()
      await ended
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** @param log what sshd says; read on, or sshd would stand still when the pipe is full */
function untilListening(log: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    log.on('data', chunk => {
      said += chunk
      if (said.includes('Server listening on 127.0.0.1')) resolve()
    })
    log.on('end', () => reject(new Error(`sshd ended: ${said}`)))
  })
}
