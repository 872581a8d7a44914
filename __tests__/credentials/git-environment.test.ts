import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { appendGitConfig, exportGitConfig } from '../../src/credentials/git-environment.ts'

const OURS = ['a.ours', 'x'] as const
const entriesOf = (...entries: readonly (readonly [string, string])[]): Readonly<Record<string, string>> =>
  Object.fromEntries([
    ['GIT_CONFIG_COUNT', String(entries.length)],
    ...entries.flatMap(([key, value], i) => [
      [`GIT_CONFIG_KEY_${i}`, key],
      [`GIT_CONFIG_VALUE_${i}`, value],
    ]),
  ])

/** What real git reads out of an environment alone. */
function read(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const base = { PATH: process.env['PATH'], HOME: tmpdir(), GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '' }
  const { stdout, stderr } = spawnSync('git', ['config', '--list'], {
    cwd: tmpdir(),
    env: { ...base, ...env },
    encoding: 'utf8',
  })
  return (stdout + stderr).trim().split('\n')
}

describe('in later steps, which may not have what this step’s env has', () => {
  test.each([
    ['nothing', {}, []],
    ['two entries', entriesOf(['http.lowspeedlimit', '1'], ['a.b', 'c=d']), ['http.lowspeedlimit=1', 'a.b=c=d']],
    ['an empty value', entriesOf(['credential.helper', '']), ['credential.helper=']],
    ['a count that is none', { GIT_CONFIG_COUNT: '' }, []],
    [
      'an entry that does not count',
      { ...entriesOf(['a.b', 'c']), GIT_CONFIG_KEY_1: 'no', GIT_CONFIG_VALUE_1: 'no' },
      ['a.b=c'],
    ],
  ])('git works with all of them: %s', (_, env: Readonly<Record<string, string>>, expected) => {
    const { variables, warnings } = exportGitConfig(...OURS, env)
    expect([read(variables), warnings]).toEqual([[...expected, 'a.ours=x'], []])
    // Where they are the job's as well, nothing changes.
    expect(read({ ...env, ...variables })).toEqual([...expected, 'a.ours=x'])
  })

  test.each([
    ['a header', 'http.https://git.corp.example/.extraheader', 'AUTHORIZATION: basic eDp5'],
    ['a header in a value', 'a.b', 'Authorization: Bearer abc'],
    ['a URL with a password', 'url.https://oauth2:cAnArY@git.corp.example/.insteadOf', 'https://git.corp.example/'],
    ['a URL with a token', 'url.https://cAnArY@git.corp.example/.insteadOf', 'https://git.corp.example/'],
    ['a proxy with a password', 'http.proxy', 'http://me:cAnArY@proxy.corp.example'],
    ['a password', 'sendemail.smtpPass', 'cAnArY'],
    ['a helper that prints one', 'credential.helper', '!f() { echo password=cAnArY; }; f'],
    ['a helper that prints one in other words', 'credential.helper', '!printf "%s\\n" username=x "pass""word=cAnArY"'],
    ['a helper with an argument', 'credential.helper', 'store --token cAnArY'],
    ['ssh with a password', 'core.sshCommand', 'sshpass -p cAnArY ssh'],
    ['ssh with a password in the environment', 'core.sshCommand', 'SSHPASS=cAnArY sshpass -e ssh'],
    ['ssh with a command', 'core.sshCommand', 'ssh -o ProxyCommand="nc -X cAnArY %h %p"'],
    ['ssh with something behind', 'core.sshCommand', 'ssh -i /k; export T=cAnArY'],
    ['a query', 'url.https://git.corp.example/?private_token=cAnArY&x=.insteadOf', 'https://git.corp.example/'],
    ['a query in a value', 'remote.origin.url', 'https://git.corp.example/a?access_token=cAnArY'],
    ['GitLab’s header', 'http.extraHeader', 'PRIVATE-TOKEN: cAnArY'],
    ['a header of any name', 'http.https://git.corp.example/.extraHeader', 'X-Corp: cAnArY'],
    ['a header that is short', 'http.extraHeader', 'A:bc'],
    ['a token before x-oauth-basic', 'url.https://cAnArY:x-oauth-basic@github.com/.insteadOf', 'https://github.com/'],
    ['a token behind x-oauth-basic', 'url.https://x-oauth-basic:cAnArY@github.com/.insteadOf', 'https://github.com/'],
    ['a token in the place of an ssh user', 'url.ssh://ghp_cAnArY0123@github.com/.insteadOf', 'https://github.com/'],
    ['a token in a path', 'url.https://pkg.corp.example/cAnArYcAnArY0123456789/.insteadOf', 'https://a/'],
    ['keys of AWS', 'credential.https://git-codecommit.eu-west-1.amazonaws.com.username', 'AKIAIOSFODNN7cAnArY'],
    ['basic', 'a.b', 'Basic eDpjQW5Bclk='],
    ['bearer', 'a.b', 'bearer cAnArY'],
    ['what nobody knows', 'corp.setting', 'cAnArY'],
    ['a password before a line break', 'core.sshCommand', 'ssh\ncAnArY'],
    ['a password of an e-mail server', 'sendemail.smtpPass', '1234'],
    ['a condition with a password', 'includeIf.hasconfig:remote.*.url:https://me:cAnArY@a/**.path', '/x'],
    ['a proxy with a user', 'remote.origin.proxy', 'https://cAnArY@proxy.corp.example'],
  ])('nothing is exported where there may be a secret: %s', (_, key, value) => {
    const { variables, warnings } = exportGitConfig(...OURS, entriesOf(['a.b', 'c'], [key, value]))
    expect(variables).toEqual({})
    expect(warnings).toMatchObject([{ code: 'CREDENTIALS_GIT_CONFIG' }])
    expect(warnings[0]?.message).toMatch(/^GIT_CONFIG_(KEY|VALUE)_1 may contain/)
    expect(JSON.stringify(warnings)).not.toContain('cAnArY')
  })

  test.each([
    ['url.ssh://git@github.com/.insteadOf', 'https://github.com/'],
    ['url.git@github.com:.insteadOf', 'https://github.com/'],
    ['url.https://x-access-token@github.com/.insteadOf', 'https://github.com/'],
    ['core.sshCommand', 'ssh -i /home/me/.ssh/id_ed25519'],
    ['safe.directory', '*'],
    ['safe.directory', '/__w/repo/repo'],
    ['url.https://github.com/.insteadOf', 'git@github.com:'],
    ['url.https://git.corp.example:8443/team/.pushInsteadOf', 'ssh://git@git.corp.example:7999/team/'],
    [
      'core.sshCommand',
      '/usr/bin/ssh -F /home/me/.ssh/config -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -p 2222',
    ],
    ['core.sshCommand', '"/tmp/ssh/ssh" -i "$HOME/.ssh/key"'.replace('$HOME', '/root')],
    ['credential.https://github.com.helper', '!gh auth git-credential'],
    ['credential.helper', '!/usr/bin/gh auth git-credential'],
    ['credential.helper', 'cache --timeout=300'],
    ['credential.helper', 'osxkeychain'],
    ['http.https://git.corp.example/.sslCAInfo', '/etc/ssl/certs/corp.pem'],
    ['http.sslVerify', 'false'],
    ['http.proxy', 'http://proxy.corp.example:3128'],
    ['http.postBuffer', '524288k'],
    ['http.postBuffer', '524288000'],
    ['http.version', 'HTTP/1.1'],
    ['protocol.file.allow', 'always'],
    ['protocol.version', '2'],
    ['init.defaultBranch', 'main'],
    ['advice.detachedHead', 'false'],
    ['core.longpaths', 'true'],
    ['core.autocrlf', 'input'],
    ['user.name', 'github-actions[bot]'],
    ['user.email', '41898282+github-actions[bot]@users.noreply.github.com'],
    ['gc.auto', '0'],
    [
      'includeIf.gitdir:/__w/repo/repo/.git.path',
      '/__w/_temp/git-credentials-0f8e5f0c-9f0e-4d4e-8f8e-0123456789ab.config',
    ],
    ['includeIf.gitdir:**/cache/vcs/**.path', '/tmp/go-proxy-setup-0123456789abcdef/credentials/git.config'],
  ])('%s %s is none', (key, value) => {
    expect(exportGitConfig(...OURS, entriesOf([key, value])).warnings).toEqual([])
  })
})

