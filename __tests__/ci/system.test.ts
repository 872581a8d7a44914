import { describe, expect, test } from '@jest/globals'
import { jobLoginOf } from '../../src/ci/job-login.ts'
import { detectSystem } from '../../src/ci/system.ts'
import { admitCredentials, secretsOf } from '../../src/credentials/admit.ts'
import { readInputs } from '../../src/inputs/read.ts'
import { commandSource } from '../../src/inputs/sources.ts'

const TOKEN = 'cAnArY-0123456789'
const GITLAB = { GITLAB_CI: 'true', CI_SERVER_HOST: 'git.corp.example', CI_JOB_TOKEN: TOKEN }
const AZURE = { TF_BUILD: 'True', SYSTEM_COLLECTIONURI: 'https://dev.azure.com/acme/', SYSTEM_ACCESSTOKEN: TOKEN }
const GITHUB = { GITHUB_ACTIONS: 'true', GITHUB_SERVER_URL: 'https://github.com', GITHUB_TOKEN: TOKEN }

describe('which system it is', () => {
  test.each([
    [{ GITHUB_ACTIONS: 'true' }, 'GitHub Actions'],
    [{ GITHUB_ACTIONS: 'true', GITEA_ACTIONS: 'true' }, 'Gitea Actions'],
    [{ GITHUB_ACTIONS: 'true', GITEA_ACTIONS: 'true', FORGEJO_ACTIONS: 'true' }, 'Forgejo Actions'],
    [{ CI: 'true', GITLAB_CI: 'true' }, 'GitLab CI'],
    [{ TF_BUILD: 'True' }, 'Azure Pipelines'],
    [{ CI: 'true', BUILDKITE: 'true' }, 'Buildkite'],
    [{ TEAMCITY_VERSION: '2026.1' }, 'TeamCity'],
    [{ CI: 'true', CIRCLECI: 'true' }, 'CircleCI'],
    [{ CI: 'woodpecker' }, 'Woodpecker'],
    [{ CI: 'true', BITBUCKET_BUILD_NUMBER: '7' }, 'Bitbucket Pipelines'],
    [{ CI: 'true', DRONE: 'true' }, 'Drone'],
    [{ CI: 'true', TRAVIS: 'true' }, 'Travis CI'],
    [{ JENKINS_URL: 'https://jenkins.example/' }, 'Jenkins'],
    [{ CI: 'true', GITLAB_CI: 'false', TEAMCITY_VERSION: '' }, undefined],
  ])('%j: %s', (env, name) => {
    expect(detectSystem(env)?.name).toBe(name)
  })
})

describe('groups of the log', () => {
  const group = { title: "a 100 % [b] 'c' | ü", number: 2, second: 1_700_000_000 }
  test.each([
    [{ GITHUB_ACTIONS: 'true' }, "::group::a 100 %25 [b] 'c' | ü", '::endgroup::'],
    [
      GITLAB,
      "\u001b[0Ksection_start:1700000000:go_proxy_setup_2[collapsed=true]\r\u001b[0Ka 100 % [b] 'c' | ü",
      '\u001b[0Ksection_end:1700000000:go_proxy_setup_2\r\u001b[0K',
    ],
    [AZURE, "##[group]a 100 % [b] 'c' | ü", '##[endgroup]'],
    [{ BUILDKITE: 'true' }, "--- a 100 % [b] 'c' | ü", '+++ go-proxy-setup'],
    [
      { TEAMCITY_VERSION: '1' },
      "##teamcity[blockOpened name='a 100 % |[b|] |'c|' || |0x00FC']",
      "##teamcity[blockClosed name='a 100 % |[b|] |'c|' || |0x00FC']",
    ],
    [{ CIRCLECI: 'true' }, undefined, undefined],
  ])('%j', (env, begin, end) => {
    const fold = detectSystem(env)?.fold
    expect([fold?.begin(group), fold?.end(group)]).toEqual([begin, end])
  })
})

