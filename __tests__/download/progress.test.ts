import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Ahead } from '../../src/download/ahead.ts'
import { followRound } from '../../src/download/progress.ts'
import type { GatewayEvent } from '../../src/gateway/telling/events.ts'
import type { Arriving } from '../../src/gateway/telling/journal.ts'
import { downloadPath } from '../../src/go/module-cache.ts'
import { systemClock } from '../../src/runner/clock.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { until } from '../support/until.ts'
import { realFiles } from '../support/worlds/effects.ts'
import { followedLog } from '../support/worlds/followed-log.ts'

const cleanUp = cleanUpAfterEach()

const modules = ['a', 'b', 'c', 'd'].map(name => ({ path: `example.com/${name}`, version: 'v1.0.0' }))
const zipOf = (name: string) => `example.com/${name}/@v/v1.0.0.zip`

function follow(gomodcache: string, events: readonly GatewayEvent[] = []) {
  const arriving: Arriving[] = []
  const { log, read } = followedLog()
  const ahead = { arriving: () => arriving, events, receivedBytes: () => 130, requests: () => 5 } as unknown as Ahead
  const unpacking = { look: async () => nothing, read: () => nothing }
  const round = { modules, gomodcache, before: new Set<string>(), unpacking, ahead, requestsBefore: 2 }
  const { note } = followRound(round, { clock: systemClock, files: realFiles, log })
  return { note, arriving, read }
}

const nothing = { done: 0, total: 0, open: [] }

describe('how far a round is', () => {
  test('what is left is what proxies announced, and for the rest the mean of what is known', async () => {
    const gomodcache = cleanUp.directory('progress-')
    const path = downloadPath(gomodcache, zipOf('a'))
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, Buffer.alloc(100))
    const { read, arriving, note } = follow(gomodcache)
    note({ comingToolchain: undefined, requests: 1 })
    arriving.push(
      { target: zipOf('b'), received: 30, total: 50 },
      // What is not a module's zip, or is there already, adds nothing.
      { target: 'example.com/c/@v/v1.0.0.mod', received: 0, total: 1_000 },
      { target: zipOf('a'), received: 0, total: 100 },
    )
    await until(() => read() !== undefined)
    expect(read()).toMatchObject({
      phase: 'fetching',
      what: 'fetching 1 of 4 modules',
      done: { of: 1, total: 4 },
      // 20 of b, and c and d as large as a and b on average.
      bytes: { moved: 130, left: 20 + 2 * 75 },
      more: ['8 requests'],
    })
  })

  test('a toolchain has its own bytes, and is unpacked once they are there', () => {
    const target = 'golang.org/toolchain/@v/v0.0.1-go1.26.7.linux-amd64.zip'
    const events: GatewayEvent[] = []
    const { read, arriving, note } = follow(cleanUp.directory('progress-'), events)
    note({ comingToolchain: 'go1.26.7', requests: 0 })
    expect(read()).toMatchObject({ phase: 'toolchain', what: 'fetching Go 1.26.7' })
    arriving.push({ target: zipOf('a'), received: 1, total: 2 }, { target, received: 10, total: 70 })
    const bytes = { moved: 10, left: 60 }
    expect(read()).toMatchObject({ what: 'fetching Go 1.26.7', done: { of: 10, total: 70 }, bytes })
    arriving.pop()
    events.push({ kind: 'served', target, status: 200 } as GatewayEvent)
    expect(read()).toMatchObject({ phase: 'unpacking toolchain', what: 'unpacking Go 1.26.7' })
  })
})
