import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isSignedNote, parseGosumdb, parseLookup } from '../../src/go/gosumdb.ts'
import { anyText } from '../support/builders/text.ts'
import { openGoOracle } from '../support/worlds/go-oracle.ts'

const go = openGoOracle()

interface Database {
  readonly name: string
  readonly verifierKey: string
  readonly privateKey: KeyObject
  readonly hash: Buffer
}

/** A checksum database's keys, made as golang.org/x/mod/sumdb/note describes them. */
function makeDatabase(name: string): Database {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  const key = Buffer.concat([Buffer.from([1]), raw])
  const hash = createHash('sha256').update(`${name}\n`).update(key).digest().subarray(0, 4)
  return { name, verifierKey: `${name}+${hash.toString('hex')}+${key.toString('base64')}`, privateKey, hash }
}

function signNote(text: string, { name, privateKey, hash }: Database): string {
  const signature = Buffer.concat([hash, sign(null, Buffer.from(text), privateKey)])
  return `${text}\n— ${name} ${signature.toString('base64')}\n`
}

const database = makeDatabase('sum.corp.example')
const other = makeDatabase('sum.corp.example')
const module = { path: 'example.com/m', version: 'v1.0.0' }
const ZIP = 'h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='
const MOD = 'h1:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB='
const HEAD = 'go.sum database tree\n42\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n'
const note = signNote(HEAD, database)
const record = `${module.path} ${module.version} ${ZIP}\n${module.path} ${module.version}/go.mod ${MOD}\n`
const lookup = `17\n${record}\n${note}`

describe('a lookup', () => {
  test('that is signed gives the two hashes', () => {
    expect(parseLookup(lookup, module, database.verifierKey)).toEqual({ ok: true, value: { zip: ZIP, mod: MOD } })
    expect(go.ask([{ ask: 'openNote', a: note, b: database.verifierKey }])).toEqual(['true'])
  })

  test.each<[string, string]>([
    ['empty', ''],
    ['HTML', '<!doctype html><title>Please log in</title>'],
    ['without a number', lookup.slice(3)],
    ['without its note', `17\n${record}\n`],
    ['about another module', lookup.replaceAll('example.com/m ', 'example.com/n ')],
    ['about another version', lookup.replaceAll('v1.0.0', 'v1.0.1')],
    ['without the zip’s line', `17\n${record.split('\n')[1]}\n\n${note}`],
    ['without the go.mod’s line', `17\n${record.split('\n')[0]}\n\n${note}`],
    ['with an empty record, as in CVE-2026-42501', `17\n\n${note}`],
    ['signed by another key of the same name', `17\n${record}\n${signNote(HEAD, other)}`],
    ['signed over another head', lookup.replace('\n42\n', '\n43\n')],
    ['with a signature of another name', lookup.replace('— sum.corp.example', '— sum.evil.example')],
    ['without the dash', lookup.replace('— ', '- ')],
    ['with half a signature', lookup.slice(0, -40)],
    ['with other hashes than h1', lookup.replaceAll('h1:', 'h2:')],
  ])('%s is refused', (_, body) => {
    expect(parseLookup(body, module, database.verifierKey)).toMatchObject({
      ok: false,
      problems: [{ code: 'SUMDB_LOOKUP' }],
    })
  })

  test('for a verifier key that is none is refused', () => {
    for (const key of ['', 'x', 'sum.corp.example+00000000+AAAA', `${database.verifierKey}A`])
      expect(parseLookup(lookup, module, key).ok).toBe(false)
  })

  test('of any bytes gives a record or a Problem', () => {
    fc.assert(
      fc.property(fc.nat(lookup.length - 1), anyText({ maxLength: 3 }), (at, noise) => {
        const body = lookup.slice(0, at) + noise + lookup.slice(at + 1)
        const result = parseLookup(body, module, database.verifierKey)
        if (result.ok)
          expect(result.value).toEqual({ zip: expect.stringMatching(/^h1:/), mod: expect.stringMatching(/^h1:/) })
      }),
    )
  })
})

