import { ok, type Problem, type Result } from '../../errors.ts'
import type { InstalledGo } from '../../toolchain/installed.ts'
import { type Catalogue, type GoPlatform, resolveVersion } from '../../toolchain/resolve.ts'
import type { WantedGo } from '../../toolchain/wanted.ts'

/** The Go to use. */
export interface ChosenGo {
  readonly version: string
  /** undefined: it must be fetched. */
  readonly found: InstalledGo | undefined
  /** Those that would have been taken, and do not run. */
  readonly broken: readonly InstalledGo[]
}

interface ChoiceWorld {
  readonly catalogue: Catalogue
  readonly platform: GoPlatform
  /** Whether it runs, and is what its files say. */
  readonly works: (go: InstalledGo) => Promise<boolean>
}

/** Finds the version that is wanted, and an installation of it that works. @param there the best first */
export async function chooseGo(
  wanted: WantedGo,
  there: readonly InstalledGo[],
  { catalogue, platform, works }: ChoiceWorld,
): Promise<Result<ChosenGo>> {
  const broken: InstalledGo[] = []
  for (;;) {
    const left = there.filter(one => !broken.includes(one))
    const installed = left.map(({ version }) => version)
    const resolved = await resolveVersion(wanted, { installed, platform, catalogue })
    if (!resolved.ok) return resolved
    const { version } = resolved.value
    const found = left.find(one => one.version === version)
    // The one on PATH has told its version itself.
    if (found === undefined || found.where === 'PATH' || (await works(found))) return ok({ version, found, broken })
    broken.push(found)
  }
}

export function warnOfBroken(broken: readonly InstalledGo[]): readonly Problem[] {
  return broken.map(({ version, goroot }) => ({
    code: 'TOOLCHAIN_BROKEN',
    message: `${goroot} is marked as ${version}, and its go does not run as that version: it is not used.`,
    hint: 'Remove that directory, and the file beside it that ends in `.complete`.',
  }))
}
