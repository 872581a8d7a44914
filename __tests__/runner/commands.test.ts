import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join, relative } from 'node:path'
import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Clock } from '../../src/effects.ts'
import { createChildren } from '../../src/runner/children.ts'
import { systemClock } from '../../src/runner/clock.ts'
import { systemCommands } from '../../src/runner/commands.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { until } from '../support/until.ts'

const cleanUp = cleanUpAfterEach()
const NODE = process.execPath
const LONG_MS = 3_600_000
let root: string
let children: ReturnType<typeof createChildren>
let commands: ReturnType<typeof systemCommands>

beforeEach(() => {
  root = cleanUp.directory('commands-')
  children = createChildren()
  cleanUp(() => children.endAll(0))
  commands = systemCommands(systemClock, process.platform, children)
})

const onPosix = process.platform === 'win32' ? test.skip : test
const options = (timeoutMs = 30_000) => ({ cwd: root, env: { PATH: dirname(NODE) }, timeoutMs })

function start(script: string, ...args: string[]) {
  const said: Buffer[] = []
  const heard: (() => void)[] = []
  const onChunk = (chunk: Buffer) => {
    said.push(chunk)
    for (const tell of heard) tell()
  }
  const running = commands.start(NODE, ['-e', script, ...args], {
    cwd: root,
    env: { PATH: dirname(NODE) },
    onStdout: onChunk,
    onStderr: onChunk,
  })
  const text = () => Buffer.concat(said).toString()
  const hears = (word: string) =>
    new Promise<void>(resolve => {
      const look = () => {
        if (text().includes(word)) resolve()
      }
      heard.push(look)
      look()
    })
  return { ...running, text, hears }
}

/** Whether there is such a process, be it a zombie. */
function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** What a group leaves behind is a zombie until the system's first process asks for it. */
function isRunning(pid: number): boolean {
  if (!exists(pid)) return false
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return !/^\s*(Z|$)/.test(stdout)
}

function nameOf(pid: number): string {
  return spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()
}

describe('run', () => {
  test('gives the code and both streams, and prints nothing', async () => {
    const script = 'process.stdout.write("é"); process.stderr.write("::error::x"); process.exitCode = 3'
    expect(await commands.run(NODE, ['-e', script], options())).toEqual({
      exitCode: 3,
      stdout: 'é',
      stderr: '::error::x',
      timedOut: false,
    })
  })

  test('finds the program on the PATH it is given, wherever that lies', async () => {
    const directory = join(root, 'with space "and quote"')
    mkdirSync(directory)
    writeFileSync(join(directory, 'hello'), '#!/bin/sh\necho "hello $1"\n')
    chmodSync(join(directory, 'hello'), 0o755)
    const env = { PATH: [directory, '/usr/bin', '/bin'].join(delimiter) }
    expect(await commands.run('hello', ['a b'], { ...options(), env })).toMatchObject({
      exitCode: 0,
      stdout: 'hello a b\n',
    })
  })

  onPosix('never takes a program from the directory it works in', async () => {
    writeFileSync(join(root, 'go'), '#!/bin/sh\necho planted\n')
    chmodSync(join(root, 'go'), 0o755)
    const env = { PATH: ['', '.', relative(process.cwd(), root)].join(delimiter) }
    expect((await commands.run('go', [], { ...options(), env })).startError).toMatch(/no program go on PATH/)
  })

  test('the child sees the given environment alone', async () => {
    const script = 'console.log(process.env.A, process.env.HOME)'
    const result = await commands.run(NODE, ['-e', script], { ...options(), env: { A: '1', B: undefined } })
    expect(result.stdout).toBe('1 undefined\n')
  })

  test('a program or directory that is not there is an answer', async () => {
    expect(await commands.run('no-such-program', [], options())).toMatchObject({ exitCode: null, timedOut: false })
    const nowhere = { ...options(), cwd: join(root, 'nowhere') }
    expect((await commands.run(NODE, ['-e', ''], nowhere)).startError).toBeDefined()
  })

  test('past the deadline it does not wait on', async () => {
    const silent = 'setTimeout(() => {}, 3000)'
    expect(await commands.run(NODE, ['-e', silent], options(100))).toMatchObject({ exitCode: null, timedOut: true })
  })
})

