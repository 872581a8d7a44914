import { describe, expect, test } from '@jest/globals'
import { findEvidence, findGiven } from '../../src/cache/find-evidence.ts'
import { type Access, type Evidence, isOpenProxy, partByProvenance } from '../../src/cache/provenance.ts'
import { selectFiles } from '../../src/cache/select.ts'
import type { Candidate } from '../../src/candidates/candidate.ts'
import type { GatewayEvent } from '../../src/gateway/telling/events.ts'
import { parseGoproxy } from '../../src/go/goproxy.ts'
import type { Place } from '../../src/places/place.ts'
import { createCandidate } from '../support/builders/candidate.ts'

const module = { path: 'go.vanity.io/Lib', version: 'v1.0.0' }
const key = 'go.vanity.io/Lib@v1.0.0'
const base = 'go.vanity.io/!lib/@v/v1.0.0'
const sums = new Map([
  ['go.vanity.io/Lib v1.0.0', 'h1:zip='],
  ['go.vanity.io/Lib v1.0.0/go.mod', 'h1:mod='],
])
const files = selectFiles({ sums, modules: [module], isLeftOut: () => false })
const targets = ['.mod', '.info', '.zip'].map(end => `${base}${end}`)

const RECORD = `7\ngo.vanity.io/Lib v1.0.0 h1:zip=\ngo.vanity.io/Lib v1.0.0/go.mod h1:mod=\n\ngo.sum database tree\n9\nx=\n`
const REPOSITORY = 'https://git.acme.io/acme/lib'
const info = (origin?: string) =>
  JSON.stringify({ Version: 'v1.0.0', ...(origin && { Origin: { VCS: 'git', URL: origin } }) })

/** The module cache as a table of texts below `/c`. */
async function partedIn(cache: Readonly<Record<string, string>>, known: Partial<Evidence>): Promise<boolean> {
  const evidence = await findEvidence(
    files,
    { before: new Set(), given: new Set(), restored: new Set(), closedProxy: false, ...known },
    '/c',
    {
      readText: async path => cache[path.replaceAll('\\', '/').replace('/c/cache/', '')],
      list: async () =>
        Object.keys(cache)
          .filter(name => /^vcs\/[^/]+$/.test(name))
          .map(name => ({ name: name.slice(4).replace(/\.info$/, ''), kind: 'directory', bytes: 0, modifiedMs: 0 })),
    },
  )
  const { open, unvouched } = partByProvenance(files, evidence)
  expect([...unvouched]).toEqual(open.length === 0 ? [key] : [])
  return open.length > 0
}

const clone = (text: string) => ({ 'vcs/0a1b.info': text })
const said = (origin?: string) => ({ [`download/${base}.info`]: info(origin) })
const record = (text: string, host = 'sum.golang.org') => ({
  [`download/sumdb/${host}/lookup/go.vanity.io/!lib@v1.0.0`]: text,
})
const before = new Set(targets)

describe('whether a module may be stored', () => {
  test.each<[string, Readonly<Record<string, string>>, Partial<Evidence>, boolean]>([
    ['it arrived in this step, from where nobody knows', {}, {}, false],
    ['an open proxy gave it', {}, { given: new Set([key]) }, true],
    ['an open proxy gave another version', {}, { given: new Set(['go.vanity.io/Lib@v1.0.1']) }, false],
    ['it came out of an entry', clone(`git3:${REPOSITORY}`), { restored: new Set([key]) }, true],
    ['the checksum database knows it', { ...record(RECORD), ...clone(`git3:${REPOSITORY}`) }, {}, true],
    ['the checksum database knows other content of it', record(RECORD.replaceAll('h1:', 'h1:other')), {}, false],
    ['a database of the user’s own knows it', record(RECORD, 'sum.acme.io'), {}, false],
    ['it was there, and nothing was ever cloned', {}, { before }, true],
    [
      'it was there, and only its .info is new',
      said(),
      { before: new Set(targets.filter(t => !t.endsWith('.info'))) },
      true,
    ],
    ['it was there, and its zip is new', said(), { before: new Set(targets.filter(t => !t.endsWith('.zip'))) }, false],
    ['it was there, and may have come from a closed proxy', {}, { before, closedProxy: true }, false],
    ['its repository was cloned', { ...clone(`git3:${REPOSITORY}`), ...said(REPOSITORY) }, { before }, false],
    [
      'another one was cloned',
      { ...clone('git3:https://git.acme.io/acme/x\n'), ...said(REPOSITORY) },
      { before },
      true,
    ],
    ['one was cloned, and its .info names none', { ...clone(`git3:${REPOSITORY}`), ...said() }, { before }, true],
    ['one was cloned, and it has no .info', clone(`git3:${REPOSITORY}`), { before }, false],
    [
      'one of another kind was cloned, and its .info names none',
      { ...clone('svn:https://x/'), ...said() },
      { before },
      false,
    ],
    ['a clone does not say of what, and its .info names none', { ...clone(''), ...said() }, { before }, false],
  ])('%s', async (_name, cache, known, expected) => {
    expect(await partedIn(cache, known)).toBe(expected)
  })
})

