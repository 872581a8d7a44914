import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { parseUsersGit, USERS_GIT_NAMES } from '../../src/credentials/git-config.ts'
import { cleanUpAfterAll } from '../support/clean-up.ts'
import { generateKey } from '../support/servers/ssh-hosting.ts'
import { okValue, planOf } from './facts.ts'

const root = cleanUpAfterAll().directory('layouts-')
const [home, ours] = [join(root, 'home'), join(root, 'ours')]
const KEY = generateKey(root, 'key').private
const TOKEN = 'cAnArY-0123456789'
beforeAll(() => {
  for (const directory of [home, ours]) mkdirSync(directory)
})

interface Given {
  readonly credentials?: string
  /** What stands before the key; empty: nothing, undefined: no key. */
  readonly heading?: string
  readonly modules?: readonly string[]
  readonly patterns?: string
  /** The user's rewrites: from, to. */
  readonly users?: readonly (readonly [from: string, to: string])[]
}

/** What real git makes of a URL, the alias of a key written `KEY[:port]` as ssh reaches it, and the warnings. */
function ask(given: Given, urls: readonly string[]) {
  const lines = (given.users ?? []).map(([from, to]) => `[url "${to}"]\n\tinsteadOf = ${from}\n`)
  writeFileSync(join(home, '.gitconfig'), lines.join(''))
  const env = { PATH: process.env['PATH'], HOME: home, GIT_CONFIG_NOSYSTEM: '1' }
  const options = { cwd: root, encoding: 'utf8' } as const
  const printed =
    lines.length === 0
      ? ''
      : execFileSync('git', ['config', '--null', '--get-regexp', USERS_GIT_NAMES], { ...options, env })
  const keys = given.heading === undefined ? '' : `${given.heading === '' ? '' : `${given.heading}:\n`}${KEY}`
  const { files, download, warnings } = okValue(
    planOf(given.credentials ?? '', keys, {
      directory: ours,
      modules: given.modules ?? [],
      privatePatterns: given.patterns ?? '',
      usersGit: parseUsersGit(printed),
    }),
  )
  for (const [name, text] of Object.entries(files)) writeFileSync(join(ours, name), text, { mode: 0o600 })
  const show = (url: string) => {
    const [, start, alias = '', end] = /^(.*?)([\w.-]+\.go-proxy-setup-[0-9a-f]{8}-\d+)(.*)$/.exec(url) ?? []
    if (alias === '') return url
    const read = execFileSync('ssh', ['-F', join(ours, 'ssh.config'), '-G', alias], options)
    const [host, port] = ['hostname', 'port'].map(name => new RegExp(`^${name} (.*)$`, 'm').exec(read)?.[1])
    return `${start}KEY(${host} ${port})${end}`
  }
  const led = urls.map(url =>
    show(execFileSync('git', ['ls-remote', '--get-url', url], { ...options, env: { ...env, ...download } }).trim()),
  )
  return { led, warnings, config: files['git.config'] ?? '' }
}

const AZURE = 'https://dev.azure.com/org/proj'
const AZURE_KEY = 'ssh://git@KEY(ssh.dev.azure.com 22)/v3/org/proj'
const BITBUCKET = 'https://bitbucket.corp.example/scm/'
const BITBUCKET_KEY = 'ssh://git@KEY(bitbucket.corp.example 7999)/'
const VISUAL_STUDIO = 'org.visualstudio.com/proj'
const MODULES = ['dev.azure.com/org/proj/lib.git', 'bitbucket.corp.example/scm/proj/lib.git']

