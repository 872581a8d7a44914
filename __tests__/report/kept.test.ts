import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { compareReports } from '../../src/report/compare.ts'
import { renderComparison } from '../../src/report/compare-text.ts'
import { renderReport } from '../../src/report/json.ts'
import { readKeptReport } from '../../src/report/kept.ts'
import { buildReport } from '../../src/report/report.ts'
import { findFault, type Schema } from '../../src/report/schema-check.ts'
import { plainScreen } from '../../src/report/screen.ts'
import { VIEWS } from '../../src/report/show.ts'
import { findSchemaFaults } from '../support/builders/report-schema.ts'
import { fullStory } from '../support/builders/story.ts'

const report = buildReport(fullStory({ failure: { code: 'X', message: 'Why.\n  https://p.example: 403', hint: 'h' } }))
const text = renderReport(report)
const SCHEMA: Schema = JSON.parse(readFileSync(new URL('../../schema/report.schema.json', import.meta.url), 'utf8'))

/** Where a value has members and entries: the paths to all of them. */
function pathsIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([name, one]) => pathsIn(one, [...path, name]))]
}

/** A copy with another value, or none, in one place. */
function withChange(value: unknown, path: readonly string[], change: { readonly to?: unknown }): unknown {
  const copy = structuredClone(value)
  let at = copy as Record<string, unknown>
  for (const name of path.slice(0, -1)) at = at[name] as Record<string, unknown>
  const last = path.at(-1)
  if (last === undefined) return change.to
  if ('to' in change) at[last] = change.to
  else delete at[last]
  return copy
}

/** What is left where only those members are written that the schema asks for, as by a version that knew no others. */
function leastOf(value: unknown, schema: Schema): unknown {
  if (typeof value !== 'object' || value === null) return value
  const variants = [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  const fitting = variants.filter(one => findFault(value, one) === undefined)
  const { items, properties } = fitting.find(one => one.items ?? one.properties) ?? {}
  const required = fitting.flatMap(one => one.required ?? [])
  if (Array.isArray(value)) return value.map(one => leastOf(one, items ?? {}))
  const kept = Object.entries(value).filter(([name]) => properties === undefined || required.includes(name))
  return Object.fromEntries(kept.map(([name, one]) => [name, leastOf(one, properties?.[name] ?? {})]))
}

describe('a kept report', () => {
  test('is read as it was', () => {
    expect(readKeptReport('r.json', text)).toEqual({ ok: true, value: JSON.parse(text) })
  })

  test.each([
    ['{', 'it is not JSON'],
    ['null', 'this program did not write it'],
    ['[1]', 'this program did not write it'],
    ['{"tool":null}', 'this program did not write it'],
    [JSON.stringify({ ...report, version: '1' }), 'its version is not 1'],
    [text.replace(/"seconds": [\d.]+/, '"seconds": 1e308'), 'no run has such a number as its seconds'],
    [text.replace(/"ms": ?[\d.]+/, '"ms": 1e400'), 'no run has such a number as its ms'],
    [text.replace(/"bytes": ?\d+/, '"bytes": -9007199254740992'), 'no run has such a number as its bytes'],
    ['', 'it is empty'],
    [JSON.stringify({ ...report, phases: undefined }), 'phases is missing'],
    [JSON.stringify({ ...report, phases: [{ name: 'x', startMs: '1', ms: 2 }] }), 'phases/0/startMs is not number'],
    [JSON.stringify({ ...report, outcome: 'maybe' }), 'outcome is none of ["success","failure"]'],
    [JSON.stringify({ ...report, download: { ...report.download, bytes: -1 } }), 'download/bytes is less than 0'],
  ])('%.40s… is refused: %s', (wrong, what) => {
    const read = readKeptReport('r.json', wrong)
    expect(read.ok ? [] : read.problems.map(({ code, message }) => [code, message])).toEqual([
      ['REPORT_NOT_READ', `r.json is not a report: ${what}.`],
    ])
  })

  test('has faults where ajv finds some, and else none', () => {
    const full: unknown = JSON.parse(text)
    const paths = pathsIn(full)
    const to = fc.oneof(
      fc.record({ to: fc.constantFrom(null, -1, 0.5, 7, '', 'ok', true, [], {}, ['x'], { name: 1 }) }),
      fc.constant({}),
    )
    fc.assert(
      fc.property(fc.constantFrom(...paths), to, (path, change) => {
        const changed = withChange(full, path, change)
        // A hole in a list is none after JSON.
        if (JSON.stringify(changed) === undefined || !('to' in change || typeof path.at(-1) === 'string')) return
        const value = JSON.parse(JSON.stringify(changed))
        // Members that a newer version may have added are no fault here.
        const faults = findSchemaFaults(value).filter(fault => !fault.includes('additional properties'))
        expect([path, change, findFault(value, SCHEMA) !== undefined]).toEqual([path, change, faults.length > 0])
      }),
      { numRuns: 300 },
    )
  })

  test('of a version that wrote less has all views, and can be compared', () => {
    const read = readKeptReport('r.json', JSON.stringify(leastOf(JSON.parse(text), SCHEMA)))
    if (!read.ok) throw new Error(read.problems[0]?.message)
    expect(read.value).not.toHaveProperty('requests')
    for (const view of Object.values(VIEWS)) expect(view(read.value, plainScreen(80))).not.toMatch(/undefined|NaN/)
    const named = [
      { name: 'old', report: read.value },
      { name: 'new', report },
    ]
    expect(renderComparison(compareReports(named, { percent: 10 }))).not.toMatch(/undefined|NaN/)
  })

  test('with the greatest number in any place has all views, none much wider, with nothing but numbers', () => {
    const full: unknown = JSON.parse(text)
    const widthOf = (view: string) => Math.max(...view.split('\n').map(line => line.length))
    const drawn = (kept: string) => {
      const read = readKeptReport('r.json', kept)
      return read.ok
        ? Object.entries(VIEWS).map(([name, view]) => [name, view(read.value, plainScreen(80))] as const)
        : []
    }
    const usual = new Map(drawn(text).map(([name, view]) => [name, widthOf(view)]))
    const places = pathsIn(full).filter(
      path => typeof path.reduce((at, name) => (at as Record<string, unknown>)[name], full) === 'number',
    )
    expect(places.length).toBeGreaterThan(50)
    for (const path of places)
      for (const [name, view] of drawn(JSON.stringify(withChange(full, path, { to: Number.MAX_SAFE_INTEGER })))) {
        expect([path, name, /.{9}(NaN|Infinity)/.exec(view)?.[0]]).toEqual([path, name, undefined])
        if (name === 'trace') expect(() => JSON.parse(view)).not.toThrow()
        // Sentences of the summary are no table.
        else if (name === 'text') expect(widthOf(view)).toBeLessThan((usual.get(name) ?? 0) + 40)
      }
  })

  test('may have members that a newer version has added', () => {
    expect(readKeptReport('r.json', JSON.stringify({ ...report, newer: 1 })).ok).toBe(true)
  })
})
