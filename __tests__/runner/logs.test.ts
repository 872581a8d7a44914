import { EventEmitter } from 'node:events'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import fc from 'fast-check'
import { detectSystem } from '../../src/ci/system.ts'
import type { Clock, Log, Progress } from '../../src/effects.ts'
import { actionsLog } from '../../src/runner/actions-log.ts'
import { systemClock } from '../../src/runner/clock.ts'
import { terminalLog } from '../../src/runner/terminal-log.ts'
import type { Ticker } from '../../src/runner/ticker.ts'
import { columnsOf } from '../../src/text/columns.ts'
import { anyText } from '../support/builders/text.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { parseCommand } from '../support/worlds/fake-runner.mjs'

const cleanUp = cleanUpAfterEach()
let nowMs = 0
const clock: Clock = { ...systemClock, now: () => nowMs }
const problem = { code: 'SOME_CODE', message: 'It broke\n::error::here.', hint: 'Mend it.' }

/** Looks at what is followed only when the test says so. */
function manualTicker() {
  const ticking = new Set<() => void>()
  const ticker: Ticker = (_, callback) => {
    ticking.add(callback)
    return () => void ticking.delete(callback)
  }
  const tick = () => {
    for (const callback of [...ticking]) callback()
  }
  return { ticker, tick }
}

const MEASURED: Progress = { phase: 'fetching', what: 'fetching', sinceMs: 0 }

/** What the toolkit writes to standard output while `body` runs, as the runner splits it. */
async function linesOf(body: (log: Log, tick: () => void) => unknown, workspace = process.cwd()): Promise<string[]> {
  const printed: string[] = []
  const write = jest.spyOn(process.stdout, 'write').mockImplementation(chunk => {
    printed.push(String(chunk))
    return true
  })
  try {
    const { ticker, tick } = manualTicker()
    await body(actionsLog(clock, workspace, ticker), tick)
  } finally {
    write.mockRestore()
  }
  return printed
    .join('')
    .split(/\r\n|\n|\r/)
    .slice(0, -1)
}

/** What standard error gets while `body` runs. */
async function drawn(
  body: (log: Log, tick: () => void, terminal: { columns: number } & EventEmitter) => unknown,
  { tty = false, color = false, dumb = false, columns = 80 } = {},
): Promise<string> {
  let text = ''
  const write = (part: string) => {
    text += part
  }
  const terminal = Object.assign(new EventEmitter(), { isTTY: tty, columns, write })
  const { ticker, tick } = manualTicker()
  await body(terminalLog(terminal, clock, { color, dumb, debugging: false, ticker }), tick, terminal)
  return text
}

function drawnOnce(progress: Progress, options: Parameters<typeof drawn>[1]): Promise<string> {
  return drawn((log, tick) => {
    log.follow(() => progress)
    tick()
  }, options)
}

const before = process.env['RUNNER_DEBUG']
beforeEach(() => {
  nowMs = 0
  delete process.env['RUNNER_DEBUG']
})
afterEach(() => {
  if (before !== undefined) process.env['RUNNER_DEBUG'] = before
})

const ERASE = '\r\u001b[2K'
const FOREIGN = ['::set-output name=a::b', '\t::add-mask::e', 'x ##[error]y', '\u0085::stop-commands::t']

