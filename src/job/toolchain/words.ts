import type { Problem } from '../../errors.ts'
import { isOlder } from '../../go/version.ts'
import { formatMs } from '../../report/units.ts'
import { OLDEST_GO } from '../../settings/read.ts'
import type { FetchSettings } from '../../settings/without-go.ts'
import { unquotedAdvice } from '../../toolchain/resolve.ts'
import { REMEDY } from './ask.ts'
import { STOPPED } from './fetch-go.ts'
import type { LostPatience } from './patience.ts'
import type { AskedGo } from './wanted.ts'

export function warnOfOld(version: string, wanted: string): readonly Problem[] {
  if (!isOlder(version, OLDEST_GO)) return []
  return [
    {
      code: 'TOOLCHAIN_OLD',
      message: `Go ${version.slice(2)} is older than ${OLDEST_GO.slice(2)}: it is there for later steps, but no module is downloaded, no setting is exported and nothing is cached.`,
      hint: `${unquotedAdvice(wanted)}Take a newer Go; Go itself supports the last two releases.`,
    },
  ]
}

/** With another version by name in GOTOOLCHAIN the go command runs that one, whatever is on PATH. */
export function warnOfSwitch(version: string, { GOTOOLCHAIN: { value, from } }: FetchSettings): readonly Problem[] {
  const name = value.split('+')[0] ?? ''
  if (!name.startsWith('go1') || name === version) return []
  return [
    {
      code: 'TOOLCHAIN_SWITCHED',
      message: `GOTOOLCHAIN (from ${from}) is ${value}: go runs that version, although ${version} was asked for and is on PATH.`,
      hint: 'Unset GOTOOLCHAIN, or ask for the same version.',
    },
  ]
}

export function givenUp({ wanted: { text } }: AskedGo, { afterMs, why }: LostPatience): Problem {
  return {
    code: 'TOOLCHAIN_TOO_SLOW',
    message: `Go ${text.replace(/^go/, '')} was given up after ${formatMs(afterMs)}: ${why}.`,
    hint: `${REMEDY} A longer \`timeout\` waits longer for a zip that moves.`,
  }
}

export function unprovable(version: string): Problem {
  return {
    code: 'TOOLCHAIN_WITHOUT_DATABASE',
    message: `Go ${version.slice(2)} is not fetched: the checksum database is off, and nothing else proves that what a proxy sends is Go.`,
    hint: 'Remove GOSUMDB=off (or `sumdb: off`) for this step; GONOSUMDB keeps single modules from the database. Or install Go before this step.',
  }
}

/** The user has not asked for any Go: what is wrong first of all is that there is none. */
export function withoutGo(problem: Problem): Problem {
  if (problem.code === STOPPED.code) return problem
  return {
    ...problem,
    code: 'GO_NOT_FOUND',
    message: `There is no \`go\` command on PATH, and none could be fetched. ${problem.message}`,
    hint: /install Go/.test(problem.hint) ? problem.hint : `${problem.hint} Or install Go before this step.`.trim(),
  }
}

/** A range or `stable` means the newest version that a proxy can serve. */
export function warnOfLacking(lacking: readonly string[], version: string): readonly Problem[] {
  return lacking.map(newer => ({
    code: 'TOOLCHAIN_WITHOUT_ZIP',
    message: `A proxy lists Go ${newer.slice(2)}, but no proxy has its zip, so ${version.slice(2)} is used.`,
    hint: `The zip may appear soon. To insist on that version, ask for it by its full name: ${newer.slice(2)}.`,
  }))
}
