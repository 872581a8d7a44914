import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { FormatName } from '../../src/environment/formats/format.ts'
import {
  anyValue,
  asRecord,
  asVariables,
  carriedBy,
  HOSTILE_VALUES,
  renderText,
} from '../support/builders/variables.ts'

/**
 * What `env` prints for systems that cannot be run here, read by a small parser of each one's documented grammar, written
 * for this test alone.
 */
type Pair = readonly [name: string, value: string]

/** Microsoft's page of logging commands: `##vso[area.action property1=value;…]message`, one a line. */
function readAzure(text: string): readonly Pair[] {
  const escapes: Readonly<Record<string, string>> = { AZP25: '%', '0D': '\r', '0A': '\n', '3B': ';', '5D': ']' }
  const decode = (coded: string) => coded.replace(/%(AZP25|0D|0A|3B|5D)/g, (_, code: string) => escapes[code] ?? '')
  return linesOf(text).map(line => {
    const start = line.indexOf('##vso[')
    const end = line.indexOf(']', start)
    const [command, ...rest] = line.slice(start + '##vso['.length, end).split(' ')
    const properties = Object.fromEntries(
      rest
        .join(' ')
        .split(';')
        .map(one => [one.slice(0, one.indexOf('=')), decode(one.slice(one.indexOf('=') + 1))]),
    )
    if (start !== 0 || command !== 'task.setvariable' || Object.keys(properties).join() !== 'variable')
      throw new Error(`no command that sets a variable: ${line}`)
    return [properties['variable'] ?? '', decode(line.slice(end + 1))]
  })
}

/** TeamCity's page of service messages: `##teamcity[name attribute='value' …]` with `|` as the escape. */
function readTeamcity(text: string): readonly Pair[] {
  return linesOf(text).map(line => {
    const head = '##teamcity[setParameter '
    if (!line.startsWith(head)) throw new Error(`no message: ${line}`)
    const attributes: Record<string, string> = {}
    let at = head.length
    while (line[at] !== ']') {
      const equals = line.indexOf("='", at)
      const name = line.slice(at, equals).trim()
      let value = ''
      for (at = equals + 2; line[at] !== "'"; at++) {
        const char = line[at]
        if (char === undefined || char === '[' || char === ']') throw new Error(`bare ${char} in a value: ${line}`)
        if (char !== '|') value += char
        else {
          at++
          const escaped = line[at] ?? ''
          if (escaped === '0') {
            const [, unit = ''] = /^0x([0-9A-F]{4})/.exec(line.slice(at)) ?? []
            value += String.fromCharCode(Number.parseInt(unit, 16))
            at += '0xNNNN'.length - 1
          } else if ("'|[]nr".includes(escaped)) value += { n: '\n', r: '\r' }[escaped] ?? escaped
          else throw new Error(`no escape: |${escaped}`)
        }
      }
      attributes[name] = value
      at++
    }
    if (at !== line.length - 1 || Object.keys(attributes).join() !== 'name,value') throw new Error(`odd: ${line}`)
    return [attributes['name']?.replace(/^env\./, '') ?? '', attributes['value'] ?? '']
  })
}

/** GitLab's page of dotenv reports: no comments, no empty lines, nothing is unquoted, what is around a value goes. */
function readGitlab(text: string): readonly Pair[] {
  if (Buffer.byteLength(text) >= 5 * 1024) throw new Error('too large')
  return linesOf(text).map(line => {
    const [, name = '', value] = /^([A-Za-z0-9_]+)=(.*)$/s.exec(line) ?? []
    if (value === undefined || /\$/.test(value)) throw new Error(`not to be taken as it is: ${line}`)
    return [name, value.trim()]
  })
}

/** Jenkins' page of withEnv, after `split('\n') as List`: up to the first equals sign, the name. */
function readJenkins(text: string): readonly Pair[] {
  return linesOf(text).map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])
}

/** about_Quoting_Rules: in a single-quoted string two quotes are one, typographic ones included; `[char]` of a number. */
function readPowershell(text: string): readonly Pair[] {
  return linesOf(text).map(line => {
    if (/[^ -~]/.test(line)) throw new Error(`depends on the console: ${line}`)
    const [head, name = ''] = /^\$env:(\w+) = /.exec(line) ?? ['']
    let rest = line.slice(head.length)
    let value = ''
    while (rest !== '') {
      const [term, quoted, number] = /^(?:'((?:[^']|'')*)'|\[char\]0x([0-9A-F]{4}))(?: \+ (?=.)|$)/.exec(rest) ?? ['']
      if (term === '') throw new Error(`no term: ${rest}`)
      if (value === '' && quoted === undefined && rest.length === line.length - head.length)
        throw new Error('a number and not a text')
      value += quoted?.replaceAll("''", "'") ?? String.fromCharCode(Number.parseInt(number ?? '', 16))
      rest = rest.slice(term.length)
    }
    return [name, value]
  })
}