describe('which proxies are open', () => {
  const place = (host: string, path = ''): Place => ({ host, port: undefined, path })
  const access: Access = {
    privateProxy: undefined,
    logins: [],
    otherLogins: false,
    isPublic: url => url.includes('golang.org'),
  }
  test.each<[string, Partial<Access>, boolean]>([
    ['https://proxy.golang.org', {}, true],
    ['https://proxy.golang.org', { otherLogins: true }, true],
    ['https://user:secret@proxy.golang.org', {}, false],
    ['https://athens.acme.io', {}, true],
    ['https://token@athens.acme.io', {}, false],
    ['https://athens.acme.io', { logins: [place('athens.acme.io')] }, false],
    ['https://athens.acme.io/go', { logins: [place('athens.acme.io', 'go')] }, false],
    ['https://athens.acme.io/go', { logins: [place('athens.acme.io', 'go/private')] }, false],
    ['https://athens.acme.io/go', { logins: [place('athens.acme.io', 'npm'), place('git.acme.io')] }, true],
    ['https://athens.acme.io', { otherLogins: true }, false],
    ['http://127.0.0.1:3000', { otherLogins: true }, true],
    ['https://athens.acme.io/', { privateProxy: 'https://athens.acme.io' }, false],
    ['no URL', {}, false],
  ])('%s with %j: %s', (url, change, expected) => {
    expect(isOpenProxy(url, { ...access, ...change })).toBe(expected)
  })
})

describe('what an open proxy gave', () => {
  const candidate = (goproxy: string): Candidate => {
    const list = parseGoproxy(goproxy)
    if (!list.ok) throw new Error(goproxy)
    return createCandidate({ name: goproxy, list: list.value, configured: true, trust: 'own', incumbent: true })
  }
  const both = candidate('https://open,https://closed')
  const served = (change: Partial<Extract<GatewayEvent, { kind: 'served' }>>): GatewayEvent => ({
    kind: 'served',
    target: `${base}.zip`,
    status: 200,
    bytes: 1,
    atMs: 0,
    ms: 0,
    from: both,
    via: 'https://open',
    proof: 'go.sum',
    ahead: false,
    ...change,
  })
  const given = (
    events: readonly GatewayEvent[],
    answered: readonly (readonly [string, string])[] = [],
    liars: readonly string[] = [],
  ) => [...findGiven({ events, answered: new Map(answered), isOpen: url => url === 'https://open', liars })]
  test.each<[string, readonly string[], readonly string[]]>([
    ['through the gateway', given([served({})]), [key]],
    ['as a go.mod', given([served({ target: `${base}.mod` })]), [key]],
    ['to go itself', given([], [[`${base}.zip`, 'https://open']]), [key]],
    ['not what another one gave', given([served({ via: 'https://closed' })], [[`${base}.zip`, 'https://closed']]), []],
    ['not what one of several gave', given([served({ via: undefined })]), []],
    [
      'what each of several could have given',
      given([served({ via: undefined, from: candidate('https://open') })]),
      [key],
    ],
    ['not what it did not have', given([served({ status: 404 })]), []],
    ['not an .info, which nothing verifies', given([served({ target: `${base}.info` })]), []],
    ['not what came out of an entry', given([served({ from: undefined, via: undefined })]), []],
    ['not what a liar gave', given([served({})], [], ['https://open']), []],
  ])('%s', (_name, found, expected) => {
    expect(found).toEqual(expected)
  })
})
