import { describe, expect, test } from '@jest/globals'
import type { Candidate, Trust } from '../../../src/candidates/candidate.ts'
import { buildModule, goSumOf } from '../../../src/demo/modules.ts'
import type { Retrieved } from '../../../src/gateway/fetching/answer.ts'
import { openFlows } from '../../../src/gateway/fetching/flow.ts'
import { openLiveness, UNANSWERED_FACTOR } from '../../../src/gateway/fetching/liveness.ts'
import { watchOutage } from '../../../src/gateway/fetching/outage.ts'
import { openPaces } from '../../../src/gateway/fetching/pace.ts'
import { createPool, type Pool } from '../../../src/gateway/fetching/pool.ts'
import { retrieve } from '../../../src/gateway/fetching/retrieve.ts'
import { newTicket, openTurns } from '../../../src/gateway/fetching/turns.ts'
import type { RetrievalWorld } from '../../../src/gateway/fetching/world.ts'
import { openSpool } from '../../../src/gateway/keeping/spool.ts'
import { withRounds } from '../../../src/gateway/plan.ts'
import { parseRoute } from '../../../src/gateway/serving/route.ts'
import type { GatewayEvent } from '../../../src/gateway/telling/events.ts'
import { openJournal } from '../../../src/gateway/telling/journal.ts'
import { parseGoSum } from '../../../src/go/gosum.ts'
import type { ModuleRoute } from '../../../src/objects/object.ts'
import { defaultPolicy } from '../../../src/policy.ts'
import type { FetchOptions } from '../../../src/upstream/fetch.ts'
import type { Outcome, OutcomeKind } from '../../../src/upstream/outcome.ts'
import { cleanUpAfterEach } from '../../support/clean-up.ts'
import { upstreamAt } from '../../support/worlds/gateway.ts'
import { virtualClock } from '../../support/worlds/virtual-clock.ts'

const cleanUp = cleanUpAfterEach()

const module = buildModule({ path: 'example.com/m', version: 'v1.0.0' })
const other = buildModule({ path: 'example.com/m', version: 'v1.0.0', files: { 'evil.go': 'package evil\n' } })
const sums = parseGoSum(goSumOf([module])).hashes

const NARROW = { initial: 1, initialOwn: 1, maximumTrusted: 1, maximumMirror: 1, minimum: 1, ceiling: 1_024 }

/** What an upstream answers: its nth request decides, and the last answer stays. */
type Answer =
  | OutcomeKind
  | Buffer
  | { readonly kind: OutcomeKind; readonly status?: number; readonly retryAfter?: string }
  | Silence
/** Silent until it is given up, or for so many virtual milliseconds. */
interface Silence {
  readonly silentMs: number
  readonly atLast: OutcomeKind | Buffer
}
type Script = readonly [Trust, ...Answer[]] | readonly [Trust, (nowMs: number) => Answer]

interface Played {
  readonly result: Retrieved
  /** Virtual milliseconds. */
  readonly ms: number
  /** Names of those asked, in order. */
  readonly asked: readonly string[]
  readonly events: readonly GatewayEvent[]
  readonly pool: Pool
}

