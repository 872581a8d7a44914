import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { GO_VERSIONS, readPage } from '../../benchmarks/failures/page.ts'
import { deviation, goBinOf, play } from '../../benchmarks/failures/play.ts'
import { FAILURES } from '../../benchmarks/failures/rows/all.ts'
import type { Stage } from '../../benchmarks/failures/scene.ts'
import { createAuthority } from '../support/builders/certificates.ts'
import { cleanUpAfterAll } from '../support/clean-up.ts'
import { DIST } from '../support/worlds/action.ts'

const pages = join(import.meta.dirname, '..', 'failures')
const cleanUp = cleanUpAfterAll()
const failures = FAILURES.filter(({ lacks }) => lacks === undefined)
const onLinux = process.platform === 'linux' ? describe : describe.skip

/** The module proxy has every toolchain; they stay in this machine's module cache. Each failure meets one of the older. */
onLinux.each(GO_VERSIONS.slice(0, -1).map((goVersion, i) => [goVersion, i] as const))('go%s', (goVersion, i) => {
  let stage: Stage
  beforeAll(async () => {
    const authority = await createAuthority(cleanUp.directory('failures-'))
    stage = { product: DIST, goBin: goBinOf(goVersion), goVersion, authority }
  }, 120_000)

  const some = failures.filter((_, at) => at % (GO_VERSIONS.length - 1) === i)
  test.concurrent.each(some.map(failure => [failure.name, failure] as const))('%s', async (name, failure) => {
    const page = readPage(readFileSync(join(pages, `${name}.md`), 'utf8'))
    expect(deviation(await play(failure, stage), page)).toBe('')
  })
})
