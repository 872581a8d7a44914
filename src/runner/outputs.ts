import { existsSync, statSync } from 'node:fs'
import * as core from '@actions/core'
import type { Environment, Files, Outputs } from '../effects.ts'
import { type Problem, reasonOf, whyNotWritten } from '../errors.ts'

/** Linux hands no longer variable to a process, name and `=` included: the next step could not start. */
const VARIABLE_BYTES = 131_071
/** The runner drops a larger summary whole. */
const SUMMARY_BYTES = 1 << 20

/**
 * Through the command files alone: where the runner gave none (or it vanished) the toolkit would print commands to
 * standard output, of which the runner refuses half; that is a problem to report instead.
 */
export function actionsOutputs(env: Environment, files: Pick<Files, 'deliver'>): Outputs {
  return {
    exportVariable: (name, value) =>
      findVariableFault(name, value) ?? write(env, 'GITHUB_ENV', name, () => core.exportVariable(name, value)),
    addPath: directory =>
      findVariableFault('PATH', directory) ?? write(env, 'GITHUB_PATH', 'PATH', () => core.addPath(directory)),
    addMatcher: path => core.info(`::add-matcher::${path.replaceAll('%', '%25')}`),
    saveState: (name, value) =>
      findVariableFault(`STATE_${name}`, value) ?? write(env, 'GITHUB_STATE', name, () => core.saveState(name, value)),
    setOutput: (name, value) =>
      value.includes('\0')
        ? fault(name, 'its value contains a NUL')
        : write(env, 'GITHUB_OUTPUT', name, () => core.setOutput(name, value)),
    appendSummary: async markdown => {
      const path = env['GITHUB_STEP_SUMMARY']
      // A runner without summaries; the log says it all.
      if (!path) return undefined
      if (!existsSync(path)) return fault('the job summary', 'GITHUB_STEP_SUMMARY names no file')
      if (statSync(path).size + Buffer.byteLength(markdown) > SUMMARY_BYTES) {
        return fault('the job summary', 'with it the file would be over 1 MiB, and the runner would show nothing')
      }
      try {
        // As the toolkit does, which would wait for ever for the reader of a FIFO.
        await files.deliver(path, markdown, { append: true })
        return undefined
      } catch (error) {
        return fault('the job summary', whyNotWritten(error))
      }
    },
  }
}

/** A line break would begin another variable for programs that read the file line by line; NUL ends a variable early. */
function findVariableFault(name: string, value: string): Problem | undefined {
  if (/[\0\r\n]/.test(value)) return fault(name, 'its value contains a line break or NUL')
  const bytes = Buffer.byteLength(`${name}=${value}`)
  return bytes > VARIABLE_BYTES ? fault(name, `${bytes} bytes are more than a variable can hold`) : undefined
}

function write(env: Environment, file: string, name: string, act: () => void): Problem | undefined {
  const path = env[file]
  if (!path || !existsSync(path)) return fault(name, `${file} names no file`)
  try {
    act()
    return undefined
  } catch (error) {
    return fault(name, reasonOf(error))
  }
}

function fault(name: string, reason: string): Problem {
  return {
    code: 'RUNNER_COMMAND_FILE',
    message: `${name} could not be passed to the runner: ${reason}.`,
    hint: 'Later steps run as they would without this action. Does an earlier step change the GITHUB_* variables?',
  }
}
