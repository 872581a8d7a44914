import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseKnownHosts } from '../../src/inputs/known-hosts.ts'
import { parseSshKeys } from '../../src/inputs/ssh-keys.ts'
import { anyText } from '../support/builders/text.ts'
import { cleanUpAfterAll } from '../support/clean-up.ts'

const directory = cleanUpAfterAll().directory('keys-')

function makeKey(name: string, ...args: string[]): string {
  const path = join(directory, name)
  execFileSync('ssh-keygen', ['-q', '-C', 'test', '-f', path, ...args])
  return readFileSync(path, 'utf8')
}

const ed25519 = makeKey('ed25519', '-t', 'ed25519', '-N', '')
const rsa = makeKey('rsa', '-t', 'rsa', '-b', '2048', '-m', 'PEM', '-N', '')
const pkcs8 = makeKey('pkcs8', '-t', 'ecdsa', '-m', 'PKCS8', '-N', '')

const parse = (text: string) => parseSshKeys({ name: 'ssh-key', label: 'ssh-key', text })

/** What ssh-keygen says of a key: the oracle for what was mended. */
function publicHalf(pem: string): string {
  const path = join(directory, 'mended')
  rmSync(path, { force: true })
  writeFileSync(path, pem, { mode: 0o600 })
  return execFileSync('ssh-keygen', ['-y', '-P', '', '-f', path], { encoding: 'utf8' }).split(' ').slice(0, 2).join(' ')
}

