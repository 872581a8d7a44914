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

/** V8's memory, and the way in which it collects. */
export interface SparingSystem {
  /** Bytes of the whole process, and of V8's heap. */
  usage(): { readonly rss: number; readonly heapTotal: number }
  /** Whether V8 is to collect sooner and give pages back. */
  spare(on: boolean): void
}

/** It reads this flag whenever it collects; those that set the size of its spaces it reads only at the start. */
const v8System: SparingSystem = {
  usage: process.memoryUsage,
  spare: on => setFlagsFromString(on ? '--optimize-for-size' : '--no-optimize-for-size'),
}

/**
 * From so many bytes of the whole process on, V8 collects sooner, at the price of processor time, which smaller
 * downloads do not pay. Where its heap alone is large it is full of what is still needed: each collection goes through
 * all of that and frees little, so there V8 works as usual.
 * @returns what ends the watch
 */
export function watchMemory(
  { fromBytes, heapBytes }: { readonly fromBytes: number; readonly heapBytes: number },
  system: SparingSystem = v8System,
  lookMs = LOOK_MS,
): () => void {
  let isSparing = false
  const look = () => {
    const { rss, heapTotal } = system.usage()
    const spares = rss >= fromBytes && heapTotal < heapBytes
    if (spares === isSparing) return
    isSparing = spares
    system.spare(spares)
  }
  const timer = setInterval(look, lookMs)
  timer.unref()
  return () => clearInterval(timer)
}
