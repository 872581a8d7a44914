import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { Project } from '../../src/project/project.ts'
import { warnOfWithdrawn } from '../../src/project/withdrawn.ts'
import { systemFiles } from '../../src/runner/files.ts'
import { systemRandom } from '../../src/runner/random.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'

const cleanUp = cleanUpAfterEach()

const OLD = { path: 'example.com/old', version: 'v1.0.0' }
const GONE = { path: 'example.com/gone', version: 'v1.0.0' }
const IN_CACHE = {
  'example.com/old/@v/v1.0.0.mod': '// Deprecated: use another.\nmodule example.com/old\n',
  // Of a later version go has known, but its go.mod was removed.
  'example.com/gone/@v/list': 'v1.0.0\nv1.1.0\n',
  'example.com/gone/@v/v1.0.0.mod': 'module example.com/gone\n\nretract v1.0.0 // Broken.\n',
}

/** @param goMods go.mod files by directory */
async function warn(goMods: Readonly<Record<string, string>>) {
  const root = cleanUp.directory('withdrawn-')
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  for (const [path, text] of Object.entries(IN_CACHE)) write(`cache/download/${path}`, text)
  for (const [directory, text] of Object.entries(goMods)) write(`${directory}/go.mod`, text)
  const directories = Object.keys(goMods).map(name => ({
    name,
    path: join(root, name),
    modFiles: [join(root, name, 'go.mod')],
    sumFiles: [],
  }))
  const project = { modules: [OLD, GONE], directories } as unknown as Project
  const problems = await warnOfWithdrawn(project, root, systemFiles(systemRandom))
  return problems.map(({ code, message, at }) => ({ code, message, file: at?.file.slice(root.length), line: at?.line }))
}

test('a module that several go.mod files name is told once, with its line of each', async () => {
  const goMods = {
    a: 'module a\n\nrequire example.com/old v1.0.0 // indirect\nrequire example.com/gone v1.0.0\n',
    b: 'module b\n\nrequire example.com/old v1.0.0\n',
    c: 'module c\n\nrequire (\n\texample.com/gone v1.0.0\n\texample.com/old v1.0.0\n)\n',
  }
  expect(await warn(goMods)).toEqual([
    {
      code: 'MODULE_RETRACTED',
      message: 'a/go.mod:4, c/go.mod:4: example.com/gone v1.0.0 was retracted by its author: Broken.',
      file: '/a/go.mod',
      line: 4,
    },
    // Where it is required for other modules alone, its user can do nothing.
    {
      code: 'MODULE_DEPRECATED',
      message: 'b/go.mod:3, c/go.mod:5: example.com/old is deprecated: use another.',
      file: '/b/go.mod',
      line: 3,
    },
  ])
})

test('of many places the rest is counted', async () => {
  const text = 'module m\n\nrequire example.com/gone v1.0.0\n'
  const [retracted] = await warn(Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map(name => [name, text])))
  expect(retracted?.message).toMatch(/^a\/go\.mod:3, b\/go\.mod:3, c\/go\.mod:3 and 2 more: example\.com\/gone/)
})
