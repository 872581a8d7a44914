import type { Paint } from '../effects.ts'
import type { Screen } from '../report/screen.ts'
import { formatMs } from '../report/units.ts'
import type { PlacedSetting } from '../settings/places.ts'
import { padStartTo, padTo, shortenTo, wrapWords } from '../text/columns.ts'
import { count } from '../text/count.ts'
import type { Checkup, LayerReport, ProbeReport } from './checkup.ts'
import { type Grade, LAYERS } from './finding.ts'

const STYLES: Readonly<Record<Grade, Parameters<Paint>[0]>> = {
  fault: 'red',
  warning: 'yellow',
  ok: 'green',
  skipped: 'dim',
}

const JUDGEMENT_COLUMNS = 'warning'.length
const LAYER_COLUMNS = Math.max(...LAYERS.map(layer => layer.length))
/** Below it there is no room for a sentence beside the name of a layer. */
const NARROW = 70

/** What a person reads: layer by layer, then the settings with their places, the requests with their phases, and the result. */
export function renderCheckup(checkup: Checkup, screen: Screen): string {
  const requests = checkup.probes.length === 0 ? [] : ['', ...renderProbes(checkup.probes, screen)]
  const settings =
    checkup.settings.length === 0
      ? []
      : ['', 'Settings, and where each comes from', ...checkup.settings.flatMap(one => renderSetting(one, screen))]
  return lines([
    ...checkup.layers.flatMap(layer => renderLayer(layer, screen)),
    ...settings,
    ...requests,
    '',
    ...wrap(summary(checkup), screen),
  ])
}

function renderLayer({ layer, judgement, findings }: LayerReport, screen: Screen): readonly string[] {
  const bad = findings.filter(one => one.judgement === 'fault' || one.judgement === 'warning')
  const [first, ...rest] = findings.filter(one => one.judgement === judgement)
  if (bad.length === 0) {
    const more = rest.length === 0 ? '' : `, and ${rest.length} more`
    return row(judgement, layer, [`${first?.message.replace(/\.$/, '') ?? ''}${more}`], screen)
  }
  return [...bad]
    .sort((a, b) => Number(a.judgement === 'warning') - Number(b.judgement === 'warning'))
    .flatMap(({ judgement: own, message, hint, code }) =>
      row(own, layer, [`${message} [${code}]`, ...(hint === '' ? [] : [hint])], screen),
    )
}

/** The judgement and the layer stand before the first line, and nothing before the others. */
function row(judgement: Grade, layer: string, texts: readonly string[], { columns, paint }: Screen): readonly string[] {
  const isNarrow = columns !== undefined && columns < NARROW
  const head = `${padTo(judgement, JUDGEMENT_COLUMNS)}  ${padTo(layer, LAYER_COLUMNS)}  `
  const indent = isNarrow ? '  ' : ' '.repeat(head.length)
  const room = columns === undefined ? Number.POSITIVE_INFINITY : columns - indent.length
  const body = texts.flatMap(text => wrapWords(text, room)).map(text => `${indent}${text}`)
  const shown = head.replace(judgement, paint(STYLES[judgement], judgement))
  if (isNarrow) return [shown.trimEnd(), ...body]
  return [`${shown}${body[0]?.slice(indent.length) ?? ''}`.trimEnd(), ...body.slice(1)]
}

const WHERE = {
  environment: 'in the environment',
  'go env -w': 'from go env -w',
  'go.env': 'in go.env',
  default: 'by default',
} as const

function renderSetting({ name, places }: PlacedSetting, screen: Screen): readonly string[] {
  const [first, ...rest] = places
  if (first === undefined) return []
  const others = rest.map(({ place, value }) => `${value} ${WHERE[place]}`)
  const unused = others.length === 0 ? '' : `; not used: ${others.join(', ')}`
  const from = first.place === 'default' ? 'default' : `from ${first.place}`
  return wrap(`  ${name}=${first.value}  (${from}${unused})`, screen)
}

const PHASES = [
  ['lookup', 'lookupMs'],
  ['connect', 'connectMs'],
  ['TLS', 'tlsMs'],
  ['first byte', 'firstByteMs'],
  ['total', 'totalMs'],
] as const

const FIGURE_COLUMNS = 10
const OUTCOME_COLUMNS = 18

/** A line a request, with curl's phases. */
function renderProbes(probes: readonly ProbeReport[], { columns = 120 }: Screen): readonly string[] {
  const figures = PHASES.length * (FIGURE_COLUMNS + 1)
  const room = Math.max(16, columns - figures - OUTCOME_COLUMNS - 1)
  const proxies = [...new Set(probes.map(({ proxy }) => proxy))]
  const head = `${padTo('Requests', room)} ${padTo('', OUTCOME_COLUMNS)}${PHASES.map(([name]) => ` ${padStartTo(name, FIGURE_COLUMNS)}`).join('')}`
  return [
    head.trimEnd(),
    ...proxies.flatMap(proxy => [
      `  ${proxy}`,
      ...probes
        .filter(one => one.proxy === proxy)
        .map(one => {
          const outcome = one.status === null ? one.outcome : `${one.outcome} (${one.status})`
          const phases = PHASES.map(([, name]) => ` ${padStartTo(formatMs(one[name]), FIGURE_COLUMNS)}`).join('')
          const what = shortenTo(`    ${one.purpose} ${one.object}`, room)
          return `${padTo(what, room)} ${padTo(shortenTo(outcome, OUTCOME_COLUMNS), OUTCOME_COLUMNS)}${phases}`
        }),
    ]),
  ]
}

function summary({ faults, warnings, seconds }: Checkup): string {
  const found =
    faults === 0 && warnings === 0
      ? 'Nothing is wrong here'
      : [
          ...(faults === 0 ? ['Nothing is at fault'] : [count(faults, 'fault')]),
          ...(warnings === 0 ? [] : [count(warnings, 'warning')]),
        ].join(', ')
  return `${found} (${seconds.toFixed(1)} s).`
}

function wrap(text: string, { columns }: Screen): readonly string[] {
  return wrapWords(text, columns ?? Number.POSITIVE_INFINITY)
}

function lines(list: readonly string[]): string {
  return `${list.join('\n')}\n`
}