/** Looks for one object from scripted upstreams in virtual time. */
async function play(
  scripts: Readonly<Record<string, Script>>,
  options: {
    readonly path?: string
    readonly random?: number
    readonly policy?: Partial<RetrievalWorld['policy']>
    /** Of the upstreams, those that have answered before, and how long that took. */
    readonly proven?: readonly { readonly name: string; readonly firstByteMs: number }[]
    readonly mayAsk?: (upstream: Candidate) => boolean
    readonly signal?: AbortSignal
    readonly headMs?: number
    /** When the root of an upstream answers; undefined: never. */
    readonly rootMs?: number
    /** go does not wait for it. */
    readonly ahead?: boolean
  } = {},
): Promise<Played> {
  const clock = virtualClock()
  const directory = cleanUp.directory('retrieval-')
  const upstreams = Object.entries(scripts).map(([name, [trust]]) => upstreamAt(name, trust))
  const policy = { ...defaultPolicy.gateway, ...options.policy }
  const { signal = new AbortController().signal, proven = [], headMs = 1 } = options
  const pool = createPool(upstreams, policy.window)
  const liveness = openLiveness(UNANSWERED_FACTOR * headMs)
  for (const { name, firstByteMs } of proven) {
    const upstream = upstreams.find(one => one.name === name)
    if (upstream !== undefined) liveness.noteAnswer(upstream, firstByteMs)
  }
  const journal = openJournal(clock, () => {})
  const asked: string[] = []
  const answer = ({ name }: Candidate): Answer => {
    const [, ...answers] = scripts[name] ?? ['own', 'absent']
    const [first] = answers
    if (typeof first === 'function') return first(clock.now())
    const turn = Math.min(asked.filter(one => one === name).length, answers.length) - 1
    return (answers as readonly Answer[])[turn] ?? 'absent'
  }
  const route = parseRoute(`/s/${options.path ?? 'example.com/m/@v/v1.0.0.zip'}`, 's') as ModuleRoute
  const result = await retrieve(route, newTicket(0, options.ahead !== true), openTurns(pool, clock, signal), {
    pool,
    outage: watchOutage(policy.objectMs, policy.probeMs),
    spool: openSpool(directory, 1 << 20),
    clock,
    random: { next: () => options.random ?? 0.5, hex: () => '' },
    policy,
    deadlines: { headMs, stallMs: 1, totalMs: 600_000 },
    fetch: async (upstream, target, how) => {
      if (target === '') {
        asked.push(`${upstream.name}/`)
        const { rootMs = Number.POSITIVE_INFINITY } = options
        await clock.sleep(Math.min(rootMs, how.deadlines.headMs), how.signal)
        return toOutcome(rootMs <= how.deadlines.headMs ? { kind: 'absent', status: 404 } : 'silent', how)
      }
      asked.push(upstream.name)
      const told = answer(upstream)
      if (typeof told !== 'object' || !('silentMs' in told)) return toOutcome(told, how)
      const patient = told.silentMs <= how.deadlines.headMs || headMs === 1
      await clock.sleep(patient ? told.silentMs : how.deadlines.headMs, how.signal)
      return toOutcome(how.signal?.aborted ? 'stopped' : patient ? told.atLast : 'silent', how)
    },
    flows: openFlows(clock),
    paces: openPaces(),
    checks: { sums, unpack: () => true, hashing: undefined },
    mayAsk: options.mayAsk ?? (() => true),
    liveness,
    journal,
    signal,
  })
  return { result, ms: clock.now(), asked, events: journal.events, pool }
}

function toOutcome(answer: Exclude<Answer, Silence>, options: FetchOptions): Outcome {
  const body = Buffer.isBuffer(answer) ? answer : undefined
  const told =
    typeof answer === 'string' ? { kind: answer } : Buffer.isBuffer(answer) ? { kind: 'found' as const } : answer
  if (body !== undefined) options.openBody?.(0).write(body)
  return {
    kind: told.kind,
    status: 'status' in told ? (told.status ?? null) : told.kind === 'found' ? 200 : null,
    body: Buffer.alloc(0),
    bytes: body?.length ?? 0,
    timings: { lookupMs: null, connectMs: null, tlsMs: null, firstByteMs: null, bodyMs: null, totalMs: 0 },
    reused: false,
    reason: told.kind,
    retryAfter: 'retryAfter' in told ? told.retryAfter : undefined,
  }
}

describe('the next upstream is asked at once after', () => {
  const failures: readonly OutcomeKind[] = [
    'unauthorized',
    'forbidden',
    'limited',
    'server error',
    'unexpected status',
    'unknown host',
    'unreachable',
    'bad certificate',
    'tls failed',
    'silent',
    'stalled',
    'cut',
    'too large',
    'encoded',
    'redirect refused',
    'protocol error',
    'stopped',
    'absent for now',
  ]
  test.each(failures)('%s', async kind => {
    const { result, ms, asked } = await play({ bad: ['own', kind], good: ['own', module.zip] })
    expect([result.kind, ms, asked]).toEqual(['found', 0, ['bad', 'good']])
  })

  test('wrong content, which is remembered', async () => {
    const { result, events } = await play({ liar: ['mirror', other.zip], good: ['own', module.zip] })
    expect(result).toMatchObject({ kind: 'found', from: { name: 'good' }, proof: 'go.sum' })
    expect(events.filter(({ kind }) => kind === 'rejected')).toMatchObject([
      { upstream: { name: 'liar' }, fault: 'wrong' },
    ])
  })
})

