import type { Problem } from '../../errors.ts'
import type { Variable } from '../variables.ts'
import { obstructed, PUBLIC_LOGIN } from './refusal.ts'

/**
 * Service messages of TeamCity, which set environment variables of the later steps of a build: printed on standard output,
 * one a line. `|` is the escape: before `'`, `|`, `[` and `]`, `|n` and `|r` for line breaks, and `|0xNNNN` for a UTF-16
 * unit, which everything but printable ASCII is written as, whatever encoding the agent reads. Source: TeamCity's page of
 * service messages, Escaped values.
 */
export function renderTeamcity(variables: readonly Variable[]): string {
  return variables
    .map(({ name, value }) => `##teamcity[setParameter name='env.${name}' value='${escapeForTeamcity(value)}']\n`)
    .join('')
}

const ESCAPES: Readonly<Record<string, string>> = { '\n': '|n', '\r': '|r' }

function escapeForTeamcity(value: string): string {
  return value.replace(/[|'[\]]|[^ -~]/g, char => ESCAPES[char] ?? (/[ -~]/.test(char) ? `|${char}` : unitOf(char)))
}

function unitOf(char: string): string {
  return `|0x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** A parameter's value may refer to others, and how much of it is escaped depends on where it is used. */
const REFERENCE = { found: /%/, what: 'a percent sign', why: 'TeamCity reads as the beginning of a parameter' }

export function teamcityObstacles(variables: readonly Variable[]): readonly Problem[] {
  return obstructed('teamcity', variables, [REFERENCE, PUBLIC_LOGIN], '--format shell in the step that needs it')
}
