import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { CacheFile } from '../../src/cache/select.ts'
import type { CacheTask } from '../../src/cache/tasks.ts'
import { defaultPolicy } from '../../src/policy.ts'
import { createChildren } from '../../src/runner/children.ts'
import { systemClock } from '../../src/runner/clock.ts'
import { systemCommands } from '../../src/runner/commands.ts'
import { systemFiles } from '../../src/runner/files.ts'
import { systemRandom } from '../../src/runner/random.ts'
import { terminalLog } from '../../src/runner/terminal-log.ts'
import { startTransfer, type TransferEnd } from '../../src/transfer/transfer.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { realFiles } from '../support/worlds/effects.ts'

/** Nothing may rest for longer; the child’s start included. */
const STALL_MS = 1_500
/** What the child does goes on for longer than that, in steps that are much shorter. */
const STEPS = 22
const STEP_MS = 100

const files: readonly CacheFile[] = [
  {
    target: 'example.com/m/@v/v1.0.0.zip',
    kind: 'zip',
    module: { path: 'example.com/m', version: 'v1.0.0' },
    hash: '',
    required: true,
  },
]

const cleanUp = cleanUpAfterEach()

/**
 * A transfer whose child is this script instead of ours. It finds `task`, `tell(message)`, `step(act)`, which calls
 * `act(1)` to `act(${STEPS})` one after the other, and `archive(bytes)`, which is what the library keeps.
 */
async function transfer(kind: 'save' | 'restore', script: string, minimumRate = 0): Promise<TransferEnd> {
  const directory = cleanUp.directory('transfer-')
  const program = join(directory, 'child.mjs')
  writeFileSync(
    program,
    `import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
const task = JSON.parse(readFileSync(process.argv[3], 'utf8'))
const tell = message => process.stdout.write(task.mark + JSON.stringify(message) + '\\n')
const step = async act => {
  for (let i = 1; i <= ${STEPS}; i++) {
    await new Promise(resolve => setTimeout(resolve, ${STEP_MS}))
    act(i)
  }
}
const put = (path, bytes) => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, Buffer.alloc(bytes))
}
const archive = bytes => put(join(process.env.RUNNER_TEMP, 'x', 'cache.tzst'), bytes)
const unpacked = bytes => put(join(task.directory, task.files[0].target), bytes)
const silence = () => new Promise(resolve => setTimeout(resolve, 60_000))
${script}
`,
  )
  const own = { about: 'modules' as const, files }
  const running = startTransfer<CacheTask>(
    {
      countUnpacked: async unpacked =>
        (await realFiles.stat(files.map(({ target }) => join(unpacked, target)))).reduce(
          (sum, one) => sum + (one?.bytes ?? 0),
          0,
        ),
      task:
        kind === 'save'
          ? { ...own, kind, key: 'key', from: directory }
          : { ...own, kind, keys: { exact: 'key', prefix: 'k' }, pauseMs: 0 },
      program: [process.execPath, program],
      env: { PATH: process.env['PATH'] },
      platform: process.platform,
      policy: { ...defaultPolicy.cache, stallMs: STALL_MS, minimumRate },
      temporaryDirectory: directory,
    },
    {
      clock: systemClock,
      random: systemRandom,
      files: systemFiles(systemRandom),
      commands: systemCommands(systemClock, process.platform, createChildren()),
      log: terminalLog({ write: () => {} }, systemClock, { color: false, debugging: false }),
    },
  )
  return running.ended
}

