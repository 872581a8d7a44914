import { admitCredentials, type CredentialInputs } from '../../src/credentials/admit.ts'
import type { CredentialFacts } from '../../src/credentials/facts.ts'
import { NO_USERS_GIT } from '../../src/credentials/git-config.ts'
import { parseGitVersion } from '../../src/credentials/git-version.ts'
import { type CredentialPlan, planCredentials } from '../../src/credentials/plan.ts'
import type { Result } from '../../src/errors.ts'
import { parseCredentials } from '../../src/inputs/credentials.ts'
import { parseSshKeys } from '../../src/inputs/ssh-keys.ts'

/** The inputs as a user would write them. */
export function inputsOf(text: string, keys = '', change: Partial<CredentialInputs> = {}): CredentialInputs {
  const credentials = parseCredentials({ name: 'credentials', label: 'credentials', text }, {})
  const sshKeys = parseSshKeys({ name: 'ssh-key', label: 'ssh-key', text: keys })
  if (!credentials.ok) throw new Error(credentials.problems.map(({ message }) => message).join('\n'))
  if (keys !== '' && !sshKeys.ok) throw new Error(sshKeys.problems.map(({ message }) => message).join('\n'))
  return {
    credentials: credentials.value,
    sshKeys: sshKeys.ok ? sshKeys.value : [],
    sshKnownHosts: [],
    allowUnsafePrCredentials: false,
    ...change,
  }
}

export function planOf(text: string, keys = '', change: Partial<CredentialFacts> = {}): Result<CredentialPlan> {
  const { credentials, keys: admitted } = admitCredentials(inputsOf(text, keys), {
    env: {},
    payload: undefined,
    patterns: '',
    proxies: [],
  })
  return planCredentials({
    directory: '/tmp/ours/credentials',
    credentials,
    keys: admitted,
    knownHosts: [],
    modules: [],
    privatePatterns: '',
    goVersion: 'go1.26.8',
    installedGo: change.goVersion ?? 'go1.26.8',
    goReadsNetrc: true,
    env: {},
    later: 'steps',
    netrc: '',
    sshHosts: new Map(),
    usersGit: NO_USERS_GIT,
    git: parseGitVersion(''),
    inNetrc: [],
    refusingEmptyLogin: [],
    sshUsersFile: '/tmp/ours/credentials/ssh-users.config',
    ...change,
  })
}

export function okValue<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value
}
