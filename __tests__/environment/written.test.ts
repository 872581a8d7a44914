import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Insertion, insertMarked, type MarkedText, parseMarked } from '../../src/environment/written/block.ts'
import { findLineChanges } from '../../src/environment/written/difference.ts'
import { fromBytes, linesFor, setIn, toBytes } from '../../src/environment/written/forms.ts'
import { findEphemeral, findLocal, findOverridden } from '../../src/environment/written/lasting.ts'
import { locateTarget, parseTarget, type WrittenForm } from '../../src/environment/written/target.ts'
import { ORIGINAL_VARIABLE } from '../../src/settings/original.ts'
import { anyValue, asVariables } from '../support/builders/variables.ts'

const SETTINGS = ['GOPROXY=https://a.example,direct', 'GOSUMDB=sum.golang.org']
const PLAIN: Insertion = {
  body: SETTINGS,
  position: undefined,
  isNew: false,
  wasOpen: false,
  setsAside: () => false,
  followsLineEnds: false,
}
const ASIDE: Insertion = { ...PLAIN, setsAside: line => line.startsWith('GOPROXY=') }

function markedIn(text: string): MarkedText {
  const found = parseMarked(text)
  if (found === undefined || !('without' in found)) throw new Error(JSON.stringify(found))
  return found
}

/** As the verb does: what stands there is taken out, and the new lines come to its place. */
function writeAgain(text: string, insertion: Insertion): string {
  const marked = parseMarked(text)
  if (marked === undefined) return insertMarked(text, insertion)
  return insertMarked(markedIn(text).without, { ...insertion, ...markedIn(text) })
}

/** What stands in such files, and what a hostile one could hold: one character a byte. */
const anyLine = fc.oneof(
  fc.constantFrom(
    ...['GOPROXY=https://user.example', 'GOPROXY=', 'GOPROXY', ' GOPROXY=x', 'GOFLAGS=-mod=mod', '#GOPROXY=y', ''],
    ...['export PATH="$HOME/bin:$PATH"', 'case $- in *i*) ;; *) return;; esac', "cat <<'EOF'", 'EOF', '"', "'", 'a\\'],
    ...['\xff\xfe', '\xef\xbb\xbf# mark', '\u0085', '\r', '::set-env name=A::b', '# END', '# BEGIN other tool'],
  ),
  anyValue.map(value => toBytes(value).replaceAll('\n', '')),
)
const anyText = fc
  .array(fc.tuple(anyLine, fc.constantFrom('\n', '\n', '\r\n')), { maxLength: 8 })
  .chain(lines => fc.tuple(fc.constant(lines.flat().join('')), fc.oneof(fc.constant(''), anyLine)))
  .map(parts => parts.join(''))
const anyInsertion = fc.record({
  body: fc.array(
    fc
      .oneof(
        fc.constantFrom(...SETTINGS),
        anyLine.map(line => line.replaceAll('\r', '')),
      )
      .map(line => `X${line}`),
    { minLength: 1, maxLength: 5 },
  ),
  setsAside: fc.constantFrom(PLAIN.setsAside, ASIDE.setsAside),
  followsLineEnds: fc.boolean(),
})

