import fc from 'fast-check'
import type { Measurement } from '../../../src/benchmark/ranking.ts'
import type { Setting } from '../../../src/choice/choice.ts'
import { EMPTY_PROJECT } from '../../../src/project/project.ts'
import type { RequestReport } from '../../../src/report/requests.ts'
import { type Story, untoldStory } from '../../../src/report/story.ts'
import { upstreamAt } from '../worlds/gateway.ts'
import { goSettings } from './settings.ts'

/** Told before anything was known. */
export function emptyStory(change: Partial<Story> = {}): Story {
  return { ...untoldStory('1.2.3', 0, [], []), ...change }
}

export function request(change: Partial<RequestReport> = {}): RequestReport {
  return {
    module: 'example.com/a',
    version: 'v1.0.0',
    file: 'zip',
    proxy: 'https://proxy.example',
    why: 'download',
    attempt: 0,
    startMs: 800,
    ms: 300,
    firstByteMs: 20,
    bytes: 9_000_000,
    status: 200,
    outcome: 'found',
    ...change,
  }
}

/** Requests whose texts are hostile, and whose times are any. */
export function anyRequests(hostile: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<readonly RequestReport[]> {
  const [text, ms] = [fc.option(hostile), fc.double({ min: 0, max: 20_000, noNaN: true })]
  const change = fc.record({ module: text, version: text, proxy: hostile, outcome: hostile, startMs: ms, ms })
  return fc.array(
    change.map(one => request(one)),
    { maxLength },
  )
}

export function measurement(url: string, change: Partial<Measurement> = {}): Measurement {
  return {
    candidate: upstreamAt(url),
    verdict: 'ok',
    reason: 'content verified',
    usable: true,
    lookupMs: 1,
    connectMs: 12,
    tlsMs: 25.4,
    firstByteMs: 13.2,
    bytesPerSecond: 42_000_000,
    predictedSeconds: 2.345,
    sumdb: 'works',
    probes: [{ object: 'a/@v/v1.0.0.mod', purpose: 'latency', outcome: 'found', ms: 13, bytes: 100 }],
    ...change,
  }
}

const setting = (name: Setting['name'], value: string, why: string, changed = true): Setting => ({
  name,
  value,
  from: changed ? 'go-proxy-setup' : 'default',
  why,
  changed,
  scope: 'job',
})

/** A job in which everything happened. */
export function fullStory(change: Partial<Story> = {}): Story {
  const [good, bad] = ['https://proxy.example', 'https://other.example']
  const modules = ['a', 'b', 'c'].map(name => ({ path: `example.com/${name}`, version: 'v1.0.0' }))
  return emptyStory({
    startMs: 5_000,
    settings: goSettings(),
    project: {
      ...EMPTY_PROJECT,
      directories: [
        { path: '/w', name: '.', kind: 'module', vendored: false, modFiles: ['/w/go.mod'], sumFiles: ['/w/go.sum'] },
      ],
      modules,
      missing: modules,
      listed: modules,
      goLine: '1.21',
      mainModules: ['example.com/main'],
    },
    ranking: {
      measurements: [
        measurement(good),
        measurement(bad, {
          verdict: 'tampered',
          usable: false,
          reason: 'its content does not match go.sum',
          predictedSeconds: null,
          bytesPerSecond: null,
        }),
      ],
      requests: [],
      seconds: 0.52,
      bytes: 1_234_567,
      joined: undefined,
      capped: false,
      pinned: false,
      expectedBytes: 12_000_000,
    },
    choice: {
      proxy: good,
      settings: [
        setting('GOPROXY', `${good},direct`, 'proxy.example is the fastest measured'),
        setting('GOSUMDB', 'sum.golang.org', 'as it was', false),
      ],
      rounds: [`${good},direct`],
      lastTry: `${good},direct`,
      upstreams: [upstreamAt(good)],
      tail: 'direct',
      laterTail: 'direct',
      usable: true,
      carried: { privateDomains: [], sheltered: [], privateProxy: undefined },
      warnings: [],
    },
    download: {
      outcome: 'done',
      seconds: 1.5,
      pace: { fetchingSeconds: 0.4, plainGoSeconds: 9.5 },
      modules: 3,
      bytes: 12_300_000,
      attempts: [
        {
          directory: '.',
          goproxy: `${good},direct`,
          startedMs: 5_800,
          seconds: 1.4,
          outcome: 'done',
          failure: undefined,
          arrived: 3,
          requests: 11,
        },
      ],
      requests: 11,
      retries: 0,
      failovers: 0,
      slowest: [{ path: 'example.com/a', version: 'v1.0.0', seconds: 0.9, bytes: 9_000_000, isPublic: true }],
      quarantined: [],
      spared: [],
      said: [],
      toolchain: undefined,
      wantedSums: [],
      answered: new Map(),
      failure: undefined,
      warnings: [],
    },
    gateway: {
      requests: 11,
      bytes: 12_400_000,
      retries: 2,
      failovers: 1,
      hedges: 0,
      rejected: 1,
      served: 9,
      servedAhead: 8,
      placed: 40,
      upstreams: [
        { name: good, requests: 9, bytes: 12_300_000, failures: 0, reasons: [], rejected: 0 },
        {
          name: bad,
          requests: 2,
          bytes: 100_000,
          failures: 1,
          reasons: [{ what: 'it refuses (403)', count: 1 }],
          rejected: 1,
        },
      ],
      warmed: [],
    },
    requests: [
      request({ why: 'latency', file: 'mod', startMs: 240, ms: 13, firstByteMs: 12, bytes: 100 }),
      request({ proxy: bad, startMs: 760, ms: 200, outcome: 'wrong content', bytes: 100_000 }),
      request({ startMs: 960, ms: 900, attempt: 1, why: 'retry' }),
      request({ module: 'example.com/b', startMs: 960, ms: 100, bytes: 300_000 }),
    ],
    phases: [
      { name: 'read the project', startMs: 120, ms: 110 },
      { name: 'benchmark', startMs: 230, ms: 520 },
      { name: 'download', startMs: 750, ms: 1_500 },
    ],
    warnings: [{ code: 'PROXY_SENT_WRONG_CONTENT', message: 'other.example sent wrong content.', hint: 'Remove it.' }],
    ...change,
  })
}
