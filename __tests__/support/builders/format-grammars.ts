import type { FormatName } from '../../../src/environment/formats/format.ts'

/** What `env` prints for systems that cannot be run here, read by a small parser of each one's documented grammar. */
export type Pair = readonly [name: string, value: string]

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
      if (value === undefined || value.includes('/?') || `${line}\r\n`.length > 8191)
        throw new Error(`not to be taken as it is: ${line}`)
      return [name, value]
    })
}

function linesOf(text: string): readonly string[] {
  if (text !== '' && !text.endsWith('\n')) throw new Error('the last line has no end')
  return text.split('\n').slice(0, -1)
}

/** By the format that they read. */
export const READERS = {
  azure: readAzure,
  teamcity: readTeamcity,
  gitlab: readGitlab,
  jenkins: readJenkins,
  powershell: readPowershell,
  cmd: readCmd,
} as const satisfies Partial<Record<FormatName, (text: string) => readonly Pair[]>>
