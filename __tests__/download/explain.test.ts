import { expect, test } from '@jest/globals'
import { explain } from '../../src/download/explain.ts'
import { failureOf } from '../../src/download/failure.ts'
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

test('a time limit is told with what the proxies answered for the module that is named', async () => {
  const left = { path: 'example.com/left', version: 'v1.0.0' }
  const end = { how: 'timed out', silent: false, words: '', failedModules: [], trace: { failed: new Map() } }
  const directory = { path: '/none', name: '.', kind: 'module', modFiles: [], sumFiles: [] }
  const options = {
    env: {},
    project: { modules: [left], missing: [left], perhaps: { modules: [], missing: [] } },
    gomodcache: '/none',
    choice: { lastTry: 'https://proxy.example' },
    inputs: { timeoutMs: 8_000 },
    ahead: {
      url: 'http://127.0.0.1:1',
      answersFor: ({ path }: typeof left) => [
        { name: 'https://proxy.example', answer: `it failed (500) for ${path}`, absent: false },
      ],
    },
  }
  const failure = failureOf(end as never, undefined)
  const { code, message } = await explain(failure, { end, directory } as never, options as never, realFiles)
  expect([code, message.split('\n')]).toEqual([
    'DOWNLOAD_TIMEOUT',
    [
      expect.stringMatching(
        /timed out\. 1 of 1 module had not arrived within `timeout: 8s` \(example\.com\/left v1\.0\.0\)/,
      ),
      '  https://proxy.example: it failed (500) for example.com/left',
    ],
  ])
})
