import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from '@jest/globals'
import { systemFiles } from '../../src/runner/files.ts'
import { systemRandom } from '../../src/runner/random.ts'
import { extractTool } from '../../src/tools/child.ts'
import { buildTar, type Member } from '../support/builders/tar.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'

const cleanUp = cleanUpAfterEach()
let directory = ''
beforeEach(() => {
  directory = cleanUp.directory('extract-')
})

async function extract(members: readonly Member[]): Promise<void> {
  const archive = (async function* () {
    yield buildTar(members)
  })()
  await extractTool(archive, directory, 'greet', systemFiles(systemRandom))
}

test('one regular file of the expected name is unpacked, as a program', async () => {
  await extract([
    { name: './', type: '5' },
    { name: './greet', content: 'program' },
  ])
  expect(readdirSync(directory)).toEqual(['greet'])
  expect(readFileSync(join(directory, 'greet'), 'utf8')).toBe('program')
  if (process.platform !== 'win32') expect(statSync(join(directory, 'greet')).mode & 0o777).toBe(0o755)
})

test.each<[string, readonly Member[]]>([
  ['another name', [{ name: 'evil', content: 'x' }]],
  [
    'a second file',
    [
      { name: 'greet', content: 'x' },
      { name: 'evil', content: 'y' },
    ],
  ],
  [
    'the file twice',
    [
      { name: 'greet', content: 'x' },
      { name: 'greet', content: 'y' },
    ],
  ],
  ['a symbolic link', [{ name: 'greet', type: '2', linkTo: '/bin/sh' }]],
  ['a hard link', [{ name: 'greet', type: '1', linkTo: '/bin/sh' }]],
  ['a device', [{ name: 'greet', type: '3' }]],
  ['a file elsewhere', [{ name: '../greet', content: 'x' }]],
  ['an absolute name', [{ name: '/tmp/greet', content: 'x' }]],
  ['a directory on the way', [{ name: 'bin/greet', content: 'x' }]],
])('%s is refused', async (_, members) => {
  await expect(extract(members)).rejects.toThrow()
  expect(readdirSync(directory).filter(name => name !== 'greet')).toEqual([])
})
