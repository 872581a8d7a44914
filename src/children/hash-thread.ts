import { parentPort } from 'node:worker_threads'
import { answerHash, type HashRequest } from '../gateway/keeping/hashing.ts'
import { systemFiles } from '../runner/files.ts'
import { systemRandom } from '../runner/random.ts'

/** The worker thread that hashes zips, one after the other, until it is terminated. @returns the exit code */
export async function hashThread(): Promise<number> {
  const port = parentPort
  if (port === null) return 1
  const files = systemFiles(systemRandom)
  let before = Promise.resolve()
  port.on('message', (request: HashRequest) => {
    before = before.then(async () => port.postMessage(await answerHash(request, files)))
  })
  await new Promise(resolve => port.once('close', resolve))
  return 0
}
