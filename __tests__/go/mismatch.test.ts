import { expect, test } from '@jest/globals'
import { mismatchesIn } from '../../src/go/mismatch.ts'

const [DOWNLOADED, EXPECTED] = [`h1:${'A'.repeat(43)}=`, `h1:${'B'.repeat(43)}=`]
const module = { path: 'example.com/m', version: 'v1.2.0' }

/** @param label who says otherwise */
const said = (line: string, label: string) =>
  `${line}: checksum mismatch\n\tdownloaded: ${DOWNLOADED}\n\t${label}:     ${EXPECTED}\n\nSECURITY ERROR\nThis download does NOT match.`

test.each([
  ['verifying example.com/m@v1.2.0', 'go.sum', { kind: 'zip', database: undefined }],
  ['go: example.com/m@v1.2.0: verifying example.com/m@v1.2.0/go.mod', 'go.sum', { kind: 'mod', database: undefined }],
  ['go: example.com/m@v1.2.0: verifying module', 'sum.golang.org', { kind: 'zip', database: 'sum.golang.org' }],
  [
    'example.com/m@v1.2.0: verifying go.mod',
    'sum.corp.example:8443',
    { kind: 'mod', database: 'sum.corp.example:8443' },
  ],
])('%s, against %s', (line, label, what) => {
  const mismatch = { module, downloaded: DOWNLOADED, expected: EXPECTED, ...what }
  expect(mismatchesIn(said(line, label))).toEqual([mismatch])
  expect(mismatchesIn(`go: downloading x\n${said(line, label)}\n${said(line, label)}`)).toEqual([mismatch, mismatch])
})

test('without a module, or without both hashes, there is none', () => {
  expect(mismatchesIn(said('go: verifying module', 'sum.golang.org'))).toEqual([])
  expect(mismatchesIn('verifying example.com/m@v1.2.0: checksum mismatch\n\tdownloaded: h1:AAAA=')).toEqual([])
})

test('a line that a server made long is read once, not once for each of its places', () => {
  for (const part of ['a@v', 'verifying a@v: ', 'a: ', 'https://a@v1/', 'verifying go.mod: checksum mismatch '])
    expect(mismatchesIn(`\tfatal: unable to access '${part.repeat((64 << 10) / part.length)}'`)).toEqual([])
})
