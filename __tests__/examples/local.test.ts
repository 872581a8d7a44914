import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { PRESETS } from '../../src/inputs/presets.ts'
import { isThere, toolOfCi } from '../support/programs.ts'
import { ROOT } from '../support/worlds/documents.ts'
import {
  ASK_GO,
  expectModules,
  expectNoToken,
  expectReport,
  expectSettings,
  openExampleTests,
  readExample,
  readYamlExample,
  startPlay,
  TOKEN,
} from '../support/worlds/examples.ts'
import { standIn } from '../support/worlds/workflows.ts'

/** The examples that run where somebody types: make, pre-commit, a shell and an image in China. */
const { checkOut } = openExampleTests()

const PRIVATE = {
  GO_PROXY_SETUP_PRIVATE_DOMAINS: 'github.com/my-org',
  GO_PROXY_SETUP_CREDENTIALS: `github.com/my-org ${TOKEN}`,
}

const onPosix = process.platform === 'win32' ? describe.skip : describe
const withMake = isThere('make') ? test : test.skip
const preCommit = toolOfCi('pre-commit')
const withPreCommit = preCommit === undefined ? test.skip : test
const withPip = isThere('pip3') ? test : test.skip

onPosix('the examples, played', () => {
  withMake('make: downloads once, and again when go.sum has changed', async () => {
    const checkout = checkOut()
    const { run, log } = startPlay(checkout)
    copyFileSync(join(ROOT, 'examples/ci/Makefile'), join(checkout.directory, 'Makefile'))
    const first = await run('sh', 'make', PRIVATE)
    expect(first.all).toMatch(/^ok\s+example\.com\/service/m)
    expectModules(checkout)
    expectReport(checkout, 'go-proxy-setup.json')
    const downloads = (said: string) => said.split('\n').filter(line => line.includes('setup.js run --proxies'))
    expect(downloads(first.all)).toEqual([
      "node ci/go-proxy-setup.js run --proxies 'public' --report-file go-proxy-setup.json",
    ])
    const dry = async () => downloads((await run('sh', 'make --dry-run test PROXIES=china', PRIVATE)).all)
    expect(await dry()).toEqual([])
    await run('sh', 'touch -d "1 minute" go.sum')
    expect(await dry()).toEqual(["node ci/go-proxy-setup.js run --proxies 'china' --report-file go-proxy-setup.json"])
    expectNoToken(checkout, log())
  })

  test('pre-commit: what its hooks run', async () => {
    const { hooks } = readYamlExample('ci/pre-commit-config.yaml').repos[0]
    const checkout = checkOut()
    const { run, log } = startPlay(checkout)
    for (const { entry } of hooks) {
      const said = await run('sh', entry, PRIVATE)
      // `exec --quiet` says nothing unless something is wrong.
      expect(said.all.replace(/^go: downloading .*\n/gm, '')).toBe('')
    }
    expectModules(checkout)
    expectNoToken(checkout, `${log()} played`)
  })

  withPreCommit('pre-commit itself runs the hooks', async () => {
    const checkout = checkOut()
    const { run, log } = startPlay(checkout)
    copyFileSync(join(ROOT, 'examples/ci/pre-commit-config.yaml'), join(checkout.directory, '.pre-commit-config.yaml'))
    const env = { ...PRIVATE, PRE_COMMIT_HOME: join(checkout.root, 'pre-commit') }
    await run('sh', 'git init --quiet && git add .', env)
    const said = await run('sh', `'${preCommit}' run --all-files --verbose`, env)
    expect(said.all).toMatch(/go mod tidy\.+Passed[\s\S]*go vet\.+Passed/)
    expectNoToken(checkout, log())
  })

  test('a shell in China: Go, npm and pip have their mirrors', async () => {
    const checkout = { ...checkOut(), domain: undefined }
    const { run } = startPlay(checkout)
    const file = join(ROOT, 'examples/china/mirrors.sh')
    const said = await run('sh', [`. '${file}'`, 'npm config get registry', 'go env GOPROXY'])
    const [registry, goproxy = ''] = said.stdout.trimEnd().split('\n').slice(-2)
    expect(registry?.replace(/\/$/, '')).toBe('https://registry.npmmirror.com')
    expect(PRESETS.china.some(url => goproxy.startsWith(`${url}|`))).toBe(true)
  })

  withPip('pip has its mirror there, too', async () => {
    const { run } = startPlay(checkOut())
    const file = join(ROOT, 'examples/china/mirrors.sh')
    const said = await run('sh', [`. '${file}'`, 'pip3 --disable-pip-version-check config list'])
    expect(said.stdout).toContain(":env:.index-url='https://mirrors.aliyun.com/pypi/simple/'")
  })

  test('an image in China: build arguments take the settings to go, and the token is a secret of one command', async () => {
    const checkout = checkOut()
    const { run, log } = startPlay(checkout)
    const stages = readDockerfile(readExample('china/Dockerfile'))
    const stage = stages.find(([first]) => first?.[1].endsWith(' AS build')) ?? []
    // What env prints, as the shell of the command in the file's first lines reads it.
    const command = /eval "docker build \$\((node [^)]*)\)/.exec(readExample('china/Dockerfile'))?.[1] ?? ''
    const told = await run('sh', `eval "set -- $(${command})"; for one; do printf '%s\\0' "$one"; done`, PRIVATE)
    const words = told.stdout.split('\0').slice(0, -1)
    const given = Object.fromEntries(
      words
        .filter(word => word !== '--build-arg')
        .map(word => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]),
    )
    const sources = join(checkout.root, 'debian.sources')
    writeFileSync(sources, 'Types: deb\nURIs: http://deb.debian.org/debian\n')
    // Stand in for those of the image: they write down how they were called, and which mirror they have.
    const tell = `echo "  $npm_config_registry $PIP_INDEX_URL" >>'${join(checkout.root, 'calls')}'`
    const path = standIn(checkout.root, { 'apt-get': tell, npm: tell, pip: tell })
    const args: Record<string, string> = { PATH: `${path}:${checkout.env['PATH']}` }
    for (const [instruction, text] of stage) {
      if (instruction === 'ARG') Object.assign(args, argumentsOf(text, given))
      if (instruction !== 'RUN') continue
      const secret = /^--mount=type=secret,id=[\w-]+,env=(\w+) /.exec(text)
      const script = text.slice(secret?.[0].length ?? 0).replace('/etc/apt/sources.list.d/debian.sources', sources)
      const own = secret === null ? {} : { [secret[1] ?? '']: PRIVATE.GO_PROXY_SETUP_CREDENTIALS }
      await run('sh', script, { ...args, ...own })
    }
    expectSettings(await run('sh', ASK_GO, args), checkout)
    expect(readFileSync(sources, 'utf8')).toContain('URIs: https://mirrors.aliyun.com/debian\n')
    expect(readFileSync(join(checkout.root, 'calls'), 'utf8').split('\n')).toEqual([
      'apt-get update',
      '   ',
      'apt-get install -y --no-install-recommends python3-pip',
      '   ',
      'npm ci',
      '  https://registry.npmmirror.com ',
      'pip install --break-system-packages --requirement requirements.txt',
      '  https://registry.npmmirror.com https://mirrors.aliyun.com/pypi/simple/',
      '',
    ])
    expectModules(checkout)
    expect(existsSync(join(checkout.directory, 'service'))).toBe(true)
    expectNoToken(checkout, `${log()} ${JSON.stringify(given)}`)
  })
})

type Instruction = readonly [name: string, text: string]

/** The stages of a Dockerfile, without comments; a line that ends in a backslash goes on. */
function readDockerfile(text: string): readonly (readonly Instruction[])[] {
  const lines = text
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
  const stages: Instruction[][] = [[]]
  for (const line of lines.filter(Boolean)) {
    const [, name = '', rest = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? []
    if (name === '') throw new Error(`no instruction: ${line}`)
    if (name === 'FROM') stages.push([])
    stages.at(-1)?.push([name, rest])
  }
  return stages
}

/** What ARG makes of its words: the argument that was given, else its default, else nothing. */
function argumentsOf(text: string, given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text.split(' ').flatMap(word => {
      const [name = '', ...rest] = word.split('=')
      const value = given[name] ?? (rest.length > 0 ? rest.join('=') : undefined)
      return value === undefined ? [] : [[name, value]]
    }),
  )
}