describe('parseSshKeys', () => {
  test('takes what `openssl ecparam -genkey` writes: ssh passes over the parameters before the key', () => {
    const pem = makeKey('ec', '-t', 'ecdsa', '-b', '256', '-m', 'PEM', '-N', '')
    const parameters = '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n'
    const parsed = parse(`git.corp.example:\r\n${parameters}${pem}`)
    expect(parsed).toMatchObject({ ok: true, value: [{ line: 5, place: { host: 'git.corp.example' } }] })
    expect(publicHalf(parsed.ok ? (parsed.value[0]?.pem ?? '') : '')).toBe(publicHalf(parameters + pem))
  })

  test.each([
    ['as it is', (key: string) => key],
    ['with CRLF', (key: string) => key.replaceAll('\n', '\r\n')],
    ['without its last line end', (key: string) => key.trimEnd()],
    ['with line ends written out', (key: string) => key.replaceAll('\n', '\\n')],
    ['with spaces for line ends', (key: string) => key.replaceAll('\n', ' ')],
    ['indented', (key: string) => key.replace(/^/gm, '    ')],
  ])('a key %s is what ssh takes', (_name, damage) => {
    for (const key of [ed25519, rsa, pkcs8]) {
      const result = parse(damage(key))
      expect(result.ok && result.value).toHaveLength(1)
      expect(publicHalf((result.ok && result.value[0]?.pem) || '')).toBe(publicHalf(key))
    }
  })

  test('several keys, each with what it is for', () => {
    const result = parse(`github.com/acme/lib:\n${ed25519}\n# the other\ngit.corp.example:\n${rsa}${pkcs8}`)
    expect(result.ok && result.value.map(({ line, place }) => [line > 1, place])).toEqual([
      [true, { host: 'github.com', port: undefined, path: 'acme/lib' }],
      [true, { host: 'git.corp.example', port: undefined, path: '' }],
      [true, undefined],
    ])
  })

  test.each([
    ['git.corp.example:', undefined],
    ['git.corp.example:22:', 22],
    ['git.corp.example:443/team:', 443],
    ['git.corp.example:2222:', 2222],
  ])('the port in %s is ssh’s: %s', (heading, port) => {
    const result = parse(`${heading}\n${ed25519}`)
    expect(result.ok && result.value.map(({ place }) => place?.port)).toEqual([port])
  })

  test.each([
    ['alone', 'github.com/acme/one:\n\n', [[1, 'acme/one']]],
    ['with CRLF and a comment', '# mine\r\ngithub.com/acme/one:\r\n\r\n', [[2, 'acme/one']]],
    [
      'twice',
      'github.com/acme/one:\n\ngithub.com/acme/two:\n',
      [
        [1, 'acme/one'],
        [3, 'acme/two'],
      ],
    ],
    ['before another with a key', `github.com/acme/one:\n\ngithub.com/acme/two:\n${ed25519}`, [[1, 'acme/one']]],
    ['behind another with a key', `github.com/acme/two:\n${ed25519}\ngithub.com/acme/one:\n`, [[10, 'acme/one']]],
  ])('a heading whose secret is empty, %s, is a place without a key', (_name, text, places) => {
    const result = parse(text)
    const empty = result.ok ? result.value.filter(({ pem }) => pem === '') : undefined
    expect(empty?.map(({ line, place }) => [line, place?.path])).toEqual(places)
    expect(result.ok && result.value.length - places.length).toBe(text.includes('BEGIN') ? 1 : 0)
  })

  test.each([
    ['a passphrase', () => makeKey('locked', '-t', 'ed25519', '-N', 'secret'), 'PASSPHRASE', /ssh-keygen/],
    [
      'a passphrase, old form',
      () => makeKey('locked-pem', '-t', 'rsa', '-m', 'PEM', '-N', 'secret'),
      'PASSPHRASE',
      /without one/,
    ],
    [
      'a passphrase, PKCS8',
      () => makeKey('locked-8', '-t', 'rsa', '-m', 'PKCS8', '-N', 'secret'),
      'PASSPHRASE',
      /without one/,
    ],
    ['the public half', () => readFileSync(join(directory, 'ed25519.pub'), 'utf8'), 'PUBLIC', /public half/],
    ['a cut key', () => rsa.replace(/\n.{64}\n/, '\n'), 'BROKEN', /truncated or damaged/],
    ['a cut new key', () => ed25519.replace(/\n.{70}\n/, '\n'), 'BROKEN', /truncated or damaged/],
    ['no end', () => ed25519.slice(0, 200), 'BROKEN', /no END line/],
    ['PuTTY’s format', () => 'PuTTY-User-Key-File-3: ssh-ed25519\n', 'PUTTY', /Export OpenSSH/],
    ['something else', () => 'cAnArY-words', 'NONE', /no private key/],
    ['words before a key', () => `cAnArY\nwords\n${ed25519}`, 'HEADING', /only a line/],
  ])('%s is refused', (_name, text, code, words) => {
    const result = parse(text())
    const told = result.ok
      ? ''
      : result.problems.map(problem => `${problem.code} ${problem.message} ${problem.hint}`).join()
    expect(told).toContain(`INPUT_SSH_KEY_${code}`)
    expect(told).toMatch(words)
    expect(told).not.toContain('cAnArY')
    expect(told).not.toMatch(/[A-Za-z0-9+/]{40}/)
  })

  test('any text gives keys or problems, never a throw', () => {
    const text = fc.oneof(
      anyText(),
      fc.base64String().map(body => `-----BEGIN OPENSSH PRIVATE KEY-----\n${body}\n-----END OPENSSH PRIVATE KEY-----`),
      fc.base64String().map(body => `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----`),
    )
    fc.assert(fc.property(text, text => void parse(text)))
  })
})

describe('parseKnownHosts', () => {
  const parseHosts = (text: string) => parseKnownHosts({ name: 'ssh-known-hosts', label: 'ssh-known-hosts', text })

  test('names, marks, hashes and comments', () => {
    const text = `
# from ssh-keyscan
git.corp.example,[git.corp.example]:2222 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 a comment
@revoked * ssh-rsa AAAAB3NzaC1yc2E=
|1|c2FsdA==|aGFzaA== ecdsa-sha2-nistp256 AAAAE2VjZHNh`
    expect(parseHosts(text)).toEqual({
      ok: true,
      value: [
        {
          marker: undefined,
          names: ['git.corp.example', '[git.corp.example]:2222'],
          key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5',
        },
        { marker: '@revoked', names: ['*'], key: 'ssh-rsa AAAAB3NzaC1yc2E=' },
        { marker: undefined, names: ['|1|c2FsdA==|aGFzaA=='], key: 'ecdsa-sha2-nistp256 AAAAE2VjZHNh' },
      ],
    })
  })

  test.each(['git.corp.example', 'git.corp.example ssh-ed25519', 'SHA256:abc git.corp.example'])(
    '%s is refused',
    text => {
      const result = parseHosts(text)
      expect(!result.ok && result.problems[0]?.hint).toMatch(/ssh-keyscan/)
    },
  )
})
