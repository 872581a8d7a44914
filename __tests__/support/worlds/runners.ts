import { execFile } from 'node:child_process'
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { addRepository } from '../servers/git-hosting.ts'
import type { KeyPair, SshHosting } from '../servers/ssh-hosting.ts'
import type { PrivateWorld } from './private-world.ts'

/** What actions/checkout gives the workspace's own git, and nobody else. */
export const CHECKOUT_TOKEN = 'checkout-t0ken-9876543210'
export const PROJECT = 'acme/project'

/** The workspace as actions/checkout leaves it: a header for github.com in the repository's own configuration. */
export async function checkOutByToken({ hosts, job }: PrivateWorld): Promise<void> {
  addRepository(hosts['github.com']?.root ?? '', PROJECT, { 'README.md': 'project\n' })
  const header = `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${CHECKOUT_TOKEN}`).toString('base64')}`
  await checkOut(job, `https://github.com/${PROJECT}`, ['http.https://github.com/.extraheader', header])
}

/** The same with its input `ssh-key`. */
export async function checkOutByKey({ job }: PrivateWorld, ssh: SshHosting, key: KeyPair): Promise<void> {
  addRepository(ssh.root, PROJECT, { 'README.md': 'project\n' })
  const [file, hosts] = [join(job.root, 'checkout-key'), join(job.root, 'checkout-hosts')]
  writeFileSync(file, key.private, { mode: 0o600 })
  writeFileSync(hosts, `github.com ${ssh.hostKey}\n`)
  const config = join(job.base['HOME'] ?? '', '.ssh', 'config')
  const command = `ssh -F ${config} -i ${file} -o IdentitiesOnly=yes -o StrictHostKeyChecking=yes -o UserKnownHostsFile=${hosts}`
  await checkOut(job, `git@github.com:${PROJECT}.git`, ['core.sshCommand', command])
}

async function checkOut(job: PrivateWorld['job'], url: string, setting: readonly [string, string]): Promise<void> {
  // Not in one go: the server that git asks is this very process.
  const git = (...args: readonly string[]) => promisify(execFile)('git', args, { cwd: job.workspace, env: job.base })
  await git('init', '-q', '-b', 'main')
  await git('remote', 'add', 'origin', url)
  await git('config', '--local', ...setting)
  for (const [name, value] of [
    ['user.name', 'a'],
    ['user.email', 'a@example.com'],
  ] as const)
    await git('config', '--local', name, value)
  await git('fetch', '-q', 'origin')
  await git('reset', '-q', '--hard', 'origin/main')
}

/** `ssh` reaches the loopback server under these names, as the user's configuration says. */
export function nameSshHosts({ job }: Pick<PrivateWorld, 'job'>, ssh: SshHosting, names: readonly string[]): void {
  const directory = join(job.base['HOME'] ?? '', '.ssh')
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  appendFileSync(join(directory, 'config'), names.map(ssh.config).join(''), { mode: 0o600 })
}

/** What its netrc file has for every host: a login that may see nothing, of which hosts say “not found”. */
export const NARROW_LOGIN = 'narrow:narrow-netrc'

/** A self-hosted runner that somebody set up for git by hand: everything that usually stands in the way. */
export function makeHostile({ job }: PrivateWorld, hosts: readonly string[]): void {
  const home = job.base['HOME'] ?? ''
  // Of the host, to ssh or to a token that is no more, and once more of its organisations.
  const bases = (host: string) => [`ssh://git@${host}/`, `git@${host}:`, `https://stale:stale-rewrite@${host}/`]
  const rewrites = hosts.flatMap((host, i) => [
    `[url "${bases(host)[i % 3]}"]\n\tinsteadOf = https://${host}/\n`,
    ...['acme', 'team', 'group'].map(
      owner => `[url "${bases(host)[(i + 1) % 3]}${owner}/"]\n\tinsteadOf = https://${host}/${owner}/\n`,
    ),
  ])
  const helper = '[credential]\n\thelper = "!f() { echo username=stale; echo password=stale-helper; }; f"\n'
  const headers = hosts.map(
    host =>
      `[http "https://${host}/"]\n\textraHeader = "AUTHORIZATION: basic ${Buffer.from('stale:stale-header').toString('base64')}"\n`,
  )
  writeFileSync(join(home, '.gitconfig'), [...rewrites, ...headers, helper].join(''))
  const [login, password] = NARROW_LOGIN.split(':')
  const entries = hosts.map(host => `machine ${host}\nlogin ${login}\npassword ${password}\n`)
  writeFileSync(join(home, '.netrc'), entries.join(''), { mode: 0o600 })
}
