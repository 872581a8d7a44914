import { createRequire } from 'node:module'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseWanted, satisfies } from '../../src/toolchain/wanted.ts'

/** npm's own, which actions/setup-go uses. */
const semver = createRequire(import.meta.url)('semver') as {
  readonly validRange: (range: string) => string | null
  readonly satisfies: (version: string, range: string) => boolean
}

const number = fc.integer({ min: 0, max: 3 }).map(String)
const part = fc.oneof({ weight: 5, arbitrary: number }, { weight: 1, arbitrary: fc.constantFrom('x', 'X', '*') })
const prerelease = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.constantFrom('-rc.1', '-rc.2', '-beta.1', '-0') },
)
/** As ranges are written: some parts, wildcards, prereleases of first releases. */
const partial = fc.oneof(
  fc.constantFrom('*', 'x'),
  fc.constantFrom('1', '2'),
  fc.tuple(fc.constantFrom('1', '2'), part).map(parts => parts.join('.')),
  // npm takes a number behind a wildcard in some places only; here it is refused.
  fc
    .tuple(fc.constantFrom('1', '2'), part, part)
    .map(parts => parts.join('.'))
    .filter(text => !/[xX*]\.\d/.test(text)),
  fc.tuple(fc.constantFrom('1', '2'), number, prerelease).map(([a, b, suffix]) => `${a}.${b}.0${suffix}`),
)
const operator = fc.constantFrom('', '', '=', '>', '>=', '<', '<=', '^', '~', '~>', '>= ', '^ ')
const comparison = fc.tuple(operator, partial).map(parts => parts.join(''))
const alternative = fc.oneof(
  fc.array(comparison, { minLength: 1, maxLength: 3 }).map(all => all.join(' ')),
  fc.tuple(partial, partial).map(ends => ends.join(' - ')),
)
const range = fc
  .array(alternative, { minLength: 1, maxLength: 2 })
  // Beside `*` npm forgets the prereleases that another alternative names.
  .filter(all => all.length === 1 || all.every(one => semver.validRange(one) !== '*'))
  .map(all => all.join(' || '))

/** Go's name of a version and npm's. */
const version = fc
  .tuple(fc.constantFrom('1', '2'), number, fc.constantFrom('0', '0', '1', '2', '3'), prerelease)
  .filter(([, , , suffix]) => suffix !== '-0')
  .map(([major, minor, patch, suffix]) =>
    suffix === ''
      ? { go: `go${major}.${minor}.${patch}`, npm: `${major}.${minor}.${patch}` }
      : { go: `go${major}.${minor}${suffix.replace(/[-.]/g, '')}`, npm: `${major}.${minor}.0${suffix}` },
  )

describe('a range', () => {
  test('means what npm’s semver means by it', () => {
    fc.assert(
      fc.property(range, fc.array(version, { minLength: 5, maxLength: 15 }), (text, versions) => {
        const wanted = parseWanted(text)
        expect(semver.validRange(text)).not.toBeNull()
        if (!wanted.ok) throw new Error(`${text}: ${JSON.stringify(wanted.problems)}`)
        const ours = versions.filter(({ go }) => satisfies(wanted.value, go))
        const theirs = versions.filter(({ npm }) => semver.satisfies(npm, text))
        expect([text, ours]).toEqual([text, theirs])
      }),
      { numRuns: 3_000 },
    )
  })

  test('of any text is one or a problem that says what is allowed', () => {
    const texts = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.stringMatching(/^[0-9.x*^~<>=| -]{0,12}(rc|beta)?[0-9.]{0,3}$/),
    )
    fc.assert(
      fc.property(texts, text => {
        const wanted = parseWanted(text)
        if (wanted.ok) satisfies(wanted.value, 'go1.26.7')
        else
          expect(wanted.problems).toMatchObject([
            { code: 'GO_VERSION_SYNTAX', hint: expect.stringMatching(/^Allowed: /) },
          ])
      }),
      { numRuns: 2_000 },
    )
  })
})
