import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { describeBenchmarks, WAYS } from '../../benchmarks/options.mjs'
import { runProgram } from '../support/worlds/run-program.ts'

const root = join(import.meta.dirname, '../..')
const PROJECTS = ['act', 'helm']

async function read(...args: string[]) {
  let read: { name: string; options: Record<string, unknown> } | undefined
  const program = describeBenchmarks(PROJECTS, (name, options) => {
    read = { name, options }
  })
  await program.parseAsync(args, { from: 'user' })
  return read
}

const run = (...args: string[]) => runProgram(process.execPath, [join(root, 'benchmarks/run.mjs'), ...args])

describe('what a benchmark is told', () => {
  test('its defaults', async () => {
    expect(await read('download')).toEqual({
      name: 'download',
      options: {
        only: ['rtt', 'ranked', 'link', 'faults', 'memory'],
        project: ['act'],
        rtt: [1, 20, 80, 200],
        runs: 3,
        http: '2',
        requestsPerConnection: 0,
      },
    })
    expect(await read('ranking')).toEqual({ name: 'ranking', options: { runs: 50 } })
    expect(await read('scale')).toEqual({ name: 'scale', options: { modules: [50, 150, 500, 1500], runs: 3 } })
    expect(await read('cache')).toEqual({ name: 'cache', options: { project: PROJECTS, rtt: [20, 80], runs: 3 } })
    expect(await read('report')).toEqual({
      name: 'report',
      options: { modules: 200, logModules: 100, pageModules: 5_000, runs: 9 },
    })
    expect(await read('faults')).toEqual({ name: 'faults', options: {} })
    expect(await read('habits')).toEqual({ name: 'habits', options: { ways: WAYS, scale: 10 } })
  })

  test('lists, numbers and another commit', async () => {
    expect(
      await read('download', '--only', 'rtt,memory', '--rtt', '20,80', '--runs=1', '--against', 'v1'),
    ).toMatchObject({
      options: { only: ['rtt', 'memory'], rtt: [20, 80], runs: 1, against: 'v1' },
    })
  })
})

describe('run.mjs, before anything is compiled', () => {
  test('the help lists every benchmark with its options', async () => {
    const { code, stdout } = await run('--help')
    expect(code).toBe(0)
    for (const line of [/^download:$/m, /^ {2}--against <ref> +\S/m, /^ {2}--write +\S/m, /^ranking:$/m]) {
      expect(stdout).toMatch(line)
    }
  })

  test.each([
    [['donwload'], /unknown command 'donwload'\s+\(Did you mean download\?\)/],
    [['origin'], /unknown command 'origin'/],
    [[], /^download:$/m],
    [['scale', '--rusn', '2'], /unknown option '--rusn'\s+\(Did you mean --runs\?\)/],
    [['scale', '--runs', '0'], /A whole number from 1 is needed/],
    [['scale', '--runs', 'three'], /A whole number from 1 is needed/],
    [['scale', '--runs'], /argument missing/],
    [['download', '--project', 'nothing'], /Allowed, separated by commas: .*act/],
    [['download', '--only', 'rtt,memroy'], /Allowed, separated by commas: rtt, ranked/],
    [['download', 'act'], /too many arguments/],
    [['faults', '--against', 'HEAD'], /unknown option '--against'/],
    [['habits', '--ways', 'own,three'], /Allowed, separated by commas: own, configured, two, private/],
    [['habits', '--write', '--sample'], /cannot be used with/],
    [['habits', '--only', 'limit,limt'], /no row's name begins with limt/],
    [['cache', '--sizes', '--against', 'HEAD'], /cannot be used with/],
    [['scale', '--against', 'no-such-commit'], /git knows no such commit here/],
  ])('wrong usage %j', async (args, says) => {
    const { code, stderr } = await run(...args)
    expect(stderr).toMatch(says)
    expect(code).toBe(2)
  })

  test('every benchmark that is named has a module with a main', () => {
    const names = describeBenchmarks(PROJECTS, () => {}).commands.map(command => command.name())
    expect(readdirSync(join(root, 'benchmarks'))).toEqual(expect.arrayContaining(names.map(name => `${name}.ts`)))
  })
})
