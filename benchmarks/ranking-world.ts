import { type OriginKind, startOrigin } from '../__tests__/support/servers/origins.ts'
import { buildModule } from '../src/demo/modules.ts'
import { type Generator, shuffle } from './random.ts'

/** The project that is ranked for: sizes as unequal as in real ones. */
export const MODULES = Array.from({ length: 40 }, (_, i) =>
  buildModule({
    path: `example.com/module${i}`,
    version: 'v1.0.0',
    paddingBytes: i % 20 === 7 ? 2_500_000 : i % 10 === 3 ? 600_000 : 60_000,
  }),
)

export interface World {
  readonly origins: readonly {
    readonly kind: OriginKind
    readonly latencyMs: number
    readonly bytesPerSecond: number
  }[]
}

export interface Origin {
  readonly url: string
  /** Its speed if it can do the work. */
  readonly good: { readonly latencyMs: number; readonly bytesPerSecond: number } | undefined
  readonly wrongContent: boolean
}

/** Three good ones around 20, 60 and 150 ms at 4 to 40 MB/s, and one of each bad kind, all near. */
export function worldOf(random: Generator): World {
  const good = [20, 60, 150].map(latencyMs => ({
    kind: 'good' as const,
    latencyMs: Math.round(latencyMs * (0.6 + 0.8 * random())),
    bytesPerSecond: Math.round(4e6 * 10 ** random()),
  }))
  const bad = (['404', 'silent', 'closed', 'tampering', '200', 'trickling', 'certificate'] as const).map(kind => ({
    kind,
    latencyMs: 5,
    bytesPerSecond: 50e6,
  }))
  return { origins: shuffle([...good, ...bad], random) }
}

async function serve(world: World): Promise<readonly Origin[]> {
  return Promise.all(
    world.origins.map(async ({ kind, latencyMs, bytesPerSecond }) => ({
      url: (await startOrigin(kind, MODULES, { latencyMs, bytesPerSecond })).url,
      good: kind === 'good' ? { latencyMs, bytesPerSecond } : undefined,
      wrongContent: kind === 'tampering' || kind === '200',
    })),
  )
}

// As a process of its own: serves the world it is sent, until its parent lets go.
if (process.argv[2] === 'serve' && process.send !== undefined) {
  process.once('message', async (world: World) => process.send?.(await serve(world)))
  process.once('disconnect', () => process.exit(0))
}
