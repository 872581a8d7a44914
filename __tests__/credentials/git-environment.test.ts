import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { describe, expect, test } from '@jest/globals'
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
  ])('nothing is exported where there may be a secret: %s', (_, key, value) => {
    const { variables, warnings } = exportGitConfig(...OURS, entriesOf(['a.b', 'c'], [key, value]))
    expect(variables).toEqual({})
    expect(warnings).toMatchObject([{ code: 'CREDENTIALS_GIT_CONFIG' }])
    expect(warnings[0]?.message).toMatch(/^GIT_CONFIG_(KEY|VALUE)_1 may hold/)
    expect(JSON.stringify(warnings)).not.toContain('cAnArY')
  })

  test.each([
    ['url.ssh://git@github.com/.insteadOf', 'https://github.com/'],
    ['url.git@github.com:.insteadOf', 'https://github.com/'],
    ['url.https://x-access-token@github.com/.insteadOf', 'https://github.com/'],
    ['core.sshCommand', 'ssh -i /home/me/.ssh/id_ed25519'],
    ['safe.directory', '*'],
    ['includeIf.gitdir:**/cache/vcs/**.path', '/tmp/go-proxy-setup-0123456789abcdef/credentials/git.config'],
  ])('%s %s is none', (key, value) => {
    expect(exportGitConfig(...OURS, entriesOf([key, value])).warnings).toEqual([])
  })
})

test('a child that inherits the environment is given one more', () => {
  const env = entriesOf(['http.extraHeader', 'AUTHORIZATION: basic eDp5'])
  expect(read({ ...env, ...appendGitConfig(...OURS, env) })).toEqual([
    'http.extraheader=AUTHORIZATION: basic eDp5',
    'a.ours=x',
  ])
})
