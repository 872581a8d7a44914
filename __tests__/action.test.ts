import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { FILLED_IN } from '../src/inputs/filled-in.ts'
import { readInputs } from '../src/inputs/read.ts'
import { actionSource, commandSource } from '../src/inputs/sources.ts'
import { INPUT_NAMES, rowOf } from '../src/inputs/table.ts'

const root = join(import.meta.dirname, '..')
const action = parse(readFileSync(join(root, 'action.yml'), 'utf8'))

describe('action.yml', () => {
  test('has the inputs of the table, with the same defaults and words', () => {
    const rows = INPUT_NAMES.filter(name => rowOf(name).faces?.includes('action') !== false)
    const expected = rows.map(name => [name, { description: rowOf(name).description, default: rowOf(name).default }])
    expect(action.inputs).toEqual({ ...Object.fromEntries(expected), ...FILLED_IN })
    expect(Object.keys(action.inputs)).toEqual([...rows, ...Object.keys(FILLED_IN)])
  })

  test('with nothing but its defaults, the action and the command line read the same', () => {
    const env: Record<string, string> = {}
    for (const [name, input] of Object.entries<{ default: string }>(action.inputs)) {
      env[`INPUT_${name.toUpperCase()}`] = input.default
    }
    const read = readInputs(actionSource(env, '/work'))
    const command = readInputs(commandSource({}, {}, '/work'))
    if (!read.ok || !command.ok) throw new Error('the defaults are refused')
    // A job's base is the workspace, and nothing above it is the job's.
    const { workingDirectory } = command.value.inputs
    expect([read.value.inputs.workingDirectory, workingDirectory]).toMatchObject([
      { upward: false, inJob: true },
      { upward: true, inJob: false },
    ])
    const inputs = { ...command.value.inputs, workingDirectory: { ...workingDirectory, upward: false, inJob: true } }
    expect(read.value).toEqual({ ...command.value, inputs })
  })

  test('has the outputs that users rely on, each described', () => {
    expect(Object.keys(action.outputs)).toEqual([
      'goproxy',
      'goprivate',
      'gonoproxy',
      'gonosumdb',
      'gosumdb',
      'proxy',
      'benchmark',
      'cache-hit',
      'build-cache-hit',
      'go-version',
      'go-root',
      'download-seconds',
      'report',
      'module-store',
      'gateway-url',
    ])
    for (const output of Object.values<{ description: string }>(action.outputs))
      expect(output.description).toMatch(/\.$/)
  })

  test('main and post are one file on a Node that the runner has', () => {
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/index.js', post: 'dist/index.js' })
    expect(existsSync(join(root, 'src/index.ts'))).toBe(true)
  })
})