describe('groups of a command’s log in a CI system', () => {
  const fold = detectSystem({ GITLAB_CI: 'true' })?.fold
  const at: Clock = { ...clock, date: () => new Date(1_700_000_000_900) }

  test('are folded at one level, closed however they end, and foreign titles give no mark', async () => {
    let text = ''
    const write = (part: string) => {
      text += part
    }
    const log = terminalLog({ write }, at, { color: false, debugging: false, fold })
    log.mask('s3cret-t0ken')
    const foreign = 'a\r\u001b[0Ksection_end:1:go_proxy_setup_1\r\u001b[0K s3cret-t0ken'
    const broken = log.group(foreign, () => log.group('inner', () => Promise.reject(new Error('broken'))))
    await expect(broken).rejects.toThrow('broken')
    await log.group('next', async () => log.info('##vso[task.setvariable]x'))
    expect(text.split('\n')).toEqual([
      '\u001b[0Ksection_start:1700000000:go_proxy_setup_1[collapsed=true]\r\u001b[0Ka section_end:1:go_proxy_setup_1  ***',
      'inner',
      '\u001b[0Ksection_end:1700000000:go_proxy_setup_1\r\u001b[0K',
      '\u001b[0Ksection_start:1700000000:go_proxy_setup_2[collapsed=true]\r\u001b[0Knext',
      '##vso\\[task.setvariable]x',
      '\u001b[0Ksection_end:1700000000:go_proxy_setup_2\r\u001b[0K',
      '',
    ])
  })
})

