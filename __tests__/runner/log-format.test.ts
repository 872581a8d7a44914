import { describe, expect, test } from '@jest/globals'
import { describeProgram } from '../../src/cli/program.ts'
import { findLogFormat, VALUELESS } from '../../src/runner/log-format.ts'

const VARIABLE = { GO_PROXY_SETUP_LOG_FORMAT: 'json' }

describe('the format of the log is known before the arguments are parsed', () => {
  test.each([
    ['run --log-format json', {}, 'json'],
    ['run --log-format=json --wrong', {}, 'json'],
    ['run', {}, 'text'],
    ['run', VARIABLE, 'json'],
    ['run --log-format text', VARIABLE, 'text'],
    ['run --log-format text --log-format json', {}, 'json'],
    ['run --log-format', VARIABLE, 'text'],
    ['run --log-format xml', {}, 'text'],
    ['-C a report show --log-format json f', {}, 'json'],
    ['exec --log-format json -- go test', {}, 'json'],
    ['exec -C exec --log-format json go test', {}, 'json'],
    ['exec -q --json --export --log-format json go test', {}, 'json'],
    ['exec --report - --log-format json go test', {}, 'json'],
    ['exec -Cservices --log-format json go test', {}, 'json'],
    ['-C a exec --log-format json go test', {}, 'json'],
    // What follows is the command's.
    ['exec -- tool --log-format json', {}, 'text'],
    ['exec tool --log-format json', {}, 'text'],
    ['exec --proxies official tool --log-format json', {}, 'text'],
    ['exec --proxies=official tool --log-format json', {}, 'text'],
    ['exec tool --log-format text', VARIABLE, 'json'],
  ] as const)('%s %j: %s', (line, env, format) => {
    expect(findLogFormat(line.split(' '), env)).toBe(format)
  })

  test('it knows which options of `exec` take no value', () => {
    const exec = describeProgram(() => {}, 80).commands.find(one => one.name() === 'exec')
    const alone = (exec?.options ?? []).filter(({ required, optional }) => !required && !optional)
    const names = alone.flatMap(({ short, long }) => [short, long]).filter(name => name !== undefined)
    expect(VALUELESS).toEqual(expect.arrayContaining(names))
  })
})
