import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { admitCredentials, secretsOf } from '../../src/credentials/admit.ts'
import { diagnose } from '../../src/credentials/diagnose.ts'
import { getsNoSecrets, hasForeignHead } from '../../src/credentials/event.ts'
import type { CredentialFacts } from '../../src/credentials/facts.ts'
import { userOf } from '../../src/credentials/hosts.ts'
import { PINNED_HOSTS } from '../../src/credentials/known-hosts.ts'
import type { KnownCredentials } from '../../src/credentials/tried.ts'
import { showPlace } from '../../src/places/place.ts'
import { cleanUpAfterAll } from '../support/clean-up.ts'
import { generateKey } from '../support/servers/ssh-hosting.ts'
import { inputsOf, okValue, planOf } from './facts.ts'

const TOKEN = 'cAnArY-0123456789'
const KEY = generateKey(cleanUpAfterAll().directory('keys-'), 'key').private

describe('the plan', () => {
  test('later steps get paths and no secret; what GIT_CONFIG_COUNT holds stays', () => {
    const env = { GIT_CONFIG_COUNT: '2', GIT_CONFIG_KEY_0: 'a.b', GIT_CONFIG_KEY_1: 'c.d' }
    const { later } = okValue(planOf(`gitlab.com/group ${TOKEN}`, '', { env }))
    expect(later).toEqual({
      ...env,
      NETRC: '/tmp/ours/credentials/netrc',
      GIT_CONFIG_COUNT: '3',
      GIT_CONFIG_KEY_2: 'includeIf.gitdir:**/cache/vcs/**.path',
      GIT_CONFIG_VALUE_2: '/tmp/ours/credentials/git.config',
    })
  })

  test('github.com and bitbucket.org are in no netrc file; where nobody is, the user’s own stays in force', () => {
    const { files, later } = okValue(planOf(`github.com ${TOKEN}\nbitbucket.org ${TOKEN}`))
    expect(files['netrc']).toBeUndefined()
    expect(Object.keys(later)).not.toContain('NETRC')
  })

  test('two tokens of one host for pages and proxies need Go 1.25; before it they are refused with that reason', () => {
    const text = `gitlab.com/a ${TOKEN}1\ngitlab.com/b ${TOKEN}2`
    const old = planOf(text, '', { goVersion: 'go1.24.9' })
    expect(old).toMatchObject({ ok: false, problems: [{ code: 'CREDENTIALS_PATHS_NEED_GO_1_25' }] })
    expect(JSON.stringify(old)).not.toContain(TOKEN)
    expect(okValue(planOf(text)).files['netrc']).toContain('machine https://gitlab.com/a login oauth2')
    const users = `gitlab.com/a one ${TOKEN}\ngitlab.com/b two ${TOKEN}`
    expect(planOf(users, '', { goVersion: 'go1.24.9' }).ok).toBe(false)
    expect(planOf(`github.com/a ${TOKEN}1\ngithub.com/b ${TOKEN}2`, '', { goVersion: 'go1.22.12' }).ok).toBe(true)
  })

  test('a key without a place is for what is private and has no token; one that is for nothing is told of', () => {
    const places = (patterns: string, text = '') =>
      okValue(planOf(text, KEY, { privatePatterns: patterns })).places.map(
        ({ kind, place }) => `${kind} ${place.host}/${place.path}`,
      )
    expect(places('github.com/acme,git.corp.example', `git.corp.example ${TOKEN}`)).toEqual([
      'token git.corp.example/',
      'key github.com/acme',
    ])
    expect(okValue(planOf('', KEY)).warnings).toMatchObject([{ code: 'CREDENTIALS_KEY_UNUSED' }])
  })

  test('one token for two paths of a host needs no Go 1.25: one line has it for the host', () => {
    const { files } = okValue(planOf(`gitlab.com/a ${TOKEN}\ngitlab.com/b ${TOKEN}`, '', { goVersion: 'go1.24.9' }))
    expect(files['netrc']?.match(/^machine \S+/gm)).toEqual([
      'machine https://gitlab.com',
      'machine https://gitlab.com:443',
    ])
  })

  describe('a key without a place, where private-domains has wildcards', () => {
    const modules = [
      'github.com/acme-x/lib/v2',
      'github.com/other/public',
      'github.com/b/private-lib',
      'one.corp.example/a',
    ]
    const [PATTERN, UNUSED] = ['CREDENTIALS_KEY_PATTERN', 'CREDENTIALS_KEY_UNUSED']
    test.each([
      ['github.com/acme/*', ['github.com/acme'], []],
      ['github.com/acme/*/*', ['github.com/acme'], []],
      ['github.com/acme/', ['github.com/acme'], []],
      ['github.com/b/private-lib', ['github.com/b/private-lib'], []],
      ['github.com/acme-*', ['github.com/acme-x'], [PATTERN]],
      ['github.com/acme*/*', ['github.com/acme-x'], [PATTERN]],
      ['github.com/*/private-*', ['github.com/b/private-lib'], [PATTERN]],
      ['*.corp.example', ['one.corp.example'], [PATTERN]],
      ['git.corp.example/*/lib', [], [UNUSED]],
    ])('%s: it is for %j', (privatePatterns, expected, codes) => {
      const { places, warnings } = okValue(planOf('', KEY, { privatePatterns, modules }))
      expect(places.map(({ place }) => showPlace(place))).toEqual(expected)
      expect(warnings.map(({ code }) => code)).toEqual(codes)
    })

    test('a key that names its place needs no warning, nor does one that nobody uses later', () => {
      const privatePatterns = 'github.com/acme-*'
      const codes = (keys: string, change: Partial<CredentialFacts>) =>
        okValue(planOf('', keys, { privatePatterns, modules, ...change })).warnings.map(({ code }) => code)
      expect(codes(`github.com/acme-x:\n${KEY}`, {})).toEqual([])
      expect(codes(KEY, { later: 'nobody' })).toEqual([])
    })
  })

  test('a module path that is none gets into no file', () => {
    const hostile = [
      'git.corp.example/a"]\n[core]\n\tsshCommand = "evil',
      '-oProxyCommand=evil/x',
      'git.corp.example/a b',
    ]
    const change = { modules: hostile, privatePatterns: 'git.corp.example,*evil*' }
    const { files } = okValue(planOf(`git.corp.example ${TOKEN}`, KEY, change))
    expect(JSON.stringify(files)).not.toContain('evil')
    expect(files['git.config']).not.toContain('a b')
  })

  test('GOAUTH without netrc, and modules with .git in their path, are told of', () => {
    const { warnings } = okValue(
      planOf(`git.corp.example ${TOKEN}`, '', { goReadsNetrc: false, modules: ['git.corp.example/a/b.git/c'] }),
    )
    expect(warnings.map(({ code }) => code)).toEqual(['CREDENTIALS_GOAUTH', 'CREDENTIALS_GIT_SUFFIX'])
    expect(okValue(planOf(`git.corp.example ${TOKEN}`)).warnings).toEqual([])
  })

  test('what later steps lack is told of where there are any, and to a command in its own words', () => {
    const warnings = (later: CredentialFacts['later']) => {
      const change = { later, env: { GIT_SSH_COMMAND: 'ssh -y' }, modules: ['git.corp.example/a/b.git/c'] }
      return okValue(planOf('', `git.corp.example:\n${KEY}`, change)).warnings
    }
    expect(warnings('steps').map(({ code }) => code)).toEqual(['CREDENTIALS_SSH_COMMAND', 'CREDENTIALS_GIT_SUFFIX'])
    expect(warnings('command')).toMatchObject([
      { code: 'CREDENTIALS_GIT_SUFFIX', message: expect.stringContaining('where the command has no credentials') },
    ])
    expect(warnings('nobody')).toEqual([])
  })
})

