import { describe, expect, test } from '@jest/globals'
import { readInputs } from '../../src/inputs/read.ts'
import { actionSource, commandSource } from '../../src/inputs/sources.ts'

const inJob = (text: string) => readInputs(actionSource({ 'INPUT_MODULE-STORE': text }, '/work'))
const inShell = (text: string) => readInputs(commandSource({ 'module-store': text }, {}, '/work'))

describe('module-store', () => {
  const rows: readonly (readonly [text: string, place: unknown])[] = [
    ['', undefined],
    ['false', undefined],
    ['True', { kind: 'temporary' }],
    ['.modules', { kind: 'named', path: '/work/.modules' }],
    ['./true', { kind: 'named', path: '/work/true' }],
    ['/srv/modules', { kind: 'named', path: '/srv/modules' }],
  ]
  const onPosix = process.platform === 'win32' ? test.skip : test
  onPosix.each(rows)('%j', (text, place) => {
    const read = inJob(text)
    expect(read.ok && read.value.inputs.moduleStore).toEqual(place)
  })

  test.each([
    [inJob('yes'), /`yes` is neither true nor false.*\.\/yes for a directory/],
    [inJob('-'), /stands for standard output/],
    [inShell('true'), /removes its temporary directory.*Name a directory/],
  ])('a wrong one is told: %#', (read, said) => {
    const problems = read.ok ? [] : read.problems
    expect(problems.map(({ message, hint }) => `${message} ${hint}`)).toEqual([expect.stringMatching(said)])
  })
})
