import { readdirSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { withCleanUp } from '../support/clean-up.ts'
import { goImport } from '../support/servers/git-hosting.ts'
import { startSilence } from '../support/servers/internet.ts'
import { createPrivateWorld, pages } from '../support/worlds/private-world.ts'

const TOKEN = 'cAnArY-t0ken/~?~?+456%789'
const HOST = 'git.corp.example'
const PRIVATE = { 'private-domains': `${HOST},github.com/acme,far.corp.example` }
/**
 * Without a look at who keeps silent a step would go on for ten minutes. The slowest case has 26 s of deadlines; the rest is
 * for a busy machine, on which each program starts slowly.
 */
const KILLED_AFTER_MS = 45_000
/** Pages of repositories that are not where the page is. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  '/port/lib': goImport(`${HOST}/port/lib`, `https://${HOST}:8443/lib`),
  '/other/lib': goImport(`${HOST}/other/lib`, 'https://repositories.example/lib'),
}
const page = (path: string) => pages(HOST, ['team/lib'])(path, true) ?? ELSEWHERE[path]

describe('as users have it, with nothing made quick for tests', () => {
  // Most of the time is waiting.
  test.concurrent.each([
    [
      'a host with pages keeps silent',
      'far.corp.example/a/b',
      { credentials: `far.corp.example ${TOKEN}` },
      'far.corp.example',
    ],
    [
      'a host that git alone asks keeps silent',
      'github.com/acme/lib',
      { credentials: `github.com ${TOKEN}` },
      'github.com',
    ],
    [
      'the private proxy keeps silent',
      'github.com/acme/lib',
      { 'private-proxy': 'https://far.corp.example', credentials: `far.corp.example ${TOKEN}` },
      'far.corp.example',
    ],
    ['a token is refused', `${HOST}/team/lib`, { credentials: `${HOST} ${TOKEN}` }, HOST],
    [
      'the private proxy keeps silent over http',
      'github.com/acme/lib',
      { 'private-proxy': 'http://127.0.0.1:SILENT', credentials: '' },
      'which serves private modules, does not answer over http:',
    ],
    [
      'the page leads to another port, which keeps silent',
      `${HOST}/port/lib`,
      { credentials: `${HOST}:8443 ${TOKEN}` },
      `${HOST}:8443, which serves private modules, does not answer`,
    ],
    [
      'the page leads to another host, which keeps silent',
      `${HOST}/other/lib`,
      { credentials: `repositories.example ${TOKEN}` },
      'repositories.example, which serves private modules, does not answer',
    ],
    [
      'the same where nothing is given for that host',
      `${HOST}/other/lib`,
      { credentials: '' },
      'repositories.example, which serves private modules, does not answer',
    ],
  ])('%s: the step ends by itself before it is killed', async (what, module, inputs, host) => {
    await withCleanUp(async cleanUp => {
      const world = cleanUp(
        await createPrivateWorld({
          canaries: [TOKEN],
          hosts: {
            [HOST]: { logins: { '/team/': ['oauth2:another-token'] }, goGet: page },
            'github.com': { logins: { '/acme/': ['x-access-token:another-token'] } },
          },
          routes: {
            'far.corp.example': 'silent',
            [`${HOST}:8443`]: 'silent',
            'repositories.example': 'silent',
            ...(what.includes('git') && { 'github.com': 'silent' }),
          },
          env: { GO_PROXY_SETUP_POLICY: '' },
        }),
      )
      const silent = cleanUp(await startSilence())
      const given = Object.entries(inputs).map(([name, value]) => [name, value.replace('SILENT', String(silent.port))])
      world.require([`${module}@v1.0.0`])
      const main = await world.use({ ...PRIVATE, ...Object.fromEntries(given) }, KILLED_AFTER_MS)
      expect([main.outcome, main.timedOut]).toEqual(['failure', false])
      await world.finish()
      expect(readdirSync(world.job.temp)).toEqual([])
      expect(world.leaks()).toEqual([])
      const message = main.annotations.find(({ type }) => type === 'error')?.message ?? ''
      expect(message).toContain(host)
      // What was not given is missed only where it would have been sent.
      const tried = what.includes('over http') ? 'nothing, because go sends no login over http' : 'the token for'
      if (what.includes('nothing is given')) expect(message).not.toContain('Tried:')
      else expect(message).toContain(`Tried: ${tried}`)
    })
  })
})
