import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseCredentials } from '../../src/inputs/credentials.ts'
import { readInputs } from '../../src/inputs/read.ts'
import { actionSource } from '../../src/inputs/sources.ts'
import { anyText } from '../support/builders/text.ts'

const parse = (text: string, env = {}) => parseCredentials({ name: 'credentials', label: 'credentials', text }, env)

function linesOf(text: string) {
  const result = parse(text)
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'))
  return result.value
}

function problemsOf(text: string): string {
  const result = parse(text)
  return result.ok ? '' : result.problems.map(({ code, message, hint }) => `${code} ${message} ${hint}`).join('\n')
}

const CANARY = 'cAnArY-0123456789'

describe('parseCredentials', () => {
  test('host, port, path, user and token of each line', () => {
    const text = `
# the two organisations
github.com/acme ${CANARY}
GitHub.com/Other/ x-access-token ${CANARY}
  git.corp.example:8443/group/sub.git	deploy ${CANARY}
proxy.corp.example:443 ${CANARY}
athens:443 robot ${CANARY}`
    expect(linesOf(text)).toEqual([
      { line: 3, host: 'github.com', port: undefined, path: 'acme', user: undefined, token: CANARY },
      { line: 4, host: 'github.com', port: undefined, path: 'Other', user: 'x-access-token', token: CANARY },
      { line: 5, host: 'git.corp.example', port: 8443, path: 'group/sub', user: 'deploy', token: CANARY },
      { line: 6, host: 'proxy.corp.example', port: undefined, path: '', user: undefined, token: CANARY },
      { line: 7, host: 'athens', port: undefined, path: '', user: 'robot', token: CANARY },
    ])
  })

  test.each([
    // As `host user ${{ secrets.TOKEN }}` comes where there is no such secret: the blank before it is all that is left.
    ['a user, and a blank', 'github.com robot ', 'robot', ''],
    ['a short one', 'github.com bot ', 'bot', ''],
    ['a user, a tab and a carriage return', 'github.com robot\t\r\nother.example robot2 \r', 'robot', ''],
    ['GitLab’s name for a deploy token', 'gitlab.com gitlab+deploy-token-123 ', 'gitlab+deploy-token-123', ''],
    ['a token, and a blank that came with it', `github.com ${CANARY}-0123456789 `, undefined, `${CANARY}-0123456789`],
    ['a token that looks like a name, and no blank', 'proxy.example robot', undefined, 'robot'],
  ])('%s: user %p', (_name, text, user, token) => {
    expect(linesOf(text)[0]).toMatchObject({ user, token })
  })

  test('the blank is there behind the last line, too', () => {
    const env = { INPUT_CREDENTIALS: '\n  github.com/a robot \n  github.com/b robot ' }
    const inputs = readInputs(actionSource(env, '/work'))
    expect(inputs.ok && inputs.value.inputs.credentials.map(({ user, token }) => [user, token])).toEqual([
      ['robot', ''],
      ['robot', ''],
    ])
  })

  test.each([
    ['nothing after the host', 'github.com', ''],
    ['a known user and nothing after it', 'github.com x-access-token', ''],
    ['the same of Bitbucket’s', 'bitbucket.org x-bitbucket-api-token-auth', ''],
    ['a token that looks like a comment', 'github.com #abcdef', '#abcdef'],
    ['a token full of marks', 'github.com -._%@:/', '-._%@:/'],
    ['a token in another alphabet', 'github.com жетон-ключ', 'жетон-ключ'],
  ])('%s', (_name, text, token) => {
    expect(linesOf(text)[0]?.token).toBe(token)
  })

  test.each([
    ['a scheme', `https://github.com ${CANARY}`, 'INPUT_CREDENTIAL_HOST', 'scheme'],
    ['a URL with a password', `https://u:${CANARY}@github.com`, 'INPUT_CREDENTIAL_HOST', 'scheme'],
    ['user and host in one', `u:${CANARY}@github.com`, 'INPUT_CREDENTIAL_HOST', '@'],
    [
      'an equals sign between host and token',
      `github.com/a=${CANARY}`,
      'INPUT_CREDENTIAL_HOST',
      '`github.com/a TOKEN`',
    ],
    ['a colon between them', `github.com:${CANARY}`, 'INPUT_CREDENTIAL_HOST', '`github.com TOKEN`'],
    ['a word of the header before the token', `github.com Bearer ${CANARY}`, 'INPUT_CREDENTIAL_USER', 'token alone'],
    ['the token first', `${CANARY} github.com`, 'INPUT_CREDENTIAL_HOST', 'not a host'],
    ['a name without a dot', `athens ${CANARY}`, 'INPUT_CREDENTIAL_HOST', 'needs a port, as in athens:443'],
    ['too many words', `github.com user ${CANARY} more`, 'INPUT_CREDENTIAL_WORDS', 'three words'],
    ['a path upwards', `github.com/a/../b ${CANARY}`, 'INPUT_CREDENTIAL_HOST', '..'],
    ['a port that is none', `github.com:99999 ${CANARY}`, 'INPUT_CREDENTIAL_HOST', 'port'],
    [
      'user and token in each other’s place',
      `github.com ${CANARY} x-access-token`,
      'INPUT_CREDENTIAL_SWAPPED',
      'user first',
    ],
    [
      'the same with Bitbucket’s',
      `bitbucket.org ${CANARY} x-bitbucket-api-token-auth`,
      'INPUT_CREDENTIAL_SWAPPED',
      'x-bitbucket-api-token-auth TOKEN',
    ],
    ['the same with a short name', `github.com ${CANARY} git`, 'INPUT_CREDENTIAL_SWAPPED', 'github.com'],
    ['a short token', 'github.com abcd', 'INPUT_CREDENTIAL_SHORT', 'github.com'],
    ['a token with a no-break space', `github.com ${CANARY}\u00a0x`, 'INPUT_CREDENTIAL_TOKEN', 'white space'],
    ['a token with a control character', `github.com ${CANARY}\u0007`, 'INPUT_CREDENTIAL_TOKEN', 'github.com'],
    ['a user with a colon', `github.com a:b ${CANARY}`, 'INPUT_CREDENTIAL_USER', 'colon'],
    [
      'a place twice',
      `github.com/a ${CANARY}1\ngithub.com/a/ ${CANARY}2`,
      'INPUT_CREDENTIAL_REPEATED',
      'already in line 2',
    ],
  ])('%s is refused, and the token is in no message', (_name, text, code, word) => {
    const told = problemsOf(`\n${text}`)
    expect(told).toContain(code)
    expect(told).toContain(word)
    expect(told).not.toContain(CANARY)
  })

  test('all lines are told of at once', () => {
    expect(problemsOf(`a ${CANARY}\nb ${CANARY}\ngithub.com ok-token`).split('\n')).toHaveLength(2)
  })

  test('what is written is read again', () => {
    const token = fc
      .string({ unit: 'grapheme', minLength: 5, maxLength: 60 })
      .filter(text => !/[\p{Cc}\p{Cs}\p{Z}\s\ufeff]/u.test(text))
    fc.assert(
      fc.property(fc.domain(), fc.constantFrom('', '/acme', '/group/sub'), token, (host, path, token) => {
        expect(linesOf(`${host}${path} deploy ${token}`)).toEqual([
          { line: 1, host: host.toLowerCase(), port: undefined, path: path.slice(1), user: 'deploy', token },
        ])
      }),
    )
  })

  test('any text gives lines or problems, never a throw', () => {
    fc.assert(fc.property(anyText(), text => void parse(text)))
  })
})
