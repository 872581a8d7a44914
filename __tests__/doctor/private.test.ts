import { describe, expect } from '@jest/globals'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { testBeside } from '../support/clean-up.ts'
import { addRepository, startGitHosting } from '../support/servers/git-hosting.ts'
import { startInternet } from '../support/servers/internet.ts'
import { examineIn, wrongIn } from '../support/worlds/doctor.ts'
import { authorityFor, MODULE, proxyWith, setUp } from './world.ts'

const { test, cleanUp } = testBeside()

const TOKEN = 'token-for-acme'

/** A module at github.com that wants a login, which may be given. */
async function examinePrivate(version: string, credentials: string | undefined) {
  const authority = await authorityFor(cleanUp)
  const logins = { '/': [`x-access-token:${TOKEN}`] }
  const hosting = cleanUp(await startGitHosting(await authority.issue(['github.com']), { logins }))
  const source = { 'go.mod': 'module github.com/acme/lib\n\ngo 1.21\n', 'lib.go': 'package lib\n' }
  addRepository(hosting.root, 'acme/lib', source)
  const internet = cleanUp(await startInternet({ 'github.com': hosting.port }))
  const lib = buildModule({ path: 'github.com/acme/lib', version })
  const { url } = await proxyWith(cleanUp)
  const { project, env } = setUp(cleanUp, {
    files: { 'go.mod': goModOf('pkg.test.dev/project', [MODULE, lib]), 'go.sum': goSumOf([MODULE, lib]) },
    env: {
      ...internet.env,
      ...authority.env,
      NO_PROXY: '127.0.0.1',
      GOPROXY: url,
      GOPRIVATE: 'github.com/acme',
      ...(credentials && { GO_PROXY_SETUP_CREDENTIALS: credentials }),
    },
  })
  const checkup = await examineIn(project, {}, env)
  return { wrong: wrongIn(checkup), text: JSON.stringify(checkup) }
}

describe('a private module', () => {
  test('without a login', async () => {
    const { wrong, text } = await examinePrivate('v1.0.0', undefined)
    expect(wrong).toEqual(['fault credentials CREDENTIALS_MISSING'])
    expect(text).toContain('github.com/acme/lib cannot be read from its repository. github.com asks for credentials.')
  })

  test('with a wrong login', async () => {
    const { wrong, text } = await examinePrivate('v1.0.0', 'github.com/acme another-token')
    expect(wrong).toEqual(['fault credentials CREDENTIALS_REFUSED'])
    expect(text).not.toContain('another-token')
  })

  test('with the right one', async () => {
    const { wrong, text } = await examinePrivate('v1.0.0', `github.com/acme ${TOKEN}`)
    expect([wrong, text]).toEqual([[], text])
    expect(text).toContain('github.com/acme/lib can be read from its repository')
    expect(text).not.toContain(TOKEN)
  })

  test('of a version that was never tagged', async () => {
    const { wrong, text } = await examinePrivate('v1.1.0', `github.com/acme ${TOKEN}`)
    expect(wrong).toEqual(['fault module protocol GO_REVISION_UNKNOWN'])
    expect(text).toContain('has no version v1.1.0; its newest is v1.0.0')
  })
})
