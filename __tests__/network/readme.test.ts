// Real network: what the README tells a newcomer to run, as it stands there. Run by `npm run test:network`.
import { dirname } from 'node:path'
import { expect, test } from '@jest/globals'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { DIST } from '../support/worlds/action.ts'
import { blockToTry, cloneFromHere, runLines, useBuilt } from '../support/worlds/documents.ts'
import { createProject, goEnvironment, machineGocache } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()

const onPosix = process.platform === 'win32' ? test.skip : test
onPosix(
  'every command of the README runs in a fresh clone',
  async () => {
    const project = cleanUp(createProject({}))
    const own = goEnvironment(project, {
      ...cloneFromHere(dirname(project.directory)),
      PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
      TMPDIR: dirname(project.directory),
      GOCACHE: machineGocache(),
    })
    // This machine may reach the network in a way of its own.
    const ways = ['HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy', 'SSL_CERT_FILE', 'SSL_CERT_DIR']
    const env = {
      ...own,
      ...Object.fromEntries(ways.flatMap(name => (process.env[name] ? [[name, process.env[name]]] : []))),
    }
    const [clone = '', ...rest] = blockToTry()
    const { code, output } = await runLines([clone, useBuilt(DIST), ...rest], project.directory, env, 200_000)
    expect([code, output]).toEqual([0, output])
    expect(output).toMatch(/^ok\s+\S+service/m)
  },
  240_000,
)
