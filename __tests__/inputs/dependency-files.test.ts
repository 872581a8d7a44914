import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { beforeEach, expect, test } from '@jest/globals'
import { findDependencyFiles } from '../../src/inputs/dependency-files.ts'
import { systemFiles } from '../../src/runner/files.ts'
import { systemRandom } from '../../src/runner/random.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'

const cleanUp = cleanUpAfterEach()
let root: string
let base: string
beforeEach(() => {
  root = realpathSync(cleanUp.directory('dependencies-'))
  base = join(root, 'work')
  for (const name of ['work/go.sum', 'work/a/go.sum', 'work/a/b/go.sum', 'work/tools.txt', 'outside.txt']) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), name)
  }
})

const find = async (...patterns: string[]) =>
  (await findDependencyFiles(patterns, { base, workspace: base }, systemFiles(systemRandom))).map(path =>
    relative(base, path).replaceAll('\\', '/'),
  )

test('names and globs, each file once, sorted', async () => {
  expect(await find('**/go.sum', 'go.sum', './tools.txt')).toEqual(['a/b/go.sum', 'a/go.sum', 'go.sum', 'tools.txt'])
  expect(await find('*/go.sum')).toEqual(['a/go.sum'])
})

test('what is not there, a directory, and what lies outside of the workspace count for nothing', async () => {
  symlinkSync(join(root, 'outside.txt'), join(base, 'link.txt'))
  expect(await find('nosuch', 'a', '../outside.txt', join(root, 'outside.txt'), 'link.txt', '../*.txt')).toEqual([])
})
