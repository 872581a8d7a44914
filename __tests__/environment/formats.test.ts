import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { FORMAT_NAMES, renderVariables } from '../../src/environment/formats/format.ts'
import {
  anyValue,
  asRecord,
  asVariables,
  carriedBy,
  HOSTILE_VALUES,
  renderText,
  USUAL_VALUES,
} from '../support/builders/variables.ts'
import { parseKeyValueFile } from '../support/worlds/fake-runner.mjs'

const anyVariables = fc.array(anyValue, { maxLength: 6 }).map(asVariables)

describe('github', () => {
  test('the runner reads every value as it was, and no variable more', () => {
    const list = asVariables(HOSTILE_VALUES)
    expect(asRecord(list)).toEqual(parseKeyValueFile(renderText('github', list)))
    fc.assert(
      fc.property(anyVariables, any => {
        expect(parseKeyValueFile(renderText('github', any))).toEqual(asRecord(any))
      }),
      { numRuns: 300 },
    )
  })

  test('an ordinary value is one readable line', () => {
    expect(renderText('github', [{ name: 'GOPROXY', value: 'https://a.example,direct' }])).toBe(
      'GOPROXY=https://a.example,direct\n',
    )
  })
})

describe('json', () => {
  test('is one object whose members are the variables', () => {
    fc.assert(
      fc.property(anyVariables, list => {
        expect(JSON.parse(renderText('json', list))).toEqual(asRecord(list))
      }),
    )
    expect(renderText('json', [])).toBe('{}\n')
  })
})

describe('every format', () => {
  test.each(FORMAT_NAMES.filter(name => name !== 'json'))('%s: nothing to set is nothing to read', name => {
    expect(renderText(name, [])).toBe('')
  })

  test.each(FORMAT_NAMES)('%s carries what go’s settings usually are', name => {
    const list = asVariables(USUAL_VALUES)
    expect(carriedBy(name, list)).toEqual(list)
  })

  test.each(['gitlab', 'azure', 'teamcity', 'docker'] as const)('%s, which others can read, takes no login', name => {
    const list = [{ name: 'GOPROXY', value: 'https://a.example|https://me:hunter2@b.example' }]
    const rendered = renderVariables(name, list, {})
    expect(rendered).toMatchObject({ ok: false, problems: [{ code: 'ENV_FORMAT_VALUE' }] })
    expect(JSON.stringify(rendered)).not.toContain('hunter2')
  })

  test.each(['gitlab', 'docker'] as const)('%s, which is for elsewhere, leaves what is of this machine here', name => {
    const list = ['PATH', 'GOROOT', 'GOPROXY', 'GOPROXYSETUP_ORIGINAL'].map(one => ({ name: one, value: '/x' }))
    const rendered = renderVariables(name, list, {})
    if (!rendered.ok) throw new Error('it should be printed')
    expect(rendered.value.text).toMatch(/^[^/]*GOPROXY=\/x'?\n$/)
    expect(rendered.value.warnings.map(({ code, message }) => [code, message.match(/PATH|GOROOT/)?.[0]])).toEqual([
      ['ENV_STAYS_HERE', 'PATH'],
      ['ENV_STAYS_HERE', 'GOROOT'],
    ])
  })

  test('a value that cannot be carried is told with its variable, what stands there, and a remedy', () => {
    const problemsOf = (name: 'cmd' | 'gitlab', value: string) => {
      const rendered = renderVariables(name, [{ name: 'GOPRIVATE', value }], {})
      return rendered.ok ? [] : rendered.problems
    }
    expect(problemsOf('gitlab', 'a\nb')).toEqual([
      {
        code: 'ENV_FORMAT_VALUE',
        message: 'env --format gitlab: the value of GOPRIVATE has a line break, which a dotenv report cannot hold.',
        hint: 'Change GOPRIVATE, or use `eval "$(… env)"` in the job that needs it.',
      },
    ])
    expect(problemsOf('gitlab', 'x'.repeat(5_120 - 'GOPRIVATE=\n'.length))).toMatchObject([{ code: 'ENV_FORMAT_SIZE' }])
    expect(problemsOf('gitlab', 'x'.repeat(5_119 - 'GOPRIVATE=\n'.length))).toEqual([])
    const longest = 'x'.repeat(8_191 - '@set "GOPRIVATE="\r\n'.length)
    expect(problemsOf('cmd', longest)).toEqual([])
    for (const value of ['100%', 'a"b', 'a\nb', 'a!b', 'ü', '/?', 'https://a.example/?b', `${longest}x`])
      expect([value.length, problemsOf('cmd', value)]).toMatchObject([value.length, [{ code: 'ENV_FORMAT_VALUE' }]])
  })

  test('gitlab warns where a variable of the project would go before the report', () => {
    const list = [
      { name: 'GOPROXY', value: 'https://a.example' },
      { name: 'GOPRIVATE', value: 'b.example' },
      { name: 'GOSUMDB', value: 'sum.golang.org' },
    ]
    const warned = (env: Readonly<Record<string, string>>) => {
      const rendered = renderVariables('gitlab', list, env)
      return rendered.ok ? rendered.value.warnings.map(({ code, message }) => [code, message.split(' ')[0]]) : []
    }
    const env = { GOPROXY: 'https://project.example', GOPRIVATE: 'b.example' }
    expect(warned({ ...env, GITLAB_CI: 'true' })).toEqual([['ENV_GITLAB_OVERRIDDEN', 'GOPROXY']])
    expect(warned(env)).toEqual([])
  })
})
