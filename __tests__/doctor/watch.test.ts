import { expect, test } from '@jest/globals'
import { watchModule } from '../../src/job/doctor/watch.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { doctorJob } from '../support/worlds/doctor.ts'
import { MODULE, setUp } from './world.ts'

const cleanUp = cleanUpAfterEach()

test('a GOPROXY that names no proxy: only what is wrong is told, not what is well', async () => {
  const { project, env } = setUp(cleanUp, { env: { GOPROXY: 'goproxy' } })
  const watched = await watchModule(doctorJob(project, {}, env), MODULE)
  expect(watched.ok ? [] : watched.problems.map(({ code }) => code)).toEqual(['GOPROXY_SYNTAX'])
})
