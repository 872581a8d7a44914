import { redactUrl } from '../go/goproxy.ts'
import type { PlacedSetting } from '../settings/places.ts'
import { sanitizeLine } from '../text/sanitiser.ts'
import type { Timings } from '../upstream/outcome.ts'
import type { ProbeAnswer } from './answer.ts'
import { type Finding, type Grade, judgementOf, LAYERS, type Layer } from './finding.ts'

/** What `doctor` says, as `--json` prints it and `--save` keeps it. */
export interface Checkup {
  readonly version: 1
  readonly tool: { readonly name: string; readonly version: string }
  /** undefined where there is no go, or it cannot be asked. */
  readonly go: string | null
  /** The worst that was found. */
  readonly result: Grade
  readonly faults: number
  readonly warnings: number
  /** In the order of the layers; of a layer about which nothing is known one finding says why. */
  readonly layers: readonly LayerReport[]
  readonly settings: readonly PlacedSetting[]
  readonly probes: readonly ProbeReport[]
  readonly seconds: number
}

export interface LayerReport {
  readonly layer: Layer
  readonly judgement: Grade
  readonly findings: readonly Omit<Finding, 'layer'>[]
}

/** One request with curl's phases: milliseconds, null where a phase did not happen or cannot be seen. */
export interface ProbeReport extends Timings {
  readonly proxy: string
  readonly purpose: string
  readonly object: string
  readonly status: number | null
  readonly outcome: string
}

/** What a checkup is made from. */
export interface CheckupParts {
  readonly tool: Checkup['tool']
  readonly go: string | undefined
  readonly findings: readonly Finding[]
  readonly settings: readonly PlacedSetting[]
  readonly answers: readonly ProbeAnswer[]
  readonly seconds: number
}

export function makeCheckup({ tool, go, findings, settings, answers, seconds }: CheckupParts): Checkup {
  const clean = findings.map(cleaned)
  const layers = LAYERS.map((layer): LayerReport => {
    const own = clean.filter(one => one.layer === layer).map(({ layer: _, ...finding }) => finding)
    const known = own.length > 0 ? own : [{ judgement: 'skipped' as const, code: '', message: NOTHING_KNOWN, hint: '' }]
    return { layer, judgement: judgementOf(known), findings: known }
  })
  return {
    version: 1,
    tool,
    go: go ?? null,
    result: judgementOf(clean),
    faults: clean.filter(({ judgement }) => judgement === 'fault').length,
    warnings: clean.filter(({ judgement }) => judgement === 'warning').length,
    layers,
    settings,
    probes: answers.map(toReport),
    seconds,
  }
}

const NOTHING_KNOWN = 'No request got this far, or nothing here needs it.'

/** go, git and servers have a part in some of them. */
function cleaned(finding: Finding): Finding {
  return { ...finding, message: redactUrl(sanitizeLine(finding.message)), hint: sanitizeLine(finding.hint) }
}

function toReport({ proxy, purpose, object, status, kind, timings }: ProbeAnswer): ProbeReport {
  return { proxy, purpose, object, status, outcome: kind, ...timings }
}
