import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import type { Problem } from '../../src/errors.ts'
import { readInputs } from '../../src/inputs/read.ts'
import { commandSource } from '../../src/inputs/sources.ts'
import { showCharacters } from '../../src/text/characters.ts'
import { WRONG_INPUTS, type WrongInput } from './wrong-inputs.ts'

/** What users see, to be read. To write it anew: `UPDATE_WRONG_INPUTS=1 npm test -- wrong-inputs`. */
const TABLE = fileURLToPath(new URL('wrong-inputs.txt', import.meta.url))

const problemsOf = ({ name, text }: Pick<WrongInput, 'name' | 'text'>): readonly Problem[] => {
  // As the action has them.
  const env = { [`INPUT_${name.toUpperCase()}`]: text }
  const { find, ...source } = commandSource({}, {}, '/work')
  const result = readInputs({
    ...source,
    find: one => (one === name ? { name, label: name, text: env[`INPUT_${name.toUpperCase()}`] ?? '' } : find(one)),
  })
  return result.ok ? [] : result.problems
}

function render(one: WrongInput): string {
  const given = JSON.stringify(showCharacters(one.text)).slice(1, -1).replaceAll('\\"', '"')
  const told = problemsOf(one).map(({ code, message, hint }) => `  ${code}\n    ${message}\n    ${hint}`)
  return `${one.name}: ${given}    (${one.kind})\n${told.join('\n')}\n`
}

/** The texts that a hint says to write, each for itself; `name: value` is about another input. */
function proposals(name: WrongInput['name'], { hint }: Problem): readonly Pick<WrongInput, 'name' | 'text'>[] {
  const [, sentence = ''] = /(?:^|\s)(?:Write (?=`)|Did you mean )(.*)$/s.exec(hint) ?? []
  const [all = ''] = /^.*?(?: instead\b|\?|$)/s.exec(sentence) ?? []
  if (hint.includes('Did you mean')) return [{ name, text: all.replace('?', '') }]
  const texts = [...all.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text)
  return texts.map(text => {
    const [, other, value] = /^(fallback): (\w+)$/.exec(text) ?? []
    return other === undefined ? { name, text } : { name: 'fallback', text: value ?? '' }
  })
}

test('every one is refused, and what is said is in the table', () => {
  expect(WRONG_INPUTS.length).toBeGreaterThan(150)
  expect(WRONG_INPUTS.filter(one => problemsOf(one).length === 0)).toEqual([])
  const rendered = WRONG_INPUTS.map(render).join('\n')
  if (process.env['UPDATE_WRONG_INPUTS']) writeFileSync(TABLE, rendered)
  expect(rendered).toBe(readFileSync(TABLE, 'utf8'))
})

test('what a hint says to write is accepted', () => {
  const told = WRONG_INPUTS.flatMap(one => problemsOf(one).flatMap(problem => proposals(one.name, problem)))
  expect(told.length).toBeGreaterThan(100)
  expect(told.filter(proposal => problemsOf(proposal).length > 0)).toEqual([])
})

test('nothing that cannot be seen, and no password, is in a message', () => {
  const texts = WRONG_INPUTS.flatMap(problemsOf).flatMap(({ message, hint }) => [message, hint])
  expect(texts.filter(text => /[\p{Cf}\p{Cc}\u00a0\u2010-\u2015]|hunter2|ghp_/u.test(text))).toEqual([])
})
