// Loaded into a step before its program (NODE_OPTIONS): notes what the process had used of the clock and of the processors
// when each file that is made of the report was complete, before and behind lines of the log, and at its end.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { basename } from 'node:path'
import { isMainThread } from 'node:worker_threads'

const { BENCHMARK_MARKS: path = '', GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output } = process.env
/** @type {{ name: string, ms: number, cpuMs: number }[]} */
const marks = []

/** @param {string} name */
function mark(name) {
  const { user, system } = process.cpuUsage()
  const made = { name, ms: performance.now(), cpuMs: (user + system) / 1000 }
  if (marks.at(-1)?.name === name) marks.pop()
  marks.push(made)
}

/** @param {unknown} file */
function nameOf(file) {
  if (file === summary) return 'summary'
  return file === output ? 'outputs' : basename(String(file))
}

if (isMainThread && path !== '') {
  const { open, rename } = fs.promises
  fs.promises.rename = async (from, to) => {
    await rename(from, to)
    mark(nameOf(to))
  }
  // The summary is appended to.
  fs.promises.open = async (file, ...rest) => {
    const handle = await open(file, ...rest)
    const close = handle.close.bind(handle)
    if (nameOf(file) === 'summary')
      handle.close = async () => {
        await close()
        mark('summary')
      }
    return handle
  }
  const { appendFileSync } = fs
  fs.appendFileSync = (file, ...rest) => {
    appendFileSync(file, ...rest)
    mark(nameOf(file))
  }
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream)
    stream.write = (/** @type {any[]} */ ...args) => {
      if (marks.at(-1)?.name !== 'log') mark('telling')
      const more = write(...args)
      mark('log')
      return more
    }
  }
  syncBuiltinESMExports()
  process.once('exit', () => {
    mark('end')
    fs.writeFileSync(path, JSON.stringify(marks))
  })
}
