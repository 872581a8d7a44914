import { describe, expect, test } from '@jest/globals'
import { admitCredentials } from '../../src/credentials/admit.ts'
import { diagnose } from '../../src/credentials/diagnose.ts'
import type { KnownCredentials } from '../../src/credentials/tried.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { generateKey } from '../support/servers/ssh-hosting.ts'
import { inputsOf } from './facts.ts'

const cleanUp = cleanUpAfterEach()

const TOKEN = 'cAnArY-0123456789'
const HOST = 'git.corp.example'
const PROXY = 'proxy.corp.example'
const at = (host: string, port?: number) => ({ host, port, path: '' })
const KNOWN: KnownCredentials = {
  logins: [],
  keys: [],
  empty: [],
  withheldIn: undefined,
  own: [
    { ...at(PROXY), overHttp: false },
    { ...at('plain.corp.example', 80), overHttp: true },
  ],
  patterns: 'corp.example,git.corp.example',
}
const GIVEN: Readonly<Record<string, Partial<KnownCredentials>>> = {
  'a token': { logins: [HOST, PROXY].map(host => ({ ...at(host), line: 1, user: 'oauth2', token: TOKEN })) },
  'a key': { keys: [at(HOST)] },
  'an empty secret': { empty: [HOST, PROXY].map(host => ({ ...at(host), line: 1, input: 'credentials' as const })) },
  'what is withheld': { withheldIn: 'pull_request_target' },
  nothing: {},
}

const ofProxy = (status: string, proxy = `https://${PROXY}`) =>
  `go: corp.example/lib@v1.0.0: reading ${proxy}/corp.example/lib/@v/v1.0.0.mod: ${status}`
const ofGit = (words: string) =>
  `go: ${HOST}/a@v1.0.0: git ls-remote -q https://${HOST}/a in /x: exit status 128:\n\tfatal: ${words}`

describe('code and remedy are of what was tried', () => {
  const unanswered = ofGit(`could not read Username for 'https://${HOST}': terminal prompts disabled`)
  const refusedKey = ofGit(`x\n\tgit@${HOST}.go-proxy-setup-0123abcd-0: Permission denied (publickey).`)
  test.each([
    ['401', 'a token', ofProxy('401 Unauthorized'), 'CREDENTIALS_REFUSED', 'refuses the credentials', 'not expired'],
    ['401', 'nothing', ofProxy('401 Unauthorized'), 'CREDENTIALS_MISSING', 'asks for', `\`${PROXY} TOKEN\``],
    ['401', 'an empty secret', ofProxy('401 Unauthorized'), 'CREDENTIALS_EMPTY', 'asks for', 'Give the secret a value'],
    ['401', 'what is withheld', ofProxy('401 Unauthorized'), 'CREDENTIALS_UNSAFE_EVENT', 'asks for', 'allow-unsafe-pr'],
    ['403', 'a token', ofProxy('403 Forbidden'), 'CREDENTIALS_FORBIDDEN', 'accepts the credentials', 'single sign-on'],
    [
      '403',
      'nothing',
      ofProxy('403 Forbidden'),
      'CREDENTIALS_FORBIDDEN',
      'forbids this',
      'on purpose. If it needs a login: add',
    ],
    ['404', 'a token', ofProxy('404 Not Found'), 'CREDENTIALS_NOT_VISIBLE', 'no such module', 'cover this'],
    [
      '404',
      'an empty secret',
      ofProxy('404 Not Found'),
      'CREDENTIALS_NOT_VISIBLE',
      'no such',
      'credentials are missing: give the secret a value',
    ],
    [
      '404',
      'nothing',
      ofProxy('404 Not Found'),
      'CREDENTIALS_NOT_VISIBLE',
      'no such',
      'credentials are missing: add a line',
    ],
    ['no user for git', 'an empty secret', unanswered, 'CREDENTIALS_EMPTY', 'asks for', 'Give the secret a value'],
    ['no user for git', 'what is withheld', unanswered, 'CREDENTIALS_UNSAFE_EVENT', 'asks for', 'allow-unsafe-pr'],
    ['no user for git', 'nothing', unanswered, 'CREDENTIALS_MISSING', 'asks for', 'or an ssh-key for it'],
    ['a key refused', 'a key', refusedKey, 'CREDENTIALS_KEY_REFUSED', 'refuses the SSH key', 'public half'],
    ['a key refused', 'nothing', refusedKey, 'CREDENTIALS_MISSING', 'asks for an SSH key', 'or an ssh-key for it'],
  ])('%s with %s', (_, given, words, code, what, remedy) => {
    const problem = diagnose(words, '', { ...KNOWN, ...GIVEN[given] })
    expect(problem).toMatchObject({
      code,
      message: expect.stringContaining(what),
      hint: expect.stringContaining(remedy),
    })
  })
})

