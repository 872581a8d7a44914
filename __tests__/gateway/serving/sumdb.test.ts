import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { parseRoute, type SumdbRoute } from '../../../src/gateway/serving/route.ts'
import { openSumdb, type SumdbSource } from '../../../src/gateway/serving/sumdb.ts'
import type { Outcome, OutcomeKind } from '../../../src/upstream/outcome.ts'
import { upstreamAt } from '../../support/worlds/gateway.ts'

const NAME = 'sum.corp.example'
const { verifierKey, head } = makeDatabase(NAME)
const LOOKUP = `17\nexample.com/m v1.0.0 h1:AAAA=\nexample.com/m v1.0.0/go.mod h1:BBBB=\n\n${head}`

/** Keys and a signed tree head, as golang.org/x/mod/sumdb/note describes them. */
function makeDatabase(name: string): { readonly verifierKey: string; readonly head: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = Buffer.concat([Buffer.from([1]), publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)])
  const hash = createHash('sha256').update(`${name}\n`).update(key).digest().subarray(0, 4)
  const text = 'go.sum database tree\n42\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n'
  const signature = Buffer.concat([hash, sign(null, Buffer.from(text), privateKey)]).toString('base64')
  return {
    verifierKey: `${name}+${hash.toString('hex')}+${key.toString('base64')}`,
    head: `${text}\n— ${name} ${signature}\n`,
  }
}

/** What a source answers to a request: a text, or how it failed. */
type Behaviour = (request: string) => string | { readonly failed: OutcomeKind }

const sound: Behaviour = request => (request === 'latest' ? head : request.startsWith('lookup/') ? LOOKUP : 'a tile')
const failing: Behaviour = () => ({ failed: 'server error' })

function open(sources: Readonly<Record<string, Behaviour>>, database: { readonly url?: string } = {}) {
  const asked: string[] = []
  let pauses = 0
  const answer = openSumdb({
    database: () => ({ kind: 'database', name: NAME, verifierKey, url: database.url }),
    sources: () =>
      Object.keys(sources).map(
        (name): SumdbSource =>
          name.startsWith('https://sum.')
            ? { kind: 'host', url: name }
            : { kind: 'upstream', upstream: upstreamAt(name) },
      ),
    fetch: async (source, request) => {
      const name = source.kind === 'host' ? source.url : source.upstream.name
      asked.push(`${name} ${request}`)
      const told = sources[name]?.(request) ?? { failed: 'absent' as const }
      return outcome(typeof told === 'string' ? 'found' : told.failed, typeof told === 'string' ? told : '')
    },
    sleepBetweenRounds: async () => {
      pauses++
    },
  })
  return {
    asked,
    pauses: () => pauses,
    get: (request: string, name = NAME) => answer(parseRoute(`/s/sumdb/${name}/${request}`, 's') as SumdbRoute),
  }
}

function outcome(kind: OutcomeKind, body: string): Outcome {
  return {
    kind,
    status: null,
    body: Buffer.from(body),
    bytes: body.length,
    timings: { lookupMs: null, connectMs: null, tlsMs: null, firstByteMs: null, bodyMs: null, totalMs: 0 },
    reused: false,
    reason: kind,
    retryAfter: undefined,
  }
}

const HOST = 'https://sum.corp.example'
const ALIAS = 'https://sum.alias.example'
const OWN = 'https://proxy.corp.example'

describe('whether go should ask us is', () => {
  test('yes once a source has shown a signed tree head, which is looked for once', async () => {
    const { get, asked } = open({ [HOST]: sound, [ALIAS]: sound })
    expect(await get('supported')).toEqual({ status: 200, body: Buffer.alloc(0) })
    expect(await get('supported')).toMatchObject({ status: 200 })
    expect(asked).toEqual([`${HOST} latest`])
  })

  test.each<[string, Behaviour]>([
    ['nobody answers', failing],
    ['all say 200 to everything', () => 'yes'],
    ['the tree head is signed by somebody else', () => makeDatabase(NAME).head],
  ])('no when %s: then go asks the database itself', async (_, behaviour) => {
    expect(await open({ [HOST]: behaviour, [OWN]: behaviour }).get('supported')).toEqual({ status: 404 })
  })

  test('asked again after a no: a network may have come back', async () => {
    let up = false
    const { get } = open({ [HOST]: request => (up ? sound(request) : { failed: 'unreachable' }) })
    expect(await get('supported')).toEqual({ status: 404 })
    up = true
    expect(await get('supported')).toMatchObject({ status: 200 })
  })

  test('no for another database, and where GOSUMDB names a URL, which go asks itself', async () => {
    const other = open({ [HOST]: sound })
    expect(await other.get('supported', 'sum.evil.example')).toEqual({ status: 404 })
    const named = open({ [HOST]: sound }, { url: HOST })
    expect(await named.get('supported')).toEqual({ status: 404 })
    expect([other.asked, named.asked]).toEqual([[], []])
  })
})

