import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createRedactor, formsOfSecret } from '../../src/runner/secrets.ts'

const secret = fc.string({ minLength: 8, maxLength: 40 }).filter(text => text.trim().length >= 8)

describe('createRedactor', () => {
  test('hides every form in which a secret travels', () => {
    fc.assert(
      fc.property(secret, secret => {
        const redactor = createRedactor()
        redactor.add(secret)
        const forms = [
          secret,
          secret.trim(),
          encodeURIComponent(secret),
          Buffer.from(`x-access-token:${secret}`).toString('base64'),
          Buffer.from(secret).toString('base64'),
        ]
        for (const form of forms) {
          if (form === '***') continue
          expect(redactor.redact(`before ${form} after`)).not.toContain(form)
        }
      }),
    )
  })

  test('conceals where a directory of ours is, and no other words', () => {
    const redactor = createRedactor()
    redactor.conceal('/tmp/go-proxy-setup-a1+b2')
    const texts = {
      'open /tmp/go-proxy-setup-a1+b2/x: denied': 'open <temporary>/x: denied',
      'go: ../../tmp/go-proxy-setup-a1+b2/go.mod:3': 'go: <temporary>/go.mod:3',
      '"C:\\Temp\\go-proxy-setup-a1+b2\\key"': '"<temporary>\\key"',
      'key=/private/tmp/go-proxy-setup-a1+b2': 'key=<temporary>',
      'file:/tmp/go-proxy-setup-a1+b2': 'file:<temporary>',
      '/tmp/go-proxy-setup-a1+b22 and go-proxy-setup-a1+b2': '/tmp/go-proxy-setup-a1+b22 and go-proxy-setup-a1+b2',
    }
    for (const [text, shown] of Object.entries(texts)) expect(redactor.redact(text)).toBe(shown)
  })

  test('conceals in long words of a server, too, and needs no more time than their length asks for', () => {
    const redactor = createRedactor()
    redactor.conceal('/tmp/go-proxy-setup-a1b2')
    const word = 'a/'.repeat(1 << 19)
    expect(redactor.redact(`${word} /tmp/go-proxy-setup-a1b2/x ${word}`)).toBe(`${word} <temporary>/x ${word}`)
    const many = '/tmp/go-proxy-setup-a1b2 '.repeat(1 << 14)
    expect(redactor.redact(many)).toBe('<temporary> '.repeat(1 << 14))
    expect(redactor.redact('/t/go-proxy-setup-a1b2/../go-proxy-setup-a1b2/x')).toBe('<temporary>/x')
  })

  test('hides base64 at every shift, in both alphabets', () => {
    const secret = 'ghp_???>>>~~~0123456789'
    const redactor = createRedactor()
    redactor.add(secret)
    for (const prefix of ['', 'a', 'ab', 'abc', 'user:']) {
      for (const encoding of ['base64', 'base64url'] as const) {
        const encoded = Buffer.from(`${prefix}${secret}tail`).toString(encoding)
        const shown = redactor.redact(encoded)
        expect(shown).toContain('***')
        // What is left shares bits with the neighbours or belongs to them.
        expect(shown.replace('***', '').length).toBeLessThan(16)
      }
    }
  })

  test('hides each line of a key, longest form first', () => {
    const redactor = createRedactor()
    redactor.add('first-line-of-key\r\n  second-line-of-key\n')
    expect(redactor.redact('a first-line-of-key b\nsecond-line-of-key')).toBe('a *** b\n***')
    redactor.add('first-line')
    expect(redactor.redact('first-line-of-key first-line')).toBe('*** ***')
  })

  test('leaves what is too short alone, for it would blot out words', () => {
    expect(formsOfSecret('abc')).toEqual([])
    expect(formsOfSecret('   a\n ')).toEqual([])
    expect(formsOfSecret('')).toEqual([])
  })
})