describe('a host whose layout is known', () => {
  test.each<[string, Given, string, string]>([
    ['Azure with a token', { credentials: `dev.azure.com/org ${TOKEN}` }, `${AZURE}/lib`, `${AZURE}/_git/lib`],
    ['and `_git` in the URL', { credentials: `dev.azure.com/org ${TOKEN}` }, `${AZURE}/_git/lib`, `${AZURE}/_git/lib`],
    ['a token for the host', { credentials: `dev.azure.com ${TOKEN}` }, `${AZURE}/other`, `${AZURE}/_git/other`],
    ['one for the project', { credentials: `dev.azure.com/org/proj ${TOKEN}` }, `${AZURE}/new`, `${AZURE}/_git/new`],
    [
      'one for a repository',
      { credentials: `dev.azure.com/org/proj/lib ${TOKEN}` },
      `${AZURE}/lib.git`,
      `${AZURE}/_git/lib.git`,
    ],
    [
      'one for its URL',
      { credentials: `dev.azure.com/org/proj/_git/lib ${TOKEN}` },
      `${AZURE}/_git/lib/`,
      `${AZURE}/_git/lib/`,
    ],
    [
      'a page with ssh, and a token',
      { credentials: `dev.azure.com/org/proj ${TOKEN}` },
      'git@ssh.dev.azure.com:v3/org/proj/lib',
      `${AZURE}/_git/lib`,
    ],
    ['Azure with a key', { heading: 'dev.azure.com/org' }, `${AZURE}/_git/lib`, `${AZURE_KEY}/lib`],
    ['a key for its name for ssh', { heading: 'ssh.dev.azure.com' }, `${AZURE}/lib`, `${AZURE_KEY}/lib`],
    ['a key for its path for ssh', { heading: 'ssh.dev.azure.com/v3/org/proj' }, `${AZURE}/new`, `${AZURE_KEY}/new`],
    [
      'a key for what is private',
      { heading: '', patterns: 'dev.azure.com/org' },
      `${AZURE}/_git/lib`,
      `${AZURE_KEY}/lib`,
    ],
    [
      'Bitbucket Server with a key',
      { heading: 'bitbucket.corp.example' },
      `${BITBUCKET}proj/lib`,
      `${BITBUCKET_KEY}proj/lib`,
    ],
    [
      'a key for its port',
      { heading: 'bitbucket.corp.example:7999' },
      `${BITBUCKET}proj/lib.git`,
      `${BITBUCKET_KEY}proj/lib.git`,
    ],
    [
      'a key for a project there',
      { heading: 'bitbucket.corp.example:7999/proj' },
      `${BITBUCKET}proj/new`,
      `${BITBUCKET_KEY}proj/new`,
    ],
    [
      'a key for a project’s path',
      { heading: 'bitbucket.corp.example/scm/proj' },
      `${BITBUCKET}proj/new`,
      `${BITBUCKET_KEY}proj/new`,
    ],
    [
      'a port of its own',
      { heading: 'bitbucket.corp.example:7990' },
      `${BITBUCKET}proj/lib`,
      'ssh://git@KEY(bitbucket.corp.example 7990)/proj/lib',
    ],
    [
      'a page with ssh',
      { heading: 'bitbucket.corp.example:7999/proj' },
      'ssh://git@bitbucket.corp.example:7999/proj/lib.git',
      `${BITBUCKET_KEY}proj/lib.git`,
    ],
    [
      'behind a context path',
      { heading: 'code.corp.example', modules: ['code.corp.example/git/scm/p/lib.git'] },
      'https://code.corp.example/git/scm/p/lib',
      'ssh://git@KEY(code.corp.example 7999)/p/lib',
    ],
    [
      'another project behind a context path',
      { heading: 'code.corp.example:7999', modules: ['code.corp.example/stash/scm/p/lib.git'] },
      'https://code.corp.example/stash/scm/q/new',
      'ssh://git@KEY(code.corp.example 7999)/q/new',
    ],
    [
      'a person’s own repositories',
      { heading: 'bitbucket.corp.example:7999/~me', modules: ['bitbucket.corp.example/scm/~me/lib.git'] },
      `${BITBUCKET}~me/lib`,
      `${BITBUCKET_KEY}~me/lib`,
    ],
    [
      'those behind a context path',
      { heading: 'code.corp.example:7999', modules: ['code.corp.example/git/scm/~me/lib.git'] },
      'https://code.corp.example/git/scm/~me/lib',
      'ssh://git@KEY(code.corp.example 7999)/~me/lib',
    ],
    [
      'Azure’s old name with a token',
      { credentials: `org.visualstudio.com ${TOKEN}`, modules: [`${VISUAL_STUDIO}/lib.git`] },
      `https://${VISUAL_STUDIO}/lib`,
      `https://${VISUAL_STUDIO}/_git/lib`,
    ],
    [
      'and `_git` in the URL',
      { credentials: `org.visualstudio.com ${TOKEN}`, modules: [`${VISUAL_STUDIO}/_git/lib.git`] },
      `https://${VISUAL_STUDIO}/_git/lib`,
      `https://${VISUAL_STUDIO}/_git/lib`,
    ],
    [
      'a token for a project there',
      { credentials: `${VISUAL_STUDIO} ${TOKEN}` },
      `https://${VISUAL_STUDIO}/new`,
      `https://${VISUAL_STUDIO}/_git/new`,
    ],
    [
      'a key for an organisation’s host',
      { heading: 'org.visualstudio.com', modules: [`${VISUAL_STUDIO}/lib.git`] },
      `https://${VISUAL_STUDIO}/lib`,
      'ssh://git@KEY(vs-ssh.visualstudio.com 22)/v3/org/proj/lib',
    ],
    [
      'with `_git`',
      { heading: 'org.visualstudio.com', modules: [`${VISUAL_STUDIO}/_git/lib.git`] },
      `https://${VISUAL_STUDIO}/_git/lib`,
      'ssh://git@KEY(vs-ssh.visualstudio.com 22)/v3/org/proj/lib',
    ],
    [
      'a key for its path for ssh, and a page with ssh',
      { heading: 'vs-ssh.visualstudio.com/v3/org', modules: [`${VISUAL_STUDIO}/lib.git`] },
      'git@vs-ssh.visualstudio.com:v3/org/proj/lib',
      'ssh://git@KEY(vs-ssh.visualstudio.com 22)/v3/org/proj/lib',
    ],
    [
      'a key for their common host for ssh alone is for each organisation that is known',
      { heading: 'vs-ssh.visualstudio.com', modules: [`${VISUAL_STUDIO}/lib.git`] },
      `https://${VISUAL_STUDIO}/lib`,
      'ssh://git@KEY(vs-ssh.visualstudio.com 22)/v3/org/proj/lib',
    ],
    [
      'a page that names what GitHub has for ssh over 443',
      { heading: 'github.com/acme' },
      'ssh://git@ssh.github.com:443/acme/lib.git',
      'ssh://git@KEY(ssh.github.com 443)/acme/lib.git',
    ],
    [
      'the same without .git, and the key is for this repository',
      { heading: 'github.com/acme/lib' },
      'ssh://git@ssh.github.com:443/acme/lib',
      'ssh://git@KEY(ssh.github.com 443)/acme/lib',
    ],
    [
      'a name for ssh that listens on 443 alone',
      { heading: 'altssh.gitlab.com' },
      'https://gitlab.com/g/lib.git',
      'ssh://git@KEY(altssh.gitlab.com 443)/g/lib.git',
    ],
    [
      'ssh over 443 of Bitbucket',
      { heading: 'altssh.bitbucket.org:443/team' },
      'https://bitbucket.org/team/lib',
      'ssh://git@KEY(altssh.bitbucket.org 443)/team/lib',
    ],
    [
      'a group that is called scm elsewhere',
      { heading: 'gitlab.corp.example', modules: ['gitlab.corp.example/scm/lib'] },
      'https://gitlab.corp.example/scm/lib.git',
      'ssh://git@KEY(gitlab.corp.example 22)/scm/lib.git',
    ],
    [
      'ssh over 443',
      { heading: 'ssh.github.com:443/acme' },
      'https://github.com/acme/lib',
      'ssh://git@KEY(ssh.github.com 443)/acme/lib',
    ],
    [
      '443 of a host that has a name for it',
      { heading: 'gitlab.com:443' },
      'https://gitlab.com/g/lib.git',
      'ssh://git@KEY(altssh.gitlab.com 443)/g/lib.git',
    ],
    [
      '443 of another host',
      { heading: 'gitlab.corp.example:443/grp' },
      'https://gitlab.corp.example/grp/lib',
      'ssh://git@KEY(gitlab.corp.example 443)/grp/lib',
    ],
  ])('%s', (_, given, url, expected) => {
    const { led, warnings } = ask({ modules: MODULES, ...given }, [url])
    expect([led, warnings.filter(({ code }) => code !== 'CREDENTIALS_GIT_SUFFIX')]).toEqual([[expected], []])
  })

  test('a token for a repository of Azure’s is found under the URL that git asks', () => {
    const { config } = ask({ credentials: `dev.azure.com/org/proj/lib ${TOKEN}` }, [])
    expect(config).toContain('[credential "https://dev.azure.com/org/proj/_git/lib"]')
  })
})

