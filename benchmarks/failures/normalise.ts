import { dirname } from 'node:path'
import type { Job } from '../../__tests__/support/worlds/fake-runner.mjs'
import type { Read } from './failure.ts'

/** What a scene knows of what varies from run to run. */
export interface Names {
  readonly job: Job
  /** Of the scene's servers on loopback, in the order in which they were started: read as 8001, 8002, … */
  readonly ports: readonly number[]
  /** Of the HTTP proxy that leads to the scene's internet: read as 3128. */
  readonly internet: number | undefined
  /** The directory of the go command; undefined: the one in PATH. */
  readonly goBin: string | undefined
  /** Of that go, without `go`: `1.26.8`, read as `1.x`. */
  readonly goVersion: string
  readonly product: string
}

type Rule = readonly [pattern: RegExp, replacement: string]

/**
 * What the user reads, the same whenever and wherever it is played: no times, ports, temporary paths, nor the version of
 * Go. Each rule is here; what no rule names must not vary.
 */
export function normalise(read: Read, names: Names): Read {
  const rules = [...rulesOf(names), ...RULES]
  const one = (text: string) =>
    rules.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text)
  const all = (lines: readonly string[]) => lines.map(one)
  return {
    call: one(read.call),
    log: withoutTables(all(read.log)).filter(line => !PROGRESS.test(line)),
    places: all(read.places),
    summary: one(read.summary),
    output: all(read.output),
    exit: read.exit,
  }
}

function rulesOf({ job, ports, internet, goBin, goVersion, product }: Names): readonly Rule[] {
  const texts: readonly (readonly [string | undefined, string])[] = [
    [job.workspace, '/work'],
    [job.temp, '/temp'],
    [job.base['HOME'], '/home'],
    [job.root, '/job'],
    [goBin && dirname(goBin), '/usr/local/go'],
    [product, 'dist/index.js'],
    [process.execPath, 'node'],
    [goVersion, '1.x'],
    ...ports.map((port, i): [string, string] => [`127.0.0.1:${port}`, `127.0.0.1:${8001 + i}`]),
    [internet === undefined ? undefined : `127.0.0.1:${internet}`, '127.0.0.1:3128'],
  ]
  return texts.flatMap(([from, to]) => (from ? [[new RegExp(quote(from), 'g'), to] as const] : []))
}

function quote(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** Times that the user gave as inputs have no space before their unit, and stay. */
const RULES: readonly Rule[] = [
  [/\b\d+(\.\d+)? (ms|s|min)\b/g, 'N s'],
  [/\b\d+(\.\d+)? [kMG]?B\/s/g, 'N MB/s'],
  // How many candidates were asked before the choice depends on the time.
  [/\b\d+ requests?, \d+ of them (a probe|probes)\b/g, 'N requests'],
  [/\b\d+ requests?\b/g, 'N requests'],
  // go repeats itself with each attempt, and their number depends on the time.
  [/\bWhat go said \(\d+ lines?\)/g, 'What go said (N lines)'],
  [/\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z is (after|before)\b/g, 'NOW is $1'],
  [/\bgo-proxy-setup-[0-9A-Za-z]{6}\b/g, 'go-proxy-setup-XXXXXX'],
  // The file that go writes a zip to.
  [/\.zip\d+\.tmp\b/g, '.zipN.tmp'],
  // Of the loopback gateway, which no name stands for.
  [/\b127\.0\.0\.1:\d{5}\b/g, '127.0.0.1:PORT'],
  // The resolver of this machine.
  [/\bon \d+\.\d+\.\d+\.\d+:53\b/g, 'on RESOLVER'],
  [/\b(linux|darwin|windows)\/(amd64|arm64)\b/g, 'linux/amd64'],
  // The columns of a table are as wide as what stands in them.
  [/(\S) {2,}/g, '$1  '],
]

/** Whether these lines come depends on the time: how far the download is, and phases that took long enough. */
const PROGRESS = /^(fetching|unpacking) \d+ of \d+ modules?, |^fetching Go |^▸ Where the time went$/

/** Tables in the log of a command have figures, and say nothing of the failure; on the page of a job they are folded. */
const TABLES: readonly string[] = ['Candidates', 'Settings', 'Where the time went']
const AFTER_TABLES = /^(warning|error|notice|Go modules|Module cache|\d+ )/

function withoutTables(lines: readonly string[]): readonly string[] {
  let inTable = false
  return lines.flatMap(line => {
    if (TABLES.includes(line)) {
      inTable = true
      return [`▸ ${line}`]
    }
    inTable &&= !AFTER_TABLES.test(line)
    return inTable ? [] : [line]
  })
}
