import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseUsersGit, USERS_GIT_NAMES } from '../../src/credentials/git-config.ts'
import { cleanUpAfterAll } from '../support/clean-up.ts'
import { generateKey } from '../support/servers/ssh-hosting.ts'
import { runInGitsShell } from '../support/worlds/git-shell.ts'
import { okValue, planOf } from './facts.ts'

const root = cleanUpAfterAll().directory('rewrites-')
const [home, ours] = [join(root, 'home'), join(root, 'ours')]
const KEY = generateKey(root, 'key').private
const TOKEN = 'cAnArY-0123456789'
beforeAll(() => {
  for (const directory of [home, ours]) mkdirSync(directory)
})

/** The rewrites of a runner that somebody set up by hand; each alone would stand in the way. */
const USERS: Readonly<Record<string, string>> = {
  'no rewrites': '',
  'a rewrite of the host to ssh': '[url "ssh://git@github.com/"]\n\tinsteadOf = https://github.com/\n',
  'one of the host to a token of its own':
    '[url "https://x-access-token:OLD@github.com/"]\n\tinsteadOf = https://github.com/\n',
  'one for each organisation': ['acme', 'other']
    .map(
      owner =>
        `[url "git@github.com:${owner}/"]\n\tinsteadOf = https://github.com/${owner}/\n\tinsteadOf = ssh://git@github.com/${owner}/\n`,
    )
    .join(''),
  'one that begins within a name': '[url "git@github.com:acme/li"]\n\tinsteadOf = https://github.com/acme/li\n',
}

interface Given {
  readonly credentials?: string
  readonly keys?: string
  readonly modules?: readonly string[]
  readonly users: string
}

/** What git makes of URLs: `theirs` without us, `ours` with us. */
async function rewriteAll(given: Given, urls: readonly string[]) {
  writeFileSync(join(home, '.gitconfig'), given.users)
  const base = { PATH: process.env['PATH'], HOME: home, GIT_CONFIG_NOSYSTEM: '1' }
  let printed = ''
  try {
    const args = ['config', '--null', '--get-regexp', USERS_GIT_NAMES]
    printed = execFileSync('git', args, { cwd: root, env: base, encoding: 'utf8' })
  } catch {
    // Nothing is configured.
  }
  const { files, download } = okValue(
    planOf(given.credentials ?? '', given.keys ?? '', {
      directory: ours,
      modules: given.modules ?? [],
      usersGit: parseUsersGit(printed),
    }),
  )
  for (const [name, text] of Object.entries(files)) writeFileSync(join(ours, name), text, { mode: 0o600 })
  const ask = async (env: NodeJS.ProcessEnv) => {
    const script = `for url; do printf '%s\\n' "$(git ls-remote --get-url "$url")"; done`
    return (await runInGitsShell(script, urls, { cwd: root, env })).split('\n')
  }
  const [without, withUs] = await Promise.all([ask(base), ask({ ...base, ...download })])
  return urls.map((url, i) => ({ url, theirs: without[i] ?? '', ours: withUs[i] ?? '' }))
}

const ALIAS = /^(ssh:\/\/)?git@github\.com\.go-proxy-setup-[0-9a-f]{8}-0[/:]/
const STARTS = ['https://github.com/', 'ssh://git@github.com/']
const NAMESAKES = [
  'lib-extra',
  'lib2',
  'library',
  'lib_',
  'lib.go',
  'lib.github.io',
  'lib.gitx',
  'lib.git-tools',
  'Lib',
]
const urlsOf = (paths: readonly string[]) => STARTS.flatMap(start => paths.map(path => start + path))

describe.each(Object.entries(USERS))('on a runner with %s', (_, users) => {
  test('a key for one repository is for that one: its namesakes go where they went without us', async () => {
    const keys = `github.com/acme/lib:\n${KEY}`
    const forms = ['acme/lib', 'acme/lib.git', 'acme/lib/', 'acme/lib.git/', 'acme/lib/info']
    for (const row of await rewriteAll({ keys, users }, urlsOf(forms)))
      expect(row).toMatchObject({ ours: expect.stringMatching(ALIAS) })
    const others = urlsOf([...NAMESAKES.flatMap(one => [`acme/${one}`, `acme/${one}.git`]), 'acme/other', 'other/lib'])
    for (const row of await rewriteAll({ keys, users }, others)) expect(row.ours).toBe(row.theirs)
  })

  test('a token for one repository is for that one, too', async () => {
    const credentials = `github.com/acme/lib ${TOKEN}`
    const own = ['https://github.com/acme/lib', ...urlsOf(['acme/lib.git', 'acme/lib/'])]
    for (const { url, ours } of await rewriteAll({ credentials, users }, own))
      expect(ours).toBe(url.replace(/^ssh:\/\/git@/, 'https://'))
    const others = NAMESAKES.map(one => `https://github.com/acme/${one}`)
    const bySsh = NAMESAKES.filter(one => !one.startsWith('lib.git')).map(one => `ssh://git@github.com/acme/${one}`)
    for (const row of await rewriteAll({ credentials, users }, [...others, ...bySsh])) expect(row.ours).toBe(row.theirs)
  })

  test.each([
    ['an organisation', 'github.com/acme', 'acme-labs/lib'],
    ['the host', 'github.com', undefined],
  ])('a token for %s is used for repositories that go.mod does not name', async (_whole, place, other) => {
    const credentials = `${place} ${TOKEN}`
    const urls = urlsOf(['acme/new', 'acme/New.git', 'acme/lib-extra', 'acme/_x', 'acme/library'])
    for (const { url, ours } of await rewriteAll({ credentials, users }, urls))
      expect(ours).toBe(url.replace(/^ssh:\/\/git@/, 'https://'))
    for (const row of await rewriteAll({ credentials, users }, other === undefined ? [] : urlsOf([other])))
      expect(row.ours).toBe(row.theirs)
  })

  test('where a key is for one repository and a token for its organisation, namesakes take the token', async () => {
    const given = { credentials: `github.com/acme ${TOKEN}`, keys: `github.com/acme/lib:\n${KEY}`, users }
    for (const { url, ours } of await rewriteAll(given, urlsOf(NAMESAKES.map(one => `acme/${one}`))))
      expect(ours).toBe(url.replace(/^ssh:\/\/git@/, 'https://'))
  })
})

test('whatever the name: nothing but the repository itself is taken to its key', async () => {
  const keys = `github.com/acme/lib:\n${KEY}`
  const character = fc.constantFrom(...'abzAZ09-_.~+git')
  const names = fc.sample(fc.string({ unit: character, minLength: 1, maxLength: 6 }), 60)
  const paths = names.filter(name => !/^\.git\/?$/.test(name)).map(name => `acme/lib${name}`)
  for (const row of await rewriteAll({ keys, users: '' }, urlsOf(paths))) expect(row.ours).toBe(row.theirs)
}, 60_000)
