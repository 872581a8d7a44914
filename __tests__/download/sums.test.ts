import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { keepSums, restoreSums } from '../../src/download/sums.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { contentOf, moduleIn, workspaceIn } from '../support/worlds/download.ts'
import { realFiles } from '../support/worlds/effects.ts'
import { createProject, type TestProject } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()

/** A workspace of two modules, of which one has no go.sum, and our directory for its copies. */
function create(): { readonly project: TestProject; readonly backups: string; readonly own: string } {
  const project = cleanUp(
    createProject({
      'go.work.sum': 'w v1 h1:w=\n',
      'x/go.sum': 'x v1 h1:x=\r\n',
      'y/go.mod': 'module y\n',
    }),
  )
  const backups = join(dirname(project.directory), 'sums')
  const own = join(backups, '0')
  mkdirSync(own, { recursive: true })
  return { project, backups, own }
}

const at = (project: TestProject, name: string) => join(project.directory, name)
const write = (project: TestProject, name: string, text: string) => writeFileSync(at(project, name), text)

describe('the sums of a workspace', () => {
  test('are put back byte by byte, also what was not there, and the new lines are told', async () => {
    const { project, own } = create()
    const workspace = workspaceIn(project.directory, ['x', 'y'])
    const before = contentOf(workspace.sumFiles)
    const keeper = await keepSums(workspace, own, realFiles)
    write(project, 'x/go.sum', 'x v1 h1:x=\nnew v1 h1:n=\n')
    write(project, 'y/go.sum', 'new v2 h1:m=\n')
    expect(await keeper.release()).toEqual([
      { file: at(project, 'x/go.sum'), lines: ['new v1 h1:n='], before: 'x v1 h1:x=\r\n' },
      { file: at(project, 'y/go.sum'), lines: ['new v2 h1:m='], before: undefined },
    ])
    expect(contentOf(workspace.sumFiles)).toEqual(before)
  })

  test('are put back by whoever comes after a process that died, also where GOWORK names another file', async () => {
    const { project, backups, own } = create()
    write(project, 'dev.work.sum', 'd v1 h1:d=\n')
    const sumFiles = [at(project, 'dev.work.sum'), at(project, 'x/go.sum')]
    const before = contentOf(sumFiles)
    await keepSums({ ...workspaceIn(project.directory, []), sumFiles }, own, realFiles)
    write(project, 'dev.work.sum', 'changed')
    write(project, 'x/go.sum', 'changed')
    await restoreSums(backups, realFiles)
    expect(contentOf(sumFiles)).toEqual(before)
    // Once: what a later step writes is the user's.
    write(project, 'x/go.sum', 'the user’s')
    await restoreSums(backups, realFiles)
    expect(readFileSync(at(project, 'x/go.sum'), 'utf8')).toBe('the user’s')
  })

  const onPosix = process.platform === 'win32' ? test.skip : test
  onPosix('are written through a link, as go does', async () => {
    const { project, own } = create()
    write(project, 'real.sum', 'r v1 h1:r=\n')
    mkdirSync(at(project, 'z'))
    symlinkSync(at(project, 'real.sum'), at(project, 'z/go.sum'))
    const keeper = await keepSums(workspaceIn(project.directory, ['z']), own, realFiles)
    write(project, 'z/go.sum', 'changed')
    await keeper.release()
    expect(readFileSync(at(project, 'real.sum'), 'utf8')).toBe('r v1 h1:r=\n')
  })

  test('an index that somebody changed makes us write no other file, nor read one from elsewhere', async () => {
    const { project, backups, own } = create()
    write(project, 'victim', 'as it was')
    const victim = at(project, 'victim')
    writeFileSync(join(own, 'copy'), 'evil')
    for (const index of [
      [{ path: victim, copy: 'copy' }],
      [{ path: victim, copy: null }],
      [{ path: at(project, 'x/go.sum'), copy: '../../work/victim' }],
      [{ path: at(project, 'x/go.sum'), copy: 'not there' }],
      [{ path: 5, copy: 'copy' }, null, 'x'],
      { path: victim },
    ]) {
      writeFileSync(join(own, 'sums.json'), JSON.stringify(index))
      await restoreSums(backups, realFiles)
    }
    writeFileSync(join(own, 'sums.json'), 'no JSON')
    await restoreSums(backups, realFiles)
    expect(readFileSync(victim, 'utf8')).toBe('as it was')
    expect(readFileSync(at(project, 'x/go.sum'), 'utf8')).toBe('x v1 h1:x=\r\n')
    await restoreSums(join(backups, 'nowhere'), realFiles)
  })
})

describe('the sums of a module', () => {
  test('are never touched: go works on copies', async () => {
    const { project, own } = create()
    write(project, 'go.mod', 'module example.com/m\n')
    write(project, 'go.sum', 'a v1 h1:a=\n')
    const keeper = await keepSums(moduleIn(project.directory), own, realFiles)
    expect(keeper.modfile).toBe(join(own, 'go.mod'))
    expect(readdirSync(own).sort()).toEqual(['go.mod', 'go.sum'])
    writeFileSync(join(own, 'go.sum'), 'a v1 h1:a=\nb v1 h1:b=\n')
    expect(await keeper.release()).toEqual([
      { file: at(project, 'go.sum'), lines: ['b v1 h1:b='], before: 'a v1 h1:a=\n' },
    ])
    expect(readFileSync(at(project, 'go.sum'), 'utf8')).toBe('a v1 h1:a=\n')
  })

  test('are those of the file that -modfile names, under its name', async () => {
    const { project, own } = create()
    for (const name of ['go', 'ci']) {
      write(project, `${name}.mod`, `module example.com/${name}\n`)
      write(project, `${name}.sum`, `${name} v1 h1:a=\n`)
    }
    const kept = contentOf(['go.mod', 'go.sum', 'ci.mod', 'ci.sum'].map(name => at(project, name)))
    const files = { modFiles: [at(project, 'ci.mod')], sumFiles: [at(project, 'ci.sum')] }
    const keeper = await keepSums({ ...moduleIn(project.directory), ...files }, own, realFiles)
    expect(keeper.modfile).toBe(join(own, 'ci.mod'))
    expect(contentOf(['ci.mod', 'ci.sum'].map(name => join(own, name)))).toEqual(kept.slice(2))
    writeFileSync(join(own, 'ci.sum'), 'ci v1 h1:a=\nb v1 h1:b=\n')
    expect(await keeper.release()).toEqual([
      { file: at(project, 'ci.sum'), lines: ['b v1 h1:b='], before: 'ci v1 h1:a=\n' },
    ])
    expect(contentOf(['go.mod', 'go.sum', 'ci.mod', 'ci.sum'].map(name => at(project, name)))).toEqual(kept)
  })

  test('need not exist', async () => {
    const { project, own } = create()
    write(project, 'go.mod', 'module example.com/m\n')
    const keeper = await keepSums(moduleIn(project.directory), own, realFiles)
    expect(await keeper.release()).toEqual([])
    expect(existsSync(at(project, 'go.sum'))).toBe(false)
  })
})
