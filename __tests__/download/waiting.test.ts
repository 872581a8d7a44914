import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { followWaiting, type Waiting } from '../../src/download/waiting.ts'
import { lineSplitter, parseTraceLine } from '../../src/go/trace.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { startInternet } from '../support/servers/internet.ts'
import { createProject, goEnvironment } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()

/** Lets the real go wait. @param until how many it waits for */
async function waitWith(env: Readonly<Record<string, string>>, directory: string, until: number): Promise<Waiting> {
  const go: ChildProcess = spawn('go', ['mod', 'download', '-x', '-json'], { cwd: directory, env, detached: true })
  const awaited = followWaiting()
  const lines = lineSplitter(line => awaited.note(parseTraceLine(line)))
  await new Promise<void>(resolve => {
    go.stderr?.on('data', chunk => {
      lines.push(String(chunk))
      const { urls, repositories } = awaited.read()
      if (urls.length + repositories.length >= until) resolve()
    })
    go.on('exit', () => resolve())
  })
  const read = awaited.read()
  const ended = once(go, 'exit')
  process.kill(-(go.pid ?? 0), 'SIGKILL')
  await ended
  return read
}

test('pages and repositories that the real go waits for are known, with a clone of its own and without', async () => {
  const internet = cleanUp(await startInternet({ 'github.com': 'silent', 'git.corp.example': 'silent' }))
  const requires = 'require (\n\tgithub.com/acme/lib v1.0.0\n\tgit.corp.example/team/lib v1.0.0\n)\n'
  const project = cleanUp(createProject({ 'go.mod': `module example.com/project\n\ngo 1.21\n\n${requires}` }))
  const env = goEnvironment(project, { ...internet.env, GOPROXY: 'direct', GOSUMDB: 'off' })
  for (let run = 0; run < 2; run++) {
    const { urls, repositories } = await waitWith(env as Record<string, string>, project.directory, 2)
    expect(urls).toEqual(['https://git.corp.example/team/lib?***'])
    const clones = join(env['GOMODCACHE'] ?? '', 'cache', 'vcs')
    expect(repositories).toEqual([
      expect.objectContaining({ url: 'https://github.com/acme/lib', directory: expect.stringContaining(clones) }),
    ])
  }
})
