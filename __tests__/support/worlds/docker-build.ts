import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Copy, DockerfileParser, type Env, type From, type Instruction, type Run } from 'dockerfile-ast'
import { machineGocache, switchTelemetryOff } from './project.ts'
import { type RanProgram, runProgram } from './run-program.ts'
import { WITHOUT_NETWORK } from './without-network.ts'

export interface DockerBuild {
  /** Text of the Dockerfile. */
  readonly dockerfile: string
  /** Name of the stage to build. */
  readonly target: string
  /** The build context. */
  readonly context: string
  /** Further contexts by name. */
  readonly contexts: Readonly<Record<string, string>>
  /** The image's root: empty. */
  readonly root: string
}

export interface DockerBuildEnd {
  /** Of the command that failed; 0: all went well. */
  readonly code: number
  readonly output: string
  /** The commands that ran. */
  readonly commands: readonly string[]
}

/**
 * Does what a Dockerfile says, on this machine's own Go in place of the image: each COPY, and each RUN with its mounts for
 * as long as it runs, without a network where it says `--network=none`. An absolute path is one below the image's root.
 */
export async function buildAsDocker({
  dockerfile,
  target,
  context,
  contexts,
  root,
}: DockerBuild): Promise<DockerBuildEnd> {
  const home = join(root, 'root')
  switchTelemetryOff(home)
  const env: Record<string, string> = { PATH: process.env['PATH'] ?? '', HOME: home, GOCACHE: machineGocache() }
  const inImage = (text: string) => text.replace(/(?<=^|[\s"']|file:\/\/)\/(?=(?:modules|out|src)\b)/g, `${root}/`)
  const commands: string[] = []
  let [cwd, output] = [root, '']
  for (const instruction of chainOf(dockerfile, target)) {
    switch (instruction.getKeyword()) {
      case 'ENV':
        for (const one of (instruction as Env).getProperties()) env[one.getName()] = inImage(one.getValue() ?? '')
        break
      case 'WORKDIR':
        cwd = inImage(argumentsOf(instruction).join(' '))
        mkdirSync(cwd, { recursive: true })
        break
      case 'COPY': {
        const paths = argumentsOf(instruction as Copy)
        for (const path of paths.slice(0, -1)) cpSync(join(context, path), join(cwd, path), { recursive: true })
        break
      }
      case 'RUN': {
        const command = inImage(argumentsOf(instruction).join(' '))
        commands.push(command)
        const { isCut, mounts } = flagsOf(instruction as Run)
        const links = mounts.flatMap(({ from, target: place }) => {
          if (from === undefined || place === undefined) return []
          const link = join(root, place)
          mkdirSync(dirname(link), { recursive: true })
          symlinkSync(contexts[from] ?? '', link)
          return [link]
        })
        const before = isCut ? (WITHOUT_NETWORK ?? []) : []
        const end = await run([...before, 'sh', '-ec', command], cwd, env)
        for (const link of links) rmSync(link)
        output += end.words
        if (end.code !== 0) return { code: end.code, output, commands }
      }
    }
  }
  return { code: 0, output, commands }
}

/** The instructions of a stage, and before them those of the stages that it is made from. */
function chainOf(dockerfile: string, target: string): readonly Instruction[] {
  const stages = new Map<string, { readonly from: string; readonly rest: Instruction[] }>()
  let rest: Instruction[] = []
  for (const instruction of DockerfileParser.parse(dockerfile).getInstructions()) {
    if (instruction.getKeyword() !== 'FROM') rest.push(instruction)
    else {
      const from = instruction as From
      rest = []
      stages.set(from.getBuildStage() ?? '', { from: from.getImage() ?? '', rest })
    }
  }
  const chain: Instruction[] = []
  for (let stage = stages.get(target); stage !== undefined; stage = stages.get(stage.from)) chain.unshift(...stage.rest)
  return chain
}

function argumentsOf(instruction: Instruction): readonly string[] {
  return instruction
    .getArguments()
    .map(one => one.getValue())
    .filter(text => !text.startsWith('--'))
}

function flagsOf(instruction: Run) {
  const flags = instruction.getFlags()
  const mounts = flags
    .filter(flag => flag.getName() === 'mount')
    .map(flag => Object.fromEntries((flag.getValue() ?? '').split(',').map(part => part.split('='))))
  const isCut = flags.some(flag => flag.getName() === 'network' && flag.getValue() === 'none')
  return { isCut, mounts: mounts as readonly { readonly from?: string; readonly target?: string }[] }
}

function run(
  [file = '', ...args]: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<RanProgram> {
  return runProgram(file, args, { cwd, env })
}
