import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { systemFiles } from '../../src/runner/files.ts'
import { systemRandom } from '../../src/runner/random.ts'

const files = systemFiles(systemRandom)
const onPosix = process.platform === 'win32' ? test.skip : test
let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'files-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('write', () => {
  test('replaces the file and leaves nothing else behind', async () => {
    await files.write(join(root, 'a'), 'old')
    await files.write(join(root, 'a'), Buffer.from('new'))
    expect(readFileSync(join(root, 'a'), 'utf8')).toBe('new')
    expect(readdirSync(root)).toEqual(['a'])
  })

  onPosix('gives the mode asked for, and keeps the one a file had', async () => {
    const mode = (name: string) => statSync(join(root, name)).mode & 0o777
    await files.write(join(root, 'secret'), 'x', 0o600)
    expect(mode('secret')).toBe(0o600)
    writeFileSync(join(root, 'kept'), '', { mode: 0o640 })
    await files.write(join(root, 'kept'), 'x')
    expect(mode('kept')).toBe(0o640)
  })

  onPosix('replaces a link instead of writing through it', async () => {
    writeFileSync(join(root, 'victim'), 'untouched')
    symlinkSync('victim', join(root, 'link'))
    await files.write(join(root, 'link'), 'x')
    expect(readFileSync(join(root, 'victim'), 'utf8')).toBe('untouched')
    expect(readFileSync(join(root, 'link'), 'utf8')).toBe('x')
  })

  test('leaves no temporary file when the rename fails', async () => {
    await files.makeDirectory(join(root, 'directory/child'))
    await expect(files.write(join(root, 'directory'), 'x')).rejects.toThrow()
    expect(readdirSync(root)).toEqual(['directory'])
  })
})

describe('append', () => {
  test('makes the file and adds to it', async () => {
    await files.append(join(root, 'log'), 'a\n')
    await files.append(join(root, 'log'), 'b\n')
    expect(readFileSync(join(root, 'log'), 'utf8')).toBe('a\nb\n')
  })

  onPosix('refuses a link', async () => {
    symlinkSync('victim', join(root, 'link'))
    await expect(files.append(join(root, 'link'), 'x')).rejects.toThrow(/ELOOP/)
  })
})

describe('remove', () => {
  onPosix('removes a link and leaves what it points to, also behind a slash', async () => {
    await files.makeDirectory(join(root, 'target'))
    writeFileSync(join(root, 'target/file'), '')
    for (const path of ['link', 'link/']) {
      symlinkSync('target', join(root, 'link'))
      await files.remove(join(root, path))
      expect(readdirSync(root)).toEqual(['target'])
    }
    await files.makeDirectory(join(root, 'outer'))
    symlinkSync('../target', join(root, 'outer/inner'))
    await files.remove(join(root, 'outer'))
    expect(readdirSync(join(root, 'target'))).toEqual(['file'])
  })

  test('is silent when there is nothing', async () => {
    await files.remove(join(root, 'nothing/at/all'))
  })
})

describe('looking', () => {
  test('answers undefined or nothing for what is not there', async () => {
    writeFileSync(join(root, 'file'), '')
    for (const path of [join(root, 'none'), join(root, 'file/below')]) {
      expect(await files.read(path)).toBeUndefined()
      expect(await files.readText(path)).toBeUndefined()
      expect(await files.kind(path)).toBeUndefined()
      expect(await files.realPath(path)).toBeUndefined()
      expect(await files.list(path)).toEqual([])
    }
  })

  test('other failures reject', async () => {
    await expect(files.read(root)).rejects.toThrow(/EISDIR/)
  })

  onPosix('lists kinds without following links, and tells the kind of what a link points to', async () => {
    writeFileSync(join(root, 'file'), 'four')
    await files.makeDirectory(join(root, 'directory'))
    symlinkSync('file', join(root, 'link'))
    const entries = await files.list(root)
    expect(entries.map(({ name, kind }) => [name, kind]).sort()).toEqual([
      ['directory', 'directory'],
      ['file', 'file'],
      ['link', 'other'],
    ])
    expect(entries.find(({ name }) => name === 'file')?.bytes).toBe(4)
    expect(await files.kind(join(root, 'link'))).toBe('file')
  })

  onPosix('temporary directories are for us alone', async () => {
    const path = await files.makeTemporaryDirectory(root, 'ours-')
    expect(statSync(path).mode & 0o777).toBe(0o700)
  })
})

describe('files that move', () => {
  test('a link is another name of the file, and takes no other’s place', async () => {
    writeFileSync(join(root, 'a'), 'x')
    await files.link(join(root, 'a'), join(root, 'b'))
    expect(statSync(join(root, 'b')).ino).toBe(statSync(join(root, 'a')).ino)
    await expect(files.link(join(root, 'a'), join(root, 'b'))).rejects.toMatchObject({ code: 'EEXIST' })
  })

  test('a moved file is at its new place alone, also on another file system', async () => {
    const elsewhere = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
    const other = mkdtempSync(join(elsewhere, 'files-'))
    try {
      writeFileSync(join(root, 'a'), 'x')
      await files.move(join(root, 'a'), join(other, 'b'))
      expect([readdirSync(root), readdirSync(other)]).toEqual([[], ['b']])
      expect(readFileSync(join(other, 'b'), 'utf8')).toBe('x')
    } finally {
      rmSync(other, { recursive: true })
    }
  })

  test('what is written from beginning to end can be read here and there; nothing is overwritten', async () => {
    const file = await files.create(join(root, 'a'))
    await file.write(Buffer.from('abc'))
    await file.write(Buffer.from('def'))
    await file.close()
    const opened = await files.open(join(root, 'a'))
    expect([opened?.size, (await opened?.read(2, 100))?.toString(), (await opened?.read(9, 1))?.length]).toEqual([
      6,
      'cdef',
      0,
    ])
    await opened?.close()
    await expect(files.create(join(root, 'a'))).rejects.toMatchObject({ code: 'EEXIST' })
  })

  onPosix('a link is no file to read, and nothing is created through one', async () => {
    writeFileSync(join(root, 'victim'), 'x')
    symlinkSync('victim', join(root, 'link'))
    expect(await files.open(join(root, 'link'))).toBeUndefined()
    expect(await files.open(root)).toBeUndefined()
    symlinkSync('nowhere', join(root, 'dangling'))
    await expect(files.create(join(root, 'dangling'))).rejects.toMatchObject({ code: 'EEXIST' })
  })
})
