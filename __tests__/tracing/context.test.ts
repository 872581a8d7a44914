import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { pipelineRunOf } from '../../src/ci/pipeline.ts'
import { placeInTrace } from '../../src/tracing/context.ts'
import { resourceOf } from '../../src/tracing/resource.ts'
import { VERSION } from '../../src/version.ts'
import { anyText } from '../support/builders/text.ts'

const GITHUB = {
  GITHUB_ACTIONS: 'true',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'my-org/service',
  GITHUB_WORKFLOW: 'CI',
  GITHUB_RUN_ID: '9876543210',
  GITHUB_RUN_ATTEMPT: '2',
  GITHUB_JOB: 'test',
  GITHUB_SHA: 'c0ffee',
  GITHUB_REF_NAME: '12/merge',
  GITHUB_HEAD_REF: 'feature',
  RUNNER_NAME: 'runner 7',
}
const [TRACE, PARENT] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7']
const place = (env: Readonly<Record<string, string>>) => placeInTrace(env, pipelineRunOf(env), () => 'f'.repeat(32))

describe('the place in a trace', () => {
  test('TRACEPARENT says it, in a CI system too', () => {
    const env = { ...GITHUB, TRACEPARENT: `00-${TRACE}-${PARENT}-01` }
    expect(place(env)).toEqual({ traceId: TRACE, parentId: PARENT, sampled: true })
    expect(place({ TRACEPARENT: `00-${TRACE}-${PARENT}-00` }).sampled).toBe(false)
    expect(place({ TRACEPARENT: `01-${TRACE}-${PARENT}-03-what-later-versions-have` }).sampled).toBe(true)
  })

  test.each([
    `ff-${TRACE}-${PARENT}-01`,
    `00-${'0'.repeat(32)}-${PARENT}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${PARENT}-01`,
    `00-${TRACE}-${PARENT}`,
    `00-${TRACE}-${PARENT}-01x`,
  ])('what is none is ignored: %s', TRACEPARENT => {
    expect(place({ TRACEPARENT })).toEqual({ traceId: 'f'.repeat(32), parentId: undefined, sampled: true })
  })

  test('in GitHub Actions it is that of the span which the Collector’s receiver makes of the run', () => {
    // As that receiver does it: decimal numbers and a letter, hashed; 16 bytes, and the 8 behind the first 8.
    const hash = (letter: string) => createHash('sha256').update(`98765432102${letter}`).digest('hex')
    expect(place(GITHUB)).toEqual({
      traceId: hash('t').slice(0, 32),
      parentId: hash('s').slice(16, 32),
      sampled: true,
    })
  })

  test('in another system all jobs of a run have one trace, and other runs have others', () => {
    const job = { GITLAB_CI: 'true', CI_PROJECT_URL: 'https://gitlab.example/a/b', CI_PIPELINE_ID: '7' }
    const { traceId, parentId } = place({ ...job, CI_JOB_NAME: 'test' })
    expect([traceId, parentId]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), undefined])
    expect(place({ ...job, CI_JOB_NAME: 'lint' }).traceId).toBe(traceId)
    expect(place({ ...job, CI_PIPELINE_ID: '8' }).traceId).not.toBe(traceId)
    expect(place({ ...GITHUB, GITEA_ACTIONS: 'true' }).parentId).toBeUndefined()
  })
})

describe('what all spans have in common', () => {
  const SECRET = 's3cret'
  const resource = (env: Readonly<Record<string, string>>) =>
    resourceOf(env, pipelineRunOf(env), text => text.replaceAll(SECRET, '***'))

  test('a job’s run, in the words of the conventions', () => {
    expect(resource(GITHUB)).toEqual({
      'service.name': 'go-proxy-setup',
      'service.version': VERSION,
      'cicd.pipeline.name': 'CI',
      'cicd.pipeline.run.id': '9876543210',
      'cicd.pipeline.run.url.full': 'https://github.com/my-org/service/actions/runs/9876543210/attempts/2',
      'cicd.pipeline.task.name': 'test',
      'cicd.worker.name': 'runner 7',
      'vcs.repository.url.full': 'https://github.com/my-org/service',
      'vcs.repository.name': 'service',
      'vcs.owner.name': 'my-org',
      'vcs.provider.name': 'github',
      'vcs.ref.head.name': 'feature',
      'vcs.ref.head.revision': 'c0ffee',
      'vcs.ref.head.type': 'branch',
    })
  })

  test('no secret is in it, neither in a name nor where a value is cut', () => {
    const long = `${'x'.repeat(597)}${SECRET}`
    expect(JSON.stringify(resource({ OTEL_RESOURCE_ATTRIBUTES: `${SECRET}=a,b=${long}` }))).not.toMatch(/s3c/)
  })

  test('what the user says goes before it', () => {
    const env = { ...GITHUB, OTEL_RESOURCE_ATTRIBUTES: 'service.name=a,team=b%20c,cicd.worker.name=d' }
    expect(resource(env)).toMatchObject({ 'service.name': 'a', team: 'b c', 'cicd.worker.name': 'd' })
    expect(resource({ ...env, OTEL_SERVICE_NAME: 'e' })).toMatchObject({ 'service.name': 'e' })
    expect(resource({ OTEL_RESOURCE_ATTRIBUTES: 'team=a,odd' })).not.toHaveProperty('team')
  })

  test.each([
    [{ GITLAB_CI: 'true', CI_PIPELINE_ID: '7', CI_PROJECT_URL: 'https://g.example/a/b/c' }, 'a/b', 'c'],
    [{ BUILDKITE: 'true', BUILDKITE_BUILD_ID: '7', BUILDKITE_REPO: 'git@g.example:a/c.git' }, 'a', 'c'],
    [{ JENKINS_URL: 'x', BUILD_TAG: 'j-7', GIT_URL: 'https://bot:t0ken@g.example/a/c.git' }, 'a', 'c'],
  ])('%j', (env, owner, name) => {
    expect(resource(env)).toMatchObject({ 'vcs.owner.name': owner, 'vcs.repository.name': name })
    expect(JSON.stringify(resource(env))).not.toContain('t0ken')
  })

  test('a branch may have any name', () => {
    fc.assert(
      fc.property(anyText(), name => {
        const value = resource({ ...GITHUB, GITHUB_HEAD_REF: name })['vcs.ref.head.name'] ?? ''
        expect(String(value)).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028]/)
        expect(Buffer.byteLength(String(value))).toBeLessThanOrEqual(600)
      }),
    )
  })
})
