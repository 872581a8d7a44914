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

function ask(url: string, count: number) {
  const timers = new Set<() => void>()
  /** Time stands still until it passes all at once. */
  const clock: Clock = {
    ...systemClock,
    after: (_, fire) => {
      timers.add(fire)
      return () => void timers.delete(fire)
    },
  }
  const pool = cleanUp(createConnections({ clock, connectMs: 3_000, connectionsPerOrigin: 128 }))
  const deadlines = { headMs: 60_000, stallMs: 60_000, totalMs: 60_000 }
  const outcomes = Array.from({ length: count }, () =>
    fetchObject(url, { deadlines, maxBytes: 10, publicUpstream: false }, transportOver(pool)),
  )
  const pass = () => {
    for (const fire of [...timers]) {
      timers.delete(fire)
      fire()
    }
  }
  return { pass, outcomes }
}

test('a server that has not answered yet gets six connections; each answer allows one more', async () => {
  const server = await openServer('')
  const { outcomes } = ask(server.url, 40)
  await until(() => server.asking.length === 6)
  server.answer(1)
  // Two new ones: a request waits for the connection that was begun for it.
  await until(() => server.asking.length === 7)
  expect(server.connections()).toBe(8)
  server.answerAll()
  expect((await Promise.all(outcomes)).every(({ kind }) => kind === 'found')).toBe(true)
})

test('one that closes every connection keeps few of them in its queue', async () => {
  const server = await openServer('connection: close\r\n')
  const { outcomes } = ask(server.url, 20)
  await until(() => server.asking.length === 6)
  server.answer()
  await until(() => server.connections() >= 12)
  expect(server.connections()).toBeLessThanOrEqual(6 + 12)
  server.answerAll()
  expect((await Promise.all(outcomes)).every(({ kind }) => kind === 'found')).toBe(true)
})

test('a slow server gets as many as are wanted: those that wait for an answer have left its queue', async () => {
  const server = await openServer('')
  const { pass } = ask(server.url, 20)
  await until(() => server.asking.length === 6)
  pass()
  await until(() => server.asking.length === 12)
})