describe('upstreams that cannot be reached', () => {
  const { objectMs } = defaultPolicy.gateway

  test.each(['unknown host', 'unreachable', 'tls failed'] as const)(
    'are asked three times where another has sent what go.sum does not know: %s',
    async kind => {
      const { result, asked, ms } = await play({ first: ['own', other.zip], away: ['mirror', kind] })
      expect(result.kind).toBe('failed')
      expect(asked).toEqual(['first', 'away', 'away', 'away'])
      expect(ms).toBeLessThan(2_000)
    },
  )

  test('are waited for where all are away', async () => {
    const { asked, ms } = await play({ one: ['own', 'unreachable'], two: ['mirror', 'unknown host'] })
    expect(asked.length).toBeGreaterThan(6)
    expect(ms).toBeGreaterThan(objectMs / 5)
  })

  test('are waited for when they have answered before', async () => {
    const { asked } = await play({ first: ['own', other.zip], away: ['own', module.info, 'unreachable'] })
    expect(asked.length).toBeGreaterThan(5)
  })
})

describe('silence', () => {
  const { patienceMs, zipPatienceMs } = defaultPolicy.gateway
  const silent = { silentMs: 10_000, atLast: 'silent' } as const

  test.each([
    ['zip', zipPatienceMs],
    ['mod', patienceMs],
  ] as const)('is not waited for to its end while somebody else can be asked: %s', async (kind, expectedMs) => {
    const path = `example.com/m/@v/v1.0.0.${kind}`
    const { result, ms, events } = await play({ one: ['own', silent], good: ['own', module[kind]] }, { path })
    expect([result.kind, ms]).toEqual(['found', expectedMs])
    expect(events.map(event => event.kind === 'asked' && event.outcome)).toEqual(['silent', 'found'])
  })

  const HEAD_MS = 10_000
  const late = (silentMs: number) => ({ silentMs, atLast: module.zip })
  const never = late(Number.POSITIVE_INFINITY)
  const alive = [{ name: 'only', firstByteMs: 20 }]

  test('of the only one is waited for: it may have to fetch the module first, and everything else, too', async () => {
    const { result, ms, asked } = await play({ only: ['own', late(25_000), never] }, { headMs: HEAD_MS })
    expect([result.kind, ms, asked]).toEqual(['found', 25_000, ['only', 'only/', 'only']])
  })

  test('of the only one lasts as long as the download may, once it has answered anything', async () => {
    const slow: Script = ['own', late(500_000), never]
    expect((await play({ only: slow }, { headMs: HEAD_MS, proven: alive })).ms).toBe(500_000)
    expect((await play({ only: slow }, { headMs: HEAD_MS, rootMs: 100 })).ms).toBe(500_000)
  })

  test('of one that never answers anything ends after four read timeouts, and is final', async () => {
    const { result, ms, events } = await play({ only: ['own', never] }, { headMs: HEAD_MS })
    expect([result, ms]).toEqual([{ kind: 'failed', reasons: ['only: it does not answer'], final: true }, 4 * HEAD_MS])
    const outcomes = events.flatMap(event => (event.kind === 'asked' && event.target !== '/' ? [event.outcome] : []))
    expect(outcomes).toEqual(['silent', 'silent', 'silent'])
  })

  test('that something on the way cuts is asked for once more: the proxy may have it by now', async () => {
    const script: Script = ['own', { silentMs: 60_000, atLast: 'cut' }, late(20)]
    const { result, asked } = await play(
      { only: script },
      { headMs: HEAD_MS, proven: [{ name: 'only', firstByteMs: 55_000 }] },
    )
    expect([result.kind, asked]).toEqual(['found', ['only', 'only']])
  })

  test('that the only one asks for is kept, as what it limits may be how much was asked for at a time', async () => {
    const limited = { kind: 'limited', status: 429, retryAfter: '40' } as const
    const script: Script = ['own', limited, module.zip]
    const { result, ms } = await play({ only: script }, { headMs: HEAD_MS, random: 0 })
    expect([result.kind, ms]).toEqual(['found', 40_000])
    const again: Script = ['own', limited, limited, module.zip]
    expect((await play({ only: again }, { headMs: HEAD_MS })).result).toMatchObject({ kind: 'failed', final: true })
  })

  test('of a request that hangs is answered by a second one beside it', async () => {
    const { result, ms, asked } = await play({ only: ['own', never, late(20)] }, { headMs: HEAD_MS, proven: alive })
    expect([result.kind, ms, asked]).toEqual(['found', HEAD_MS + 20, ['only', 'only']])
  })

  test('is no sign of hanging before twice the slowest answer so far', async () => {
    const proven = [{ name: 'only', firstByteMs: 25_000 }]
    const { ms, asked } = await play({ only: ['own', never, late(20)] }, { headMs: HEAD_MS, proven })
    expect([ms, asked]).toEqual([50_020, ['only', 'only']])
  })

  test('of the second request, too, is answered by a third, for which it has twice as long', async () => {
    const script: Script = ['own', never, never, never, late(20)]
    const { result, ms, asked } = await play({ only: script }, { headMs: HEAD_MS, proven: alive })
    expect([result.kind, ms, asked.length]).toEqual(['found', 7 * HEAD_MS + 20, 4])
  })

  test('has one request beside it, and the next as soon when that one failed', async () => {
    const script: Script = ['own', never, { silentMs: 500, atLast: 'cut' }, late(20)]
    const { ms, asked } = await play({ only: script }, { headMs: HEAD_MS, proven: alive })
    expect([ms, asked.length]).toEqual([2 * HEAD_MS + 20, 3])
  })

  test('of what go does not wait for yet costs no second request', async () => {
    const options = { headMs: HEAD_MS, proven: alive, ahead: true }
    const { ms, asked } = await play({ only: ['own', late(90_000)] }, options)
    expect([ms, asked]).toEqual([90_000, ['only']])
  })

  test.each([
    ['refuses connections', 'unreachable'],
    ['does not have it', 'absent'],
  ] as const)('of the only one left is waited for, too, where the other %s', async (_, other) => {
    const scripts: Record<string, Script> = { other: ['mirror', other], only: ['own', late(25_000), never] }
    expect(await play(scripts, { headMs: HEAD_MS })).toMatchObject({ result: { kind: 'found' }, ms: 25_000 })
  })

  test('is bounded while there is another that fails', async () => {
    const scripts: Record<string, Script> = { slow: ['own', never], other: ['own', 'server error'] }
    expect((await play(scripts, { headMs: HEAD_MS, proven: [{ name: 'slow', firstByteMs: 20 }] })).result.kind).toBe(
      'failed',
    )
  })

  test('is given up once for an object: where the others have nothing, slow is better than never', async () => {
    const slow: Script = ['own', { silentMs: 9_000, atLast: module.zip }]
    const { result, asked } = await play({ slow, broken: ['own', 'server error'] })
    expect([result.kind, asked]).toEqual(['found', ['slow', 'broken', 'slow']])
  })
})