describe('runOrEnd', () => {
  const bounded = (timeoutMs = 30_000) => ({ ...options(timeoutMs), graceMs: 10_000 })

  test('gives the code and both streams', async () => {
    const script = 'process.stdout.write("é"); process.stderr.write("no"); process.exitCode = 3'
    const result = { exitCode: 3, stdout: 'é', stderr: 'no', timedOut: false }
    expect(await commands.runOrEnd(NODE, ['-e', script], bounded())).toEqual(result)
    expect((await commands.runOrEnd('no-such-program', [], bounded())).startError).toMatch(/no program/)
  })

  onPosix.each(['the deadline', 'the signal'])('%s ends it with its children, and what it said is kept', async by => {
    const stop = new AbortController()
    const said = (async () => {
      while (!existsSync(join(root, 'said'))) await systemClock.sleep(20)
      if (by === 'the signal') stop.abort()
    })()
    const isDeadline = (ms: number) => by === 'the deadline' && ms === LONG_MS
    const sleep: Clock['sleep'] = (ms, signal) => (isDeadline(ms) ? said : systemClock.sleep(ms, signal))
    const script = `
      const { pid } = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
      require('node:fs').writeSync(1, String(pid))
      require('node:fs').writeFileSync('said', '')
      setInterval(() => {}, 1000)`
    const { runOrEnd } = systemCommands({ ...systemClock, sleep }, process.platform, children)
    const answer = await runOrEnd(NODE, ['-e', script], { ...bounded(LONG_MS), signal: stop.signal })
    expect(answer).toMatchObject({ exitCode: null, timedOut: true })
    expect(isRunning(Number(answer.stdout))).toBe(false)
  })

  test('of a flood only the beginning is kept', async () => {
    const script = 'process.stdout.write("x".repeat(3 << 20))'
    expect((await commands.runOrEnd(NODE, ['-e', script], bounded())).stdout).toHaveLength(1 << 20)
  })
})

describe('start', () => {
  test('hands on the output and the code', async () => {
    const child = start('console.log("out"); console.error("err"); process.exitCode = 4')
    expect(await child.ended).toEqual({ exitCode: 4, signal: null })
    expect(child.text().split('\n').sort()).toEqual(['', 'err', 'out'])
    await child.end(0)
  })

  onPosix('ends the whole group, politely first', async () => {
    const child = start(`
      process.on('SIGTERM', () => { console.log('polite'); process.exit(0) })
      const { pid } = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
      console.log('grandchild ' + pid + ' ready')
      setInterval(() => {}, 1000)`)
    await child.hears('ready')
    await Promise.all([child.end(20_000), child.end(20_000)])
    expect(await child.ended).toEqual({ exitCode: 0, signal: null })
    expect(child.text()).toContain('polite')
    expect(isRunning(Number(/grandchild (\d+)/.exec(child.text())?.[1]))).toBe(false)
    await child.end(0)
  })

  onPosix('ends by force what does not listen', async () => {
    const child = start(`process.on('SIGTERM', () => {}); console.log('ready'); setInterval(() => {}, 1000)`)
    await child.hears('ready')
    await child.end(50)
    expect(await child.ended).toEqual({ exitCode: null, signal: 'SIGKILL' })
  })

  onPosix('a descendant that keeps the pipe does not keep us', async () => {
    const stray = `require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'inherit' }).unref()`
    const child = start(`${stray}; process.exitCode = 5`)
    expect(await child.ended).toEqual({ exitCode: 5, signal: null })
    await child.end(0)
  })

  const onLinux = process.platform === 'linux' ? test : test.skip
  onLinux('what has ended, and whose parent never asks, is not waited for', async () => {
    // As in a container whose first process asks for nothing: the zombie's parent has left the group, and lives on.
    const parent = 'exec setsid sh -c "echo parent \\$\\$; exec sleep 600 >&- 2>&-"'
    const script = `(sleep 600 & echo zombie $!; ${parent}) & wait`
    const said: string[] = []
    const running = commands.start('/bin/sh', ['-c', script], {
      cwd: root,
      env: { PATH: process.env['PATH'] ?? '' },
      onStdout: chunk => void said.push(String(chunk)),
      onStderr: () => {},
    })
    const pidOf = (who: string) => Number(new RegExp(`${who} (\\d+)`).exec(said.join(''))?.[1])
    await until(() => pidOf('parent') > 0)
    cleanUp(() => process.kill(pidOf('parent'), 'SIGKILL'))
    // A shell may still ask for a child that it was not told of; sleep never does.
    await until(() => nameOf(pidOf('parent')) === 'sleep')
    await running.end(600_000)
    expect([exists(pidOf('zombie')), isRunning(pidOf('zombie'))]).toEqual([true, false])
  })

  test('a program that cannot be started is an answer', async () => {
    const nothing = { env: {}, onStdout: () => {}, onStderr: () => {} }
    for (const [file, cwd] of [
      ['no-such-program', root],
      [NODE, join(root, 'nowhere')],
    ] as const) {
      const child = commands.start(file, [], { cwd, ...nothing })
      expect(await child.ended).toMatchObject({ exitCode: null, startError: expect.any(String) })
      await child.end(0)
    }
  })

  onPosix('whoever leaves finds all that still run', async () => {
    const running = ['a', 'b'].map(name => start(`console.log('ready'); setInterval(() => {}, 1000)`, name))
    await Promise.all(running.map(child => child.hears('ready')))
    children.killAll()
    for (const child of running) expect(await child.ended).toEqual({ exitCode: null, signal: 'SIGKILL' })
    expect(existsSync(root)).toBe(true)
  })
})
