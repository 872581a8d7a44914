import * as core from '@actions/core'
import type { Environment } from '../effects.ts'
import { failed, ok, type Result } from '../errors.ts'

/** What a job can be told: variables for later steps, outputs, state for the post step, the summary. */
export interface Outputs {
  exportVariable(name: string, value: string): Result<void>
  setOutput(name: string, value: string): Result<void>
  saveState(name: string, value: string): Result<void>
}

/**
 * Through the command files alone: where the runner gave none (or it vanished) the toolkit would print commands to
 * standard output, of which the runner refuses half; that is a problem to report instead.
 */
export function actionsOutputs(env: Environment): Outputs {
  const write = (file: string, name: string, value: string, act: () => void): Result<void> => {
    if (!env[file]) return failed(fault(name, `${file} is not set`))
    if (/[\0\r\n]/.test(value) && file !== 'GITHUB_OUTPUT') return failed(fault(name, 'its value holds a line break'))
    try {
      act()
      return ok(undefined)
    } catch (error) {
      return failed(fault(name, error instanceof Error ? error.message : String(error)))
    }
  }
  return {
    exportVariable: (name, value) => write('GITHUB_ENV', name, value, () => core.exportVariable(name, value)),
    setOutput: (name, value) => write('GITHUB_OUTPUT', name, value, () => core.setOutput(name, value)),
    saveState: (name, value) => write('GITHUB_STATE', name, value, () => core.saveState(name, value)),
  }
}

function fault(name: string, reason: string) {
  return {
    code: 'RUNNER_COMMAND_FILE',
    message: `${name} could not be handed to the runner: ${reason}.`,
    hint: 'Later steps work as without this action. Does an earlier step change the GITHUB_* variables?',
  }
}
