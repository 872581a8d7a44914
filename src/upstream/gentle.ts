import type { Clock } from '../effects.ts'
import type { Connector } from './connector.ts'

/** What the smallest usual queue of a server takes: python's http.server listens with 5, which Linux takes for 6. */
const FIRST = 6
/** After this long a connection has left the server's queue, or was lost from it. */
const IN_QUEUE_MS = 100

/**
 * Opens few connections until they are answered. Of those that a server's queue has no place for, the kernel drops the
 * first packet, and each comes a second late (TCP's first retransmission). Each answer allows one more; where the server
 * closes every connection after its answer, a whole round of answers does.
 */
export function connectGently(connect: Connector, clock: Clock): Connector {
  const waiting: (() => void)[] = []
  let most = FIRST
  let inQueue = 0
  let closes = false
  const next = () => {
    while (inQueue < Math.floor(most) && waiting.length > 0) waiting.shift()?.()
  }
  return (target, callback) => {
    waiting.push(() => {
      inQueue++
      let isOut = false
      const leave = () => {
        if (isOut) return
        isOut = true
        inQueue--
        next()
      }
      connect(target, (...answer) => {
        callback(...answer)
        const [, socket] = answer
        if (socket === null) return leave()
        const cancel = clock.after(IN_QUEUE_MS, leave)
        const settle = () => {
          cancel()
          leave()
        }
        socket.once('readable', () => {
          most += closes ? 1 / most : 1
          settle()
        })
        socket.once('close', () => {
          closes = true
          settle()
        })
      })
    })
    next()
  }
}
