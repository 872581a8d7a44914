import { createWriteStream, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { startFront } from './front.mjs'
import { PROXY_VARIABLE } from './patch.mjs'
import { startGateway, startTestProxy } from './peers.mjs'
import { countEnded, parseResults } from './results.mjs'

/** How often a pass says how far it is. */
const PROGRESS_MS = 60_000
/** After its own deadline, Go's test ends what still runs and tells; then it is killed. */
const OVERTIME_MS = 60_000

/**
 * @typedef {object} World
 * @property {import('./workspace.mjs').Workspace} workspace
 * @property {import('./go.mjs').InstalledGo} go
 * @property {string} binary the test binary of cmd/go
 * @property {string} program dist/index.js
 * @property {string} logs the directory for what the passes printed
 * @property {number} minutes for each pass
 * @property {boolean} alone
 * @property {NodeJS.ProcessEnv} environment
 */

/**
 * The scripts as Go runs them.
 * @param {World} world @param {readonly import('./scripts.mjs').Script[]} scripts @param {string} log
 */
export async function runDirectly(world, scripts, log) {
  return withTestProxy(world, ({ url }) => runScripts(world, scripts, url, `${log}direct`))
}

/**
 * The scripts behind `exec`: with the GOPROXY that it gives, or, where a script uses that as one URL, with the gateway
 * alone.
 * @param {World} world @param {readonly import('./scripts.mjs').Script[]} scripts @param {string} log
 */
export async function runBehindExec(world, scripts, log) {
  const isAlone = (/** @type {import('./scripts.mjs').Script} */ script) => world.alone || script.oneUrl
  return withTestProxy(world, async proxy => {
    const open = (/** @type {string} */ upstream) => startGateway({ ...world, upstream, sumdb: world.go.sumdb })
    const chain = scripts.filter(script => !isAlone(script))
    const alone = scripts.filter(isAlone)
    const appended = [...new Set(alone.flatMap(script => script.appended))]
    const results = new Map()
    for (const [some, start, name] of /** @type {const} */ ([
      [chain, () => open(proxy.url), 'exec'],
      [alone, () => startFront(proxy.url, appended, open), 'exec-alone'],
    ])) {
      if (some.length === 0) continue
      const peer = await start()
      try {
        for (const [script, result] of await runScripts(world, some, peer.url, log + name)) results.set(script, result)
      } finally {
        await peer.close()
      }
    }
    return results
  })
}

/**
 * @template T
 * @param {World} world @param {(proxy: import('./peers.mjs').Peer) => Promise<T>} act
 */
async function withTestProxy(world, act) {
  // A new one for each pass: what its checksum database has been asked for, it remembers.
  const proxy = await startTestProxy({ ...world, commandGo: world.go.commandGo })
  try {
    return await act(proxy)
  } finally {
    await proxy.close()
  }
}

/**
 * @param {World} world @param {readonly import('./scripts.mjs').Script[]} scripts
 * @param {string} goproxy @param {string} log its name
 */
async function runScripts(world, scripts, goproxy, log) {
  mkdirSync(world.logs, { recursive: true })
  const path = join(world.logs, `${log}.log`)
  const names = scripts.map(({ name }) => name.replace(/[^\w-]/g, '\\$&')).join('|')
  const started = world.workspace.start(
    world.binary,
    ['-test.v=test2json', `-test.run=^TestScript$/^(?:${names})$`, `-test.timeout=${world.minutes}m`],
    {
      cwd: world.go.commandGo,
      env: { ...world.environment, [PROXY_VARIABLE]: goproxy },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const late = setTimeout(() => world.workspace.stop(started), world.minutes * 60_000 + OVERTIME_MS)
  const { stdout, stderr } = started.child
  const file = createWriteStream(path)
  stderr?.pipe(file, { end: false })
  const progress = setInterval(
    () => console.error(`${log}: ${countEnded(readFileSync(path, 'utf8'))} of ${scripts.length}`),
    PROGRESS_MS,
  )
  if (stdout !== null) await pipeline(stdout, file)
  const { error } = await started.ended
  clearInterval(progress)
  clearTimeout(late)
  if (error !== undefined) throw new Error(`${world.binary}: ${error.message}`)
  const output = readFileSync(path, 'utf8')
  if (!output.includes(`GOPROXY=${goproxy}\n`))
    throw new Error(
      `Go's tests did not take the module proxy from ${PROXY_VARIABLE}; see ${path} and conformance/patch.mjs.`,
    )
  return parseResults(output)
}
