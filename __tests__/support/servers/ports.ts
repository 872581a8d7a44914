import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/** Systems take the ports that they choose themselves from above: Linux from 32768, macOS and Windows from 49152. */
const [FIRST, LAST] = [20_000, 32_000]

/** A port of 127.0.0.1 that nothing listens on, and that no server or connection gets by chance while a test goes on. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, LAST)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise(resolve => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
