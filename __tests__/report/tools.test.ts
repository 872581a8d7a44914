import { expect, test } from '@jest/globals'
import { renderTools, renderToolsSection, type ToolReport } from '../../src/report/tools.ts'

const toolsOf = (number: number): readonly ToolReport[] =>
  Array.from({ length: number }, (_, i) => ({
    ...{ name: `tool${i}`, package: `example.com/tool${i}`, version: 'v1.0.0', toBeSaved: false },
    ...(i === 0 ? { how: 'built', seconds: 12, bytes: 4e6 } : { how: 'restored', seconds: 0.3, bytes: 9e6 }),
  }))

test('a few tools are one line, more have a line each', () => {
  expect(renderTools([])).toEqual([])
  expect(renderTools(toolsOf(2))).toEqual([
    'Tools: tool0 v1.0.0 built in 12 s (4 MB), tool1 v1.0.0 restored in 300 ms (9 MB).',
  ])
  expect(renderTools(toolsOf(20)).slice(0, 3)).toEqual([
    '20 tools, 19 restored, 1 built:',
    '  tool0 v1.0.0 built in 12 s (4 MB)',
    '  tool1 v1.0.0 restored in 300 ms (9 MB)',
  ])
  expect(renderTools(toolsOf(20))).toHaveLength(21)
})

test('many are a table in the summary, and their names no Markdown', () => {
  const [first, ...rest] = toolsOf(4)
  const lines = renderToolsSection([{ ...(first as ToolReport), name: 'a|*b*' }, ...rest]).split('\n')
  expect(lines[0]).toBe('4 tools, 3 restored, 1 built.')
  expect(lines).toHaveLength(8)
  expect(lines[4]).toContain('a&#124;&#42;b&#42;')
})
