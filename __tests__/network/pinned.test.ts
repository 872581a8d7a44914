// The hashes of the built-in set are what the module proxy serves and the checksum database has: without go.mod all
// candidates would else be called tampered. Run by `npm run test:network`.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { PINNED } from '../../src/benchmark/pinned.ts'
import { sumKey } from '../../src/go/gosum.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'

const cleanUp = cleanUpAfterEach()

test('the built-in set is what go gets and the checksum database vouches for', () => {
  const root = cleanUp.directory('pinned-')
  const names = PINNED.modules.map(({ path, version }) => `${path}@${version}`)
  const env = {
    ...process.env,
    GOPATH: join(root, 'gopath'),
    GOMODCACHE: join(root, 'modcache'),
    GOFLAGS: '-modcacherw',
    GOSUMDB: 'sum.golang.org',
    GONOSUMDB: 'none',
    GOPRIVATE: '',
  }
  const out = execFileSync('go', ['mod', 'download', '-json', ...names], { cwd: root, env, encoding: 'utf8' })
  const got = JSON.parse(`[${out.replaceAll(/}\s*{/g, '},{')}]`) as readonly {
    readonly Path: string
    readonly Version: string
    readonly Sum: string
    readonly GoModSum: string
  }[]
  const sums = got.flatMap(({ Path: path, Version: version, Sum, GoModSum }) => [
    [sumKey({ path, version }, 'zip'), Sum],
    [sumKey({ path, version }, 'mod'), GoModSum],
  ])
  expect(Object.fromEntries(sums)).toEqual(Object.fromEntries(PINNED.sums))
}, 180_000)