/** `set /?` and `cmd /?`: behind `set "`, up to the last quotation mark of the line; `%` would begin a variable. */
function readCmd(text: string): readonly Pair[] {
  if (text !== '' && !text.endsWith('\r\n')) throw new Error('a batch file’s lines end in CR and LF')
  return text
    .split('\r\n')
    .slice(0, -1)
    .map(line => {
      const [, name = '', value] = /^@set "(\w+)=([^%!"\r\n]*)"$/.exec(line) ?? []
      if (value === undefined || line.length > 8191) throw new Error(`not to be taken as it is: ${line}`)
      return [name, value]
    })
}

function linesOf(text: string): readonly string[] {
  if (text !== '' && !text.endsWith('\n')) throw new Error('the last line has no end')
  return text.split('\n').slice(0, -1)
}

const READERS = {
  azure: readAzure,
  teamcity: readTeamcity,
  gitlab: readGitlab,
  jenkins: readJenkins,
  powershell: readPowershell,
  cmd: readCmd,
} as const satisfies Partial<Record<FormatName, (text: string) => readonly Pair[]>>

describe.each(Object.entries(READERS))('%s', (name, read) => {
  const format = name as keyof typeof READERS

  test('its reader gets a thousand values as they were, or is told which it cannot have', () => {
    for (const one of carriedBy(format, asVariables(HOSTILE_VALUES)))
      expect(read(renderText(format, [one]))).toEqual([[one.name, one.value]])
    let carried = 0
    fc.assert(
      fc.property(anyValue, value => {
        const list = carriedBy(format, asVariables([value, 'https://a.example,direct']))
        carried += list.length - 1
        expect(Object.fromEntries(read(renderText(format, list)))).toEqual(asRecord(list))
      }),
      { numRuns: 1_000 },
    )
    expect(carried).toBeGreaterThan(100)
  })
})

describe('vectors from the documentation', () => {
  test.each<readonly [FormatName, string, string]>([
    // about_Quoting_Rules: 'don''t'.
    ['powershell', "don't", "$env:A = 'don''t'\n"],
    ['powershell', '$HOME "`n"', `$env:A = '$HOME "\`n"'\n`],
    ['powershell', '‘a’\n', "$env:A = '' + [char]0x2018 + 'a' + [char]0x2019 + [char]0x000A\n"],
    ['powershell', '\u{1f600}', "$env:A = '' + [char]0xD83D + [char]0xDE00\n"],
    ['powershell', '', "$env:A = ''\n"],
    // `cmd /?`: the characters & < > ( ) @ ^ | stand for themselves between quotes.
    ['cmd', 'https://a.example|b & (c) ^ <d>', '@set "A=https://a.example|b & (c) ^ <d>"\r\n'],
    ['cmd', '', '@set "A="\r\n'],
    ['azure', '100% a;b]c\r\nd', '##vso[task.setvariable variable=A]100%AZP25 a%3Bb%5Dc%0D%0Ad\n'],
    // TeamCity's own example is foo|'s test.
    ['teamcity', "foo's test", "##teamcity[setParameter name='env.A' value='foo|'s test']\n"],
    ['teamcity', 'a|[b]\r\nü', "##teamcity[setParameter name='env.A' value='a|||[b|]|r|n|0x00FC']\n"],
    ['fish', "it's \\n", "set -gx A 'it\\'s \\\\n'\n"],
    ['dotenv', 'https://a.example,direct', 'A=https://a.example,direct\n'],
    ['dotenv', 'https://a.example|b #c', "A='https://a.example|b #c'\n"],
    ['circleci', "it's", "export A='it'\\''s'\n"],
    ['buildkite', 'a b', "buildkite-agent env set --output-format=quiet 'A=a b'\n"],
    ['docker', 'a b', "--build-arg 'A=a b'\n"],
    ['jenkins', 'a=b $c', 'A=a=b $c\n'],
  ])('%s: %j', (format, value, text) => {
    expect(renderText(format, [{ name: 'A', value }])).toBe(text)
  })
})
