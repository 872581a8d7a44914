import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { whyNoSshd } from '../servers/ssh-hosting.ts'
import {
  createWorld,
  GIT_HOST,
  GITLAB,
  keys,
  MECHANISMS,
  PROXY,
  runJob,
  startSsh,
  withKnownHosts,
} from './mechanisms.ts'
import { checkOutByKey, checkOutByToken, makeHostile } from './runners.ts'

/** It knows logins by path, which go before 1.25 does not. */
const NEWEST = 'go1.27.3'

/** The module proxy has every toolchain; they stay in this machine's module cache. */
function directoryOf(version: string): string {
  const env = { ...process.env, GOTOOLCHAIN: version }
  return join(execFileSync('go', ['env', 'GOROOT'], { env, encoding: 'utf8' }).trim(), 'bin')
}

/**
 * Every way to private modules with one version of Go. A file of tests for each version: they take minutes, and Jest runs
 * files beside each other.
 */
export function testMechanismsWith(version: string): void {
  describe(version, () => {
    const mechanisms = Object.entries(MECHANISMS).filter(([, { needsPaths }]) => !needsPaths || version === NEWEST)

    test.each(mechanisms)(
      '%s',
      async (_, mechanism) => {
        if (mechanism.needsSsh && whyNoSshd !== undefined) return console.warn(`Not tested with SSH. ${whyNoSshd}`)
        const ssh = mechanism.needsSsh ? await startSsh() : undefined
        const world = await createWorld(mechanism, ssh, directoryOf(version))
        await checkOutByToken(world)
        const main = await runJob(world, withKnownHosts(mechanism, ssh))
        expect(main.log.join('\n')).toContain(`, ${version} `)
      },
      120_000,
    )

    const withSsh = whyNoSshd === undefined ? test : test.skip
    withSsh.each(mechanisms)(
      '%s, on a runner with rewrites of its own, where checkout’s git uses a key before, beside and after ours',
      async (_, mechanism) => {
        const ssh = await startSsh()
        const world = await createWorld(mechanism, ssh, directoryOf(version))
        makeHostile(world, ['github.com', GIT_HOST, GITLAB, PROXY])
        await checkOutByKey(world, ssh, keys.checkout)
        await runJob(world, withKnownHosts(mechanism, ssh))
        const fetched = await world.later('git', ['fetch', '-q', 'origin'])
        expect(fetched).toMatchObject({ exitCode: 0 })
        const pushes = ssh.hits().filter(hit => hit.includes('git-receive-pack'))
        expect(pushes).toEqual([expect.stringMatching(/^checkout git-receive-pack/)])
      },
      120_000,
    )
  })
}
