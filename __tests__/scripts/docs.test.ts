import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'

const SCRIPT = join(import.meta.dirname, '../../scripts/docs.mjs')
const ACTION = `
inputs:
  first: { description: "A | B.\\n More.", default: '2s' }
  second: { description: Second., default: '' }
outputs:
  result: { description: The result. }
`
const README = '# Title\n<!-- inputs -->\nold\n<!-- /inputs -->\nbetween\n<!-- outputs --><!-- /outputs -->\nend\n'
let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'docs-'))
  writeFileSync(join(root, 'action.yml'), ACTION)
  writeFileSync(join(root, 'README.md'), README)
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const readme = () => readFileSync(join(root, 'README.md'), 'utf8')
const run = (...args: string[]) =>
  new Promise<{ code: number; stderr: string }>(resolve => {
    execFile(process.execPath, [SCRIPT, ...args], { cwd: root }, (error, _stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stderr }),
    )
  })

describe('docs', () => {
  test('writes the tables between their marks and leaves the rest alone', async () => {
    expect(await run()).toEqual({ code: 0, stderr: '' })
    expect(readme()).toBe(
      [
        '# Title',
        '<!-- inputs -->',
        '| Input | Default | Meaning |',
        '| --- | --- | --- |',
        '| `first` | `2s` | A \\| B. More. |',
        '| `second` |  | Second. |',
        '<!-- /inputs -->',
        'between',
        '<!-- outputs -->',
        '| Output | Meaning |',
        '| --- | --- |',
        '| `result` | The result. |',
        '<!-- /outputs -->',
        'end',
        '',
      ].join('\n'),
    )
  })

  test('--check says what differs and writes nothing', async () => {
    const { code, stderr } = await run('--check')
    expect(code).toBe(1)
    expect(stderr).toContain('- old\n')
    expect(stderr).toContain('+ | `result` | The result. |')
    expect(readme()).toBe(README)
  })

  test('--check is content with what was written', async () => {
    await run()
    expect(await run('--check')).toEqual({ code: 0, stderr: '' })
  })

  test('a README without marks is an error', async () => {
    writeFileSync(join(root, 'README.md'), '# Title\n')
    const { code, stderr } = await run()
    expect(code).toBe(1)
    expect(stderr).toContain('README.md has no <!-- inputs -->')
  })
})
