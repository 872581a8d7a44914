import { describe, expect, test } from '@jest/globals'
import { Command } from 'commander'
import { optionsOf, readOptions, readSecretPaths } from '../../src/inputs/options.ts'
import { INPUT_NAMES, rowOf } from '../../src/inputs/table.ts'

function addInputOptions(command: Command): Command {
  for (const option of INPUT_NAMES.flatMap(optionsOf)) command.addOption(option)
  return command
}

function parse(...args: string[]) {
  const silent = { writeErr: () => {}, writeOut: () => {} }
  const command = addInputOptions(new Command('run').exitOverride().configureOutput(silent))
  command.parse(args, { from: 'user' })
  return readOptions(command.opts())
}

describe('optionsOf', () => {
  test('every input of the command line is an option of the same name, but for secrets', () => {
    const names = INPUT_NAMES.filter(name => !rowOf(name).secret && rowOf(name).faces?.includes('command') !== false)
    const args = names.flatMap(name => [`--${name}`, `value of ${name}`])
    expect(parse(...args)).toEqual(Object.fromEntries(names.map(name => [name, `value of ${name}`])))
  })

  test('a secret is never an argument: its option names a file', () => {
    expect(() => parse('--credentials', 'github.com token')).toThrow(/unknown option/)
    expect(() => parse('--ssh-key', 'key')).toThrow(/unknown option/)
    const command = addInputOptions(new Command('run').exitOverride())
    command.parse(['--credentials-file', 'a', '--ssh-key-file', 'b'], { from: 'user' })
    expect(readSecretPaths(command.opts())).toEqual({ credentials: 'a', 'ssh-key': 'b' })
    expect(readOptions(command.opts())).toEqual({})
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
    expect(help).not.toMatch(/preset:/)
  })
})
