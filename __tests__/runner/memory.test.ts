import { describe, expect, test } from '@jest/globals'
import { openCollector } from '../../src/runner/memory.ts'

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
