import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'

const src = fileURLToPath(new URL('../src', import.meta.url))

interface Import {
  readonly file: string
  /** `go/escape.ts` for a file of ours, else the package. */
  readonly target: string
  readonly ours: boolean
  readonly typeOnly: boolean
}

const imports: readonly Import[] = (readdirSync(src, { recursive: true }) as string[])
  .filter(name => name.endsWith('.ts'))
  .map(name => name.replaceAll('\\', '/'))
  .flatMap(file => importsOf(file, readFileSync(join(src, file), 'utf8')))

function importsOf(file: string, text: string): readonly Import[] {
  const statements = text.matchAll(/^(?:import|export) ([^'"]*?)from '([^']+)'|import\((?:\/\*.*?\*\/ )?'([^']+)'\)/gms)
  return [...statements].map(([, clause = '', from, dynamic]) => {
    const name = from ?? dynamic ?? ''
    const ours = name.startsWith('.')
    return {
      file,
      ours,
      target: ours ? posix.join(dirname(file), name) : name,
      typeOnly: clause.startsWith('type ') || /^\{\s*(type \w+( as \w+)?,?\s*)+\}\s*$/.test(clause),
    }
  })
}

const roomOf = (file: string) => (file.includes('/') ? (file.split('/')[0] ?? '') : '')

/** The way of the data: a room knows those before it, and those only by their types. */
const STAGES = [
  'inputs',
  'settings',
  'project',
  'candidates',
  'credentials',
  'benchmark',
  'choice',
  'environment',
  'gateway',
  'download',
  'cache',
  'report',
]
/** What every room may use. */
const GROUND = ['', 'go']
const FACES = ['index.ts', 'main.ts', 'post.ts', 'cli.ts', 'cache-child.ts', 'hash-thread.ts', 'hash-thread-alone.ts']

/** Further values that a room may import, each with its reason. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  // One object from one upstream, timed: what measuring and serving have in common.
  benchmark: ['upstream'],

  // Which hosts are mirrors, and which settings are a user's own: rules without effects.
  candidates: ['inputs'],
  environment: ['settings'],
  // Who may hear of a module: a rule, and the gateway may run where the project is not known.
  gateway: ['upstream', 'project/privacy.ts', 'runner/sanitiser.ts'],
  // Which files there are for a go.sum, and whether one is right: asked of a proxy and of an archive alike.
  cache: ['gateway/order.ts', 'gateway/verification.ts'],
  // The one place that says what may appear in a line; pure.
  download: ['runner/sanitiser.ts'],
  report: ['runner/sanitiser.ts'],
  // The demo is a world, not a stage.
  demo: [],
  upstream: [],
  runner: [],
}

function describeImport({ file, target }: Import): string {
  return `${file} imports ${target}`
}

describe('who may import whom', () => {
  test('data flows one way: a stage takes values from itself and the ground alone, types from stages before it', () => {
    const wrong = imports.filter(({ file, target, ours, typeOnly }) => {
      const [from, to] = [roomOf(file), roomOf(target)]
      if (!ours || !STAGES.includes(from) || from === to || GROUND.includes(to)) return false
      if (ALLOWED[from]?.some(allowed => target === allowed || to === allowed)) return false
      if (!typeOnly) return true
      return STAGES.includes(to) && STAGES.indexOf(to) > STAGES.indexOf(from)
    })
    expect(wrong.map(describeImport)).toEqual([])
  })

  test('nothing imports a face but a face, and nothing else the job that they tell', () => {
    const isAbove = (file: string) => FACES.includes(file) || roomOf(file) === 'job'
    const wrong = imports.filter(
      ({ file, target, ours }) =>
        ours && ((FACES.includes(target) && !FACES.includes(file)) || (isAbove(target) && !isAbove(file))),
    )
    expect(wrong.map(describeImport)).toEqual([])
  })

  /** Digests, inflating, and what an IP address looks like: no effects. */
  const PURE = ['node:crypto', 'node:zlib', 'node:stream', 'node:net']
  test('Go’s rules know nothing but each other and how an error looks', () => {
    const wrong = imports.filter(
      ({ file, target, ours }) =>
        roomOf(file) === 'go' && (ours ? !['go', ''].includes(roomOf(target)) : !PURE.includes(target)),
    )
    expect(wrong.map(describeImport)).toEqual([])
  })

  const OWNERS: Readonly<Record<string, RegExp>> = {
    '@actions/core': /^runner\//,
    '@actions/exec': /^runner\//,
    '@actions/cache': /^cache\//,
    undici: /^upstream\//,
    commander: /^(cli|inputs\/options)\.ts$/,
    'node:child_process': /^runner\//,
    // Bodies go to files while they arrive, without a copy of each; and hundreds of files at once to go's cache.
    'node:fs': /^((runner|demo)\/|gateway\/(spool|prefill)\.ts$)/,
    'node:fs/promises': /^runner\//,
    'node:worker_threads': /^(runner\/|(index|hash-thread)\.ts$)/,
    'node:http': /^(demo|gateway)\//,
    'node:https': /^demo\//,
    'node:http2': /^upstream\//,
  }
  test.each(Object.entries(OWNERS))('%s is imported where it belongs', (name, owner) => {
    const wrong = imports.filter(({ file, target, typeOnly }) => target === name && !typeOnly && !owner.test(file))
    expect(wrong.map(describeImport)).toEqual([])
  })

  test('pure rooms read neither clock nor randomness nor the environment', () => {
    const effects =
      /\b(Date\.now|new Date\(\)|performance\.now|Math\.random|randomBytes|randomUUID|process\.(env|cwd|argv))\b/
    const wrong = [...new Set(imports.map(({ file }) => file))]
      .filter(file =>
        /^(go|inputs|settings|project|candidates|credentials|benchmark|choice|environment|download|cache|report)\//.test(
          file,
        ),
      )
      .filter(file => effects.test(readFileSync(join(src, file), 'utf8')))
    expect(wrong).toEqual([])
  })

  test('no file is too long to read', () => {
    const long = (readdirSync(src, { recursive: true }) as string[])
      .filter(name => name.endsWith('.ts'))
      .map(name => ({ name, lines: readFileSync(join(src, name), 'utf8').split('\n').length }))
      .filter(({ lines }) => lines > 350)
    expect(long.map(({ name, lines }) => `${relative('.', name)}: ${lines} lines`)).toEqual([])
  })
})
