import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface MeasuredRun {
  /** From start to exit. */
  readonly seconds: number
  /** The process's own, without its children's; 0 where the system does not tell. */
  readonly peakBytes: number
  /** What it wrote to standard output. */
  readonly output: string
}

export interface Program {
  /** For errors. */
  readonly name: string
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

const LOOK_MS = 50
const WORDS_CHARACTERS = 3_000

/** Runs a program to its end. Rejects with its last words where it fails. */
export async function runMeasured({ name, file, args, cwd, env }: Program): Promise<MeasuredRun> {
  const start = performance.now()
  const child = spawn(file, [...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const output: Buffer[] = []
  child.stdout.on('data', (data: Buffer) => output.push(data))
  let words = ''
  child.stderr.on('data', (data: Buffer) => {
    words = (words + data).slice(-WORDS_CHARACTERS)
  })
  let peakBytes = 0
  const look = setInterval(() => {
    peakBytes = Math.max(peakBytes, memoryOf(child.pid, 'VmHWM'))
  }, LOOK_MS)
  const code = await new Promise(resolve => child.on('close', resolve))
  const seconds = (performance.now() - start) / 1000
  clearInterval(look)
  if (code !== 0) throw new Error(`${name} ended with ${code}:\n${words}`)
  return { seconds, peakBytes, output: Buffer.concat(output).toString() }
}

/** Bytes: resident now (`VmRSS`) or at most so far (`VmHWM`); 0 where the system does not tell. */
export function memoryOf(processId: number | undefined, name: 'VmRSS' | 'VmHWM'): number {
  try {
    const status = readFileSync(`/proc/${processId}/status`, 'utf8')
    return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}
