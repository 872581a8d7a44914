import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import {
  findCircles,
  findSharedNames,
  type Import,
  LONG_FUNCTION,
  MANY_PARAMETERS,
  readSource,
  readSources,
  roomOf,
  type SourceFunction,
} from '../scripts/structure.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = readSources(root)
const imports = sources.flatMap(source => source.imports)

/** The root's files, one by one: a new one needs a reason here. */
const ROOT = {
  faces: ['index.ts', 'main.ts', 'post.ts'],
  /** What every room may use. */
  ground: ['effects.ts', 'errors.ts', 'policy.ts', 'version.ts'],
  /** What main tells post. */
  state: ['state.ts'],
}

/** The way of the data: a room knows the types of those before it. */
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
  'build-cache',
  'tools',
  'store',
  'bundle',
  'report',
]

interface Rule {
  /** Rooms and files whose values it may use, besides its own. */
  readonly values: readonly string[]
  /** Rooms whose types it may name. */
  readonly types: readonly string[]
}

const GROUND = [...ROOT.ground, 'text', 'go', 'places', 'objects']

/** Further values that a stage may use, each with its reason. */
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  // What a version of Go may be, and the job's own token, which inputs are.
  inputs: ['toolchain/wanted.ts', 'ci/job-login.ts'],
  // Which hosts are public mirrors: a list, and trust goes by host.
  candidates: ['inputs/presets.ts'],
  // One object from one upstream, timed: what measuring and serving have in common.
  benchmark: ['upstream'],
  gateway: ['upstream', 'project/privacy.ts'],
  // What it may find in the module cache, which the project knows.
  download: ['project/project.ts', 'project/privacy.ts', 'project/lines.ts', 'project/read-lines.ts'],
  cache: ['transfer'],
  'build-cache': ['transfer'],
  // Programs are build results, and trusted as they are.
  tools: ['transfer', 'build-cache/trust.ts', 'build-cache/key.ts'],
  // Which files of a module are wanted, and whether one is right: as for the cache's entries.
  store: ['cache/select.ts', 'cache/verify.ts'],
  // An archive is read as the cache's are; what is in it is what a store holds, and Go, unpacked as when it was brought.
  bundle: [
    'transfer/tar.ts',
    'transfer/tar-header.ts',
    'store/contents.ts',
    'store/place.ts',
    'toolchain/install.ts',
    'sumdb/prove.ts',
  ],
  // What a kept report is checked against: data.
  report: ['../schema/report.schema.json'],
  // A setting that we exported ourselves is no setting of the user's.
  environment: ['settings/original.ts'],
}

