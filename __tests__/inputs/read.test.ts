import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type CheckedInputs, readInputs } from '../../src/inputs/read.ts'
import { actionSource, commandSource } from '../../src/inputs/sources.ts'
import { INPUT_NAMES, type InputName } from '../../src/inputs/table.ts'
import { anyText } from '../support/builders/text.ts'

type Texts = Partial<Record<InputName, string>>

const read = (texts: Texts, env = {}) => readInputs(commandSource(texts, env, '/work'))

/** The values, when all is well. */
function inputsOf(texts: Texts): CheckedInputs['inputs'] {
  const result = read(texts)
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'))
  return result.value.inputs
}

/** `CODE message hint` of everything that is wrong. */
function problemsOf(texts: Texts): string[] {
  const result = read(texts)
  return result.ok ? [] : result.problems.map(({ code, message, hint }) => `${code} ${message} ${hint}`)
}

const urls = (texts: Texts) => inputsOf(texts).proxies.map(spec => (spec.kind === 'url' ? spec.url : spec.kind))

describe('readInputs', () => {
  test.each([
    [{ 'trace-file': 'out/a.json', 'html-file': './out/a.json' }, ['trace-file', 'html-file']],
    [{ 'report-file': '/work/a', 'audit-log': 'a' }, ['report-file', 'audit-log']],
    [{ 'metrics-file': 'a.prom', 'audit-log': './a.prom' }, ['metrics-file', 'audit-log']],
    [{ 'trace-file': 'a.json', 'html-file': 'a.html' }, []],
    [{ 'trace-file': '/dev/null', 'html-file': '/dev/null' }, []],
  ] as const)('two views in one file would overwrite each other: %j', (texts, names) => {
    const said = names.map(name => expect.stringContaining(name))
    const problems = problemsOf(texts)
    expect(problems).toHaveLength(names.length === 0 ? 0 : 1)
    for (const one of said) expect(problems).toEqual([one])
    expect(problems.every(one => one.startsWith('INPUT_FILE_SHARED '))).toBe(true)
  })

  test('gives the defaults when nothing is given', () => {
    expect(read({})).toEqual({
      ok: true,
      value: {
        inputs: {
          proxies: [],
          privateDomains: [],
          privateProxy: undefined,
          credentials: [],
          credentialsScope: 'job',
          sshKeys: [],
          sshKnownHosts: [],
          allowUnsafePrCredentials: false,
          sumdb: 'auto',
          selection: 'fastest',
          fallback: undefined,
          gateway: 'step',
          gatewayGiven: false,
          gatewayListen: undefined,
          gatewayListenPrivate: false,
          export: true,
          workingDirectory: {
            named: false,
            upward: true,
            label: 'working-directory',
            inJob: false,
            patterns: ['.'],
            base: '/work',
            workspace: undefined,
          },
          download: true,
          tools: { list: [], queries: [] },
          benchmark: 'auto',
          benchmarkTimeoutMs: 2_000,
          benchmarkTimeoutGiven: false,
          timeoutMs: 600_000,
          timeoutGiven: false,
          connectTimeoutMs: 3_000,
          readTimeoutMs: 10_000,
          retries: 5,
          retryDelayMs: 1_000,
          cache: 'auto',
          cacheDependencyPath: [],
          cachePrivate: false,
          buildCache: 'auto',
          cacheSuffix: '',
          testTimes: 'checkout',
          moduleStore: undefined,
          moduleStorePrivate: false,
          allowInsecure: false,
          problemMatcher: true,
          summary: true,
          reportFile: undefined,
          traceFile: undefined,
          htmlFile: undefined,
          logFormat: 'text',
          metricsFile: undefined,
          metricsPushUrl: undefined,
          slowAfterMs: undefined,
        },
        warnings: [],
      },
    })
  })

  test('tells all that is wrong at once', () => {
    const codes = problemsOf({
      proxies: 'offical',
      timeout: '10',
      retries: 'many',
      export: 'yes',
      'private-domains': 'https://x',
    }).map(text => text.split(' ')[0])
    expect(codes.sort()).toEqual([
      'INPUT_BOOLEAN',
      'INPUT_DURATION_UNIT',
      'INPUT_INTEGER',
      'INPUT_PATTERN',
      'INPUT_PRESET_UNKNOWN',
    ])
  })

  test('any strings give a value or problems, never a throw', () => {
    const text = fc.oneof(anyText(), fc.webUrl({ withQueryParameters: true, withFragments: true }))
    const texts = fc.dictionary(fc.constantFrom(...INPUT_NAMES), text)
    fc.assert(
      fc.property(texts, texts => {
        const result = read(texts)
        if (!result.ok) expect(result.problems.length).toBeGreaterThan(0)
      }),
      { numRuns: 2_000 },
    )
  })

  test('no user name or password of a URL gets into a message or is accepted', () => {
    const part = fc.string({ minLength: 3, unit: 'grapheme' }).filter(text => !/[\r\n]/.test(text))
    const password = fc
      .tuple(part, fc.constantFrom('', ',', ' ', '/', '@', ':', '://', '#', ' #', '?', '|'), part)
      // The parts are told from the message's own words by these marks.
      .map(([a, separator, b]) => ({ text: `Zq9${a}${separator}Zq9${b}`, mark: 'Zq9' }))
    const scheme = fc.constantFrom('https://', 'http://', 'ftp://', '')
    const name = fc.constantFrom<InputName>(
      ...INPUT_NAMES.filter(
        name =>
          ![
            'working-directory',
            'report-file',
            'trace-file',
            'html-file',
            'metrics-file',
            'audit-log',
            'go-version-file',
            'cache-dependency-path',
            'module-store',
          ].includes(name),
      ),
    )
    fc.assert(
      fc.property(name, scheme, password, fc.constantFrom('', 'public, '), (name, scheme, { text, mark }, before) => {
        const told = problemsOf({ [name]: `${before}${scheme}user:${text}@host.example/go` }).join('\n')
        // A comment mark may leave nothing of the URL, or an innocent beginning of it.
        if (told === '') expect(text).toMatch(/#/)
        expect(told).not.toContain(mark)
      }),
      { numRuns: 5_000 },
    )
  })
})

describe('proxies', () => {
  test('resolves presets, keeps the order, and names each proxy once', () => {
    const list = 'https://proxy.corp.example/go current\npublic, # all of them\nhttps://GOPROXY.cn/, goproxy.io'
    expect(urls({ proxies: list })).toEqual([
      'https://proxy.corp.example/go',
      'current',
      'https://proxy.golang.org',
      'https://goproxy.cn',
      'https://goproxy.io',
    ])
  })

  test.each([
    ['loopback by name', 'http://localhost:8080'],
    ['loopback by address', 'http://127.0.0.1:1/go'],
    ['loopback by another form of its address', 'http://127.1'],
    ['loopback in IPv6', 'http://[::1]:80'],
    ['https with a port and a path', 'https://proxy.corp.example:8443/api/go'],
  ])('takes %s', (_name, url) => {
    expect(urls({ proxies: url })).toEqual([url])
  })

  test('takes http beyond loopback when that is allowed', () => {
    expect(urls({ proxies: 'http://proxy.corp.example', 'allow-insecure': 'true' })).toEqual([
      'http://proxy.corp.example',
    ])
  })

  test.each([
    [
      'a preset with a typing error',
      'offical',
      /INPUT_PRESET_UNKNOWN --proxies: there is no preset `offical`\. Did you mean official\? Allowed: /,
    ],
    [
      'an unknown word',
      'fastly',
      /INPUT_PRESET_UNKNOWN .* Allowed: https URLs and the presets current, official, public or china/,
    ],
    ['an ending', 'direct', /INPUT_PROXY_ENDING .*fallback: direct/],
    [
      'a user in a URL, by line',
      'public\nhttps://u:hunter2@proxy.corp.example',
      /INPUT_URL_USERINFO --proxies, line 2: https:\/\/\*\*\*@proxy\.corp\.example contains/,
    ],
    ['a user without a scheme', 'u:hunter2@proxy.corp.example', /INPUT_URL_USERINFO .*\*\*\*@proxy/],
    ['http', 'http://proxy.corp.example', /INPUT_URL_INSECURE .*allow-insecure: true/],
    ['http to a name that only looks local', 'http://localhost.corp.example', /INPUT_URL_INSECURE/],
    ['http to an address that only begins like loopback', 'http://127.0.0.1.example', /INPUT_URL_INSECURE/],
    ['file URLs', 'file:///srv/go', /INPUT_URL_SCHEME/],
    ['a GOPROXY list', 'https://a.example|https://b.example', /INPUT_URL_SEPARATOR/],
    [
      'a query, unseen',
      'https://a.example/go?token=hunter2',
      /INPUT_URL_QUERY --proxies: https:\/\/a\.example\/go has/,
    ],
    ['a slash too few', 'https:/a.example', /INPUT_URL_SYNTAX/],
    ['a backslash', 'https:\\\\a.example', /INPUT_URL_S/],
    ['a port out of range', 'https://a.example:99999', /INPUT_URL_SYNTAX/],
    ['letters that only look like others', 'https://gоproxy.cn', /INPUT_URL_SYNTAX/],
  ])('refuses %s', (_name, text, expected) => {
    const told = problemsOf({ proxies: text })
    expect(told).toEqual([expect.stringMatching(expected)])
    expect(told.join()).not.toContain('hunter2')
  })
})

describe('private-domains', () => {
  test('takes patterns with commas, spaces, lines and comments', () => {
    const text = 'github.com/my-org, *.corp.example corp.example\n# ours\ngitlab.example/g # theirs\ngithub.com/my-org'
    expect(inputsOf({ 'private-domains': text }).privateDomains).toEqual([
      'github.com/my-org',
      '*.corp.example',
      'corp.example',
      'gitlab.example/g',
    ])
  })

  test.each([
    'https://git.example',
    'git.example:8443/g',
    'github.com/org/...',
    '{a,b}.example',
    'git[.example',
    'none',
    'git@github.com/org',
  ])('refuses %s, which can match nothing', pattern => {
    expect(problemsOf({ 'private-domains': pattern })[0]).toMatch(
      /^INPUT_PATTERN --private-domains: .* can match no module: /,
    )
  })

  test('says what to write instead', () => {
    expect(problemsOf({ 'private-domains': 'https://git.example/org' })).toEqual([
      expect.stringContaining('Write `git.example/org` instead.'),
    ])
  })

  test('warns when the domain itself is not covered', () => {
    const result = read({ 'private-domains': 'a.example\n*.corp.example' })
    expect(result.ok && result.value.warnings).toEqual([
      {
        code: 'INPUT_PATTERN_GAP',
        message: '--private-domains, line 2: `*.corp.example` does not cover corp.example itself.',
        hint: 'Add `corp.example` if modules live there too.',
      },
    ])
    const covered = read({ 'private-domains': '*.corp.example,corp.example' })
    expect(covered.ok && covered.value.warnings).toEqual([])
  })
})

describe('single values', () => {
  test.each([
    ['1500ms', 1_500],
    ['1.5s', 1_500],
    ['1m30s', 90_000],
    ['2h', 7_200_000],
  ])('timeout: %s', (text, ms) => {
    expect(inputsOf({ timeout: text }).timeoutMs).toBe(ms)
  })

  test.each<[Texts, string]>([
    [
      { timeout: '10' },
      'INPUT_DURATION_UNIT --timeout: `10` has no unit. Allowed: a number with its unit ms, s, m or h (90s, 1.5m), from 1s to 6h.',
    ],
    [{ timeout: '10 m' }, 'INPUT_DURATION --timeout: `10 m` is not a duration.'],
    [{ timeout: '-1s' }, 'INPUT_DURATION '],
    [{ timeout: '7h' }, 'INPUT_DURATION_RANGE --timeout: 7h is outside 1s to 6h.'],
    [{ 'slow-after': '0s' }, 'INPUT_DURATION_RANGE '],
    [{ retries: '-1' }, 'INPUT_INTEGER '],
    [{ retries: '1e3' }, 'INPUT_INTEGER '],
    [{ retries: '101' }, 'INPUT_INTEGER --retries: 101 is outside 0 to 100.'],
    [{ download: 'yes' }, 'INPUT_BOOLEAN --download: `yes` is neither true nor false. Allowed: true or false.'],
    [
      { selection: 'fastset' },
      'INPUT_CHOICE --selection: `fastset` is not an allowed value. Did you mean fastest? Allowed: fastest or ordered.',
    ],
    [{ fallback: 'none' }, 'INPUT_CHOICE --fallback: `none` is not an allowed value. Allowed: direct or off.'],
    [{ sumdb: 'sum.example.com' }, 'INPUT_SUMDB '],
    [{ sumdb: 'off\nauto' }, 'INPUT_SUMDB --sumdb: it must be one value'],
    [
      { sumdb: 'sum.golang.org https://u:hunter2@sum.example' },
      'INPUT_URL_USERINFO --sumdb: sum.golang.org https://***@sum.example',
    ],
    [{ 'report-file': 'a\0b' }, 'INPUT_PATH '],
    [{ 'working-directory': 'a\nb\0c' }, 'INPUT_PATH --working-directory, line 2'],
  ])('%j is refused', (texts, beginning) => {
    const told = problemsOf(texts)
    expect(told.length).toBe(1)
    expect(told[0]).toContain(beginning)
  })

  test.each(['auto', 'off', 'sum.golang.org', 'sum.golang.google.cn', 'sum.golang.org https://sum.golang.org'])(
    'sumdb: %s',
    value => {
      expect(inputsOf({ sumdb: value }).sumdb).toBe(value)
    },
  )

  test('working-directory takes one a line, with spaces in names', () => {
    const { workingDirectory } = inputsOf({ 'working-directory': 'services/*\n # old\n my module # 2 ' })
    expect(workingDirectory).toMatchObject({ named: true, patterns: ['services/*', 'my module # 2'] })
  })

  test('working-directory: the default written out names it; in a job, where the runner writes it, that cannot be told', () => {
    const briefOf = (source: Parameters<typeof readInputs>[0]) => {
      const result = readInputs(source)
      if (!result.ok) throw new Error(JSON.stringify(result.problems))
      const { named, upward, patterns } = result.value.inputs.workingDirectory
      return [named, upward, patterns]
    }
    expect(briefOf(commandSource({}, {}, '/work'))).toEqual([false, true, ['.']])
    expect(briefOf(commandSource({ 'working-directory': '.' }, {}, '/work'))).toEqual([true, false, ['.']])
    const variable = { GO_PROXY_SETUP_WORKING_DIRECTORY: '.' }
    expect(briefOf(commandSource({}, variable, '/work'))).toEqual([true, false, ['.']])
    for (const env of [{}, { 'INPUT_WORKING-DIRECTORY': '' }, { 'INPUT_WORKING-DIRECTORY': ' . ' }])
      expect(briefOf(actionSource(env, '/work'))).toEqual([false, false, ['.']])
    expect(briefOf(actionSource({ 'INPUT_WORKING-DIRECTORY': 'a' }, '/work'))).toEqual([true, false, ['a']])
  })

  test('the report goes to standard output on the command line only', () => {
    for (const name of ['-', '/dev/stdout']) {
      expect(inputsOf({ 'report-file': name }).reportFile).toBe('-')
      const result = readInputs(actionSource({ 'INPUT_REPORT-FILE': name }, '/work'))
      expect(!result.ok && result.problems.map(({ code }) => code)).toEqual(['INPUT_PATH_STDOUT'])
    }
  })
})

describe('sources', () => {
  const retriesOf = (source: Parameters<typeof readInputs>[0]) => {
    const result = readInputs(source)
    return result.ok ? result.value.inputs.retries : result.problems[0]?.message
  }

  test('a variable that is no input is warned of, with the one that was meant', () => {
    const env = {
      GO_PROXY_SETUP_PROXIES: 'official',
      GO_PROXY_SETUP_POLICY: '{}',
      GO_PROXY_SETUP_PROXYS: 'https://u:hunter2@proxy.example',
      GO_PROXY_SETUP_DIRECTORY: 'a',
      GO_PROXY_SETUP_FORMAT: 'json',
      GO_PROXY_SETUP_PROXY: 'x',
      GO_PROXY_SETUP_PRIVATE: 'x',
      GO_PROXY_SETUP_SSH_KEY_FILE: 'x',
      GO_PROXY_SETUP_EMPTY: '',
    }
    const result = readInputs(commandSource({}, env, '/work'))
    expect(result.ok && result.value.warnings.map(({ code, message, hint }) => [code, message, hint])).toEqual([
      [
        'INPUT_VARIABLE_UNKNOWN',
        'GO_PROXY_SETUP_PROXYS: there is no such input.',
        'Did you mean GO_PROXY_SETUP_PROXIES?',
      ],
      [
        'INPUT_VARIABLE_UNKNOWN',
        'GO_PROXY_SETUP_DIRECTORY: there is no such input.',
        'Did you mean GO_PROXY_SETUP_WORKING_DIRECTORY?',
      ],
      [
        'INPUT_VARIABLE_UNKNOWN',
        'GO_PROXY_SETUP_FORMAT: there is no such input.',
        '`go-proxy-setup help run` lists them.',
      ],
      ...(['PROXY PROXIES', 'PRIVATE PRIVATE_DOMAINS', 'SSH_KEY_FILE SSH_KEY'] as const).map(pair => {
        const [given, meant] = pair.split(' ')
        return [
          'INPUT_VARIABLE_UNKNOWN',
          `GO_PROXY_SETUP_${given}: there is no such input.`,
          `Did you mean GO_PROXY_SETUP_${meant}?`,
        ]
      }),
    ])
    const action = readInputs(actionSource(env, '/work'))
    expect(action.ok && action.value.warnings).toEqual([])
  })

  test('the action reads INPUT_* alone', () => {
    expect(retriesOf(actionSource({ INPUT_RETRIES: ' 7 ', GO_PROXY_SETUP_RETRIES: '8' }, '/work'))).toBe(7)
    expect(retriesOf(actionSource({ INPUT_RETRIES: '', GO_PROXY_SETUP_RETRIES: '8' }, '/work'))).toBe(5)
  })

  test('on the command line options win over variables, and INPUT_* is another program’s', () => {
    const env = { INPUT_RETRIES: '7', GO_PROXY_SETUP_RETRIES: '8' }
    expect(retriesOf(commandSource({ retries: '9' }, env, '/work'))).toBe(9)
    expect(retriesOf(commandSource({}, env, '/work'))).toBe(8)
    expect(retriesOf(commandSource({}, { INPUT_RETRIES: '7' }, '/work'))).toBe(5)
  })

  test('messages use the name that the user wrote', () => {
    expect(retriesOf(commandSource({ retries: 'x' }, {}, '/work'))).toMatch(/^--retries: /)
    expect(retriesOf(commandSource({}, { GO_PROXY_SETUP_RETRIES: 'x' }, '/work'))).toMatch(/^GO_PROXY_SETUP_RETRIES: /)
    expect(retriesOf(actionSource({ INPUT_RETRIES: 'x' }, '/work'))).toMatch(/^retries: /)
  })

  test('hyphens stay in INPUT_*, and become underscores in GO_PROXY_SETUP_*', () => {
    const delay = (source: Parameters<typeof readInputs>[0]) => {
      const result = readInputs(source)
      return result.ok && result.value.inputs.retryDelayMs
    }
    expect(delay(actionSource({ 'INPUT_RETRY-DELAY': '2s' }, '/work'))).toBe(2_000)
    expect(delay(commandSource({}, { GO_PROXY_SETUP_RETRY_DELAY: '3s' }, '/work'))).toBe(3_000)
  })

  test('the action works from the workspace, the command line from where it was started', () => {
    const env = { GITHUB_WORKSPACE: '/checkout' }
    expect(actionSource(env, '/work')).toMatchObject({ base: '/checkout', workspace: '/checkout' })
    expect(commandSource({}, env, '/work')).toMatchObject({ base: '/work', workspace: '/checkout' })
    expect(commandSource({}, {}, '/work')).toMatchObject({ base: '/work', workspace: undefined })
  })
})