describe('the job’s own token', () => {
  test.each([
    [GITLAB, 'git.corp.example', undefined, '', 'gitlab-ci-token'],
    [
      { ...GITLAB, CI_SERVER_PORT: '443', CI_SERVER_PROTOCOL: 'https' },
      'git.corp.example',
      undefined,
      '',
      'gitlab-ci-token',
    ],
    [{ ...GITLAB, CI_SERVER_PORT: '8443' }, 'git.corp.example', 8443, '', 'gitlab-ci-token'],
    [AZURE, 'dev.azure.com', undefined, 'acme', undefined],
    [GITHUB, 'github.com', undefined, '', 'x-access-token'],
    [
      { ...GITHUB, GITHUB_SERVER_URL: 'https://git.acme.example:3000/' },
      'git.acme.example',
      3000,
      '',
      'x-access-token',
    ],
    [
      { ...GITHUB, GITEA_ACTIONS: 'true', GITHUB_SERVER_URL: 'https://gitea.acme.example' },
      'gitea.acme.example',
      undefined,
      '',
      'x-access-token',
    ],
    [
      { ...GITHUB, FORGEJO_ACTIONS: 'true', GITHUB_SERVER_URL: 'https://acme.example/forgejo/' },
      'acme.example',
      undefined,
      'forgejo',
      'x-access-token',
    ],
  ])('%j is for that server only', (env, host, port, path, user) => {
    expect(jobLoginOf(env)).toEqual({ host, port, path, user, token: TOKEN })
  })

  test.each([
    ['no system', { CI_JOB_TOKEN: TOKEN, GITHUB_TOKEN: TOKEN }, /no CI system is known here/],
    ['a system without tokens', { CIRCLECI: 'true', CI_JOB_TOKEN: TOKEN }, /CircleCI gives its jobs no token/],
    ['no token', { ...AZURE, SYSTEM_ACCESSTOKEN: '' }, /SYSTEM_ACCESSTOKEN is not set.*System\.AccessToken/],
    ['the name that Azure did not replace', { ...AZURE, SYSTEM_ACCESSTOKEN: 'no token' }, /holds no token/],
    ['no server', { ...GITLAB, CI_SERVER_HOST: '' }, /CI_SERVER_HOST of GitLab CI is not set/],
    ['a server without TLS', { ...GITLAB, CI_SERVER_PROTOCOL: 'http' }, /no login over http/],
    ['a server that is none', { ...GITHUB, GITHUB_SERVER_URL: `https://${TOKEN}@x` }, /names no https server/],
    ['a server of one word', { ...GITHUB, GITHUB_SERVER_URL: 'nonsense' }, /names no https server/],
  ])('%s: a reason and what to do, without secrets', (_, env, why) => {
    const none = jobLoginOf(env)
    if (!('what' in none)) throw new Error('there is a login')
    expect(`${none.what}. ${none.advice}`).toMatch(why)
    expect(JSON.stringify(none)).not.toContain(TOKEN)
  })
})

describe('credentials: ci', () => {
  const read = (credentials: string, env: Readonly<Record<string, string>>) =>
    readInputs(commandSource({ credentials }, env, '/work'))
  const circumstances = { payload: {}, patterns: 'github.com', proxies: [] }

  test('is a line beside others, and masked as they are', () => {
    const result = read(`proxy.example robot other-t0ken\nci \n`, GITLAB)
    if (!result.ok) throw new Error(JSON.stringify(result.problems))
    const { credentials } = result.value.inputs
    expect(credentials.map(({ line, host, user }) => [line, host, user])).toEqual([
      [1, 'proxy.example', 'robot'],
      [2, 'git.corp.example', 'gitlab-ci-token'],
    ])
    expect(secretsOf({ credentials, sshKeys: [] })).toContain(TOKEN)
  })

  test('no token is taken that was not asked for', () => {
    const result = read('', { ...GITLAB, ...AZURE, ...GITHUB })
    expect(result.ok && result.value.inputs.credentials).toEqual([])
  })

  test('is withheld where a stranger’s code may run', () => {
    const env = { ...GITHUB, GITHUB_EVENT_NAME: 'pull_request_target' }
    const result = read('ci', env)
    if (!result.ok) throw new Error(JSON.stringify(result.problems))
    const admitted = admitCredentials(result.value.inputs, { ...circumstances, env })
    expect([admitted.credentials, admitted.withheldIn]).toEqual([[], 'pull_request_target'])
  })

  test('is withheld in Azure’s builds of forks, unless that is allowed', () => {
    const admitIn = (more: Readonly<Record<string, string>>, allow = false) => {
      const env = { ...AZURE, ...more }
      const result = read('ci', env)
      if (!result.ok) throw new Error(JSON.stringify(result.problems))
      const inputs = { ...result.value.inputs, allowUnsafePrCredentials: allow }
      const { credentials, withheldIn, warnings } = admitCredentials(inputs, { ...circumstances, env })
      return [credentials.length, withheldIn, warnings.find(({ code }) => code === 'CREDENTIALS_UNSAFE_EVENT')?.hint]
    }
    const fork = { SYSTEM_PULLREQUEST_ISFORK: 'True' }
    expect(admitIn(fork)).toEqual([0, 'fork’s', expect.stringContaining('for this repository’s own branches')])
    expect(admitIn(fork, true)).toEqual([1, undefined, undefined])
    expect(admitIn({ SYSTEM_PULLREQUEST_ISFORK: 'False' })).toEqual([1, undefined, undefined])
    expect(admitIn({})).toEqual([1, undefined, undefined])
    // Elsewhere the variable means nothing.
    expect(admitIn({ ...fork, TF_BUILD: '', ...GITLAB })).toEqual([1, undefined, undefined])
  })

  test('is withheld in GitLab’s pipelines of a fork’s merge request that run in the parent project', () => {
    const admitIn = (more: Readonly<Record<string, string>>) => {
      const env = { ...GITLAB, CI_PROJECT_ID: '7', ...more }
      const result = read('ci', env)
      if (!result.ok) throw new Error(JSON.stringify(result.problems))
      const { credentials, withheldIn } = admitCredentials(result.value.inputs, { ...circumstances, env })
      return [credentials.length, withheldIn]
    }
    expect(admitIn({ CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '8' })).toEqual([0, 'fork’s'])
    expect(admitIn({ CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '7' })).toEqual([1, undefined])
    expect(admitIn({})).toEqual([1, undefined])
  })

  test('without a system the input’s problem names the line', () => {
    const result = read('# ours\nci', {})
    expect(result.ok ? [] : result.problems).toEqual([
      {
        code: 'INPUT_CREDENTIAL_CI',
        message: '--credentials: line 2: `ci` means the job’s token, and no CI system is known here.',
        hint: 'Write the host and a token instead: git.example.com/group TOKEN.',
      },
    ])
  })
})