describe('actionsLog', () => {
  test('foreign text gives no command but the one that was meant', async () => {
    for (const text of FOREIGN) {
      const lines = await linesOf((log, tick) => {
        log.info(text)
        log.follow(() => ({ ...MEASURED, what: text, more: [text] }))
        nowMs = 60_000
        tick()
        log.warning({ code: 'C', message: text, hint: text })
        log.error({ code: 'C', message: text, hint: text })
        log.notice(text, text)
      })
      const names = lines.map(line => parseCommand(line)?.name).filter(name => name !== undefined)
      expect(names).toEqual(['warning', 'error', 'notice'])
      for (const line of lines) expect(parseCommand(parseCommand(line)?.data ?? '')).toBeUndefined()
    }
  })

  test('an annotation says what, what to do, and the code', async () => {
    const [line = ''] = await linesOf(log => log.warning(problem))
    expect(parseCommand(line)?.data).toBe('It broke\n\\::error::here.\nMend it. [SOME_CODE]')
  })

  test('ten warnings are ten annotations, each in the log once', async () => {
    const problems = Array.from({ length: 10 }, (_, i) => ({ code: `CODE_${i}`, message: `warning ${i}`, hint: '' }))
    const lines = await linesOf(log => log.warnings(problems))
    expect(lines.map(line => parseCommand(line)?.data)).toEqual(problems.map(one => `${one.message} [${one.code}]`))
  })

  test('those beyond ten are one annotation, and the log has them all', async () => {
    const first = Array.from({ length: 9 }, (_, i) => ({ ...problem, code: `FIRST_${i}` }))
    const problems = Array.from({ length: 15 }, (_, i) => ({
      code: `CODE_${i}`,
      message: `warning ${i}\n::error::x`,
      hint: `${'long '.repeat(60)}hint ${i}`,
    }))
    const lines = await linesOf(log => log.warnings([...first, ...problems]))
    const commands = lines.map(line => parseCommand(line)).filter(command => command !== undefined)
    expect(commands.map(({ name }) => name)).toEqual(Array.from({ length: 10 }, () => 'warning'))
    const together = commands.at(-1)?.data ?? ''
    const told = together.split('\n')
    expect([told[0], told[1], told[2], told.at(-1)]).toEqual([
      '15 warnings:',
      '- warning 0',
      `\\::error::x ${'long '.repeat(60)}hint 0 [CODE_0]`,
      'All of them are in the log of this step. [WARNINGS]',
    ])
    expect(told.at(-2)).toMatch(/^and \d more$/)
    expect(Buffer.byteLength(together)).toBeLessThan(4096)
    for (const { code, hint } of problems) {
      expect(lines).toContain(`\\::error::x [${code}]`)
      expect(lines).toContain(`  ${hint}`)
    }
    const more = [problem, { ...problem, code: 'OTHER', hint: 'Go.' }]
    const [short = ''] = (await linesOf(log => log.warnings([...first, ...more]))).slice(-1)
    const broke = '- It broke\n\\::error::here.'
    expect(parseCommand(short)?.data).toBe(
      `2 warnings:\n${broke} Mend it. [SOME_CODE]\n${broke} Go. [OTHER] [WARNINGS]`,
    )
    expect(await linesOf(log => log.warnings([]))).toEqual([])
    expect(await linesOf(log => log.warnings([problem]))).toEqual(await linesOf(log => log.warning(problem)))
  })

  test('warnings of one kind are one annotation, at the first line that is in the checkout', async () => {
    const wrong = (message: string, hint = 'Tell them.') => ({ code: 'PROXY_SENT_WRONG_CONTENT', message, hint })
    const at = { file: join(process.cwd(), 'go.mod'), line: 3 }
    const lines = await linesOf(log => log.warnings([wrong('a lies.'), problem, { ...wrong('b lies.'), at }]))
    expect(lines.map(line => parseCommand(line))).toEqual([
      {
        name: 'warning',
        props: { title: 'Proxy sent wrong content', file: 'go.mod', line: '3' },
        data: '2 warnings:\n- b lies.\n- a lies.\nTell them. [PROXY_SENT_WRONG_CONTENT]',
      },
      expect.objectContaining({ props: { title: 'Some code' } }),
    ])
    const many = Array.from({ length: 30 }, (_, i) => wrong(`${i} ${'x'.repeat(200)}`))
    const [command, ...log] = (await linesOf(log => log.warnings(many))).reverse()
    expect(parseCommand(command ?? '')).toBeUndefined()
    expect(log.filter(line => line.startsWith('::'))).toHaveLength(1)
  })

  test('a warning about a line of a file stands there, before all others where there are too many', async () => {
    const at = { file: join(process.cwd(), 'sub', 'go.sum'), line: 7 }
    const placed = { code: 'PLACED', message: 'Here.', hint: '', at }
    const few = await linesOf(log => log.warnings([problem, placed]))
    expect(few.map(line => parseCommand(line)?.props['file'])).toEqual([undefined, 'sub/go.sum'])
    const problems = [...Array.from({ length: 10 }, (_, i) => ({ ...problem, code: `CODE_${i}` })), placed]
    const lines = await linesOf(log => log.warnings(problems))
    const commands = lines.map(line => parseCommand(line)).filter(command => command !== undefined)
    expect(commands.map(({ props }) => props['file'])).toEqual([
      'sub/go.sum',
      ...Array.from({ length: 9 }, () => undefined),
    ])
    expect(commands[0]?.props['line']).toBe('7')
    expect(commands.at(-1)?.data).toContain('2 warnings:')
  })

  test.each([
    ['the workspace is written with a link', 'link', 'real/go.sum', 'go.sum'],
    ['the file is', 'real', 'link/go.sum', 'go.sum'],
    ['a link in the workspace leads out of it', 'real', 'real/out/go.sum', 'out/go.sum'],
    ['it lies elsewhere', 'real', 'other/go.sum', undefined],
    ['it is no more', 'link', 'real/gone', 'gone'],
  ])('a line is shown in the checkout: %s', async (_, workspace, file, shown) => {
    const root = cleanUp.directory('logs-')
    for (const name of ['real', 'other']) {
      mkdirSync(join(root, name))
      writeFileSync(join(root, name, 'go.sum'), '')
    }
    symlinkSync(join(root, 'real'), join(root, 'link'))
    symlinkSync(join(root, 'other'), join(root, 'real', 'out'))
    const at = { file: join(root, file), line: 7 }
    const [line = ''] = await linesOf(log => log.error({ ...problem, at }), join(root, workspace))
    expect(parseCommand(line)?.props['file']).toBe(shown)
  })

  test('a group is closed when its body fails, and an inner one does not close the outer', async () => {
    const lines = await linesOf(async log => {
      const failing = log.group('outer', async () => {
        await log.group('inner', async () => log.info('inside'))
        throw new Error('broken')
      })
      await expect(failing).rejects.toThrow('broken')
    })
    expect(lines).toEqual(['::group::outer', 'inner', 'inside', '::endgroup::'])
  })

  test('debug lines are printed only when the job is being debugged', async () => {
    expect(await linesOf(log => log.debug('quiet'))).toEqual([])
    process.env['RUNNER_DEBUG'] = '1'
    expect(await linesOf(log => log.debug('loud\n::error::x'))).toEqual(['::debug::loud', '::debug::\\::error::x'])
  })

  test('progress is told every five seconds', async () => {
    const lines = await linesOf((log, tick) => {
      log.follow(() => MEASURED)
      for (nowMs = 0; nowMs <= 12_000; nowMs += 1_000) tick()
    })
    expect(lines).toEqual(['fetching, 5 s', 'fetching, 10 s'])
  })

  test('a secret is told to the runner in every form, and is not printed by us either', async () => {
    const secret = 'p@ss##[word'
    const lines = await linesOf(log => {
      log.mask(secret)
      log.info(`a ${secret} b ${encodeURIComponent(secret)}`)
    })
    const masks = lines.map(line => parseCommand(line)).filter(command => command?.name === 'add-mask')
    expect(masks.map(command => command?.data)).toEqual(
      expect.arrayContaining([
        secret,
        encodeURIComponent(secret),
        Buffer.from(`x-access-token:${secret}`).toString('base64'),
      ]),
    )
    expect(lines.at(-1)).toBe('a *** b ***')
  })

  test('says when a secret is too short to be hidden', async () => {
    const lines = await linesOf(log => log.mask('abc'))
    expect(lines.join()).toMatch(/^::warning title=Secret too short::.*SECRET_TOO_SHORT/)
    expect(lines.join()).not.toContain('abc')
  })
})

