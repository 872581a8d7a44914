import { backoffMs } from '../../download/rounds.ts'
import { fitHint } from '../../download/setup.ts'
import { NOTHING_AWAITED } from '../../download/waiting.ts'
import type { Environment } from '../../effects.ts'
import { type Problem, STOPPED_CODE } from '../../errors.ts'
import type { GoFailure } from '../../go/failure.ts'
import { redactUrl } from '../../go/goproxy.ts'
import { classifyInstallError } from '../../go/tool-messages.ts'
import type { Tool } from '../../inputs/tools.ts'
import { coveringPattern } from '../../project/privacy.ts'
import { writeDuration } from '../../text/duration.ts'
import { sanitizeLine, sanitizeLines } from '../../text/sanitiser.ts'
import { diagnoseFailure } from '../diagnose-failure.ts'
import { setupOf } from '../download-modules.ts'
import type { Ready } from '../ready.ts'
import { type InstallEnd, runInstall } from './run-install.ts'

export interface InstallOptions {
  readonly tool: Tool
  /** GOPROXY of each try in turn; the last one repeats. */
  readonly chains: readonly string[]
  /** Of go, GOBIN included, without GOPROXY. */
  readonly env: Environment
  /** The clock's reading by which it must be there. */
  readonly deadlineMs: number
  /** A number that changes while something arrives beside go. */
  readonly arrived: () => number
  /** URL of the gateway, which go's words may name. */
  readonly gateway: string | undefined
}

/** Runs `go install` until it succeeds, or no retry can help. @returns why there is no program; undefined: there is */
export async function installTool(options: InstallOptions, ready: Ready): Promise<Problem | undefined> {
  const { effects, inputs, policy, signal } = ready.job
  const { tool, chains, env, deadlineMs } = options
  for (let tries = 1; ; tries++) {
    const goproxy = chains[Math.min(tries, chains.length) - 1] ?? ''
    const end = await runInstall({ ...options, env: { ...env, GOPROXY: goproxy } }, ready.job)
    // Such as a version that its author has withdrawn.
    sayWords(end.words.match(/^go: warning: .*$/gm)?.join('\n') ?? '', options, ready)
    if (end.how === 'done') return undefined
    const failure = failureOf(end)
    const hasOther = tries < chains.length
    const pauseMs = hasOther
      ? 0
      : backoffMs(tries, { ...inputs, maximumBackoffMs: policy.download.maximumBackoffMs }, effects.random.next)
    const isLast = !mayTryAgain(failure, tries, { hasOther, retries: inputs.retries })
    if (isLast || effects.clock.now() + pauseMs >= deadlineMs) {
      if (NEEDS_WORDS.includes(failure.code)) sayWords(end.words, options, ready)
      return explain(failure, end.words, options, ready)
    }
    effects.log.info(`${tool.name}: ${failure.message} Trying again.`)
    await effects.clock.sleep(pauseMs, signal)
  }
}

/** What went wrong with these, only the whole of go's output tells. */
const NEEDS_WORDS = ['GO_FAILED', 'TOOL_BUILD_FAILED']

/** Shows in the log what go said. */
function sayWords(words: string, { tool, gateway }: InstallOptions, { job }: Ready): void {
  const shown = gateway === undefined ? words : words.replaceAll(gateway, 'the gateway')
  for (const line of shown.split('\n').flatMap(one => sanitizeLines(redactUrl(one))))
    if (line.trim() !== '') job.effects.log.info(`${tool.name}: ${line}`)
}

/** @param hasOther the next try asks other proxies */
function mayTryAgain(
  { retry }: GoFailure,
  tries: number,
  { hasOther, retries }: { readonly hasOther: boolean; readonly retries: number },
): boolean {
  if (retry === 'rounds') return tries <= retries
  if (retry === 'once') return hasOther || (tries === 1 && retries > 0)
  return retry !== 'never' && hasOther
}

/** Where we ended go, its words do not say why. */
function failureOf({ how, words }: InstallEnd): GoFailure {
  const base = { module: undefined, text: '' }
  switch (how) {
    case 'stopped':
      return { ...base, code: STOPPED_CODE, retry: 'never', message: 'The job was stopped.', hint: '' }
    case 'timed out':
      return {
        ...base,
        code: 'TOOL_TIMEOUT',
        retry: 'never',
        message: 'It was not finished within `timeout`, which all tools share.',
        hint: 'Raise `timeout`. With a build cache the next job need not build it again.',
      }
    case 'stalled':
      return {
        ...base,
        code: 'TOOL_STALLED',
        retry: 'rounds',
        message: 'No more data arrived, and go was idle.',
        hint: 'A proxy accepted the connection and then sent nothing: {another}.',
      }
    default:
      return classifyInstallError(words)
  }
}

const WORDS_BYTES = 500

/** Which tool, why, go's last words, and what to do. */
async function explain(
  failure: GoFailure,
  words: string,
  { tool, env, gateway }: InstallOptions,
  ready: Ready,
): Promise<Problem> {
  const { job, prepared, means } = ready
  const asking = { job, prepared, means, env, gateway }
  const known = words === '' ? undefined : await diagnoseFailure(failure, words, NOTHING_AWAITED, asking)
  const subject = `The tool ${tool.package} ${tool.version} could not be installed.`
  if (known !== undefined) return { ...known, message: `${subject} ${known.message}` }
  const said = gateway === undefined ? failure.text : failure.text.replaceAll(gateway, 'the gateway')
  const quoted = said === '' ? '' : ` go says: ${redactUrl(sanitizeLine(said.replace(/^go: /, ''), WORDS_BYTES))}`
  const hint = fitHint(failure.hint, setupOf(ready), coveringPattern(tool.package, job.effects.env))
  const { code } = failure
  const timeout = code === 'TOOL_TIMEOUT' ? ` (\`timeout: ${writeDuration(job.inputs.timeoutMs)}\`)` : ''
  return { code, message: `${subject} ${failure.message}${timeout}${quoted}`, hint }
}
