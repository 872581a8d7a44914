import { failed, ok, type Result } from '../errors.ts'
import { showCharacters } from '../text/characters.ts'
import { type Given, inputProblem, splitWords, type Word } from './given.ts'
import { parseWords } from './lists.ts'
import { correctProxy, findUrlFault } from './proxies.ts'
import { parsePath } from './values.ts'

/** The node exporter's textfile collector reads no other names. Devices take what they are given. */
export function parseMetricsFile(given: Given): Result<string> {
  const path = parsePath(given, false)
  if (!path.ok || /\.prom$|^\/dev\//.test(path.value)) return path
  const shown = showCharacters(path.value)
  const what = `\`${shown}\` does not end in .prom, and the node exporter’s textfile collector reads no other file`
  return failed(inputProblem(given, 'METRICS_FILE', what, { advice: `Write \`${withEnding(shown)}\` instead.` }))
}

function withEnding(path: string): string {
  const isDirectory = /(^|[/\\])\.{0,2}$/.test(path)
  if (isDirectory) return `${path.replace(/[/\\]$/, '')}/go-proxy-setup.prom`
  return `${path.replace(/\.(txt|metrics|prometheus|json)$/, '')}.prom`
}

const EXAMPLE = 'Write the URL of a Pushgateway, such as https://pushgateway.corp.example:9091.'

/** The one URL of a Pushgateway: http or https, with neither login nor query, which logs would show. */
export function parsePushUrl(given: Given): Result<string> {
  const parsed = parseWords(given, { parse: word => parseUrl(given, word), correct: correctProxy })
  if (!parsed.ok) return parsed
  const [url, second] = parsed.value
  if (url !== undefined && second === undefined) return ok(url)
  const [word] = splitWords(given.text)
  const what = word === undefined ? 'it must be one URL' : 'it must be one URL, and there are several words'
  return failed(inputProblem(given, 'PUSH_URL', what, { advice: EXAMPLE }))
}

function parseUrl(given: Given, word: Word): Result<string> {
  const fault = findUrlFault(word.text, word, true)
  if (fault === undefined) return ok(word.text)
  const { code } = fault
  // The words of these are about module proxies.
  const what = code === 'URL_QUERY' ? fault.what.replace('proxies do', 'a Pushgateway does') : fault.what
  const advice = code === 'URL_SCHEME' || code === 'URL_SEPARATOR' ? EXAMPLE : fault.advice
  return failed(inputProblem(given, code, what, { line: word.line, advice: advice ?? EXAMPLE }))
}
