import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import type { Clock, Log, Progress } from '../../src/effects.ts'
import { systemClock } from '../../src/runner/clock.ts'
import { jsonLog } from '../../src/runner/json-log.ts'
import { holdBack } from '../../src/runner/quiet-log.ts'
import type { Ticker } from '../../src/runner/ticker.ts'
import { FACTS } from '../../src/text/fact.ts'
import { anyText } from '../support/builders/text.ts'
import { parseCommand } from '../support/worlds/fake-runner.mjs'

const schema = JSON.parse(readFileSync(new URL('../../schema/log.schema.json', import.meta.url), 'utf8'))
const isLine = new Ajv2020({ strict: false, formats: { 'date-time': true } }).compile(schema)

interface Line extends Readonly<Record<string, unknown>> {
  readonly level: string
  readonly message: string
}

let nowMs = 0
const clock: Clock = { ...systemClock, now: () => nowMs, date: () => new Date(1_700_000_000_042) }

/** The raw text that standard error gets, and its lines as they are parsed. */
function written(body: (log: Log, tick: () => void) => void, debugging = false) {
  nowMs = 0
  let text = ''
  const ticking = new Set<() => void>()
  const ticker: Ticker = (_, callback) => {
    ticking.add(callback)
    return () => void ticking.delete(callback)
  }
  const write = (part: string) => {
    text += part
  }
  body(jsonLog({ write }, clock, { debugging, ticker }), () => {
    for (const callback of [...ticking]) callback()
  })
  const lines = text.split('\n').slice(0, -1)
  return { text, lines: lines.map(line => JSON.parse(line) as Line) }
}

describe('each line is an object with', () => {
  test('time, level, event or code, and the sentence first', () => {
    const { text } = written(log => {
      log.info('go is there')
      log.warning({ code: 'SOME_CODE', message: 'It broke.', hint: 'Mend it.', at: { file: '/w/go.mod', line: 3 } })
      log.error({ code: 'OTHER_CODE', message: 'It is over.', hint: '' })
      log.debug('unseen')
    })
    expect(text).toBe(
      [
        '{"time":"2023-11-14T22:13:20.042Z","level":"info","event":"note","message":"go is there"}',
        '{"time":"2023-11-14T22:13:20.042Z","level":"warning","code":"SOME_CODE","message":"It broke.","hint":"Mend it.","file":"/w/go.mod","line":3}',
        '{"time":"2023-11-14T22:13:20.042Z","level":"error","code":"OTHER_CODE","message":"It is over."}',
        '',
      ].join('\n'),
    )
  })

  test('the fields of a decision behind them', () => {
    const { lines } = written(log =>
      log.info('Trying again.', { event: 'retry', seconds: 1.5, goproxy: 'https://a.example', lastTry: false }),
    )
    expect(lines).toEqual([
      {
        time: '2023-11-14T22:13:20.042Z',
        level: 'info',
        event: 'retry',
        message: 'Trying again.',
        seconds: 1.5,
        goproxy: 'https://a.example',
        lastTry: false,
      },
    ])
  })

  test('debug lines where they are asked for', () => {
    expect(written(log => log.debug('seen'), true).lines).toMatchObject([{ level: 'debug', message: 'seen' }])
  })
})

test('how far something is, is told as fields, every five seconds at most', () => {
  const progress: Progress = {
    what: 'fetching 3 of 24 modules',
    phase: 'fetching',
    sinceMs: 0,
    done: { of: 3, total: 24 },
    bytes: { moved: 1_000, left: 7_000 },
  }
  const { lines } = written((log, tick) => {
    log.follow(() => progress)
    for (const atMs of [0, 1_000, 4_999, 5_000]) {
      nowMs = atMs
      tick()
    }
    log.endProgress()
    tick()
  })
  expect(lines).toHaveLength(2)
  const counted = { phase: 'fetching', done: 3, total: 24, bytes: 1_000, leftBytes: 7_000 }
  expect(lines[1]).toMatchObject({ event: 'progress', ...counted })
  expect(lines[1]?.message).toContain('fetching 3 of 24 modules')
})

test('a group is no line, and a quiet log keeps records', async () => {
  const { text } = written(log => void log.group('title', async () => log.info('inner')))
  expect(text.split('\n')).toHaveLength(2)
  written(log => expect(holdBack(log).log.records).toBe(true))
})

describe('whatever texts it is given', () => {
  const hostile = fc.oneof(
    anyText(),
    fc.constantFrom(
      '"}\n{"level":"error"',
      '\u2028\u0085\r\n::error::x',
      '##[group]a ##vso[task.setvariable]b ##teamcity[x]',
      '\u001b[2J\u001b]0;x\u0007',
      '\ud800 \u202e',
      '__proto__',
    ),
  )
  const problem = fc.record({ code: fc.constant('A_CODE'), message: hostile, hint: hostile })

  test('each call is one line that its schema allows, in which nothing is a command or a control character', () => {
    fc.assert(
      fc.property(hostile, hostile, problem, (one, other, wrong) => {
        const { text, lines } = written(log => {
          log.info(one)
          log.info(one, { event: 'setting', name: other, value: one, from: 'input', reason: other, changed: true })
          log.warnings([wrong, wrong])
          log.error(wrong)
          log.notice(one, other)
        })
        expect(lines).toHaveLength(6)
        expect(lines.filter(line => !isLine(line))).toEqual([])
        expect(text).toMatch(/^[\n\u0020-\u007e\u00a0-\uffff]*$/)
        expect(text).not.toMatch(/[\u0085\u2028\u2029\u200b\u202e]/)
        for (const line of text.split('\n')) expect(parseCommand(line)).toBeUndefined()
      }),
    )
  })

  test('no secret is shown, however it is broken apart or put together', () => {
    const secret = 's3cret-t0ken/with "quote"'
    const pieces = fc.constantFrom('\u200b', '\u001b[0m', '\u0007', '')
    fc.assert(
      fc.property(hostile, pieces, fc.nat(secret.length), (around, piece, at) => {
        const broken = around + secret.slice(0, at) + piece + secret.slice(at) + around
        const { text } = written(log => {
          log.mask(secret)
          log.info(broken, { event: 'candidate', ...CANDIDATE, proxy: `https://${encodeURIComponent(secret)}@h` })
          log.error({ code: 'A_CODE', message: broken, hint: Buffer.from(`:${secret}`).toString('base64') })
        })
        for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
          expect(text).not.toContain(form)
        expect(text).not.toContain(Buffer.from(secret).toString('base64').slice(2, -4))
      }),
    )
  })
})

const CANDIDATE = {
  trust: 'own',
  verdict: 'ok',
  reason: '',
  connectMs: 1,
  firstByteMs: null,
  bytesPerSecond: null,
  predictedSeconds: null,
}

describe('what users rely on', () => {
  const events: readonly { readonly const: string; readonly description: string }[] = schema.properties.event.oneOf

  test('the schema has every event, with the keys that it has', () => {
    const described = events.map(({ const: name, description }) => [
      name,
      [...(description.split(': ')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, key]) => key),
    ])
    expect(Object.fromEntries(described)).toEqual(FACTS)
  })

  test('every key of an event is described, and none besides', () => {
    const common = ['time', 'level', 'event', 'code', 'message', 'hint', 'file', 'line']
    const keys = new Set([...common, ...Object.values(FACTS).flat()])
    expect(Object.keys(schema.properties).sort()).toEqual([...keys].sort())
  })
})
