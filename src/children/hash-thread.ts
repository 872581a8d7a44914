import { parentPort } from 'node:worker_threads'
import type { Files } from '../effects.ts'
import { answerHash, type HashRequest } from '../gateway/keeping/hashing.ts'
import { systemClock } from '../runner/clock.ts'
import { systemFiles } from '../runner/files.ts'
import { openCollector } from '../runner/memory.ts'
import { systemRandom } from '../runner/random.ts'

/** The worker thread that hashes zips, one after the other, until it is terminated. @returns the exit code */
export async function hashThread(): Promise<number> {
  const port = parentPort
  if (port === null) return 1
  const files = collecting(systemFiles(systemRandom))
  let before = Promise.resolve()
  port.on('message', (request: HashRequest) => {
    before = before.then(async () => port.postMessage(await answerHash(request, files, systemClock)))
  })
  await new Promise(resolve => port.once('close', resolve))
  return 0
}

/** Inflated, this is about a megabyte more. */
const COLLECT_EVERY_BYTES = 256 << 10

function collecting(files: Files): Pick<Files, 'open'> {
  const collector = openCollector(COLLECT_EVERY_BYTES)
  let readBytes = 0
  return {
    async open(path) {
      const file = await files.open(path)
      return (
        file && {
          ...file,
          read: async (offset, length) => {
            // What is still in use now would be kept for long. A small file is asked for more than it has.
            collector.note(readBytes)
            const bytes = await file.read(offset, length)
            readBytes = bytes.length
            return bytes
          },
        }
      )
    },
  }
}
