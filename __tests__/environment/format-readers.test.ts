import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { FormatName } from '../../src/environment/formats/format.ts'
import type { Variable } from '../../src/environment/variables.ts'
import {
  anyValue,
  asRecord,
  asVariables,
  carriedBy,
  HOSTILE_VALUES,
  renderText,
} from '../support/builders/variables.ts'

/** What `env` prints, read by the programs that it is for: a thousand values at a time, in one process. */
const VALUES = 1_000

let directory = ''
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'formats-'))
  mkdirSync(join(directory, 'bin'))
  // Stands in for the agent: it gets its arguments as the real one does, and tells them.
  const agent = join(directory, 'bin', 'buildkite-agent')
  writeFileSync(
    agent,
    '#!/bin/sh\n[ "$1 $2 $3" = "env set --output-format=quiet" ] && shift 3 && printf \'%s\\0\' "$@"\n',
  )
  chmodSync(agent, 0o755)
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

interface Reader {
  /** The program that reads; where it is missing the test is skipped, and says so. */
  readonly program: string
  readonly args?: readonly string[]
  readonly format: FormatName
  /** A script of that program, which finds the text in $FILE and prints every value with a NUL behind it. */
  readonly script: (names: readonly string[]) => string
  readonly env?: (file: string) => Record<string, string>
  /** What it prints stands behind `NAME=`. */
  readonly namesToo?: true
}

const tellAll = (names: readonly string[]) => `printf '%s\\0' ${names.map(name => `"$${name}"`).join(' ')}`
const evaluate = (names: readonly string[]) => `eval "$(cat "$FILE")"; ${tellAll(names)}`

const READERS: Readonly<Record<string, Reader>> = {
  sh: { program: 'sh', format: 'shell', script: evaluate },
  dash: { program: 'dash', format: 'shell', script: evaluate },
  bash: { program: 'bash', args: ['--norc'], format: 'shell', script: evaluate },
  zsh: { program: 'zsh', args: ['-f'], format: 'shell', script: evaluate },
  fish: {
    program: 'fish',
    args: ['--no-config'],
    format: 'fish',
    script: names => `cat "$FILE" | source; ${tellAll(names)}`,
  },
  'bash by way of $BASH_ENV, as in CircleCI': {
    program: 'bash',
    format: 'circleci',
    script: tellAll,
    env: file => ({ BASH_ENV: file }),
  },
  'the agent of Buildkite, by way of eval': {
    program: 'sh',
    format: 'buildkite',
    script: () => 'eval "$(cat "$FILE")"',
    namesToo: true,
  },
  'docker build, by way of eval': {
    program: 'sh',
    format: 'docker',
    script: () =>
      `eval "set -- $(cat "$FILE")"; while [ $# -gt 0 ]; do [ "$1" = --build-arg ] || exit 1; printf '%s\\0' "$2"; shift 2; done`,
    namesToo: true,
  },
  'sh with a .env file': {
    program: 'sh',
    format: 'dotenv',
    script: names => `set -a; . "$FILE"; ${tellAll(names)}`,
  },
  'node with a .env file': {
    program: process.execPath,
    args: ['--no-warnings'],
    format: 'dotenv',
    script: names =>
      `const all = util.parseEnv(fs.readFileSync(process.env.FILE, 'utf8')); for (const name of ${JSON.stringify(names)}) process.stdout.write((all[name] ?? '(unset)') + '\\0')`,
  },
}

function isThere(program: string): boolean {
  try {
    execFileSync(program, ['-c', ''], { stdio: 'ignore' })
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT'
  }
}

function readBack(reader: Reader, list: readonly Variable[], locale: string): Record<string, string> {
  const file = join(directory, 'text')
  writeFileSync(file, renderText(reader.format, list))
  const names = list.map(({ name }) => name)
  const script = reader.script(names)
  const path = `${join(directory, 'bin')}:${process.env['PATH']}`
  const env = { PATH: path, HOME: directory, LC_ALL: locale, FILE: file, ...reader.env?.(file) }
  const [option, text] = reader.program === process.execPath ? ['-e', script] : [join(directory, 'script'), '']
  if (text === '') writeFileSync(option as string, script)
  const args = [...(reader.args ?? []), option as string, ...(text === '' ? [] : [text as string])]
  const told = execFileSync(reader.program, args, {
    env,
    cwd: directory,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const values = told.split('\0').slice(0, -1)
  return reader.namesToo
    ? Object.fromEntries(values.map(one => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]))
    : Object.fromEntries(values.map((value, i) => [names[i] ?? `(one more: ${i})`, value]))
}

describe.each(Object.entries(READERS))('%s', (_name, reader) => {
  const whereItIs = isThere(reader.program) ? test : test.skip

  whereItIs.each(['C.UTF-8', 'C'])(`reads a thousand values as they were (${reader.program}, locale %s)`, locale => {
    const many = fc.array(anyValue, { minLength: VALUES, maxLength: VALUES })
    fc.assert(
      fc.property(many, values => {
        const list = carriedBy(reader.format, asVariables([...HOSTILE_VALUES, ...values]))
        expect(list.length).toBeGreaterThan(VALUES / 3)
        expect(readBack(reader, list, locale)).toEqual(asRecord(list))
      }),
      // One run is a thousand values, and to shrink it would start a shell for each of its parts.
      { numRuns: 1, endOnFailure: true },
    )
  })
})
