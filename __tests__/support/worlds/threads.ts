import type { Threads } from '../../../src/effects.ts'
import { answerHash, type HashRequest } from '../../../src/gateway/keeping/hashing.ts'
import { systemClock } from '../../../src/runner/clock.ts'
import { realFiles } from './effects.ts'

/** What the thread would do, done here: sources are no program that a thread could run. */
export const inlineThreads: Threads = {
  start(_task, onMessage) {
    let ended = false
    return {
      post: message =>
        void answerHash(message as HashRequest, realFiles, systemClock).then(answer => ended || onMessage(answer)),
      end: () => {
        ended = true
      },
    }
  },
}
