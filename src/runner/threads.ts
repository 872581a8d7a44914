import { Worker } from 'node:worker_threads'
import type { Threads } from '../effects.ts'

/** What such work leaves behind are buffers outside of the heap: a small young generation lets go of them sooner. */
const LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 128 }

/** Threads that run this program's own file, without its environment: they have no use for a secret. */
export const systemThreads: Threads = {
  start(task, onMessage, onGone) {
    const worker = new Worker(process.argv[1] ?? '', {
      workerData: task,
      env: {},
      argv: [],
      execArgv: [],
      resourceLimits: LIMITS,
    })
    let gone = false
    const settle = () => {
      if (!gone) onGone()
      gone = true
    }
    worker.on('message', onMessage)
    worker.on('error', settle)
    worker.on('exit', settle)
    // It does not keep the program from ending.
    worker.unref()
    return {
      post: message => worker.postMessage(message),
      end: () => {
        gone = true
        void worker.terminate()
      },
    }
  },
}