const RULES: Readonly<Record<string, Rule>> = {
  text: { values: [], types: [] },
  go: { values: [...ROOT.ground, 'text'], types: [] },
  places: { values: [], types: [] },
  // What CI systems tell their jobs, and what they read in a log: pure.
  ci: { values: [...ROOT.ground, 'places'], types: [] },
  // A report as OpenTelemetry's spans, and where these go: the report's types, and one request to a collector.
  tracing: { values: [...GROUND, 'upstream'], types: ['report', 'ci'] },
  objects: { values: ['go'], types: ['candidates'] },
  upstream: { values: GROUND, types: [] },
  // How a log's groups are folded, and where temporary things go with the job.
  runner: { values: [...GROUND, 'ci'], types: [] },
  transfer: { values: GROUND, types: [] },
  demo: { values: GROUND, types: [] },
  // Loopback alone: what fronts send is checked by the module cache's own rules.
  drill: {
    values: [...GROUND, 'demo/pace.ts', 'cache/select.ts', 'cache/verify.ts', 'report/units.ts'],
    types: [...STAGES],
  },
  // One object from one upstream, kept while it is checked: as the gateway does both.
  prewarm: {
    values: [
      ...GROUND,
      'upstream',
      'inputs/presets.ts',
      'gateway/keeping/hashing.ts',
      'gateway/keeping/spool.ts',
      'gateway/fetching/retry.ts',
      'report/units.ts',
    ],
    types: [...STAGES],
  },
  // Which Go, and whether it is the one: pure, for what a proxy says is passed in.
  sumdb: { values: [...ROOT.ground, 'go', 'text'], types: [] },
  toolchain: { values: [...ROOT.ground, 'go', 'text'], types: [] },
  ...Object.fromEntries(
    STAGES.map((stage, i) => [
      stage,
      {
        values: [...GROUND, ...(EXCEPTIONS[stage] ?? [])],
        types: [...STAGES.slice(0, i), 'upstream', 'transfer', 'toolchain'],
      },
    ]),
  ),
  // What is wrong with a set-up: judged from facts, by the rules and words of the rooms that know them.
  doctor: {
    values: [
      ...GROUND,
      'settings',
      'project',
      'credentials',
      'inputs/presets.ts',
      'choice/sumdb.ts',
      'download/setup.ts',
      'report/units.ts',
    ],
    types: [...STAGES, 'upstream', 'runner'],
  },
  // Processes and threads that only we start.
  children: { values: [...GROUND, 'cache', 'build-cache', 'tools', 'transfer', 'gateway', 'runner'], types: [] },
  job: {
    values: [
      ...GROUND,
      ...STAGES,
      ...ROOT.state,
      'doctor',
      'drill',
      'prewarm',
      'toolchain',
      'sumdb',
      'upstream',
      'transfer',
      'runner',
      'tracing',
      'ci',
    ],
    types: [],
  },
  cli: {
    values: [
      ...GROUND,
      ...STAGES,
      'doctor',
      'drill',
      'prewarm',
      'toolchain/places.ts',
      'ci/pipeline.ts',
      'job',
      'demo',
      'upstream',
      'runner',
    ],
    types: [],
  },
  // The script of the page: what both sides draw with, and nothing that needs Node.
  browser: { values: ['text', 'report'], types: [] },
}

function describeImport({ file, target }: Import): string {
  return `${file} imports ${target}`
}

