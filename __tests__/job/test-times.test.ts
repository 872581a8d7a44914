import { execFile, execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { trackedObjects } from '../../src/build-cache/test-times.ts'
import { type ModulePlaces, setTestTimes } from '../../src/job/test-times.ts'

import { cleanUpAfterEach } from '../support/clean-up.ts'
import { realCommands, realFiles } from '../support/worlds/effects.ts'

const cleanUp = cleanUpAfterEach()

let origin: string
let workspace: string
const git = (directory: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
    cwd: directory,
    encoding: 'utf8',
  })

/** @param files by path */
function commit(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(origin, path)), { recursive: true })
    writeFileSync(join(origin, path), text)
  }
  git(origin, 'add', '-A')
  git(origin, 'commit', '-q', '-m', 'x')
}

function checkOutAnew(): void {
  rmSync(workspace, { recursive: true, force: true })
  git(origin, 'clone', '-q', origin, workspace)
}

function setTimes(
  testTimes: 'checkout' | 'content' = 'content',
  env: NodeJS.ProcessEnv = process.env,
  { base = workspace, limit = workspace, directories = [moduleIn(workspace)] }: Partial<Places> = {},
): Promise<string | undefined> {
  return setTestTimes(
    {
      inputs: {
        testTimes,
        workingDirectory: {
          named: false,
          upward: false,
          label: 'working-directory',
          inJob: true,
          patterns: ['.'],
          base,
          workspace: limit,
        },
      },
      effects: { commands: realCommands, env, files: realFiles },
      policy: { goQueryMs: 10_000 },
    },
    directories,
  )
}

interface Places {
  readonly base: string
  readonly limit: string
  readonly directories: ModulePlaces
}

function moduleIn(path: string): ModulePlaces[number] {
  return { path, kind: 'module', modFiles: [join(path, 'go.mod')] }
}

/** With the directory above the checkout as the workspace. */
function setTimesBelow(...directories: ModulePlaces): Promise<string | undefined> {
  return setTimes('content', process.env, { base: dirname(workspace), limit: dirname(workspace), directories })
}

const timesOf = (...paths: readonly string[]) => paths.map(path => statSync(join(workspace, path)).mtimeMs)
const ALL = ['.', 'go.mod', 'testdata', 'testdata/a.txt', 'testdata/b.txt', 'x_test.go']

beforeEach(() => {
  const root = cleanUp.directory('test-times-')
  origin = join(root, 'origin')
  workspace = join(root, 'workspace')
  mkdirSync(origin)
  git(origin, 'init', '-q', '-b', 'main')
  commit({
    // Another module in each test, so that no result of an earlier one is found.
    'go.mod': `module example.com/times${process.hrtime.bigint()}\n\ngo 1.21\n`,
    'testdata/a.txt': 'one',
    'testdata/b.txt': 'same',
    'x_test.go': `package x

import (
	"os"
	"testing"
)

func TestData(t *testing.T) {
	if _, err := os.ReadFile("testdata/a.txt"); err != nil {
		t.Fatal(err)
	}
	if _, err := os.ReadDir("testdata"); err != nil {
		t.Fatal(err)
	}
}
`,
  })
  checkOutAnew()
})

