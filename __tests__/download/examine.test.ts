import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { expect, test } from '@jest/globals'
import { examine } from '../../src/download/examine.ts'
import type { Clock } from '../../src/effects.ts'
import { createChildren } from '../../src/runner/children.ts'
import { systemClock } from '../../src/runner/clock.ts'
import { systemCommands } from '../../src/runner/commands.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { realFiles } from '../support/worlds/effects.ts'
import { createProject, goEnvironment } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()

const mismatch = {
  module: { path: 'example.com/m', version: 'v1.0.0' },
  kind: 'zip',
  downloaded: `h1:${'A'.repeat(43)}=`,
  expected: `h1:${'B'.repeat(43)}=`,
  database: undefined,
} as const
const LONG_MS = 3_600_000

function signalled(): { readonly told: Promise<void>; readonly tell: () => void } {
  let tell = () => {}
  const told = new Promise<void>(resolve => {
    tell = resolve
  })
  return { told, tell: () => tell() }
}

/** A proxy that takes requests and says nothing. @returns `asked` by go, and `left` by it: resolved once each */
async function silentProxy() {
  const [asked, left] = [signalled(), signalled()]
  const sockets = new Set<Socket>()
  const server = createServer(asked.tell)
  server.on('connection', socket => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('close', left.tell)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  cleanUp(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { asked: asked.told, left: left.told, source: { name: url, kind: 'proxy', goproxy: url } as const }
}

type Source = Awaited<ReturnType<typeof silentProxy>>['source']

function ask(source: Source, signal: AbortSignal, clock: Clock = systemClock) {
  const project = cleanUp(createProject({}))
  const options = {
    env: goEnvironment(project),
    directory: project.directory,
    timeoutMs: LONG_MS,
    graceMs: 500,
    signal,
  }
  const commands = systemCommands(clock, process.platform, createChildren())
  const witnesses = { sources: [source], database: { why: 'GOSUMDB is off' } }
  return examine(mismatch, witnesses, options, { commands, files: realFiles })
}

test('the signal ends a go that a silent proxy keeps waiting, and nothing was said', async () => {
  const { asked, left, source } = await silentProxy()
  const stop = new AbortController()
  const testimony = ask(source, stop.signal)
  await asked
  stop.abort()
  expect((await testimony).said).toEqual([])
  await left
})

test('past its deadline go is ended, not left behind', async () => {
  const { asked, left, source } = await silentProxy()
  const sleep: Clock['sleep'] = (ms, signal) => (ms === LONG_MS ? asked : systemClock.sleep(ms, signal))
  expect((await ask(source, new AbortController().signal, { ...systemClock, sleep })).said).toEqual([])
  await left
})
