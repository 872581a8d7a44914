import { execFileSync, spawn } from 'node:child_process'
import {
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text as textOf } from 'node:stream/consumers'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { systemFiles } from '../../src/runner/files.ts'
import { systemRandom } from '../../src/runner/random.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'

const files = systemFiles(systemRandom)
const onPosix = process.platform === 'win32' ? test.skip : test
const cleanUp = cleanUpAfterEach()
let root: string

beforeEach(() => {
  root = cleanUp.directory('files-')
})

describe('makeDirectory', () => {
  test('makes those above it, takes what is there, and says why it cannot', async () => {
    const path = join(root, 'a/b/c')
    await files.makeDirectory(path, 0o700)
    await files.makeDirectory(path)
    expect(existsSync(path)).toBe(true)
    writeFileSync(join(root, 'file'), '')
    await expect(files.makeDirectory(join(root, 'file'))).rejects.toMatchObject({ code: 'EEXIST' })
    await expect(files.makeDirectory(join(root, 'file/a'))).rejects.toMatchObject({ code: 'ENOTDIR' })
  })

  // In Node's own way this would never end.
  const onLinux = process.platform === 'linux' ? test : test.skip
  onLinux('ends where a file system says that a new directory is not there', async () => {
    await expect(files.makeDirectory('/proc/none/below')).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('makes directories beside each other at the same time, below one that nobody has made yet', async () => {
    for (let round = 0; round < 100; round++) {
      const below = (i: number) => join(root, String(round), 'outer', 'inner', String(i))
      const made = Array.from({ length: 6 }, (_, i) => files.makeDirectory(below(i)))
      expect(await Promise.allSettled(made)).toEqual(made.map(() => ({ status: 'fulfilled', value: undefined })))
    }
  })
})

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

describe('deliver, to a path that the user named', () => {
  const withMemory = existsSync('/dev/shm') ? test : test.skip
  withMemory('a file below /dev is a file like any other', async () => {
    const directory = mkdtempSync('/dev/shm/files-')
    try {
      const path = join(directory, 'report.json')
      await files.deliver(path, 'a longer report')
      await files.deliver(path, 'short')
      expect(readFileSync(path, 'utf8')).toBe('short')
    } finally {
      rmSync(directory, { recursive: true })
    }
  })

  test('is like write and append where there is a file or nothing', async () => {
    await files.deliver(join(root, 'a'), 'one')
    await files.deliver(join(root, 'a'), 'two')
    await files.deliver(join(root, 'a'), '+', { append: true })
    expect(readFileSync(join(root, 'a'), 'utf8')).toBe('two+')
    expect(readdirSync(root)).toEqual(['a'])
    await expect(files.deliver(root, 'x')).rejects.toThrow()
  })

  onPosix('goes through the user’s own link, to a file that is there or not', async () => {
    writeFileSync(join(root, 'target'), 'old')
    symlinkSync('target', join(root, 'link'))
    symlinkSync('new', join(root, 'dangling'))
    await files.deliver(join(root, 'link'), 'a')
    await files.deliver(join(root, 'link'), 'b', { append: true })
    await files.deliver(join(root, 'dangling'), 'c')
    expect(['target', 'new'].map(name => readFileSync(join(root, name), 'utf8'))).toEqual(['ab', 'c'])
    expect(['link', 'dangling'].map(name => lstatSync(join(root, name)).isSymbolicLink())).toEqual([true, true])
  })

  onPosix('does not follow a link that leads out of a directory that others fill', async () => {
    await files.makeDirectory(join(root, 'workspace'))
    for (const name of ['victim', 'log']) {
      writeFileSync(join(root, name), 'untouched')
      symlinkSync(join('..', name), join(root, 'workspace', name))
    }
    const how = { confinedTo: join(root, 'workspace') }
    await files.deliver(join(root, 'workspace/victim'), 'x', how)
    await expect(files.deliver(join(root, 'workspace/log'), 'x', { ...how, append: true })).rejects.toThrow(/ELOOP/)
    expect(['victim', 'log'].map(name => readFileSync(join(root, name), 'utf8'))).toEqual(['untouched', 'untouched'])
    expect(readFileSync(join(root, 'workspace/victim'), 'utf8')).toBe('x')
    symlinkSync('inside', join(root, 'workspace/link'))
    await files.deliver(join(root, 'workspace/link'), 'y', how)
    expect(readFileSync(join(root, 'workspace/inside'), 'utf8')).toBe('y')
  })

  describe('a link on the way, in a directory that others fill', () => {
    let workspace: string
    beforeEach(() => {
      workspace = join(root, 'workspace')
      for (const path of ['outside', 'workspace/inside', 'workspace/deep'])
        mkdirSync(join(root, path), { recursive: true })
      symlinkSync(join(root, 'outside'), join(workspace, 'reports'))
      symlinkSync('../../outside', join(workspace, 'deep/reports'))
      symlinkSync('inside', join(workspace, 'here'))
      symlinkSync('reports/new', join(workspace, 'dangling'))
      symlinkSync(join(root, 'nowhere'), join(workspace, 'gone'))
      symlinkSync('workspace', join(root, 'alias'))
    })
    /** Everything that lies outside and did not before. */
    const strays = () =>
      [...readdirSync(join(root, 'outside')), ...readdirSync(root)].filter(name => /r\.json|new/.test(name))

    onPosix.each([
      'workspace/reports/r.json',
      'workspace/deep/reports/r.json',
      'workspace/here/../reports/r.json',
      'alias/reports/r.json',
      'alias/deep/reports/r.json',
    ])('leads nowhere outside: %s', async name => {
      for (const confinedTo of [workspace, join(root, 'alias')]) {
        for (const append of [false, true]) {
          await expect(files.deliver(`${root}/${name}`, 'x', { append, confinedTo })).rejects.toMatchObject({
            code: 'LEADS_OUT',
          })
        }
      }
      expect(strays()).toEqual([])
    })

    onPosix.each(['workspace/dangling', 'alias/dangling'])('behind a link in the file’s place: %s', async name => {
      const how = { confinedTo: workspace }
      await expect(files.deliver(join(root, name), 'x', { ...how, append: true })).rejects.toMatchObject({
        code: 'ELOOP',
      })
      await files.deliver(join(root, name), 'x', how)
      expect(readFileSync(join(workspace, 'dangling'), 'utf8')).toBe('x')
      expect(strays()).toEqual([])
    })

    onPosix('that goes nowhere yet is no way either', async () => {
      await expect(files.deliver(join(workspace, 'gone/r.json'), 'x', { confinedTo: workspace })).rejects.toThrow()
      expect(strays()).toEqual([])
    })

    onPosix.each([
      ['workspace/here/r.json', 'workspace/inside/r.json'],
      ['alias/here/r.json', 'workspace/inside/r.json'],
      ['workspace/reports/../r.json', 'workspace/r.json'],
      ['outside/r.json', 'outside/r.json'],
    ])('within it, or to where the user named, is a way: %s', async (name, expected) => {
      for (const confinedTo of [workspace, join(root, 'alias')]) {
        await files.deliver(`${root}/${name}`, 'a', { confinedTo })
        await files.deliver(`${root}/${name}`, 'b', { append: true, confinedTo })
        expect(readFileSync(join(root, expected), 'utf8')).toBe('ab')
      }
    })

    onPosix('by way of this process’s own directory is the same', async () => {
      const before = process.cwd()
      process.chdir(workspace)
      try {
        for (const name of ['/proc/self/cwd/reports/r.json', 'reports/r.json'])
          await expect(files.deliver(name, 'x', { confinedTo: workspace })).rejects.toThrow()
      } finally {
        process.chdir(before)
      }
      expect(strays()).toEqual([])
    })
  })

  onPosix.each([{ append: false }, { append: true }])('writes into a FIFO and leaves it one (%j)', async how => {
    const path = join(root, 'fifo')
    execFileSync('mkfifo', [path])
    // More than a pipe holds.
    const text = 'x'.repeat(200_000)
    const reading = openSync(path, constants.O_RDWR)
    const head = spawn('head', ['-c', String(text.length)], { stdio: [reading, 'pipe', 'inherit'] })
    closeSync(reading)
    const got = textOf(head.stdout as Readable)
    await files.deliver(path, text, how)
    expect(await got).toBe(text)
    expect(lstatSync(path).isFIFO()).toBe(true)
  })

  onPosix('does not wait for a FIFO that nobody reads', async () => {
    const path = join(root, 'fifo')
    execFileSync('mkfifo', [path])
    await expect(files.deliver(path, 'x')).rejects.toMatchObject({ code: 'ENXIO' })
  })

  onPosix('gives up a FIFO whose reader takes nothing more', async () => {
    const path = join(root, 'fifo')
    execFileSync('mkfifo', [path])
    const idle = openSync(path, constants.O_RDWR)
    const text = 'x'.repeat(200_000)
    await expect(files.deliver(path, text, { stallMs: 50 })).rejects.toMatchObject({ code: 'READER_STALLED' })
    closeSync(idle)
  })

  onPosix('adds to what somebody has open, and does not cut it', async () => {
    writeFileSync(join(root, 'log'), 'before\n')
    const file = openSync(join(root, 'log'), 'a')
    await files.deliver(`/dev/fd/${file}`, 'report\n')
    closeSync(file)
    expect(readFileSync(join(root, 'log'), 'utf8')).toBe('before\nreport\n')
  })

  const onLinux = process.platform === 'linux' ? test : test.skip
  onLinux('a device stays one, and its error is told', async () => {
    // Through a link of ours, lest a fault here replace the machine's own.
    symlinkSync('/dev/full', join(root, 'full'))
    await expect(files.deliver(join(root, 'full'), 'x')).rejects.toMatchObject({ code: 'ENOSPC' })
    expect(lstatSync(join(root, 'full')).isSymbolicLink()).toBe(true)
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
