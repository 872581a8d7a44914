import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { CredentialFacts } from '../../src/credentials/facts.ts'
import { NO_USERS_GIT } from '../../src/credentials/git-config.ts'
import type { CredentialPlan } from '../../src/credentials/plan.ts'
import { parseSshHost, renderUsersConfig } from '../../src/credentials/ssh.ts'
import { cleanUpAfterAll } from '../support/clean-up.ts'
import { generateKey } from '../support/servers/ssh-hosting.ts'
import { okValue, planOf } from './facts.ts'

/**
 * Real git, and programs that say how they were called in the place of ssh: which of them git starts in whose
 * repository is the whole question.
 */
const root = cleanUpAfterAll().directory('ssh-')
const [bin, home, workspace, clone, ours] = ['bin', 'home', 'work', 'modcache/cache/vcs/abc', 'credentials'].map(name =>
  join(root, name),
) as [string, string, string, string, string]
const KEY = generateKey(root, 'key').private
const PLACE = 'git.corp.example'

/** The user's own environment and global configuration. */
interface User {
  readonly env: Readonly<Record<string, string>>
  readonly config: string
}
const USERS: Readonly<Record<string, User>> = {
  'sets nothing': { env: {}, config: '' },
  'configures core.sshCommand': { env: {}, config: '[core]\n\tsshCommand = configured-ssh -x "a b"\n' },
  'sets GIT_SSH': { env: { GIT_SSH: join(bin, 'program-ssh') }, config: '' },
  'sets GIT_SSH_COMMAND': { env: { GIT_SSH_COMMAND: 'command-ssh -y' }, config: '' },
}

beforeAll(() => {
  for (const directory of [bin, home, workspace, clone, ours]) mkdirSync(directory, { recursive: true })
  for (const name of ['ssh', 'configured-ssh', 'program-ssh', 'command-ssh', 'other-ssh', 'local-ssh']) {
    // Asked for its settings it behaves as OpenSSH does, so that git knows how to call it.
    const script = `#!/bin/sh\ncase " $*" in *' -G '*) exit 0 ;; esac\necho "${name} $*" >&2\nexit 1\n`
    writeFileSync(join(bin, name), script)
    chmodSync(join(bin, name), 0o755)
  }
  for (const directory of [workspace, clone]) execFileSync('git', ['init', '-q', directory])
})
beforeEach(() => {
  rmSync(join(workspace, '.git', 'config'))
  execFileSync('git', ['init', '-q', workspace])
})

