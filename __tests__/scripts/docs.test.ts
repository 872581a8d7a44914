import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { runProgram } from '../support/worlds/run-program.ts'

const SCRIPT = join(import.meta.dirname, '../../scripts/docs.mjs')
const ACTION = `
inputs:
  first: { description: "A | B.\\n More.", default: '2s' }
  second: { description: Second., default: '' }
outputs:
  result: { description: The result. }
`
const README = '# Title\n<!-- inputs -->\nold\n<!-- /inputs -->\nbetween\n<!-- outputs --><!-- /outputs -->\nend\n'
const SOURCES = {
  'main.ts': "import { run } from './job/run.ts'\nimport { a } from './go/a.ts'",
  'errors.ts': '',
  'job/run.ts': "import type { A } from '../go/a.ts'\nimport { failed } from '../errors.ts'",
  'go/a.ts': '',
}
const SCHEMA = `{
  "properties": {
    "list": { "type": "array", "description": "Several.", "items": { "properties": { "name": { "type": "string", "description": "One | of them." } } } }
  }
}`
const LOG_SCHEMA = `{
  "properties": {
    "event": { "oneOf": [{ "const": "start", "description": "Begins." }], "description": "What." },
    "bytes": { "type": ["integer", "null"], "description": "How | many." }
  }
}`
const GROUPS = ['inputs', 'private', 'proxies', 'checksums', 'project', 'go', 'machine']
const FAILURES = {
  'cut-command.md':
    '# Cut\n\n## The log\n\n```text\nerror: Not this one. [CONNECTION_CUT]\nHint of the terminal.\n```\n',
  'cut.md':
    '# Cut\n\n## The log\n\n```text\nstart\nError: It *broke*: https://a.example.\n  https://a.example: cut\nSet `a_b`, not c_d. [CONNECTION_CUT]\nend\n```\n',
  'none-command.md':
    '# None\n\n## The log\n\n```text\nwarning: None. [INPUT_NONE]\n  https://a.example: 404\nGive | one.\n```\n',
}
const METRICS = `
  export interface Row { readonly name: string }
  export const METRICS = {
    a: { name: 'a_bytes', type: 'gauge', unit: 'bytes', labels: ['b', 'c'], help: 'One | two.' },
  } as const satisfies Readonly<Record<string, Row>>
`
const COMMAND_LINE = {
  'cli/program.ts': `
    const option = { flags: '--b <c>', long: '--b', description: 'B | c.' }
    const run = {
      name: () => 'run',
      description: () => 'runs',
      commands: [],
      options: [option],
      registeredArguments: [],
      createHelp: () => ({ visibleCommands: () => [], visibleOptions: () => [option] }),
    }
    export const describeProgram = () => ({ createHelp: () => ({ visibleCommands: () => [run] }) })
  `,
  'cli/exit-code.ts': "export const EXIT_CODES = [['0', 'done']]",
  'inputs/table.ts': "export const INPUT_NAMES = ['b-c']\nexport const rowOf = () => ({ group: 'project' })",
  'inputs/options.ts': "export const optionsOf = () => [{ flags: '--b-c <d>', long: '--b-c' }]",
}
const cleanUp = cleanUpAfterEach()
let root: string

beforeEach(() => {
  root = cleanUp.directory('docs-')
  writeFileSync(join(root, 'action.yml'), ACTION)
  writeFileSync(join(root, 'README.md'), README)
  writeFileSync(join(root, 'CONTRIBUTING.md'), '<!-- rooms --><!-- /rooms -->\n')
  for (const directory of ['docs', 'schema']) mkdirSync(join(root, directory))
  writeFileSync(join(root, 'docs/metrics.md'), '<!-- metrics --><!-- /metrics -->\n')
  mkdirSync(join(root, 'src/report/metrics'), { recursive: true })
  writeFileSync(join(root, 'src/report/metrics/table.ts'), METRICS)
  writeFileSync(join(root, 'docs/report.md'), '<!-- fields --><!-- /fields -->\n')
  writeFileSync(join(root, 'schema/report.schema.json'), SCHEMA)
  writeFileSync(join(root, 'docs/logs.md'), '<!-- events --><!-- /events -->\n<!-- keys --><!-- /keys -->\n')
  writeFileSync(join(root, 'schema/log.schema.json'), LOG_SCHEMA)
  writeFileSync(
    join(root, 'docs/troubleshooting.md'),
    GROUPS.map(name => `<!-- ${name} --><!-- /${name} -->\n`).join(''),
  )
  mkdirSync(join(root, '__tests__/failures'), { recursive: true })
  for (const [name, text] of Object.entries(FAILURES)) writeFileSync(join(root, '__tests__/failures', name), text)
  writeFileSync(
    join(root, 'docs/reference.md'),
    ['verbs', 'options', 'exit-codes'].map(name => `<!-- ${name} --><!-- /${name} -->\n`).join(''),
  )
  for (const room of ['cli', 'inputs']) mkdirSync(join(root, 'src', room), { recursive: true })
  for (const [name, text] of Object.entries(COMMAND_LINE)) writeFileSync(join(root, 'src', name), text)
  for (const room of ['job', 'go']) mkdirSync(join(root, 'src', room), { recursive: true })
  for (const [name, text] of Object.entries(SOURCES)) writeFileSync(join(root, 'src', name), text)
})

