import { execFileSync } from 'node:child_process'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseEnvJson } from '../../src/go/env-json.ts'
import { anyText } from '../support/builders/text.ts'

test('what the real go prints', () => {
  const env = { ...process.env, GOFLAGS: '-v' }
  const json = execFileSync('go', ['env', '-json', 'GOOS', 'GOFLAGS', 'NONE'], { env, encoding: 'utf8' })
  expect(parseEnvJson(json)).toEqual({ GOOS: expect.stringMatching(/^\w+$/), GOFLAGS: '-v', NONE: '' })
})

test.each([
  '',
  'go: a wrapper speaks\n{}',
  '[]',
  'null',
  '"GOOS"',
  '{"GOOS": 1}',
  '{"GOOS": null}',
  '{"GOOS": "linux"',
])('%j is no answer of it', text => expect(parseEnvJson(text)).toBeUndefined())

test('any text gives variables or nothing, never a throw', () => {
  fc.assert(fc.property(fc.oneof(anyText(), fc.json()), text => void parseEnvJson(text)))
})