describe('what is used', () => {
  test.each([
    ['github.com', 'x-access-token'],
    ['acme.ghe.com', 'x-access-token'],
    ['ghes.corp.example', 'x-access-token'],
    ['gitlab.com', 'oauth2'],
    ['bitbucket.org', 'x-token-auth'],
    ['git.corp.example', 'oauth2'],
  ])('the user for %s is %s', (host, user) => {
    expect(userOf(host, 'https://ghes.corp.example')).toBe(user)
  })

  test.each([
    ['github.com/acme/*', 'github.com'],
    ['github.com/acme', 'github.com/acme/lib'],
    ['*.corp.example', 'git.corp.example'],
    ['git.corp.example', 'git.corp.example:8443/group'],
  ])('with private-domains %s a token for %s needs no warning', (patterns, place) => {
    expect(
      admitCredentials(inputsOf(`${place} ${TOKEN}`), { env: {}, payload: undefined, patterns, proxies: [] }).warnings,
    ).toEqual([])
  })

  test.each([
    ['', 'github.com'],
    ['github.com/acme', 'github.com/acme-labs'],
    ['corp.example', 'git.corp.example'],
  ])('with private-domains %p a token for %s gets one', (patterns, place) => {
    const { warnings, credentials } = admitCredentials(inputsOf(`${place} ${TOKEN}`), {
      env: {},
      payload: undefined,
      patterns,
      proxies: [],
    })
    expect(warnings).toMatchObject([{ code: 'CREDENTIALS_NOT_PRIVATE' }])
    expect(credentials).toHaveLength(1)
  })

  test('a named proxy’s token needs no private domain', () => {
    const proxies = [{ host: 'proxy.corp.example', port: undefined, path: 'go', overHttp: false }]
    expect(
      admitCredentials(inputsOf(`proxy.corp.example ${TOKEN}`), { env: {}, payload: undefined, patterns: '', proxies })
        .warnings,
    ).toEqual([])
  })

  test('an empty secret is a warning, and in a fork’s or Dependabot’s run a notice', () => {
    const inputs = inputsOf('github.com oauth2 ')
    const [own, bot] = [{}, { GITHUB_ACTOR: 'dependabot[bot]' }].map(env =>
      admitCredentials(inputs, { env, payload: undefined, patterns: 'github.com', proxies: [] }),
    )
    expect([own?.warnings.map(({ code }) => code), own?.notice]).toEqual([['CREDENTIALS_EMPTY'], undefined])
    expect([bot?.warnings, bot?.notice]).toEqual([[], expect.stringContaining('Dependabot')])
  })
})

