import { generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto'
import { get as httpGet, type IncomingHttpHeaders } from 'node:http'
import { get as httpsGet } from 'node:https'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { buildModule, goSumOf } from '../../src/demo/modules.ts'
import { signOwnCertificate } from '../../src/drill/certificate.ts'
import type { FrontEvent } from '../../src/drill/events.ts'
import { type FrontCertificates, openFront } from '../../src/drill/front.ts'
import { parsePlan } from '../../src/drill/plan.ts'
import { settle } from '../../src/drill/schedule.ts'
import { findWrong, openStore, placePrivate } from '../../src/drill/store.ts'
import { objectPath } from '../../src/go/escape.ts'
import { parseGoSum } from '../../src/go/gosum.ts'
import { downloadPath } from '../../src/go/module-cache.ts'
import { systemClock } from '../../src/runner/clock.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { realFiles } from '../support/worlds/effects.ts'

const cleanUp = cleanUpAfterEach()

/** At 1 kB/s more than two minutes. */
const LARGE = { 'data.go': `package a\n\n// ${randomBytes(80_000).toString('hex')}\n` }
const modules = ['a', 'b'].map(name => buildModule({ path: `example.com/${name}`, version: 'v1.0.0', files: LARGE }))
const project = { modules, perhaps: { modules: [], missing: [] }, sums: parseGoSum(goSumOf(modules)).hashes }
const ZIP = 'example.com/a/@v/v1.0.0.zip'
const MOD = 'example.com/a/@v/v1.0.0.mod'

/** A module cache with all of them. */
async function fill(): Promise<string> {
  const directory = cleanUp.directory('drill-')
  for (const module of modules) {
    for (const kind of ['info', 'mod', 'zip'] as const)
      await realFiles.makeDirectory(join(downloadPath(directory, objectPath(module, kind) ?? ''), '..'))
    for (const kind of ['info', 'mod', 'zip'] as const)
      await realFiles.write(downloadPath(directory, objectPath(module, kind) ?? ''), module[kind])
    await realFiles.write(`${downloadPath(directory, objectPath(module, 'zip') ?? '')}hash`, module.h1)
  }
  return directory
}

async function storeOf(directory: string, privatePatterns = '') {
  const store = await openStore(directory, { project, privatePatterns }, 'all', realFiles)
  if (store === undefined) throw new Error('the store is not whole')
  return store
}

interface Answer {
  /** Or the code of an error. */
  readonly status: number | string | undefined
  readonly headers?: IncomingHttpHeaders
  readonly body?: Buffer
}

async function frontWith(line: string, tls?: FrontCertificates) {
  const plan = parsePlan(line, 'plan')
  const [trouble] = plan.ok ? settle(plan.value, 1) : []
  const events: FrontEvent[] = []
  const front = cleanUp(
    await openFront({
      store: await storeOf(await fill()),
      latencyMs: 0,
      trouble,
      tls,
      clock: systemClock,
      onEvent: event => events.push(event),
    }),
  )
  front.start()
  const get: typeof httpsGet = tls === undefined ? httpGet : httpsGet
  const options = { agent: false, ...(tls && { ca: [tls.valid, tls.expired] }) }
  const ask = (target: string) =>
    new Promise<Answer>(resolve => {
      const fail = (error: NodeJS.ErrnoException) => resolve({ status: error.code })
      get(`${front.url}/${target}`, options, response => {
        const chunks: Buffer[] = []
        response
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .once('error', fail)
          .once('end', () =>
            resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }),
          )
      }).once('error', fail)
    })
  return { ask, events, met: () => events.filter(({ what }) => what === 'met').length }
}

const [first] = modules
const OTHER = Buffer.from('\n// not as published\n')

