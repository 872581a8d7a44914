import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { isKnownHost, PINNED_HOSTS, renderKnownHosts } from '../../src/credentials/known-hosts.ts'
import { parseKnownHosts } from '../../src/inputs/known-hosts.ts'
import { cleanUpAfterAll } from '../support/clean-up.ts'
import { generateKey } from '../support/servers/ssh-hosting.ts'
import { okValue } from './facts.ts'

const directory = cleanUpAfterAll().directory('hosts-')
const KEY = generateKey(directory, 'key').public
const parse = (text: string) => okValue(parseKnownHosts({ name: 'ssh-known-hosts', label: 'ssh-known-hosts', text }))

/** A line as ssh-keygen hashes it. */
function hashed(host: string): string {
  const file = join(directory, 'known_hosts')
  writeFileSync(file, `${host} ${KEY}\n`)
  execFileSync('ssh-keygen', ['-q', '-H', '-f', file], { stdio: 'ignore' })
  return readFileSync(file, 'utf8')
}

describe('whether a host is known is what ssh would find in the lines given', () => {
  test.each([
    ['a name', () => `git.corp.example ${KEY}`],
    ['a name and a port', () => `[git.corp.example]:2222 ${KEY}`],
    ['a hash', () => hashed('git.corp.example')],
    ['another host’s hash', () => hashed('other.example')],
    ['a pattern', () => `*.corp.example ${KEY}`],
    ['another pattern', () => `*.corp.test,git.?.example ${KEY}`],
    ['a pattern with an exception', () => `*.corp.example,!git.corp.example ${KEY}`],
    ['a pattern without a dot’s meaning', () => `git-corp-example,gitxcorp.example ${KEY}`],
    ['an authority', () => `@cert-authority *.example ${KEY}`],
    ['a key revoked', () => `@revoked git.corp.example ${KEY}`],
  ])('%s', (_, line) => {
    const given = parse(line())
    const file = join(directory, 'rendered')
    writeFileSync(file, renderKnownHosts(given))
    const found = spawnSync('ssh-keygen', ['-F', 'git.corp.example', '-f', file], { encoding: 'utf8' }).stdout
    expect(isKnownHost('git.corp.example', given)).toBe(found !== '' && !found.includes('REVOKED'))
  })
})

describe('the pinned keys of a host', () => {
  const pinned = PINNED_HOSTS['github.com']?.[0] ?? ''
  test.each([
    ['stay beside those of others', () => `git.corp.example ${KEY}`, true],
    ['stay beside one that is revoked', () => `@revoked github.com ${KEY}`, true],
    ['stay beside a pattern', () => `* ${KEY}`, true],
    ['give way to its own', () => `github.com ${KEY}`, false],
    ['give way to its own with a port', () => `[github.com]:22 ${KEY}`, false],
    ['give way to its own, hashed', () => hashed('github.com'), false],
  ])('%s', (_, line, stay) => {
    expect(renderKnownHosts(parse(line())).includes(`github.com ${pinned}\n`)).toBe(stay)
  })
})
