import { join } from 'node:path'
import { parseUsersGit, USERS_GIT_NAMES } from '../../credentials/git-config.ts'
import { parseGitVersion } from '../../credentials/git-version.ts'
import { readNetrc } from '../../credentials/install.ts'
import { machinesIn } from '../../credentials/netrc.ts'
import type { CertificateFile, GitState, GorootState, NamedDisk } from '../../doctor/setup-facts.ts'
import { parseGodebugs } from '../../doctor/toolchain.ts'
import type { Environment } from '../../effects.ts'
import { withoutSecrets } from '../../go/child-environment.ts'
import { lookAtDisk } from '../../runner/disk.ts'
import type { GoSettings } from '../../settings/settings.ts'
import type { Job } from '../job.ts'

/** For one question to a program, or to a disk. */
export const QUERY_MS = 4_000

type DoctorWorld = Pick<Job, 'effects' | 'inputs' | 'policy'>

/** What git, ssh and the netrc files are like here. */
export async function readGit({ effects, inputs }: DoctorWorld, env: Environment): Promise<GitState> {
  const { commands, files, platform } = effects
  const options = { cwd: inputs.workingDirectory.base, env: withoutSecrets(env), timeoutMs: QUERY_MS }
  const home = (platform === 'win32' ? env['USERPROFILE'] : env['HOME']) ?? ''
  const keys = ['id_rsa', 'id_ecdsa', 'id_ecdsa_sk', 'id_ed25519', 'id_ed25519_sk']
  const [version, config, agent, keyFiles, netrc, netrcKind] = await Promise.all([
    commands.run('git', ['version', '--build-options'], options),
    commands.run('git', ['config', '--null', '--get-regexp', USERS_GIT_NAMES], options),
    env['SSH_AUTH_SOCK'] ? commands.run('ssh-add', ['-l'], options) : undefined,
    files.stat(home === '' ? [] : keys.map(key => join(home, '.ssh', key))),
    readNetrc(env, effects),
    env['NETRC'] ? files.kind(env['NETRC']).catch(() => undefined) : 'file',
  ])
  // Source: ssh-add(1), EXIT STATUS: 1 where there is no identity, 2 where there is no agent.
  const states = { 0: 'keys', 1: 'empty', 2: 'silent' } as const
  return {
    isThere: version.exitCode === 0,
    version: parseGitVersion(version.stdout),
    rewrites: config.exitCode === 0 ? parseUsersGit(config.stdout).rewrites : [],
    agent: states[(agent?.exitCode ?? -1) as keyof typeof states],
    hasKeyFile: keyFiles.some(one => one !== undefined),
    netrc: { forGo: machinesIn(netrc.forGo), forGit: machinesIn(netrc.forGit) },
    isNetrcMissing: netrcKind === undefined,
  }
}

/** What the files below GOROOT say. */
export async function readGoroot({ effects: { files } }: DoctorWorld, goroot: string): Promise<GorootState> {
  const read = (...path: readonly string[]) => files.readText(join(goroot, ...path)).catch(() => undefined)
  const [version, table, runtime] = await Promise.all([
    read('VERSION'),
    read('src', 'internal', 'godebugs', 'table.go'),
    read('src', 'runtime', 'runtime1.go'),
  ])
  return { version: version?.split('\n')[0], godebugs: parseGodebugs(table ?? '', runtime ?? '') }
}

/** The directories that go writes to. */
export async function readDisks(
  { effects: { clock, env } }: DoctorWorld,
  { gomodcache, gocache, gocacheprog }: Pick<GoSettings, 'gomodcache' | 'gocache' | 'gocacheprog'>,
  temporaryDirectory: string,
): Promise<readonly NamedDisk[]> {
  const places: readonly (readonly [NamedDisk['name'], string, readonly string[]])[] = [
    ['GOMODCACHE', gomodcache, ['cache', 'cache/download', 'cache/lock', 'cache/vcs']],
    ...(gocacheprog === '' ? ([['GOCACHE', gocache, ['00', 'trim.txt']]] as const) : []),
    // go builds below it; ours is in it.
    ['temporary directory', env['GOTMPDIR'] || temporaryDirectory, []],
  ]
  const isPlace = (path: string) => path !== '' && path !== 'off' && (path.startsWith('/') || /^[A-Za-z]:/.test(path))
  return Promise.all(
    places
      .filter(([, path]) => isPlace(path))
      .map(async ([name, path, inner]) => ({ name, ...(await lookAtDisk(path, inner, QUERY_MS, clock)) })),
  )
}

const CERTIFICATE_VARIABLES = ['SSL_CERT_FILE', 'GIT_SSL_CAINFO', 'NODE_EXTRA_CA_CERTS']

export async function readCertificateFiles(
  { effects: { files } }: DoctorWorld,
  env: Environment,
): Promise<readonly CertificateFile[]> {
  const named = CERTIFICATE_VARIABLES.flatMap(variable => {
    const path = env[variable]
    return path ? [{ variable, path }] : []
  })
  return Promise.all(
    named.map(async ({ variable, path }) => {
      const text = await files.readText(path).catch(() => undefined)
      const state = text === undefined ? 'missing' : text.includes('-----BEGIN') ? 'good' : 'no certificate'
      return { variable, path, state } as const
    }),
  )
}
