import type { Effects } from '../effects.ts'
import { renderJson } from '../report/json.ts'
import type { Screen } from '../report/screen.ts'
import { screenOf } from './job-verb.ts'
import type { Options } from './options.ts'

/** A verb's result, for people and for programs. */
export interface VerbResult {
  /** What `--json` prints. */
  readonly value: unknown
  readonly toText: (screen: Screen) => string
}

/** Prints a result to standard output, as JSON where `--json` asks for it. Secrets are hidden in either form. */
export function printResult(
  { value, toText }: VerbResult,
  options: Options,
  { env, log }: Pick<Effects, 'env' | 'log'>,
): void {
  const text = options['json'] === true ? renderJson(value) : toText(screenOf(process.stdout, env))
  process.stdout.write(log.redact(text))
}