describe('in a run that gets no secrets', () => {
  const bot = { GITHUB_ACTOR: 'dependabot[bot]' }
  const admitted = (text: string, keys = '', env = bot) =>
    admitCredentials(inputsOf(text, keys), { env, payload: undefined, patterns: 'github.com', proxies: [] })

  test.each([
    ['a user and a blank', 'github.com/acme robot ', ''],
    ['a user alone', 'github.com/acme robot', ''],
    ['a heading of ssh-key', '', 'github.com/acme:\n'],
  ])('%s is an empty secret, of which a notice tells', (_, text, keys) => {
    expect(admitted(text, keys)).toMatchObject({
      credentials: [],
      keys: [],
      warnings: [],
      empty: [{ host: 'github.com', path: 'acme' }],
      notice: expect.stringContaining('no credentials for github.com/acme'),
    })
  })

  test('inputs that are nothing but a secret look as if they were not given: a notice', () => {
    expect(admitted('').notice).toContain('no credentials for github.com.')
    expect(
      admitCredentials(inputsOf(''), { env: bot, payload: undefined, patterns: '', proxies: [] }).notice,
    ).toBeUndefined()
    expect(
      admitCredentials(inputsOf(''), { env: {}, payload: undefined, patterns: 'github.com', proxies: [] }).notice,
    ).toBeUndefined()
  })

  test('what Dependabot’s own secrets and the job’s own token give is used', () => {
    const token = `ghs_${TOKEN}`
    expect(admitted(`github.com/acme ${token}`).credentials).toMatchObject([{ user: 'x-access-token', token }])
    expect(admitted('proxy.example robot short-one', KEY)).toMatchObject({
      credentials: [{ user: 'robot', token: 'short-one' }],
      keys: [{ pem: KEY }],
    })
  })
})

