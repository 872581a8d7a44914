import { type AddressInfo, createServer, type Socket } from 'node:net'
import { expect, test } from '@jest/globals'
import type { Clock } from '../../src/effects.ts'
import { systemClock } from '../../src/runner/clock.ts'
import { fetchObject } from '../../src/upstream/fetch.ts'
import { createConnections, transportOver } from '../support/builders/connections.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { until } from '../support/until.ts'

const cleanUp = cleanUpAfterEach()

/** A server that answers when it is told to. */
async function openServer(head: string) {
  const asking: Socket[] = []
  let answersAll = false
  let connections = 0
  const server = createServer(socket => {
    connections++
    socket.on('error', () => {})
    socket.on('data', () => {
      asking.push(socket)
      if (answersAll) answer()
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  cleanUp(() => void server.close())
  const answer = (count = asking.length) => {
    for (const socket of asking.splice(0, count)) {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 2\r\n${head}\r\nok`)
      if (head !== '') socket.end()
    }
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asking,
    connections: () => connections,
    answer,
    answerAll: () => {
      answersAll = true
      answer()
    },
  }
}

/** @param connectMs how long each connection seems to take */
function ask(url: string, count: number, connectMs = 0) {
  const timers = new Map<() => void, number>()
  let nowMs = 0
  /** Timers wait until their time passes all at once. */
  const clock: Clock = {
    ...systemClock,
    now: () => (nowMs += connectMs),
    after: (ms, fire) => {
      timers.set(fire, ms)
      return () => void timers.delete(fire)
    },
  }
  const pool = cleanUp(createConnections({ clock, connectMs: 3_000, connectionsPerOrigin: 128 }))
  const deadlines = { headMs: 60_000, stallMs: 60_000, totalMs: 60_000 }
  const outcomes = Array.from({ length: count }, () =>
    fetchObject(url, { deadlines, maxBytes: 10, publicUpstream: false }, transportOver(pool)),
  )
  const pass = (ms: number) => {
    for (const [fire, afterMs] of [...timers]) {
      if (afterMs > ms || !timers.delete(fire)) continue
      fire()
    }
  }
  return { pass, outcomes }
}

/** More than a server needs to close a connection, and less than one stays in its queue. */
const CLOSING_MS = 50
const QUEUE_MS = 200

test('a server that has not answered yet gets six connections; each one that stays allows one more', async () => {
  const server = await openServer('')
  const { outcomes, pass } = ask(server.url, 40)
  await until(() => server.asking.length === 6)
  server.answer(1)
  // A request waits for the connection that was begun for it.
  await until(() => server.asking.length === 6)
  expect(server.connections()).toBe(7)
  pass(CLOSING_MS)
  await until(() => server.asking.length === 7)
  expect(server.connections()).toBe(8)
  server.answerAll()
  expect((await Promise.all(outcomes)).every(({ kind }) => kind === 'found')).toBe(true)
})

test('one that closes every connection never has more in its queue if it is near', async () => {
  const server = await openServer('connection: close\r\n')
  const { outcomes, pass } = ask(server.url, 60)
  for (let round = 1; round < 10; round++) {
    await until(() => server.asking.length === 6)
    pass(CLOSING_MS)
    expect(server.connections()).toBe(6 * round)
    server.answer()
  }
  server.answerAll()
  expect((await Promise.all(outcomes)).every(({ kind }) => kind === 'found')).toBe(true)
})

test('one that closes every connection and is far gets one more for each round of answers', async () => {
  const server = await openServer('connection: close\r\n')
  const { outcomes, pass } = ask(server.url, 60, 20)
  for (let round = 1; round <= 3; round++) {
    await until(() => server.asking.length === 6)
    pass(CLOSING_MS)
    server.answer()
  }
  await until(() => server.asking.length === 7)
  server.answerAll()
  expect((await Promise.all(outcomes)).every(({ kind }) => kind === 'found')).toBe(true)
})

test('a slow server gets as many as are wanted: those that wait for an answer have left its queue', async () => {
  const server = await openServer('')
  const { pass } = ask(server.url, 20)
  await until(() => server.asking.length === 6)
  pass(QUEUE_MS)
  await until(() => server.asking.length === 12)
})