describe('a rewrite of the user’s that maps a path', () => {
  const scm = ['https://git.corp.example/go/', 'https://git.corp.example/r/p/'] as const
  test.each<[string, Given, string, string]>([
    [
      'is kept within the token’s place',
      { credentials: `git.corp.example ${TOKEN}`, users: [scm], modules: ['git.corp.example/go/lib.git'] },
      'https://git.corp.example/go/lib',
      'https://git.corp.example/r/p/lib',
    ],
    [
      'without the token that it has',
      { credentials: `git.corp.example ${TOKEN}`, users: [[scm[0], 'https://u:OLD@git.corp.example/r/p/']] },
      'https://git.corp.example/go/lib',
      'https://git.corp.example/r/p/lib',
    ],
    [
      'where the host is rewritten, too',
      {
        credentials: `git.corp.example ${TOKEN}`,
        users: [['https://git.corp.example/', 'https://OLD@git.corp.example/'], scm],
      },
      'https://git.corp.example/go/new',
      'https://git.corp.example/r/p/new',
    ],
    [
      'from another token’s place',
      { credentials: `git.corp.example/go ${TOKEN}\ngit.corp.example/r ${TOKEN}`, users: [scm] },
      'https://git.corp.example/go/lib',
      'https://git.corp.example/r/p/lib',
    ],
    [
      'to a key’s place, from a token’s',
      {
        credentials: `git.corp.example ${TOKEN}`,
        heading: 'ssh.corp.example:29418',
        users: [[scm[0], 'ssh://me@ssh.corp.example:29418/']],
      },
      'https://git.corp.example/go/lib',
      'ssh://me@KEY(ssh.corp.example 29418)/lib',
    ],
    [
      'to a key’s place, from nobody’s',
      { heading: 'alt.corp.example:443', users: [['https://gitlab.corp.example/', 'ssh://git@alt.corp.example:443/']] },
      'https://gitlab.corp.example/grp/plain.git',
      'ssh://git@KEY(alt.corp.example 443)/grp/plain.git',
    ],
    [
      'to a key for one repository',
      {
        heading: 'alt.corp.example:443/grp/lib',
        users: [['https://gitlab.corp.example/', 'ssh://git@alt.corp.example:443/']],
      },
      'https://gitlab.corp.example/grp/lib',
      'ssh://git@KEY(alt.corp.example 443)/grp/lib',
    ],
    [
      'to no key for a namesake',
      {
        heading: 'alt.corp.example:443/grp/lib',
        users: [['https://gitlab.corp.example/', 'ssh://git@alt.corp.example:443/']],
      },
      'https://gitlab.corp.example/grp/library',
      'ssh://git@alt.corp.example:443/grp/library',
    ],
    [
      'relative to the home directory',
      { heading: 'alt.corp.example', users: [['https://git.corp.example/', 'me@alt.corp.example:repos/']] },
      'https://git.corp.example/lib',
      'me@KEY(alt.corp.example 22):repos/lib',
    ],
    [
      'to another port of a key’s host',
      {
        heading: '',
        patterns: 'git.corp.example',
        users: [['https://git.corp.example/', 'ssh://git@git.corp.example:2222/']],
      },
      'https://git.corp.example/grp/lib.git',
      'ssh://git@KEY(git.corp.example 2222)/grp/lib.git',
    ],
    [
      'to the name for ssh of a key’s host',
      { heading: 'github.com/acme', users: [['https://github.com/', 'ssh://git@ssh.github.com:443/']] },
      'https://github.com/acme/lib',
      'ssh://git@KEY(ssh.github.com 443)/acme/lib',
    ],
    [
      'of Azure, to a key',
      { heading: 'ssh.dev.azure.com', users: [[`${AZURE}/`, 'git@ssh.dev.azure.com:v3/org/proj/']] },
      `${AZURE}/lib`,
      'git@KEY(ssh.dev.azure.com 22):v3/org/proj/lib',
    ],
    [
      'of Azure, with a token',
      { credentials: `dev.azure.com/org ${TOKEN}`, users: [[`${AZURE}/`, `${AZURE}/_git/`]] },
      `${AZURE}/new`,
      `${AZURE}/_git/new`,
    ],
    [
      'of Azure to ssh, with a token',
      {
        credentials: `dev.azure.com/org ${TOKEN}`,
        modules: MODULES,
        users: [[`${AZURE}/`, 'git@ssh.dev.azure.com:v3/org/proj/']],
      },
      `${AZURE}/new`,
      `${AZURE}/_git/new`,
    ],
    [
      'of Bitbucket Server',
      { heading: 'bitbucket.corp.example:7999', users: [[BITBUCKET, 'ssh://git@bitbucket.corp.example:7999/']] },
      `${BITBUCKET}proj/lib`,
      `${BITBUCKET_KEY}proj/lib`,
    ],
  ])('%s', (_, given, url, expected) => {
    const { led, warnings } = ask(given, [url])
    expect([led, warnings.filter(({ code }) => code !== 'CREDENTIALS_GIT_SUFFIX')]).toEqual([[expected], []])
  })

  test.each<[string, Given, string, RegExp]>([
    [
      'a token',
      { credentials: `git.corp.example/go ${TOKEN}`, users: [scm] },
      'https://git.corp.example/go/lib',
      /^git’s configuration rewrites https:\/\/git\.corp\.example\/go\/ to https:\/\/git\.corp\.example\/r\/p\/, for which no credentials.*the token for git\.corp\.example\/go\.$/,
    ],
    [
      'a token, to ssh',
      { credentials: `git.corp.example ${TOKEN}`, users: [[scm[0], `ssh://x@git.corp.example:29418/`]] },
      'https://git.corp.example/go/lib',
      /to ssh:\/\/git\.corp\.example:29418\/.*the token/,
    ],
    [
      'a key',
      { heading: 'git.corp.example', users: [[scm[0], 'https://u:OLD@elsewhere.example/']] },
      'https://git.corp.example/go/lib',
      /to https:\/\/elsewhere\.example\/.*the SSH key/,
    ],
  ])('that leads to what nothing is given for is overruled by %s, with a warning', (_, given, url, message) => {
    const { led, warnings } = ask(given, [url])
    expect(led[0]).toMatch(/git\.corp\.example[^/]*\/go\/lib$/)
    expect(warnings).toEqual([
      {
        code: 'CREDENTIALS_REWRITE',
        message: expect.stringMatching(message),
        hint: expect.stringContaining('If the rewrite is needed'),
      },
    ])
    expect(JSON.stringify(warnings)).not.toContain('OLD')
  })
})
