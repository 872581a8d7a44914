import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Measurement } from '../../src/benchmark/ranking.ts'
import type { CacheStory } from '../../src/cache/cache.ts'
import type { Setting } from '../../src/choice/choice.ts'
import type { Project } from '../../src/project/project.ts'
import { renderAccount } from '../../src/report/account.ts'
import { verdictsPage } from '../../src/report/documents.ts'
import { headline } from '../../src/report/headline.ts'
import { planOutputs } from '../../src/report/outputs.ts'
import { redactReport } from '../../src/report/redact.ts'
import { buildReport } from '../../src/report/report.ts'
import type { Story } from '../../src/report/story.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { renderCache, renderCandidates, renderSettings, renderTimesText } from '../../src/report/text.ts'
import { describeGo } from '../../src/report/toolchain-text.ts'
import type { ToolchainStory } from '../../src/toolchain/story.ts'
import { findSchemaFaults } from '../support/builders/report-schema.ts'
import { emptyStory, fullStory, measurement, request } from '../support/builders/story.ts'
import { anyText } from '../support/builders/text.ts'
import { upstreamAt } from '../support/worlds/gateway.ts'

const BROUGHT: ToolchainStory = {
  version: 'go1.21.5',
  goroot: '/tools/go/1.21.5/x64',
  wanted: '1.21',
  by: 'go.mod',
  from: 'proxy',
  fetched: { proxy: 'https://proxy.golang.org', database: 'sum.golang.org', bytes: 71_700_000, seconds: 4.2 },
}

describe('a Go that was brought', () => {
  test('is told in one line, in the summary and as outputs, also where it is too old for all else', () => {
    expect(describeGo(BROUGHT)).toBe(
      'Go 1.21.5 (go.mod asks for 1.21): 71.7 MB from proxy.golang.org in 4.2 s, proven by the checksum database through sum.golang.org; installed in /tools/go/1.21.5/x64',
    )
    expect(describeGo({ ...BROUGHT, by: '', from: 'tool cache', fetched: undefined })).toBe(
      'Go 1.21.5 (there was none): it is installed in /tools/go/1.21.5/x64',
    )
    const report = buildReport(emptyStory({ toolchain: BROUGHT }))
    expect(renderSummary(report)).toBe(
      '### ✅ Go modules: Go 1.21.5 is there\n\ngo1.21.5 · from proxy.golang.org in 4.2 s, proven\n',
    )
    expect(planOutputs(report, undefined)).toMatchObject({ 'go-version': '1.21.5', 'go-root': BROUGHT.goroot })
    expect(planOutputs(buildReport(fullStory()), undefined)).toMatchObject({ 'go-version': '1.27.3' })
  })
})

describe('the report is what its schema says', () => {
  const stories = {
    'a whole job': fullStory({ notices: ['Know this.'] }),
    'stopped by a bad go.mod': emptyStory({ failure: { code: 'PROJECT_GO_MOD_UNREADABLE', message: 'm', hint: 'h' } }),
    'with a Go that was brought': fullStory({ toolchain: BROUGHT }),
    'with a Go that was there': fullStory({ toolchain: { ...BROUGHT, from: 'PATH', fetched: undefined } }),
    'no benchmark': { ...fullStory(), ranking: undefined, benchmarkSkipped: 'there is only one candidate' },
    'no download': { ...fullStory(), download: undefined, gateway: undefined },
  }
  test.each(Object.entries(stories))('%s', (_name, story) => {
    expect(findSchemaFaults(JSON.parse(JSON.stringify(buildReport(story))))).toEqual([])
  })

  test('and the schema would see a fault', () => {
    expect(findSchemaFaults({ ...buildReport(fullStory()), more: 1 })).not.toEqual([])
  })
})

