import { expect, test } from '@jest/globals'
import { wordsOfProxy } from '../../../src/gateway/telling/words.ts'

test('what a proxy wrote reaches go as lines of text, without those that a runner would obey', () => {
  const text =
    'quota\r\n \u2003::error::x\n##[error]x\n\u001b[31mred\u2028\u200b::add-mask::y\n\n[::1]:443 ##[group]z\n'
  expect(wordsOfProxy(text)).toEqual(['quota', 'red', '[::1]:443 ##\\[group]z'])
})

test('a page is cut to a few short lines', () => {
  const lines = wordsOfProxy(`${'a'.repeat(10_000)}\n`.repeat(100))
  expect([lines.length, Math.max(...lines.map(line => Buffer.byteLength(line)))]).toEqual([8, 200])
})
