import { endianness } from 'node:os'
import { join, resolve } from 'node:path'
import { Command, Option } from 'commander'
import { type CheckWorld, withBundle } from '../../bundle/check.ts'
import { unpackBundle } from '../../bundle/unpack.ts'
import { fileProxyVariables } from '../../bundle/variables.ts'
import { type BundlePlace, type BundleSource, findObstacle, writeBundle } from '../../bundle/write.ts'
import { FORMAT_NAMES, type FormatName, renderVariables } from '../../environment/formats/format.ts'
import { goVariables } from '../../environment/variables.ts'
import { ok, type Problem, type Result } from '../../errors.ts'
import { renderJson } from '../../report/json.ts'
import type { Story } from '../../report/story.ts'
import { tell, tellStopped } from '../../report/tell.ts'
import { count, formatBytes } from '../../report/units.ts'
import { openTree } from '../../runner/new-tree.ts'
import { openStagings } from '../../runner/temporary.ts'
import { goPlatformOf } from '../../toolchain/places.ts'
import { DONE, exitCodeOf, FAILED, refuse } from '../exit-code.ts'
import { examplesOf, headingOf, layOut } from '../help.ts'
import { type Options, readInputsFrom } from '../options.ts'
import { runJobHere } from '../run-here.ts'
import { inWorld, type VerbWorld } from '../world.ts'

/** Downloads as `run` does, and writes what it verified into one file. @returns the exit code */
export function bundle(options: Options): Promise<number> {
  return inWorld(world => downloadAndWrite(options, world))
}

async function downloadAndWrite(options: Options, world: VerbWorld): Promise<number> {
  const { effects, temporaryDirectory, signal } = world
  const { log } = effects
  const { output } = options as { readonly output?: string }
  if (output === undefined) return refuse([NO_OUTPUT], log)
  if (output === '-') return refuse([NO_STANDARD_OUTPUT], log)
  const read = await readInputsFrom(options, world)
  if (!read.ok) return refuse(read.problems, log)
  const { inputs, warnings } = read.value
  const place = await placeOf(output, inputs.workingDirectory.workspace, world)
  const obstacle = await findObstacle(place.path, effects.files)
  if (obstacle !== undefined) return refuse([obstacle], log, FAILED)
  const moduleStore = { kind: 'named', path: join(temporaryDirectory, 'module-store') } as const
  const wanted = { inputs: { ...inputs, download: true, moduleStore }, warnings }
  const keptGoZip = join(temporaryDirectory, 'go.zip')
  const { story, report, push } = await runJobHere(wanted, world, { keptGoZip })
  log.endProgress()
  // Where the modules lay meanwhile is nothing to tell.
  const { moduleStore: _, ...told } = report
  if (signal.aborted) {
    await tellStopped(story, told, log)
    return FAILED
  }
  await tell(told, log)
  const exitCode = await writeWhatCame(story, place, options, world)
  await push()
  return exitCode
}

/** A link of the user's is followed; one in a checkout may be another's, and is replaced. */
async function placeOf(
  output: string,
  confinedTo: string | undefined,
  { effects, cwd }: Pick<VerbWorld, 'effects' | 'cwd'>,
): Promise<BundlePlace> {
  const named = resolve(cwd, output)
  const real = confinedTo === undefined ? await effects.files.realPath(named) : undefined
  return { path: real ?? named, confinedTo }
}

async function writeWhatCame(story: Story, place: BundlePlace, options: Options, world: VerbWorld): Promise<number> {
  const { moduleStore: store, toolchain } = story
  if (story.failure !== undefined || store === undefined) return exitCodeOf(story)
  if (store.files.length === 0 && toolchain?.zip === undefined)
    return refuse([nothingToWrite(story.project)], world.effects.log, FAILED)
  return write({ store, go: toolchain?.zip }, place, options, world)
}

async function write(
  source: BundleSource,
  place: BundlePlace,
  options: Options,
  { effects, signal }: VerbWorld,
): Promise<number> {
  const { log } = effects
  const { store, go } = source
  const { path } = place
  const written = await writeBundle(source, place, { ...effects, signal })
  if (!written.ok) return refuse(written.problems, log, FAILED)
  const { bytes, sha256 } = written.value
  const modules = store.files.filter(({ kind }) => kind === 'zip').length
  const version = go?.version.slice(2)
  const withGo = version === undefined ? '' : ` and Go ${version}`
  log.info(`${path}: ${count(modules, 'module')}${withGo}, ${formatBytes(bytes)}, SHA-256 ${sha256}`)
  const result = { file: path, bytes, sha256, modules, leftOut: store.leftOut, go: version ?? null }
  if (options['json'] === true) process.stdout.write(renderJson(result))
  return DONE
}

const NO_OUTPUT: Problem = {
  code: 'USAGE_NO_OUTPUT',
  message: 'bundle needs the name of the file to write.',
  hint: 'Name it: go-proxy-setup bundle -o modules.tar',
}

const NO_STANDARD_OUTPUT: Problem = {
  ...NO_OUTPUT,
  message: '-o -: a bundle cannot go to standard output, because its file gets its name only when it is whole.',
}

