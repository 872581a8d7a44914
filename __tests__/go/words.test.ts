import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { diagnose } from '../../src/credentials/diagnose.ts'
import type { KnownCredentials } from '../../src/credentials/tried.ts'
import { classifyGoError } from '../../src/go/failure.ts'
import { keepEnd, ownText, readLines } from '../../src/go/words.ts'
import { anyText } from '../support/builders/text.ts'

const HOST = 'git.corp.example'
const MODULE = `${HOST}/team/lib@v1.0.0`
const EVIL = 'evil.example'
const KNOWN: KnownCredentials = {
  logins: [{ host: HOST, port: undefined, path: 'team', line: 1, user: 'oauth2', token: 'cAnArY-0123456789' }],
  keys: [],
  empty: [],
  withheldIn: undefined,
  own: [{ host: 'proxy.corp.example', port: undefined, path: '', overHttp: false }],
  patterns: 'corp.example,git.corp.example',
}
const WITH_KEY: KnownCredentials = { ...KNOWN, logins: [], keys: [{ host: HOST, port: undefined, path: '' }] }

const behindTabs = (text: string) => text.replaceAll('\n', '\n\t')
/** As go prints what git wrote. */
const ofGit = (...lines: readonly string[]) =>
  `go: ${MODULE}: git ls-remote -q --end-of-options origin in /x/cache/vcs/0a: exit status 128:\n\t${behindTabs(lines.join('\n'))}`
/** As go prints a proxy's answer. */
const ofProxy = (status: string, body: string) =>
  `go: ${MODULE}: reading https://proxy.corp.example/${HOST}/team/lib/@v/v1.0.0.mod: ${status}\n\tserver response:${body.includes('\n') ? `\n\t${behindTabs(body)}` : ` ${body}`}`
const remote = (text: string) => text.split('\n').map(line => `remote: ${line}`)
const REFUSED = `fatal: unable to access 'https://${HOST}/team/lib/': The requested URL returned error: 403`

/** What a server may write, in the hope of being taken for git, ssh or go. */
const LIES: Readonly<Record<string, string>> = {
  'a link': `Single sign-on is needed.\nRead https://${EVIL}/sso for details.`,
  'go’s words': `go: ${EVIL}/a@v1.0.0: reading https://${EVIL}/a/@v/v1.0.0.mod: 401 Unauthorized`,
  'go’s words, without its name': `${EVIL}/a@v1.0.0: reading https://${EVIL}/a/@v/v1.0.0.mod: 401 Unauthorized`,
  'git’s words': `fatal: Authentication failed for 'https://${EVIL}/a/'`,
  'git’s words about a name': `fatal: could not read Username for 'https://${EVIL}': terminal prompts disabled`,
  'an own “remote:”': `remote: x\nfatal: unable to access 'https://${EVIL}/': SSL certificate problem: expired`,
  'ssh’s words': `git@${EVIL}: Permission denied (publickey).\nHost key verification failed.`,
  'a page': `<!DOCTYPE html>\n<a href="https://${EVIL}/login">Access denied</a>`,
  'escape sequences': `\u001b[2J\u001b]8;;https://${EVIL}\u0007Access denied\u001b[0m: 401`,
  'a lone CR': `x\rfatal: Authentication failed for 'https://${EVIL}/'\r: 401`,
  'a line separator': `x\u2028fatal: Authentication failed for 'https://${EVIL}/'\u2028\u0085: 401`,
  'the disk': 'no space left on device\nSECURITY ERROR: checksum mismatch\nmissing go.sum entry',
  'another response': `server response:\nreading https://${EVIL}/x: 401 Unauthorized`,
  'a head of its own': `go: ${EVIL}/a@v1.0.0: git ls-remote https://${EVIL}/a in /x: exit status 128:\n\tfatal: Authentication failed for 'https://${EVIL}/'`,
}