describe('lines between marks', () => {
  test('stand at the end, and what was there before is as it was', () => {
    const text = insertMarked('# mine\nGOPROXY=https://old.example\nGOFLAGS=-x\n', ASIDE)
    expect(text.replace(/( [0-9a-f]{8})+$/m, ' …').split('\n')).toEqual([
      '# mine',
      '# before go-proxy-setup: GOPROXY=https://old.example',
      'GOFLAGS=-x',
      '# BEGIN go-proxy-setup (env --remove takes this away) …',
      ...SETTINGS,
      '# END go-proxy-setup',
      '',
    ])
    expect(markedIn(text).without).toBe('# mine\nGOPROXY=https://old.example\nGOFLAGS=-x\n')
  })

  test('taken away they leave the bytes that were there, and written twice they are written once', () => {
    fc.assert(
      fc.property(anyText, anyInsertion, anyInsertion, (text, one, other) => {
        fc.pre(parseMarked(text) === undefined)
        const first = insertMarked(text, { ...PLAIN, ...one })
        expect(markedIn(first).without).toBe(text)
        expect(writeAgain(first, { ...PLAIN, ...one })).toBe(first)
        const second = writeAgain(first, { ...PLAIN, ...other })
        expect(markedIn(second).without).toBe(text)
        expect(writeAgain(second, { ...PLAIN, ...one })).toBe(first)
      }),
      { numRuns: 2_000 },
    )
  })

  test('they keep their place, and what was put behind them since', () => {
    fc.assert(
      fc.property(anyText, anyText, anyInsertion, (text, more, one) => {
        fc.pre(parseMarked(text) === undefined && parseMarked(more) === undefined)
        const insertion = { ...PLAIN, ...one }
        const grown = insertMarked(text, insertion) + more
        const again = writeAgain(grown, insertion)
        expect(writeAgain(again, insertion)).toBe(again)
        // In go's own file what sets a variable behind ours does not count from then on; line ends may be the others now.
        if (one.setsAside === PLAIN.setsAside && !one.followsLineEnds) expect(again).toBe(grown)
        const { without } = markedIn(grown)
        expect(without === text + more || without === `${text}\n${more}` || without === `${text}\r\n${more}`).toBe(true)
      }),
    )
  })

  test('a line between them that was changed since is the user’s', () => {
    const text = insertMarked('A=b\n', PLAIN).replace('https://a.example,direct', 'https://mine.example')
    expect(markedIn(text)).toMatchObject({
      without: 'A=b\nGOPROXY=https://mine.example\n',
      kept: ['GOPROXY=https://mine.example'],
    })
  })

  test('a file that was made for them is known, and one without a last line break', () => {
    expect(markedIn(insertMarked('', { ...PLAIN, isNew: true }))).toMatchObject({ without: '', isNew: true })
    expect(markedIn(insertMarked('', PLAIN))).toMatchObject({ without: '', isNew: false })
    expect(markedIn(insertMarked('A=b', PLAIN))).toMatchObject({ without: 'A=b', isNew: false })
  })

  test('end as the lines of the file do, where its readers take that', () => {
    const follows = { ...PLAIN, followsLineEnds: true }
    expect(insertMarked('A=b\r\nC=d\r\n', follows)).toMatch(/^(.*\r\n)+$/)
    expect(insertMarked('A=b\r\nC=d\n', follows).match(/\r/g)).toHaveLength(1)
    expect(insertMarked('A=b\r\n', PLAIN).match(/\r/g)).toHaveLength(1)
  })

  const whole = insertMarked('A=b\n', PLAIN)
  const [begin = ''] = whole.match(/^# BEGIN.*\n/m) ?? []
  test.each([
    ['an end without a beginning', whole.replace(begin, ''), [4]],
    ['a beginning without an end', whole.replace('# END go-proxy-setup\n', ''), [2]],
    ['both twice', `${whole}${whole}`, [2, 5, 7, 10]],
    ['a beginning within', whole.replace('# END', `${begin}# END`), [2, 5, 6]],
    ['in the wrong order', `# END go-proxy-setup\n${begin}`, [1, 2]],
    ['a beginning that was cut', whole.replace(begin, '# BEGIN go-proxy-se\n'), [5]],
    ['a beginning that was changed', whole.replace(begin, '# BEGIN go-proxy-setup by hand\n'), [2, 5]],
    ['an end that was changed', whole.replace('# END go-proxy-setup', '# END go-proxy-setup!'), [2, 5]],
    ['a line set aside, and no more', '# before go-proxy-setup: GOPROXY=x\n', [1]],
  ])('marks that do not belong together are told by their lines: %s', (_, text, lines) => {
    expect(parseMarked(text)).toEqual({ lines })
  })

  test('whatever a file holds, there is an answer', () => {
    const marks = fc.constantFrom(begin, '# END go-proxy-setup\n', '# before go-proxy-setup: GOPROXY=x\n', ...SETTINGS)
    fc.assert(
      fc.property(fc.array(fc.oneof(marks, anyText), { maxLength: 6 }), parts => {
        const found = parseMarked(parts.join(''))
        expect(found === undefined || 'without' in found || found.lines.length > 0).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('what differs line by line', () => {
  test('is what was put in and set aside', () => {
    const before = 'A=b\nGOPROXY=old\nC=d\n'
    const after = insertMarked(before, { ...ASIDE, body: ['GOPROXY=new'] })
    expect(
      findLineChanges(before, after).map(one => [one.line, one.removed ?? one.added?.replace(/\) .*/, ')')]),
    ).toEqual([
      [2, 'GOPROXY=old'],
      [2, '# before go-proxy-setup: GOPROXY=old'],
      [4, '# BEGIN go-proxy-setup (env --remove takes this away)'],
      [5, 'GOPROXY=new'],
      [6, '# END go-proxy-setup'],
    ])
    expect(findLineChanges(after, after)).toEqual([])
  })

  test('says nothing of a line that only gets an end', () => {
    expect(findLineChanges('A=b\nDB_PASSWORD=hunter2', 'A=b\nDB_PASSWORD=hunter2\nC=d\n')).toEqual([
      { line: 3, added: 'C=d' },
    ])
  })

  test('makes of the one text the other, but for ends of lines', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const linesOf = (text: string): readonly string[] =>
          (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).map(line => line.replace(/\r?\n$/, ''))
        const [old, fresh] = [linesOf(before), linesOf(after)]
        const changes = findLineChanges(before, after)
        const gone = new Set(changes.filter(one => one.removed !== undefined).map(one => one.line))
        const come = new Set(changes.filter(one => one.added !== undefined).map(one => one.line))
        const kept = (lines: readonly string[], without: ReadonlySet<number>) =>
          lines.filter((_, i) => !without.has(i + 1))
        expect(kept(old, gone)).toEqual(kept(fresh, come))
      }),
      { numRuns: 500 },
    )
  })
})

describe('where settings are written', () => {
  test.each([
    ['go-env', { kind: 'go-env' }],
    ['profile', { kind: 'profile' }],
    ['dotenv:.env', { kind: 'dotenv', path: '.env' }],
    ['dotenv:a:b', { kind: 'dotenv', path: 'a:b' }],
    ['dotenv:', undefined],
    ['dotenv:-', undefined],
    ['dotenv', undefined],
    ['GO-ENV', undefined],
    ['', undefined],
  ])('%j', (text, target) => {
    expect(parseTarget(text)).toEqual(target)
  })

  const locate = (env: Record<string, string>, platform: NodeJS.Platform = 'linux') => {
    const located = locateTarget({ kind: 'profile' }, { env, platform, cwd: '/work', goEnvFile: undefined })
    return located.ok ? [...located.value.files, located.value.form] : located.problems.map(({ code }) => code)
  }
  const HOME = '/home/me'
  test.each([
    [{ HOME, SHELL: '/bin/bash' }, 'linux', ['/home/me/.bashrc', 'shell']],
    [
      { HOME, SHELL: '/opt/homebrew/bin/bash' },
      'darwin',
      ['/home/me/.bash_profile', '/home/me/.bash_login', '/home/me/.profile', 'shell'],
    ],
    [{ HOME, SHELL: '/usr/bin/zsh' }, 'darwin', ['/home/me/.zshrc', 'shell']],
    [{ HOME, SHELL: '/usr/bin/zsh', ZDOTDIR: '/home/me/.zsh' }, 'linux', ['/home/me/.zsh/.zshrc', 'shell']],
    [{ HOME, SHELL: '/usr/bin/fish' }, 'linux', ['/home/me/.config/fish/config.fish', 'fish']],
    [{ HOME, SHELL: 'fish', XDG_CONFIG_HOME: '/x' }, 'linux', ['/x/fish/config.fish', 'fish']],
    [{ HOME, SHELL: '/bin/sh' }, 'linux', ['/home/me/.profile', 'shell']],
    [{ HOME }, 'linux', ['/home/me/.profile', 'shell']],
    [{ HOME, SHELL: '/bin/tcsh' }, 'linux', ['ENV_WRITE_UNKNOWN_SHELL']],
    [{ HOME, SHELL: '/usr/bin/nu' }, 'linux', ['ENV_WRITE_UNKNOWN_SHELL']],
    [{ SHELL: '/bin/bash' }, 'linux', ['ENV_WRITE_NO_HOME']],
    [{ HOME: 'me', SHELL: '/bin/bash' }, 'linux', ['ENV_WRITE_NO_HOME']],
    [{ HOME }, 'win32', ['ENV_WRITE_NO_PROFILE']],
  ] as const)('the profile for %j on %s', (env, platform, found) => {
    expect(locate(env, platform)).toEqual(found)
  })

  test.each([
    ['/home/me/.config/go/env', 'go-env'],
    ['off', 'ENV_WRITE_GOENV_OFF'],
    ['env', 'ENV_WRITE_GOENV_RELATIVE'],
    [undefined, 'ENV_WRITE_NO_HOME'],
  ])('go’s own file is %j', (goEnvFile, found) => {
    const located = locateTarget({ kind: 'go-env' }, { env: {}, platform: 'linux', cwd: '/', goEnvFile })
    expect(located.ok ? located.value.name : located.problems[0]?.code).toBe(found)
  })
})

describe('what is written', () => {
  const place = (form: WrittenForm) => ({ name: form, files: ['/f'], form, makesDirectory: false })

  test.each(['go-env', 'dotenv', 'shell', 'fish'] as const)('%s: a line a variable, or a reason', form => {
    fc.assert(
      fc.property(anyValue, value => {
        const lines = linesFor(place(form), asVariables([value]))
        if (!lines.ok) return expect(lines.problems).toMatchObject([{ code: 'ENV_FORMAT_VALUE' }])
        expect(lines.value).toHaveLength(1)
        expect(lines.value[0]).not.toMatch(/[\n\0]/)
        expect(fromBytes(toBytes(value))).toBe(value)
      }),
    )
    expect(linesFor(place(form), asVariables(['a\nb'])).ok).toBe(false)
  })

  test.each([
    ['go-env', 'GOPROXY=x', true],
    ['go-env', ' GOPROXY=x', false],
    ['go-env', '#GOPROXY=x', false],
    ['dotenv', '  export GOPROXY = x', true],
    ['dotenv', 'MYGOPROXY=x', false],
    ['shell', 'export A=b GOPROXY=x', true],
    ['shell', '  # GOPROXY=x', false],
    ['fish', 'set -gx GOPROXY x', true],
    ['fish', 'echo GOPROXY x', false],
  ] as const)('%s: %j sets it: %s', (form, line, sets) => {
    expect(setIn(line, form, ['GOPROXY', 'GOSUMDB'])).toEqual(sets ? ['GOPROXY'] : [])
  })

  const facts = {
    redact: (text: string) => text.replaceAll('s3cret', '***'),
    temporaryDirectory: '/tmp/go-proxy-setup-1',
  }
  const GATEWAY = `http://127.0.0.1:4711/${'0123456789abcdef'.repeat(2)}|https://a.example`
  test.each([
    ['GOPROXY', 'https://me:hunter2@proxy.example,direct', 'ENV_WRITE_LOGIN'],
    ['GOPROXY', 'https://a.example|me:hunter2@proxy.example', 'ENV_WRITE_LOGIN'],
    ['GOPROXY', 'https://hunter2@proxy.example', 'ENV_WRITE_LOGIN'],
    ['GOSUMDB', 'sum.golang.org https://me:hunter2@proxy.example', 'ENV_WRITE_LOGIN'],
    ['GOPROXY', 'https://a.example/s3cret/go', 'ENV_WRITE_LOGIN'],
    ['GOPROXY', GATEWAY, 'ENV_WRITE_GATEWAY'],
    ['GOPROXY', 'file:///tmp/go-proxy-setup-1/x', 'ENV_WRITE_OF_THIS_RUN'],
    ['GOPROXY', 'https://a.example/x@v1,http://localhost:3000|direct', undefined],
    ['GOPRIVATE', 'git.corp.example/me', undefined],
  ])('%s=%s', (name, value, code) => {
    const problems = findEphemeral('env --write go-env', [{ name, value }], facts)
    // What stands before an @ may be a login for go, wherever it stands in a proxy's URL.
    expect(problems.map(one => one.code)).toEqual(
      value.includes('x@v1') ? ['ENV_WRITE_LOGIN'] : code === undefined ? [] : [code],
    )
    expect(JSON.stringify(problems)).not.toMatch(/hunter2|s3cret|4711/)
  })

  test('nor is a login written that the environment held before', () => {
    const value = JSON.stringify({
      GOPROXY: { exported: 'https://a.example', original: 'https://me:hunter2@b.example' },
    })
    const problems = findEphemeral('env --write profile', [{ name: ORIGINAL_VARIABLE, value }], facts)
    expect(problems.map(({ code, message }) => [code, /GOPROXY/.test(message)])).toEqual([['ENV_WRITE_LOGIN', true]])
  })

  test.each([
    ['GOPROXY', 'https://a.example,direct', false],
    ['GOPROXY', 'http://localhost:3000,direct', true],
    ['GOPROXY', 'https://a.example|http://127.1.2.3', true],
    ['GOPROXY', 'http://[::1]:80/x', true],
    ['GOPROXY', 'file:///srv/modules', true],
    ['GOPROXY', 'localhost:3000', true],
    ['GOSUMDB', 'sum.golang.org http://127.0.0.1:9/sumdb', true],
    ['GOPRIVATE', 'localhost/x', false],
  ])('for production %s=%s is of this machine: %s', (name, value, local) => {
    expect(findLocal('env', [{ name, value }]).map(({ code }) => code)).toEqual(local ? ['ENV_PRODUCTION_LOCAL'] : [])
  })

  test('what the environment overrides is told, without the values', () => {
    const variables = [
      { name: 'GOPROXY', value: 'https://a.example' },
      { name: 'GOSUMDB', value: 'sum.golang.org' },
      { name: 'GOPRIVATE', value: 'b.example' },
    ]
    const env = { GOPROXY: 'https://me:hunter2@c.example', GOSUMDB: 'sum.golang.org', GOPRIVATE: '' }
    const told = findOverridden(variables, env, '/f')
    expect(told.map(({ code, message }) => [code, message.split(' ')[0]])).toEqual([
      ['ENV_WRITE_OVERRIDDEN', 'GOPROXY'],
    ])
    expect(JSON.stringify(told)).not.toContain('hunter2')
  })
})
