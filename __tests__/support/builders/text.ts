import fc, { type StringConstraints } from 'fast-check'

/**
 * Texts of any characters but halves of pairs. They are those of `fc.string({ unit: 'binary' })`, which makes a table of
 * all million characters first: more than a second in each test file.
 */
export function anyText(constraints: Omit<StringConstraints, 'unit'> = {}) {
  return fc.string({ ...constraints, unit: anyCharacter })
}

const [SURROGATES, SURROGATES_END, LAST] = [0xd800, 0xe000, 0x10ffff]
const BETWEEN = SURROGATES_END - SURROGATES

const anyCharacter = fc.integer({ min: 0, max: LAST - BETWEEN }).map(
  i => String.fromCodePoint(i < SURROGATES ? i : i + BETWEEN),
  character => {
    const point = typeof character === 'string' ? (character.codePointAt(0) ?? Number.NaN) : Number.NaN
    const isOne = String(character).length === (point > 0xffff ? 2 : 1)
    if (!isOne || (point >= SURROGATES && point < SURROGATES_END)) throw new Error('This is not one character.')
    return point < SURROGATES ? point : point - BETWEEN
  },
)
