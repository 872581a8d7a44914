import { describe, expect, test } from '@jest/globals'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { type DemoProxy, type ProxyOptions, startProxy } from '../../src/demo/proxy.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { makeDatabase } from '../support/servers/database.ts'
import { faults } from '../support/servers/faults.ts'
import { runGo } from '../support/worlds/go-command.ts'
import { runStory } from '../support/worlds/job.ts'
import { createProject, goEnvironment } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()

const module = buildModule({ path: 'example.com/looked-up', version: 'v1.0.0' })
const database = makeDatabase('sum.corp.example', module)

async function proxy(options: Partial<ProxyOptions>): Promise<DemoProxy> {
  return cleanUp(await startProxy({ modules: [module], ...options }))
}

/** Says that it mirrors the database, and fails every lookup. */
const broken: Partial<ProxyOptions> = {
  fault: ({ path }) =>
    path.endsWith('/supported') ? faults.status(200) : path.startsWith('sumdb/') ? faults.status(500) : undefined,
}

describe('a proxy whose mirror of the checksum database fails', () => {
  test('is left out of what later steps get, and go gets a module there that go.sum does not know', async () => {
    const bad = await proxy(broken)
    const good = await proxy({ extra: path => database.answers.get(path.replace('/sumdb/sum.corp.example', '')) })
    const project = cleanUp(
      createProject({ 'go.mod': goModOf('example.com/project', [module]), 'go.sum': goSumOf([module]) }),
    )
    const env = goEnvironment(project, { GOSUMDB: database.verifierKey })
    const { story } = await runStory(
      project,
      { proxies: `${bad.url} ${good.url}`, selection: 'ordered', fallback: 'off' },
      env,
    )
    expect([story.failure, story.ranking?.measurements.find(one => one.sumdb === 'broken')?.candidate.name]).toEqual([
      undefined,
      bad.url,
    ])
    expect(story.warnings.map(({ code }) => code)).toContain('SUMDB_MIRROR_BROKEN')

    const later = cleanUp(createProject({}))
    const download = (GOPROXY: string) =>
      runGo(['mod', 'download', `${module.path}@${module.version}`], {
        cwd: later.directory,
        env: goEnvironment(later, { GOSUMDB: database.verifierKey, GOPROXY }),
      })
    // What go does with the one that was left out in front.
    expect((await download(`${bad.url}|${good.url}`)).stderr).toMatch(/lookup.*500/)
    const exported = story.choice?.settings.find(({ name }) => name === 'GOPROXY')?.value ?? ''
    const { exitCode, stderr } = await download(exported)
    expect([exitCode, stderr]).toEqual([0, ''])
  })
})
