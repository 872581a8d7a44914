import { execFileSync, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'

/** A server program of the system, on loopback. */
export interface RunningProgram {
  /** What it wrote to its log so far. */
  readonly log: () => string
  close(): Promise<void>
}

const START_MS = 10_000
const STOP_MS = 3_000

/**
 * Starts a server in the foreground, and waits until it takes connections.
 * @param directory for its log; what it writes to its outputs is in it, too
 */
export async function startProgram(
  [file = '', ...args]: readonly string[],
  { directory, port }: { readonly directory: string; readonly port: number },
): Promise<RunningProgram> {
  const path = join(directory, `${port}.log`)
  // A file, which a program can open anew as /dev/stdout; a pipe of Node's is a socket.
  const log = openSync(path, 'a')
  const child = spawn(file, args, { cwd: directory, stdio: ['ignore', log, log] })
  closeSync(log)
  const exited = new Promise<void>(resolve => child.once('close', () => resolve()).once('error', () => resolve()))
  // Where this process ends early, the server must not stay.
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  const program = {
    log: () => readFileSync(path, 'utf8'),
    close: async () => {
      child.kill('SIGTERM')
      const timer = setTimeout(kill, STOP_MS)
      await exited
      clearTimeout(timer)
      process.off('exit', kill)
    },
  }
  const deadline = performance.now() + START_MS
  while (!(await isOpen(port))) {
    if (performance.now() < deadline && child.exitCode === null && child.pid !== undefined) {
      await new Promise(resolve => setTimeout(resolve, 20))
      continue
    }
    await program.close()
    throw new Error(`${file} does not listen on ${port}:\n${program.log().slice(-1000)}`)
  }
  return program
}

function isOpen(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    const done = (open: boolean) => () => {
      socket.destroy()
      resolve(open)
    }
    socket.once('connect', done(true)).once('error', done(false))
  })
}

/** Servers of Debian packages lie where a user's PATH may not look. */
const SYSTEM = ['/usr/sbin', '/usr/local/sbin', '/usr/bin', '/usr/local/bin']

export function findProgram(name: string): string | undefined {
  return [...(process.env['PATH'] ?? '').split(':'), ...SYSTEM]
    .map(directory => join(directory, name))
    .find(path => existsSync(path))
}

/** Why rows that need it are not played. @param args make it print something and end with 0 */
export function whyNot(name: string, args: readonly string[]): string | undefined {
  const file = findProgram(name)
  if (file === undefined) return `${name} is not installed`
  try {
    execFileSync(file, [...args], { stdio: 'ignore' })
    return undefined
  } catch {
    return `${name} does not run`
  }
}