describe('a transfer goes on while something moves', () => {
  test.concurrent('saving: sending the finished archive, for longer than nothing may move', async () => {
    const end = await transfer(
      'save',
      `archive(1_000_000)
      await step(i => console.log('Sent ' + i * 40_000 + ' of 1000000 (' + i + '.0%), 1.0 MBs/sec'))
      tell({ kind: 'finished' })`,
    )
    expect([end.how, end.what]).toEqual(['done', undefined])
  })

  test.concurrent('saving: building the archive, at whatever rate', async () => {
    const end = await transfer('save', `await step(i => archive(i)); tell({ kind: 'finished' })`, 1_000_000_000)
    expect([end.how, end.what]).toEqual(['done', undefined])
  })

  test.concurrent('saving: everything was sent, and the service takes as long for its answer as it may', async () => {
    const end = await transfer(
      'save',
      `archive(1_000_000)
      console.log('Sent 1000000 of 1000000 (100.0%), 1.0 MBs/sec')
      await step(i => i === ${STEPS / 2} && tell({ kind: 'verified', target: 'x', bytes: 1 }))
      tell({ kind: 'finished' })`,
      1_000_000,
    )
    expect([end.how, end.what]).toEqual(['done', undefined])
  })

  test.concurrent('restoring: unpacking what was fetched, at whatever rate', async () => {
    const end = await transfer(
      'restore',
      `tell({ kind: 'found', key: 'key' })
      archive(1_000_000)
      await step(i => unpacked(i * 10))
      tell({ kind: 'unpacked' })
      tell({ kind: 'finished' })`,
      // It has come at this rate, but by the end of unpacking that is long ago.
      1_000_000,
    )
    expect([end.how, end.what]).toEqual(['done', undefined])
  })
})

describe('a transfer ends', () => {
  test.concurrent.each([
    ['saving: nothing is sent', 'save', `archive(1_000_000); await silence()`],
    [
      'saving: sending stops',
      'save',
      `archive(1_000_000); console.log('Sent 500000 of 1000000 (50.0%), 1.0 MBs/sec'); await silence()`,
    ],
    [
      'saving: the same is told again and again',
      'save',
      `archive(1_000_000); await step(() => console.log('Sent 0 of 1000000 (0.0%), 0.0 MBs/sec')); await silence()`,
    ],
    ['restoring: nothing comes', 'restore', `tell({ kind: 'found', key: 'key' }); await silence()`],
    ['restoring: unpacking stops', 'restore', `archive(1_000_000); unpacked(10); await silence()`],
  ] as const)('%s', async (_name, kind, script) => {
    const end = await transfer(kind, script)
    expect([end.how, end.what]).toEqual(['failed', 'no progress for 1.5 s'])
  })

  test.concurrent.each([
    ['save', `archive(9_000_000); await step(i => console.log('Sent ' + i * 100 + ' of 9000000 (0.1%), 0.1 MBs/sec'))`],
    // What is to be saved was put into its place before.
    [
      'save',
      `tell({ kind: 'placed', files: 1, bytes: 9_000_000 })
      archive(9_000_000)
      await step(i => console.log('Sent ' + i * 100 + ' of 9000000 (0.1%), 0.1 MBs/sec'))`,
    ],
    ['restore', `tell({ kind: 'found', key: 'key' }); await step(i => archive(i * 100))`],
  ] as const)('that moves too little: %s', async (kind, script) => {
    const end = await transfer(kind, `${script}\nawait silence()`, 1_000_000)
    expect([end.how, end.what]).toEqual(['failed', expect.stringMatching(/^only \d kB of progress in 1\.\d s$/)])
  })
})

test('what our own reader says of an archive goes before what the library makes of it', async () => {
  const toldBy = async (kind: string) => {
    const end = await transfer(
      'restore',
      `tell({ kind: 'found', key: 'key' })
      tell({ kind: '${kind}', what: 'our own words' })
      console.log('::warning::Failed to restore: Tar failed with exit code 1')
      tell({ kind: 'failed', what: 'the archive could not be fetched or unpacked' })`,
    )
    return [end.how, end.what, end.refused, end.unwritten]
  }
  expect(await toldBy('refused')).toEqual(['failed', 'our own words', true, false])
  expect(await toldBy('unwritten')).toEqual(['failed', 'our own words', false, true])
  expect(await toldBy('failed')).toEqual(['failed', 'Failed to restore: Tar failed with exit code 1', false, false])
})
