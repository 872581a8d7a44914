import { expect, test } from '@jest/globals'
import type { Inputs } from '../../src/inputs/inputs.ts'
import { readInputs } from '../../src/inputs/read.ts'
import { commandSource } from '../../src/inputs/sources.ts'
import { describeEarlier, readEarlier, withEarlier } from '../../src/job/earlier.ts'

const NOTHING = { privateDomains: [], sheltered: [], privateProxy: undefined }
const earlierOf = (carried: unknown) => readEarlier({ GOPROXYSETUP_ORIGINAL: JSON.stringify({ private: carried }) })

function inputsOf(texts: Parameters<typeof commandSource>[0]): Inputs {
  const read = readInputs(commandSource(texts, {}, '/work'))
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.value.inputs
}

test('what a use has written is read as it was', () => {
  const carried = {
    privateDomains: ['github.com/acme', '*.corp.example'],
    sheltered: ['git.corp.internal/x', 'golang.org/toolchain'],
    privateProxy: { url: 'http://athens.corp.example', sumdb: 'off', fallback: 'off' },
  }
  expect(earlierOf(carried)).toEqual(carried)
  expect(readEarlier({})).toEqual(NOTHING)
})

test.each<[string, unknown]>([
  [
    'patterns that are none',
    { privateDomains: ['a,b', '* x', 'https://x.example', '-toolexec', '', 5, '\u200b', '#x'] },
  ],
  ['modules that are none', { sheltered: ['../x', 'a b', '*', '-x', 'a,b'] }],
  ['a public proxy', { privateProxy: { url: 'https://proxy.golang.org', sumdb: 'auto' } }],
  ['a mirror', { privateProxy: { url: 'https://goproxy.cn/', sumdb: 'auto' } }],
  ['a preset', { privateProxy: { url: 'public', sumdb: 'auto' } }],
  ['a chain', { privateProxy: { url: 'https://a.example|https://b.example', sumdb: 'auto' } }],
  ['two URLs', { privateProxy: { url: 'https://a.example,https://b.example', sumdb: 'auto' } }],
  ['a login', { privateProxy: { url: 'https://u:p@a.example', sumdb: 'auto' } }],
  ['a file', { privateProxy: { url: 'file:///etc', sumdb: 'auto' } }],
  ['a checksum database that is none', { privateProxy: { url: 'https://a.example', sumdb: 'x y z' } }],
])('%s count for nothing', (_name, hostile) => {
  expect(earlierOf(hostile)).toEqual(NOTHING)
})

const earlier = {
  privateDomains: ['a.example', 'b.example'],
  sheltered: [],
  privateProxy: { url: 'https://athens.example', sumdb: 'off', fallback: 'off' as const },
}

test('domains join, each once; the proxy stays with its database and ending', () => {
  const inputs = inputsOf({ 'private-domains': 'b.example c.example' })
  expect(withEarlier(inputs, earlier)).toEqual({
    ...inputs,
    privateDomains: ['a.example', 'b.example', 'c.example'],
    privateProxy: 'https://athens.example',
    sumdb: 'off',
    fallback: 'off',
  })
  expect(describeEarlier(inputs, earlier)).toBe(
    'Kept from an earlier use in this job: private-domains a.example; private-proxy https://athens.example',
  )
})

test('what this use says itself goes before', () => {
  const other = inputsOf({ 'private-proxy': 'https://other.example' })
  expect(withEarlier(other, earlier)).toEqual({ ...other, privateDomains: ['a.example', 'b.example'] })
  const own = inputsOf({ sumdb: 'sum.golang.org', fallback: 'direct' })
  expect(withEarlier(own, earlier)).toMatchObject({ sumdb: 'sum.golang.org', fallback: 'direct' })
  expect(describeEarlier(own, NOTHING)).toBeUndefined()
})
