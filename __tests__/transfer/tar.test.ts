import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readTar, TarError } from '../../src/transfer/tar.ts'
import { buildMember, buildTar, type Member, paxRecord } from '../support/builders/tar.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'

/** Contents by name. */
async function unpack(archive: Buffer, chunkBytes = 1 << 16): Promise<Record<string, string>> {
  const chunks: Buffer[] = []
  for (let at = 0; at < archive.length; at += chunkBytes) chunks.push(archive.subarray(at, at + chunkBytes))
  const found: Record<string, string> = {}
  let name = ''
  for await (const event of readTar(Readable.from(chunks))) {
    if (event.kind === 'file') {
      name = event.name
      found[name] = ''
    } else if (event.kind === 'data') found[name] += event.chunk.toString('latin1')
  }
  return found
}

const file = (name: string, content = 'x'): Member => ({ name, content })

const cleanUp = cleanUpAfterEach()

describe('reading an archive', () => {
  test('names, contents and sizes, however the bytes are cut', async () => {
    const member = fc.record({
      name: fc
        .array(fc.stringMatching(/^[a-z!@.]{0,20}[a-z]$/), { minLength: 1, maxLength: 12 })
        .map(parts => parts.join('/')),
      content: fc.string({ unit: 'grapheme-ascii', maxLength: 2_000 }),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(member, { selector: ({ name }) => name, maxLength: 8 }),
        fc.integer({ min: 1, max: 700 }),
        async (members, chunkBytes) => {
          const expected = Object.fromEntries(members.map(({ name, content }) => [name, content]))
          expect(await unpack(buildTar(members), chunkBytes)).toEqual(expected)
        },
      ),
      { numRuns: 200 },
    )
  })

  test.each(['posix', 'gnu', 'ustar'])('what tar itself makes of files with long names (--format=%s)', async format => {
    const root = cleanUp.directory('tar-')
    const deep = format === 'ustar' ? 'deep/er' : `${'deep/'.repeat(30)}${'n'.repeat(120)}`
    const files = { 'a.mod': 'module a\n', [`${deep}/@v/v1.0.0+x.zip`]: 'zip'.repeat(1_000), empty: '' }
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true })
      writeFileSync(join(root, name), content)
    }
    const archive = execFileSync('tar', [`--format=${format}`, '-cf', '-', '-P', '-C', root, '.'], {
      maxBuffer: 1 << 26,
    })
    expect(await unpack(archive)).toEqual(files)
  })

  const refused: Readonly<Record<string, Buffer>> = {
    'an absolute name': buildTar([file('/etc/passwd')]),
    'an absolute name of Windows': buildTar([file('C:/Windows/x')]),
    'a name that leads out': buildTar([file('a/../../x')]),
    'a name that leads out by its prefix': buildTar([{ ...file('x'), prefix: '../up' }]),
    'a name that leads out by a pax header': Buffer.concat([
      buildMember({ name: 'pax', type: 'x', content: paxRecord('path', '../x') }),
      buildTar([file('x')]),
    ]),
    'a name that leads out by GNU’s long name': Buffer.concat([
      buildMember({ name: '././@LongLink', type: 'L', content: '../x\0' }),
      buildTar([file('x')]),
    ]),
    'a backslash': buildTar([file('a\\..\\x')]),
    'a symbolic link': buildTar([{ name: 'x', type: '2', linkTo: '/etc/passwd' }]),
    'a hard link': buildTar([{ name: 'x', type: '1', linkTo: '/etc/passwd' }]),
    'a device': buildTar([{ name: 'x', type: '3' }]),
    'a named pipe': buildTar([{ name: 'x', type: '6' }]),
    'a sparse file': Buffer.concat([
      buildMember({ name: 'pax', type: 'x', content: paxRecord('GNU.sparse.major', '1') }),
      buildTar([file('x')]),
    ]),
    'no archive at all': Buffer.from('<html>'.repeat(200)),
    'half an archive': buildTar([file('x', 'y'.repeat(5_000))]).subarray(0, 2_000),
    nothing: Buffer.alloc(0),
  }
  test.each(Object.entries(refused))('%s is refused', async (_name, archive) => {
    await expect(unpack(archive)).rejects.toThrow(TarError)
  })

  test('any bytes end in a list or a TarError, never in a name that leads out', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(3_000), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        async changes => {
          const archive = Buffer.from(buildTar([file('a/b.mod', 'm'.repeat(600)), file('c.zip', 'z')]))
          for (const [at, byte] of changes) archive[at % archive.length] = byte
          const names = await unpack(archive).then(Object.keys, error => {
            expect(error).toBeInstanceOf(TarError)
            return []
          })
          for (const name of names) expect(name).not.toMatch(/^\/|(^|\/)\.\.(\/|$)/)
        },
      ),
      { numRuns: 1_000 },
    )
  })
})
