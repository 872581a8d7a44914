import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { readNamed } from '../../src/cli/named-text.ts'
import { readInputsFrom } from '../../src/cli/options.ts'
import { systemClock } from '../../src/runner/clock.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { jobIn } from '../support/worlds/job.ts'
import { createProject } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()
const MOST_BYTES = 100

/** A directory with what a user may name by mistake. */
function createPlaces(): string {
  const root = cleanUp.directory('named-')
  writeFileSync(join(root, 'file'), 'text')
  writeFileSync(join(root, 'large'), 'x'.repeat(MOST_BYTES + 1))
  mkdirSync(join(root, 'directory'))
  symlinkSync(join(root, 'loop'), join(root, 'loop'))
  return root
}

test('a text that the user named has the name that messages call it by', async () => {
  const path = join(createPlaces(), 'file')
  expect(await readNamed(path, MOST_BYTES, systemClock)).toEqual({ name: path, text: 'text' })
})

test.each([
  ['gone', 'there is no such file'],
  ['file/below', 'there is no such file'],
  ['directory', 'it is a directory'],
  ['large', 'it is too large'],
  ['loop', 'its links lead nowhere'],
])('%s cannot be read: %s', async (name, why) => {
  const path = join(createPlaces(), name)
  expect(await readNamed(path, MOST_BYTES, systemClock)).toEqual({ name: path, why })
})

test.each([
  ['gone', 'there is no such file'],
  ['directory', 'it is a directory'],
])('a file of secrets: %s', async (name, why) => {
  const project = cleanUp(createProject({ 'directory/.keep': '' }))
  const { effects } = jobIn(project, {}, {}, { write: () => {}, debugging: false })
  const read = await readInputsFrom({ credentialsFile: name }, { effects, cwd: project.directory })
  expect(read.ok ? [] : read.problems.map(({ message }) => message)).toEqual([
    `--credentials-file: ${name} cannot be read: ${why}.`,
  ])
})
