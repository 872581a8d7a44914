import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A question to the go command's own packages; `go-oracle/main.go` says what its parts mean. */
export interface Question {
  readonly ask: string
  readonly a: string
  readonly b?: string
  readonly c?: string
  readonly d?: string
}

export interface GoOracle {
  /** The answers in order. Values come as `= value`, refusals as `fault`, truths as `true` and `false`. */
  readonly ask: (questions: readonly Question[]) => readonly string[]
}

/** Packages of the go command, from GOROOT into one module of ours: nothing is downloaded. */
const PACKAGES = {
  'cmd/vendor/golang.org/x/mod/module': 'module',
  'cmd/vendor/golang.org/x/mod/semver': 'semver',
  'cmd/vendor/golang.org/x/mod/internal/lazyregexp': 'internal/lazyregexp',
  'cmd/vendor/golang.org/x/mod/sumdb/dirhash': 'sumdb/dirhash',
  'cmd/vendor/golang.org/x/mod/sumdb/note': 'sumdb/note',
  'vendor/golang.org/x/net/http/httpproxy': 'httpproxy',
} as const

/** Only international names would need the real one, and no test has any. */
const IDNA = `package idna

type profile struct{}

var Lookup profile

func (profile) ToASCII(name string) (string, error) { return name, nil }
`

/** The go on PATH; the compiler's cache is the machine's own, which is safe to share. */
function runGo(cwd: string, ...args: string[]): string {
  return execFileSync('go', args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, GOFLAGS: '', GOTOOLCHAIN: 'local', GOPROXY: 'off', GOWORK: 'off', CGO_ENABLED: '0' },
  })
}

/** The oracle of the go on PATH. It is built once for all test files, and kept for the next run. */
export function openGoOracle(): GoOracle {
  mkdirSync(BUILT, { recursive: true })
  const [goroot = '', ...versions] = runGo(BUILT, 'env', 'GOROOT', 'GOVERSION', 'GOEXE').split('\n')
  const sources = [MAIN, join(import.meta.dirname, 'go-oracle.ts')].map(file => readFileSync(file, 'utf8'))
  const key = createHash('sha256')
    .update(JSON.stringify([goroot, versions, sources]))
    .digest('hex')
    .slice(0, 16)
  const program = join(BUILT, `go-oracle-${key}${versions[1] ?? ''}`)
  if (!existsSync(program)) build(program, goroot)
  return {
    ask: questions =>
      JSON.parse(
        execFileSync(program, { input: JSON.stringify(questions), encoding: 'utf8', maxBuffer: 64 << 20 }),
      ) as string[],
  }
}

const MAIN = join(import.meta.dirname, 'go-oracle', 'main.go')
/** Below what git ignores. */
const BUILT = fileURLToPath(new URL('../../../.cache/tests', import.meta.url))

/** Aside, and moved to its place when it is whole: several test files may do so at once. */
function build(program: string, goroot: string): void {
  const root = mkdtempSync(join(BUILT, 'build-'))
  try {
    for (const [from, to] of Object.entries(PACKAGES))
      cpSync(join(goroot, 'src', from), join(root, to), { recursive: true })
    const httpproxy = join(root, 'httpproxy', 'proxy.go')
    writeFileSync(httpproxy, readFileSync(httpproxy, 'utf8').replace('golang.org/x/net/idna', 'golang.org/x/mod/idna'))
    mkdirSync(join(root, 'idna'))
    writeFileSync(join(root, 'idna', 'idna.go'), IDNA)
    writeFileSync(join(root, 'go.mod'), 'module golang.org/x/mod\n\ngo 1.22\n')
    cpSync(MAIN, join(root, 'main.go'))
    const built = join(root, basename(program))
    runGo(root, 'build', '-o', built, '.')
    renameSync(built, program)
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** One file of the go command's sources, made part of a program of its own in `directory`. */
export function goOracleSource(file: string, directory: string): void {
  const [root = '', version = ''] = execFileSync('go', ['env', 'GOROOT', 'GOVERSION'], { encoding: 'utf8' }).split('\n')
  const text = readFileSync(join(root, 'src', file), 'utf8')
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'go.mod'), `module reader\n\ngo ${version.replace('go', '')}\n`)
  writeFileSync(join(directory, 'source.go'), text.replace(/^package \w+/m, 'package main'))
}
