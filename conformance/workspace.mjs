import { spawn } from 'node:child_process'
import { chmodSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'

/** How long a child has to end by itself before it is killed. */
const GRACE_MS = 5000

/** What Go's tests need of this machine's environment; the rest must not reach them. */
const KEPT = ['PATH', 'SYSTEMROOT', 'WINDIR', 'PATHEXT', 'COMSPEC', 'LANG']

/**
 * A temporary directory and the processes that this run starts. Both go when it ends, however it ends.
 * @typedef {ReturnType<typeof openWorkspace>} Workspace
 */
export function openWorkspace() {
  // Outside the repository: Go's scripts look for version control in the directories above.
  const directory = mkdtempSync(join(tmpdir(), 'conformance-'))
  /** @type {Set<import('node:child_process').ChildProcess>} */
  const running = new Set()

  /**
   * A child in a process group of its own, so that its children end with it.
   * @param {string} command @param {readonly string[]} args @param {import('node:child_process').SpawnOptions} options
   */
  const start = (command, args, options) => {
    const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' })
    running.add(child)
    const ended = new Promise(resolve => {
      // 'close' would wait for grandchildren that keep the pipes open.
      child.once('exit', (code, signal) => resolve({ code, signal }))
      child.once('error', error => resolve({ code: null, signal: null, error }))
    })
    ended.then(() => running.delete(child))
    return {
      child,
      ended: /** @type {Promise<{ code: number | null, signal: string | null, error?: Error }>} */ (ended),
    }
  }

  /** @param {ReturnType<typeof start>} started */
  const stop = async ({ child, ended }) => {
    signalGroup(child, 'SIGTERM')
    const kill = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS)
    await ended
    clearTimeout(kill)
  }

  const remove = () => {
    for (const child of running) signalGroup(child, 'SIGKILL')
    removeTree(directory)
  }
  process.once('exit', remove)
  // Else a signal ends the process without its exit's handlers.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.once(signal, () => process.exit(128 + constants.signals[signal]))

  return { directory, start, stop }
}

/**
 * @param {NodeJS.ProcessEnv} environment
 * @param {string} directory the home, and for temporary files: Go's tests leave theirs when they are killed
 */
export function cleanEnvironment(environment, directory) {
  const kept = Object.entries(environment).filter(([name]) => KEPT.includes(name.toUpperCase()))
  return { ...Object.fromEntries(kept), HOME: directory, TMPDIR: directory, TMP: directory, TEMP: directory }
}

/** @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} signal */
function signalGroup(child, signal) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal)
  } catch (error) {
    // It ended in this moment.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error
  }
}

/** Module caches are read-only, and a script that was killed leaves its own. @param {string} directory */
export function removeTree(directory) {
  if (process.getuid?.() !== 0) makeWritable(directory)
  rmSync(directory, { recursive: true, force: true, maxRetries: 3 })
}

/** @param {string} directory */
function makeWritable(directory) {
  const stat = lstatSync(directory, { throwIfNoEntry: false })
  if (stat === undefined || !stat.isDirectory()) return
  chmodSync(directory, 0o700)
  for (const entry of readdirSync(directory, { withFileTypes: true }))
    if (entry.isDirectory()) makeWritable(join(directory, entry.name))
}
