import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { systemClock } from '../../src/runner/clock.ts'
import {
  type Maker,
  makeTemporary,
  removeTemporary,
  sweepTemporary,
  temporaryRoots,
} from '../../src/runner/temporary.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { realCommands, realFiles } from '../support/worlds/effects.ts'

const onPosix = process.platform === 'win32' ? test.skip : test
const onLinux = process.platform === 'linux' ? test : test.skip
/** A name as ours are. */
const OURS = 'go-proxy-setup-Abc123'

const cleanUp = cleanUpAfterEach()
let outside: string
let root: string
let env: { readonly RUNNER_TEMP: string }

beforeEach(() => {
  outside = cleanUp.directory('temporary-')
  root = join(outside, 'temp')
  mkdirSync(root)
  env = { RUNNER_TEMP: root }
})

async function make(where = env, maker: Maker = 'action'): Promise<string> {
  const made = await makeTemporary({ env: where, files: realFiles, processId: process.pid, maker })
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  return made.value.path
}

/** A directory with something in it. */
function fill(path: string): string {
  mkdirSync(path, { recursive: true })
  writeFileSync(join(path, 'file'), 'as it was')
  return path
}

describe('our directory', () => {
  test('lies where the runner says, else where the environment says, else where the system says', () => {
    const places = (where: Readonly<Record<string, string>>) => temporaryRoots(where).map(({ path }) => path)
    expect(places({ RUNNER_TEMP: root, TMPDIR: join(root, 'x') }).slice(0, 2)).toEqual([root, join(root, 'x')])
    expect(places({ RUNNER_TEMP: '', TMPDIR: 'x/../y' })[0]).toBe(resolve('y'))
    const agent = { TF_BUILD: 'True', AGENT_TEMPDIRECTORY: root }
    expect(places(agent)[0]).toBe(root)
    expect(places({ ...agent, TF_BUILD: '' })).not.toContain(root)
    expect(places({ ...agent, RUNNER_TEMP: join(root, 'x') }).slice(0, 2)).toEqual([join(root, 'x'), root])
    if (process.platform !== 'win32')
      expect(places({ TMPDIR: '/tmp/', HOME: '/h' })).toEqual(['/tmp', '/var/tmp', '/h'])
  })

  onPosix.each<[string, (path: string) => void, string]>([
    ['is not there', () => {}, 'there is no such directory (ENOENT)'],
    ['is a file', path => writeFileSync(path, ''), 'it is not a directory (ENOTDIR)'],
    ['is a link that leads nowhere', path => symlinkSync(`${path}-gone`, path), 'there is no such directory (ENOENT)'],
    ['is a link to itself', path => symlinkSync(path, path), 'it is a link that leads nowhere (ELOOP)'],
    ['takes no directory', path => symlinkSync('/proc', path), 'there is no such directory (ENOENT)'],
  ])('lies in the next place where the runner’s %s, which is told', async (_, spoil, why) => {
    const bad = join(root, 'bad')
    spoil(bad)
    const where = { RUNNER_TEMP: bad, TMPDIR: root }
    const announced: string[] = []
    const made = await makeTemporary({
      env: where,
      files: realFiles,
      processId: process.pid,
      maker: 'action',
      announce: one => void announced.push(one),
    })
    if (!made.ok) throw new Error(JSON.stringify(made.problems))
    const { path, warnings } = made.value
    expect([dirname(path), announced.at(-1)]).toEqual([root, path])
    expect(warnings).toEqual([
      {
        code: 'TEMPORARY_DIRECTORY_REPLACED',
        message: `RUNNER_TEMP names ${bad}, where no directory can be made: ${why}. ${root} is used instead.`,
        hint: expect.stringContaining('Set RUNNER_TEMP'),
      },
    ])
    expect([await removeTemporary(path, where, realFiles), existsSync(path)]).toEqual([true, false])
  })

  onPosix('each variable that names no such place is told', async () => {
    const where = { RUNNER_TEMP: join(root, 'a'), TMPDIR: join(root, 'b'), TMP: root }
    const made = await makeTemporary({ env: where, files: realFiles, processId: process.pid, maker: 'command' })
    const named = made.ok ? made.value.warnings.map(({ message }) => message.split(' ')[0]) : []
    expect(named).toEqual(['RUNNER_TEMP', 'TMPDIR'])
  })

  test('that can be made nowhere is a problem that names the variable and every place', async () => {
    const nowhere = join(root, 'nowhere')
    const files = {
      ...realFiles,
      makeTemporaryDirectory: async () => {
        throw Object.assign(new Error('full'), { code: 'ENOSPC' })
      },
    }
    const made = await makeTemporary({ env: { RUNNER_TEMP: nowhere }, files, processId: process.pid, maker: 'action' })
    expect(made).toMatchObject({
      ok: false,
      problems: [{ code: 'TEMPORARY_DIRECTORY', hint: expect.stringContaining('RUNNER_TEMP') }],
    })
    expect(JSON.stringify(made)).toContain(`${nowhere}: its disk is full (ENOSPC)`)
  })

  test('is made with our name, for us alone, and removed with all that is in it', async () => {
    const path = await make()
    expect([dirname(path), basename(path).startsWith('go-proxy-setup-')]).toEqual([root, true])
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o700)
    fill(join(path, 'deep', 'down'))
    expect(await removeTemporary(path, env, realFiles)).toBe(true)
    expect(readdirSync(root)).toEqual([])
    // post may run twice, and after main never made it.
    expect(await removeTemporary(path, env, realFiles)).toBe(true)
  })

  test('two of one job do not meet', async () => {
    expect(await make()).not.toBe(await make())
  })
})