describe('test-times: content', () => {
  test('the same content has the same times, other content of the same size has others', async () => {
    expect(await setTimes()).toContain('6 files and directories')
    const first = timesOf(...ALL)
    expect(Math.max(...first)).toBeLessThan(Date.now() - 86_400_000)
    checkOutAnew()
    await setTimes()
    expect(timesOf(...ALL)).toEqual(first)
    commit({ 'testdata/a.txt': 'two' })
    checkOutAnew()
    await setTimes()
    const changed = ALL.filter((_, i) => timesOf(...ALL)[i] !== first[i])
    expect(changed).toEqual(['.', 'testdata', 'testdata/a.txt'])
    expect(git(workspace, 'status', '--porcelain')).toBe('')
    expect(git(workspace, 'diff-index', 'HEAD')).toBe('')
  })

  test('a test that reads files stays cached over checkouts, and runs again for one changed byte', async () => {
    const run = async () => (await promisify(execFile)('go', ['test', './...'], { cwd: workspace })).stdout
    await setTimes()
    expect(await run()).not.toContain('(cached)')
    checkOutAnew()
    await setTimes()
    expect(await run()).toContain('(cached)')
    commit({ 'testdata/a.txt': 'two' })
    checkOutAnew()
    await setTimes()
    expect(await run()).not.toContain('(cached)')
  })

  test.each<[string, () => void, string]>([
    ['a changed file', () => appendFileSync(join(workspace, 'go.mod'), '\n'), 'not clean'],
    ['a new file', () => writeFileSync(join(workspace, 'testdata/c.txt'), ''), 'not clean (testdata/c.txt)'],
    [
      'a new file that git’s settings hide',
      () => {
        git(workspace, 'config', 'status.showUntrackedFiles', 'no')
        writeFileSync(join(workspace, 'testdata/c.txt'), '')
      },
      'not clean (testdata/c.txt)',
    ],
    [
      'a file that git does not look at',
      () => git(workspace, 'update-index', '--assume-unchanged', 'testdata/a.txt'),
      'does not look at all files',
    ],
    [
      'a file that git ignores, which make may have made from another commit',
      () => {
        appendFileSync(join(workspace, '.git/info/exclude'), 'made\n')
        writeFileSync(join(workspace, 'made'), '')
      },
      'git ignores made',
    ],
    ['no checkout', () => rmSync(join(workspace, '.git'), { recursive: true }), 'not a git checkout'],
  ])('%s: nothing is touched, and the reason is told', async (_name, act, what) => {
    act()
    const before = timesOf(...ALL)
    expect(await setTimes()).toContain(what)
    expect(timesOf(...ALL)).toEqual(before)
  })

  test('a checkout of another user: git’s remedy is told', async () => {
    // git's own tests do so: it then takes the directory for another user's.
    const env = { ...process.env, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1', LANG: 'de_DE.UTF-8' }
    const said = await setTimes('content', env)
    expect(said).toContain('belong to another user')
    expect(said).toContain(`git config --global --add safe.directory '${realpathSync(workspace)}'`)
  })

  test('make builds what it should, at a fresh checkout and at one that was kept', async () => {
    commit({ Makefile: 'made: testdata/a.txt\n\tcp $< $@\n', '.gitignore': 'made\n' })
    const make = () => {
      execFileSync('make', ['-s'], { cwd: workspace })
      return readFileSync(join(workspace, 'made'), 'utf8')
    }
    checkOutAnew()
    await setTimes()
    expect(make()).toBe('one')
    // A self-hosted runner keeps what was made.
    commit({ 'testdata/a.txt': 'two' })
    git(workspace, 'pull', '-q')
    await setTimes()
    expect(make()).toBe('two')
  })

  test('a repository below the workspace; one above it is left alone', async () => {
    const below = await setTimesBelow(moduleIn(workspace))
    expect(below).toContain('6 files and directories of workspace have times')
    expect(Math.max(...timesOf(...ALL))).toBeLessThan(Date.now() - 86_400_000)
    // The workspace itself is no checkout.
    expect(await setTimesBelow()).toBe('test-times: the workspace is not a git checkout, so no time was set')
    const inner = join(workspace, 'testdata')
    const said = await setTimes('content', process.env, { base: inner, limit: inner, directories: [moduleIn(inner)] })
    expect(said).toContain('the workspace is not a git checkout of its own')
  })

  test('the modules of a go.work may lie in several repositories: each is looked at, once', async () => {
    const other = join(dirname(workspace), 'other')
    git(origin, 'clone', '-q', origin, other)
    writeFileSync(join(other, 'new'), '')
    const modFiles = ['go.work', 'workspace/go.mod', 'workspace/sub/go.mod', 'other/go.mod']
    mkdirSync(join(workspace, 'sub'))
    const said = await setTimesBelow({
      path: dirname(workspace),
      kind: 'workspace',
      modFiles: modFiles.map(name => join(dirname(workspace), name)),
    })
    expect(said?.split('; ')).toEqual([
      'test-times: the workspace is not a git checkout, so no time was set',
      '6 files and directories of workspace have times that follow from their content',
      'the checkout other is not clean (new), so no time was set',
    ])
  })

  test('what git does not look at is found in all of a checkout, wherever the module is in it', async () => {
    git(workspace, 'update-index', '--assume-unchanged', 'go.mod')
    const said = await setTimes('content', process.env, { directories: [moduleIn(join(workspace, 'testdata'))] })
    expect(said).toContain('does not look at all files')
  })

  test('is not the default', async () => {
    const before = timesOf(...ALL)
    expect(await setTimes('checkout')).toBeUndefined()
    expect(timesOf(...ALL)).toEqual(before)
  })
})

test('submodules are left alone; names with spaces, tabs and line ends are read', () => {
  const id = 'ab'.repeat(20)
  const listing = [`100644 blob ${id}\ta b\n\tc`, `160000 commit ${id}\tsub`, `040000 tree ${id}\td`, ''].join('\0')
  expect(trackedObjects(listing, id).map(({ path }) => path)).toEqual(['d', 'a b\n\tc', ''])
})
