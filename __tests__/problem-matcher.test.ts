import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { MATCHED, withoutMatch } from '../src/text/matched.ts'
import { cleanUpAfterAll } from './support/clean-up.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
interface Pattern {
  readonly regexp: string
  readonly file?: number
  readonly line?: number
  readonly column?: number
  readonly code?: number
  readonly message?: number
  readonly loop?: boolean
}
interface Matcher {
  readonly owner: string
  readonly pattern: readonly Pattern[]
}
const { problemMatcher: matchers } = JSON.parse(readFileSync(join(root, 'problem-matcher.json'), 'utf8')) as {
  readonly problemMatcher: readonly Matcher[]
}

type Field = 'file' | 'line' | 'column' | 'code' | 'message'
type Found = Partial<Record<Field, string>>

function fieldsOf(pattern: Pattern, groups: RegExpExecArray, before: Found = {}): Found {
  const names: readonly Field[] = ['file', 'line', 'column', 'code', 'message']
  const own = names.flatMap(name => (pattern[name] === undefined ? [] : [[name, groups[pattern[name]]]]))
  return { ...Object.fromEntries(own), ...before }
}

/** As the runner goes through the lines: the first matcher that takes one. Source: actions/runner, IssueMatcher.cs. */
function annotate(output: string): readonly string[] {
  const states = matchers.map(({ pattern }) => new Array<Found | undefined>(pattern.length - 1))
  return output.split('\n').flatMap(line => {
    for (const [m, { pattern }] of matchers.entries()) {
      const state = states[m] ?? []
      const found = matchLine(line, pattern, state)
      if (found === undefined) continue
      const { file, line: at, column, code, message } = found
      return [`${code === undefined ? '' : `${code}: `}${[file, at, column].filter(Boolean).join(':')}: ${message}`]
    }
    return []
  })
}

function matchLine(line: string, pattern: readonly Pattern[], state: (Found | undefined)[]): Found | undefined {
  for (const [i, one] of [...pattern.entries()].reverse()) {
    const running = i > 0 ? state[i - 1] : undefined
    if (i > 0 && running === undefined) continue
    const groups = new RegExp(one.regexp).exec(line)
    const isLast = i === pattern.length - 1
    if (groups === null) {
      if (pattern.length > 1) state[isLast ? i - 1 : i] = undefined
      continue
    }
    if (!isLast) state[i] = fieldsOf(one, groups, running)
    else {
      state.fill(undefined)
      if (one.loop) state[i - 1] = running
      return fieldsOf(one, groups, running)
    }
  }
  return undefined
}

describe('problem-matcher.json', () => {
  const directory = cleanUpAfterAll().directory('matched-')
  beforeAll(() => {
    const files = {
      'go.mod': 'module example.com/matched\n\ngo 1.21\n',
      'a.go': 'package matched\n\nfunc A() { nothing(); var x int = "s" }\n',
      'other/b.go': 'package b\n\nfunc {\n',
      // Without the standard library, which takes seconds to build.
      'vetted/v.go': 'package vetted\n\nfunc V(x int) int { x = x; return x }\n',
      'tested/t_test.go': `package tested

import "testing"

func TestSum(t *testing.T) {
	t.Errorf("want 1, got %d: off by one", 2)
	t.Run("inner case", func(t *testing.T) { t.Fatal("bad\\nsecond line") })
}
func TestFine(t *testing.T) { t.Log("only said") }
`,
    }
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, name)), { recursive: true })
      writeFileSync(join(directory, name), text)
    }
  })

  const go = (...args: readonly string[]) =>
    new Promise<string>(resolve => {
      const env = { ...process.env, GOFLAGS: '', GOWORK: 'off', GOTOOLCHAIN: 'local', GOPROXY: 'off' }
      execFile('go', [...args], { cwd: directory, env, timeout: 60_000 }, (_, stdout, stderr) =>
        resolve(stderr + stdout),
      )
    })

  test('what go build and go vet report stands at its line', async () => {
    const built = [
      './a.go:3:12: undefined: nothing',
      './a.go:3:27: declared and not used: x',
      './a.go:3:35: cannot use "s" (untyped string constant) as int value in variable declaration',
    ]
    const broken = expect.stringMatching(/^other\/b\.go:3:6: /)
    expect([...annotate(await go('build', '.', './other'))].sort()).toEqual([...built, broken].sort())
    expect(annotate(await go('vet', '.'))).toEqual(built.slice(0, 1))
    expect(annotate(await go('vet', './vetted'))).toEqual([
      expect.stringMatching(/^vetted\/v\.go:3:21: self-assignment of x/),
    ])
  })

  test('what a failed test reports is annotated, and what others say is not', async () => {
    const failed = ['TestSum: t_test.go:6: want 1, got 2: off by one', 'TestSum/inner_case: t_test.go:7: bad']
    expect(annotate(await go('test', './tested'))).toEqual(failed)
    // With -v the lines of a test stand before its result.
    expect(annotate(await go('test', '-v', '-run', 'TestFine', './tested'))).toEqual([])
  })

  test('no line of ours is matched, and quoted ones are broken', async () => {
    expect(MATCHED.map(one => one.source)).toEqual(
      matchers.map(({ pattern }) => new RegExp(pattern[0]?.regexp ?? '').source),
    )
    const output = `${await go('build', '.', './other')}${await go('test', './tested')}`
    expect(annotate(output)).not.toEqual([])
    expect(annotate(output.split('\n').map(withoutMatch).join('\n'))).toEqual([])
    for (const page of readdirSync(join(root, '__tests__/failures')).filter(name => name.endsWith('.md')))
      expect([page, annotate(readFileSync(join(root, '__tests__/failures', page), 'utf8'))]).toEqual([page, []])
  })
})