test('an empty key is told of as an empty token is; the others are used', () => {
  const inputs = inputsOf('github.com/acme robot ', `github.com/one:\n${KEY}\ngithub.com/two:\n`)
  const { keys, warnings } = admitCredentials(inputs, {
    env: {},
    payload: undefined,
    patterns: 'github.com',
    proxies: [],
  })
  expect(warnings).toMatchObject([
    {
      code: 'CREDENTIALS_EMPTY',
      message:
        'The token for github.com/acme is empty. The word after github.com/acme counts as a user name, because a blank follows it. The SSH key for github.com/two is empty.',
    },
  ])
  expect(keys).toMatchObject([{ place: { path: 'one' }, pem: KEY }])
})

test('a word with a blank behind it may be the token: it is told of, and hidden', () => {
  const inputs = inputsOf('git.corp.example hunter2hunter \ngithub.com x-access-token \ngitlab.com ci ')
  const { warnings } = admitCredentials(inputs, {
    env: {},
    payload: undefined,
    patterns: 'git.corp.example',
    proxies: [],
  })
  expect(warnings).toMatchObject([
    {
      code: 'CREDENTIALS_EMPTY',
      message:
        'The token for git.corp.example, github.com, gitlab.com is empty. The word after git.corp.example counts as a user name, because a blank follows it.',
      hint: expect.stringContaining('remove the blank'),
    },
  ])
  expect(secretsOf(inputs)).toEqual(['hunter2hunter'])
})

test('a token in the user’s place is a secret, and a name is none; header forms hold both', () => {
  const secrets = secretsOf(
    inputsOf(
      `github.com/a ghp_${TOKEN} my-bot-password\ngithub.com/b ${TOKEN} x-oauth-basic\ngithub.com/c robot ${TOKEN}`,
    ),
  )
  expect(secrets).toEqual(expect.arrayContaining([`ghp_${TOKEN}`, 'my-bot-password', TOKEN, `robot:${TOKEN}`]))
  expect(secrets).not.toContain('robot')
})

describe('whose code a run holds', () => {
  const ours = { id: 1 }
  const head = (repo: unknown) => ({ repository: ours, pull_request: { head: { repo } } })
  test.each([
    ['pull_request_target', head({ id: 1 }), false],
    ['pull_request_target', head({ id: 2 }), true],
    ['pull_request_target', head(null), true],
    ['pull_request_target', undefined, true],
    ['workflow_run', { repository: ours, workflow_run: { head_repository: { id: 1 } } }, false],
    ['workflow_run', { repository: ours, workflow_run: { head_repository: { id: 2 } } }, true],
    ['workflow_run', {}, true],
    ['issue_comment', { issue: { pull_request: {} } }, true],
    ['issue_comment', { issue: {} }, false],
    ['issue_comment', undefined, true],
    ['pull_request', head({ id: 2 }), false],
    ['push', undefined, false],
    [undefined, undefined, false],
  ])('%s %j: foreign is %p', (event, payload, foreign) => {
    expect(hasForeignHead(event, payload)).toBe(foreign)
  })

  test('GitHub gives no secrets to pull requests of forks', () => {
    expect(getsNoSecrets({ GITHUB_EVENT_NAME: 'pull_request' }, head({ id: 2 }))).toBe(true)
    expect(getsNoSecrets({ GITHUB_EVENT_NAME: 'pull_request' }, head({ id: 1 }))).toBe(false)
    expect(getsNoSecrets({ GITHUB_EVENT_NAME: 'push' }, undefined)).toBe(false)
  })
})

