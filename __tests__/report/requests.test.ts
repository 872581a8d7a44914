import { describe, expect, test } from '@jest/globals'
import type { GatewayEvent } from '../../src/gateway/telling/events.ts'
import { renderReport } from '../../src/report/json.ts'
import { buildReport, type Report } from '../../src/report/report.ts'
import { boundRequests, requestsOfBenchmark, requestsOfGateway } from '../../src/report/requests.ts'
import { findSchemaFaults } from '../support/builders/report-schema.ts'
import { fullStory, request } from '../support/builders/story.ts'
import { upstreamAt } from '../support/worlds/gateway.ts'

const upstream = upstreamAt('https://proxy.example')
const took = { upstream, outcome: 'found', status: 200, bytes: 7, atMs: 5, ms: 2.04, attempt: 0 } as const
const asked = (target: string, change: object = {}): GatewayEvent => ({ kind: 'asked', target, ...took, ...change })

describe('what was asked for', () => {
  test.each([
    ['github.com/!burnt!sushi/toml/@v/v1.4.0.zip', 'github.com/BurntSushi/toml', 'v1.4.0', 'zip'],
    ['example.com/m/@v/v1.0.0.mod', 'example.com/m', 'v1.0.0', 'mod'],
    ['example.com/m/@v/main.info', 'example.com/m', 'main', 'info'],
    ['example.com/m/@v/list', 'example.com/m', null, 'list'],
    ['example.com/m/@latest', 'example.com/m', null, 'latest'],
    ['sumdb/sum.golang.org/lookup/github.com/!a/b@v1.0.0', 'github.com/A/b', 'v1.0.0', 'sumdb'],
    ['sumdb/sum.golang.org/tile/8/0/x001/234', null, null, 'sumdb'],
    ['/', null, null, 'other'],
    ['../..\u001b[31m', null, null, 'other'],
  ])('%s', (target, module, version, file) => {
    const [one] = requestsOfGateway([asked(target)], 0)
    expect(one).toMatchObject({ module, version, file })
  })
})

describe('the gateway’s requests', () => {
  const zip = 'example.com/m/@v/v1.0.0.zip'

  test('say why each was sent, and what became of it', () => {
    const other = upstreamAt('https://user:secret@other.example')
    const events: readonly GatewayEvent[] = [
      asked(zip),
      { kind: 'rejected', target: zip, upstream, via: undefined, fault: 'wrong', what: 'w', atMs: 8 },
      asked(zip, { upstream: other, attempt: 1, outcome: 'silent', status: null }),
      asked(zip, { upstream: other, attempt: 2, hedge: true }),
      asked('/', { status: 404, outcome: 'absent' }),
      { kind: 'warmed', ...took, target: 'example.com/m/@v/v1.0.0.mod' },
      { kind: 'served', ...took, target: zip, from: other, proof: 'go.sum', ahead: true },
    ]
    const requests = requestsOfGateway(events, 100)
    expect(requests.map(({ why, attempt, outcome }) => [why, attempt, outcome])).toEqual([
      ['download', 0, 'wrong content'],
      ['retry', 1, 'silent'],
      ['hedge', 2, 'found'],
      ['alive', 0, 'absent'],
      ['warming', 0, 'found'],
    ])
    expect(JSON.stringify(requests)).not.toContain('secret')
  })

  test('say when a thread hashed what came, which is the last that was found', () => {
    const times = { upstream, target: zip, atMs: 9.0004, ms: 1.0004 }
    const events = [asked(zip), asked(zip, { outcome: 'stopped' }), { kind: 'hashed', ...times } as const]
    const requests = requestsOfGateway(events, 100)
    expect(requests[0]).toMatchObject({ hashStartMs: 109, hashMs: 1.001 })
    expect(requests[1]).not.toHaveProperty('hashMs')
  })

  test('count their times from the process’s first work', () => {
    const [one] = requestsOfGateway([asked(zip, { firstByteMs: 1.26 })], 100)
    expect(one).toMatchObject({ startMs: 105, ms: 2, firstByteMs: 1.3 })
    expect(requestsOfGateway([asked(zip)], 100)[0]?.firstByteMs).toBeNull()
  })
})

test('the probes’ times count from there, too', () => {
  const probe = { upstream: 'https://p.example', object: 'example.com/m/@v/v1.0.0.mod', purpose: 'latency' } as const
  const rest = { outcome: 'found', status: 200, ms: 13, firstByteMs: 12, bytes: 9, attempt: 1 }
  expect(requestsOfBenchmark([{ ...probe, ...rest, sentMs: 1_050 }], 1_000)).toEqual([
    request({ module: 'example.com/m', file: 'mod', proxy: 'https://p.example', why: 'latency', startMs: 50, ...rest }),
  ])
})

describe('in the report', () => {
  test('they are in order, and of too many the shortest are left out', () => {
    const all = [5, 1, 9, 3].map((ms, i) => request({ ms, startMs: 100 - i }))
    const { requests, requestsLeftOut } = boundRequests(all, 3)
    expect(requests.map(({ ms, startMs }) => [startMs, ms])).toEqual([
      [97, 3],
      [98, 9],
      [100, 5],
    ])
    expect(requestsLeftOut).toBe(1)
  })

  test('each stands on a line of its own, which the schema knows', () => {
    const hostile = '\u2028</script>##[group]\u202e\ud800'
    const story = fullStory({ requests: [request({ proxy: hostile }), request()] })
    const report = buildReport(story)
    const text = renderReport(report)
    const read: Report = JSON.parse(text)
    expect(read).toEqual(JSON.parse(JSON.stringify(report)))
    expect(findSchemaFaults(read)).toEqual([])
    expect(text.split('\n').filter(line => line.startsWith('    {"module"'))).toHaveLength(2)
    expect(text).not.toMatch(/[\u2028\u202e]|##\[/)
  })

  test('10,000 take at most 3 MB', () => {
    const module = 'github.com/some-organisation/some-repository/module'
    const requests = Array.from({ length: 10_000 }, (_, i) => request({ module: `${module}${i}`, startMs: i }))
    expect(renderReport(buildReport(fullStory({ requests }))).length).toBeLessThan(3_000_000)
  })
})
