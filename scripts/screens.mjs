// Prints what a person sees in terminals of 60, 80 and 120 columns, without colour, in a dumb one and in a pipe, each run
// in a real terminal. `npm run screens` shows the demo; `npm run screens -- bench --proxies public` any other command.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hasTmux, runInTerminal } from './terminal.mjs'

const DIST = fileURLToPath(new URL('../dist/index.js', import.meta.url))
const SCREENS = [
  { name: '60 columns', columns: 60, env: {} },
  { name: '80 columns', columns: 80, env: {} },
  { name: '120 columns', columns: 120, env: {} },
  { name: '80 columns, NO_COLOR=1', columns: 80, env: { NO_COLOR: '1' } },
  { name: '80 columns, TERM=dumb', columns: 80, env: { TERM: 'dumb' } },
]

const given = process.argv.slice(2)
const args = given.length > 0 ? given : ['demo']
const caches = mkdtempSync(join(tmpdir(), 'screens-'))
// Each run begins with an empty module cache.
const fresh = (() => {
  let count = 0
  return () => ({ ...process.env, GOMODCACHE: join(caches, String(count++)), GOFLAGS: '-modcacherw' })
})()

try {
  if (!hasTmux) throw new Error('tmux is not installed: no terminal to show anything in.')
  for (const { name, columns, env } of SCREENS) {
    const { TERM: _, ...rest } = fresh()
    const shown = await runInTerminal([process.execPath, DIST, ...args], {
      columns,
      cwd: process.cwd(),
      env: { ...rest, ...env },
    })
    console.log(`\n${`── ${name} `.padEnd(columns, '─')}\n${shown.coloured}\u001b[0m`)
    console.log(
      `exit code ${shown.exitCode}${'raw' in shown && shown.raw.includes('\u001b') ? '' : ', no escape sequence'}`,
    )
  }
  const pipe = ['-c', '"$@" 2>&1 | cat', 'sh', process.execPath, DIST, ...args]
  console.log(`\n── a pipe ${'─'.repeat(70)}\n${execFileSync('sh', pipe, { env: fresh(), encoding: 'utf8' })}`)
} finally {
  rmSync(caches, { recursive: true, force: true })
}
