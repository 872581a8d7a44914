import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { FormatName } from '../../src/environment/formats/format.ts'
import type { Variable } from '../../src/environment/variables.ts'
import { findExecutable } from '../../src/runner/executable.ts'
import {
  anyValue,
  asRecord,
  asVariables,
  carriedBy,
  HOSTILE_VALUES,
  renderText,
  USUAL_VALUES,
} from '../support/builders/variables.ts'

/**
 * What `env` prints for the shells of Windows, read by these shells. PowerShell is played wherever it is installed, cmd on
 * Windows alone; `formats.test.ts` and `format-grammars.test.ts` have what their documentation says.
 */
const VALUES = 1_000
const isWindows = process.platform === 'win32'

/** A child of the shell, as go is one, writes what it finds in its environment: a NUL behind each value. */
const CHILD = `
const fs = require('node:fs')
const names = JSON.parse(fs.readFileSync('names.json', 'utf8'))
fs.writeFileSync('values', names.map(name => (process.env[name] ?? '') + '\\0').join(''))
`
/** In place of `env`. */
const PRINT = `process.stdout.write(require('node:fs').readFileSync('text'))`

interface Shell {
  readonly program: string
  readonly args: readonly string[]
  readonly format: FormatName
  readonly scriptName: string
  /** Does with the text what docs/other-ci.md says, and then runs the child. */
  readonly script: string
}

const POWERSHELL = {
  args: ['-NoLogo', '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File', 'read.ps1'],
  format: 'powershell',
  scriptName: 'read.ps1',
  script: "$ErrorActionPreference = 'Stop'\n& $env:NODE print.cjs | Invoke-Expression\n& $env:NODE child.cjs\n",
} as const

const cmd = (delayedExpansion: 'on' | 'off'): Shell => ({
  program: 'cmd',
  args: ['/d', `/v:${delayedExpansion}`, '/c', 'read.cmd'],
  format: 'cmd',
  scriptName: 'read.cmd',
  script: '@"%NODE%" print.cjs >go-env.cmd\r\n@call go-env.cmd\r\n@"%NODE%" child.cjs\r\n',
})

const SHELLS: Readonly<Record<string, Shell>> = {
  'PowerShell 7': { program: 'pwsh', ...POWERSHELL },
  'Windows PowerShell': { program: 'powershell', ...POWERSHELL },
  cmd: cmd('off'),
  'cmd with delayed expansion': cmd('on'),
}
/** Every Windows has these: there the test fails where they are not found. */
const OF_WINDOWS = ['powershell', 'cmd']

let directory = ''
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'shells-'))
  writeFileSync(join(directory, 'child.cjs'), CHILD)
  writeFileSync(join(directory, 'print.cjs'), PRINT)
})
afterAll(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }))

function readBack({ args, format, scriptName, script }: Shell, program: string, list: readonly Variable[]) {
  const names = list.map(({ name }) => name)
  writeFileSync(join(directory, 'text'), renderText(format, list))
  writeFileSync(join(directory, 'names.json'), JSON.stringify(names))
  writeFileSync(join(directory, scriptName), script)
  rmSync(join(directory, 'values'), { force: true })
  const env = { ...process.env, NODE: process.execPath }
  execFileSync(program, [...args], { cwd: directory, env, stdio: ['ignore', 'ignore', 'inherit'] })
  const values = readFileSync(join(directory, 'values'), 'utf8').split('\0')
  return Object.fromEntries(names.map((name, i) => [name, values[i]]))
}

/** A line as long as cmd takes; the others take it, too. */
const LONGEST: Variable = { name: 'GOLONGEST', value: 'x'.repeat(8_191 - '@set "GOLONGEST="\r\n'.length) }

describe.each(Object.entries(SHELLS))('%s', (_name, shell) => {
  const { program, format } = shell
  const found = findExecutable(program, { cwd: '/', env: process.env }, process.platform)
  const isDue = found !== undefined || (isWindows && OF_WINDOWS.includes(program))
  const played = isDue ? test : test.skip

  played(isDue ? 'a child of it gets a thousand values as they were' : `${program} is not installed here`, () => {
    const many = fc.array(anyValue, { minLength: VALUES, maxLength: VALUES })
    fc.assert(
      fc.property(many, values => {
        const all = [...asVariables([...USUAL_VALUES, ...HOSTILE_VALUES, ...values]), LONGEST]
        const list = carriedBy(format, all)
        // Not one in three has nothing but what cmd can carry.
        expect(list.length).toBeGreaterThan(format === 'cmd' ? VALUES / 5 : VALUES)
        expect(list).toContain(LONGEST)
        expect(readBack(shell, found ?? program, list)).toEqual(asRecord(list))
      }),
      // One run is a thousand values, and to shrink it would start a shell for each of its parts.
      { numRuns: 1, endOnFailure: true },
    )
  })
})
