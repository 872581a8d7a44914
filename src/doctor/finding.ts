import type { Problem } from '../errors.ts'

/** What a set-up is made of, in the order in which it is told: from this machine outwards, and back. */
export const LAYERS = [
  'Go',
  'settings',
  'project',
  'name lookup',
  'TCP',
  'TLS',
  'HTTP proxy',
  'HTTP',
  'module protocol',
  'checksum database',
  'credentials',
  'git',
  'caches',
  'disk',
  'clock',
] as const

export type Layer = (typeof LAYERS)[number]

/** `fault`: something does not work. `warning`: it works, but not as safely or as fast as it should. */
export type Grade = 'fault' | 'warning' | 'ok' | 'skipped'

/** One thing that was found. Of what is `ok` or `skipped` the message is all; code and hint are empty. */
export interface Finding extends Problem {
  readonly layer: Layer
  readonly judgement: Grade
}

export function good(layer: Layer, message: string): Finding {
  return { layer, judgement: 'ok', code: '', message, hint: '' }
}

export function skipped(layer: Layer, message: string): Finding {
  return { layer, judgement: 'skipped', code: '', message, hint: '' }
}

export function warnOf(layer: Layer, problem: Problem): Finding {
  return { ...problem, layer, judgement: 'warning' }
}

export function faultOf(layer: Layer, problem: Problem): Finding {
  return { ...problem, layer, judgement: 'fault' }
}

/** What is not needed is no fault: something else does its work. @param why in a sentence */
export function notNeeded(finding: Finding, why: string): Finding {
  return finding.judgement === 'fault'
    ? { ...finding, judgement: 'warning', message: `${finding.message} ${why}` }
    : finding
}

const WORST: readonly Grade[] = ['fault', 'warning', 'ok', 'skipped']

/** The worst of several; `skipped` where there is none. */
export function judgementOf(findings: readonly Pick<Finding, 'judgement'>[]): Grade {
  return WORST.find(one => findings.some(({ judgement }) => judgement === one)) ?? 'skipped'
}