describe('a front', () => {
  test('that is sound answers from the store, and nothing else', async () => {
    const { ask, events } = await frontWith('sound')
    expect(await ask(ZIP)).toMatchObject({ status: 200, body: first?.zip })
    expect((await ask('example.com/a/@v/v2.0.0.zip')).status).toBe(404)
    expect((await ask('..%2f..%2fetc%2fpasswd')).status).toBe(404)
    expect((await ask('%ff')).status).toBe(404)
    expect(events).toEqual([expect.objectContaining({ what: 'sound', path: ZIP })])
  })

  test.each([
    ['cut after=0', ZIP, { status: 'ECONNRESET' }],
    ['wrong-zip after=0', ZIP, { status: 200, body: modules[1]?.zip }],
    ['wrong-mod after=0', MOD, { status: 200, body: Buffer.concat([first?.mod ?? Buffer.of(), OTHER]) }],
    ['limited after=0', MOD, { status: 429 }],
    ['unavailable status=503 after=0', MOD, { status: 503 }],
    ['killed after=0', MOD, { status: 'ECONNRESET' }],
    ['closed after=0', MOD, { status: 'ECONNREFUSED' }],
    ['slow latency=1ms rate=1kB/s after=0', MOD, { status: 200, body: first?.mod }],
  ])('%s', async (line, target, answer) => {
    const { ask, met } = await frontWith(`${line} for=ever`)
    expect(await ask(target)).toEqual(expect.objectContaining(answer))
    expect(met()).toBe(1)
  })

  test('what trickles when the trouble ends comes at once from then on', async () => {
    const { ask } = await frontWith('slow latency=1ms rate=1kB/s after=0 for=300ms')
    expect(await ask(ZIP)).toMatchObject({ status: 200, body: first?.zip })
  })

  test('Retry-After is sent where the plan says so', async () => {
    const { ask } = await frontWith('limited retry-after=7s after=0 for=ever')
    expect((await ask(MOD)).headers?.['retry-after']).toBe('7')
  })

  test('silent: nothing comes', async () => {
    const { ask, met } = await frontWith('silent after=0 for=ever')
    const answer = ask(MOD)
    const late = systemClock.sleep(100).then(() => 'nothing')
    expect(await Promise.race([answer, late])).toBe('nothing')
    expect(met()).toBe(1)
  })

  test('lies touch only what go.sum can show', async () => {
    const { ask, met } = await frontWith('wrong-zip after=0 for=ever')
    expect(await ask(MOD)).toMatchObject({ status: 200, body: first?.mod })
    expect(met()).toBe(0)
  })

  test('trouble begins after so many answers, ends, and comes again', async () => {
    const { ask } = await frontWith('unavailable status=500 after=2 for=400ms times=2')
    const seen: unknown[] = []
    for (let tries = 0; seen.length < 5 && tries < 4_000; tries++) {
      const { status } = await ask(MOD)
      if (status !== seen.at(-1)) seen.push(status)
      await systemClock.sleep(5)
    }
    expect(seen).toEqual([200, 500, 200, 500, 200])
  })

  test('a port that was closed opens again', async () => {
    const { ask } = await frontWith('closed after=1 for=100ms')
    expect((await ask(MOD)).status).toBe(200)
    let status: unknown
    for (let tries = 0; status !== 200 && tries < 1_000; tries++) {
      await systemClock.sleep(20)
      status = (await ask(MOD)).status
    }
    expect(status).toBe(200)
  })
})

describe('a store', () => {
  test('that lacks a file, or has another one, is none', async () => {
    const directory = await fill()
    await realFiles.write(downloadPath(directory, ZIP), modules[1]?.zip ?? '')
    expect(await openStore(directory, { project, privatePatterns: '' }, 'all', realFiles)).toBeUndefined()
    expect(await findWrong(directory, { project, privatePatterns: '' }, realFiles)).toEqual([ZIP])
    await realFiles.remove(downloadPath(directory, ZIP))
    expect(await openStore(directory, { project, privatePatterns: '' }, 'all', realFiles)).toBeUndefined()
    expect(await findWrong(directory, { project, privatePatterns: '' }, realFiles)).toEqual([])
  })

  test('gives private modules to the module cache, and to no front', async () => {
    const privatePatterns = 'example.com/a'
    const store = await storeOf(await fill(), privatePatterns)
    expect(await store.read(ZIP)).toBeUndefined()
    expect(await store.read('example.com/b/@v/v1.0.0.zip')).toEqual(modules[1]?.zip)
    const empty = cleanUp.directory('drill-')
    await placePrivate(store, { project, privatePatterns }, empty, realFiles)
    expect(await realFiles.read(downloadPath(empty, ZIP))).toEqual(first?.zip)
    expect(await realFiles.readText(`${downloadPath(empty, ZIP)}hash`)).toBe(first?.h1)
    expect(await realFiles.read(downloadPath(empty, 'example.com/b/@v/v1.0.0.zip'))).toBeUndefined()
  })
})

describe('a certificate', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const day = (days: number) => new Date(Math.floor(Date.now() / 1000) * 1000 + days * 86_400_000)
  const certificateFor = (from: number, to: number) => signOwnCertificate(privateKey, day(from), day(to))

  test('is what it should be', () => {
    const certificate = new X509Certificate(certificateFor(-1, 1))
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1')
    expect(certificate.verify(certificate.publicKey)).toBe(true)
    expect([certificate.ca, new Date(certificate.validTo)]).toEqual([true, day(1)])
  })

  test('is accepted by who trusts it, until it has expired: on a front that is in trouble', async () => {
    const [valid, expired] = [certificateFor(-1, 1), certificateFor(-2, -1)]
    const { ask } = await frontWith('expired after=1 for=ever', { key, valid, expired })
    expect([(await ask(MOD)).status, (await ask(MOD)).status]).toEqual([200, 'CERT_HAS_EXPIRED'])
  })
})
