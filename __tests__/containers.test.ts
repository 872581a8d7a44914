import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { DockerfileParser, type Run } from 'dockerfile-ast'
import { validate } from 'dockerfile-utils'
import { parse } from 'yaml'
import { readInputs } from '../src/inputs/read.ts'
import { actionSource, commandSource } from '../src/inputs/sources.ts'
import { blocksOf, ROOT, readDocument } from './support/worlds/documents.ts'

const FOLDER = 'examples/containers'
const DOCKERFILES = readdirSync(join(ROOT, FOLDER)).filter(name => name.startsWith('Dockerfile'))
const written = [
  ...DOCKERFILES.map(name => [name, readDocument(join(FOLDER, name))] as const),
  ...blocksOf('docs/containers.md')
    .filter(({ language }) => language === 'dockerfile')
    // A part of one begins anywhere.
    .map(
      ({ text }, i) =>
        [`docs/containers.md, ${i}`, text.startsWith('FROM') ? text : `FROM golang:1.26\n${text}`] as const,
    ),
]

describe.each(written)('%s', (_, text) => {
  test('is one that docker build takes', () => {
    expect(validate(text).map(({ message, range }) => `line ${range.start.line + 1}: ${message}`)).toEqual([])
  })

  test('has no secret but as a mount, and takes modules from the store or the gateway', () => {
    const instructions = DockerfileParser.parse(text).getInstructions()
    const words = instructions.map(one => one.getKeyword())
    expect(words).not.toContain('ARG')
    const ofGateway = text.includes('id=goproxy')
    expect(text.includes('GOPROXY=file:///modules')).toBe(!ofGateway)
    const runs = instructions.filter((one): one is Run => one.getKeyword() === 'RUN')
    const download = runs.find(one => one.getRawArgumentsContent()?.includes('go mod download'))
    const mounts = (download?.getFlags() ?? []).map(flag => `${flag.getName()}=${flag.getValue()}`)
    expect(mounts).toContain(
      ofGateway ? 'mount=type=secret,id=goproxy,env=GOPROXY' : 'mount=from=modules,target=/modules',
    )
  })
})

test('there are such files', () => {
  expect(DOCKERFILES).toEqual(['Dockerfile', 'Dockerfile.private'])
  expect(written.length).toBeGreaterThan(3)
})

test('the linter finds what docker would refuse', () => {
  const texts = [
    'FROM golang:1.26\nCOPY --form=build /out/service /service\n',
    'FORM golang\n',
    'FROM golang:1.26\nCOPY go.mod\n',
  ]
  expect(texts.filter(text => validate(text).length === 0)).toEqual([])
})

test('the workflow gives the store to the build, by the output that there is', () => {
  const workflow = parse(readDocument(`${FOLDER}/workflow.yml`))
  const steps: readonly Readonly<Record<string, unknown>>[] = workflow.jobs.image.steps
  const ours = steps.find(({ uses }) => String(uses).startsWith('org/go-proxy-setup@'))
  const given = Object.entries(ours?.['with'] ?? {}).map(([name, value]) => [
    `INPUT_${name.toUpperCase()}`,
    String(value),
  ])
  const read = readInputs(actionSource(Object.fromEntries(given), '/work'))
  expect(read.ok && read.value.inputs.moduleStore).toEqual({ kind: 'temporary' })
  const output = `\${{ steps.${ours?.['id']}.outputs.module-store }}`
  const builds = steps.filter(({ run }) => String(run).startsWith('docker build'))
  expect(builds.map(({ env }) => env)).toEqual([{ MODULES: output }, { MODULES: output }])
  expect(Object.keys(parse(readDocument('action.yml')).outputs)).toContain('module-store')
})

test('the dev container mounts what its first command makes', () => {
  const { initializeCommand, mounts, containerEnv } = JSON.parse(readDocument(`${FOLDER}/devcontainer.json`))
  const [, directory = ''] = /--module-store (\S+)$/.exec(initializeCommand) ?? []
  const read = readInputs(commandSource({ 'module-store': directory }, {}, '/work'))
  expect(read.ok && read.value.inputs.moduleStore).toEqual({ kind: 'named', path: join('/work', directory) })
  expect(mounts).toEqual([`source=\${localWorkspaceFolder}/${directory},target=/modules,type=bind,readonly`])
  expect(containerEnv.GOPROXY).toMatch(/^file:\/\/\/modules,/)
})

test('the values for runners are YAML whose runner is the chart’s', () => {
  const { containerMode, template } = parse(readDocument(`${FOLDER}/arc-values.yaml`))
  expect([containerMode, template.spec.containers[0].name]).toEqual([{ type: 'dind' }, 'runner'])
})