describe('who may import whom', () => {
  test('the root has its faces, the ground, and no other file', () => {
    const files = sources.map(({ file }) => file).filter(file => roomOf(file) === '')
    expect(files).toEqual([...ROOT.faces, ...ROOT.ground, ...ROOT.state].sort())
  })

  test('every room has a rule, and every rule a room', () => {
    const rooms = new Set(sources.map(({ file }) => roomOf(file)).filter(room => room !== ''))
    expect(Object.keys(RULES).sort()).toEqual([...rooms].sort())
  })

  test('every exception is in use', () => {
    const used = Object.entries(EXCEPTIONS).flatMap(([room, targets]) =>
      targets.filter(target =>
        imports.some(one => roomOf(one.file) === room && !one.typeOnly && isWithin(one.target, target)),
      ),
    )
    expect(used).toEqual(Object.values(EXCEPTIONS).flat())
  })

  test.each(Object.entries(RULES))('%s uses what its rule says', (room, { values, types }) => {
    const wrong = imports.filter(({ file, target, ours, typeOnly }) => {
      if (!ours || roomOf(file) !== room || roomOf(target) === room) return false
      const allowed = typeOnly ? [...values, ...types] : values
      return !allowed.some(one => isWithin(target, one))
    })
    expect(wrong.map(describeImport)).toEqual([])
  })

  test('no files import each other in a circle, types included', () => {
    const circles = findCircles(sources).map(group => [...group].sort())
    expect(circles.sort()).toEqual([])
  })

  const OWNERS: Readonly<Record<string, RegExp>> = {
    '@actions/core': /^runner\//,
    '@actions/exec': /^runner\//,
    '@actions/cache': /^transfer\//,
    '@opentelemetry/otlp-transformer/build/src/trace/protobuf/index.js': /^tracing\/encode\.ts$/,
    '@opentelemetry/otlp-transformer/build/src/trace/json/index.js': /^tracing\/encode\.ts$/,
    undici: /^upstream\//,
    commander: /^(cli\/|inputs\/options\.ts$)/,
    'node:child_process': /^runner\//,
    // Bodies go to files while they arrive, without a copy of each; and hundreds of files at once to go's cache.
    'node:fs': /^((runner|demo)\/|gateway\/keeping\/(spool|prefill)\.ts$)/,
    'node:fs/promises': /^runner\//,
    'node:worker_threads': /^(runner\/|index\.ts$|children\/)/,
    // CONNECT, which undici has for its whole of agents alone.
    'node:http': /^((demo|drill|gateway)\/|upstream\/connect-method\.ts$)/,
    'node:https': /^(demo|drill)\//,
    'node:http2': /^upstream\//,
  }
  test.each(Object.entries(OWNERS))('%s is imported where it belongs', (name, owner) => {
    const wrong = imports.filter(({ file, target, typeOnly }) => target === name && !typeOnly && !owner.test(file))
    expect(wrong.map(describeImport)).toEqual([])
  })

  /** Digests, inflating, what an IP address or a host name looks like, and joined paths: no effects. */
  const PURE = ['node:crypto', 'node:zlib', 'node:stream', 'node:net', 'node:path', 'node:url']
  test('Go’s rules use no package that has effects', () => {
    const wrong = imports.filter(({ file, target, ours }) => roomOf(file) === 'go' && !ours && !PURE.includes(target))
    expect(wrong.map(describeImport)).toEqual([])
  })

  /** Rooms whose task it is to touch the world. */
  const OUTWARD = ['', 'runner', 'upstream', 'transfer', 'gateway', 'children', 'demo', 'job', 'cli', 'browser']
  /** In every other room only these files do; all the rest is pure. */
  const EDGES = [
    'benchmark/answer.ts',
    'benchmark/benchmark.ts',
    'benchmark/probe.ts',
    'benchmark/racer.ts',
    'benchmark/wake.ts',
    'build-cache/child.ts',
    'build-cache/restore.ts',
    'bundle/check.ts',
    'bundle/digest.ts',
    'bundle/unpack.ts',
    'bundle/write.ts',
    'cache/cache.ts',
    'cache/child.ts',
    'cache/extract.ts',
    'cache/find-evidence.ts',
    'cache/find-setup-go.ts',
    'cache/restoring.ts',
    'cache/sizes.ts',
    'cache/verify.ts',
    'credentials/install.ts',
    'download/arrivals.ts',
    'download/attempt.ts',
    'download/culprits.ts',
    'download/damage.ts',
    'download/dispute.ts',
    'download/download.ts',
    'download/examine.ts',
    'download/explain.ts',
    'download/mend.ts',
    'download/movement.ts',
    'download/progress.ts',
    'download/run.ts',
    'download/sums.ts',
    'download/unpacking.ts',
    'drill/front.ts',
    'drill/play.ts',
    'drill/store.ts',
    'drill/times.ts',
    'environment/export.ts',
    'inputs/dependency-files.ts',
    'inputs/directories.ts',
    'inputs/glob.ts',
    'prewarm/ask.ts',
    'prewarm/warm.ts',
    'project/edit-json.ts',
    'project/graph.ts',
    'project/module.ts',
    'project/quoting.ts',
    'project/read-lines.ts',
    'project/read.ts',
    'project/withdrawn.ts',
    'project/workspace.ts',
    'report/later-steps.ts',
    'report/phases.ts',
    'report/publish.ts',
    'report/tell.ts',
    'settings/read.ts',
    'settings/without-go.ts',
    'store/make.ts',
    'store/place.ts',
    'toolchain/install.ts',
    'toolchain/installed.ts',
    'tools/child.ts',
    'tools/restore.ts',
    'tracing/encode.ts',
    'tracing/send.ts',
  ]
  /** The world as it is passed in. */
  const WORLD = [
    ...['Effects', 'Clock', 'Random', 'Log', 'Outputs', 'Commands', 'RunningCommand', 'Threads', 'Thread'],
    ...['Files', 'HeldDirectory', 'OpenFile', 'Connections', 'Transport'],
  ]
  test('the world is touched where it belongs', () => {
    expect(findImpure(sources).filter(file => !OUTWARD.includes(roomOf(file)))).toEqual(EDGES)
  })

  /** Files that take a part of the world, use a package that has effects, or use the value of such a file. */
  function findImpure(all: typeof sources): readonly string[] {
    const packages = [...PURE, 'node:path', 'node:url', 'commander']
    const impure = new Set<string>()
    const isImpure = ({ target, ours, typeOnly, names }: Import) =>
      names.some(name => WORLD.includes(name)) ||
      (!typeOnly && (ours ? impure.has(target) : !packages.includes(target)))
    for (let before = -1; before < impure.size; ) {
      before = impure.size
      for (const { file, imports } of all) if (imports.some(isImpure)) impure.add(file)
    }
    return [...impure].sort()
  }

  const EFFECTS =
    /\b(Date\.now|new Date\(\)|performance\.now|Math\.random|randomBytes|randomUUID|process\.(env|cwd|argv))\b/
  test('stages and ground read neither clock nor randomness nor the environment', () => {
    const rooms = ['text', 'go', 'places', 'objects', 'sumdb', 'toolchain', 'ci', ...STAGES]
    const wrong = sources
      .map(({ file }) => file)
      .filter(file => rooms.includes(roomOf(file)) && EFFECTS.test(readFileSync(join(root, 'src', file), 'utf8')))
    expect(wrong).toEqual([])
  })
})

