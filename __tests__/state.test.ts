import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseState } from '../src/state.ts'

describe('parseState', () => {
  test('reads what main saved, also where names are upper case', () => {
    const saved = { directory: '/tmp/ours', sumBackup: '/tmp/ours/sums', report: undefined }
    expect(parseState({ STATE_directory: '/tmp/ours', STATE_sumBackup: '/tmp/ours/sums' })).toEqual(saved)
    expect(parseState({ STATE_DIRECTORY: '/tmp/ours', STATE_SUMBACKUP: '/tmp/ours/sums' })).toEqual(saved)
  })

  test.each([undefined, '', '.', 'tmp', '../x', '/a\0b', '/a\nb'])('%j counts as missing', value => {
    expect(parseState({ STATE_directory: value })).toEqual({
      directory: undefined,
      sumBackup: undefined,
      report: undefined,
    })
  })

  test('never throws', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.string()), env => void parseState(env)))
  })
})
