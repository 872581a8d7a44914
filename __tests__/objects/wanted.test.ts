import { describe, expect, test } from '@jest/globals'
import { buildModule, goSumOf } from '../../src/demo/modules.ts'
import { parseGoSum } from '../../src/go/gosum.ts'
import { fetchOrder, planOrder } from '../../src/objects/wanted.ts'

const modules = ['a', 'b', 'c'].map(name => buildModule({ path: `example.com/${name}`, version: 'v1.0.0' }))
const graph = buildModule({ path: 'example.com/graph', version: 'v0.1.0' })
const toolchain = { path: 'golang.org/toolchain', version: 'v0.0.1-go1.27.3.linux-amd64' }
const sums = new Map([...parseGoSum(goSumOf(modules)).hashes, ['example.com/graph v0.1.0/go.mod', graph.goModH1]])
const names = (objects: ReturnType<typeof planOrder>) =>
  objects.map(({ module, kind }) => `${module.path.split('/').at(-1)}.${kind}`)

describe('what is fetched ahead', () => {
  const planned = planOrder({ sums, modules, toolchain })

  test('is what go will ask for, in its order, and nothing that go.sum does not know', () => {
    expect(names(planned)).toEqual([
      'toolchain.zip',
      ...['a.mod', 'b.mod', 'c.mod', 'graph.mod'],
      ...['a.info', 'b.info', 'c.info'],
      ...['a.zip', 'b.zip', 'c.zip'],
    ])
    const unknown = buildModule({ path: 'example.com/unknown', version: 'v1.0.0' })
    expect(names(planOrder({ sums, modules: [unknown], toolchain: undefined }))).not.toContain('unknown.zip')
  })

  test('comes with the zips among the small files; nothing is lost, and each kind keeps its order', () => {
    expect(names(fetchOrder(planned))).toEqual([
      'toolchain.zip',
      ...['a.zip', 'a.mod', 'b.mod', 'c.mod'],
      ...['b.zip', 'graph.mod', 'a.info', 'b.info'],
      ...['c.zip', 'c.info'],
    ])
    expect(names(fetchOrder(planned.filter(({ kind }) => kind === 'zip')))).toEqual([
      'toolchain.zip',
      'a.zip',
      'b.zip',
      'c.zip',
    ])
  })
})
