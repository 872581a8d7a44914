import { expect, test } from '@jest/globals'
import { installCredentials } from '../../src/credentials/install.ts'
import type { Commands, Files, Log } from '../../src/effects.ts'
import { cleanUpAfterAll } from '../support/clean-up.ts'
import { generateKey } from '../support/servers/ssh-hosting.ts'
import { inputsOf, okValue } from './facts.ts'

const KEY = generateKey(cleanUpAfterAll().directory('keys-'), 'key').private

/** What of the options is the same in all tests. */
const USUAL = {
  toFiles: true,
  goVersion: 'go1.26.8',
  installedGo: 'go1.26.8',
  goReadsNetrc: true,
  later: 'steps',
} as const

test('on Windows each ssh finds the user’s configuration: its own knows drives, the one of git begins at /', async () => {
  const written = new Map<string, string>()
  const files = {
    readText: async () => undefined,
    makeDirectory: async () => {},
    write: async (path: string, text: string) => void written.set(path.replace(/^.*[\\/]/, ''), text),
  } as unknown as Files
  const commands = { run: async () => ({ exitCode: 1, stdout: '', stderr: '' }) } as unknown as Commands
  const earlier = 'D:/a/_temp/one/credentials/git.config'
  const env = { USERPROFILE: 'C:\\Users\\me', PROGRAMDATA: 'C:\\ProgramData', GIT_CONFIG_VALUE_0: earlier }
  const options = {
    inputs: inputsOf('', `git.corp.example:\n${KEY}`),
    env,
    childEnv: env,
    patterns: 'git.corp.example',
    keyPatterns: 'git.corp.example',
    modules: [],
    ownProxies: [],
    ...USUAL,
    directory: 'D:\\a\\_temp\\two\\credentials',
  }
  const world = { files, commands, log: {} as Log, platform: 'win32' as const, timeoutMs: 1, graceMs: 1 }
  okValue(await installCredentials(options, world))
  const includes = (name: string) =>
    [...(written.get(name) ?? '').matchAll(/^Include "(.*)"$/gm)].map(([, path]) => path)
  expect(includes('ssh-users.config')).toEqual([
    'D:/a/_temp/one/credentials/ssh.config',
    '/d/a/_temp/one/credentials/ssh.config',
    '~/.ssh/config',
    'C:/Users/me/.ssh/config',
    '/c/Users/me/.ssh/config',
    'C:/ProgramData/ssh/ssh_config',
    '/c/ProgramData/ssh/ssh_config',
    '/etc/ssh/ssh_config',
  ])
  expect(includes('ssh.config')).toEqual([
    'D:/a/_temp/two/credentials/ssh-users.config',
    '/d/a/_temp/two/credentials/ssh-users.config',
  ])
})

test('an old git asks each place once what it answers to an empty login, and never that of a private proxy', async () => {
  const urls: string[] = []
  const netrc = ['git.corp.example', 'proxy.corp.example'].map(host => `machine ${host} login a password b\n`).join('')
  const files = {
    readText: async (path: string) => (path.endsWith('.netrc') ? netrc : undefined),
    makeDirectory: async () => {},
    write: async () => {},
  } as unknown as Files
  const run = async (_: string, args: readonly string[]) => {
    if (args.includes('ls-remote')) urls.push(args.at(-2) ?? '')
    return { exitCode: args[0] === 'version' ? 0 : 1, stdout: 'git version 2.39.5\n', stderr: '' }
  }
  const credentials = [
    'git.corp.example token-for-all-1',
    'git.corp.example/team token-for-team-2',
    'proxy.corp.example/go token-for-proxy-3',
    'proxy.corp.example/other token-for-proxy-4',
  ]
  const options = {
    inputs: inputsOf(credentials.join('\n')),
    env: { HOME: '/home/me' },
    childEnv: {},
    patterns: 'git.corp.example,corp.example',
    keyPatterns: 'git.corp.example',
    modules: ['team/a', 'team/b', 'other/c', 'other/d'].map(path => ({
      path: `git.corp.example/${path}`,
      version: 'v1.0.0',
    })),
    ownProxies: ['https://proxy.corp.example/go'],
    ...USUAL,
    directory: '/tmp/two/credentials',
  }
  const commands = { run, runOrEnd: run } as unknown as Commands
  const world = { files, commands, log: {} as Log, platform: 'linux' as const, timeoutMs: 1, graceMs: 1 }
  okValue(await installCredentials(options, world))
  expect(urls).toEqual(['https://git.corp.example/other/c', 'https://git.corp.example/team/a'])
})

test('a key without a place is for the modules that a pattern fits, be they known from go.mod alone', async () => {
  const written = new Map<string, string>()
  const files = {
    readText: async () => undefined,
    makeDirectory: async () => {},
    write: async (path: string, text: string) => void written.set(path.replace(/^.*\//, ''), text),
  } as unknown as Files
  const commands = { run: async () => ({ exitCode: 1, stdout: '', stderr: '' }) } as unknown as Commands
  const options = {
    inputs: inputsOf('', KEY),
    env: { HOME: '/home/me' },
    childEnv: {},
    patterns: 'github.com/acme-*',
    keyPatterns: 'github.com/acme-*',
    modules: [{ path: 'github.com/acme-x/one', version: 'v1.0.0' }],
    ownProxies: [],
    ...USUAL,
    directory: '/tmp/three/credentials',
  }
  const world = { files, commands, log: {} as Log, platform: 'linux' as const, timeoutMs: 1, graceMs: 1 }
  okValue(await installCredentials(options, world))
  expect(written.get('git.config')).toContain('https://github.com/acme-x')
})