const readme = () => readFileSync(join(root, 'README.md'), 'utf8')
const run = (...args: string[]) => runProgram(process.execPath, [SCRIPT, ...args], { cwd: root })

/** It has nothing to say. */
const DONE = { code: 0, stdout: '', stderr: '', words: '' }

describe('docs', () => {
  test('writes the tables between their marks and leaves the rest alone', async () => {
    expect(await run()).toEqual(DONE)
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

  test('lists the fields of the report from its schema, and refuses one without a description', async () => {
    await run()
    expect(readFileSync(join(root, 'docs/report.md'), 'utf8')).toBe(
      [
        '<!-- fields -->',
        '| Field | Type | Meaning |',
        '| --- | --- | --- |',
        '| `list` | array | Several. |',
        '| `list[].name` | string | One \\| of them. |',
        '<!-- /fields -->\n',
      ].join('\n'),
    )
    writeFileSync(join(root, 'schema/report.schema.json'), SCHEMA.replace('"Several."', '""'))
    expect((await run()).stderr).toContain('schema/report.schema.json: list has no description')
  })

  test('lists verbs, options and exit codes from the command line’s own description', async () => {
    await run()
    expect(readFileSync(join(root, 'docs/reference.md'), 'utf8')).toBe(
      [
        '<!-- verbs -->',
        '### `run`\n',
        '```text\n# runs\ngo-proxy-setup run [options]\n```\n',
        '|  |  |\n| --- | --- |\n| `--b <c>` | B \\| c. |',
        '<!-- /verbs -->',
        '<!-- options -->',
        '| Option | Environment variable | For |',
        '| --- | --- | --- |',
        '| `--b-c <d>` | `GO_PROXY_SETUP_B_C` | project |',
        '<!-- /options -->',
        '<!-- exit-codes -->',
        '| Code | Meaning |',
        '| --- | --- |',
        '| 0 | done |',
        '<!-- /exit-codes -->',
        '',
      ].join('\n'),
    )
  })

  test('lists the metrics from their table', async () => {
    await run()
    expect(readFileSync(join(root, 'docs/metrics.md'), 'utf8')).toBe(
      [
        '<!-- metrics -->',
        '| Metric | Type | Unit | Labels | Meaning |',
        '| --- | --- | --- | --- | --- |',
        '| `a_bytes` | gauge | bytes | `b`, `c` | One \\| two. |',
        '<!-- /metrics -->\n',
      ].join('\n'),
    )
  })

  test('lists the events and keys of the log from its schema', async () => {
    await run()
    expect(readFileSync(join(root, 'docs/logs.md'), 'utf8')).toBe(
      [
        '<!-- events -->',
        '| `event` | What the line is about |',
        '| --- | --- |',
        '| `start` | Begins. |',
        '<!-- /events -->',
        '<!-- keys -->',
        '| Key | Type | Meaning |',
        '| --- | --- | --- |',
        '| `event` | string | What. |',
        '| `bytes` | integer or null | How \\| many. |',
        '<!-- /keys -->',
        '',
      ].join('\n'),
    )
  })

  test('lists what failures printed, by code, with what to do', async () => {
    expect(await run()).toEqual(DONE)
    const text = readFileSync(join(root, 'docs/troubleshooting.md'), 'utf8')
    const rowsOf = (name: string) =>
      text
        .split(new RegExp(`<!-- /?${name} -->`))[1]
        ?.split('\n')
        .slice(3, -1)
    expect(rowsOf('proxies')).toEqual([
      '| [`CONNECTION_CUT`](../__tests__/failures/cut.md) | It \\*broke\\*: `https://a.example`. | Set `a_b`, not c\\_d. |',
    ])
    expect(rowsOf('inputs')).toEqual([
      '| [`INPUT_NONE`](../__tests__/failures/none-command.md) | None. | Give \\| one. |',
    ])
    expect(rowsOf('machine')).toEqual([])
  })

  test('draws the rooms in the fewest arrows that tell who uses whom', async () => {
    await run()
    expect(readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')).toBe(
      '<!-- rooms -->\n```mermaid\nflowchart TD\n  job --> go\n  main --> job\n```\n<!-- /rooms -->\n',
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
    expect(await run('--check')).toEqual(DONE)
  })

  test('a README without marks is an error', async () => {
    writeFileSync(join(root, 'README.md'), '# Title\n')
    const { code, stderr } = await run()
    expect(code).toBe(1)
    expect(stderr).toContain('README.md has no <!-- inputs -->')
  })
})
