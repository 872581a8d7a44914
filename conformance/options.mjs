import { Command, InvalidArgumentError, Option } from 'commander'

/** The whole takes some 3 minutes each way on two cores, and several times that with an empty build cache. */
const MINUTES_OF_A_PASS = 40
/** Go's own limit for a run of tests is of this order, too. */
const MOST_MINUTES = 600

/**
 * @typedef {{ run?: RegExp, sample: boolean, alone: boolean, network: boolean, timeout: number }} Options
 *   `timeout` in minutes, for each pass
 */

/** The command line of `npm run conformance`. @param {(options: Options) => Promise<void> | void} act */
export function describeConformance(act) {
  return new Command('npm run conformance --')
    .description(
      'Runs the script tests that come with Go and that download modules, with Go’s own test proxy: once directly, ' +
        'once behind `exec` (dist/ as it is on disk: build first). Exit code 1: a script has another result behind ' +
        '`exec`, or takes longer than twice its time plus 2 s, and conformance/expected.json does not say why; or what ' +
        'it lists is no longer so.',
    )
    .addOption(
      new Option('--run <pattern>', 'only scripts whose name matches, such as ^mod_get').argParser(regularExpression),
    )
    .addOption(new Option('--sample', 'the varied few of conformance/sample.json').default(false).conflicts('run'))
    .addOption(new Option('--alone', 'give every script the gateway alone, not the chain of `exec`').default(false))
    .addOption(new Option('--network', 'also scripts that ask github.com or the real module proxy').default(false))
    .addOption(
      new Option('--timeout <minutes>', 'for each pass; scripts that then still run differ')
        .argParser(minutes)
        .default(MINUTES_OF_A_PASS),
    )
    .allowExcessArguments(false)
    .exitOverride()
    .showHelpAfterError('`npm run conformance -- --help` lists the options.')
    .action(act)
}

/** @param {string} text */
function regularExpression(text) {
  try {
    return new RegExp(text)
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error))
  }
}

/** @param {string} text */
function minutes(text) {
  if (!/^\d{1,3}$/.test(text) || Number(text) < 1 || Number(text) > MOST_MINUTES)
    throw new InvalidArgumentError(`A whole number from 1 to ${MOST_MINUTES} is needed.`)
  return Number(text)
}
