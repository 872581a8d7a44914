import { describe, expect, test } from '@jest/globals'
import { parseModFile } from '../../src/go/mod-file.ts'
import type { GraphRoots } from '../../src/objects/graph.ts'
import type { WantedObject } from '../../src/objects/wanted.ts'
import { openNeed } from '../../src/prewarm/need.ts'

const at = (path: string) => ({ path, version: 'v1.0.0' })
const goMod = (goLine: string, ...requires: readonly string[]) =>
  `module m\ngo ${goLine}\n${requires.map(one => `require ${one} v1.0.0\n`).join('')}`
const sums = new Map(
  ['a', 'b', 'c', 'stale'].flatMap(path => [
    [`${path} v1.0.0/go.mod`, 'h1:x='] as const,
    [`${path} v1.0.0`, 'h1:x='] as const,
  ]),
)
const roots = (goLine: string, kind: GraphRoots['kind'] = 'module'): GraphRoots => ({
  kind,
  mains: [{ path: 'm', ...parseModFile(goMod(goLine, 'a')) }],
  replaces: [],
  excludes: new Set(),
  sums,
})
const names = (objects: readonly WantedObject[]) => objects.map(({ target }) => target.replace('/@v/v1.0.0', ''))
const nothing = { sums, modules: [], listed: [], graphs: [], prunedGraphs: [] }

describe('what is asked for', () => {
  test('is what go.mod lists, small files first, and nothing of a line that stayed in go.sum', () => {
    const need = openNeed(
      { ...nothing, modules: [at('a'), at('b')], listed: [at('a'), at('b')], prunedGraphs: [roots('1.24')] },
      undefined,
    )
    expect(names(need.wanted())).toEqual(['a.mod', 'b.mod', 'a.info', 'b.info', 'a.zip', 'b.zip'])
    expect(names(need.learn(at('a'), goMod('1.20', 'stale')))).toEqual([])
  })

  test('grows by the go.mod files that a module older than pruning leads to', () => {
    const need = openNeed(
      { ...nothing, modules: [at('a')], listed: [at('a')], prunedGraphs: [roots('1.24')] },
      undefined,
    )
    expect(names(need.learn(at('a'), goMod('1.16', 'c')))).toEqual(['c.mod'])
    expect(names(need.learn(at('a'), goMod('1.16', 'c')))).toEqual([])
    expect(names(need.wanted())).toEqual(['a.mod', 'c.mod', 'a.info', 'a.zip'])
  })

  test('in a workspace grows by modules, as the graph shows them', () => {
    const need = openNeed({ ...nothing, modules: [at('a')], graphs: [roots('1.16', 'workspace')] }, undefined)
    expect(names(need.wanted())).toEqual(['a.mod', 'a.info', 'a.zip'])
    expect(names(need.learn(at('a'), goMod('1.16', 'b')))).toEqual(['b.mod', 'b.info', 'b.zip'])
  })

  test('begins with the toolchain that go switches to', () => {
    const toolchain = { path: 'golang.org/toolchain', version: 'v0.0.1-go1.27.3.linux-amd64' }
    expect(openNeed(nothing, toolchain).wanted()).toMatchObject([{ module: toolchain, kind: 'zip' }])
  })

  test('without a line in go.sum is nothing', () => {
    const need = openNeed({ ...nothing, modules: [at('new')], listed: [at('new')] }, undefined)
    expect(need.wanted()).toEqual([])
  })
})