describe('nothing else is removed, whatever the state says', () => {
  test.each([
    ['the temporary directory itself', () => root],
    ['with a slash', () => `${root}/`],
    ['somebody else’s directory in it', () => fill(join(root, 'other-action'))],
    ['one of our name elsewhere', () => fill(join(outside, OURS))],
    ['one of our name deeper down', () => fill(join(root, 'other', OURS))],
    ['a way out behind our name', () => `${fill(join(root, OURS))}/../../victim`],
    ['the root of all', () => '/'],
  ])('%s', async (_, make) => {
    fill(join(outside, 'victim'))
    const path = make()
    const before = readdirSync(outside, { recursive: true })
    expect(await removeTemporary(path, env, realFiles)).toBe(false)
    expect(readdirSync(outside, { recursive: true })).toEqual(before)
  })

  onPosix('a link of our name: neither it nor what it points to', async () => {
    const victim = fill(join(outside, 'victim'))
    symlinkSync(victim, join(root, 'go-proxy-setup-Link00'))
    expect(await removeTemporary(join(root, 'go-proxy-setup-Link00'), env, realFiles)).toBe(false)
    expect(existsSync(join(victim, 'file'))).toBe(true)
  })

  onPosix('a link within our directory goes, what it points to stays', async () => {
    const victim = fill(join(outside, 'victim'))
    const path = await make()
    symlinkSync(victim, join(path, 'link'))
    expect(await removeTemporary(path, env, realFiles)).toBe(true)
    expect([existsSync(path), existsSync(join(victim, 'file'))]).toEqual([false, true])
  })

  onPosix('a temporary directory that is a link itself is the same directory', async () => {
    symlinkSync(root, join(outside, 'alias'))
    const aliased = { RUNNER_TEMP: join(outside, 'alias') }
    const path = await make(aliased)
    expect(await removeTemporary(path, aliased, realFiles)).toBe(true)
    expect(readdirSync(root)).toEqual([])
  })
})