describe.each(Object.entries(LIES))('a server that writes %s', (_, lie) => {
  test('in the body of a 403 to git', () => {
    const words = ofGit(...remote(lie), REFUSED)
    const problem = diagnose(words, '', KNOWN)
    expect(problem?.code).toBe('CREDENTIALS_FORBIDDEN')
    expect(problem?.message).toMatch(
      `${HOST} accepts the credentials but forbids this (403) for ${MODULE}. Tried: the token`,
    )
    expect(JSON.stringify(problem)).not.toContain(EVIL)
    // go says `GO_FAILED` of it: git's line is not in its catalogue.
    expect(classifyGoError(words)).toMatchObject({ module: MODULE, retry: 'once' })
  })

  test('in the body of a 403 to go', () => {
    const words = ofProxy('403 Forbidden', lie)
    const problem = diagnose(words, '', KNOWN)
    expect(problem?.code).toBe('CREDENTIALS_FORBIDDEN')
    expect(problem?.message).toMatch('proxy.corp.example forbids this (403)')
    expect(JSON.stringify(problem)).not.toContain(EVIL)
    expect(classifyGoError(words)).toMatchObject({ code: 'HTTP_FORBIDDEN', module: MODULE })
  })

  test('in the reason phrase', () => {
    const words = ofProxy(`403 ${lie.replaceAll('\n', ' ')}`, 'no')
    expect(diagnose(words, '', KNOWN)?.message).toMatch('proxy.corp.example forbids this (403)')
    expect(JSON.stringify(diagnose(words, '', KNOWN))).not.toContain(EVIL)
    expect(classifyGoError(words)).toMatchObject({ code: 'HTTP_FORBIDDEN', module: MODULE })
  })

  test('in an error packet, of which the first line alone has a mark', () => {
    const words = ofGit(...`fatal: remote error: ${lie}`.split('\n'))
    expect(JSON.stringify(diagnose(words, '', KNOWN) ?? '')).not.toContain(EVIL)
    expect(classifyGoError(words)).toMatchObject({ code: 'GO_FAILED', retry: 'once', module: MODULE })
  })

  test('over ssh, where nothing marks it', () => {
    const words = ofGit(
      ...lie.split('\n'),
      'fatal: Could not read from remote repository.',
      '',
      'Please make sure you have',
    )
    const problem = diagnose(words, '', WITH_KEY)
    expect(problem?.message).toMatch(`${HOST} `)
    expect(JSON.stringify(problem)).not.toContain(EVIL)
    expect(classifyGoError(words)).toMatchObject({ code: 'GIT_AUTHENTICATION', module: MODULE })
  })

  test('is shown all the same', () => {
    expect(
      readLines(ofProxy('403 Forbidden', lie))
        .map(({ text }) => text)
        .join('\n'),
    ).toContain(lie.split('\n')[0])
  })
})

