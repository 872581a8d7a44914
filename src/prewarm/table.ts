import type { Screen } from '../report/screen.ts'
import { formatBytes, formatMs } from '../report/units.ts'
import { columnsOf, padStartTo, padTo, shortenTo, wrapWords } from '../text/columns.ts'
import { count } from '../text/count.ts'
import { sanitizeLine } from '../text/sanitiser.ts'
import type { ProxyWarmth, Quantiles } from './tally.ts'
import { failuresOf, isWarm, MOST_NAMED, nameOf, type WarmResult } from './warmed.ts'

/** Figures behind the proxy's name. */
const FIGURES: readonly { readonly head: string; readonly cell: (one: ProxyWarmth) => string }[] = [
  { head: 'modules', cell: ({ modules }) => String(modules) },
  { head: 'files', cell: ({ files }) => String(files) },
  { head: 'bytes', cell: ({ bytes }) => formatBytes(bytes) },
  { head: 'warm', cell: ({ alreadyWarm }) => String(alreadyWarm) },
  { head: 'refused', cell: ({ refused }) => String(refused) },
  { head: 'failed', cell: ({ failed, notAsked }) => String(failed.length + notAsked) },
  { head: 'time', cell: ({ ms }) => formatMs(ms) },
]

const LEAST_NAME = 16

/** The table, what the proxies showed, and what failed. */
export function renderWarm(result: WarmResult, { columns = Number.POSITIVE_INFINITY, paint }: Screen): string {
  const { proxies } = result
  const widths = FIGURES.map(({ head, cell }) => Math.max(head.length, ...proxies.map(one => cell(one).length)))
  const room = Math.max(LEAST_NAME, columns - widths.reduce((sum, width) => sum + width + 2, 0))
  const names = proxies.map(({ name }) => shortenTo(name, room))
  const nameWidth = Math.max('proxy'.length, ...names.map(columnsOf))
  const write = (name: string, textOf: (i: number) => string) =>
    [padTo(name, nameWidth), ...widths.map((width, i) => padStartTo(textOf(i), width))].join('  ')
  const rows = proxies.map((one, row) => write(names[row] ?? '', i => FIGURES[i]?.cell(one) ?? ''))
  const head = write('proxy', i => FIGURES[i]?.head ?? '')
  const said = [...saidOf(result), ...namedFailures(result)].map(line => sanitizeLine(line))
  const lines = [
    paint('bold', head),
    ...rows.map(row => sanitizeLine(row)),
    '',
    ...said.flatMap(line => wrapWords(line, columns)),
  ]
  return `${lines.join('\n')}\n`
}

/** Sentences below the table. */
function saidOf(result: WarmResult): readonly string[] {
  const { proxies, leftOut, noProxy, stopped, seconds } = result
  return [
    ...proxies.flatMap(firstBytes),
    ...proxies.flatMap(({ name, elsewhere }) =>
      elsewhere === 0
        ? []
        : [`${name} lacks ${count(elsewhere, 'file')}, for which GOPROXY names another proxy after it.`],
    ),
    ...leftOut.map(({ name, why }) => `${name} was not asked: ${why}.`),
    ...(noProxy.length === 0
      ? []
      : [`${count(noProxy.length, 'module is', 'modules are')} private: go asks no proxy for them (GONOPROXY).`]),
    conclusion(result, stopped, seconds),
  ]
}

function firstBytes({ name, firstByteMs }: ProxyWarmth): readonly string[] {
  if (firstByteMs === undefined) return []
  const { median, most, longest } = firstByteMs
  return [
    `${name}: the first byte came after ${formatMs(median)} in the median, ${formatMs(most)} for 95 % of the files, ${formatMs(longest)} at most.`,
  ]
}

function conclusion(result: WarmResult, stopped: WarmResult['stopped'], seconds: number): string {
  const time = formatMs(seconds * 1000)
  if (stopped !== undefined) return `Stopped ${stopped} after ${time}: the proxies keep what they had fetched by then.`
  if (!isWarm(result)) return `Not everything is there (${time}).`
  const isWhole = result.proxies.every(({ elsewhere }) => elsewhere === 0)
  return `${isWhole ? 'Everything' : 'Everything else'} is there (${time}).`
}

function namedFailures(result: WarmResult): readonly string[] {
  const failures = failuresOf(result)
  if (failures.length === 0) return []
  const named = failures.slice(0, MOST_NAMED)
  const more = failures.length - named.length
  return [
    '',
    ...named.map(one => `  ${nameOf(one)} from ${one.proxy}: ${one.reason} [${one.code}]`),
    ...(more === 0 ? [] : [`  and ${more} more`]),
  ]
}

/** For a program. Times in milliseconds or seconds as the name says, sizes in bytes. */
export function warmToJson(result: WarmResult) {
  const { proxies, leftOut, noProxy, stopped, seconds } = result
  return {
    version: 1,
    result: stopped !== undefined ? 'stopped' : isWarm(result) ? 'ok' : 'failed',
    proxies: proxies.map(({ name, trust, failed, firstByteMs, gaveUp, ms, ...figures }) => ({
      proxy: name,
      trust,
      ...figures,
      firstByteMs: firstByteMs === undefined ? null : roundedQuantiles(firstByteMs),
      gaveUp: gaveUp ?? null,
      failed: failed.length,
      failures: failed.slice(0, MOST_NAMED).map(({ module, kind, code, reason }) => ({
        module: module.path,
        version: module.version,
        kind,
        code,
        reason,
      })),
      seconds: Number((ms / 1000).toFixed(1)),
    })),
    leftOut,
    privateModules: noProxy.length,
    seconds,
  }
}

/** Milliseconds to a tenth. */
function roundedQuantiles({ median, most, longest }: Quantiles) {
  const round = (ms: number) => Number(ms.toFixed(1))
  return { median: round(median), percentile95: round(most), longest: round(longest) }
}
