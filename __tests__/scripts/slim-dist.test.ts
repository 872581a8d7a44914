import { runInNewContext } from 'node:vm'
import { describe, expect, test } from '@jest/globals'
import { slim } from '../../scripts/slim-dist.mjs'

describe('what dist/ holds of a program', () => {
  const source = `
    // A comment with “quotes”.
    const Größe = /[’\u{1f600}é]/u
    /** Another. */
    function nameThatStays() { return [\`a’b\${1}…\`, 'x😀', Größe.test('’'), Größe.test('😀'), Größe.test('u')] }
    nameThatStays()`

  test('is ASCII without comments, and does the same', () => {
    const slimmed = slim(source, 'index.js')
    expect(slimmed).toMatch(/^[\0-\x7f]*$/)
    expect(slimmed).not.toMatch(/comment|Another/)
    expect(slimmed).toContain('function nameThatStays()')
    expect(runInNewContext(slimmed)).toEqual(['a’b1…', 'x😀', true, true, false])
  })

  test('has modules that are compiled at once, where a program’s own arrow functions stay', () => {
    const modules = '({ 7: ((module, __webpack_exports__, load) => { return [1].map(x => x + load(0)) }) })'
    const slimmed = slim(modules, 'index.js')
    expect(slimmed).toMatch(/7: \(function \(module, __webpack_exports__, load\) \{/)
    expect(slimmed).toContain('x => x + load(0)')
    expect(runInNewContext(slimmed)[7](undefined, {}, () => 2)).toEqual([3])
    expect(slim('({ 7: ((module, exports) => { return exports }) })', 'index.js')).not.toContain('function')
  })

  test('keeps the line that a shell starts it by, and the kind of its modules', () => {
    expect(slim('#!/usr/bin/env node\nimport a from "a"\nexport { a }', 'index.js')).toMatch(
      /^#!\/usr\/bin\/env node\n *import a from "a";\nexport { a };\n$/,
    )
    expect(slim('const a = require("a")\nmodule.exports = a', 'index.js')).not.toMatch(/export \{|import/)
  })

  test.each([
    ['a backslash', "'\\\\’'"],
    ['a raw template', 'String.raw`’`'],
  ])('is refused where %s would change its meaning', (_what, text) =>
    expect(() => slim(text, 'index.js')).toThrow('index.js: '),
  )
})
