import { describe, expect, test } from '@jest/globals'
import { Command } from 'commander'
import { addInputOptions, readOptions } from '../../src/inputs/options.ts'
import { INPUT_NAMES } from '../../src/inputs/table.ts'

function parse(...args: string[]) {
  const silent = { writeErr: () => {}, writeOut: () => {} }
  const command = addInputOptions(new Command('run').exitOverride().configureOutput(silent))
  command.parse(args, { from: 'user' })
  return readOptions(command.opts())
}

describe('addInputOptions', () => {
  test('every input is an option of the same name', () => {
    const args = INPUT_NAMES.flatMap(name => [`--${name}`, `value of ${name}`])
    expect(parse(...args)).toEqual(Object.fromEntries(INPUT_NAMES.map(name => [name, `value of ${name}`])))
  })

  test('what is not given is not there', () => {
    expect(parse()).toEqual({})
  })

  test.each([
    ['-C a', ['-C', 'a']],
    ['--directory a', ['--directory', 'a']],
    ['--working-directory a', ['--working-directory', 'a']],
  ])('%s', (_name, args) => {
    expect(parse(...args)).toEqual({ 'working-directory': 'a' })
  })

  test('--report is short for --report-file, and takes - for standard output', () => {
    expect(parse('--report', '-')).toEqual({ 'report-file': '-' })
  })

  test('lists may be given in parts', () => {
    expect(parse('-C', 'a', '-C', 'b', '--proxies', 'public', '--proxies', 'china')).toEqual({
      'working-directory': 'a\nb',
      proxies: 'public\nchina',
    })
  })

  test('a switch alone is true, and can be given its value', () => {
    expect(parse('--allow-insecure', '--summary', 'false', '--export=maybe')).toEqual({
      'allow-insecure': 'true',
      summary: 'false',
      export: 'maybe',
    })
  })

  test('both names of one option together are wrong usage', () => {
    expect(() => parse('-C', 'a', '--directory', 'b')).toThrow(/cannot be used with/)
  })

  test('the help tells defaults and ranges', () => {
    const help = addInputOptions(new Command('run')).configureHelp({ helpWidth: 400 }).helpInformation()
    expect(help).toMatch(/-C, --working-directory <directory> .*\(default: \.\)/)
    expect(help).toMatch(/--timeout <duration> .* from 1s to 6h\. \(default: 10m\)/)
    expect(help).toMatch(/--selection <fastest\|ordered>/)
  })
})
