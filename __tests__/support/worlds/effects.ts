import { createChildren } from '../../../src/runner/children.ts'
import { systemClock } from '../../../src/runner/clock.ts'
import { systemCommands } from '../../../src/runner/commands.ts'
import { systemFiles } from '../../../src/runner/files.ts'
import { systemRandom } from '../../../src/runner/random.ts'
import { openStagings } from '../../../src/runner/temporary.ts'

/** The world as the faces hand it to rooms: real files and real commands. */
export const realFiles = systemFiles(systemRandom)
export const realCommands = systemCommands(systemClock, process.platform, createChildren())
export const inStaging = openStagings(
  { files: realFiles, commands: realCommands, clock: systemClock, platform: process.platform },
  process.pid,
)
