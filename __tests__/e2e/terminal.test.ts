import { execFile } from 'node:child_process'
import { dirname } from 'node:path'
import { describe, expect } from '@jest/globals'
import { hasTmux, runInTerminal } from '../../scripts/terminal.mjs'
import { buildModule } from '../../src/demo/modules.ts'
import { columnsOf } from '../../src/text/columns.ts'
import { testBeside } from '../support/clean-up.ts'
import { type Origin, type OriginKind, startOrigin } from '../support/servers/origins.ts'
import { DIST, QUICK_POLICY } from '../support/worlds/action.ts'
import { goEnvironment, projectOf } from '../support/worlds/project.ts'

const { test, cleanUp } = testBeside()

const modules = Array.from({ length: 4 }, (_, i) =>
  buildModule({ path: `example.com/m${i}`, version: 'v1.0.0', paddingBytes: 60_000 }),
)

/** @param thoroughMs the cap of a benchmark, which is reached only where a candidate keeps silent */
function newWorld(thoroughMs = 20_000, rateStageMs = 800) {
  const project = cleanUp(projectOf(modules))
  const policy = { ...JSON.parse(QUICK_POLICY), benchmark: { thoroughMs, rateStageMs } }
  const env = goEnvironment(project, {
    GO_PROXY_SETUP_POLICY: JSON.stringify(policy),
    TMPDIR: dirname(project.directory),
  })
  return { cwd: project.directory, env }
}

/** With a user's deadlines: what is near must answer in time on a busy machine. */
function asUser() {
  const { cwd, env } = newWorld()
  const { GO_PROXY_SETUP_POLICY: _, ...rest } = env
  return { cwd, env: rest }
}

async function origin(kind: OriginKind, rate?: number): Promise<Origin> {
  return cleanUp(await startOrigin(kind, modules, rate === undefined ? {} : { bytesPerSecond: rate }))
}