describe('absence', () => {
  test('is believed of a trusted upstream, and mirrors do not hear of it afterwards', async () => {
    const { result, asked } = await play({ own: ['own', 'absent'], mirror: ['mirror', module.zip] })
    expect([result.kind, asked]).toEqual(['absent', ['own']])
  })

  test('is not believed of a mirror while a trusted upstream can be asked', async () => {
    const { result, asked } = await play({ mirror: ['mirror', 'absent'], own: ['own', module.zip] })
    expect([result.kind, asked]).toEqual(['found', ['mirror', 'own']])
  })

  test('that an upstream owes to its own failure is asked about once more, later', async () => {
    const soon = await play({ only: ['own', 'absent for now', module.zip] })
    expect([soon.result.kind, soon.ms]).toEqual(['found', defaultPolicy.gateway.lateRetryMs])
    const never = await play({ only: ['own', 'absent for now'] })
    expect([never.result.kind, never.asked.length]).toEqual(['absent', 2])
  })

  test('of one and failure of the other is a failure if the absent one is a mirror', async () => {
    const { result } = await play({ mirror: ['mirror', 'absent'], own: ['own', 'server error'] })
    expect(result).toMatchObject({ kind: 'failed', reasons: [expect.stringContaining('own')] })
  })
})

describe('when all fail', () => {
  test('there are rounds with growing pauses, and the last one is followed by none', async () => {
    const { result, ms, asked } = await play({ only: ['own', 'server error'] }, { random: 0.999_999 })
    const { rounds } = defaultPolicy.gateway
    expect([result.kind, asked.length]).toEqual(['failed', rounds])
    // The fifth pause would be 4 s.
    expect(Math.round(ms)).toBe(defaultPolicy.gateway.flappingMs)
  })

  test.each([0, 0.5, 0.999])(
    'twenty seconds in which nobody answers are outlasted, whatever chance says (%d)',
    async random => {
      const policy = withRounds(defaultPolicy.gateway, { retries: 5, retryDelayMs: 1_000 })
      const back: Script = ['own', nowMs => (nowMs < 19_500 ? 'unreachable' : module.zip)]
      expect((await play({ one: back, two: back }, { random, policy })).result.kind).toBe('found')
      const never = await play({ one: ['own', 'unreachable'], two: ['own', 'unreachable'] }, { random, policy })
      expect([never.result.kind, never.ms < 30_000]).toEqual(['failed', true])
    },
  )

  test.each(['cut', 'server error'] as const)(
    '%s may pass: it is asked again for more than five seconds',
    async kind => {
      const policy = withRounds(defaultPolicy.gateway, { retries: 5, retryDelayMs: 1_000 })
      const back: Script = ['own', nowMs => (nowMs < 5_000 ? kind : module.zip)]
      expect((await play({ only: back }, { policy })).result.kind).toBe('found')
      const never = await play({ only: ['own', kind] }, { policy })
      expect([never.result.kind, never.ms <= 6_000]).toEqual(['failed', true])
    },
  )

  const LASTING: Record<string, OutcomeKind | Buffer> = {
    'no zip': Buffer.from('<html>'),
    'an encoding': 'encoded',
    'a status that makes no sense': 'unexpected status',
  }
  test.each(Object.entries(LASTING))('%s twice from the same upstream is final', async (_, bad) => {
    const alone = await play({ only: ['own', bad] })
    expect([alone.result.kind, alone.asked.length, alone.ms < 500]).toEqual(['failed', 2, true])
    const both = await play({ one: ['own', bad], two: ['own', bad] })
    expect([both.result.kind, both.asked]).toEqual(['failed', ['one', 'two', 'one', 'two']])
    const other = await play({ one: ['own', bad], two: ['own', 'cut', 'cut', module.zip] })
    expect([other.result.kind, other.asked]).toEqual(['found', ['one', 'two', 'one', 'two', 'two']])
  })

  test('a refusal is final: nothing is asked twice', async () => {
    const { result, ms, asked } = await play({ one: ['own', 'forbidden'], two: ['own', 'unauthorized'] })
    expect([result.kind, ms, asked]).toEqual(['failed', 0, ['one', 'two']])
  })

  test('429 is obeyed: nothing is asked before its time, and an hour is not waited for', async () => {
    const limited = { kind: 'limited', status: 429, retryAfter: '3' } as const
    const { result, ms } = await play({ only: ['own', limited, module.zip] }, { random: 0 })
    expect([result.kind, ms]).toEqual(['found', 3_000])
    const hour = await play({ only: ['own', { ...limited, retryAfter: '3600' }] })
    expect([hour.result.kind, hour.ms, hour.asked.length]).toEqual(['failed', 0, 1])
  })

  test('whoever wanted to be left alone for an hour is still there an hour later', async () => {
    const limited = { kind: 'limited', status: 429, retryAfter: '3600' } as const
    const { pool } = await play({ only: ['own', limited] })
    const [only] = pool.upstreams as [Candidate]
    const turnAt = (ms: number) => pool.turn({ allowed: () => true, tried: new Set(), urgent: false }, ms).kind
    expect([pool.isOut(only), turnAt(0), turnAt(3_602_000)]).toEqual([false, 'none', 'ask'])
  })

  test('what nobody may be asked for is not there, and that is no failure', async () => {
    const { result, asked } = await play({ only: ['own', module.zip] }, { mayAsk: () => false })
    expect([result, asked]).toEqual([{ kind: 'absent' }, []])
  })

  test('a place that comes when it is needed no more is given back', async () => {
    const stopped = AbortSignal.abort()
    const { pool } = await play({ only: ['own', module.zip] }, { signal: stopped, policy: { window: NARROW } })
    const [only] = pool.upstreams as [Candidate]
    expect(pool.turn({ allowed: () => true, tried: new Set(), urgent: false }, 0)).toEqual({
      kind: 'ask',
      upstream: only,
    })
  })

  test('wrong content of everyone is served by nobody', async () => {
    const { result, asked } = await play({ one: ['mirror', other.zip], two: ['own', other.zip] })
    expect([result.kind, asked]).toEqual(['failed', ['one', 'two']])
  })
})
