/** One sample of the text format. */
export interface ReadSample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

const LINE = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/
const LABEL = /^([a-z_]+)="((?:[^"\\\n]|\\\\|\\"|\\n)*)"(?:,|$)/

/**
 * Reads Prometheus' text format as strictly as its description has it, and throws at the first thing that is otherwise: each
 * metric once, HELP and TYPE before its samples, no labels twice. Source: prometheus.io/docs/instrumenting/exposition_formats.
 */
export function readExposition(text: string): readonly ReadSample[] {
  if (text !== '' && !text.endsWith('\n')) throw new Error('The last line does not end.')
  const samples: ReadSample[] = []
  const described: string[] = []
  const seen = new Set<string>()
  let current: { readonly name: string; typed: boolean } | undefined
  for (const line of text.split('\n').slice(0, -1)) {
    const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) ([a-z_]+) (.+)$/.exec(line) ?? []
    if (kind === 'HELP') {
      if (described.includes(name)) throw new Error(`${name} is described twice.`)
      described.push(name)
      current = { name, typed: false }
    } else if (kind === 'TYPE') {
      if (current?.name !== name || current.typed || rest !== 'gauge') throw new Error(line)
      current.typed = true
    } else {
      const sample = readSample(line)
      if (current?.name !== sample.name || !current.typed) throw new Error(`without HELP and TYPE: ${line}`)
      const key = JSON.stringify([sample.name, Object.entries(sample.labels).sort()])
      if (seen.has(key)) throw new Error(`twice: ${line}`)
      seen.add(key)
      samples.push(sample)
    }
  }
  return samples
}

function readSample(line: string): ReadSample {
  const [, name = '', inside = '', number = ''] = LINE.exec(line) ?? []
  const value = Number(number)
  if (name === '' || !/^-?[\d.]+(e[+-]\d+)?$/.test(number) || !Number.isFinite(value)) throw new Error(line)
  const labels: Record<string, string> = {}
  for (let left = inside; left !== ''; ) {
    const [whole, label, raw = ''] = LABEL.exec(left) ?? []
    if (whole === undefined || label === undefined || label in labels) throw new Error(line)
    labels[label] = raw.replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char))
    left = left.slice(whole.length)
  }
  return { name, labels, value }
}

/** The value of the one sample with this name and these labels among others; undefined: there is none. */
export function valueIn(
  samples: readonly ReadSample[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const found = samples.filter(
    one => one.name === name && Object.entries(labels).every(([label, value]) => one.labels[label] === value),
  )
  if (found.length > 1) throw new Error(`${name} ${JSON.stringify(labels)} is not one sample`)
  return found[0]?.value
}
