import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { Failure } from '../../benchmarks/failures/failure.ts'
import { readPage } from '../../benchmarks/failures/page.ts'
import { deviation, play, versionOfGo } from '../../benchmarks/failures/play.ts'
import type { Stage } from '../../benchmarks/failures/scene.ts'
import { createAuthority } from '../support/builders/certificates.ts'
import { cleanUpAfterAll } from '../support/clean-up.ts'
import { DIST } from '../support/worlds/action.ts'

/** Programs of a Unix, and paths as they are written there. */
const onLinux = process.platform === 'linux' ? describe : describe.skip

/** Each failure is several processes: Jest would begin more of them than two processors bear. */
const LANES = 2

function openLanes(count: number): <T>(work: () => Promise<T>) => Promise<T> {
  const ends = new Array<Promise<unknown>>(count).fill(Promise.resolve())
  let next = 0
  return work => {
    const lane = next++ % count
    const end = (ends[lane] ?? Promise.resolve()).then(work)
    ends[lane] = end.catch(() => {})
    return end
  }
}

/** Plays these with the go in PATH, some at a time, and compares what the user reads with the files beside this. */
export function playFamily(failures: readonly Failure[]): void {
  const cleanUp = cleanUpAfterAll()
  const inLane = openLanes(LANES)
  let stage: Stage
  beforeAll(async () => {
    const authority = await createAuthority(cleanUp.directory('failures-'))
    stage = { product: DIST, goBin: undefined, goVersion: versionOfGo(), authority }
  })

  onLinux('what the user reads; `npm run failures -- --write` renews it', () => {
    for (const failure of failures) {
      if (failure.lacks !== undefined) test.skip(`${failure.name}: ${failure.lacks}`, () => {})
      else
        test.concurrent(failure.name, async () => {
          const page = readPage(readFileSync(join(import.meta.dirname, `${failure.name}.md`), 'utf8'))
          expect(deviation(await inLane(() => play(failure, stage)), page)).toBe('')
        })
    }
  })
}
