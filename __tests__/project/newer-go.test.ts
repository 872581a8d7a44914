import { expect, test } from '@jest/globals'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import type { Result } from '../../src/errors.ts'
import { parseGoModJson, parseGoWorkJson, readGoModText, readGoWorkText } from '../../src/project/gomod.ts'
import type { Project } from '../../src/project/project.ts'
import { readProject } from '../../src/project/read.ts'
import { goSettings, type SettingsOverrides } from '../support/builders/settings.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { realCommands, realFiles } from '../support/worlds/effects.ts'
import { runGo } from '../support/worlds/go-command.ts'
import { createProject, goEnvironment } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()

const [a, b, c] = ['a', 'b', 'c'].map(name => buildModule({ path: `example.com/${name}`, version: 'v1.0.0' }))
const all = [a, b, c].flatMap(module => module ?? [])

/** Of a go.mod or go.work that this go can read. */
const KNOWN = `// a comment
module "example.com/main" // the module

go 1.24
toolchain go1.24.3

require (
	example.com/a v1.0.0
	"example.com/b" v1.0.0 // indirect
	example.com/left v1.0.0
)

require example.com/old v0.9.0

replace (
	example.com/left => ./left
	example.com/old v0.9.0 => example.com/c v1.0.0
)

exclude example.com/b v0.8.0
exclude (
	example.com/b v0.7.0
)

retract [v0.1.0, v0.2.0] // a mistake
`
const WORK = `go 1.24
toolchain go1.24.3
use (
	./x // here
	"./y"
)
use ./z
replace example.com/a => example.com/b v1.0.0
`
/** What no go knows yet, alone and in a block. */
const NEWS = '\nfuture example.com/a/cmd\n\nnews (\n\tone\n\ttwo => three\n)\n'

function read(files: Readonly<Record<string, string>>, settings: SettingsOverrides = {}): Promise<Result<Project>> {
  const project = cleanUp(createProject({ 'go.sum': goSumOf(all), ...files }))
  const env = goEnvironment(project)
  return readProject(
    [{ path: project.directory, name: '.' }],
    goSettings({ env, gomodcache: env['GOMODCACHE'] ?? '', ...settings }),
    { commands: realCommands, files: realFiles, timeoutMs: 30_000 },
  )
}

const neededBy = (result: Result<Project>) =>
  result.ok
    ? result.value.modules.map(({ path, version }) => `${path}@${version}`).sort()
    : result.problems.map(({ code }) => code)

test('the lax reading agrees with go where go can read a file', async () => {
  const project = cleanUp(createProject({ 'go.mod': KNOWN, 'go.work': WORK }))
  const at = { cwd: project.directory, env: goEnvironment(project, { GOWORK: 'off' }) }
  const mod = await runGo(['mod', 'edit', '-json'], at)
  expect(readGoModText(KNOWN)).toEqual(parseGoModJson(mod.stdout))
  const work = await runGo(['work', 'edit', '-json', 'go.work'], at)
  expect(readGoWorkText(WORK)).toEqual(parseGoWorkJson(work.stdout, WORK))
})

test.each([
  ['its go line asks for', KNOWN.replace('go 1.24\n', 'go 1.99\n'), {}],
  ['its toolchain line asks for', KNOWN.replace('go1.24.3', 'go1.99.1'), {}],
  ['GOTOOLCHAIN asks for', KNOWN, { GOTOOLCHAIN: 'go1.99.1' }],
  ['go says itself that it lacks', KNOWN.replace('go 1.24\n', 'go 1.99\n'), { GOTOOLCHAIN: 'local' }],
])('what a go.mod has for the newer go that %s hinders nothing', async (_, text, settings) => {
  const files = { 'go.mod': text + NEWS, 'left/go.mod': goModOf('example.com/left', []) }
  expect(neededBy(await read(files, settings))).toEqual([
    'example.com/a@v1.0.0',
    'example.com/b@v1.0.0',
    'example.com/c@v1.0.0',
  ])
})

test('nor what a go.work has', async () => {
  const modules = { 'x/go.mod': goModOf('example.com/x', all.slice(0, 1)), 'y/go.mod': goModOf('example.com/y', []) }
  const work = WORK.replace('go 1.24\n', 'go 1.99\n').replace('use ./z\n', '')
  expect(neededBy(await read({ ...modules, 'go.work': work + NEWS }))).toEqual(['example.com/b@v1.0.0'])
})

test.each([
  ['no newer go is asked for', KNOWN + NEWS, { GOTOOLCHAIN: 'local' }],
  ['something else is wrong, too', `${KNOWN.replace('go 1.24\n', 'go 1.99\n')}${NEWS}require example.com/d\n`, {}],
  ['it is cut', `${KNOWN.replace('go 1.24\n', 'go 1.99\n')}require (\n`, {}],
])('it is refused where %s', async (_, text, settings) => {
  expect(neededBy(await read({ 'go.mod': text }, settings))).toEqual(['PROJECT_GO_MOD_UNREADABLE'])
})

test('a path or version that could not be a module’s is left out', () => {
  const { requires, replaces } = readGoModText(
    'require ../../../etc/passwd v1.0.0\nrequire example.com/a v1.0.0/../../x\nreplace example.com/a => ../../x v1\n',
  )
  expect([requires, replaces]).toEqual([[], []])
})