describe('what a killed job left', () => {
  const now = Date.UTC(2026, 0, 10)
  const DAY = 24 * 60 * 60 * 1000
  const world = {
    files: realFiles,
    commands: realCommands,
    clock: { ...systemClock, date: () => new Date(now) },
    platform: process.platform,
  }
  /** A process that has ended: nobody has its number for some time. */
  const gone = spawnSync(process.execPath, ['--version']).pid

  /** A directory as a job leaves it, so long ago. @param owner what its mark says; undefined: it bears none */
  function left(name: string, ageMs: number, owner: number | string | undefined): void {
    const path = fill(join(root, name))
    chmodSync(path, 0o700)
    if (owner !== undefined) writeFileSync(join(path, 'owner'), String(owner))
    utimesSync(path, new Date(now - ageMs), new Date(now - ageMs))
  }

  test('goes after a day; what is younger, or not ours, stays', async () => {
    left('go-proxy-setup-Old000', DAY + 1_000, gone)
    left('go-proxy-setup-Young0', DAY - 1_000, gone)
    left('go-proxy-setup-Lives0', 9 * DAY, process.pid)
    left('go-proxy-setup-NoMark', 9 * DAY, undefined)
    left('go-proxy-setup-Words0', 9 * DAY, 'none of ours')
    left('go-proxy-setup-longer-name', 9 * DAY, gone)
    left('other-old', 9 * DAY, gone)
    writeFileSync(join(root, 'go-proxy-setup-File00'), '')
    utimesSync(join(root, 'go-proxy-setup-File00'), new Date(0), new Date(0))
    await sweepTemporary(env, world)
    expect(readdirSync(root).sort()).toEqual([
      'go-proxy-setup-File00',
      'go-proxy-setup-Lives0',
      'go-proxy-setup-NoMark',
      'go-proxy-setup-Words0',
      'go-proxy-setup-Young0',
      'go-proxy-setup-longer-name',
      'other-old',
    ])
  })

  /** The marks of a process that lives, as its directory bears them. */
  async function markOf(maker: Maker): Promise<readonly string[]> {
    const made = await make(env, maker)
    const mark = readFileSync(join(made, 'owner'), 'utf8').split(' ')
    rmSync(made, { recursive: true })
    return mark
  }

  test('a command’s goes as soon as its process is gone, the action’s waits for its post', async () => {
    const [, , began, first] = await markOf('command')
    left('go-proxy-setup-Comman', 0, `${gone} command ${began} ${first}`)
    left('go-proxy-setup-Action', 0, `${gone} action ${began} ${first}`)
    left('go-proxy-setup-Lives0', 9 * DAY, `${process.pid} command ${began} ${first}`)
    await sweepTemporary(env, world)
    expect(readdirSync(root).sort()).toEqual(['go-proxy-setup-Action', 'go-proxy-setup-Lives0'])
  })

  onLinux('a number that another process has by now holds nothing back', async () => {
    const [, , began, first] = await markOf('command')
    left('go-proxy-setup-Reused', 0, `${process.pid} command ${Number(began) - 1} ${first}`)
    left('go-proxy-setup-Action', DAY + 1_000, `${process.pid} action ${Number(began) - 1} ${first}`)
    await sweepTemporary(env, world)
    expect(readdirSync(root)).toEqual([])
  })

  onLinux('where process numbers are those of another container, a command’s waits for a day, too', async () => {
    const [, , began, first] = await markOf('command')
    left('go-proxy-setup-Other0', 0, `${gone} command ${began} ${Number(first) + 1}`)
    left('go-proxy-setup-Unsure', 0, `${gone} command - -`)
    left('go-proxy-setup-OldOne', DAY + 1_000, `${gone} command ${began} ${Number(first) + 1}`)
    await sweepTemporary(env, world)
    expect(readdirSync(root).sort()).toEqual(['go-proxy-setup-Other0', 'go-proxy-setup-Unsure'])
  })

  describe('another user’s, who may give it our name and any mark', () => {
    const asRoot = process.geteuid?.() === 0 ? test : test.skip
    const NOBODY = 65_534
    /** Stands in the way of nothing but what is checked. */
    const staysAlone = async (name: string) => {
      await sweepTemporary(env, world)
      expect(readdirSync(root)).toEqual([name])
    }

    asRoot('stays, with a mark of its own', async () => {
      left(OURS, 9 * DAY, gone)
      chownSync(join(root, OURS), NOBODY, NOBODY)
      chownSync(join(root, OURS, 'owner'), NOBODY, NOBODY)
      await staysAlone(OURS)
    })

    asRoot('stays where it stands in ours for a mark', async () => {
      left(OURS, 9 * DAY, gone)
      chownSync(join(root, OURS, 'owner'), NOBODY, NOBODY)
      await staysAlone(OURS)
    })

    asRoot('is not removed by a path in the state, unless all that lies there is that user’s', async () => {
      const path = fill(join(root, OURS))
      chownSync(path, NOBODY, NOBODY)
      expect([await removeTemporary(path, env, realFiles), existsSync(path)]).toEqual([false, true])
      chownSync(root, NOBODY, NOBODY)
      expect([await removeTemporary(path, env, realFiles), existsSync(path)]).toEqual([true, false])
    })

    onPosix.each([
      ['writable by others', 0o777],
      ['open to others', 0o755],
      ['open to the group', 0o750],
    ])('stays: %s', async (_, mode) => {
      left(OURS, 9 * DAY, gone)
      chmodSync(join(root, OURS), mode)
      utimesSync(join(root, OURS), 0, 0)
      await staysAlone(OURS)
    })

    onPosix.each([
      ['a FIFO', (mark: string) => spawnSync('mkfifo', [mark])],
      ['a link', (mark: string) => symlinkSync(join(outside, 'mark'), mark)],
      ['a directory', (mark: string) => mkdirSync(mark)],
      ['a long text', (mark: string) => writeFileSync(mark, `${gone}${' '.repeat(1 << 20)}`)],
    ])('is no mark, and nothing waits for it: %s', async (_, put) => {
      writeFileSync(join(outside, 'mark'), String(gone))
      left(OURS, 9 * DAY, undefined)
      put(join(root, OURS, 'owner'))
      utimesSync(join(root, OURS), 0, 0)
      await staysAlone(OURS)
    })

    onLinux('what is put into the place of one that is being removed stays as it was', async () => {
      const victim = fill(join(outside, 'victim'))
      left(OURS, 9 * DAY, gone)
      const held = await realFiles.holdDirectory(join(root, OURS))
      renameSync(join(root, OURS), join(root, 'aside'))
      symlinkSync(victim, join(root, OURS))
      await expect(held?.remove()).rejects.toThrow(/ENOTDIR/)
      await held?.close()
      expect([readdirSync(join(root, 'aside')), readdirSync(victim)]).toEqual([[], ['file']])
    })

    onPosix('a link of our name is not even opened', async () => {
      symlinkSync(fill(join(outside, 'victim')), join(root, OURS))
      expect(await realFiles.holdDirectory(join(root, OURS))).toBeUndefined()
    })
  })

  test('no temporary directory, nothing to do', async () => {
    await sweepTemporary({ RUNNER_TEMP: join(root, 'nowhere') }, world)
  })
})
