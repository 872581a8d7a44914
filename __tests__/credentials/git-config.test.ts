import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { cleanUpAfterAll } from '../support/clean-up.ts'
import { okValue, planOf } from './facts.ts'

const directory = cleanUpAfterAll().directory('git-config-')
const TOKEN = 'cAnArY-0123456789'

/** What git-lfs does, of all versions: the path is part of the question where git’s configuration says so. */
function askAsLfs(url: URL, env: NodeJS.ProcessEnv): string {
  const options = { env, encoding: 'utf8' as const, stdio: 'pipe' as const }
  const run = (args: readonly string[], input = '') => {
    try {
      return execFileSync('git', args, { ...options, input })
    } catch {
      return ''
    }
  }
  const withPath =
    run(['config', '--type=bool', '--get-urlmatch', 'credential.useHttpPath', url.href]).trim() === 'true'
  const lines = [`protocol=${url.protocol.slice(0, -1)}`, `host=${url.host}`]
  const input = [...lines, ...(withPath ? [`path=${url.pathname.slice(1)}`] : []), '', ''].join('\n')
  return run(['credential', 'fill'], input)
}

test.each([
  ['github.com', 'https://github.com/acme/lib.git/info/lfs', true],
  ['github.com/acme', 'https://github.com/acme/lib.git/info/lfs', true],
  ['github.com/acme/lib', 'https://github.com/acme/lib.git/info/lfs', true],
  ['git.corp.example:8443/acme/lib', 'https://git.corp.example:8443/acme/lib.git/info/lfs', true],
  ['dev.azure.com/org/proj/lib', 'https://dev.azure.com/org/proj/_git/lib/info/lfs', true],
  ['github.com/acme', 'https://github.com/other/lib.git/info/lfs', false],
])('git-lfs and a token for %s: it is asked for by %s', (place, url, found) => {
  const { files, download } = okValue(planOf(`${place} ${TOKEN}`, '', { directory }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text, { mode: 0o600 })
  const env = { PATH: process.env['PATH'], HOME: directory, GIT_TERMINAL_PROMPT: '0', ...download }
  expect(askAsLfs(new URL(url), env).includes(`password=${TOKEN}\n`)).toBe(found)
})