describe('the place that refused is the one that is named', () => {
  test('a proxy over http, and not the host in the module’s path', () => {
    const problem = diagnose(ofProxy('401 Unauthorized', 'http://plain.corp.example'), '', KNOWN)
    expect(problem?.message).toBe(
      'plain.corp.example:80 asks for credentials for corp.example/lib@v1.0.0. Tried: nothing, because go sends no login over http.',
    )
    expect(problem?.code).toBe('CREDENTIALS_OVER_HTTP')
    expect(diagnose(ofProxy('404 Not Found', 'http://plain.corp.example'), '', KNOWN)).toBeUndefined()
  })

  test('a gateway of ours stands for the host behind it', () => {
    const words = ofProxy('404 Not Found', 'http://127.0.0.1:1234/0123abcd')
    expect(diagnose(words, '', KNOWN)?.message).toContain('corp.example says that there is no such module')
  })

  test('a host that nobody named, to which a private module’s page leads git', () => {
    const words = ofGit("could not read Username for 'https://elsewhere.example': terminal prompts disabled")
    const led = words.replace(`https://${HOST}/a`, 'https://elsewhere.example/a')
    expect(diagnose(led, '', KNOWN)?.message).toContain(`elsewhere.example asks for credentials for ${HOST}/a@v1.0.0`)
    expect(diagnose(led, '', { ...KNOWN, patterns: 'corp.example' })).toBeUndefined()
  })

  test('a key that is for another port of ssh', () => {
    const words = `go: ${HOST}/team/lib@v1.0.0: git ls-remote -q origin in /x: exit status 128:\n\tgit@${HOST}.go-proxy-setup-0123abcd-0: Permission denied (publickey).`
    const keys = [{ ...at(HOST, 2222), path: 'team' }]
    expect(diagnose(words, '', { ...KNOWN, keys })).toMatchObject({
      code: 'CREDENTIALS_KEY_REFUSED',
      message: expect.stringContaining(`Tried: the SSH key for ${HOST}:2222/team.`),
    })
  })
})

test.each([
  ['bitbucket.corp.example:7999/proj', 'bitbucket.corp.example/scm/proj'],
  ['ssh.dev.azure.com/v3/org', 'dev.azure.com/org'],
  ['altssh.gitlab.com:443', 'gitlab.com/group'],
])('a key for %s is for what %s covers, and needs no warning', (heading, patterns) => {
  const pem = generateKey(cleanUp.directory('keys-'), 'key').private
  const circumstances = { env: {}, payload: undefined, patterns, proxies: [] }
  expect(admitCredentials(inputsOf('', `${heading}:\n${pem}`), circumstances).warnings).toEqual([])
})