describe('a signed note', () => {
  const another = makeDatabase('sum.other.example')
  const two = `${signNote(HEAD, another)}${note.split('\n\n')[1]}`

  test.each<[string, string, string, boolean]>([
    ['signed', note, database.verifierKey, true],
    ['with a second signature before it', two, database.verifierKey, true],
    ['with its own among two', two, another.verifierKey, true],
    [
      'with a second of its own that is wrong',
      `${note}${signNote('x\n', database).split('\n\n')[1]}`,
      database.verifierKey,
      true,
    ],
    [
      'with a wrong one of its own before it',
      `${signNote('x\n', database).replace('x\n', HEAD)}${note.split('\n\n')[1]}`,
      database.verifierKey,
      false,
    ],
    ['with a line that is no signature', `${note}— sum.corp.example\n`, database.verifierKey, false],
    ['with a signature of no bytes', `${note}— sum.corp.example AAAA\n`, database.verifierKey, false],
    ['with an empty line behind it', `${note}\n`, database.verifierKey, false],
    ['with 100 signatures', note + '— x.example AAAAAAAA\n'.repeat(99), database.verifierKey, true],
    ['with 101 signatures', note + '— x.example AAAAAAAA\n'.repeat(100), database.verifierKey, false],
    ['with a carriage return', note.replace('\n42', '\r\n42'), database.verifierKey, false],
    [
      'for a key whose hash is in capitals',
      note,
      database.verifierKey.replace(/\+.{8}\+/, hash => hash.toUpperCase()),
      true,
    ],
    ['by another key', note, other.verifierKey, false],
    ['changed in one letter', note.replace('tree', 'free'), database.verifierKey, false],
    ['without a final line break', note.trimEnd(), database.verifierKey, false],
    ['without an empty line', note.replace('\n\n', '\n'), database.verifierKey, false],
    ['empty', '', database.verifierKey, false],
  ])('%s: as golang.org/x/mod/sumdb/note says', (_, text, key, valid) => {
    expect(go.ask([{ ask: 'openNote', a: text, b: key }])).toEqual([String(valid)])
    expect(isSignedNote(text, key)).toBe(valid)
  })

  test('every changed byte is noticed, wherever go notices it', () => {
    const changed = Array.from(
      { length: note.length },
      (_, i) => note.slice(0, i) + (note[i] === 'B' ? 'C' : 'B') + note.slice(i + 1),
    )
    const answers = go.ask(changed.map(a => ({ ask: 'openNote', a, b: database.verifierKey })))
    expect(changed.filter((text, i) => isSignedNote(text, database.verifierKey) && answers[i] !== 'true')).toEqual([])
  })
})

describe('a GOSUMDB value', () => {
  const official = { kind: 'database', name: 'sum.golang.org', url: undefined }
  test.each<[string, object]>([
    ['', official],
    ['sum.golang.org', official],
    ['sum.golang.org https://sum.golang.org', { ...official, url: 'https://sum.golang.org' }],
    ['sum.golang.google.cn', { ...official, url: 'https://sum.golang.google.cn' }],
    ['off', { kind: 'off' }],
    [database.verifierKey, { kind: 'database', name: 'sum.corp.example', verifierKey: database.verifierKey }],
    [`  ${database.verifierKey}  https://sum.corp.example/x `, { url: 'https://sum.corp.example/x' }],
  ])('%p', (text, value) => expect(parseGosumdb(text)).toMatchObject({ ok: true, value }))

  test.each([
    'a b c',
    'sum.evil.example',
    'sum.golang.org ftp://x',
    'sum.golang.org https://',
    // `invalid GOSUMDB: malformed verifier id`, says go.
    'off https://x.example',
    'sum.golang.google.cn https://x.example',
    'x+y+z',
    `${database.verifierKey}!`,
    'OFF',
  ])('%p is refused, and not repeated', text => {
    const result = parseGosumdb(text)
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'GOSUMDB_SYNTAX' }] })
  })

  test('verifier keys are what go takes for such', () => {
    const keys = [
      database.verifierKey,
      'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8',
      database.verifierKey.replace('sum.corp', 'sum.other'),
      database.verifierKey.slice(0, -4),
      database.verifierKey.toUpperCase(),
      'a+b',
    ]
    const answers = go.ask(keys.map(a => ({ ask: 'verifierKey', a })))
    expect(keys.map(key => String(parseGosumdb(key).ok))).toEqual(answers)
  })
})
