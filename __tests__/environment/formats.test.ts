import { execFileSync } from 'node:child_process'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { FORMATS } from '../../src/environment/formats/format.ts'
import type { Variable } from '../../src/environment/variables.ts'
import { anyText } from '../support/builders/text.ts'
import { parseKeyValueFile } from '../support/worlds/fake-runner.mjs'

/** What a proxy's URL, a pattern or an earlier step could bring in. */
const HOSTILE = [
  '',
  ' leading and trailing ',
  "it's 'quoted'",
  "'; touch /tmp/injected; '",
  '"$HOME" `id` $(id) $PATH !! \\ \\\\ \\n',
  'https://a.example|https://b.example,direct',
  '*.corp.example,[a-z].example/x?',
  'a=b=c<<EOF',
  'line one\nGOFLAGS=-toolexec=/tmp/evil\nline three',
  'carriage\rreturn\r\nboth',
  'EOF\nEOF\n_EOF_',
  'GO_PROXY_SETUP_END\nA=b\nGO_PROXY_SETUP_END_',
  '::set-env name=A::b',
  '%0AA=b',
  'ünïcode ☃ \u{1f600} \u2028 \u0085',
  '\u0001\u001b[31m\t',
  '#comment',
  '~/x',
] as const

const variables = (values: readonly string[]): Variable[] => values.map((value, i) => ({ name: `GO${i}`, value }))
const asRecord = (list: readonly Variable[]) => Object.fromEntries(list.map(({ name, value }) => [name, value]))
/** No process can have a NUL in its environment, and none comes in through one. */
const anyVariables = fc
  .array(
    fc.oneof(
      anyText().map(text => text.replaceAll('\0', '')),
      fc.constantFrom(...HOSTILE),
      fc
        .array(fc.constantFrom('\n', '\r', "'", '"', '\\', '$', '`', '=', '<<', 'GO_PROXY_SETUP_END', '_'), {
          maxLength: 12,
        })
        .map(all => all.join('')),
    ),
    { maxLength: 6 },
  )
  .map(variables)

const render = (format: string, list: readonly Variable[]) => FORMATS[format]?.(list) ?? ''

/** Evaluates the text in a real shell and tells the variables as another program started from it sees them. */
function evaluate(shell: string, text: string, names: readonly string[]): Record<string, string> {
  const tell = `process.stdout.write(JSON.stringify(process.argv.slice(1).map(name => process.env[name] ?? null)))`
  const script = `eval "$TEXT"; unset TEXT; exec "$NODE" -e '${tell}' ${names.join(' ')}`
  const env = { PATH: process.env['PATH'], NODE: process.execPath, TEXT: text }
  const values = JSON.parse(
    execFileSync(shell, ['-c', script], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }),
  ) as string[]
  return Object.fromEntries(names.map((name, i) => [name, values[i] ?? '(unset)']))
}

const shells = ['sh', 'bash', 'dash', 'zsh'].filter(shell => {
  try {
    execFileSync(shell, ['-c', ':'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})

describe('shell', () => {
  for (const shell of shells) {
    test(`${shell} reads every value as it was, and runs nothing of it`, () => {
      const list = variables(HOSTILE)
      expect(
        evaluate(
          shell,
          render('shell', list),
          list.map(({ name }) => name),
        ),
      ).toEqual(asRecord(list))
    })
  }

  const onPosix = shells.includes('sh') ? test : test.skip
  onPosix('any values', () => {
    fc.assert(
      fc.property(anyVariables, list => {
        // Halves of pairs have no UTF-8 form.
        const whole = list.map(({ name, value }) => ({ name, value: Buffer.from(value).toString() }))
        expect(
          evaluate(
            'sh',
            render('shell', whole),
            whole.map(({ name }) => name),
          ),
        ).toEqual(asRecord(whole))
      }),
      { numRuns: 25 },
    )
  })
})

describe('github', () => {
  test('the runner reads every value as it was, and no variable more', () => {
    const list = variables(HOSTILE)
    expect(asRecord(list)).toEqual(parseKeyValueFile(render('github', list)))
    fc.assert(
      fc.property(anyVariables, any => {
        expect(parseKeyValueFile(render('github', any))).toEqual(asRecord(any))
      }),
      { numRuns: 300 },
    )
  })

  test('an ordinary value is one readable line', () => {
    expect(render('github', [{ name: 'GOPROXY', value: 'https://a.example,direct' }])).toBe(
      'GOPROXY=https://a.example,direct\n',
    )
  })
})

describe('json', () => {
  test('is one object whose members are the variables', () => {
    fc.assert(
      fc.property(anyVariables, list => {
        expect(JSON.parse(render('json', list))).toEqual(asRecord(list))
      }),
    )
    expect(render('json', [])).toBe('{}\n')
  })
})

test('nothing to set is nothing to read', () => {
  expect([render('shell', []), render('github', [])]).toEqual(['', ''])
})
