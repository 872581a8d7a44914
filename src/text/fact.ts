/**
 * What a line of a log of records is about, and the keys that it has for that beside its sentence. Users rely on both:
 * schema/log.schema.json says what each means, and a test holds the two together.
 */
export const FACTS = {
  benchmark: ['seconds', 'bytes'],
  candidate: ['proxy', 'trust', 'verdict', 'reason', 'connectMs', 'firstByteMs', 'bytesPerSecond', 'predictedSeconds'],
  go: [],
  module: ['module', 'version', 'seconds', 'bytes'],
  note: [],
  phase: ['phase', 'startMs', 'ms'],
  progress: ['phase', 'done', 'total', 'bytes', 'leftBytes'],
  project: ['modules', 'missing'],
  restore: ['cache', 'outcome', 'reason', 'files', 'bytes', 'seconds'],
  result: ['outcome', 'proxy', 'modules', 'bytes', 'seconds', 'requests', 'retries', 'failovers', 'rejected'],
  retry: ['seconds', 'goproxy', 'lastTry'],
  setting: ['name', 'value', 'from', 'reason', 'changed'],
  start: ['version', 'go', 'os', 'arch'],
  stopped: ['modules', 'bytes', 'seconds'],
  tool: ['tool', 'version', 'how', 'seconds', 'bytes'],
  upstream: ['proxy', 'requests', 'bytes', 'failures', 'rejected'],
  usage: [],
} as const satisfies Readonly<Record<string, readonly string[]>>

type FactName = keyof typeof FACTS

/** null: not known, or there was none. */
type FactValue = string | number | boolean | null

/** One of these with its values. Texts may be foreign and may hold secrets: the log cleans them. */
export type Fact = {
  [Name in FactName]: { readonly event: Name } & { readonly [Key in (typeof FACTS)[Name][number]]: FactValue }
}[FactName]