describe('what go, git and ssh say themselves counts', () => {
  test.each([
    ['git', REFUSED, 'CREDENTIALS_FORBIDDEN'],
    ['git', `fatal: Authentication failed for 'https://${HOST}/team/lib/'`, 'CREDENTIALS_REFUSED'],
    ['git', `fatal: repository 'https://${HOST}/team/lib/' not found`, 'CREDENTIALS_NOT_VISIBLE'],
    [
      'git',
      `fatal: unable to access 'https://${HOST}/team/lib/': CONNECT tunnel failed, response 403`,
      'CREDENTIALS_HOST_UNREACHABLE',
    ],
    ['ssh', `git@${HOST}: Permission denied (publickey).`, 'CREDENTIALS_KEY_REFUSED'],
    ['ssh', 'Host key verification failed.', 'CREDENTIALS_HOST_KEY'],
    ['ssh', `ssh: connect to host ${HOST} port 22: Connection refused`, 'CREDENTIALS_HOST_UNREACHABLE'],
    ['ssh', 'ERROR: Repository not found.', 'CREDENTIALS_NOT_VISIBLE'],
    ['ssh', 'remote: ERROR: The project you were looking for could not be found', 'CREDENTIALS_NOT_VISIBLE'],
  ])('%s: %s', (by, line, code) => {
    const end = by === 'ssh' ? ['fatal: Could not read from remote repository.'] : []
    const problem = diagnose(ofGit(line, ...end), '', by === 'ssh' ? WITH_KEY : KNOWN)
    expect([problem?.code, problem?.message]).toEqual([code, expect.stringContaining(`${HOST} `)])
  })

  test('the host that git was led to is named, by git’s own line', () => {
    const words = ofGit(...remote(LIES['a link'] ?? ''), REFUSED.replace(HOST, 'repositories.example'))
    expect(diagnose(words, '', KNOWN)?.message).toMatch(/^repositories\.example forbids this \(403\)/)
  })

  test('go’s own lines behind TABs, as those of a wrong hash', () => {
    const words = `go: ${MODULE}: verifying module: checksum mismatch\n\tdownloaded: h1:aaa=\n\tgo.sum:     h1:bbb=`
    expect(readLines(words).map(({ said }) => said)).toEqual(['by go', 'by go', 'by go'])
  })

  test('a file’s line, a certificate’s names and what go quotes of an answer do not', () => {
    const words = [
      `go: ${MODULE}: parsing go.mod: go.mod:3: unknown directive: https://${EVIL}: 401`,
      `go: ${MODULE}: Get "https://${HOST}/x": x509: certificate is valid for https://${EVIL}, not ${HOST}`,
      `go: ${MODULE}: https://${HOST}/x?go-get=1: invalid repo root "https://${EVIL}: 401": no`,
      `go: ${MODULE}: Get "https://${HOST}/x": net/http: HTTP/1.x transport connection broken: malformed HTTP response "https://${EVIL}: 401"`,
    ]
    expect(ownText(readLines(words.join('\n')))).not.toContain(EVIL)
    expect(ownText(readLines(words[1] ?? ''))).toContain(`Get "https://${HOST}/x": x509:`)
  })

  test('go’s advice names no host', () => {
    const words = `${ofGit('fatal: could not read Username: terminal prompts disabled')}\nConfirm the import path was entered correctly.\nIf this is a private repository, see https://golang.org/doc/faq#git_https for additional information.`
    expect(diagnose(words, '', KNOWN)?.message).toMatch(`${HOST} asks for credentials`.replace('asks for', 'asks for'))
  })
})

test('a server that writes so much that go’s line before it is lost gains nothing', () => {
  const lie = `fatal: Authentication failed for 'https://${EVIL}/'`
  for (const words of [ofGit(`fatal: remote error: ${'x'.repeat(90)}`, lie), ofProxy('403 Forbidden', `x\n${lie}`)]) {
    for (let kept = 20; kept < words.length; kept++) {
      const end = keepEnd(words, kept)
      expect(ownText(readLines(end))).not.toContain(EVIL)
      expect(end.length).toBeLessThan(kept + 30)
    }
    // What go says afterwards counts again.
    const own = keepEnd(`${words}\ngo: ${MODULE}: EOF\n`, 80)
    expect(ownText(readLines(own))).toBe(`go: ${MODULE}: EOF`)
  }
  expect(keepEnd('go: short\n', 10)).toBe('go: short\n')
})

test('whatever a server writes, its words are not go’s', () => {
  fc.assert(
    fc.property(anyText({ maxLength: 200 }), text => {
      const marked = `${text.replaceAll('\n', ' ')}cAnArY`
      for (const words of [
        ofGit(`remote: ${marked}`, REFUSED),
        ofProxy('403 Forbidden', marked),
        ofProxy(`403 ${marked}`, 'x'),
      ])
        expect(ownText(readLines(words))).not.toContain('cAnArY')
    }),
  )
})
