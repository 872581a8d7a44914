import { spawn } from 'node:child_process'

/**
 * Runs a script in the shell that comes with git, on every system: to start git itself for each of many questions takes
 * several times as long as its answer. @param script of sh; the arguments are its `$@` @returns what it printed
 */
export function runInGitsShell(
  script: string,
  args: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['-c', `alias.run=!f() { ${script}; }; f`, 'run', ...args], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let printed = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk
    })
    child.on('error', reject)
    child.on('close', () => resolve(printed))
  })
}
