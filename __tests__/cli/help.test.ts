import { describe, expect, test } from '@jest/globals'
import { VERBS } from '../../src/cli/help.ts'
import { describeProgram } from '../../src/cli/program.ts'

function helpOf(verb: string, columns: number | undefined): string {
  let text = ''
  const command = describeProgram(() => {}, columns).commands.find(one => one.name() === verb)
  const writeOut = (more: string) => {
    text += more
  }
  // With its examples, which commander adds as it prints.
  command?.configureOutput({ ...command.configureOutput(), writeOut }).outputHelp()
  return text
}

const verbs = Object.keys(VERBS)

describe('help', () => {
  test.each(verbs)('%s fits 60, 80 and 120 columns, and a pipe', verb => {
    for (const columns of [60, 80, 120, undefined]) {
      const lines = helpOf(verb, columns).split('\n')
      expect(lines.filter(line => line.length > (columns ?? 80))).toEqual([])
      // No word is broken: the same words at any width.
      expect(lines.join(' ').split(/\s+/)).toEqual(helpOf(verb, 400).split(/\s+/))
    }
  })

  test.each(verbs)('%s has groups and two examples that it understands', verb => {
    const help = helpOf(verb, 80)
    expect(help).toMatch(/\nProxies:\n/)
    expect(help).toMatch(/\nReports:\n/)
    expect(help.split('Examples:')[1]?.match(/go-proxy-setup /g)).toHaveLength(2)
    const program = describeProgram(() => {}, 80)
    const options = program.commands.find(one => one.name() === verb)?.options ?? []
    for (const [, name, value = ''] of help.split('Examples:')[1]?.matchAll(/ (--[a-z-]+)(?: ([a-z]+))?/g) ?? []) {
      const option = options.find(({ long }) => long === name)
      expect([name, option?.long]).toEqual([name, name])
      if (option?.argChoices !== undefined) expect(option.argChoices).toContain(value)
    }
  })

  test('a verb shows what it uses, and takes every other option all the same', () => {
    expect(helpOf('bench', 80)).not.toMatch(/\n(Cache|Download):|--export|--audit-log/)
    expect(helpOf('bench', 80)).toMatch(/--benchmark-timeout/)
    expect(helpOf('download', 80)).not.toMatch(/--benchmark/)
    expect(helpOf('run', 80)).toMatch(/\nCache:\n/)
    const bench = describeProgram(() => {}, 80).commands.find(one => one.name() === 'bench')
    expect(bench?.options.map(({ long }) => long)).toContain('--cache')
  })
})

async function errorOf(...args: readonly string[]): Promise<string> {
  let text = ''
  const program = describeProgram(() => {}, 80)
  for (const command of [program, ...program.commands])
    command.configureOutput({
      ...command.configureOutput(),
      writeErr: more => {
        text += more
      },
    })
  await expect(program.parseAsync([...args], { from: 'user' })).rejects.toThrow()
  return text
}

describe('wrong usage', () => {
  test.each(['--credentials', '--ssh-key', '--token', '-t'])('%s=SECRET is named without the secret', async option => {
    const error = await errorOf('run', `${option}=github.com/acme ghp_5ecret\n'and'=more`)
    expect(error).toContain(`${option}`)
    expect(error).not.toMatch(/ghp_5ecret|acme|more/)
  })

  test('a word that belongs to no option: not repeated, since it may be half of a secret', async () => {
    const error = await errorOf('bench', '--proxies', 'current', 'ghp_5ecret')
    expect(error).toMatch(/^error: bench takes only options, .*\nA value with spaces needs quotes/)
    expect(error).not.toContain('ghp_5ecret')
  })

  test('a word that is none of a verb’s own verbs', async () => {
    const error = await errorOf('bundle', 'unpack', 'ghp_5ecret')
    expect(error).toMatch(/^error: bundle takes only options or one of its verbs \(verify, use\), /)
    expect(error).not.toContain('ghp_5ecret')
  })

  test('a word too many for a verb that takes some: not that it takes none', async () => {
    const error = await errorOf('completion', 'bash', 'ghp_5ecret')
    expect(error).toMatch(/^error: completion takes 1 word besides its options, but there are 2\.\n/)
    expect(error).not.toContain('ghp_5ecret')
  })
})

test('the help of all verbs together fits 80 columns', () => {
  let text = ''
  const program = describeProgram(() => {}, 80)
  const writeOut = (more: string) => {
    text += more
  }
  program.configureOutput({ ...program.configureOutput(), writeOut }).outputHelp()
  expect(text.split('\n').filter(line => line.length > 80)).toEqual([])
})
