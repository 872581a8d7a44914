import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Notes what buffers were made and let go. They are outside of V8's heap, and it collects them only when 32 MB of them
 * have gathered, in each thread; here the young generation is collected earlier, which takes 1 ms where it is small.
 */
export interface Collector {
  note(bytes: number): void
}

/** @param everyBytes so much is let gather */
export function openCollector(everyBytes: number): Collector {
  const collect = youngCollection()
  let gathered = 0
  return {
    note(bytes) {
      gathered += bytes
      if (gathered < everyBytes) return
      gathered = 0
      collect?.()
    },
  }
}

/** V8 gives the function to contexts that are made after the flag was set. */
function youngCollection(): (() => void) | undefined {
  try {
    setFlagsFromString('--expose-gc')
    const gc: unknown = runInNewContext('gc')
    return typeof gc === 'function' ? () => void gc({ type: 'minor' }) : undefined
  } catch {
    // A runtime without it uses more memory.
    return undefined
  }
}

const LOOK_MS = 100

/**
 * From this much memory on, V8 collects sooner and gives pages back, at the price of processor time, which smaller
 * downloads do not pay. V8 reads the flag whenever it collects; those that set the size of its spaces it reads only at
 * the start. @param fromBytes of the whole process  @returns what ends the watch
 */
export function watchMemory(fromBytes: number): () => void {
  const timer = setInterval(() => {
    if (process.memoryUsage.rss() < fromBytes) return
    setFlagsFromString('--optimize-for-size')
    clearInterval(timer)
  }, LOOK_MS)
  timer.unref()
  return () => clearInterval(timer)
}