describe('over ssh: host, port and key as git was led there', () => {
  const [SSH, ALIAS] = [`ssh://git@${HOST}:2222/team/lib`, `${HOST}.go-proxy-setup-0123abcd-0`]
  const spoken = (url: string, words: string) =>
    `go: ${HOST}/team/lib@v1.0.0: reading ${HOST}/team/lib/go.mod at revision v1.0.0: git ls-remote -q --end-of-options ${url} in /m/cache/vcs/0a: exit status 128:\n\t${words}\n\tfatal: Could not read from remote repository.\n\t`
  const denied = `git@127.0.0.1: Permission denied (publickey).`
  const key = (port?: number) => ({ ...at(HOST, port), alias: ALIAS, lines: [3], server: { host: HOST, port } })
  const rewrites = [{ to: `ssh://git@${ALIAS}/`, from: [`ssh://git@${HOST}:2222/`, `https://${HOST}/`] }]

  test.each<[string, string, Partial<KnownCredentials>, string, string, string]>([
    [
      'the key that was refused',
      spoken(SSH, denied),
      { keys: [key(2222)], rewrites },
      'CREDENTIALS_KEY_REFUSED',
      `${HOST}:2222 refuses the SSH key for ${HOST}/team/lib@v1.0.0. Tried: the SSH key for ${HOST}:2222 (line 3 of ssh-key).`,
      'public half',
    ],
    [
      'the same where a module’s URL led there',
      spoken(`https://${HOST}/team/lib`, denied),
      { keys: [key(2222)], rewrites },
      'CREDENTIALS_KEY_REFUSED',
      `${HOST}:2222 refuses the SSH key`,
      'public half',
    ],
    [
      'a key without a heading, and a page with a port',
      spoken(SSH, denied),
      { keys: [key()], rewrites: [] },
      'CREDENTIALS_KEY_PORT',
      `${HOST}:2222 asks for an SSH key for ${HOST}/team/lib@v1.0.0. Tried: nothing, because the SSH key for ${HOST} (line 3 of ssh-key) is for another port than 2222`,
      `Write \`${HOST}:2222:\` in a line before the key.`,
    ],
    [
      'the same where the key is for a path',
      spoken(SSH, denied),
      { keys: [{ ...key(), path: 'team' }], rewrites: [] },
      'CREDENTIALS_KEY_PORT',
      `the SSH key for ${HOST}/team (line 3 of ssh-key) is for another port than 2222`,
      `Write \`${HOST}:2222/team:\` in a line before the key.`,
    ],
    [
      'the same where the host’s key is not known',
      spoken(SSH, 'Host key verification failed.'),
      { keys: [key()], rewrites: [] },
      'CREDENTIALS_KEY_PORT',
      `${HOST}:2222 has an SSH host key`,
      `Write \`${HOST}:2222:\` in a line before the key.`,
    ],
    [
      'a token, which ssh does not take',
      spoken(SSH, denied),
      GIVEN['a token'] ?? {},
      'CREDENTIALS_MISSING',
      'Tried: nothing, because',
      `with the line \`${HOST}:2222:\` before it`,
    ],
    [
      'a closed port',
      spoken(SSH, 'ssh: connect to host 127.0.0.1 port 2222: Connection refused'),
      { keys: [key(2222)], rewrites },
      'CREDENTIALS_HOST_UNREACHABLE',
      `${HOST}:2222 cannot be reached from here`,
      'VPN',
    ],
    [
      'a rewrite of the user’s to a host that nothing is given for',
      spoken(`https://${HOST}/team/lib`, denied),
      { rewrites: [{ to: 'ssh://git@alt.corp.example:443/', from: [`https://${HOST}/`] }] },
      'CREDENTIALS_MISSING',
      'alt.corp.example:443 asks for an SSH key',
      'with the line `alt.corp.example:443:` before it',
    ],
  ])('%s', (_, words, given, code, message, hint) => {
    expect(diagnose(words, '', { ...KNOWN, ...given })).toMatchObject({
      code,
      message: expect.stringContaining(message),
      hint: expect.stringContaining(hint),
    })
  })
})

test('what is quoted is what tells the cause, and not git’s last words', () => {
  const last = 'fatal: Could not read from remote repository.'
  const words = ofGit(`x\n\tssh: connect to host 127.0.0.1 port 22: Connection refused\n\t${last}`)
  const problem = diagnose(words, last, { ...KNOWN, keys: [at(HOST)] })
  expect(problem?.message).toMatch(/go says: ssh: connect to host 127\.0\.0\.1 port 22: Connection refused$/)
})

describe('a path that differs from a secret’s in upper and lower case', () => {
  const words = ofGit(`could not read Username for 'https://${HOST}': terminal prompts disabled`).replaceAll(
    `${HOST}/a`,
    `${HOST}/team/lib`,
  )
  const login = (path: string) => ({ host: HOST, port: undefined, path, line: 2, user: 'oauth2', token: TOKEN })
  test.each<[string, Partial<KnownCredentials>, string, string]>([
    [
      'a token’s',
      { logins: [login('Team')] },
      `the token for ${HOST}/Team (line 2 of credentials)`,
      `Write \`${HOST}/team\` in line 2 of credentials`,
    ],
    [
      'a key’s',
      { keys: [{ ...at(HOST), path: 'team/Lib' }] },
      `the SSH key for ${HOST}/team/Lib`,
      `Write \`${HOST}/team/lib\` in the line before the key`,
    ],
    [
      'where nothing else makes it private',
      { logins: [login('TEAM/lib')], patterns: '' },
      `the token for ${HOST}/TEAM/lib (line 2 of credentials)`,
      `Write \`${HOST}/team/lib\``,
    ],
  ])('%s is named, and no wider one is advised', (_, given, tried, hint) => {
    expect(diagnose(words, '', { ...KNOWN, ...given })).toMatchObject({
      code: 'CREDENTIALS_CASE',
      message: expect.stringContaining(`Tried: nothing, because ${tried}`),
      hint: expect.stringContaining(hint),
    })
  })

  test('beside a wider one that was tried', () => {
    const problem = diagnose(words.replace(/could not read.*/, 'Authentication failed'), '', {
      ...KNOWN,
      logins: [login(''), login('Team')],
    })
    expect(problem).toMatchObject({
      code: 'CREDENTIALS_CASE',
      message: expect.stringContaining(`Tried: the token for ${HOST} (line 2`),
    })
  })
})

test('a host that takes connections and says nothing is not one without the module', () => {
  const words = `go: ${HOST}/a@v1.0.0: unrecognized import path "${HOST}/a": https fetch: Get "https://${HOST}/a?go-get=1": net/http: TLS handshake timeout`
  expect(diagnose(words, '', KNOWN)?.code).toBe('CREDENTIALS_HOST_UNREACHABLE')
})

