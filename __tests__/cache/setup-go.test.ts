import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { cachesWithSetupGo, workflowPath } from '../../src/cache/setup-go.ts'

const workflow = (setupGo: string, other = '') => `
name: ci
on: push
jobs:
  lint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
  # a comment
  build:
    runs-on: ubuntu-latest
    steps:
    - uses: actions/checkout@v7
      with: { cache: false }
${setupGo}
    - uses: org/go-proxy-setup@v1
      with:
        cache: auto
${other}
`
const step = (version: string, ...inputs: string[]) =>
  [
    `    - name: Go`,
    `      uses: actions/setup-go@${version}`,
    '      with:',
    "        go-version: '1.26'",
    ...inputs.map(line => `        ${line}`),
  ].join('\n')

const EXPRESSION = ['$', '{{ inputs.cache }}'].join('')
const flow = (version: string, inputs: string) => `    - uses: actions/setup-go@${version}\n      with: ${inputs}`

describe('setup-go in the same job', () => {
  test.each([
    ['its cache is on by default', step('v7'), true],
    ['pinned by commit', step('b7ad1dad31e06c5925ef5d2fc7ad053ef454303e # v7.0.0'), true],
    ['switched off', step('v7', 'cache: false'), false],
    ['switched off in quotes', step('v7', "cache: 'false' # by us"), false],
    ['switched off in a comment only', step('v7', '# cache: false'), true],
    ['before version 4 it was off', step('v3.5.0'), false],
    ['and could be switched on', step('v3', 'cache: true'), true],
    ['switched off in flow style', flow('v7', "{ go-version: '1.26', cache: false }"), false],
    ['in flow style without a word of it', flow('v7', "{ go-version: '1.26' } # cache: false"), true],
    [
      'switched off in flow style over several lines',
      flow('v7', "{ go-version: '1.26',\n          'cache': \"false\" }"),
      false,
    ],
    ['decided by an expression', step('v7', `cache: ${EXPRESSION}`), false],
    ['decided by an expression in flow style', flow('v7', `{ cache: ${EXPRESSION}, check-latest: true }`), false],
    ['decided elsewhere', flow('v7', '*inputs'), false],
    [
      'another step’s input of that name',
      `${step('v7')}\n    - with: { cache: false }\n      uses: org/other@v1`,
      true,
    ],
    ['version 3 pinned by commit', step('93397bea11091df50f3d7e59dc26a7711a8bcfbe # v3.5.0'), false],
    ['a commit of which nothing is said', step('93397bea11091df50f3d7e59dc26a7711a8bcfbe'), false],
    ['such a commit, switched on', step('93397bea11091df50f3d7e59dc26a7711a8bcfbe', 'cache: true'), true],
    ['the newest', step('main'), true],
    ['some branch', step('somebody/branch'), false],
    ['none', '', false],
  ])('%s', (_name, setupGo, expected) => {
    expect(cachesWithSetupGo(workflow(setupGo), 'build')).toBe(expected)
  })

  test('of another job, or with an unknown job, it counts for nothing', () => {
    const other = `  test:\n    steps:\n${step('v7')}`
    expect(cachesWithSetupGo(workflow('', other), 'build')).toBe(false)
    expect(cachesWithSetupGo(workflow('', other), 'test')).toBe(true)
    for (const job of ['', 'nosuch', 'steps', 'runs-on', 'constructor']) {
      expect(cachesWithSetupGo(workflow(step('v7')), job)).toBe(false)
    }
  })

  test('files that are no workflows', () => {
    for (const text of [
      '',
      'jobs:',
      'jobs:\n  build:',
      'jobs:\n  build:\n    steps:',
      '\0\uffff',
      'jobs:\n\n- steps:\n- uses: actions/setup-go@v7',
    ])
      expect(cachesWithSetupGo(text, 'build')).toBe(false)
  })

  test('the README’s workflow does without it', () => {
    const [, shown = ''] =
      /```yaml\n([\s\S]*?)```/.exec(readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')) ?? []
    expect(shown).toContain('go-version-file: go.mod')
    expect(shown).not.toContain('setup-go@')
    expect(cachesWithSetupGo(shown, 'build')).toBe(false)
  })
})

describe('the workflow’s file', () => {
  test('is named by the runner, and must be this repository’s', () => {
    const path = '.github/workflows/ci.yml'
    expect(workflowPath(`o/r/${path}@refs/heads/main`, 'o/r')).toBe(path)
    expect(workflowPath(`o/other/${path}@v1`, 'o/r')).toBeUndefined()
    expect(workflowPath('o/r/.github/workflows/../../x.yml@v1', 'o/r')).toBeUndefined()
    expect(workflowPath('', '')).toBeUndefined()
  })
})
