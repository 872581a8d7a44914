import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { findCandidates } from '../../src/candidates/find.ts'
import { loginsFor } from '../../src/candidates/logins.ts'
import type { CredentialFacts } from '../../src/credentials/facts.ts'
import { askBeforeNetrc, parseGitVersion, readsNetrcVariable } from '../../src/credentials/git-version.ts'
import { installCredentials } from '../../src/credentials/install.ts'
import type { CredentialPlan } from '../../src/credentials/plan.ts'
import type { Log } from '../../src/effects.ts'
import { parseNetrc } from '../../src/go/netrc.ts'
import { showPlace } from '../../src/places/place.ts'
import { createAuthority } from '../support/builders/certificates.ts'
import { goSettings } from '../support/builders/settings.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { addRepository, type HostingOptions, startGitHosting } from '../support/servers/git-hosting.ts'
import { startInternet } from '../support/servers/internet.ts'
import { realCommands, realFiles } from '../support/worlds/effects.ts'
import { inputsOf, okValue, planOf } from './facts.ts'

const cleanUp = cleanUpAfterEach()

const TOKEN = 'cAnArY-0123456789'
const [HOST, PROXY] = ['git.corp.example', 'proxy.corp.example']
const machines = (plan: CredentialPlan) =>
  [...(plan.files['netrc'] ?? '').matchAll(/^machine (\S+)/gm)].map(([, name]) => name)

describe('the machines of the file for go', () => {
  test.each<[string, Partial<CredentialFacts>, readonly string[]]>([
    ['a URL', {}, [`https://${HOST}`, `https://${HOST}:443`]],
    ['the same for the first that takes one', { goVersion: 'go1.24.0' }, [`https://${HOST}`, `https://${HOST}:443`]],
    ['a name before Go 1.24', { goVersion: 'go1.23.12' }, [HOST, `${HOST}:443`]],
    ['a name where such a go fetches the newer one', { installedGo: 'go1.22.12' }, [HOST, `${HOST}:443`]],
  ])('%s', (_, change, expected) => {
    expect(machines(okValue(planOf(`${HOST} ${TOKEN}`, '', change)))).toEqual(expected)
  })

  test('are what a second use finds for its own proxies', () => {
    const specs = [{ kind: 'url' as const, url: `https://${PROXY}`, preset: undefined }]
    const candidates = okValue(findCandidates({ proxies: specs, privateProxy: undefined }, goSettings()))
    for (const version of ['go1.22.12', 'go1.24.9', 'go1.26.8']) {
      const { files } = okValue(planOf(`${PROXY} robot ${TOKEN}`, '', { goVersion: version }))
      const found = loginsFor(candidates.list, parseNetrc(files['netrc'] ?? ''), { version })
      expect(found.map(one => `${showPlace(one)} ${one.user}:${one.token}`)).toEqual([`${PROXY} robot:${TOKEN}`])
    }
  })
})