/** What was started as ssh, with its arguments. */
function started(args: readonly string[], env: Readonly<Record<string, string | undefined>>, cwd = workspace): string {
  const base = { PATH: `${bin}:${process.env['PATH']}`, HOME: home, GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0' }
  const { stderr } = spawnSync('git', [...args], { cwd, env: { ...base, ...env }, encoding: 'utf8' })
  return stderr.split('\n').find(line => /^\S*ssh /.test(line)) ?? stderr
}

function install(user: User, goVersion: string, who: CredentialFacts['later'] = 'steps'): CredentialPlan {
  writeFileSync(join(home, '.gitconfig'), user.config)
  const configured = spawnSync('git', ['config', '--get', 'core.sshCommand'], { env: { HOME: home }, encoding: 'utf8' })
  const plan = okValue(
    planOf('', `${PLACE}:\n${KEY}`, {
      directory: ours,
      goVersion,
      env: user.env,
      later: who,
      usersGit: { ...NO_USERS_GIT, sshCommand: configured.stdout.trim() || undefined },
    }),
  )
  for (const name of readdirSync(ours)) rmSync(join(ours, name))
  for (const [name, text] of Object.entries(plan.files)) writeFileSync(join(ours, name), text, { mode: 0o600 })
  return plan
}

const URL = 'ssh://git@elsewhere.example:2222/a/b'

/** Every way in which git can be told of a program for ssh, for a step that is not ours. */
const STEPS: Readonly<Record<string, (env: Readonly<Record<string, string | undefined>>) => string>> = {
  'git as it is': env => started(['ls-remote', URL], env),
  'a host that a key is for': env => started(['ls-remote', `ssh://git@${PLACE}/a/b`], env),
  'git -c': env => started(['-c', 'core.sshCommand=other-ssh -F x', 'ls-remote', URL], env),
  'clone -c': env => started(['clone', '-c', 'core.sshCommand=other-ssh -F x', URL, join(root, 'cloned')], env),
  'the repository’s own, as actions/checkout sets it': env => {
    execFileSync('git', ['config', 'core.sshCommand', 'local-ssh -F x'], { cwd: workspace })
    return started(['ls-remote', URL], env)
  },
  'the same by --git-dir': env => {
    execFileSync('git', ['config', 'core.sshCommand', 'local-ssh -F x'], { cwd: workspace })
    return started(['--git-dir', join(workspace, '.git'), 'ls-remote', URL], env, root)
  },
  'the same by GIT_DIR': env => {
    execFileSync('git', ['config', 'core.sshCommand', 'local-ssh -F x'], { cwd: workspace })
    return started(['ls-remote', URL], { ...env, GIT_DIR: join(workspace, '.git') }, root)
  },
  GIT_CONFIG_COUNT: env => {
    const next = Number(env['GIT_CONFIG_COUNT'] ?? 0)
    const more = {
      GIT_CONFIG_COUNT: String(next + 1),
      [`GIT_CONFIG_KEY_${next}`]: 'core.sshCommand',
      [`GIT_CONFIG_VALUE_${next}`]: 'other-ssh -F x',
    }
    return started(['ls-remote', URL], { ...env, ...more })
  },
  GIT_SSH: env => started(['ls-remote', URL], { ...env, GIT_SSH: join(bin, 'other-ssh') }),
  GIT_SSH_COMMAND: env => started(['ls-remote', URL], { ...env, GIT_SSH_COMMAND: 'other-ssh -z' }),
}

describe.each(['go1.24.9', 'go1.26.8'])('with keys for %s', goVersion => {
  describe.each(Object.entries(USERS))('where the user %s', (_, user) => {
    test.each(Object.entries(STEPS))('another step’s git starts what it did without us: %s', (_, step) => {
      const { later } = install(user, goVersion)
      const without = step(user.env)
      expect(without).toMatch(/ssh /)
      expect(step({ ...user.env, ...later })).toBe(without)
      // Variables outlive post, files do not.
      for (const name of readdirSync(ours)) rmSync(join(ours, name))
      expect(step({ ...user.env, ...later })).toBe(without)
    })

    test('the step’s own go takes our key for its host, and the user’s program for every other', () => {
      const { download } = install(user, goVersion)
      const env = { ...user.env, ...download }
      const own = started(['ls-remote', `https://${PLACE}/a/b`], env, clone)
      expect(own).toMatch(/^ssh -F \S*ssh\.config -o BatchMode=yes -o ControlMaster=no .*git\.corp\.example\.go-proxy/)
      const other = started(['ls-remote', URL], env, clone)
      const without = started(['ls-remote', URL], user.env, clone)
      expect(other.replace(/ -F \S*ssh\.config -o BatchMode=yes -o ControlMaster=no/, '')).toBe(without)
    })

    test('later steps’ go does the same in its clones', () => {
      const { later, warnings } = install(user, goVersion)
      const env = { ...user.env, ...later }
      const overruled = user.env['GIT_SSH_COMMAND'] !== undefined
      expect(warnings.map(({ code }) => code)).toEqual(overruled ? ['CREDENTIALS_SSH_COMMAND'] : [])
      const own = started(['ls-remote', `ssh://git@${PLACE}/a/b`], env, clone)
      expect(own).toMatch(overruled ? /^command-ssh -y .*git@git\.corp\.example / : /^ssh -F \S*ssh\.config/)
    })

    test('a command that we run takes our key in go’s clones, and the user’s program for every other host', () => {
      const { later, warnings } = install(user, goVersion, 'command')
      const env = { ...user.env, ...later }
      const own = started(['ls-remote', `https://${PLACE}/a/b`], env, clone)
      expect(own).toMatch(/^ssh -F \S*ssh\.config .*git\.corp\.example\.go-proxy/)
      for (const directory of [workspace, clone]) {
        const other = started(['ls-remote', URL], env, directory)
        const without = started(['ls-remote', URL], user.env, directory)
        expect(other.replace(/ -F \S*ssh\.config -o BatchMode=yes -o ControlMaster=no/, '')).toBe(without)
      }
      expect(warnings).toEqual([])
    })

    test('go before 1.25 finds a reason to leave GIT_SSH_COMMAND alone, and no other variable is exported', () => {
      const { later } = install(user, goVersion)
      const names = Object.keys(later).filter(name => !name.startsWith('GIT_CONFIG_'))
      const needed = goVersion !== 'go1.26.8' && Object.keys(user.env).length === 0
      expect([names, later['GIT_SSH']]).toEqual(needed ? [['GIT_SSH'], 'ssh'] : [[], undefined])
    })
  })
})

test('a second use in the job does not take the first’s GIT_SSH for the user’s', () => {
  const { files, later } = install({ env: { GIT_SSH: 'ssh' }, config: '' }, 'go1.24.9')
  expect(later['GIT_SSH']).toBeUndefined()
  expect(files['git.config']).not.toContain('case')
})

test.each([
  ['another key', '', `git.corp.example/team:\n${KEY}`],
  ['a token', 'git.corp.example/team TOKEN', ''],
])('a second use’s key for a place goes before an earlier use’s: %s', (_name, credentials, key) => {
  const install = (name: string, [text, keys]: readonly [string, string], env: CredentialPlan['later']) => {
    const directory = join(root, name, 'credentials')
    mkdirSync(directory, { recursive: true })
    const plan = okValue(planOf(text, keys, { directory, env }))
    for (const [file, content] of Object.entries(plan.files)) writeFileSync(join(directory, file), content)
    return plan
  }
  const at = join(root, 'second-use/cache/vcs/0123')
  mkdirSync(at, { recursive: true })
  const ask = (env: CredentialPlan['later'], repository: string) => {
    const options = { cwd: at, env: { PATH: process.env['PATH'], HOME: root, ...env }, encoding: 'utf8' } as const
    execFileSync('git', ['init', '-q', '--bare'], options)
    return execFileSync('git', ['ls-remote', '--get-url', repository], options).trim()
  }
  const first = install('first', [credentials, key], {})
  const second = install('second', ['', `git.corp.example/team:\n${KEY}`], first.later)
  const third = install('third', ['git.corp.example/other TOKEN', ''], { ...first.later, ...second.later })
  const alias = second.places.flatMap(claim => (claim.kind === 'key' ? [claim.alias] : []))[0]
  for (const env of [second.later, second.download, third.later])
    for (const name of ['team/lib', 'team/lib.git'])
      expect(ask({ ...first.later, ...second.later, ...env }, `https://git.corp.example/${name}`)).toBe(
        `ssh://git@${alias}/${name}`,
      )
  const command = ['config', 'core.sshCommand']
  const env = { PATH: process.env['PATH'], HOME: root, ...first.later, ...second.later }
  expect(execFileSync('git', command, { cwd: at, env, encoding: 'utf8' })).toContain('second/credentials')
})

describe('where a host’s key is looked up', () => {
  /** What real ssh makes of our configuration, after the user's own was asked about the host. */
  const lookUp = (users: string, knownHosts: CredentialFacts['knownHosts'] = [], place = PLACE) => {
    const ask = (file: string, host: string) =>
      execFileSync('ssh', ['-F', file, '-G', host], { encoding: 'utf8', stdio: 'pipe' })
    writeFileSync(join(root, 'users'), users)
    const sshHosts = new Map([[PLACE, parseSshHost(PLACE, ask(join(root, 'users'), PLACE))]])
    const facts = { directory: ours, sshHosts, knownHosts, sshUsersFile: join(root, 'users') }
    const { files, places } = okValue(planOf('', `${place}:\n${KEY}`, facts))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(ours, name), text, { mode: 0o600 })
    const alias = places.flatMap(claim => (claim.kind === 'key' ? [claim.alias] : []))[0] ?? ''
    const printed = ask(join(ours, 'ssh.config'), alias)
    const read = (name: string) =>
      new RegExp(`^${name} (.*)$`, 'm').exec(printed)?.[1]?.replace(/^(.*)known_hosts \1known_hosts2$/, 'ssh’s own')
    return ['hostname', 'port', 'hostkeyalias', 'userknownhostsfile', 'globalknownhostsfile'].map(read)
  }
  const given = [{ marker: undefined, names: [PLACE], key: 'ssh-ed25519 AAAA', line: 1 }]

  test.each<[string, string, readonly (string | undefined)[]]>([
    ['by its name', '', [PLACE, '22', undefined, 'ssh’s own', 'ssh’s own']],
    [
      'by the name and port that the user’s configuration leads to, as ssh does',
      `Host ${PLACE}\n  HostName ssh.corp.example\n  Port 2222\n`,
      ['ssh.corp.example', '2222', undefined, 'ssh’s own', 'ssh’s own'],
    ],
    [
      'by the alias and in the files that it names',
      `Host ${PLACE}\n  HostKeyAlias corp\n  UserKnownHostsFile /k/%k-100%% /k/two\n  GlobalKnownHostsFile /k/all\n`,
      [PLACE, '22', 'corp', '/k/corp-100% /k/two', '/k/all'],
    ],
  ])('%s', (_, users, expected) => {
    expect(lookUp(users)).toEqual(expected)
  })

  test('through files whose names are of another system’s making, too', () => {
    writeFileSync(join(root, 'real'), `Host ${PLACE}\n  Port 2222\n`)
    expect(lookUp(renderUsersConfig(['D:/a b/config', '~/none', join(root, 'real')])).slice(0, 2)).toEqual([
      PLACE,
      '2222',
    ])
  })

  test('a port given with the key goes before the configured one', () => {
    for (const port of ['2200', '443'])
      expect(lookUp(`Host ${PLACE}\n  Port 2222\n`, [], `${PLACE}:${port}`).slice(0, 3)).toEqual([
        PLACE,
        port,
        undefined,
      ])
  })

  test('in our file alone, by its name, where a key was given', () => {
    const users = `Host ${PLACE}\n  HostName ssh.corp.example\n  Port 2222\n  UserKnownHostsFile /k/one\n`
    expect(lookUp(users, given)).toEqual(['ssh.corp.example', '2222', PLACE, join(ours, 'known_hosts'), 'none'])
  })
})
