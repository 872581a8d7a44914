import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { readInputs } from '../src/inputs/read.ts'
import { actionSource } from '../src/inputs/sources.ts'
import { INPUT_NAMES } from '../src/inputs/table.ts'
import { blocksOf, DOCUMENTS, readDocument } from './support/worlds/documents.ts'

type Given = Readonly<Record<string, string>>

/** Every `with` of this action in a value of YAML, however deep. */
function inputsIn(value: unknown): readonly Given[] {
  if (typeof value !== 'object' || value === null) return []
  const { uses, with: inputs } = value as { readonly uses?: unknown; readonly with?: Given }
  if (typeof uses === 'string' && /(^|\/)org\/go-proxy-setup@/.test(uses)) return [inputs ?? {}]
  return Object.values(value).flatMap(inputsIn)
}

const WORKFLOWS = ['github-pipeline.yml', 'github-drill.yml', 'forgejo.yml'].map(name => `examples/ci/${name}`)

const written = [
  ...DOCUMENTS.flatMap(file => blocksOf(file).filter(({ language }) => language === 'yaml')),
  ...WORKFLOWS.map(file => ({ file, text: readDocument(file) })),
].flatMap(({ file, text }) => inputsIn(parse(text)).map(inputs => [file, inputs] as const))

/** As the runner has it, so that `credentials: ci` means something. */
const RUNNER = { GITHUB_ACTIONS: 'true', GITHUB_SERVER_URL: 'https://gitea.corp.example', GITHUB_TOKEN: 'token-of-job' }

test.each(written)('%s: the inputs of an example are allowed as they stand there: %j', (_, inputs) => {
  const env = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      `INPUT_${name.toUpperCase()}`,
      // A secret is any word that may be a token.
      String(value).replace(/\$\{\{ secrets\.(\w+) \}\}/g, 'token-of-$1'),
    ]),
  )
  expect(Object.keys(inputs).filter(name => !(INPUT_NAMES as readonly string[]).includes(name))).toEqual([])
  const read = readInputs(actionSource({ ...RUNNER, ...env }, '/work'))
  expect(read.ok ? read.value.warnings : read.problems).toEqual([])
})

test('there are such examples', () => {
  expect(written.length).toBeGreaterThan(6)
})
