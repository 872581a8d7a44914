import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  ORIGINAL_VARIABLE,
  parseCarried,
  parseOriginals,
  renderOriginals,
  restoreOriginals,
} from '../../src/settings/original.ts'

const names = fc.constantFrom('GOPROXY', 'GOPRIVATE', 'GONOPROXY', 'GONOSUMDB', 'GOSUMDB')
const line = fc.string().filter(text => !/[\0\r\n]/.test(text))
const originals = fc.dictionary(names, fc.record({ exported: line, original: fc.option(line, { nil: null }) }))

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
    '{"GOPROXY":{"exported":"b","original":"a\\nGOFLAGS=-toolexec=/evil"}}',
    '{"GOFLAGS":{"exported":"","original":"-toolexec=/evil"}}',
    '{"__proto__":{"exported":"b","original":"a"}}',
    '{"private":{"privateDomains":["x.example"]}}',
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

  const carried = fc.record({
    privateDomains: fc.array(line),
    sheltered: fc.array(line),
    privateProxy: fc.option(
      fc.record({ url: line, sumdb: line, fallback: fc.constantFrom('direct' as const, 'off' as const, undefined) }),
      { nil: undefined },
    ),
  })

  test('what is carried is read as it was written, and hides no variable', () => {
    fc.assert(
      fc.property(originals, carried, (value, carried) => {
        const text = renderOriginals(value, carried)
        expect(parseOriginals(text)).toEqual({ ...value })
        expect(parseCarried(text)).toEqual(carried)
      }),
    )
  })

  test.each([
    'x',
    'null',
    '{"private":null}',
    '{"private":[]}',
    '{"private":"x.example"}',
    '{"private":{"privateDomains":"x.example","sheltered":{"0":"x"},"privateProxy":"https://x.example"}}',
    '{"private":{"privateDomains":[1,null,{},["x"],"a\\nb"],"privateProxy":{"url":"https://x.example"}}}',
    '{"private":{"privateProxy":{"url":"https://x.example","sumdb":"a\\rb"}}}',
  ])('%j carries nothing', text => {
    expect(parseCarried(text)).toEqual({ privateDomains: [], sheltered: [], privateProxy: undefined })
  })
})
