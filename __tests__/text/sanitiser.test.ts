import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { sanitizeLine, sanitizeLines, TEXT_LIMITS } from '../../src/text/sanitiser.ts'
import { anyText } from '../support/builders/text.ts'
import { parseCommand } from '../support/worlds/fake-runner.mjs'

const ZERO_WIDTH =
  /\u034f|[\ufe00-\ufe0f]|[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g

/** Pieces of which commands are made, and all that may hide one. */
const piece = fc.constantFrom(
  ...[
    ':',
    '::',
    '#',
    '##',
    '[',
    '##[',
    ']',
    '%0A',
    ' ',
    '\t',
    '\u000b',
    '\u0085',
    '\u00a0',
    '\u200b',
    '\u2060',
    '\ufeff',
  ],
  ...[
    '\u00ad',
    '\ufe0f',
    '\u2028',
    '\r',
    '\n',
    '\0',
    '\u0007',
    '\u001b',
    '\u001b[0m',
    '\u001b]0;',
    '\u009b',
    '\ud800',
    '\u3000',
  ],
  ...['set-output name=a', 'error', 'add-mask', 'stop-commands', 'x', 'é', '…', '\\', '::error::', '##[error]'],
)
const adversarial = fc.array(piece, { maxLength: 40 }).map(pieces => pieces.join(''))
const mixedText = fc.oneof({ weight: 5, arbitrary: adversarial }, { weight: 1, arbitrary: anyText() })

function expectHarmless(line: string): void {
  for (const form of [line, line.replace(ZERO_WIDTH, '')]) {
    if (parseCommand(form) !== undefined) throw new Error(`a command came through: ${JSON.stringify(line)}`)
  }
}

describe('sanitizeLines', () => {
  test('lets no workflow command through, whatever the bytes', () => {
    let lines = 0
    fc.assert(
      fc.property(mixedText, text => {
        for (const line of [...sanitizeLines(text), sanitizeLine(text)]) {
          expectHarmless(line)
          lines++
        }
      }),
      { numRuns: 60_000 },
    )
    expect(lines).toBeGreaterThan(100_000)
  })

  test('changes nothing the second time', () => {
    fc.assert(
      fc.property(mixedText, fc.integer({ min: 60, max: 400 }), (text, totalBytes) => {
        const limits = { lineBytes: 20, totalBytes }
        const once = sanitizeLines(text, limits)
        expect(sanitizeLines(once.join('\n'), limits)).toEqual(once)
        const line = sanitizeLine(text, 20)
        expect(sanitizeLine(line, 20)).toBe(line)
      }),
      { numRuns: 3_000 },
    )
  })

  test('makes of one line what sanitizeLine makes of it', () => {
    const line = fc.array(fc.constantFrom(':', '::', '##', '[', '##[', ' ', 'x', '~', '\\', '\t', 'é'), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(line, fc.integer({ min: 4, max: 20 }), (pieces, lineBytes) => {
        const text = pieces.join('')
        expect([sanitizeLine(text, lineBytes)]).toEqual(sanitizeLines(text, { ...TEXT_LIMITS, lineBytes }))
      }),
      { numRuns: 2_000 },
    )
  })

  test('leaves ordinary text as it is', () => {
    const text = [
      'go: downloading github.com/BurntSushi/toml v1.4.0',
      '\t# indented, a :: in the middle, std::vector, a [bracket] and ## a heading',
      '→ naïve 日本語 🙂 100 % {"json": ["x"]} C:\\path',
      '',
    ]
    expect(sanitizeLines(text.join('\n'))).toEqual(text)
  })

  test.each([
    ['a command at the start', '::error::x', '\\::error::x'],
    ['a command behind a tab, as go prints bodies', '\t::set-output name=a::x', '\t\\::set-output name=a::x'],
    ['the old form anywhere', 'said ##[error]x', 'said ##\\[error]x'],
    ['a mark that one insertion would leave', '####[[error]x', '####\\[[error]x'],
    ['a mark put together by an invisible character', '#\u200b#[error]x', '##\\[error]x'],
    ['a mark put together by an escape sequence', ':\u001b[31m:error::x', '\\::error::x'],
    ['colours and a title', '\u001b]0;title\u0007\u001b[1;31mred\u001b[0m', 'red'],
    ['an escape sequence inside another', '\u001b\u001b[0m[31mx', '[31mx'],
    ['eight-bit escape sequences', '\u009b31mred\u009d0;title\u009c.', 'red.'],
    ['half a surrogate pair', 'a\ud800b', 'ab'],
  ])('%s', (_name, text, expected) => {
    expect(sanitizeLines(text)).toEqual([expected])
  })

  test.each(['\r', '\n', '\r\n', '\u0085', '\u2028', '\u2029'])('splits at %j', end => {
    expect(sanitizeLines(`a${end}::error::b`)).toEqual(['a', '\\::error::b'])
    expect(sanitizeLine(`a${end}b`)).toBe('a b')
  })

  test('cuts long lines between characters and long texts between lines', () => {
    const [line = ''] = sanitizeLines('é'.repeat(10_000))
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(TEXT_LIMITS.lineBytes)
    expect(line).toMatch(/^é{2000,}…$/)
    const lines = sanitizeLines('x\n'.repeat(1_000), { lineBytes: 100, totalBytes: 200 })
    expect(lines.at(-1)).toMatch(/^… \(9\d\d more lines\)$/)
    expect(Buffer.byteLength(lines.join('\n'))).toBeLessThanOrEqual(200)
  })

  test.each(['\u001b', '\u001b[', '\u001b]', '\u009d', '\u001b[0', ' ', '#', ':'])(
    'is done soon with megabytes of %j',
    piece => {
      expect(sanitizeLines(piece.repeat(2_000_000)).length).toBe(1)
    },
  )
})
