import { mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { findDirectories } from '../../src/inputs/directories.ts'
import { systemFiles } from '../../src/runner/files.ts'
import { systemRandom } from '../../src/runner/random.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'

const onPosix = process.platform === 'win32' ? test.skip : test
const IN_JOB = { label: 'working-directory', inJob: true }
const cleanUp = cleanUpAfterEach()
let root: string
let base: string

beforeEach(() => {
  root = realpathSync(cleanUp.directory('directories-'))
  base = join(root, 'work')
  mkdirSync(base)
})

/** Makes empty files, below the workspace unless the path leads elsewhere. */
function make(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(base, path)), { recursive: true })
    writeFileSync(join(base, path), '')
  }
}

async function find(patterns: string[], { named = true, limited = true, upward = false, at = '' } = {}) {
  const workspace = limited ? base : undefined
  const result = await findDirectories(
    { named, upward, ...IN_JOB, patterns, base: join(base, at), workspace },
    systemFiles(systemRandom),
  )
  return result.ok
    ? result.value.map(({ name, kind }) => `${name} ${kind}`)
    : result.problems.map(({ code, message }) => `${code} ${message}`)
}

describe('findDirectories', () => {
  test('the default directory may hold no module, a named one may not', async () => {
    expect(await find(['.'], { named: false })).toEqual([])
    mkdirSync(join(base, 'a'))
    expect(await find(['a'])).toEqual([
      'INPUT_DIRECTORY_NO_MODULE working-directory: a contains neither go.mod nor go.work.',
    ])
    make('go.mod')
    expect(await find(['.'], { named: false })).toEqual(['. module'])
  })

  describe('below a module', () => {
    const below = { named: false, upward: true, at: 'module/cmd/tool' }
    beforeEach(() => make('go.mod', 'module/go.mod', 'module/cmd/tool/main.go'))

    test('the default directory is the module’s, as for go', async () => {
      expect(await find(['.'], below)).toEqual(['../.. module'])
      expect(await find(['.'], { ...below, limited: false })).toEqual(['../.. module'])
      expect(await find(['.'], { ...below, upward: false })).toEqual([])
    })

    test('the nearest counts, and the workspace is the end', async () => {
      expect(await find(['.'], { ...below, at: 'module' })).toEqual(['. module'])
      rmSync(join(base, 'module/go.mod'))
      expect(await find(['.'], below)).toEqual(['../../.. module'])
      rmSync(join(base, 'go.mod'))
      writeFileSync(join(root, 'go.mod'), '')
      expect(await find(['.'], below)).toEqual([])
      expect(await find(['.'], { ...below, limited: false })).toEqual(['../../../.. module'])
    })

    test('a named one is refused with the one to name', async () => {
      const where = { named: true, upward: false, ...IN_JOB, patterns: ['module/cmd'], base, workspace: base }
      const result = await findDirectories(where, systemFiles(systemRandom))
      expect(!result.ok && result.problems.map(({ hint }) => hint)).toEqual([
        'Name the directory that contains it: module',
      ])
    })
  })

  describe('a directory that is not there', () => {
    const tell = async (pattern: string, how: Partial<typeof IN_JOB> = {}) => {
      const where = { named: true, upward: false, ...IN_JOB, ...how, patterns: [pattern], base, workspace: base }
      const result = await findDirectories(where, systemFiles(systemRandom))
      return result.ok ? [] : result.problems.map(({ message, hint }) => [message, hint])
    }

    test('the nearest name is asked for, of a glob too', async () => {
      make('services/api/go.mod')
      expect(await tell('service/*')).toEqual([
        ['working-directory: no directory matches service/*.', 'Did you mean services?'],
      ])
      expect(await tell('services/apo')).toEqual([
        ['working-directory: there is no directory services/apo.', 'Did you mean services/api?'],
      ])
    })

    test('a file is called one, and its directory named', async () => {
      make('services/api/go.mod')
      expect(await tell('services/api/go.mod')).toEqual([
        ['working-directory: services/api/go.mod is a file.', 'Name the directory that it lies in: services/api'],
      ])
    })

    test('only a job has a checkout, and the user’s own word names the input', async () => {
      expect(await tell('far-away')).toEqual([
        ['working-directory: there is no directory far-away.', 'Is the repository checked out before this?'],
      ])
      expect(await tell('far-away', { label: '-C', inJob: false })).toEqual([
        ['-C: there is no directory far-away.', 'Check its name.'],
      ])
    })
  })

  test('go.work makes it a workspace', async () => {
    make('go.mod', 'go.work')
    expect(await find(['.'])).toEqual(['. workspace'])
  })

  test('each directory comes once, in the order given', async () => {
    make('b/go.mod', 'a/go.mod', 'c d/go.mod')
    expect(await find(['c d', './b', '*', 'b/../a/', join(base, 'a')])).toEqual(['c d module', 'b module', 'a module'])
  })

  test('globs: one level, any number of levels, one character, fixed names behind them', async () => {
    make('go.mod', 'a/go.mod', 'a/x/go.mod', 'ab/go.mod', 'b/x/y/go.mod', 'empty/readme', 'file')
    expect(await find(['*'])).toEqual(['a module', 'ab module'])
    expect(await find(['?'])).toEqual(['a module'])
    expect(await find(['*/x'])).toEqual(['a/x module'])
    expect(await find(['**'])).toEqual(['. module', 'a module', 'a/x module', 'ab module', 'b/x/y module'])
    expect(await find(['**/x/**'])).toEqual(['a/x module', 'b/x/y module'])
    expect(await find(['a*/**'])).toEqual(['a module', 'a/x module', 'ab module'])
  })

  test('** looks where go looks', async () => {
    for (const name of ['vendor', 'testdata', 'node_modules', '.hidden', '_old', 'good']) make(`${name}/m/go.mod`)
    expect(await find(['**'])).toEqual(['good/m module'])
    expect(await find(['*/m'])).not.toContain('.hidden/m module')
    expect(await find(['.h*/m'])).toEqual(['.hidden/m module'])
  })

  test('signs of regular expressions are letters', async () => {
    make('a+(b)/go.mod', 'aab/go.mod')
    expect(await find(['a+(*)'])).toEqual(['a+(b) module'])
  })

  test('a pattern that matches nothing, and a directory that is not there, are told together', async () => {
    expect(await find(['nothing/*', 'no*', 'nowhere'])).toEqual([
      expect.stringContaining('INPUT_DIRECTORY_MISSING working-directory: no directory matches nothing/*'),
      expect.stringContaining('INPUT_DIRECTORY_NO_MODULE working-directory: no directory that matches no*'),
      expect.stringContaining('INPUT_DIRECTORY_MISSING working-directory: there is no directory nowhere'),
    ])
  })

  test.each(['..', '../other', '../other/*', '../workmate', '/', 'a/../../other'])(
    '%s is outside the workspace',
    async pattern => {
      make('../other/go.mod', '../workmate/go.mod', 'a/go.mod')
      expect((await find([pattern])).join()).toMatch(/^INPUT_DIRECTORY_OUTSIDE/)
    },
  )

  test('without a workspace there is no limit', async () => {
    make('../other/go.mod')
    expect(await find(['../other'], { limited: false })).toEqual(['../other module'])
  })

  onPosix('a link must not lead out of the workspace, also behind a glob', async () => {
    make('../other/go.mod', 'real/go.mod', 'a/readme')
    symlinkSync('../other', join(base, 'out'))
    symlinkSync('../../other', join(base, 'a/out'))
    symlinkSync('real', join(base, 'in'))
    symlinkSync('round', join(base, 'round'))
    expect(await find(['out'])).toEqual([expect.stringMatching(/OUTSIDE/)])
    expect(await find(['*/out'])).toEqual([expect.stringMatching(/OUTSIDE/)])
    expect(await find(['in'])).toEqual(['real module'])
    expect(await find(['*'])).toEqual(['real module'])
    expect(await find(['round'])).toEqual([expect.stringMatching(/MISSING/)])
  })

  onPosix('the workspace itself may be reached by a link', async () => {
    make('a/go.mod')
    symlinkSync('work', join(root, 'link'))
    const link = join(root, 'link')
    const where = {
      named: true,
      upward: false,
      ...IN_JOB,
      patterns: ['a', join(base, 'a')],
      base: link,
      workspace: link,
    }
    const result = await findDirectories(where, systemFiles(systemRandom))
    expect(result).toEqual({ ok: true, value: [{ path: join(base, 'a'), name: 'a', kind: 'module' }] })
  })
})
