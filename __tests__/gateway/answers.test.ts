import { beforeAll, describe, expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { cleanUpAfterAll } from '../support/clean-up.ts'
import { gatewayFor, upstreamAt } from '../support/worlds/gateway.ts'
import { runGo } from '../support/worlds/go-command.ts'
import { createProject, goEnvironment, type TestProject } from '../support/worlds/project.ts'

/** The same proxy, asked by go directly and through the gateway: the same comes of it, with about as many requests. */
interface Row {
  /** `path@query`; a module of its own for each row. */
  readonly ask: string
  /** By path below `/PATH/`; what is not here is 404. */
  readonly answers: Readonly<Record<string, string>>
}

const PSEUDO = 'v0.0.0-20240102030405-abcdefabcdef'
const info = (version: string, rest = ',"Time":"2024-01-02T03:04:05Z"') => `{"Version":"${version}"${rest}}`
const mod = (path: string) => `module ${path}\n`

const TAKEN: Readonly<Record<string, Row>> = {
  'a tag of a module without go.mod': {
    ask: 'example.com/incompatible@v27.1.1',
    answers: { '@v/v27.1.1.info': info('v27.1.1+incompatible') },
  },
  'that version itself': {
    ask: 'example.com/itself@v27.1.1+incompatible',
    answers: { '@v/v27.1.1+incompatible.info': info('v27.1.1+incompatible') },
  },
  'a branch': { ask: 'example.com/branch@main', answers: { '@v/main.info': info(PSEUDO) } },
  'a branch in capitals': { ask: 'example.com/caps@Dev', answers: { '@v/!dev.info': info(PSEUDO) } },
  'a branch of other characters': {
    ask: 'example.com/branches@fix-1[a]=(b)@{c} d',
    answers: { '@v/fix-1[a]=(b)@{c} d.info': info(PSEUDO) },
  },
  'a path in capitals': { ask: 'example.com/BurntSushi@v1.0.0', answers: { '@v/v1.0.0.info': info('v1.0.0') } },
  'a short commit': { ask: 'example.com/commit@abcdefabcdef', answers: { '@v/abcdefabcdef.info': info(PSEUDO) } },
  'a whole commit': {
    ask: 'example.com/whole@abcdefabcdefabcdefabcdefabcdefabcdefabcd',
    answers: { '@v/abcdefabcdefabcdefabcdefabcdefabcdefabcd.info': info('v1.2.4-0.20240102030405-abcdefabcdef') },
  },
  'a pseudo-version': { ask: `example.com/pseudo@${PSEUDO}`, answers: { [`@v/${PSEUDO}.info`]: info(PSEUDO) } },
  'a version with metadata': {
    ask: 'example.com/meta@v1.2.3+meta',
    answers: { '@v/v1.2.3+meta.info': info('v1.2.4-0.20240102030405-abcdefabcdef') },
  },
  'metadata that only the plain version knows': {
    ask: 'example.com/plain@v1.2.3+meta',
    answers: { '@v/v1.2.3.info': info('v1.2.3') },
  },
  'another major version than the path’s': {
    ask: 'example.com/major/v3@v2.0.0',
    answers: { '@v/v2.0.0.info': info('v3.0.0-20240102030405-abcdefabcdef') },
  },
  'gopkg.in': { ask: 'gopkg.in/yaml.v2@v2.4.0', answers: { '@v/v2.4.0.info': info('v2.4.0') } },
  'a commit of gopkg.in': {
    ask: 'gopkg.in/check.v1@abcdefabcdef',
    answers: { '@v/abcdefabcdef.info': info('v1.0.0-20240102030405-abcdefabcdef') },
  },
  'no time': { ask: 'example.com/timeless@v1.0.0', answers: { '@v/v1.0.0.info': info('v1.0.0', '') } },
  'an origin, and fields that go does not know': {
    ask: 'example.com/origin@v1.0.0',
    answers: {
      '@v/v1.0.0.info': info(
        'v1.0.0',
        ',"Name":"abc","Short":"a","Time":null,"Origin":{"VCS":"git","URL":"https://example.com","Hash":"abc","New":1}',
      ),
    },
  },
  'names of fields in small letters': {
    ask: 'example.com/small@v1.0.0',
    answers: { '@v/v1.0.0.info': '\n { "version" : "v1.0.0" } \n' },
  },
  'a prefix of a version': {
    ask: 'example.com/prefix@v1.2',
    answers: { '@v/list': 'v1.3.0\nv1.2.0\nv1.2.9\n', '@v/v1.2.9.info': info('v1.2.9') },
  },
  'a major version alone': {
    ask: 'example.com/alone@v1',
    answers: { '@v/list': 'v1.3.0\r\nv1.2.0\r\n', '@v/v1.3.0.info': info('v1.3.0') },
  },
  'the newest of a list in no order, with lines that are no versions': {
    ask: 'example.com/odd@latest',
    answers: {
      '@v/list': '# versions\nmaster\n  v1.1.0 2024-01-02T03:04:05Z\n\nv1.0.0\tyesterday\n1.5.0\nv1.2.0-rc.1\n{}\nv1\n',
      '@v/v1.1.0.info': info('v1.1.0'),
      '@v/v1.1.0.mod': mod('example.com/odd'),
    },
  },
  'a list of pseudo-versions with times, and no @latest': {
    ask: 'example.com/times@latest',
    answers: {
      '@v/list': `v0.0.0-20230102030405-abcdefabcdee 2023-01-02T03:04:05Z\n${PSEUDO} 2024-01-02T03:04:05Z\n`,
      [`@v/${PSEUDO}.info`]: info(PSEUDO),
      [`@v/${PSEUDO}.mod`]: mod('example.com/times'),
    },
  },
  'an empty list, and @latest without a time': {
    ask: 'example.com/latest@latest',
    answers: { '@v/list': '', '@latest': info(PSEUDO, ''), [`@v/${PSEUDO}.mod`]: mod('example.com/latest') },
  },
  'a range': {
    ask: 'example.com/range@<v1.2.0',
    answers: { '@v/list': 'v1.2.0\nv1.1.0', '@v/v1.1.0.info': info('v1.1.0') },
  },
  'a go.mod that was made up, in a block, behind a comment': {
    ask: 'example.com/made-up@latest',
    answers: {
      '@v/list': 'v1.0.0',
      '@v/v1.0.0.info': info('v1.0.0'),
      '@v/v1.0.0.mod': '// Deprecated: use another.\nmodule(\n\t"example.com/made-up"\n)',
    },
  },
}

const REFUSED: Readonly<Record<string, Row>> = {
  'another version': { ask: 'example.com/another@v1.0.0', answers: { '@v/v1.0.0.info': info('v1.0.1') } },
  'another one than the incompatible': {
    ask: 'example.com/other-one@v2.0.0+incompatible',
    answers: { '@v/v2.0.0+incompatible.info': info('v2.0.0') },
  },
  'no version': { ask: 'example.com/none@v1.0.0', answers: { '@v/v1.0.0.info': '{}' } },
  'a time that is none': {
    ask: 'example.com/no-time@main',
    answers: { '@v/main.info': info(PSEUDO, ',"Time":"yesterday"') },
  },
  'an origin that is none': {
    ask: 'example.com/no-origin@main',
    answers: { '@v/main.info': info(PSEUDO, ',"Origin":"git"') },
  },
  'a list instead of information': { ask: 'example.com/list@main', answers: { '@v/main.info': '["v1.0.0"]' } },
  'a branch that names itself and not a version': {
    ask: 'example.com/nonsense@main',
    answers: { '@v/main.info': info('main') },
  },
  'nothing of that name': { ask: 'example.com/absent@v1.0.0', answers: {} },
}

const requested: string[] = []
const served = new Map<string, Buffer>()
for (const { ask, answers } of [...Object.values(TAKEN), ...Object.values(REFUSED)]) {
  const path = ask.slice(0, ask.indexOf('@')).replace(/[A-Z]/g, capital => `!${capital.toLowerCase()}`)
  for (const [file, text] of Object.entries(answers)) served.set(`/${path}/${file}`, Buffer.from(text))
}
let direct: string
let through: string
let project: TestProject
const cleanUp = cleanUpAfterAll()

beforeAll(async () => {
  const upstream = cleanUp(
    await startProxy({
      modules: [],
      extra: path => {
        requested.push(path)
        return served.get(path)
      },
    }),
  )
  const gateway = cleanUp(await gatewayFor([], [upstreamAt(upstream.url)]))
  direct = upstream.url
  through = gateway.url
  project = cleanUp(createProject({ 'go.mod': 'module example.com/project\n\ngo 1.21\n' }))
})

/** What go makes of it, and what it took. */
async function query(ask: string, GOPROXY: string) {
  const before = requested.length
  const env = { ...goEnvironment(project, { GOPROXY, GONOSUMDB: '*' }) }
  const cache = cleanUp(createProject({}))
  const { exitCode, stdout, stderr } = await runGo(['list', '-m', '-json', ask], {
    cwd: project.directory,
    env: { ...env, GOMODCACHE: cache.directory },
  })
  const told = stdout.replaceAll(cache.directory, 'CACHE')
  return { exitCode, told, stderr, requests: requested.slice(before) }
}

describe('go makes the same of the answer, directly and through the gateway:', () => {
  test.each(Object.entries(TAKEN))('%s, which it takes', async (_, { ask }) => {
    const [plain, ours] = [await query(ask, direct), await query(ask, through)]
    expect([plain.exitCode, plain.stderr]).toEqual([0, ''])
    expect(ours).toEqual(plain)
  })

  test.each(Object.entries(REFUSED))('%s, which it refuses', async (_, { ask }) => {
    const [plain, ours] = [await query(ask, direct), await query(ask, through)]
    expect(plain.exitCode).not.toBe(0)
    expect({ ...ours, stderr: '' }).toEqual({ ...plain, stderr: '' })
  })
})

test('go get of a tag without a go.mod gets the module, with no more requests than directly', async () => {
  const path = 'example.com/docker'
  const built = buildModule({ path, version: 'v27.1.1+incompatible' })
  const files = new Map([
    [`/${path}/@v/v27.1.1.info`, built.info],
    ...(['info', 'mod', 'zip'] as const).map(kind => [`/${path}/@v/${built.version}.${kind}`, built[kind]] as const),
  ])
  const upstream = cleanUp(await startProxy({ modules: [], extra: name => files.get(name) }))
  const gateway = cleanUp(await gatewayFor([], [upstreamAt(upstream.url)]))
  const get = async (GOPROXY: string) => {
    const own = cleanUp(createProject({ 'go.mod': 'module example.com/project\n\ngo 1.21\n' }))
    const env = goEnvironment(own, { GOPROXY, GONOSUMDB: '*' })
    const before = upstream.requests.length
    const { exitCode } = await runGo(['get', `${path}@v27.1.1`], { cwd: own.directory, env })
    return [
      exitCode,
      upstream.requests
        .slice(before)
        .map(({ path }) => path)
        .sort(),
    ]
  }
  const plain = await get(upstream.url)
  expect(plain[0]).toBe(0)
  expect(await get(gateway.url)).toEqual(plain)
})
