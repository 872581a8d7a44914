import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { letVariableNameProxy } from '../../conformance/patch.mjs'
import { choose, describe as describeScript, moduleOf, readScripts } from '../../conformance/scripts.mjs'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { runProgram } from '../support/worlds/run-program.ts'

const root = join(import.meta.dirname, '../..')
const goRoot = execFileSync('go', ['env', 'GOROOT'], {
  encoding: 'utf8',
  env: { ...process.env, GOTOOLCHAIN: 'local' },
}).trim()
const commandGo = join(goRoot, 'src/cmd/go')
/** Some distributions package Go without its tests. */
const withSources = existsSync(join(commandGo, 'testdata/script')) ? test : test.skip

describe('the change in Go’s tests', () => {
  withSources('fits the installed Go, and no line gets another number', () => {
    const source = readFileSync(join(commandGo, 'proxy_test.go'), 'utf8')
    const patched = letVariableNameProxy(source)
    if (!patched.ok) throw new Error(patched.problems[0]?.message)
    const [before, after] = [source.split('\n'), patched.value.split('\n')]
    const changed = after.filter((line, i) => line !== before[i])
    expect(after.length).toBe(before.length)
    expect(changed).toEqual([expect.stringContaining('os.Getenv("CONFORMANCE_GOPROXY")')])
    expect(execFileSync('gofmt', ['-e'], { input: patched.value, encoding: 'utf8' })).toContain('proxyURL = url')
  })

  const source = 'import (\n\t"os"\n)\n\t\tproxyURL = "http://" + *proxyAddr + "/mod"\n'
  test.each([
    ['there is no such line', source.replaceAll('proxyURL = ', 'scriptProxy = '), '(there are 0)'],
    ['there are two', source.replace(/^\t+proxyURL = .*$/m, '$&\n$&'), '(there are 2)'],
    ['it cannot read variables', source.replace('\t"os"\n', ''), 'the import of "os"'],
  ])('says what is missing when %s', (_, changed, missing) => {
    const patched = letVariableNameProxy(changed)
    if (patched.ok) throw new Error('was patched')
    expect(patched.problems[0]?.message).toContain(missing)
    expect(patched.problems[0]?.hint).toContain('conformance/patch.mjs')
  })
})

test.each([
  ['rsc.io_quote_v1.5.2', ['rsc.io/quote']],
  ['github.com_!dmitri!shuralyov_not_v0.0.0-2018', ['github.com/DmitriShuralyov/not']],
  ['README', []],
])('the module of %s', (file, modules) => {
  expect(moduleOf(file)).toEqual(modules)
})

describe('the scripts of a Go', () => {
  const cleanUp = cleanUpAfterEach()
  let testdata: string
  beforeEach(() => {
    testdata = cleanUp.directory('conformance-test-')
    for (const directory of ['script', 'mod']) mkdirSync(join(testdata, directory))
    for (const name of ['rsc.io_quote_v1.5.2', 'example.com_v1.0.0'])
      writeFileSync(join(testdata, 'mod', `${name}.txt`), '')
    for (const [name, text] of Object.entries({
      mod_local: 'go list',
      build_quote: 'go build\n-- x.go --\nimport "rsc.io/quote/buggy"',
      build_other: 'go build ./other.rsc.io/quotes',
      vet_own: 'go vet\n-- go.mod --\nmodule example.com/x',
      env_proxy: 'env GOPROXY=off',
      mod_github: '[!net:github.com] skip',
      mod_appends:
        'env proxy=$GOPROXY\nenv GOPROXY=$proxy/404,$proxy/410|$proxy\nenv GOSUMDB=$proxy/sumdb-wrong\ncd $WORK/a',
    }))
      writeFileSync(join(testdata, 'script', `${name}.txt`), text)
    writeFileSync(join(testdata, 'script/README'), '')
  })

  test('are all mod_*, and those that name a module of the test proxy or a setting', () => {
    expect(readScripts(testdata).map(({ name }) => name)).toEqual([
      'build_quote',
      'env_proxy',
      'mod_appends',
      'mod_github',
      'mod_local',
    ])
  })

  test('those that ask the internet are left out and told, unless they are wanted', () => {
    const scripts = readScripts(testdata)
    expect(choose(scripts, { run: /git/, network: false })).toMatchObject({
      chosen: [],
      leftOut: [{ name: 'mod_github' }],
    })
    expect(choose(scripts, { run: /git/, network: true })).toMatchObject({ chosen: [{ name: 'mod_github' }] })
  })

  test('a sample is what it names, and tells which of it this Go does not have', () => {
    const { chosen, unknown } = choose(readScripts(testdata), { sample: ['mod_local', 'mod_new'], network: false })
    expect([chosen.map(({ name }) => name), unknown]).toEqual([['mod_local'], ['mod_new']])
  })

  test('what they append to the proxy’s URL means other proxies', () => {
    const text = readFileSync(join(testdata, 'script/mod_appends.txt'), 'utf8')
    expect(describeScript(text)).toEqual({ network: false, oneUrl: true, appended: ['/404', '/410'] })
  })
})

withSources('the sample is in order, without the internet, and of every kind', () => {
  const names = JSON.parse(readFileSync(join(root, 'conformance/sample.json'), 'utf8'))
  expect(names).toEqual([...new Set(names)].sort())
  const { chosen, leftOut } = choose(readScripts(join(commandGo, 'testdata')), { sample: names, network: false })
  expect(leftOut).toEqual([])
  expect(chosen.some(({ oneUrl }) => oneUrl)).toBe(true)
})

describe('npm run conformance', () => {
  const run = (...args: string[]) => runProgram(process.execPath, [join(root, 'conformance/run.mjs'), ...args])

  test('describes its options', async () => {
    const { code, stdout } = await run('--help')
    expect(code).toBe(0)
    for (const option of ['--run <pattern>', '--sample', '--alone', '--network', '--timeout <minutes>'])
      expect(stdout).toContain(option)
  })

  test.each([
    [['--run', '('], 'Invalid regular expression'],
    [['--timeout', '0'], 'A whole number from 1'],
    [['--sample', '--run', 'mod'], 'cannot be used with'],
    [['mod_get'], 'too many arguments'],
  ])('%j is refused', async (args, message) => {
    const { code, stderr } = await run(...args)
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)])
  })

  withSources('says so when no script is left', async () => {
    const { code, stderr } = await run('--run', '^no_such_script$')
    expect([code, stderr]).toEqual([2, expect.stringContaining('No script is left to run')])
  })
})
