import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { Files } from '../../src/effects.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { realFiles } from '../support/worlds/effects.ts'
import { runStory } from '../support/worlds/job.ts'
import { createProject, goEnvironment } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()

/** Files that fail once the credentials are written, whatever is asked but to remove them. */
function failAfterwards(): { readonly files: Files; readonly written: () => boolean } {
  let written = false
  const files = new Proxy(realFiles, {
    get(target, name: keyof Files) {
      if (name === 'remove') return target.remove
      return (...args: readonly never[]) => {
        // Not a rejection, which many a reader takes for a file that is not there.
        if (written) throw new Error('the disk is gone')
        return (target[name] as (...args: readonly never[]) => Promise<unknown>)(...args).finally(() => {
          written ||= name === 'write' && String(args[0]).endsWith('git.config')
        })
      }
    },
  })
  return { files, written: () => written }
}

test('credentials for the download go with the step, wherever it breaks off', async () => {
  const project = cleanUp(createProject({ 'go.mod': 'module example.com/project\n' }))
  const { files, written } = failAfterwards()
  const options = { 'credentials-scope': 'download', 'private-domains': 'git.corp.example', fallback: 'off' }
  const env = goEnvironment(project, { GO_PROXY_SETUP_CREDENTIALS: 'git.corp.example cAnArY-0123456789' })
  await runStory(project, options, env, files).catch(() => {})
  expect(written()).toBe(true)
  expect(readdirSync(join(dirname(project.directory), 'temporary'))).not.toContain('credentials')
})

test.each([
  ['git /home/me', ['CREDENTIALS_GOAUTH']],
  ['netrc; git /home/me', []],
])('GOAUTH=%s from `go env -w` is obeyed, and told of where it leaves netrc out', async (value, codes) => {
  const project = cleanUp(createProject({ 'go.mod': 'module example.com/project\n', 'go.env': `GOAUTH=${value}\n` }))
  const env = goEnvironment(project, {
    GO_PROXY_SETUP_CREDENTIALS: 'git.corp.example cAnArY-0123456789',
    GOENV: join(project.directory, 'go.env'),
  })
  const options = { 'private-domains': 'git.corp.example', fallback: 'off' }
  const { story } = await runStory(project, options, env)
  expect(story.warnings.map(({ code }) => code).filter(code => code.startsWith('CREDENTIALS'))).toEqual(codes)
})

const withShell = process.platform === 'win32' ? test.skip : test
withShell.each([
  ['2.30.9', ['CREDENTIALS_OLD_GIT']],
  ['2.31.0', []],
  ['3.0.1', []],
])('git %s', async (version, codes) => {
  const project = cleanUp(createProject({ 'go.mod': 'module example.com/project\n' }))
  const bin = join(dirname(project.directory), 'bin')
  mkdirSync(bin)
  writeFileSync(join(bin, 'git'), `#!/bin/sh\ntest "$1" = version && echo git version ${version}\n`, { mode: 0o755 })
  const credentials = { GO_PROXY_SETUP_CREDENTIALS: 'git.corp.example cAnArY-0123456789' }
  const env = goEnvironment(project, credentials)
  const options = { 'private-domains': 'git.corp.example', fallback: 'off' }
  const { story } = await runStory(project, options, { ...env, PATH: `${bin}${delimiter}${env['PATH']}` })
  expect(story.warnings.map(({ code }) => code).filter(code => code.startsWith('CREDENTIALS'))).toEqual(codes)
})
