import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Collector, startCollector } from '../__tests__/support/servers/collector.ts'
import { startSilence } from '../__tests__/support/servers/internet.ts'
import { startOrigin } from './origin.ts'
import type { Program } from './program.ts'
import { costsOf, type Mark, medianOf, NOTHING, tell, waitOf } from './report-costs.ts'
import { inRounds } from './rounds.ts'
import { programUnderTest, timeStep } from './step.ts'
import { makeSynthetic } from './synthetic.ts'

const PROMISED = { logMs: 10, traceMs: 300, silentMs: 2_000 }

const METRICS = 'metrics.prom'
const FILES = ['--report-file', 'report.json', '--metrics-file', METRICS]

type Marks = readonly Mark[]

/**
 * Runs of the command with its log for people and for programs, and with a collector that answers or is silent, in turn:
 * what the one log costs beyond the other, and how long a trace holds up the end.
 */
export async function tellLogs(modules: number, runs: number, program: Program): Promise<boolean> {
  console.log(`logs and traces: a command that downloads ${modules} modules, ${runs} runs of each, medians`)
  const synthetic = makeSynthetic(modules, 20_000)
  const scratch = mkdtempSync(join(tmpdir(), 'marks-'))
  const origin = await startOrigin({ directory: synthetic.store, rttMs: 5 })
  const [collector, silence] = [await startCollector(), await startSilence()]
  const play = (format: 'text' | 'json', endpoint?: string) => async (): Promise<Marks> => {
    const path = join(scratch, 'marks.json')
    const command = programUnderTest(program, [origin.url], 'run', '--log-format', format, ...FILES)
    const env = {
      NODE_OPTIONS: `--import=${new URL('./report-marks.mjs', import.meta.url).href}`,
      BENCHMARK_MARKS: path,
      ...(endpoint === undefined ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }),
    }
    rmSync(path, { force: true })
    await timeStep(synthetic.project, [origin.cert], { ...command, env })
    return JSON.parse(readFileSync(path, 'utf8')) as Marks
  }
  try {
    const {
      ours: text,
      json,
      healthy,
      silent,
    } = await inRounds(runs, {
      ours: play('text'),
      json: play('json'),
      healthy: play('text', collector.url),
      silent: play('text', `http://127.0.0.1:${silence.port}`),
    })
    const ok = [tellCosts(text, json), tellTraces(healthy, silent, collector, runs)]
    return ok.every(Boolean)
  } finally {
    await Promise.all([origin.close(), collector.close(), silence.close()])
    rmSync(scratch, { recursive: true, force: true })
    synthetic.remove()
  }
}

function tellCosts(text: readonly Marks[], json: readonly Marks[]): boolean {
  const partOf = (name: string) => (marks: Marks) => (costsOf(marks, [METRICS, 'log']).parts[name] ?? NOTHING).cpuMs
  const [people, programs] = [medianOf(text, partOf('log')), medianOf(json, partOf('log'))]
  const metrics = medianOf([...text, ...json], partOf(METRICS))
  const added = programs - people + metrics
  tell('the report as log', `${people.toFixed(1)} ms CPU`, true, '')
  tell('the same as JSON', `${programs.toFixed(1)} ms CPU`, true, '')
  // With all lines before the report, and with the noise of everything else.
  const whole = text.map((marks, i) => (json[i]?.at(-1)?.cpuMs ?? 0) - (marks.at(-1)?.cpuMs ?? 0))
  const range = `${Math.min(...whole).toFixed(0)} to ${Math.max(...whole).toFixed(0)}`
  tell(
    'whole process with JSON, beyond without',
    `${medianOf(whole, one => one).toFixed(0)} ms CPU (${range})`,
    true,
    '',
  )
  return tell(
    'metrics, and JSON beyond the log',
    `${added.toFixed(1)} ms CPU`,
    added <= PROMISED.logMs,
    `at most ${PROMISED.logMs} ms`,
  )
}

function tellTraces(
  healthy: readonly Marks[],
  silent: readonly Marks[],
  { requests }: Collector,
  runs: number,
): boolean {
  if (requests.length !== runs) throw new Error(`of ${runs} traces ${requests.length} came`)
  const waitFor = (marks: Marks) => waitOf(marks, METRICS)
  const [sent, given] = [medianOf(healthy, waitFor), medianOf(silent, waitFor)]
  const bytes = Math.round(medianOf(requests, ({ body }) => body.length) / 1_000)
  const ok = [
    tell(
      `a trace of ${bytes} kB, sent`,
      `${sent.toFixed(0)} ms`,
      sent <= PROMISED.traceMs,
      `at most ${PROMISED.traceMs} ms`,
    ),
    tell(
      'to a silent collector',
      `${given.toFixed(0)} ms`,
      given <= PROMISED.silentMs,
      `at most ${PROMISED.silentMs} ms`,
    ),
  ]
  return ok.every(Boolean)
}
