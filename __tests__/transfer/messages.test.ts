import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  type CacheMessage,
  readMessage,
  readTransferred,
  readWarning,
  writeMessage,
} from '../../src/transfer/messages.ts'

const MARK = '0123456789abcdef '

describe('messages of the child', () => {
  test('are read as they were written, in one line whatever they hold', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (text, bytes) => {
        const messages: readonly CacheMessage[] = [
          { kind: 'found', key: text },
          { kind: 'verified', target: text, bytes },
          { kind: 'rejected', target: text, what: text },
        ]
        for (const message of messages) {
          const written = writeMessage(MARK, message)
          expect(written.match(/[\n\r]/g)).toEqual(['\n'])
          expect(readMessage(MARK, written.slice(0, -1))).toEqual(message)
        }
      }),
    )
  })

  test('what the library prints of a service is never one', () => {
    const forged = JSON.stringify({ kind: 'finished' })
    for (const line of [forged, ` ${forged}`, `0123456789abcdee ${forged}`, `x${MARK}${forged}`, `${MARK}{`, '']) {
      expect(readMessage(MARK, line)).toBeUndefined()
    }
  })
})

describe('what the library says', () => {
  test('how much came and went', () => {
    expect(readTransferred('Received 4194304 of 12345678 (34.0%), 12.3 MBs/sec')).toEqual({
      bytes: 4194304,
      of: 12345678,
    })
    expect(readTransferred('Sent 5 of 10 (50.0%), 0.1 MBs/sec')).toEqual({ bytes: 5, of: 10 })
    expect(readTransferred('Received a of b')).toBeUndefined()
  })

  test('what went wrong, without the signature of a URL', () => {
    expect(readWarning('::warning::Failed to restore: a%0Ab%25')).toBe('Failed to restore: a b%')
    expect(readWarning('::error::GET https://x.blob.example/c?sig=secret&se=1 failed')).toBe(
      'GET https://x.blob.example/c?*** failed',
    )
    expect(readWarning('Cache Size: ~1 MB')).toBeUndefined()
  })
})