/** Begins to draw over a line, or changes a colour; a terminal that has neither gets neither. */
const ESCAPE = /\u001b/
const COLOUR = /\u001b\[[\d;]+m/

const RATE_AND_REST = /[█·]{20} fetching \d of 4 modules, \d+ kB\/s, \d+ s left, \d+ kB in \d+ s, \d+ requests?/

// A real terminal is needed; without tmux these are skipped, and say so.
const inTmux = hasTmux ? describe : describe.skip

inTmux('in a terminal', () => {
  const commands: Record<string, readonly string[]> = {
    demo: ['demo'],
    'bench of all kinds': ['bench', '--proxies', 'URLS'],
    'a run that fails': ['run', '--proxies', 'BAD', '--fallback', 'off', '--retries', '0'],
    'a wrong input': ['run', '--proxies', 'chinna', '--timeout', '10', '--retries', 'many'],
    help: ['help', 'bench'],
  }

  test.each(Object.entries(commands))('%s: no line is wider than 60, 80 or 120 columns', async (_name, args) => {
    const origins = await Promise.all(
      (['good', '404', 'silent', 'tampering', '200', 'closed'] as const).map(k => origin(k)),
    )
    const urls = origins.map(({ url }) => url)
    const isDemo = args[0] === 'demo'
    const given = args.map(arg => (arg === 'URLS' ? urls.join(' ') : arg === 'BAD' ? (urls[1] as string) : arg))
    // One after another: a demo starts eight proxies and measures them in two seconds.
    for (const columns of [60, 80, 120]) {
      const world = isDemo ? asUser() : newWorld(1_000)
      const { rows, lines, raw } = await runInTerminal([process.execPath, DIST, ...given], { columns, ...world })
      // The terminal had to break none of them, so that no word is broken.
      expect(rows.map(row => row.trimEnd())).toEqual(lines)
      expect(lines.filter(line => columnsOf(line) > columns)).toEqual([])
      expect(lines.join('')).not.toBe('')
      if (args[0] !== 'help') expect(raw).toMatch(COLOUR)
      if (!isDemo) continue
      // Names instead of ports, in colours; plain go beside it; and where to go from here.
      expect(lines.join('\n')).toMatch(/^> [a-z]+ +(own +)?(ok|slow) +/m)
      expect(lines.filter(line => /^ {2}plain go +\d+\.\d s +█+ +\w/.test(line))).toHaveLength(2)
      expect(lines.join('\n')).toMatch(/\n {2}node \S+index\.js bench --proxies public\n/)
      expect(raw).toMatch(/\u001b\[31mtampering\u001b.*\u001b\[31mtampered\u001b/s)
      expect(lines.filter(line => /127\.0\.0\.1/.test(line) && !/^ {2}\w+ {2}/.test(line))).toEqual([])
    }
  })

  test('bench has bars and colours at every width, and its last line is for a chat', async () => {
    const [good, gone] = [await origin('good'), await origin('closed')]
    // Beside other tests: a busy machine measures nothing in the usual times.
    const args = [process.execPath, DIST, 'bench', '--benchmark-timeout', '30s', '--proxies', `${good.url} ${gone.url}`]
    for (const columns of [60, 80, 120]) {
      const { raw, lines, exitCode } = await runInTerminal(args, { columns, ...newWorld(20_000, 10_000) })
      expect(exitCode).toBe(0)
      expect(raw).toMatch(/\u001b\[32mok/)
      expect(raw).toMatch(/\u001b\[31munreachable/)
      expect(lines.join('\n')).toMatch(/█/)
      expect(lines.filter(line => line !== '').at(-1)).toMatch(/^Go proxies.*: http\S+ [\d.]+ m?s/)
    }
  })

  const plainer: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
    ['TERM=dumb', { TERM: 'dumb' }, ESCAPE],
    ['a CI system', { CI: 'true' }, ESCAPE],
    ['NO_COLOR', { NO_COLOR: '1' }, COLOUR],
  ]
  test.each(plainer)('%s', async (_name, more, forbidden) => {
    const { cwd, env } = newWorld()
    const { url } = await origin('good', 130_000)
    for (const verb of ['bench', 'run']) {
      const terminal = { columns: 60, cwd, env: { ...env, ...more } }
      const { raw, rows, lines, exitCode } = await runInTerminal(
        [process.execPath, DIST, verb, '--proxies', url],
        terminal,
      )
      expect([exitCode, rows.map(row => row.trimEnd())]).toEqual([0, lines])
      expect(raw).not.toMatch(forbidden)
    }
  })

  test('progress says what is fetched; Ctrl-C says how far it came, and claims nothing else', async () => {
    const world = newWorld()
    const { url } = await origin('good', 20_000)
    const { raw, lines, exitCode } = await runInTerminal([process.execPath, DIST, 'run', '--proxies', url], {
      columns: 80,
      ...world,
      steps: [{ after: /fetching \d+ of 4 modules.* kB\/s/, keys: 'C-c' }],
    })
    expect(exitCode).toBe(130)
    expect(raw).toMatch(/fetching \d+ of 4 modules, \d+ kB\/s/)
    const text = lines.join('\n')
    expect(text).toMatch(
      /\nGo modules: stopped after [\d.]+ m?s; (no module|\d of 4 modules \([\d.]+ kB\)) had arrived\./,
    )
    expect(text).not.toMatch(/failed|error|Settings|unreachable|fastest/)
  })

  test('one line has bar, rate and remaining time; it follows the width, and leaves nothing behind', async () => {
    const { url } = await origin('good', 50_000)
    const { seen, rows, raw, exitCode } = await runInTerminal([process.execPath, DIST, 'run', '--proxies', url], {
      columns: 120,
      ...newWorld(),
      steps: [
        { after: RATE_AND_REST, columns: 60 },
        { after: /(?<![█·])[█·]{5,10} fetching/, columns: 100 },
        { after: /[█·]{20} fetching/ },
      ],
    })
    expect(exitCode).toBe(0)
    expect(raw).toMatch(RATE_AND_REST)
    // What it says changes while the screen is read.
    expect(seen.map(screen => screen.filter(row => row.includes('fetching')))).toEqual([
      [expect.stringMatching(/^[█·]{20} fetching \d of 4 modules, .* requests?$/)],
      [expect.stringMatching(/^[█·]{5,10} fetching \d of 4 modules, /)],
      [expect.stringMatching(/^[█·]{20} fetching \d of 4 modules, /)],
    ])
    for (const [i, columns] of [120, 60, 100].entries())
      expect(seen[i]?.filter(row => columnsOf(row) > columns - 3 && row.includes('fetching'))).toEqual([])
    // What stays has bars of its own: of the candidates, and on the time line.
    const isKept = (row: string) => row.includes('predicted') || /\d m?s .*[·░█]{30}$/.test(row)
    expect(rows.filter(row => /fetching|[█·]{5}|left/.test(row) && !isKept(row))).toEqual([])
    // What was never hidden needs no one to show it again.
    expect(raw).not.toContain('\u001b[?25l')
  })

  test('Ctrl-C while bench measures: what is known, in a table, and who had not answered', async () => {
    const { cwd, env } = newWorld()
    const [good, silent] = [await origin('good'), await origin('silent')]
    const { lines, exitCode } = await runInTerminal(
      [process.execPath, DIST, 'bench', '--proxies', `${good.url} ${silent.url}`],
      {
        columns: 80,
        cwd,
        env: { ...env, GO_PROXY_SETUP_BENCHMARK_TIMEOUT: '1m', GO_PROXY_SETUP_READ_TIMEOUT: '1m' },
        steps: [{ after: /measured 1 of 2 candidates/, keys: 'C-c' }],
      },
    )
    const text = lines.join('\n')
    expect([exitCode, text]).toEqual([130, expect.stringMatching(new RegExp(`${good.url} +ok `))])
    expect(lines.join(' ')).toMatch(new RegExp(`Go modules: stopped .*before these had +answered: +${silent.url}`))
    expect(text).not.toMatch(/unreachable|cannot be used|> http/)
  })
})

describe('in a pipe', () => {
  test('nothing is an escape sequence, and no line is broken', async () => {
    const { cwd, env } = newWorld()
    const { url } = await origin('good')
    const many = Array(6)
      .fill(url)
      .map((one, i) => `${one}/${i}`)
    const args = ['bench', '--proxies', [url, ...many].join(' ')]
    const text = await new Promise<string>(resolve => {
      execFile(process.execPath, [DIST, ...args], { env, cwd }, (_, stdout, stderr) => resolve(stdout + stderr))
    })
    expect(text).not.toMatch(ESCAPE)
    expect(text).toContain(`Candidates: ${[url, ...many].join(' ')}\n`)
  })
})
