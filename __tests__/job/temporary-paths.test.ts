import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { buildReport } from '../../src/report/report.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { runStory } from '../support/worlds/job.ts'
import { createProject, goEnvironment } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()
const modules = Array.from({ length: 2 }, (_, i) => buildModule({ path: `example.com/m${i}`, version: 'v1.0.0' }))
const FILES = { 'go.mod': goModOf('example.com/p', modules), 'go.sum': goSumOf(modules) }
const H1 = 'h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='

test.each<[string, Readonly<Record<string, string>>, ...string[]]>([
  [
    'a newer go line',
    { ...FILES, 'go.mod': FILES['go.mod'].replace(/^go .*$/m, 'go 1.99') },
    'go.mod requires go >= 1.99',
  ],
  ['an unknown godebug', { ...FILES, 'go.mod': `${FILES['go.mod']}\ngodebug nosuch=1\n` }, 'go says: go.mod:10: …'],
  ['a missing replacement', { ...FILES, 'go.mod': `${FILES['go.mod']}\nreplace example.com/m0 => ./missing\n` }],
  ['a wrong line of go.sum', { ...FILES, 'go.sum': FILES['go.sum'].replace(/h1:\S+/, H1) }],
  ['a missing module', { ...FILES, 'go.mod': `${FILES['go.mod']}\nrequire example.com/m9 v1.0.0\n` }],
  ['no module line', { ...FILES, 'go.mod': 'go 1.21\n' }],
])('no message names a file of ours: %s', async (_, files, ...says) => {
  const proxy = cleanUp(await startProxy({ modules }))
  const project = cleanUp(createProject(files))
  const env = goEnvironment(project, { GOPROXY: proxy.url, GONOSUMDB: '*' })
  const { story, log } = await runStory(project, { fallback: 'off', retries: '0' }, env)
  const temporary = join(dirname(project.directory), 'temporary')
  const lines = `${log}\n${JSON.stringify(buildReport(story), null, 1)}`.split('\n')
  expect(lines.filter(line => line.includes(temporary) || line.includes('download/sums'))).toEqual([])
  for (const text of says) expect(story.failure?.message).toContain(text)
})