function nothingToWrite(project: Story['project']): Problem {
  const why =
    project === undefined || project.directories.length === 0
      ? 'there is no go.mod here'
      : project.vendored
        ? 'the modules of this project are in its vendor directory'
        : 'this project needs no module that go.sum has a zip of'
  return {
    code: 'BUNDLE_EMPTY',
    message: `There is nothing for a bundle: ${why}, and no Go was asked for.`,
    hint: 'Name the directory of a module that needs others, or ask for Go: go-proxy-setup bundle -C DIR --go-version stable -o modules.tar',
  }
}

const VERIFY_EXAMPLES = [['go-proxy-setup bundle verify modules.tar', 'whether it came over whole']] as const

const USE_EXAMPLES = [
  ['eval "$(go-proxy-setup bundle use modules.tar --to go-modules)"', 'for this shell'],
  ['go-proxy-setup bundle use modules.tar --to go-modules --format dotenv >.env', 'for other programs'],
] as const

/** Adds `verify` and `use`, which need no project and no network. */
export function describeBundle(verb: Command, columns: number | undefined, onEnd: (exitCode: number) => void): void {
  const below = (name: string, description: string, examples: readonly (readonly [string, string])[]) =>
    layOut(new Command(name), columns)
      .description(description)
      .exitOverride()
      .allowExcessArguments(false)
      .argument('<file>', 'A file that bundle -o wrote.')
      .addOption(
        new Option('--sha256 <hex>', 'The SHA-256 that the whole file must have, as bundle -o printed it.').helpGroup(
          headingOf('reports'),
        ),
      )
      .addHelpText('after', examplesOf({ examples }))
  const verify = below('verify', 'check every file in a bundle and say which are wrong', VERIFY_EXAMPLES).action(
    async (file: string, options: BundleOptions) => onEnd(await inWorld(world => verifyBundle(file, options, world))),
  )
  const use = below('use', 'check a bundle, unpack it and print the settings', USE_EXAMPLES)
    .addOption(
      new Option('--to <directory>', 'Where to unpack it: a directory that is not there yet.')
        .makeOptionMandatory()
        .helpGroup(headingOf('project')),
    )
    .addOption(
      new Option('--format <format>', 'How to print the settings.')
        .choices(FORMAT_NAMES)
        .default('shell')
        .helpGroup(headingOf('reports')),
    )
    .action(async (file: string, options: UseOptions) => onEnd(await inWorld(world => useBundle(file, options, world))))
  verb
    .enablePositionalOptions()
    .addOption(new Option('-o, --output <file>', 'The file to write.').helpGroup(headingOf('reports')))
    .addCommand(verify)
    .addCommand(use)
}

interface BundleOptions {
  readonly sha256?: string
}

interface UseOptions extends BundleOptions {
  readonly to: string
  readonly format: FormatName
}

/** @returns the exit code: 1 where it is not whole */
async function verifyBundle(path: string, { sha256 }: BundleOptions, world: VerbWorld): Promise<number> {
  const { effects, cwd } = world
  const { log } = effects
  const checked = await withBundle(resolve(cwd, path), checking(world), async one => isMeant(one.sha256, sha256))
  if (!checked.ok) return refuse(checked.problems, log, FAILED)
  log.info(`${path} is whole: SHA-256 ${checked.value}`)
  return DONE
}

async function useBundle(path: string, { to, format, sha256 }: UseOptions, world: VerbWorld): Promise<number> {
  const { effects, signal, cwd } = world
  const { log, env, platform } = effects
  const used = await withBundle(resolve(cwd, path), checking(world), async (one, file) => {
    const meant = isMeant(one.sha256, sha256)
    if (!meant.ok) return meant
    return unpackBundle(one, file, resolve(cwd, to), {
      ...effects,
      signal,
      openTree,
      inStaging: openStagings(effects, process.pid),
      arch: process.arch,
      platform: goPlatformOf(platform, process.arch, endianness()),
    })
  })
  if (!used.ok) return refuse(used.problems, log, FAILED)
  const { modules, goroot, warnings } = used.value
  const go = goroot === undefined ? {} : goVariables(goroot, env)
  const variables = Object.entries({ ...go, ...fileProxyVariables(modules) })
  const rendered = renderVariables(
    format,
    variables.map(([name, value]) => ({ name, value })),
    env,
  )
  if (!rendered.ok) return refuse(rendered.problems, log, FAILED)
  for (const warning of [...warnings, ...rendered.value.warnings]) log.warning(warning)
  log.info(`Unpacked ${path} into ${to}${goroot === undefined ? '' : ', with Go itself'}.`)
  process.stdout.write(rendered.value.text)
  return DONE
}

function checking({ effects: { env, files }, signal }: VerbWorld): CheckWorld {
  return { files, gosumdb: env['GOSUMDB'] ?? '', signal }
}

function isMeant(found: string, wanted: string | undefined): Result<string> {
  if (wanted === undefined || wanted.trim().toLowerCase() === found) return ok(found)
  return {
    ok: false,
    problems: [
      {
        code: 'BUNDLE_OTHER',
        message: `The bundle has the SHA-256 ${found}, not the one that --sha256 gives.`,
        hint: 'It is another bundle, or was changed. Nothing of it was used.',
      },
    ],
  }
}
