import { describe, expect, test } from '@jest/globals'
import { sortByPrivacy, withRefused } from '../../src/project/privacy.ts'
import { warnOfRefused } from '../../src/project/refused.ts'
import { goSettings } from '../support/builders/settings.ts'

const GO_MOD = `module example.com/project

require github.com/acme/single v1.0.0 // indirect

require (
	// github.com/acme/secret is needed for this
	github.com/acme/secret v1.0.0
	"go.corp-vanity.example.org/lib" v1.0.0
)
`
const FILES = [
  { file: '/w/go.mod', name: 'go.mod', text: GO_MOD },
  {
    file: '/w/go.sum',
    name: 'go.sum',
    text: 'github.com/acme/deep v1.0.0 h1:x=\ngithub.com/acme/deep v1.0.0/go.mod h1:y=\n',
  },
]
const warn = (...paths: readonly string[]) =>
  warnOfRefused(
    paths.map(path => ({ path, status: 404 })),
    FILES,
    {},
  )

describe('modules that the official proxy refused', () => {
  test.each([
    ['github.com/acme/single', 'go.mod:3', 'github.com/acme'],
    ['github.com/acme/secret', 'go.mod:7', 'github.com/acme'],
    ['go.corp-vanity.example.org/lib', 'go.mod:8', 'go.corp-vanity.example.org'],
    ['github.com/acme/deep', 'go.sum:1', 'github.com/acme'],
  ])('%s is told with its line and a pattern', (path, place, pattern) => {
    const [warning, ...more] = warn(path)
    expect(more).toEqual([])
    expect(warning?.code).toBe('PRIVATE_UNCOVERED')
    expect(warning?.message).toContain(`${place}: ${path} (404)`)
    expect(`${warning?.at?.file}:${warning?.at?.line}`).toBe(`/w/${place}`)
    expect(warning?.hint).toMatch(new RegExp(`private-domains: ${pattern.replaceAll('.', '\\.')}$`))
  })

  test('are told together, each pattern once; of many the rest is counted', () => {
    const [warning] = warn('github.com/acme/single', 'github.com/acme/secret')
    expect(warning?.hint).toMatch(/: github\.com\/acme$/)
    const many = Array.from({ length: 7 }, (_, i) => `example.com/m${i}`)
    const text = many.map(path => `require ${path} v1.0.0\n`).join('')
    const [told] = warnOfRefused(
      many.map(path => ({ path, status: 410 })),
      [{ file: '/w/go.mod', name: 'go.mod', text }],
      {},
    )
    expect(told?.message).toContain('and 2 more')
  })

  test('are told with their line of each go.mod', () => {
    const second = { file: '/w/b/go.mod', name: 'b/go.mod', text: 'require github.com/acme/secret v1.1.0\n' }
    const [told] = warnOfRefused([{ path: 'github.com/acme/secret', status: 404 }], [...FILES, second], {})
    expect(told?.message).toContain('go.mod:7, b/go.mod:1: github.com/acme/secret (404)')
    expect(told?.at).toEqual({ file: '/w/go.mod', line: 7 })
  })

  test('are told only where the project names them: go also asks for what may not exist', () => {
    expect(warn('github.com/acme')).toEqual([])
  })

  test('are spared like those that look private', () => {
    const modules = ['github.com/acme/secret', 'github.com/known/m'].map(path => ({ path, version: 'v1.0.0' }))
    const privacy = withRefused(sortByPrivacy(modules, goSettings(), []), ['github.com/acme/secret'], {})
    expect(privacy.looksPrivate.map(({ path }) => path)).toEqual(['github.com/acme/secret'])
    expect(privacy.public.map(({ path }) => path)).toEqual(['github.com/known/m'])
    expect(privacy.missingPatterns).toEqual(['github.com/acme'])
  })
})
