import { fitHint } from '../download/setup.ts'
import { classifyGoError, type GoFailure, modulesNamedIn } from '../go/failure.ts'
import { redactUrl } from '../go/goproxy.ts'
import { GO_MESSAGES } from '../go/messages.ts'
import { classifyInstallError } from '../go/tool-messages.ts'
import { readLines } from '../go/words.ts'
import type { Screen } from '../report/screen.ts'
import { wrapWords } from '../text/columns.ts'
import { count } from '../text/count.ts'
import { sanitizeLine } from '../text/sanitiser.ts'
import type { Layer } from './finding.ts'
import { layerOf } from './layer-of.ts'

/** What a failed output of go means, from the catalogue. */
export interface Explanation {
  /** Of the catalogue; `GO_FAILED` where it does not know these words. */
  readonly code: string
  readonly layer: Layer
  readonly message: string
  readonly hint: string
  /** `path@version`, where go names one. */
  readonly module: string | null
  /** go's decisive line; sanitised. */
  readonly said: string
  /** Codes of what else failed in the same output. */
  readonly also: readonly string[]
  /** Other modules that it names. */
  readonly others: readonly string[]
}

/** undefined: there is nothing that failed in it. @param output of a go command: its standard error, or a whole log of a job */
export function explainOutput(output: string): Explanation | undefined {
  const text = withoutTimes(output)
  if (text.trim() === '') return undefined
  const failure = withWordsOfGit(refusedByHttpProxy(classifyInstallError(text)), text)
  if (failure.code === 'GO_FAILED' && failure.text === '') return undefined
  const modules = modulesNamedIn(text)
  const rest = blocksOf(text).map(block => classifyGoError(block).code)
  return {
    code: failure.code,
    layer: layerOf(failure.code),
    message: failure.code === 'GO_FAILED' ? UNKNOWN : failure.message,
    hint: fitHint(failure.code === 'GO_FAILED' ? ASK : failure.hint, 'plain go'),
    module: failure.module ?? null,
    said: said(failure),
    also: [...new Set(rest)].filter(code => code !== failure.code && code !== 'GO_FAILED'),
    others: modules.filter(module => module !== failure.module).slice(0, MOST_OTHERS),
  }
}

/** What git and ssh say and the catalogue leaves to those who know the job's credentials. Texts of git 2.39, OpenSSH 9.2. */
const OF_GIT: readonly (Pick<GoFailure, 'code' | 'message' | 'hint'> & { readonly pattern: RegExp })[] = [
  {
    code: 'GIT_HOST_KEY',
    pattern: /HOST IDENTIFICATION HAS CHANGED/,
    message: 'A host has an SSH host key other than the one that is known here.',
    hint: 'Compare the key with the host’s documentation. If the host has a new key, `ssh-keygen -R HOST` removes the old one; if not, another server answers in its place.',
  },
  {
    code: 'GIT_FORBIDDEN',
    pattern: /returned error: 403\b/,
    message: 'A repository accepts the login, but forbids this.',
    hint: 'Allow the token to read this repository (GitHub: Contents, read; GitLab: read_repository), and authorize it for the organisation’s single sign-on.',
  },
  {
    code: 'GIT_UNREACHABLE',
    pattern: /ssh: (connect to host|Could not resolve hostname)|Failed to connect to|Connection (timed out|closed by)/,
    message: 'git cannot reach a repository’s host.',
    hint: 'Is the host’s name right, and can this machine reach it (VPN, firewall, HTTPS_PROXY, NO_PROXY)?',
  },
]

function withWordsOfGit(failure: GoFailure, text: string): GoFailure {
  if (failure.code !== 'GO_FAILED') return failure
  const own = readLines(text).filter(({ said }) => said === 'by go')
  for (const { pattern, ...known } of OF_GIT) {
    const line = own.find(({ words }) => pattern.test(words))
    if (line !== undefined) return { ...failure, ...known, text: line.text.trim().slice(0, SAID_BYTES) }
  }
  return failure
}

/**
 * Of a connection that the network's own proxy did not open, go tells only the proxy's reason phrase, with nothing before it:
 * its own errors begin in lower case. Source: net/http, Transport.dialConn.
 */
function refusedByHttpProxy(failure: GoFailure): GoFailure {
  const isReason = /\b(?:Get|Head) "https:\/\/[^"\s]+": [A-Z][\w -]*$/.test(failure.text)
  if (!isReason || !['GO_FAILED', 'HTTP_NOT_FOUND'].includes(failure.code)) return failure
  const { code, message, hint } = GO_MESSAGES.find(one => one.code === 'HTTP_PROXY_TARGET') ?? failure
  return { ...failure, code, message, hint }
}

const UNKNOWN = 'This message of go is not in the catalogue.'
const ASK = '`go-proxy-setup doctor` in the directory of the project looks for the cause itself.'
const MOST_OTHERS = 10

/** GitHub's and others' logs have the time before each line, and colours. */
function withoutTimes(output: string): string {
  return output
    .split('\n')
    .map(line =>
      line
        .replace(/^\uFEFF?\d{4}-\d\d-\d\dT[\d:.]+Z ?/, '')
        .replace(/^##\[error\]/, '')
        .replace(COLOURS, ''),
    )
    .join('\n')
}

const COLOURS = /\u001b\[[\d;]*m/g

/** Each of go's lines about a module, with what git or a server said behind it. */
function blocksOf(text: string): readonly string[] {
  return text.split(/\n(?=go: |verifying |\S+@v\d)/)
}

function said({ text }: GoFailure): string {
  return redactUrl(sanitizeLine(text, SAID_BYTES)).replace(/^go: /, '')
}

const SAID_BYTES = 500

export function renderExplanation(explanation: Explanation, { columns, paint }: Screen): string {
  const { code, layer, message, hint, module, said: words, also, others } = explanation
  const room = columns ?? Number.POSITIVE_INFINITY
  const about =
    module === null ? '' : ` (${module}${others.length === 0 ? '' : `, and ${count(others.length, 'other module')}`})`
  const lines = [
    `${paint(code === 'GO_FAILED' ? 'yellow' : 'red', layer)}: ${message}${about} [${code}]`,
    hint,
    ...(words === '' ? [] : [`go says: ${words}`]),
    ...(also.length === 0 ? [] : [`In the same output: ${also.join(', ')}.`]),
  ]
  return `${lines
    .filter(line => line !== '')
    .flatMap(line => wrapWords(line, room))
    .join('\n')}\n`
}
