import { expect, test } from '@jest/globals'
import { explain } from '../../src/download/explain.ts'
import { classifyGoError } from '../../src/go/failure.ts'
import { realFiles } from '../support/worlds/effects.ts'

/** As much as an explanation needs of a run without project. */
function explained(words: string) {
  const end = { words, failedModules: [], trace: { failed: new Map() } }
  const directory = { path: '/none', name: '.', kind: 'module', modFiles: [], sumFiles: [] }
  return explain(classifyGoError(words), { end, directory } as never, { env: {} } as never, realFiles)
}

const UNKNOWN = 'reading example.com/inner/go.mod at revision v1.9.0: unknown revision v1.9.0'

test('the module that requires one that is not there is named, the nearest', async () => {
  const words = `go: example.com/outer@v1.0.0 requires\n\texample.com/middle@v1.1.0 requires\n\texample.com/inner@v1.9.0: ${UNKNOWN}`
  const { message } = await explained(words)
  expect(message).toMatch(/^example\.com\/inner v1\.9\.0 \(required by example\.com\/middle v1\.1\.0\) could not be/)
  const other = words.replace('\texample.com/inner@v1.9.0', '\texample.com/inner@v1.9.0-rc')
  expect((await explained(other)).message).toContain('example.com/inner v1.9.0-rc (required by')
})

test('a line that a server made long is read once, not once for each of its places', async () => {
  for (const part of ['a@v', 'a@v requires ', ' requires'])
    expect(
      (await explained(`go: example.com/inner@v1.9.0: ${UNKNOWN}\n\tfatal: ${part.repeat((64 << 10) / part.length)}`))
        .message,
    ).toMatch(/^example\.com\/inner v1\.9\.0 could not be downloaded/)
})
