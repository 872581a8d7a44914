import { describe, expect, test } from '@jest/globals'
import { openForesight } from '../../src/gateway/foresight.ts'
import { parseModFile } from '../../src/go/mod-file.ts'
import type { GraphRoots } from '../../src/objects/graph.ts'
import type { WantedObject } from '../../src/objects/wanted.ts'

const at = (path: string) => ({ path, version: 'v1.0.0' })
const goMod = (goLine: string, ...requires: readonly string[]) =>
  `module m\ngo ${goLine}\n${requires.map(one => `require ${one} v1.0.0\n`).join('')}`
const sums = new Map(['a', 'b', 'c', 'stale'].map(path => [`${path} v1.0.0/go.mod`, 'h1:x=']))
const roots = (goLine: string, kind: GraphRoots['kind'] = 'module'): GraphRoots => ({
  kind,
  mains: [{ path: 'm', ...parseModFile(goMod(goLine, 'a')) }],
  replaces: [],
  excludes: new Set(),
  sums,
})
/** In go's order, with a question mark behind what may be unneeded. */
const names = (objects: readonly WantedObject[]) =>
  objects.map(({ module, kind, mayBeUnneeded }) => `${module.path}.${kind}${mayBeUnneeded ? '?' : ''}`)
const nothing = { sums, missing: [], listed: [], graphs: [], prunedGraphs: [], goMods: [] }

describe('the go.mod files that go certainly needs', () => {
  test('are those of go.mod, and those that a module older than pruning leads to', () => {
    const project = { ...nothing, listed: [at('a')], prunedGraphs: [roots('1.24')] }
    const foresight = openForesight(project, undefined, () => false)
    expect(names(foresight.wanted())).toEqual(['a.mod', 'b.mod?', 'c.mod?', 'stale.mod?'])
    // Of no module that is known to be needed, yet.
    expect(foresight.learn(at('b'), goMod('1.20', 'c'))).toEqual([])
    expect(names(foresight.learn(at('a'), goMod('1.16', 'b')))).toEqual(['c.mod'])
    for (const now of [['stale.mod'], []]) expect(names(foresight.learn(at('c'), goMod('1.16', 'stale')))).toEqual(now)
  })

  test('are none behind a module that is pruned', () => {
    const project = { ...nothing, listed: [at('a')], prunedGraphs: [roots('1.24')] }
    const foresight = openForesight(project, undefined, () => false)
    expect(foresight.learn(at('a'), goMod('1.17', 'b'))).toEqual([])
  })

  test('those that go fetches itself are awaited behind pruned main modules too, and lead on', () => {
    const project = { ...nothing, listed: [at('a')], prunedGraphs: [roots('1.24')] }
    const foresight = openForesight(project, undefined, path => path === 'a')
    expect(foresight.fetchedByGo()).toEqual([at('a')])
    expect(names(foresight.learn(at('a'), goMod('1.16', 'b')))).toEqual(['b.mod'])
    expect(foresight.fetchedByGo()).toEqual([])
  })

  test('come with the others once the graph of a workspace turns out to be deep', () => {
    const foresight = openForesight({ ...nothing, graphs: [roots('1.24', 'workspace')] }, undefined, () => false)
    expect(names(foresight.wanted())).toEqual(['a.mod'])
    expect(names(foresight.learn(at('a'), goMod('1.16', 'b')))).toEqual(['b.mod', 'a.mod?', 'c.mod?', 'stale.mod?'])
    expect(names(foresight.learn(at('b'), goMod('1.16', 'c')))).toEqual(['c.mod'])
  })
})