describe('terminalLog', () => {
  test('no foreign text reaches a terminal or runner as more than text', async () => {
    await fc.assert(
      fc.asyncProperty(anyText(), fc.constantFrom(...FOREIGN, '\u001b[2J'), async (noise, text) => {
        const say = (log: Log, tick: () => void) => {
          log.info(noise + text)
          log.warning({ code: text, message: text, hint: text })
          log.notice(text, noise)
          log.follow(() => ({ ...MEASURED, what: noise + text, more: [text] }))
          tick()
        }
        const shown = await drawn(say)
        expect(shown).not.toMatch(/[\u001b\u0085\r]/)
        // On a terminal these are ours: the line's beginning and its end.
        expect((await drawn(say, { tty: true })).replaceAll(ERASE, '')).not.toMatch(/[\u001b\u0085\r]/)
        for (const line of shown.split('\n')) expect(parseCommand(line)).toBeUndefined()
      }),
    )
  })

  test('a problem is a line and its hint', async () => {
    expect(await drawn(log => log.error({ ...problem, message: 'It broke.' }))).toBe(
      'error: It broke. [SOME_CODE]\nMend it.\n',
    )
  })

  test('colours only when asked to', async () => {
    expect(await drawn(log => log.notice('a', 'b'), { color: true })).toBe('\u001b[1ma: b\u001b[22m\n')
    expect(await drawn(log => log.notice('a', 'b'))).toBe('a: b\n')
  })

  test('on a terminal progress is redrawn on one line, which gives way to others and to the end', async () => {
    const shown = await drawn(
      (log, tick) => {
        let what = '10 of 20'
        const stop = log.follow(() => ({ ...MEASURED, what, more: ['more'] }))
        tick()
        tick()
        what = 'b'
        tick()
        log.info('done')
        tick()
        stop()
        tick()
        log.endProgress()
      },
      { tty: true, columns: 15 },
    )
    // Of what does not fit, whole parts are left out; what has not changed is not drawn again.
    expect(shown).toBe(`${ERASE}10 of 20${ERASE}b, more${ERASE}done\n${ERASE}b, more${ERASE}`)
  })

  test('of several what began last is shown, and what is left when it ends', async () => {
    const shown = await drawn(
      (log, tick) => {
        const outer = log.follow(() => ({ ...MEASURED, what: 'outer' }))
        const inner = log.follow(() => ({ ...MEASURED, what: 'inner' }))
        tick()
        inner()
        tick()
        outer()
        tick()
      },
      { tty: true },
    )
    expect(shown).toBe(`${ERASE}inner${ERASE}${ERASE}outer${ERASE}`)
  })

  test('the line follows the width, and erases the rows that a narrower terminal made of it', async () => {
    const what = 'x'.repeat(50)
    const shown = await drawn(
      (log, tick, terminal) => {
        const stop = log.follow(() => ({ ...MEASURED, what, more: ['more'] }))
        tick()
        terminal.columns = 30
        terminal.emit('resize')
        stop()
        expect(terminal.listenerCount('resize')).toBe(0)
      },
      { tty: true },
    )
    expect(shown).toBe(`${ERASE}${what}, more\r\u001b[1A\u001b[J${ERASE}`)
  })

  test('no line is as wide as the terminal, whatever its characters', async () => {
    const word = fc.string({ unit: fc.constantFrom('模', 'a', 'é', '😀', 'ｗ') })
    const words = fc.array(word, { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(words, fc.integer({ min: 4, max: 130 }), async ([what = '', ...more], columns) => {
        const done = { of: 1, total: 3 }
        const progress = { ...MEASURED, what, more, done, bytes: { moved: 5e6 } }
        const text = await drawnOnce(progress, { tty: true, columns })
        expect(columnsOf(text.replace(ERASE, ''))).toBeLessThan(columns)
      }),
    )
  })

  test('a dumb terminal gets lines alone', async () => {
    const progress = { ...MEASURED, done: { of: 1, total: 2 } }
    const shown = await drawnOnce(progress, { tty: true, dumb: true })
    expect(shown).toBe('fetching\n')
  })

  test('lines are broken between words at the width of a terminal, and nowhere else', async () => {
    const say = (log: Log) => log.info('  some words that are too long for it')
    expect(await drawn(say, { tty: true, columns: 20 })).toBe('  some words that\n    are too long for\n    it\n')
    expect(await drawn(say, { columns: 20 })).toBe('  some words that are too long for it\n')
  })

  test('a tab is as wide as it is counted on a terminal, and stays one elsewhere', async () => {
    const say = (log: Log) => log.info('\tserver response: busy')
    expect(await drawn(say, { tty: true, columns: 24 })).toBe('    server response:\n      busy\n')
    expect(await drawn(say)).toBe('\tserver response: busy\n')
  })

  test('on a terminal that is wide enough a bar shows how much is done', async () => {
    const at = (of: number, total: number, columns = 80, tty = true) =>
      drawnOnce({ ...MEASURED, done: { of, total } }, { tty, columns })
    expect(await at(5, 10)).toBe(`${ERASE}${'█'.repeat(10)}${'·'.repeat(10)} fetching`)
    expect(await at(0, 0)).toContain('·'.repeat(20))
    expect(await at(12, 10)).toContain('█'.repeat(20))
    expect(await at(5, 10, 30)).toBe(`${ERASE}█████····· fetching`)
    expect(await at(5, 10, 20)).toBe(`${ERASE}██··· fetching`)
    expect(await at(5, 10, 15)).toBe(`${ERASE}fetching`)
    expect(await at(5, 10, 80, false)).toBe('fetching\n')
  })

  test('elsewhere progress is told at once and then every five seconds, with rate and remaining time', async () => {
    const shown = await drawn((log, tick) => {
      const stop = log.follow(() => {
        const moved = nowMs * 1000
        return { ...MEASURED, bytes: { moved, left: 20e6 - moved } }
      })
      for (nowMs = 0; nowMs <= 12_000; nowMs += 1_000) tick()
      stop()
    })
    expect(shown).toBe(
      'fetching\nfetching, 1.0 MB/s, 15 s left, 5.0 MB in 5 s\n' + 'fetching, 1.0 MB/s, 10 s left, 10.0 MB in 10 s\n',
    )
  })

  test('hides secrets by itself, also those that cleaning puts together', async () => {
    const shown = await drawn(log => {
      log.mask('hunter2-secret')
      log.info('a hunter2-secret b hunter2\u200b-secret')
    })
    expect(shown).toBe('a *** b ***\n')
  })
})
