// Runs a program in a real terminal: tmux, which is one for a program and shows what a person would see. For the tests
// of the screens, and for `npm run screens`, which prints them.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * @typedef {object} Terminal
 * @property {number} columns
 * @property {string} cwd
 * @property {Readonly<Record<string, string>>} env the program's whole environment; its TERM is tmux's unless it is there
 * @property {readonly Step[]} [steps] what happens to it, one after the other
 */
/**
 * @typedef {object} Step
 * @property {RegExp} after the program has printed this since the step before
 * @property {string} [keys] as tmux calls them: `C-c`
 * @property {number} [columns] the terminal's width from now on
 */
/**
 * @typedef {object} Shown
 * @property {string} raw every byte that the program wrote to the terminal
 * @property {readonly string[]} rows the screen, as rows of the terminal
 * @property {readonly string[]} lines the same with the rows put together that the terminal broke
 * @property {string} coloured the rows with their colours, for a terminal
 * @property {readonly (readonly string[])[]} seen the rows of the screen before each step
 * @property {number} exitCode
 */

/** So many that nothing scrolls off the screen. */
const ROWS = 300
const LOOK_EVERY_MS = 20

/** Whether there is a tmux on this machine. */
export const hasTmux = hasCommand('tmux')

function hasCommand(name) {
  try {
    execFileSync(name, ['-V'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/**
 * Runs a program in a terminal of its own until it ends.
 * @param {readonly string[]} command
 * @param {Terminal} terminal
 * @returns {Promise<Shown>}
 */
export async function runInTerminal(command, { columns, cwd, env, steps = [] }) {
  const directory = mkdtempSync(join(tmpdir(), 'terminal-'))
  const [socket, raw, script] = ['socket', 'raw', 'script.sh'].map(name => join(directory, name))
  const tmux = (...args) => execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...args], { encoding: 'utf8' })
  const end = 'the program ended with'
  const variables = Object.entries({ TERM: 'screen', ...env }).map(([name, value]) => quote(`${name}=${value}`))
  // It waits until everything that it writes is recorded. Ctrl-C ends the program, not the script.
  writeFileSync(
    script,
    `cd ${quote(cwd)}\nstty -echo\nread -r _\nstty echo\ntrap : INT\nenv -i ${variables.join(' ')} ${command.map(quote).join(' ')}\necho "${end} $?"\nexec sleep 600\n`,
  )
  writeFileSync(raw, '')
  const read = () => readFileSync(raw, 'utf8')
  try {
    tmux('new-session', '-d', '-x', String(columns), '-y', String(ROWS), `sh ${quote(script)}`)
    tmux('pipe-pane', `cat >>${quote(raw)}`)
    tmux('send-keys', 'Enter')
    const capture = (...how) => tmux('capture-pane', '-p', '-S', '-', ...how).split('\n')
    const seen = []
    let from = 0
    for (const step of steps) {
      const happened = () => step.after.test(read().slice(from))
      await until(() => happened() || read().includes(end))
      if (!happened()) break
      from = read().length
      seen.push(before(capture(), end).map(row => row.trimEnd()))
      if (step.keys !== undefined) tmux('send-keys', step.keys)
      if (step.columns !== undefined) tmux('resize-window', '-x', String(step.columns), '-y', String(ROWS))
    }
    await until(() => /the program ended with \d+\r?\n/.test(read()))
    await until(() => capture().some(row => row.includes(end)))
    return {
      raw: read().split(end)[0],
      rows: before(capture(), end),
      lines: before(capture('-J'), end).map(line => line.trimEnd()),
      seen,
      coloured: before(capture('-e'), end).join('\n'),
      exitCode: Number(/the program ended with (\d+)/.exec(read())?.[1]),
    }
  } finally {
    try {
      tmux('kill-server')
    } catch {
      // It did not start.
    }
    rmSync(directory, { recursive: true, force: true })
  }
}

function before(rows, end) {
  const at = rows.findIndex(row => row.includes(end))
  return at < 0 ? rows : rows.slice(0, at)
}

function quote(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

async function until(condition) {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, LOOK_EVERY_MS))
}