/** As their documentation has them beside the keys, in the same order. */
const FINGERPRINTS: Readonly<Record<string, readonly string[]>> = {
  'github.com': [
    '+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU',
    'p2QAMXNIC1TJYWeIOttrVc98/R1BUFWu3/LiyKgUfQM',
    'uNiVztksCsDhcc0u9e8BujQXVUpKZIDTMczCvj3tD2s',
  ],
  'gitlab.com': [
    'eUXGGm1YGsMAS7vkcx6JOJdOGHPem5gQp4taiCfCLB8',
    'HbW3g8zUjNSksFbqTiUWPWg2Bq1x8xdGUrliXFzSnUw',
    'ROQFvPThGrW4RuWLoL9tq9I9zJ42fK4XywyRtbOz/EQ',
  ],
  'bitbucket.org': [
    'ybgmFkzwOSotHTHLJgHO0QN8L0xErw6vd0VhFA9m3SM',
    'FC73VB6C4OQLSCrjEayhMp9UMxS97caD/Yyi2bhW/J0',
    '46OSHA1Rmj8E8ERTC6xkNcmGOw9oFxYr0WF6zWW8l1E',
  ],
}

test('the pinned keys are those whose fingerprints the hosts publish', () => {
  const digest = (key: string) =>
    createHash('sha256')
      .update(Buffer.from(key.split(' ')[1] ?? '', 'base64'))
      .digest('base64')
      .replace(/=$/, '')
  const found = Object.entries(PINNED_HOSTS).map(([host, keys]) => [host, keys.map(digest)])
  expect(Object.fromEntries(found)).toEqual(FINGERPRINTS)
})

describe('what a failure is about', () => {
  const known: KnownCredentials = {
    logins: [],
    keys: [],
    empty: [],
    withheldIn: undefined,
    own: [],
    patterns: 'git.corp.example',
  }
  test('of public modules nothing better is known', () => {
    const words =
      'go: github.com/a/b@v1.0.0: reading https://proxy.golang.org/github.com/a/b/@v/v1.0.0.mod: 404 Not Found'
    expect(diagnose(words, words, known)).toBeUndefined()
  })

  test('a user is named only where it surely is one', () => {
    const words = 'go: git.corp.example/a@v1.0.0: reading https://git.corp.example/a/@v/v1.0.0.mod: 401 Unauthorized'
    const tried = (user: string) =>
      diagnose(words, '', {
        ...known,
        logins: [{ host: 'git.corp.example', port: undefined, path: '', line: 1, user, token: 'bot-password' }],
      })?.message
    expect(tried(TOKEN)).toContain('(line 1 of credentials) as the user given.')
    expect(tried(TOKEN)).not.toContain(TOKEN)
    expect(tried('oauth2')).toContain('as user oauth2.')
  })

  test('an empty key is what was tried', () => {
    const words =
      "go: git.corp.example/a@v1.0.0: x:\n\tfatal: could not read Username for 'https://git.corp.example': x"
    const empty = [{ host: 'git.corp.example', port: undefined, path: '', line: 3, input: 'ssh-key' as const }]
    expect(diagnose(words, '', { ...known, empty })?.message).toContain(
      'nothing, because the SSH key for git.corp.example (line 3 of ssh-key) is empty',
    )
  })

  test('credentials withheld are what was tried', () => {
    const words =
      "go: git.corp.example/a@v1.0.0: git ls-remote https://git.corp.example/a in /x:\n\tfatal: could not read Username for 'https://git.corp.example': x"
    expect(diagnose(words, '', { ...known, withheldIn: 'pull_request_target' })?.message).toContain(
      'git.corp.example asks for credentials for git.corp.example/a@v1.0.0. Tried: nothing, because credentials are not used in this pull_request_target run.',
    )
  })
})
