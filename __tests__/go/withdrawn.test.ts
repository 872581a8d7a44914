import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { compareVersions } from '../../src/go/semver.ts'
import { readWithdrawal } from '../../src/go/withdrawn.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'

const cleanUp = cleanUpAfterEach()

interface GoModJson {
  readonly Module: { readonly Deprecated?: string }
  readonly Retract: readonly { readonly Low: string; readonly High: string; readonly Rationale?: string }[] | null
}

const oneLine = (text: string | undefined) => text?.replace(/\s+/g, ' ').trim()

test.each([
  ['nothing', 'module m\n'],
  ['a word that only looks so', '// retract v1.0.0\nmodule m\n\nrequire example.com/retract v1.0.0\n'],
  ['one version', 'module m\nretract v1.0.0 // broken\n'],
  ['without a reason', 'module m\nretract v1.0.0\n'],
  ['a range, its reason above it', 'module m\n\n// Wrong\n// build.\nretract [v1.0.0, v1.1.0]\n'],
  ['a reason that an empty line parts from it', 'module m\n\n// Wrong build.\n\nretract v1.0.0\n'],
  ['a block', 'module m\nretract (\n\tv0.9.0 // old\n\n\t// Not this.\n\t[ v1.0.0 , v1.0.9 ]\n)\n'],
  ['a block whose reason is above it', 'module m\n\n// All broken.\nretract (\n\tv1.0.0\n\tv1.1.0 // this most\n)\n'],
  ['a block that is closed before it', 'module m\nretract (\n\tv0.1.0\n)\nrequire a.b/c v1.0.0\n'],
  ['in quotes', 'module "m"\nretract "v1.0.0" // broken\nretract ["v1.1.0", v1.2.0]\n'],
  ['deprecated', '// Deprecated: use n instead.\nmodule m\n'],
  ['deprecated on the line', 'module m // Deprecated: use n.\n'],
  ['deprecated in a paragraph', '// Package m.\n//\n// Deprecated: use n,\n// or o.\n//\n// More.\nmodule m\n'],
  ['no paragraph of its own', '// Package m is\n// Deprecated: not so.\nmodule m\n'],
  ['an empty line after it', '// Deprecated: use n.\n\nmodule m\n'],
])('reads as go does: %s', (_, text) => {
  const file = join(cleanUp.directory('withdrawn-'), 'go.mod')
  writeFileSync(file, text)
  const said = JSON.parse(execFileSync('go', ['mod', 'edit', '-json', file], { encoding: 'utf8' })) as GoModJson
  for (const version of ['v0.9.0', 'v1.0.0', 'v1.0.5-rc.1', 'v1.1.0', 'v2.0.0']) {
    const range = said.Retract?.find(
      ({ Low, High }) => compareVersions(Low, version) <= 0 && compareVersions(version, High) <= 0,
    )
    expect([version, readWithdrawal(text, version)]).toEqual([
      version,
      {
        retracted: range === undefined ? undefined : (oneLine(range.Rationale) ?? ''),
        deprecated: oneLine(said.Module.Deprecated),
      },
    ])
  }
})
