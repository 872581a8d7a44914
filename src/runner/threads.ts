import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Threads } from '../effects.ts'

/** What such work leaves behind are buffers outside of the heap: a small young generation lets go of them sooner. */
const LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 128 }

/**
 * Threads that run the bundle of their task alone, or where this program's file was copied without it, that whole file.
 * They have no environment, for they have no use for a secret.
 */
export const systemThreads: Threads = {
  start(task, onMessage, onGone) {
    const worker = new Worker(fileFor(task, process.argv[1] ?? ''), {
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

/** @param program as it was started, maybe by a link */
function fileFor(task: string, program: string): string {
  try {
    const alone = join(dirname(realpathSync(program)), task, 'index.js')
    return existsSync(alone) ? alone : program
  } catch {
    // A place that may be run from and not be looked at.
    return program
  }
}
