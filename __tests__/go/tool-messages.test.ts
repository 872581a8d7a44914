import { describe, expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { classifyInstallError } from '../../src/go/tool-messages.ts'
import { testBeside } from '../support/clean-up.ts'
import { runGo } from '../support/worlds/go-command.ts'
import { createProject, goEnvironment } from '../support/worlds/project.ts'

const { test: testWith, cleanUp } = testBeside()

const path = 'modules.test.io/tools'
const replacing = buildModule({
  path: `${path}/replacing`,
  version: 'v1.0.0',
  goMod: `module ${path}/replacing\n\ngo 1.21\n\nreplace example.com/x => ./x\n`,
  files: { 'main.go': 'package main\n\nfunc main() {}\n' },
})

describe('what go says of a tool that it cannot install', () => {
  testWith('a go.mod with replace lines is told as such, though go breaks the line', async () => {
    const proxy = cleanUp(await startProxy({ modules: [replacing] }))
    const project = cleanUp(createProject({}))
    const env = goEnvironment(project, { GOPROXY: proxy.url, GONOSUMDB: '*' })
    const { stderr } = await runGo(['install', `${path}/replacing@v1.0.0`], { cwd: project.directory, env })
    expect(classifyInstallError(stderr)).toMatchObject({ code: 'TOOL_REPLACES', retry: 'never' })
  })

  /** Texts measured with Go 1.26. */
  test.each([
    ['# example.com/t/cmd/c', 'cmd/c/main.go:3:11: fatal error: none.h: No such file or directory'],
    [
      '# runtime/cgo',
      'cgo: C compiler "/none/cc" not found: exec: "/none/cc": stat /none/cc: no such file or directory',
    ],
  ])('%s: the first complaint is told, and go is not run again', (head, complaint) => {
    const said = [head, complaint, '    3 | // #include <none.h>', 'compilation terminated.'].join('\n')
    expect(classifyInstallError(said)).toMatchObject({ code: 'TOOL_BUILD_FAILED', retry: 'never', text: complaint })
  })
})
