import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { ownTarScript } from '../../src/transfer/own-tar.ts'
import { buildTar } from '../support/builders/tar.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'

const cleanUp = cleanUpAfterEach()
let root: string
let env: NodeJS.ProcessEnv
beforeEach(() => {
  root = cleanUp.directory("own tar's-")
  mkdirSync(join(root, 'bin'))
  // The reader of this test says what it was given.
  writeFileSync(join(root, 'reader'), `#!/bin/sh\ncat > "$1"\n`, { mode: 0o700 })
  for (const name of ['tar', 'gtar']) {
    writeFileSync(join(root, 'bin', name), ownTarScript([join(root, 'reader'), join(root, 'read')]), { mode: 0o700 })
  }
  env = { PATH: `${join(root, 'bin')}${delimiter}${process.env['PATH']}` }
})

const onPosix = process.platform === 'win32' ? describe.skip : describe

onPosix('tar of ours', () => {
  const archive = buildTar([{ name: '../escaped', content: 'x' }])

  test.each(['tar', 'gtar'])('what %s is asked to extract goes to the reader alone', name => {
    writeFileSync(join(root, 'a.tgz'), archive)
    mkdirSync(join(root, 'out'))
    execFileSync(name, ['-xf', join(root, 'a.tgz'), '-P', '-C', join(root, 'out'), '-z'], { env })
    expect(readFileSync(join(root, 'read')).equals(archive)).toBe(true)
    expect(existsSync(join(root, 'escaped'))).toBe(false)
  })

  test('zstd is undone before, as the library would have it', () => {
    if (spawnSync('zstd', ['--version']).error !== undefined) return
    writeFileSync(join(root, 'a.tzst'), execFileSync('zstd', ['-qc'], { input: archive }))
    execFileSync('tar', ['-xf', join(root, 'a.tzst'), '-P', '-C', root, '--use-compress-program', 'unzstd'], { env })
    expect(readFileSync(join(root, 'read')).equals(archive)).toBe(true)
  })

  test('a reader that refuses fails the extraction', () => {
    writeFileSync(join(root, 'reader'), '#!/bin/sh\nexit 1\n', { mode: 0o700 })
    writeFileSync(join(root, 'a.tgz'), archive)
    expect(spawnSync('tar', ['-xf', join(root, 'a.tgz'), '-z'], { env }).status).toBe(1)
  })

  test('everything else is the system’s', () => {
    writeFileSync(join(root, 'file'), 'content')
    execFileSync('tar', ['--posix', '-cf', join(root, 'made.tar'), '-P', '-C', root, 'file'], { env })
    expect(execFileSync('tar', ['-tf', join(root, 'made.tar')], { env, encoding: 'utf8' })).toBe('file\n')
    expect(execFileSync('tar', ['--version'], { env, encoding: 'utf8' })).toContain('tar')
  })
})
