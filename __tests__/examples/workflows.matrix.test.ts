import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import {
  expectModules,
  expectReport,
  expectSettings,
  openExampleTests,
  type PrivateDomain,
  readYamlExample,
  TOKEN,
} from '../support/worlds/examples.ts'
import { type PlayedJob, playWorkflowJob, standIn, type WorkflowJob } from '../support/worlds/workflows.ts'

/** The workflows of the examples, played job by job on the fake runner, with the action that users get. */
const { cleanUp, world } = openExampleTests()

const KUBECONFIG = 'cAnArY-kubeconfig-0123456789'
const REPOSITORY = { 'github.repository': 'acme/service', 'github.token': 'job-token-0123456789' }
const SECRETS = { 'secrets.MODULES_TOKEN': TOKEN, 'secrets.KUBECONFIG': KUBECONFIG }

/** The report, modules and settings are there, and no secret is in what anybody can read. */
function expectPlayed({ job, log, kept }: PlayedJob, domain: PrivateDomain): void {
  const checkout = { directory: job.workspace, root: job.root, domain, env: job.base }
  expect(kept).toHaveLength(1)
  for (const path of kept) expectReport(checkout, path)
  expectModules(checkout)
  const { GOPROXY = '', GOPRIVATE = '' } = job.env
  expectSettings({ stdout: `${GOPROXY}\n${GOPRIVATE}\n`, all: '' }, checkout)
  expectNoSecret(log)
}

function expectNoSecret(log: string): void {
  expect(log).not.toBe('')
  const secrets = [TOKEN, KUBECONFIG, Buffer.from(`x-access-token:${TOKEN}`).toString('base64')]
  expect(secrets.filter(secret => log.includes(secret))).toEqual([])
}

const onPosix = process.platform === 'win32' ? describe.skip : describe

onPosix('the workflows, played', () => {
  test('a pipeline: what was tested is built, scanned, staged and, when approved, a canary', async () => {
    const { jobs } = readYamlExample('ci/github-pipeline.yml')
    const root = cleanUp.directory('pipeline-')
    const shipped = join(root, 'shipped')
    const digest = 'ghcr.io/acme/service@sha256:0123'
    // Other machines' programs: they say how they were called; docker keeps the program that the image would have.
    const programs = standIn(root, {
      docker: `case $1 in login) cat >/dev/null ;; build) cp "$4/service" '${shipped}' ;; inspect) echo '${digest}' ;; create) echo container ;; cp) cp '${shipped}' "$3" ;; esac`,
      kubectl: `test -r "$KUBECONFIG"`,
      curl: '',
    })
    const common = {
      world: world(),
      domain: 'github.com/my-org',
      programs,
      env: { GITHUB_ACTOR: 'somebody', GOSUMDB: world().gosumdb },
    } as const
    const given = { ...REPOSITORY, ...SECRETS, 'vars.CANARY_URL': 'https://canary.example/' }
    const play = (name: string, more = {}) =>
      playWorkflowJob(jobs[name], { ...common, expressions: { ...given, ...more } }, cleanUp)

    expectPlayed(await play('test'), 'github.com/my-org')
    const image = await play('image')
    expect(image.outputs).toEqual({ image: digest })
    const needs = { 'needs.image.outputs.image': digest }
    const scan = await play('scan', needs)
    expect(scan.log).toMatch(/govulncheck -mode=binary\ngovulncheck service/)
    const [staging, canary] = [await play('staging', needs), await play('canary', needs)]
    for (const { log } of [image, scan, staging, canary]) expectNoSecret(log)
    expect(statSync(join(staging.job.temp, 'kubeconfig')).mode & 0o777).toBe(0o600)

    const calls = readFileSync(join(root, 'calls'), 'utf8')
    expect(calls).not.toMatch(/cAnArY|job-token/)
    expect(calls.split('\n').filter(line => /^(kubectl|curl)/.test(line))).toEqual([
      `kubectl set image deployment/service service=${digest}`,
      'kubectl rollout status deployment/service --timeout 5m',
      `kubectl set image deployment/service-canary service=${digest}`,
      'kubectl rollout status deployment/service-canary --timeout 5m',
      'curl --fail --silent --show-error --retry 10 --retry-all-errors https://canary.example/',
      `kubectl set image deployment/service service=${digest}`,
      'kubectl rollout status deployment/service --timeout 5m',
    ])
    // Five jobs, three of them with the action.
  }, 120_000)

  test('its jobs wait for each other, and for a reviewer', () => {
    const { jobs } = readYamlExample('ci/github-pipeline.yml')
    const needs = Object.entries<{ needs?: string | string[] }>(jobs).map(([name, job]) => [name, job.needs])
    expect(needs).toEqual([
      ['test', undefined],
      ['image', 'test'],
      ['scan', 'image'],
      ['staging', ['image', 'scan']],
      ['canary', ['image', 'staging']],
    ])
    expect([jobs.staging.environment, jobs.canary.environment]).toEqual(['staging', 'production'])
  })

  const drill: WorkflowJob = readYamlExample('ci/github-drill.yml').jobs.drill
  test.each((drill.strategy?.matrix['down'] ?? []).map(down => [down] as const))(
    'a drill: without %s the others serve everything',
    async down => {
      const expressions = { ...REPOSITORY, 'matrix.down': down }
      expect(drill.container?.options).toMatch(/^--add-host \$\{\{ matrix\.down \}\}:127\.0\.0\.1$/)
      const internet = await world().internetWith({ [down]: 'cut' })
      const played = await playWorkflowJob(drill, { world: world(), internet, expressions }, cleanUp)
      expect(played.log).toContain(`Without https://${down} modules come from https://`)
      expect(played.job.env['GOPROXY']).not.toContain(down)
      expect(existsSync(join(played.job.workspace, played.kept[0] ?? ''))).toBe(true)
    },
  )

  test('Forgejo and Gitea', async () => {
    const { jobs } = readYamlExample('ci/forgejo.yml')
    const domain = 'git.corp.example/my-team'
    const server = { FORGEJO_ACTIONS: 'true', GITEA_ACTIONS: 'true', GITHUB_SERVER_URL: 'https://git.corp.example' }
    const played = await playWorkflowJob(
      jobs.test,
      { world: world(), domain, expressions: SECRETS, env: server },
      cleanUp,
    )
    expectPlayed(played, domain)
  })
})
