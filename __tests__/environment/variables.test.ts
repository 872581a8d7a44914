import { describe, expect, test } from '@jest/globals'
import type { Setting, SettingName } from '../../src/choice/choice.ts'
import { exportVariables } from '../../src/environment/export.ts'
import { childEnvironment, planExport as planExportOf } from '../../src/environment/variables.ts'
import type { Problem } from '../../src/errors.ts'
import { parseCarried, parseOriginals, restoreOriginals } from '../../src/settings/original.ts'

function setting(name: SettingName, value: string, change: Partial<Setting> = {}): Setting {
  return { name, value, from: 'go-proxy-setup', why: '', changed: true, scope: 'job', ...change }
}

const NOTHING = { privateDomains: [], sheltered: [], privateProxy: undefined }
const planExport = (
  settings: readonly Setting[],
  env: Readonly<Record<string, string>>,
  carried: Parameters<typeof planExportOf>[0]['carried'] = NOTHING,
) => planExportOf({ settings, carried, laterTail: '' }, env)

const KEPT = { changed: false, from: 'default' } as const

describe('what later steps get', () => {
  test('every changed value, and the three that name what was measured also where they stayed', () => {
    const planned = planExport(
      [
        setting('GOPROXY', 'https://a.example', KEPT),
        setting('GOPRIVATE', 'a.example'),
        setting('GONOPROXY', 'none', KEPT),
        setting('GONOSUMDB', 'b.example'),
        setting('GOSUMDB', 'sum.golang.org', KEPT),
        setting('GO111MODULE', 'on', { scope: 'download' }),
      ],
      {},
    )
    expect(planned.map(({ name }) => name)).toEqual([
      'GOPROXY',
      'GOPRIVATE',
      'GONOSUMDB',
      'GOSUMDB',
      'GOPROXYSETUP_ORIGINAL',
    ])
  })

  test('a gateway that stays stands before what may stand behind it', () => {
    const settings = [setting('GOPROXY', 'https://mirror.example|https://a.example,direct')]
    const given = { settings, carried: NOTHING, laterTail: 'https://a.example,direct' }
    const [goproxy] = planExportOf(given, {}, 'http://127.0.0.1:1/x')
    expect(goproxy?.value).toBe('http://127.0.0.1:1/x|https://a.example,direct')
  })

  test('nothing where there is nothing to say', () => {
    expect(planExport([], {})).toEqual([])
    expect(
      planExport([setting('GOPRIVATE', '', KEPT), setting('GO111MODULE', 'on', { scope: 'download' })], {}),
    ).toEqual([])
  })

  test('with them a second use finds the user’s own values again', () => {
    const user = { GOPROXY: 'https://user.example', HOME: '/h' }
    const planned = planExport([setting('GOPROXY', 'https://a.example'), setting('GOPRIVATE', 'p.example')], user)
    const later = { ...user, ...Object.fromEntries(planned.map(({ name, value }) => [name, value])) }
    expect(restoreOriginals(later)).toEqual({ ...user, GOPRIVATE: undefined })
    expect(Object.keys(parseOriginals(later['GOPROXYSETUP_ORIGINAL' as keyof typeof later]))).toEqual([
      'GOPROXY',
      'GOPRIVATE',
    ])
  })

  test('and what this one and those before it said of privacy', () => {
    const carried = {
      privateDomains: ['a.example', 'b.example'],
      sheltered: ['git.corp/x'],
      privateProxy: { url: 'https://athens.example', sumdb: 'off', fallback: 'off' as const },
    }
    const planned = planExport([setting('GOPRIVATE', 'a.example,b.example')], {}, carried)
    expect(parseCarried(planned.at(-1)?.value)).toEqual(carried)
    expect(Object.keys(parseOriginals(planned.at(-1)?.value))).toEqual(['GOPRIVATE'])
  })

  test('what could not be handed over is told, the rest is handed over', () => {
    const fault: Problem = { code: 'RUNNER_COMMAND_FILE', message: '', hint: '' }
    const given: string[] = []
    const problems = exportVariables(
      ['A', 'B', 'C'].map(name => ({ name, value: name })),
      {
        exportVariable: name => {
          given.push(name)
          return name === 'B' ? fault : undefined
        },
      },
    )
    expect([given, problems]).toEqual([['A', 'B', 'C'], [fault]])
  })
})

describe('what go gets', () => {
  test('the changed settings, those for the download too; unchanged ones are the user’s business', () => {
    const env = childEnvironment({ PATH: '/bin', GOPROXY: 'old', GOPRIVATE: 'mine' }, [
      setting('GOPROXY', 'new'),
      setting('GO111MODULE', 'on', { scope: 'download' }),
      setting('GOPRIVATE', 'not this', KEPT),
    ])
    expect(env).toEqual({
      PATH: '/bin',
      GOPROXY: 'new',
      GO111MODULE: 'on',
      GOPRIVATE: 'mine',
      GIT_TERMINAL_PROMPT: '0',
    })
  })

  test.each([
    'INPUT_CREDENTIALS',
    'input_ssh-key',
    'STATE_directory',
    'GO_PROXY_SETUP_CREDENTIALS',
    'ACTIONS_RUNTIME_TOKEN',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'ACTIONS_CACHE_URL',
    'ACTIONS_RESULTS_URL',
    'GITHUB_TOKEN',
  ])('not %s', name => {
    expect(childEnvironment({ [name]: 's3cret' }, [])).toEqual({ GIT_TERMINAL_PROMPT: '0' })
  })

  test('a question on a terminal only where the user allows it', () => {
    expect(childEnvironment({ GIT_TERMINAL_PROMPT: '1' }, [])).toEqual({ GIT_TERMINAL_PROMPT: '1' })
  })
})
