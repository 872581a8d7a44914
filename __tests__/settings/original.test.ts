import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ORIGINAL_VARIABLE, parseOriginals, renderOriginals, restoreOriginals } from '../../src/settings/original.ts'

const names = fc.stringMatching(/^GO[A-Z0-9]{1,8}$/)
const originals = fc.dictionary(
  names,
  fc.record({ exported: fc.string(), original: fc.option(fc.string(), { nil: null }) }),
)

describe('what was before', () => {
  test('is read as it was written', () => {
    fc.assert(fc.property(originals, value => expect(parseOriginals(renderOriginals(value))).toEqual({ ...value })))
  })

  test('comes back; what was unset is unset again; the variable itself is gone', () => {
    const env = { GOPROXY: 'b', GOPRIVATE: 'd', HOME: '/h' }
    const variable = renderOriginals({
      GOPROXY: { exported: 'b', original: 'a' },
      GOPRIVATE: { exported: 'd', original: null },
    })
    const restored = restoreOriginals({ ...env, [ORIGINAL_VARIABLE]: variable })
    expect(restored).toEqual({ GOPROXY: 'a', GOPRIVATE: undefined, HOME: '/h' })
    expect(ORIGINAL_VARIABLE in restored).toBe(false)
  })

  test.each([
    '',
    'x',
    'null',
    '[]',
    '5',
    '{"PATH":{"exported":"/bin","original":"/evil"}}',
    '{"GOPROXY":null}',
    '{"GOPROXY":{"exported":1,"original":"x"}}',
    '{"GOPROXY":{"exported":"b","original":5}}',
    '{"GOPROXY":{"exported":"b"}}',
  ])('%j restores nothing', text => {
    const env = { PATH: '/bin', GOPROXY: 'b' }
    expect(restoreOriginals({ ...env, [ORIGINAL_VARIABLE]: text })).toEqual(env)
  })

  test('any text restores nothing but settings of Go, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), text => {
        const env = { PATH: '/bin', LD_PRELOAD: '', HOME: '/h' }
        expect(restoreOriginals({ ...env, [ORIGINAL_VARIABLE]: text })).toEqual(env)
      }),
    )
  })
})