/** Real git before a host with logins. */
async function startGit(hosting: HostingOptions) {
  const root = cleanUp.directory('netrc-')
  const [home, ours] = [join(root, 'home'), join(root, 'ours')]
  for (const directory of [home, ours]) mkdirSync(directory)
  const authority = await createAuthority(root)
  const host = cleanUp(await startGitHosting(await authority.issue([HOST]), hosting))
  const internet = cleanUp(await startInternet({ [HOST]: host.port }))
  addRepository(host.root, 'team/lib', { 'README.md': 'x' })
  const base = { PATH: process.env['PATH'], HOME: home, GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0' }
  return {
    environment: { ...base, ...authority.env, ...internet.env },
    home,
    ours,
    write: (plan: CredentialPlan) => {
      for (const [name, text] of Object.entries(plan.files)) writeFileSync(join(ours, name), text, { mode: 0o600 })
    },
    git: (args: readonly string[], env: Readonly<Record<string, string | undefined>>) =>
      new Promise<readonly [ok: boolean, logins: readonly (string | undefined)[]]>(resolve => {
        const before = host.hits.length
        const options = { cwd: home, env: { ...base, ...authority.env, ...internet.env, ...env } }
        execFile('git', [...args], options, error =>
          resolve([error === null, host.hits.slice(before).map(({ login }) => login)]),
        )
      }),
  }
}

describe('git that looks into the file, as it does with libcurl from 8.16', () => {
  // Every git looks into this one, whatever its libcurl.
  const asIfNew = (home: string, plan: CredentialPlan) => writeFileSync(join(home, '.netrc'), plan.files['netrc'] ?? '')

  test.each([
    ['finds nothing, and pushes with what its own helper has', {}, true],
    ['finds the token for a go before 1.24', { goVersion: 'go1.23.12' }, false],
  ])('%s', async (_, change: Partial<CredentialFacts>, works) => {
    const { git, home, ours, write } = await startGit({
      logins: { '/team/': ['robot:may-push'] },
      forbidden: { '/team/': `oauth2:${TOKEN}` },
    })
    const plan = okValue(planOf(`${HOST} ${TOKEN}`, '', { directory: ours, ...change }))
    write(plan)
    asIfNew(home, plan)
    const helper = '[credential]\n\thelper = "!f() { echo username=robot; echo password=may-push; }; f"\n'
    writeFileSync(join(home, '.gitconfig'), helper)
    const [succeeded] = await git(['ls-remote', `https://${HOST}/team/lib`], plan.later)
    expect(succeeded).toBe(works)
  })

  test('is warned of where it can be known, and where anybody comes later', () => {
    const codes = (change: Partial<CredentialFacts>, place = HOST) => {
      const facts = { goVersion: 'go1.23.12', git: parseGitVersion('git version 2.51.0\nlibcurl: 8.16.0\n') }
      return okValue(planOf(`${place} ${TOKEN}`, '', { ...facts, ...change })).warnings.map(({ code }) => code)
    }
    expect(codes({})).toEqual(['CREDENTIALS_NETRC'])
    expect(codes({ later: 'command' })).toEqual(['CREDENTIALS_NETRC'])
    expect(codes({ later: 'nobody' })).toEqual([])
    expect(codes({ goVersion: 'go1.24.9' })).toEqual([])
    expect(codes({ git: parseGitVersion('git version 2.39.5\n') })).toEqual([])
    expect(codes({}, `${HOST}:8443`)).toEqual([])
    expect(codes({}, 'github.com')).toEqual([])
  })
})

test('a login in ~/.netrc that may see less is not sent in the place of ours, whatever user the host takes', async () => {
  const { git, home, ours, write } = await startGit({
    logins: { '/team/': [`oauth2:${TOKEN}`] },
    hidden: { '/team/': 'narrow:narrow-secret' },
  })
  writeFileSync(join(home, '.netrc'), `machine ${HOST} login narrow password narrow-secret\n`)
  const version = await new Promise<string>(resolve =>
    execFile('git', ['version', '--build-options'], (_, printed) => resolve(printed)),
  )
  const change = { directory: ours, inNetrc: [HOST], git: parseGitVersion(version) }
  for (const place of [HOST, `${HOST}/team`, `${HOST}/team/lib`]) {
    const plan = okValue(planOf(`${place} ${TOKEN}`, '', change))
    write(plan)
    for (const url of [`https://${HOST}/team/lib`, `https://${HOST}/team/lib.git`]) {
      const [succeeded, logins] = await git(['ls-remote', url], plan.download)
      expect([place, url, succeeded]).toEqual([place, url, true])
      expect(logins.filter(login => login?.includes('narrow'))).toEqual([])
    }
  }
})

test('a host that answers 403 to an empty login gets ours at once, and no other host by a redirect', async () => {
  const { environment, git, home, ours } = await startGit({
    logins: { '/team/': [`oauth2:${TOKEN}`] },
    // The empty one, and the one that the file has.
    forbidden: { '/team/': ':', '/team/lib': 'x:stale-secret' },
  })
  writeFileSync(join(home, '.netrc'), `machine ${HOST} login x password stale-secret\n`)
  const installed = okValue(
    await installCredentials(
      {
        inputs: inputsOf(`${HOST}/team ${TOKEN}`),
        env: environment,
        childEnv: environment,
        patterns: HOST,
        keyPatterns: HOST,
        modules: [{ path: `${HOST}/team/lib`, version: 'v1.0.0' }],
        ownProxies: [],
        toFiles: true,
        goVersion: 'go1.26.8',
        installedGo: 'go1.26.8',
        goReadsNetrc: true,
        later: 'steps',
        directory: join(ours, 'credentials'),
      },
      {
        commands: realCommands,
        files: realFiles,
        log: {} as Log,
        platform: process.platform,
        timeoutMs: 30_000,
        graceMs: 1_000,
      },
    ),
  )
  for (const name of ['team/lib', 'team/lib.git'])
    expect((await git(['ls-remote', `https://${HOST}/${name}`], installed.download))[0]).toBe(true)
  const config = readFileSync(join(ours, 'credentials', 'git.config'), 'utf8')
  // git from 2.46 has no need of it.
  expect(config.includes('Authorization: Basic ')).toBe(!config.includes('proactiveAuth'))
  expect(config.includes('followRedirects = "false"')).toBe(!config.includes('proactiveAuth'))
})

test('what git says of itself', () => {
  expect(parseGitVersion('git version 2.51.0.windows.1\ncpu: x86_64\nlibcurl: 8.16.1\nzlib: 1.3\n')).toEqual({
    git: [2, 51],
    libcurl: [8, 16],
  })
  expect(parseGitVersion('')).toEqual({ git: undefined, libcurl: undefined })
  const reads = (libcurl: string) => readsNetrcVariable(parseGitVersion(`git version 2.51.0\nlibcurl: ${libcurl}\n`))
  expect(['7.88.1', '8.15.0', '8.16.0', '9.0.0'].map(reads)).toEqual([false, false, true, true])
  const names = ['2.39.5', '2.45.9', '2.46.0', '3.0.0'].map(
    version => askBeforeNetrc(parseGitVersion(`git version ${version}\n`))[0],
  )
  expect(names).toEqual(['emptyAuth', 'emptyAuth', 'proactiveAuth', 'proactiveAuth'])
})
