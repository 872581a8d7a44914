import { execFile } from 'node:child_process'

export interface GoRun {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the real go to its end; servers in this process can answer it meanwhile. The kill timer is no assertion. */
export function runGo(
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<GoRun> {
  return new Promise(resolve => {
    execFile('go', [...args], { ...options, timeout: 60_000, maxBuffer: 16 << 20 }, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      resolve({ exitCode, stdout, stderr: stderr || (error?.message ?? '') })
    })
  })
}
