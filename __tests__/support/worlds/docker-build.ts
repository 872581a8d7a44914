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
  /** Files that `--secret` names, by id. */
  readonly secrets?: Readonly<Record<string, string>>
  /** What the builder gives every command: the network's own proxy, certificates to trust. */
  readonly env?: Readonly<Record<string, string>>
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
 * as long as it runs, without a network where it says `--network=none`. An absolute path is one below the image's root; a
 * cache is the machine's own GOCACHE.
 */
export async function buildAsDocker(build: DockerBuild): Promise<DockerBuildEnd> {
  const { dockerfile, target, context, root } = build
  const home = join(root, 'root')
  switchTelemetryOff(home)
  const env: Record<string, string> = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    // As the images of golang have it.
    GOPATH: join(root, 'go'),
    GOCACHE: machineGocache(),
    ...build.env,
  }
  const inImage = (text: string) =>
    text.replace(/(?<=^|[\s"'=]|file:\/\/)\/(?=(?:modules|out|src|go|home)\b)/g, `${root}/`)
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
        const end = await runMounted(instruction as Run, ['sh', '-ec', command], { build, cwd, env })
        output += end.words
        if (end.code !== 0) return { code: end.code, output, commands }
      }
    }
  }
  return { code: 0, output, commands }
}

interface RunWorld {
  readonly build: DockerBuild
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

/** Runs a command with the mounts of its instruction, which are gone when it has ended. */
async function runMounted(
  instruction: Run,
  command: readonly string[],
  { build, cwd, env }: RunWorld,
): Promise<Pick<RanProgram, 'code' | 'words'>> {
  const { isCut, mounts } = flagsOf(instruction)
  const missing = mounts.find(mount => mount.required === 'true' && sourceOf(mount, build) === undefined)
  if (missing !== undefined) return { code: 1, words: `secret ${missing.id}: not found\n` }
  const links = mounts.flatMap(mount => {
    const source = sourceOf(mount, build)
    if (source === undefined || mount.target === undefined) return []
    const link = join(build.root, mount.target)
    mkdirSync(dirname(link), { recursive: true })
    // A mount hides what is there; of a cache that is one that go has made before, without the mount.
    if (mount.type === 'cache') rmSync(link, { recursive: true, force: true })
    symlinkSync(source, link)
    return [link]
  })
  try {
    return await run([...(isCut ? (WITHOUT_NETWORK ?? []) : []), ...command], cwd, env)
  } finally {
    for (const link of links) rmSync(link)
  }
}

interface Mount {
  readonly type?: string
  readonly from?: string
  readonly id?: string
  readonly target?: string
  readonly required?: string
}

/** What a mount shows; undefined: it was not given. */
function sourceOf({ type, from, id }: Mount, { contexts, secrets = {} }: DockerBuild): string | undefined {
  if (type === 'cache') return machineGocache()
  return type === 'secret' ? secrets[id ?? ''] : contexts[from ?? '']
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
  return { isCut, mounts: mounts as readonly Mount[] }
}

function run(
  [file = '', ...args]: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<RanProgram> {
  return runProgram(file, args, { cwd, env, timeoutMs: 300_000 })
}
