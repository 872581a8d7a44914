import { expect, test } from '@jest/globals'
import { type BuiltModule, buildModule, goSumOf } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { checkOut, createJob, QUICK_POLICY, useAction } from '../support/worlds/action.ts'
import type { Job, StepResult } from '../support/worlds/fake-runner.mjs'
import { runGo } from '../support/worlds/go-command.ts'

const cleanUp = cleanUpAfterEach()

const module = (path: string, goMod = `module ${path}\n`, version = 'v1.0.0') => buildModule({ path, version, goMod })
const SOUND = module('example.com/sound')
const PRIVATE = module('go.corp/secret')
const RETRACTED = module(
  'example.com/retracted',
  'module example.com/retracted\n\n// Published\n// by accident.\nretract [v1.0.0, v1.0.3]\n',
)
const LATER = module('example.com/later')
const LATER_STILL = module(
  'example.com/later',
  'module example.com/later\n\nretract v1.0.0 // Loses data: ::error::x\n',
  'v1.1.0',
)
const DEPRECATED = module(
  'example.com/deprecated',
  '// Deprecated: use example.com/sound.\nmodule example.com/deprecated\n',
)
const INDIRECT = module('example.com/indirect', '// Deprecated: gone.\nmodule example.com/indirect\n')
const ALL = [SOUND, PRIVATE, RETRACTED, LATER, DEPRECATED, INDIRECT]

const GO_MOD = `module example.com/service

go 1.21

require example.com/sound v1.0.0

require (
	// example.com/retracted v1.0.0 is still needed
	"example.com/deprecated" v1.0.0
	example.com/indirect v1.0.0 // indirect
	example.com/later v1.0.0
	example.com/retracted v1.0.0
	go.corp/secret v1.0.0
)
`

function newJob(modules: readonly BuiltModule[] = ALL, goMod = GO_MOD): Job {
  const job = cleanUp(createJob({ GONOSUMDB: 'none.example', GO_PROXY_SETUP_POLICY: QUICK_POLICY }))
  checkOut(job, { 'services/a/go.mod': goMod, 'services/a/go.sum': goSumOf(modules) })
  return job
}

const placesOf = ({ annotations }: StepResult) =>
  annotations.map(({ type, title, file, line }) => [type, title, file === undefined ? undefined : `${file}:${line}`])

test('what the go.mod files tell of versions, and what looks private, is one warning a kind, at its line', async () => {
  const job = newJob()
  const { url, requests } = cleanUp(await startProxy({ modules: [...ALL, LATER_STILL] }))
  // An earlier job of this machine has seen a later version.
  const env = { ...job.base, GOPROXY: url, GOSUMDB: 'off' } as Record<string, string>
  const earlier = await runGo(['mod', 'download', 'example.com/later@v1.1.0'], { cwd: job.root, env })
  expect([earlier.exitCode, earlier.stderr]).toEqual([0, ''])
  const asked = requests.length
  const main = await useAction(job, { proxies: url, 'working-directory': 'services/a' })
  expect([main.outcome, main.failures]).toEqual(['success', []])
  expect(placesOf(main).sort()).toEqual([
    ['notice', 'Go modules', undefined],
    ['warning', 'Deprecated module', 'services/a/go.mod:9'],
    ['warning', 'Module looks private and is not covered', 'services/a/go.mod:13'],
    ['warning', 'Retracted version', 'services/a/go.mod:11'],
  ])
  const [retracted] = main.annotations.filter(({ title }) => title === 'Retracted version')
  expect(retracted?.message.split('\n')[0]).toBe(
    'services/a/go.mod:11: example.com/later v1.0.0 was retracted by its author: Loses data: ::error::x. services/a/go.mod:12: example.com/retracted v1.0.0 was retracted by its author: Published by accident.',
  )
  // Nothing more is asked for it.
  expect(requests.slice(asked).filter(({ path }) => /@latest|list$|v1\.1\.0/.test(path))).toEqual([])
})

test('a module that failed, and a line of go.sum that is wrong, are an error at their line; nothing else is told', async () => {
  const goMod = 'module m\n\ngo 1.21\n\nrequire example.com/sound v1.0.0\nrequire example.com/gone v1.0.0\n'
  const { url } = cleanUp(await startProxy({ modules: ALL }))
  const inputs = { proxies: url, fallback: 'off', 'working-directory': 'services/a' } as const
  const gone = await useAction(newJob([SOUND, module('example.com/gone')], goMod), inputs)
  expect(placesOf(gone)).toEqual([['error', 'Module not found', 'services/a/go.mod:6']])
  const job = newJob([SOUND], 'module m\n\ngo 1.21\n\nrequire example.com/sound v1.0.0\n')
  checkOut(job, { 'services/a/go.sum': goSumOf([{ ...SOUND, h1: RETRACTED.h1 }]) })
  const wrong = await useAction(job, inputs)
  expect(placesOf(wrong).filter(([type]) => type === 'error')).toEqual([
    ['error', expect.stringMatching(/go\.sum|content/), 'services/a/go.sum:1'],
  ])
})

test('one notice has what else is to be known', async () => {
  const job = newJob([SOUND], 'module m\n\ngo 1.21\n\nrequire example.com/sound v1.0.0\n')
  const { url } = cleanUp(await startProxy({ modules: ALL }))
  job.base['GITHUB_ACTOR'] = 'dependabot[bot]'
  const inputs = { proxies: url, 'working-directory': 'services/a', 'private-domains': 'go.corp', credentials: '' }
  const { annotations, summary } = await useAction(job, inputs)
  expect(annotations.map(({ type, message }) => [type, message])).toEqual([
    ['notice', expect.stringMatching(/1 module .* in .*\. GitHub gives no secrets to runs of forks and of Dependabot/)],
  ])
  expect(summary).toContain('GitHub gives no secrets')
})