test('a secret that stands anywhere in an entry keeps it here', () => {
  const secret = fc
    .tuple(fc.stringMatching(/^[A-Za-z0-9]{19,40}$/), fc.nat(9))
    .map(([text, digit]) => `${text}${digit}`)
  const around = fc.constantFrom<(s: string) => readonly [string, string]>(
    s => ['corp.any', s],
    s => ['http.extraheader', s],
    s => ['http.proxy', `http://${s}@p/`],
    s => ['http.proxy', `http://p:${s}@p/`],
    s => [`url.https://${s}@h/.insteadof`, 'https://h/'],
    s => [`url.https://git:${s}@h/.insteadof`, 'https://h/'],
    s => [`url.https://h/${s}/.insteadof`, 'https://h/'],
    s => [`url.https://h/?t=${s}.insteadof`, 'https://h/'],
    s => ['url.https://h/.insteadof', `https://${s}@h/`],
    s => ['core.sshcommand', `sshpass -p ${s} ssh`],
    s => ['core.sshcommand', `ssh -o SetEnv=T=${s}`],
    s => ['core.sshcommand', `ssh -l ${s}`],
    s => ['credential.helper', `!f() { echo password=${s}; }; f`],
    s => ['credential.helper', `store --secret=${s}`],
    s => ['credential.helper', s],
    s => ['credential.username', s],
    s => ['user.password', s],
    s => ['init.defaultbranch', s],
    s => ['safe.directory', s],
    s => [`includeif.hasconfig:remote.*.url:https://${s}@h/.path`, '/x'],
  )
  fc.assert(
    fc.property(secret, around, (text, put) => {
      const { variables, warnings } = exportGitConfig(...OURS, entriesOf(put(text)))
      expect([variables, warnings.length]).toEqual([{}, 1])
      expect(JSON.stringify(warnings)).not.toContain(text)
    }),
  )
})

test('a child that inherits the environment is given one more', () => {
  const env = entriesOf(['http.extraHeader', 'AUTHORIZATION: basic eDp5'])
  expect(read({ ...env, ...appendGitConfig(...OURS, env) })).toEqual([
    'http.extraheader=AUTHORIZATION: basic eDp5',
    'a.ours=x',
  ])
})
