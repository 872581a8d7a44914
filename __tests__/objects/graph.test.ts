import { expect, test } from '@jest/globals'
import { type ModFile, parseModFile } from '../../src/go/mod-file.ts'
import { compareVersions } from '../../src/go/semver.ts'
import { type GraphRoots, openGraph } from '../../src/objects/graph.ts'

const module = (text: string) => {
  const [path = '', version = ''] = text.split('@')
  return { path, version }
}
const file = (goLine: string, ...requires: readonly string[]): ModFile =>
  parseModFile(`module m\ngo ${goLine}\n${requires.map(one => `require ${one.replace('@', ' ')}\n`).join('')}`)
const names = (modules: readonly { path: string; version: string }[]) => modules.map(m => `${m.path}@${m.version}`)

function roots(main: ModFile, sums: readonly string[], more: Partial<GraphRoots> = {}): GraphRoots {
  const lines = new Map(sums.map(key => [key, 'h1:x=']))
  return { kind: 'module', mains: [{ path: 'm', ...main }], replaces: [], excludes: new Set(), sums: lines, ...more }
}

test('what go.sum has no newer version of is needed at once, the rest when the graph is whole', () => {
  const graph = openGraph(
    roots(file('1.16', 'a@v1.0.0', 'b@v1.0.0'), ['a v1.0.0', 'b v1.0.0', 'b v1.1.0', 'stale v1.0.0']),
  )
  expect(names(graph.selected())).toEqual(['a@v1.0.0'])
  expect(names(graph.awaited())).toEqual(['a@v1.0.0', 'b@v1.0.0'])
  expect(names(graph.learn(module('a@v1.0.0'), file('1.16', 'c@v1.0.0')))).toEqual(['c@v1.0.0'])
  // Of no module that is waited for.
  expect(graph.learn(module('stale@v1.0.0'), file('1.16', 'b@v1.1.0'))).toEqual([])
  graph.learn(module('b@v1.0.0'), file('1.16'))
  expect(graph.isComplete()).toBe(false)
  expect(names(graph.learn(module('c@v1.0.0'), file('1.16')))).toEqual(['b@v1.0.0'])
  expect([graph.isComplete(), names(graph.selected())]).toEqual([true, ['a@v1.0.0', 'b@v1.0.0', 'c@v1.0.0']])
})

test('the newest version wins, whoever requires it, without what is excluded', () => {
  const excludes = new Set(['b v1.9.0'])
  const graph = openGraph(roots(file('1.16', 'a@v1.0.0', 'b@v1.0.0'), [], { excludes }))
  graph.learn(module('a@v1.0.0'), file('1.16', 'b@v1.2.0', 'b@v1.9.0'))
  graph.learn(module('b@v1.0.0'), file('1.16'))
  graph.learn(module('b@v1.2.0'), file('1.16'))
  expect(names(graph.selected())).toEqual(['a@v1.0.0', 'b@v1.2.0'])
})

test('behind a module with go 1.17 nothing is read where the main module has it, too', () => {
  const graph = openGraph(roots(file('1.21', 'a@v1.0.0'), [], { kind: 'workspace' }))
  graph.learn(module('a@v1.0.0'), file('1.17', 'b@v1.0.0'))
  expect([graph.isComplete(), names(graph.selected())]).toEqual([true, ['a@v1.0.0', 'b@v1.0.0']])
  const old = openGraph(roots(file('1.21', 'a@v1.0.0'), [], { kind: 'workspace' }))
  old.learn(module('a@v1.0.0'), file('1.16', 'b@v1.0.0'))
  expect(names(old.awaited())).toEqual(['b@v1.0.0'])
})

test('replacements: by a module, for one version, by a local directory', () => {
  const replaces = [
    { path: 'a', version: undefined, by: module('fork@v3.0.0') },
    { path: 'b', version: 'v9.0.0', by: module('never@v1.0.0') },
    { path: 'c', version: undefined, by: { local: file('1.16', 'd@v1.0.0') } },
  ]
  const graph = openGraph(roots(file('1.16', 'a@v1.0.0', 'b@v1.0.0', 'c@v1.0.0'), [], { replaces }))
  expect(names(graph.awaited()).toSorted()).toEqual(['b@v1.0.0', 'd@v1.0.0', 'fork@v3.0.0'])
  expect(names(graph.selected())).toEqual(['fork@v3.0.0', 'b@v1.0.0', 'd@v1.0.0'])
})

test('a go.mod is read laxly', () => {
  const text = `module "m" // x
go 1.21
toolchain go1.22.0
require (
\ta v1.0.0 // indirect
\t"b" v1.1.0
\tbroken
)
unknown ( x
y z
)
exclude c v1.0.0
require d v1.0.0 // e v1.0.0
`
  const { requires, isPruned } = parseModFile(text)
  expect([names(requires), isPruned]).toEqual([['a@v1.0.0', 'b@v1.1.0', 'd@v1.0.0'], true])
})

test('versions in go’s order', () => {
  const sorted = [
    'x',
    'v0.0.0-20200101000000-aaaaaaaaaaaa',
    'v1.0.0-alpha',
    'v1.0.0-alpha.1',
    'v1.0.0-beta.2',
    'v1.0.0-beta.11',
    'v1.0.0',
    'v1.2.0',
    'v1.10.0',
  ]
  expect(sorted.toReversed().toSorted(compareVersions)).toEqual(sorted)
  expect(compareVersions('v2.0.0+incompatible', 'v2.0.0')).toBe(0)
})