describe('the summary', () => {
  test('of a whole job', () => {
    expect(renderSummary(buildReport(fullStory()))).toMatchInlineSnapshot(`
"### ⚠️ Go modules: proxy.example, 3 modules (12.3 MB) in 1.5 s, about 8 s less than plain go

go1.27.3 · 3 modules · 12 requests, 1 of them a probe

#### Warning

- other.example sent wrong content. (\`PROXY_SENT_WRONG_CONTENT\`)<br>**What to do:** Remove it.

#### Candidates

|   | proxy | verdict | connect | first byte | rate | predicted |   |
| :-- | :-- | :-- | --: | --: | --: | --: | :-- |
| ➜ | \`proxy.example\` | ok | 37 ms | 13 ms | 42 MB/s | 2.3 s | \`████████████████\` |
|   | \`other.example\` | **tampered** | 37 ms | 13 ms | – | – | its content does not match go.sum |

Measured in 520 ms with 1.2 MB of this project’s own modules, each checked against go.sum.

#### Where the time went

Plain go would have needed about 9.5 s instead of 1.5 s (estimated from this download’s round trips and rate). Of the download’s 1.5 s, requests were under way for 400 ms; the rest is go’s own work, most of it unpacking. During the download: 2 requests repeated, 1 of them at another proxy; 1 wrong answer discarded.

|   | time | size | 0 to 2.3 s |
| :-- | --: | --: | :-- |
| read the project | 110 ms |   | \`·█····························\` |
| benchmark | 520 ms |   | \`···███████····················\` |
| download | 1.5 s |   | \`··········████████████████████\` |
| network | 1.1 s | 12.3 MB | \`··········███████████████·····\` |
| go alone: unpacking | 340 ms |   | \`·························████·\` |
| \`example.com/a@v1.0.0\` | 1.1 s | 9 MB | \`··········██░████████████·····\` |
| \`example.com/b@v1.0.0\` | 100 ms | 300 kB | \`············░█················\` |

Modules: \`░\` until the first byte, \`█\` until the last.

#### Where modules came from

| proxy | requests | received | wrong content | failed |
| :-- | --: | --: | --: | :-- |
| \`proxy.example\` | 9 | 12.3 MB | 0 | 0 |
| \`other.example\` | 2 | 100 kB | 1 | 1 (1 × it refuses (403)) |

#### Settings for later steps

| variable | value | set by | why |
| :-- | :-- | :-- | :-- |
| \`GOPROXY\` | \`https://proxy.example,direct\` | this step | proxy.example is the fastest measured |
| \`GOSUMDB\` | \`sum.golang.org\` | default | as it was |
"
`)
  })

  test('tells what later steps get from what this download alone uses', () => {
    const { choice } = fullStory()
    const own: Setting = {
      name: 'GO111MODULE',
      value: 'on',
      from: 'go-proxy-setup',
      why: 'w',
      changed: true,
      scope: 'download',
    }
    const story = fullStory({ choice: choice && { ...choice, settings: [...choice.settings, own] } })
    expect(renderSummary(buildReport(story))).toContain('| `GO111MODULE` | `on` | this step | this download | w |')
    expect(renderSettings(buildReport(story)).at(-1)).toMatch(/set for this download +w$/)
    const kept = buildReport({ ...story, exported: false })
    expect(kept.settings.map(({ scope }) => scope)).toEqual(['download', 'download', 'download'])
    expect(renderSummary(kept)).not.toContain('later steps')
  })

  test('without go.mod says what was measured and that nothing was downloaded', () => {
    const story = fullStory({ download: undefined, gateway: undefined })
    const summary = renderSummary(
      buildReport({
        ...story,
        project: story.project && { ...story.project, directories: [], modules: [], missing: [] },
        ranking: story.ranking && { ...story.ranking, pinned: true },
      }),
    )
    expect(summary).toMatch(/^### .*proxy\.example, no go\.mod here, nothing downloaded\n\ngo1\.27\.3 · no go\.mod\n/)
    expect(summary).toContain('the predictions are for that set too')
    expect(summary).toContain('of a built-in set of modules, each checked against its known hash')
    expect(summary).not.toMatch(/0 modules|own modules|whole download|against go\.sum/)
  })

  test('of a failure begins with an alert: cause, what each place answered, and what to do; go’s output is folded', () => {
    const failure = {
      code: 'HTTP_FORBIDDEN',
      message:
        'example.com/m v1.0.0 (go.mod:7) could not be downloaded. A proxy forbids it.\n  https://p.example: it refuses (403)',
      hint: 'Ask.',
      at: { file: '/w/go.mod', line: 7 },
    }
    const story = fullStory({ failure })
    const said = ['go: example.com/m@v1.0.0: reading https://p.example/m: 403', '\tserver response: </pre><h1>x']
    const report = buildReport({ ...story, download: story.download && { ...story.download, said } })
    expect(findSchemaFaults(JSON.parse(JSON.stringify(report)))).toEqual([])
    const lines = renderSummary(report).split('\n')
    expect(lines.slice(0, 7)).toEqual([
      '> [!CAUTION]',
      '> **example.com/m v1.0.0 (go.mod:7) could not be downloaded. A proxy forbids it.** (`HTTP_FORBIDDEN`)',
      '> - https&#58;//p.example: it refuses (403)',
      '>',
      '> **What to do:** Ask.',
      '',
      '### ❌ Go modules: failed',
    ])
    const folded = lines.indexOf('<details><summary>What go said (2 lines)</summary>')
    expect(lines.slice(folded + 2, folded + 6)).toEqual([
      '<pre>go: example.com/m&#64;&#8203;v1.0.0: reading https&#58;//p.example/m: 403',
      '    server response: &#60;/pre&#62;&#60;h1&#62;x</pre>',
      '',
      '</details>',
    ])
  })

  test('shows the last of what go said, and is never cut within it', () => {
    const story = fullStory({ failure: { code: 'X', message: 'm', hint: '' } })
    const said = Array.from({ length: 2_000 }, (_, i) => `line ${i} ${'<'.repeat(400)}`)
    const summary = renderSummary(buildReport({ ...story, download: story.download && { ...story.download, said } }))
    expect(Buffer.byteLength(summary)).toBeLessThan(30_000)
    expect(summary).toMatch(/<pre>… \d+ lines before these: see the log\n[\s\S]*line 1999 [^\n]*<\/pre>\n\n<\/details>/)
  })

  test('stays far below what the runner takes: of long lists the first, and what has no room is left out whole', () => {
    const long = 'h'.repeat(590)
    const many = Array.from({ length: 5_000 }, (_, i) => ({ code: 'X', message: `warning ${i}`, hint: long }))
    const story = fullStory({ warnings: many })
    const summary = renderSummary(buildReport(story))
    expect(Buffer.byteLength(summary)).toBeLessThan(30_000)
    expect(summary.match(/^- warning \d+ /gm)).toHaveLength(20)
    expect(summary).toContain('\n\n… and 4980 more: see the report file.\n')
    const settings = Array.from(
      { length: 100 },
      (_, i): Setting => ({
        name: 'GOPROXY',
        value: `${i}${long}`,
        from: 'default',
        why: long,
        changed: false,
        scope: 'job',
      }),
    )
    const cut = renderSummary(buildReport({ ...story, choice: story.choice && { ...story.choice, settings } }))
    expect(Buffer.byteLength(cut)).toBeLessThan(66_000)
    expect(cut).not.toContain('#### Settings')
    expect(cut).toMatch(
      /#### Where modules came from[\s\S]*\n\nLeft out, because the size of a summary is limited: settings\. The/,
    )
  })

  test.each([
    ['example.com/a', true, '[`example.com/a@v1.0.0`](https://pkg.go.dev/example.com/a@v1.0.0)'],
    ['corp.example/secret', false, '`corp.example/secret@v1.0.0`'],
    ['example.com/a) [x](javascript:alert(1)', true, '`example.com/a) [x](javascript:alert(1)@v1.0.0`'],
  ])('links to the documentation of what is public: %s', (path, isPublic, cell) => {
    const story = fullStory()
    const slowest = [{ path, version: 'v1.0.0', seconds: 1, bytes: 1, isPublic }]
    const download = story.download && { ...story.download, slowest }
    const summary = renderSummary(buildReport({ ...story, requests: [], download }))
    expect(summary.replaceAll('\u00a0', ' ')).toContain(`| ${cell} | 1 s | 1 B |`)
  })

  test('times modules by their zips, and counts one as public that a source of public modules alone gave', () => {
    const url = 'https://proxy.example'
    const official = { ...upstreamAt(url), trust: 'official' as const }
    const requests = [
      request({ file: 'mod', startMs: 100, ms: 50, bytes: 300 }),
      request({ startMs: 5_000, ms: 200, outcome: 'cut' }),
      request({ startMs: 5_300, ms: 400, attempt: 1, why: 'retry' }),
      request({ module: 'example.com/only-its-mod', file: 'mod', ms: 9_000 }),
    ]
    const known = { list: [official], mode: 'default', warnings: [] } as unknown as Story['candidates']
    const timed = { path: 'example.com/a', version: 'v1.0.0', seconds: 0.7, bytes: 9_000_300 }
    const report = (candidates: Story['candidates']) => buildReport(fullStory({ requests, candidates }))
    expect(report(known).slowest).toEqual([{ ...timed, isPublic: true }])
    expect(report(undefined).slowest).toEqual([{ ...timed, isPublic: false }])
  })

  test('of a warm module cache has no time line, unless it took long', () => {
    const story = fullStory()
    const download = story.download && { ...story.download, modules: 0, slowest: [] }
    const heading = '| download |'
    expect(renderSummary(buildReport({ ...story, download }))).not.toContain(heading)
    const phases = [{ name: 'download', startMs: 0, ms: 4_000 }]
    expect(renderSummary(buildReport({ ...story, download, phases }))).toContain(heading)
  })

  test('names the directories where the job may have several such summaries, and what each took', () => {
    const story = fullStory()
    const [attempt] = story.download?.attempts ?? []
    const places = ['services/api', 'services/`b`'].map(name => ({
      ...(story.project as Project).directories[0],
      name,
    })) as Project['directories']
    const attempts = places.map(({ name }, i) => ({ ...attempt, directory: name, seconds: i + 0.5 }))
    const markdown = (change: Partial<Story>) =>
      renderSummary(buildReport({ ...story, ...change })).replaceAll('\u00a0', ' ')
    const project = story.project && { ...story.project, directories: places }
    const download = story.download && ({ ...story.download, attempts } as Story['download'])
    const summary = markdown({ project, download })
    expect(summary).toMatch(/^### .* Go modules in `services\/api`, `` services\/`b` ``: proxy\.example/)
    expect(summary).toMatch(
      /#### Directories\n\n\| directory \| time \| requests \|\n.*\n\| `services\/api` \| 500 ms \| 11 \|/,
    )
    expect(summary).not.toContain('attempts')
    const many = Array.from({ length: 9 }, () => places).flat()
    expect(markdown({ project: project && { ...project, directories: many } })).toContain(
      'Go modules in 18 directories:',
    )
  })

  test('links verdicts to the page that explains them, where it can be told', () => {
    const report = buildReport(fullStory())
    const page = verdictsPage({
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_ACTION_REPOSITORY: 'org/go-proxy-setup',
      GITHUB_ACTION_REF: 'v1',
    })
    expect(renderSummary(report, page)).toContain(
      '| **[tampered](https://github.com/org/go-proxy-setup/blob/v1/docs/verdicts.md#tampered)** |',
    )
    expect(renderSummary(report)).toContain('| **tampered** |')
  })

  test('has no table for one candidate, but what is known of it', () => {
    const story = fullStory()
    const withOne = (change: Partial<Measurement>) => ({
      ...story,
      ranking: story.ranking && { ...story.ranking, measurements: [measurement('https://proxy.example', change)] },
    })
    expect(renderSummary(buildReport(withOne({})))).toContain(
      '#### Candidates\n\n`proxy.example` (own), the only one, answers within 13 ms and sends 42 MB/s. Measured in 520 ms',
    )
    const cold = renderSummary(buildReport(withOne({ verdict: 'cold', reason: 'it has not fetched it' })))
    expect(cold).toContain('the only one, is **cold**: it has not fetched it. Measured')
    expect(cold).not.toContain('predicted')
  })

  test.each([
    ['little was gained', { seconds: 1.5, pace: { fetchingSeconds: 1.4, plainGoSeconds: 1.7 } }, ''],
    ['nothing is known', { seconds: 1.5 }, ''],
    [
      'go unpacked for long',
      { seconds: 3.3, pace: { fetchingSeconds: 0.4, plainGoSeconds: undefined } },
      'Of the download’s 3.3 s, requests were under way for 400 ms; the rest is go’s own work, most of it unpacking.',
    ],
  ])('what the time consisted of: %s', (_, change, sentence) => {
    const { gateway: _gateway, ...story } = fullStory()
    const download = story.download && { ...story.download, pace: undefined, ...change }
    const quiet = { ...story, gateway: undefined, download, phases: [] } as Story
    expect(renderAccount(buildReport(quiet)).join(' ')).toBe(sentence)
  })

  test('nothing that others said is Markdown, HTML, a mention or a cell', () => {
    const hostile = fc.oneof(
      fc.constantFrom(
        '<script>alert(1)</script>',
        '</td></table><h1>x',
        '![x](https://evil.example/x.png)',
        '[x](javascript:alert(1))',
        '@octocat #1 https://evil.example www.evil.example',
        '| a | b |\n| - | - |',
        '<!-- x',
        '```\nx\n```',
        '`x` ``` ``',
        '::error::x ##[command]x',
        '\u001b[31m\u0085\u2028\u202e',
        '$x^2$ **b** __c__ ~~d~~ \\',
      ),
      anyText({ maxLength: 80 }),
    )
    fc.assert(
      fc.property(hostile, hostile, hostile, (reason, message, name) => {
        const clean = renderSummary(buildReport(storyWith('x', 'y', 'z')))
        const dirty = renderSummary(buildReport(storyWith(reason, message, name)))
        // The same shape, whatever the words: as many lines, cells in every row, and no new markup outside of code.
        const shape = (markdown: string) =>
          markdown.split('\n').map(line => line.replace(/\\\|/g, '').split('|').length)
        expect(shape(dirty)).toEqual(shape(clean))
        const bare = dirty.replace(/(`+)(?:(?!\1).)*\1/gs, '').replaceAll('<br>', '')
        expect(bare).not.toMatch(/<[a-z!/]|\]\(|:\/\/|www\.|@[a-z]/i)
        expect(dirty).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/)
      }),
      { numRuns: 300 },
    )
  })
})

function storyWith(reason: string, message: string, name: string) {
  const base = fullStory({ warnings: [{ code: 'W', message, hint: `hint: ${message}` }] })
  const ranking = base.ranking && {
    ...base.ranking,
    measurements: [measurement('https://a.example', { verdict: 'unhealthy', usable: false, reason })],
  }
  const download = base.download && {
    ...base.download,
    slowest: [{ path: name, version: name, seconds: 1, bytes: 1, isPublic: false }],
    attempts: base.download.attempts.map(attempt => ({
      ...attempt,
      outcome: 'failed' as const,
      failure: { code: 'HTTP_SERVER_ERROR', text: message },
    })),
  }
  return { ...base, ranking, download, failure: { code: 'F', message, hint: `hint: ${reason}` } }
}

describe('the module cache', () => {
  const restored: NonNullable<CacheStory['restored']> = {
    how: 'done',
    what: undefined,
    key: 'go-proxy-setup-2-0-12000000',
    refused: false,
    verified: new Map(),
    placed: { files: 0, bytes: 0 },
    rejected: [],
    startedMs: 6_000,
    seconds: 1.25,
    taken: new Set(['a', 'b']),
    bytes: 12_000_000,
    exact: true,
    predictedDownloadSeconds: 3,
  }
  const story = (change: Partial<CacheStory> = {}) =>
    fullStory({
      cache: {
        mode: { restore: 'race', save: true, why: undefined, notice: undefined },
        keys: undefined,
        restored,
        save: 'unchanged',
        plan: undefined,
        warnings: [],
        ...change,
      },
    })
  test.each<[string, Partial<CacheStory>, string | undefined, string]>([
    ['restored', {}, 'Module cache: 2 files (12 MB) restored in 1.3 s; nothing new to save.', 'true'],
    [
      'an older entry, of which something was wrong',
      { restored: { ...restored, exact: false, rejected: [{ target: 'x.zip', what: 'w' }] }, save: 'incomplete' },
      'Module cache: 2 files (12 MB of an older entry) restored in 1.3 s, 1 file refused; not saved, since the download is not complete.',
      'false',
    ],
    [
      'failed',
      { restored: { ...restored, how: 'failed', what: 'no progress for 10 s' }, save: 'no' },
      'Module cache: not restored after 1.3 s: no progress for 10 s; nothing is saved.',
      'false',
    ],
    [
      'left behind',
      { restored: { ...restored, how: 'abandoned', what: 'the download finished first' } },
      'Module cache: given up after 1.3 s, the download finished first; nothing new to save.',
      'false',
    ],
    [
      'off',
      {
        mode: { restore: 'no', save: false, why: 'the job builds a tag', notice: undefined },
        restored: undefined,
        save: 'no',
      },
      undefined,
      'false',
    ],
  ])('%s', (_name, change, line, hit) => {
    const report = buildReport(story(change))
    expect(renderCache(report)).toBe(line)
    expect(planOutputs(report, undefined)['cache-hit']).toBe(hit)
    expect(findSchemaFaults(JSON.parse(JSON.stringify(report)))).toEqual([])
    expect(renderSummary(report).includes('Module cache')).toBe(line !== undefined)
  })
})

describe('the log', () => {
  const report = buildReport(fullStory())
  test('candidates as a table, the chosen one marked', () => {
    expect(renderCandidates(report).join('\n')).toMatchInlineSnapshot(`
"  proxy          trust  verdict   first byte     rate  predicted
> proxy.example  own    ok             13 ms  42 MB/s      2.3 s  ████████████████████████
  other.example  own    tampered       13 ms        –          –  its content does not match go.sum
Measured in 520 ms with 1.2 MB, all content checked against go.sum."
`)
  })

  test('a built-in set is not called the project’s modules', () => {
    const pinned = { ...report, benchmark: { ...report.benchmark, pinned: true } }
    expect(renderCandidates(pinned).at(-1)).toBe(
      'Measured in 520 ms with 1.2 MB of a built-in set of modules, each checked against its known hash.',
    )
  })

  test('a long setting has its reason below it, a short one beside it', () => {
    const long = `https://proxy.example/${'x'.repeat(60)},direct`
    const settings = [
      { name: 'GOPROXY', value: long, changed: true, from: 'go-proxy-setup', why: 'a', scope: 'job' },
      { name: 'GOSUMDB', value: 'sum.golang.org', changed: false, from: 'default', why: 'b', scope: 'job' },
    ] as const
    expect(renderSettings({ ...report, settings })).toEqual([
      `GOPROXY=${long}`,
      '  set: a',
      'GOSUMDB=sum.golang.org  default  b',
    ])
  })

  test('phases in which nothing happened are left out', () => {
    const phases = [
      { name: 'benchmark', startMs: 100, ms: 500 },
      { name: 'checksum database', startMs: 600, ms: 0.1 },
    ]
    expect(renderTimesText({ ...report, phases })).toContain(
      `benchmark             500 ms           ${'·'.repeat(5)}${'█'.repeat(25)}`,
    )
  })

  test.each([
    [fullStory(), 'proxy.example, 3 modules (12.3 MB) in 1.5 s, about 8 s less than plain go'],
    [{ ...fullStory(), download: undefined }, 'proxy.example'],
    [
      { ...fullStory(), project: { ...(fullStory().project as Project), directories: [] }, download: undefined },
      'proxy.example, no go.mod here, nothing downloaded',
    ],
    [emptyStory(), 'Nothing chosen'],
    [emptyStory({ failure: { code: 'X', message: 'Why.', hint: '' } }), 'Failed: Why.'],
  ])('one line at the end, %#', (story, line) => expect(headline(buildReport(story))).toBe(line))
})

test('outputs: the benchmark without its probes, empty texts where there is nothing', () => {
  const outputs = planOutputs(buildReport(fullStory()), '/tmp/report.json')
  expect(JSON.parse(outputs['benchmark'] ?? '')[0]).not.toHaveProperty('probes')
  expect(outputs).toMatchObject({
    proxy: 'https://proxy.example',
    'download-seconds': '1.500',
    report: '/tmp/report.json',
  })
  const empty = planOutputs(buildReport(emptyStory()), undefined)
  expect(empty).toMatchObject({ goproxy: '', proxy: '', benchmark: '[]', 'download-seconds': '', report: '' })
})

test('no secret is in it, wherever it was quoted', () => {
  const secret = 'hunter2secret'
  const story = emptyStory({
    warnings: [{ code: 'X', message: `a proxy says ${secret}`, hint: secret }],
    failure: { code: 'Y', message: `"${secret}"`, hint: '' },
  })
  const report = redactReport(buildReport(story), text => text.replaceAll(secret, '***'))
  expect(JSON.stringify(report)).not.toContain(secret)
  expect(report.warnings).toEqual([{ code: 'X', message: 'a proxy says ***', hint: '***' }])
  expect(redactReport(report, text => text)).toEqual(report)
  // Thousands of requests say the same few words.
  const asked: string[] = []
  redactReport(report, text => {
    asked.push(text)
    return text
  })
  expect(new Set(asked).size).toBe(asked.length)
})
