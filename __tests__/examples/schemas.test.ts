import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { testBeside } from '../support/clean-up.ts'
import { toolOfCi } from '../support/programs.ts'
import { ROOT, readDocument } from '../support/worlds/documents.ts'
import { readExample } from '../support/worlds/examples.ts'

/**
 * Every file of examples/ci and examples/china, with the schema that its system publishes, by its name in
 * check-jsonschema; undefined: there is none, and the page of examples says so.
 */
const EXAMPLES: Readonly<Record<string, string | undefined>> = {
  'ci/azure-pipelines.yml': 'azure-pipelines',
  'ci/bitbucket-pipelines.yml': 'bitbucket-pipelines',
  'ci/buildkite/hooks/pre-command': undefined,
  'ci/buildkite/pipeline.yml': 'buildkite',
  'ci/circleci.yml': 'circle-ci',
  // Workflows of Forgejo and Gitea have the form of GitHub's.
  'ci/forgejo.yml': 'github-workflows',
  'ci/github-drill.yml': 'github-workflows',
  'ci/github-pipeline.yml': 'github-workflows',
  'ci/gitlab-ci.yml': 'gitlab-ci',
  'ci/Jenkinsfile': undefined,
  'ci/Makefile': undefined,
  // pre-commit itself checks it.
  'ci/pre-commit-config.yaml': undefined,
  'ci/teamcity.kts': undefined,
  'ci/woodpecker.yml': 'woodpecker-ci',
  'china/Dockerfile': undefined,
  'china/mirrors.sh': undefined,
}

const run = promisify(execFile)

test('every example is in the table above', () => {
  const files = ['ci', 'china'].flatMap(folder =>
    readdirSync(join(ROOT, 'examples', folder), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name).slice(join(ROOT, 'examples/').length)),
  )
  expect(files.sort()).toEqual(Object.keys(EXAMPLES).sort())
})

describe('the page that names the examples', () => {
  const rows = readDocument('docs/other-ci.md')
    .split('\n')
    .filter(line => line.includes('](../examples/'))

  test('names each once, and says of each whether a schema checks it', () => {
    const named = rows.flatMap(row =>
      [...row.matchAll(/\]\(\.\.\/examples\/([^)]+)\)/g)].map(([, file = '']) => [file, row] as const),
    )
    expect(named.map(([file]) => file).sort()).toEqual(Object.keys(EXAMPLES).sort())
    for (const [file, row] of named) {
      // A hook goes with its pipeline.
      if (file === 'ci/buildkite/hooks/pre-command') continue
      expect([file, /\bschema\b/.test(row.split('|').at(-2) ?? '')]).toEqual([file, EXAMPLES[file] !== undefined])
    }
  })

  test('each says in its first lines where it goes, and what to change', () => {
    for (const file of Object.keys(EXAMPLES)) {
      const comment = /^(?:(?:#|\/\/).*\n)+/.exec(readExample(file))?.[0] ?? ''
      expect([file, comment]).toEqual([file, expect.stringMatching(/Change: /)])
    }
  })
})

const checker = toolOfCi('check-jsonschema')
const beside = testBeside()
const whereItIs = checker === undefined ? test.skip : beside.test

describe('check-jsonschema', () => {
  const schemas = [...new Set(Object.values(EXAMPLES))].filter(name => name !== undefined)
  for (const schema of schemas) {
    const files = Object.keys(EXAMPLES).filter(file => EXAMPLES[file] === schema)
    whereItIs(`holds ${files.join(', ')} against the schema ${schema}`, async () => {
      const paths = files.map(file => join(ROOT, 'examples', file))
      const said = await run(checker ?? '', ['--builtin-schema', `vendor.${schema}`, ...transformOf(schema), ...paths])
      expect(said.stdout).toContain('ok -- validation done')
    })
  }
})

/** Each system reads a little more than YAML. */
function transformOf(schema: string): readonly string[] {
  // Its patterns have escapes that are errors under JavaScript's flag `u`.
  if (schema === 'azure-pipelines') return ['--data-transform', 'azure-pipelines', '--regex-variant', 'nonunicode']
  return schema === 'gitlab-ci' ? ['--data-transform', 'gitlab-ci'] : []
}

const groovy = toolOfCi('groovy')
const withGroovy = groovy === undefined ? test.skip : test

withGroovy('groovy compiles the Jenkinsfile', async () => {
  const script = 'new GroovyShell().parse(new File(args[0])); println "parsed"'
  const said = await run(groovy ?? '', ['-e', script, join(ROOT, 'examples/ci/Jenkinsfile')])
  expect(said.stdout).toBe('parsed\n')
})