describe('a request to the database', () => {
  test('is answered by the source that proved itself, and by the next one when that fails', async () => {
    const { get, asked } = open({
      [HOST]: request => (request === 'latest' ? head : { failed: 'cut' }),
      [ALIAS]: sound,
    })
    await get('supported')
    expect(await get('lookup/example.com/m@v1.0.0')).toEqual({ status: 200, body: Buffer.from(LOOKUP) })
    expect(asked.slice(1)).toEqual([`${HOST} lookup/example.com/m@v1.0.0`, `${ALIAS} lookup/example.com/m@v1.0.0`])
  })

  test.each<[string, string]>([
    ['empty', ''],
    ['about another module', LOOKUP.replaceAll('example.com/m ', 'example.com/n ')],
    ['about another version', LOOKUP.replaceAll('v1.0.0', 'v1.0.1')],
    ['without a record, as in CVE-2026-42501', `17\n\n${head}`],
  ])('is not answered by a lookup that is %s', async (_, lie) => {
    const lying: Behaviour = request => (request.startsWith('lookup/') ? lie : sound(request))
    expect(await open({ [HOST]: lying }).get('lookup/example.com/m@v1.0.0')).toEqual({ status: 502 })
    expect(await open({ [HOST]: lying, [ALIAS]: sound }).get('lookup/example.com/m@v1.0.0')).toMatchObject({
      status: 200,
    })
  })

  const hashes = (count: number) => 'x'.repeat(32 * count)
  test.each<[string, string]>([
    ['tile/8/0/001', hashes(256)],
    ['tile/8/1/000.p/7', hashes(7)],
    ['tile/8/data/000.p/1', 'example.com/m v1.0.0 h1:AAAA=\nexample.com/m v1.0.0/go.mod h1:BBBB=\n\n'],
    ['latest', head],
  ])('%s is what can be one: no login page, nothing cut', async (request, right) => {
    for (const wrong of ['<html>Please log in</html>', right.slice(0, 20), '']) {
      const lying: Behaviour = asked => (asked === 'latest' && request !== 'latest' ? head : wrong)
      const honest: Behaviour = asked => (asked === 'latest' ? head : right)
      // The first one must have shown a tree head to be chosen at all.
      const first: Behaviour = request === 'latest' ? honest : lying
      const { get } = open({ [HOST]: first, [ALIAS]: honest })
      expect(await get(request)).toEqual({ status: 200, body: Buffer.from(right) })
    }
  })

  test('that its own source failed for is asked for longer: a new version may take half a minute', async () => {
    let asked = 0
    const soon: Behaviour = request => {
      if (!request.startsWith('lookup/')) return sound(request)
      return ++asked > 6 ? LOOKUP : { failed: 'absent for now' }
    }
    const { get, pauses } = open({ [HOST]: soon })
    expect(await get('lookup/example.com/m@v1.0.0')).toMatchObject({ status: 200 })
    expect(pauses()).toBe(6)
  })

  test('is 404 when the database itself says so, and 502 after three rounds of failure', async () => {
    const unknown: Behaviour = request => (request.startsWith('lookup/') ? { failed: 'absent' } : sound(request))
    expect(await open({ [HOST]: unknown }).get('lookup/example.com/m@v1.0.0')).toEqual({ status: 404 })
    const down = open({ [HOST]: request => (request === 'latest' ? head : { failed: 'silent' }) })
    expect(await down.get('tile/8/0/001')).toEqual({ status: 502 })
    expect([down.asked.length, down.pauses()]).toEqual([1 + 3, 2])
  })
})