test.each([
  ['OpenSSL, one of a company’s own', 'SSL certificate problem: self-signed certificate in certificate chain'],
  ['OpenSSL, unknown', 'SSL certificate problem: unable to get local issuer certificate'],
  ['GnuTLS', 'server certificate verification failed. CAfile: none CRLfile: none'],
])('a certificate that git does not trust: %s', (_, words) => {
  const problem = diagnose(ofGit(`unable to access 'https://${HOST}/a/': ${words}`), '', KNOWN)
  expect([problem?.code, problem?.message]).toEqual([
    'CREDENTIALS_CERTIFICATE',
    expect.stringContaining(`${HOST} has a certificate that is not trusted here. It is needed for ${HOST}/a@v1.0.0.`),
  ])
})

describe('nothing innocent is blamed', () => {
  const page = (words: string) =>
    `go: ${HOST}/a@v1.0.0: unrecognized import path "${HOST}/a": https fetch: Get "https://${HOST}/a?go-get=1": ${words}`
  const tls = 'tls: failed to verify certificate: x509: certificate'
  test.each<[string, string, string, string]>([
    [
      'an expired certificate',
      page(`${tls} has expired or is not yet valid: now is after then`),
      'has expired',
      'renew',
    ],
    [
      'one for another name',
      page(`${tls} is valid for x.example, not ${HOST}`),
      'for another name',
      'Is the name right?',
    ],
    [
      'a changed host key',
      ofGit(`WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!\n\tHost key verification failed.`),
      'other than the one that is known here',
      'ssh-known-hosts',
    ],
    [
      'a version that is not there in a repository that is',
      `go: ${HOST}/a@v1.9.0: reading ${HOST}/a/go.mod at revision v1.9.0: unknown revision v1.9.0`,
      `${HOST} has no such version of the module: ${HOST}/a@v1.9.0`,
      'Was its tag pushed',
    ],
  ])('%s', (_, words, message, hint) => {
    const problem = diagnose(words, '', KNOWN)
    expect([problem?.message, problem?.hint]).toEqual([expect.stringContaining(message), expect.stringContaining(hint)])
    // Nothing was given, and it is about something else.
    expect(diagnose(words, '', { ...KNOWN, logins: [] })?.message).not.toContain('Tried: nothing')
  })

  test('the login in a proxy’s URL was sent', () => {
    const own = [{ ...at(PROXY), overHttp: false, withLogin: true }]
    expect(diagnose(ofProxy('401 Unauthorized'), '', { ...KNOWN, own })).toMatchObject({
      code: 'CREDENTIALS_REFUSED',
      message: expect.stringContaining('Tried: the login in its URL.'),
    })
  })

  test('where a host has a token for one of its paths, none for all of it is advised', () => {
    const words = ofGit(`could not read Username for 'https://${HOST}': terminal prompts disabled`).replaceAll(
      `${HOST}/a`,
      `${HOST}/team/lib`,
    )
    const logins = [{ ...at(HOST), path: 'other', line: 2, user: 'oauth2', token: TOKEN }]
    expect(diagnose(words, '', { ...KNOWN, logins })).toMatchObject({
      code: 'CREDENTIALS_MISSING',
      message: expect.stringContaining(
        `the token for ${HOST}/other (line 2 of credentials) as user oauth2 is for another path`,
      ),
      hint: expect.stringContaining(`Add a line \`${HOST}/team TOKEN\``),
    })
  })

  test('a token in another case than private-domains is no public one', () => {
    const circumstances = { env: {}, payload: undefined, patterns: `${HOST}/team`, proxies: [] }
    const { warnings } = admitCredentials(inputsOf(`${HOST}/Team ${TOKEN}`, ''), circumstances)
    expect(warnings.map(({ code }) => code)).toEqual(['CREDENTIALS_CASE'])
  })
})

test.each([
  ['its host and port', 'plain.corp.example:8080', 8080, ['CREDENTIALS_OVER_HTTP']],
  ['its host, where it has the port of http', 'plain.corp.example', 80, ['CREDENTIALS_OVER_HTTP']],
  ['another port of its host', 'plain.corp.example:8443', 8080, ['CREDENTIALS_NOT_PRIVATE']],
])('a token for a proxy over http is warned of: %s', (_, place, port, codes) => {
  const proxies = [{ ...at('plain.corp.example', port), overHttp: true }]
  const { warnings } = admitCredentials(inputsOf(`${place} ${TOKEN}`), {
    env: {},
    payload: undefined,
    patterns: 'git.corp.example',
    proxies,
  })
  expect(warnings.map(({ code }) => code)).toEqual(codes)
})