describe('how it reads', () => {
  const functions = sources.flatMap(source => source.functions)
  const nameOf = ({ file, name }: SourceFunction) => `${file} ${name}`

  test('a function that is long says why', () => {
    const long = functions.filter(({ lines, reason }) => lines > LONG_FUNCTION && !reason)
    expect(long.map(nameOf)).toEqual([])
  })

  test('what has many parameters takes one value', () => {
    const many = functions.filter(({ parameters }) => parameters > MANY_PARAMETERS)
    expect(many.map(nameOf)).toEqual([])
  })

  test('a name of a type means one thing', () => {
    expect(findSharedNames(sources).map(([name]) => name)).toEqual([])
  })

  test('no file is too long to read', () => {
    expect(sources.filter(({ lines }) => lines > 300).map(({ file, lines }) => `${file}: ${lines} lines`)).toEqual([])
  })
})

describe('the reader of imports', () => {
  const read = (text: string) => readSource('a/b.ts', text)

  test('finds what is imported, exported on, and imported late, and tells types from values', () => {
    const { imports } = read(
      [
        "import type { A } from './a.ts'",
        "import { type B, type C } from '../b.ts'",
        "import { type D, e } from './d.ts'",
        "export { f } from './f.ts'",
        'const g = await import(/* webpackMode: "eager" */ \'./g.ts\')',
        "import { join } from 'node:path'",
      ].join('\n'),
    )
    expect(imports.map(({ target, typeOnly }) => [target, typeOnly])).toEqual([
      ['a/a.ts', true],
      ['b.ts', true],
      ['a/d.ts', false],
      ['a/f.ts', false],
      ['a/g.ts', false],
      ['node:path', false],
    ])
  })

  test('finds a circle through types alone', () => {
    const circle = [
      readSource('a/one.ts', "import type { Two } from './two.ts'"),
      readSource('a/two.ts', "import type { Three } from '../b/three.ts'"),
      readSource('b/three.ts', "import { one } from '../a/one.ts'"),
      readSource('b/four.ts', "import { three } from './three.ts'"),
    ]
    expect(findCircles(circle).map(group => group.sort())).toEqual([['a/one.ts', 'a/two.ts', 'b/three.ts']])
  })

  test('a type within a function is no name of the room', () => {
    const twice = [readSource('a/x.ts', 'interface Row {}'), readSource('b/y.ts', 'function f() { type Row = 1 }')]
    expect(findSharedNames(twice)).toEqual([])
  })
})

/** @param place a room, or one file of it */
function isWithin(target: string, place: string): boolean {
  return target === place || roomOf(target) === place
}
