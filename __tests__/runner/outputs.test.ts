import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { actionsOutputs } from '../../src/runner/outputs.ts'
import { cleanUpAfterAll } from '../support/clean-up.ts'
import { realFiles } from '../support/worlds/effects.ts'
import { parseKeyValueFile } from '../support/worlds/fake-runner.mjs'

const FILES = ['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'] as const
const before = { ...process.env }
const root = cleanUpAfterAll().directory('outputs-')

beforeEach(() => {
  for (const name of FILES) {
    process.env[name] = join(root, name)
    writeFileSync(join(root, name), '')
  }
})
afterEach(() => {
  for (const name of [...FILES, 'GOPROXY', 'A']) {
    if (before[name] === undefined) delete process.env[name]
    else process.env[name] = before[name]
  }
})

const written = (name: (typeof FILES)[number]) => parseKeyValueFile(readFileSync(join(root, name), 'utf8'))
const outputs = () => actionsOutputs(process.env, realFiles)

describe('actionsOutputs', () => {
  test('writes what the runner reads', async () => {
    expect(outputs().exportVariable('GOPROXY', 'https://a.example|https://b.example,direct')).toBeUndefined()
    expect(outputs().setOutput('benchmark', '[{"url":"x"}]')).toBeUndefined()
    expect(outputs().saveState('directory', '/tmp/ours')).toBeUndefined()
    expect(await outputs().appendSummary('## Title\n')).toBeUndefined()
    expect(written('GITHUB_ENV')).toEqual({ GOPROXY: 'https://a.example|https://b.example,direct' })
    expect(written('GITHUB_OUTPUT')).toEqual({ benchmark: '[{"url":"x"}]' })
    expect(written('GITHUB_STATE')).toEqual({ directory: '/tmp/ours' })
    expect(readFileSync(join(root, 'GITHUB_STEP_SUMMARY'), 'utf8')).toBe('## Title\n')
  })

  test.each(['a\nB=c', 'a\rb', 'a\0b'])('refuses to export %j', value => {
    expect(outputs().exportVariable('A', value)?.message).toMatch(/line break or NUL/)
    expect(outputs().saveState('A', value)?.message).toMatch(/line break or NUL/)
    expect(written('GITHUB_ENV')).toEqual({})
    expect(process.env['A']).toBeUndefined()
  })

  test('refuses a variable that no process could be started with', () => {
    expect(outputs().exportVariable('A', 'x'.repeat(131_070))?.message).toMatch(/131072 bytes/)
    expect(outputs().exportVariable('A', 'x'.repeat(131_069))).toBeUndefined()
  })

  test('refuses a summary that would push the file over what the runner shows', async () => {
    expect(await outputs().appendSummary('x'.repeat(1 << 20))).toBeUndefined()
    expect((await outputs().appendSummary('x'))?.message).toMatch(/1 MiB/)
  })

  test.each(['unset', 'missing'])('with the command file %s it tells so and prints no command instead', async how => {
    for (const name of FILES) {
      if (how === 'unset') delete process.env[name]
      else rmSync(join(root, name))
    }
    const write = jest.spyOn(process.stdout, 'write').mockImplementation(() => true)
    try {
      const told = [outputs().exportVariable('A', 'b'), outputs().setOutput('a', 'b'), outputs().saveState('a', 'b')]
      expect(told.map(problem => problem?.code)).toEqual(Array(3).fill('RUNNER_COMMAND_FILE'))
      // Some runners have no summaries; the log has the same.
      expect((await outputs().appendSummary('a'))?.code).toBe(how === 'unset' ? undefined : 'RUNNER_COMMAND_FILE')
      expect(write).not.toHaveBeenCalled()
    } finally {
      write.mockRestore()
    }
  })
})
