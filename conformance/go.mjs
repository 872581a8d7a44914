import { execFile } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { letVariableNameProxy } from './patch.mjs'

const run = promisify(execFile)
const COMPILE_MS = 10 * 60_000
/** What `go env` and a failed build print. */
const MOST_OUTPUT = 1 << 20

/**
 * @typedef {{ version: string, cache: string, commandGo: string, testdata: string, sumdb: string }} InstalledGo
 *   `commandGo`: the sources of cmd/go; `sumdb`: the key of the test proxy's checksum database, as GOSUMDB names it
 */

/** @returns {Promise<import('../src/errors.ts').Result<InstalledGo>>} */
export async function findGo() {
  const names = ['GOVERSION', 'GOROOT', 'GOCACHE']
  let values
  try {
    values = (await run('go', ['env', ...names], { env: { ...process.env, GOTOOLCHAIN: 'local' } })).stdout.split('\n')
  } catch (error) {
    return failed('CONFORMANCE_NO_GO', `go env: ${messageOf(error)}`, 'Install Go, and put it into PATH.')
  }
  const [version = '', root = '', cache = ''] = values.map(value => value.trim())
  const commandGo = join(root, 'src', 'cmd', 'go')
  const testdata = join(commandGo, 'testdata')
  for (const path of ['proxy_test.go', 'script_test.go', 'testdata/script', 'testdata/mod'])
    if (!existsSync(join(commandGo, path)))
      return failed(
        'CONFORMANCE_NO_SOURCES',
        `${version} in ${root} comes without src/cmd/go/${path}.`,
        'Use a Go from https://go.dev/dl: it has the sources and tests of the go command.',
      )
  const sumdb = /testSumDBVerifierKey\s*=\s*"([^"]+)"/.exec(readFileSync(join(commandGo, 'proxy_test.go'), 'utf8'))?.[1]
  if (sumdb === undefined)
    return failed(
      'CONFORMANCE_PATCH',
      `testSumDBVerifierKey is no longer in ${join(commandGo, 'proxy_test.go')}.`,
      'See which checksum database the test proxy of this version of Go serves, and adapt conformance/go.mjs.',
    )
  return { ok: true, value: { version, cache, commandGo, testdata, sumdb } }
}

/**
 * The test binary of cmd/go, with the one change of patch.mjs laid over its sources.
 * @param {InstalledGo} go
 * @param {string} directory where it is put
 * @returns {Promise<import('../src/errors.ts').Result<string>>} its path
 */
export async function compileTests(go, directory) {
  const original = join(go.commandGo, 'proxy_test.go')
  const patched = letVariableNameProxy(readFileSync(original, 'utf8'))
  if (!patched.ok) return patched
  const replacement = join(directory, 'proxy_test.go')
  const overlay = join(directory, 'overlay.json')
  const binary = join(directory, process.platform === 'win32' ? 'go.test.exe' : 'go.test')
  writeFileSync(replacement, patched.value)
  writeFileSync(overlay, JSON.stringify({ Replace: { [original]: replacement } }))
  try {
    await run('go', ['test', '-c', `-overlay=${overlay}`, '-o', binary, 'cmd/go'], {
      cwd: go.commandGo,
      // No overlay may lie below the module cache, where toolchains are that go has fetched; nothing is fetched here.
      env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '', GOMODCACHE: join(directory, 'no-modules') },
      timeout: COMPILE_MS,
      maxBuffer: MOST_OUTPUT,
    })
  } catch (error) {
    return failed(
      'CONFORMANCE_COMPILE',
      `go test -c cmd/go: ${messageOf(error)}`,
      'If the errors are in proxy_test.go, adapt conformance/patch.mjs to this version of Go.',
    )
  }
  return { ok: true, value: binary }
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message.trim() : String(error)
}

/** @param {string} code @param {string} message @param {string} hint */
function failed(code, message, hint) {
  return { ok: /** @type {const} */ (false), problems: [{ code, message, hint }] }
}
