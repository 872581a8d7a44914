import type { Socket } from 'node:net'
import type { Clock } from '../effects.ts'
import type { Connector } from './connector.ts'

/** What the smallest usual queue of a server takes: python's http.server listens with 5, which Linux takes for 6. */
const FIRST = 6
/** After this long a connection has left the server's queue, or was lost from it. */
const IN_QUEUE_MS = 100
/** A server that closes a connection after its answer has done so by then. */
const CLOSED_MS = 20
/** What connects faster than this is near: more connections at a time only make its queue longer. */
const NEAR_MS = 10

/**
 * Opens few connections until they are answered. Of those that a server's queue has no place for, the kernel drops the
 * first packet, and each comes a second late (TCP's first retransmission). Each connection that is answered and stays
 * open allows one more. Where the server closes every connection after its answer, a whole round of answers does, and
 * nothing does if it is near.
 */
export function connectGently(connect: Connector, clock: Clock): Connector {
  const waiting: (() => void)[] = []
  let most = FIRST
  let inQueue = 0
  let closes = false
  let nearestMs = Number.POSITIVE_INFINITY
  const next = () => {
    while (inQueue < Math.floor(most) && waiting.length > 0) waiting.shift()?.()
  }
  const noteAnswer = (socket: Socket) => {
    if (closes) most += nearestMs < NEAR_MS ? 0 : 1 / most
    else
      clock.after(CLOSED_MS, () => {
        if (socket.destroyed) return
        most++
        next()
      })
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
      const startMs = clock.now()
      connect(target, (...answer) => {
        callback(...answer)
        const [, socket] = answer
        if (socket === null) return leave()
        nearestMs = Math.min(nearestMs, clock.now() - startMs)
        const cancel = clock.after(IN_QUEUE_MS, leave)
        const settle = () => {
          cancel()
          leave()
        }
        socket.once('readable', () => {
          noteAnswer(socket)
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
