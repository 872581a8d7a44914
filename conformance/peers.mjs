import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const READY_MS = 60_000
const BELOW = join(import.meta.dirname, 'below.mjs')

/** @typedef {{ url: string, close: () => Promise<void> }} Peer */

/**
 * Go's own module proxy and checksum database.
 * @param {{ workspace: import('./workspace.mjs').Workspace, binary: string, commandGo: string, environment: NodeJS.ProcessEnv }} options
 * @returns {Promise<Peer>}
 */
export async function startTestProxy({ workspace, binary, commandGo, environment }) {
  const started = workspace.start(binary, ['-proxy=127.0.0.1:0'], {
    cwd: commandGo,
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const url = await firstMatch(started, 'stderr', /GOPROXY=(\S+)/, 'Go’s test proxy')
  return { url, close: () => workspace.stop(started) }
}

/**
 * `exec` before one module proxy, until it is closed.
 * @param {{ workspace: import('./workspace.mjs').Workspace, program: string, upstream: string, sumdb: string, environment: NodeJS.ProcessEnv }} options
 *   `program`: dist/index.js
 * @returns {Promise<Peer>} `url` is the whole GOPROXY that the command below `exec` has
 */
export async function startGateway({ workspace, program, upstream, sumdb, environment }) {
  const empty = join(workspace.directory, 'no-project')
  mkdirSync(empty, { recursive: true })
  const started = workspace.start(process.execPath, [program, 'exec', '--', process.execPath, BELOW], {
    cwd: empty,
    env: { ...environment, GOPROXY: upstream, GOSUMDB: sumdb },
    // Its standard input ends with this process, and so does it.
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const url = await firstMatch(started, 'stdout', /^GOPROXY=(\S+)/, `exec before ${upstream}`)
  const close = async () => {
    started.child.stdin?.end()
    const late = setTimeout(() => workspace.stop(started), READY_MS)
    await started.ended
    clearTimeout(late)
  }
  return { url, close }
}

/**
 * @param {ReturnType<import('./workspace.mjs').Workspace['start']>} started
 * @param {'stdout' | 'stderr'} stream the one to look at
 * @param {RegExp} pattern with one group, the answer
 * @param {string} who
 * @returns {Promise<string>}
 */
function firstMatch({ child, ended }, stream, pattern, who) {
  /** @type {string[]} */
  const said = []
  return new Promise((resolve, reject) => {
    const give = (/** @type {string} */ what) => reject(new Error(`${who} ${what}. It said:\n${said.join('\n')}`))
    const late = setTimeout(() => give(`is not ready after ${READY_MS / 1000} s`), READY_MS)
    for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
      const from = child[name]
      if (from === null) continue
      createInterface(from).on('line', line => {
        if (said.length < 50) said.push(line)
        const match = name === stream ? pattern.exec(line)?.[1] : undefined
        if (match === undefined) return
        clearTimeout(late)
        resolve(match)
      })
    }
    ended.then(({ code, signal, error }) => {
      clearTimeout(late)
      give(`ended: ${error?.message ?? signal ?? `exit code ${code}`}`)
    })
  })
}
