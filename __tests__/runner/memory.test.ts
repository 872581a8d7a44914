import { describe, expect, test } from '@jest/globals'
import { openCollector, watchMemory } from '../../src/runner/memory.ts'

describe('buffers that are let go', () => {
  test('are collected before V8 would do it', () => {
    const collector = openCollector(1 << 20)
    const before = process.memoryUsage().arrayBuffers
    let most = 0
    // V8 alone lets 32 MB gather.
    for (let i = 0; i < 256; i++) {
      Buffer.allocUnsafeSlow(256 << 10)
      collector.note(256 << 10)
      most = Math.max(most, process.memoryUsage().arrayBuffers - before)
    }
    expect(most).toBeLessThan(16 << 20)
  })
})

test('V8 is sparing where much memory is in use, but not where its heap is large, which it would search in vain', async () => {
  const usages = [
    { rss: 119, heapTotal: 40 },
    { rss: 121, heapTotal: 50 },
    { rss: 130, heapTotal: 79 },
    { rss: 170, heapTotal: 81 },
    { rss: 190, heapTotal: 120 },
    { rss: 150, heapTotal: 60 },
  ]
  const told: (boolean | number)[] = []
  await new Promise<void>(resolve => {
    const end = watchMemory(
      { fromBytes: 120, heapBytes: 80 },
      {
        usage() {
          const usage = usages.shift()
          if (usage === undefined) {
            end()
            resolve()
          }
          told.push(usage?.rss ?? 0)
          return usage ?? { rss: 0, heapTotal: 0 }
        },
        spare: on => void told.push(on),
      },
      0,
    )
  })
  expect(told.slice(0, -2)).toEqual([119, 121, true, 130, 170, false, 190, 150, true])
})
