import { describe, expect, test } from '@jest/globals'
import { effectsForActions } from '../../src/runner/actions.ts'
import { copyEnvironment } from '../../src/runner/environment.ts'
import { effectsForTerminal } from '../../src/runner/terminal.ts'

describe('effects', () => {
  test.each([
    ['a job', effectsForActions],
    ['a shell', effectsForTerminal],
  ])('the world of %s works', async (_name, make) => {
    const { effects, children } = make(process)
    const { commands, env } = effects
    const result = await commands.run(process.execPath, ['--version'], { cwd: '.', env, timeoutMs: 30_000 })
    expect(result).toMatchObject({ exitCode: 0, stdout: `${process.version}\n` })
    await children.endAll(0)
  })

  test('a shell has no outputs', () => {
    expect(effectsForTerminal(process)).not.toHaveProperty('outputs')
  })

  test('the environment is a copy, with upper-case names where case does not count', () => {
    const env = { Path: 'a', B: 'b' }
    expect(copyEnvironment({ env, platform: 'win32' })).toEqual({ PATH: 'a', B: 'b' })
    expect(copyEnvironment({ env, platform: 'linux' })).toEqual(env)
    expect(copyEnvironment({ env, platform: 'linux' })).not.toBe(env)
  })
})
